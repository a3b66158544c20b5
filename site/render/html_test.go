package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestHarmlessHTMLPasses holds that reports keep what they fold away, and that a
// library can have all HTML shown as it is written.
func TestHarmlessHTMLPasses(t *testing.T) {
	inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A"}
	write(inc, nil, "<details onclick=\"x()\">\n<summary>All logs</summary>\n\nThe *log*.\n\n</details>\n\n<script>x()</script>\n")
	for plain, want := range map[bool]string{
		false: "<details>\n<summary>All logs</summary>",
		true:  "&lt;details onclick=&#34;x()&#34;&gt;",
	} {
		lib := &incident.Library{Incidents: []*incident.Incident{inc}, Config: incident.Config{PlainHTML: plain}}
		got := page(t, renderer(t, lib, Options{}), "incidents/a/index.html")
		if !strings.Contains(got, want) || !strings.Contains(got, "&lt;script&gt;x()&lt;/script&gt;") || strings.Contains(got, "<script>x") {
			t.Errorf("all as text %v: the page lacks %s, or runs a script:\n%s", plain, want, got[strings.Index(got, "<article"):])
		}
	}
}
