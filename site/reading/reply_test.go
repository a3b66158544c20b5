package reading

import (
	"strings"
	"testing"
)

// TestRepliesAreNoReport reads nothing of what others wrote below a report, and all of a
// report whose text counts something.
func TestRepliesAreNoReport(t *testing.T) {
	body := "# Outage of 2020-01-21\n\nIt began at 10:00. " + strings.Repeat("It was slow. ", 50) + "\n\n"
	const replies = "\n\nI saw it at 12:00, for me it was down for 3 hours.\n\n## Action items\n\n- Hire me\n"
	for line, want := range map[string]bool{
		"22 Likes": true, "3 comments:": true, "1 Reply": true, "Post a Comment": true, "## 5 Replies": true,
		"22 likes were lost.": false, "Comments were lost": false, "3 nodes": false,
	} {
		f := facts(body + line + replies)
		if got := len(f.Timeline) == 1 && len(f.Actions) == 0 && !f.Duration.Known(); got != want {
			t.Errorf("%q: %d rows, %d actions, %s; replies %v", line, len(f.Timeline), len(f.Actions), f.Duration.Value, want)
		}
		if last := f.Sections[len(f.Sections)-1]; last.Passages[0].Text != "Hire me" {
			t.Errorf("%q: the text is lost: %+v", line, last)
		}
	}
	if f := facts("# Outage\n\n3 comments\n\nIt began on 2020-01-21 at 10:00.\n"); len(f.Timeline) != 1 {
		t.Error("the line above a report ends it")
	}
}
