package importer

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestDiffOfANewFile shows the front matter, whole, and counts the rest.
func TestDiffOfANewFile(t *testing.T) {
	for _, c := range []struct{ after, body, shown, count string }{
		{"---\ntitle: A\n---\n\nOne.\nTwo.\n", "One.\nTwo.\n", "+---\n+title: A\n+---\n", "(and 3 lines of the report"},
		{"---\ntitle: A\n---\n\nOne.\n---\nTwo.", "One.\n---\nTwo.", "+---\n+title: A\n+---\n", "(and 3 lines of the report"},
		{"---\ntitle: A\n---", "", "+---\n+title: A\n+---\n\\ No newline", "(and 0 lines of the report"},
	} {
		got := Change{Kind: New, Path: "incidents/a.md", Incident: &incident.Incident{Body: c.body}, after: []byte(c.after)}.Diff()
		if !strings.Contains(got, c.shown) || !strings.Contains(got, c.count) || strings.Contains(got, "+One") {
			t.Errorf("%q is shown as\n%s", c.after, got)
		}
	}
}
