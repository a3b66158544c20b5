package markdown

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMarked(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"headings", "The outage\n\nIt was down.\n\nWhat happened\n\nA disk failed.\n", "# The outage\n\nIt was down.\n\n## What happened\n\nA disk failed.\n"},
		{"title on a paragraph", "Network trouble\nIncident report\n\nText that says more.\n\nCause\n\nA cable.\n", "# Network trouble\n## Incident report\n\nText that says more.\n\n## Cause\n\nA cable.\n"},
		{"bullets", "We saw:\n\n  • errors\n  •no space\n\n    More of it came later.\n\n\uf0b7 timeouts\n\n    df -h\n", "We saw:\n\n- errors\n- no space\n\n  More of it came later.\n\n- timeouts\n\n      df -h\n"},
		{"nested bullets", "We saw:\n• errors\n   ◦ of one kind\n   ◦ of another\n• timeouts\n", "We saw:\n- errors\n  - of one kind\n  - of another\n- timeouts\n"},
		{"wrapped entry", "• one entry\nthat goes on\n• another\n", "- one entry\n  that goes on\n- another\n"},
		{"quotation in an entry", "• Alerts\n\n    First we thought of it.\n\n    “We have time,” I said to them.\n", "- Alerts\n\n  First we thought of it.\n\n  “We have time,” I said to them.\n"},
		{"in a quote", "> • one\n> • two\n", "> - one\n> - two\n"},
		{"Markdown", "# Title\n\n- one\n  more\n\nSetext\n======\n\n    code\n", "# Title\n\n- one\n  more\n\nSetext\n======\n\n    code\n"},
		{"own lines", "Start: 10:15\nEnd: 10:20\n", "Start: 10:15  \nEnd: 10:20\n"},
		{"empty", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(Marked([]byte(tt.text))); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// FuzzMarked checks that lines stay lines, and that marking again changes nothing.
func FuzzMarked(f *testing.F) {
	for _, name := range []string{"pasted", "narrow", "lines"} {
		src, err := os.ReadFile(filepath.Join("testdata", name+".txtar"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(src))
	}
	f.Add("Title here\n\n• a\n     b\n\n  ◦ c\n> • d\n\nNext one\n\ntext: x\n12:10 y\n")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10_000 {
			return
		}
		marked := Marked([]byte(text))
		if got, want := bytes.Count(marked, []byte("\n")), bytes.Count(clean([]byte(text)), []byte("\n")); got != want {
			t.Errorf("%d lines of %d", got, want)
		}
	})
}

// TestMarkedReadsTheSame compares what Parse sees before and after.
func TestMarkedReadsTheSame(t *testing.T) {
	text := "Database outage\n\nOn Friday it failed.\n\nWhat we saw\n\n  • errors\n  • timeouts\n\nWhat we do\n\nWe test.\n"
	before, after := tell(Parse([]byte(text), 1).Blocks()), tell(Parse(Marked([]byte(text)), 1).Blocks())
	if before != after {
		t.Errorf("before\n%s\nafter\n%s", before, after)
	}
}

func tell(blocks []Block) string {
	var b strings.Builder
	for _, block := range blocks {
		fmt.Fprintf(&b, "%v %d %d %q\n%s", block.Kind, block.Level, block.Line, block.Text, tell(block.Children))
	}
	return b.String()
}
