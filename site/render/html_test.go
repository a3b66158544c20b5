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

func TestMissingImageIsNamed(t *testing.T) {
	inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A"}
	write(inc, nil, "![Error & budget](/images/budget.png)\n\n![](gone.png)\n")
	got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
	for _, want := range []string{">Error &amp; budget (image is missing)</span>", ">gone.png (image is missing)</span>"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// TestTimelineSaysWhatIsFromTheText holds apart the rows of a timeline and the sentences
// that tell a time.
func TestTimelineSaysWhatIsFromTheText(t *testing.T) {
	rows := []incident.Row{
		{At: at(t, "2024-03-05T14:05Z"), Text: "At 14:05 it broke.", Basis: incident.Prose},
		{At: at(t, "2024-03-05T16:30Z"), Text: "mended", Basis: incident.Explicit},
	}
	for _, test := range []struct {
		rows  []incident.Row
		count string
		marks int
	}{
		{rows, "2 entries, 1 from the text, UTC", 1},
		{rows[:1], "1 entry from the text, UTC", 0},
		{rows[1:], "1 entry, UTC", 0},
	} {
		inc := &incident.Incident{ID: "a", URL: "incidents/a/", Title: "A", Timeline: test.rows}
		got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
		if !strings.Contains(got, test.count+"</span>") || strings.Count(got, `<span class="aside">from the text</span>`) != test.marks {
			t.Errorf("the page does not say %q and mark %d rows", test.count, test.marks)
		}
		if strings.Contains(got, `<li class="told">`) != (test.rows[0].Basis == incident.Prose) {
			t.Errorf("%q: the rows of the text are not told from the others", test.count)
		}
	}
}

func TestTimelineBeginsWithTheOldest(t *testing.T) {
	row := func(when string) incident.Row { return incident.Row{At: at(t, when), Text: when} }
	newest := []incident.Row{row("2024-03-05T16:30Z"), row("2024-03-05T14:05Z"), row("2024-03-04T23:00Z")}
	mixed := []incident.Row{row("2024-03-05T16:30Z"), row("2024-03-05T14:05Z"), row("2024-03-05T15:00Z")}
	if got := oldestFirst(newest); got[0].Text != "2024-03-04T23:00Z" || newest[0].Text != "2024-03-05T16:30Z" {
		t.Errorf("%v", got)
	}
	if got := oldestFirst(mixed); got[0].Text != mixed[0].Text {
		t.Errorf("a timeline in no order keeps the author's: %v", got)
	}
}
