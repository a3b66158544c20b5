package reading

import "testing"

// TestReplies leaves out what readers answered, and reads on behind it.
func TestReplies(t *testing.T) {
	f := facts("# Outage on 3 May 2021\n\n## Timeline\n\n- 10:00 UTC down\n\n## Replies\n\n### kim\n\n- 11:00 UTC down for me\n\n## Also on the page:\n\n- 11:30 UTC news\n\n## Resolution timeline\n\n- 12:00 UTC up\n")
	if len(f.Timeline) != 2 || f.Timeline[0].Text != "down" || f.Timeline[1].Text != "up" {
		t.Errorf("rows %+v", f.Timeline)
	}
	if len(f.Sections) != 6 {
		t.Errorf("%d sections; the replies must stay one", len(f.Sections))
	}
}
