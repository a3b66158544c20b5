package markdown

import "testing"

func TestWritten(t *testing.T) {
	d := Parse([]byte("# Title\r\n\n- **a**: [b](c)\nlast"), 5)
	for line, want := range map[int]string{4: "", 5: "# Title", 6: "", 7: "- **a**: [b](c)", 8: "last", 9: "", -1: ""} {
		if got := d.Written(line); got != want {
			t.Errorf("line %d: %q, want %q", line, got, want)
		}
	}
}
