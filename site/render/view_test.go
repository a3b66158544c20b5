package render

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern"
)

// clocked has the four clocks as written; "" is unknown.
func clocked(t *testing.T, clocks ...string) *incident.Incident {
	t.Helper()
	inc := &incident.Incident{Started: at(t, clocks[0]), Detected: at(t, clocks[1]), Mitigated: at(t, clocks[2]), Resolved: at(t, clocks[3])}
	inc.Duration = incident.Between(inc.Started, inc.Resolved)
	return inc
}

func TestClockSentence(t *testing.T) {
	const day = "2017-10-10T"
	for _, test := range []struct {
		clocks []string
		want   string
		drawn  bool
	}{
		{[]string{day + "15:09Z", day + "15:09Z", day + "16:46Z", day + "16:59Z"},
			"10 October 2017, 15:09 to 16:59, UTC. Detected at once, mitigated after 1 h 37 min and resolved after 1 h 50 min.", true},
		{[]string{day + "23:00+05:30", "", "", "2017-10-10T18:30Z"},
			"10 October 2017, 23:00 to 11 October 2017, 00:00, UTC+5:30. Resolved after 1 h. When it was detected or mitigated is not known.", true},
		{[]string{"", day + "15:00-03:00", "~" + day + "16:00-03:00", ""},
			"10 October 2017, 15:00 to ~16:00, UTC−3. Mitigated after ~1 h, counted from when it was detected. When it started or was resolved is not known.", true},
		{[]string{day + "15:00", day + "14:50", "", day + "15:30.." + day + "15:40"},
			"10 October 2017, 15:00 to 15:30–15:40, zone not known. Detected before that and resolved after 30 min to 40 min. When it was mitigated is not known.", true},
		{[]string{day + "15:00Z", "", "", ""},
			"Started on 10 October 2017, 15:00, UTC. When it was detected, mitigated or resolved is not known.", false},
		{[]string{day + "15:00Z", day + "15:10", "", ""},
			"Started on 10 October 2017, 15:00, UTC. When it was mitigated or resolved is not known.", false},
		{[]string{"", day + "15:00Z", "", ""},
			"Detected on 10 October 2017, 15:00, UTC. When it started, was mitigated or resolved is not known.", false},
		{[]string{"2017-10-10", "", "", "~2017-10-12"},
			"Started 10 October 2017 and resolved about 12 October 2017; the time of day is not known.", false},
		{[]string{"2017-10-12T15:00Z", "", "", "2017-10-10T11:00Z"},
			"Started on 12 October 2017, 15:00, UTC, but resolved on 10 October 2017, 11:00, UTC: one of the two is wrong.", false},
		{[]string{"", "", "2023-02-01T10:30", "2022-02-01T10:30"},
			"Mitigated on 1 February 2023, 10:30, zone not known, but resolved on 1 February 2022, 10:30, zone not known: one of the two is wrong.", false},
		{[]string{"", "", "", ""}, "", false},
	} {
		got := clocksOf(clocked(t, test.clocks...))
		if text := strings.ReplaceAll(got.Sentence, "\u00a0", " "); text != test.want {
			t.Errorf("%q\n got %s\nwant %s", test.clocks, text, test.want)
		}
		if (got.Chart != nil) != test.drawn {
			t.Errorf("%q: drawn %v", test.clocks, got.Chart != nil)
		}
	}
}

// draw writes a chart's line as class from-to@y, with the faults between.
func draw(c *Chart) string {
	var parts []string
	for _, l := range c.Lines {
		parts = append(parts, fmt.Sprintf("%s %s-%s@%d", l.Class, l.X1, l.X2, l.Y))
	}
	for _, f := range c.Faults {
		parts = append(parts, "fault "+f.X)
	}
	return strings.Join(parts, "\n")
}

func TestChart(t *testing.T) {
	for name, test := range map[string]struct {
		clocks []string
		want   string
	}{
		"all": {[]string{"2020-01-01T00:00Z", "2020-01-01T01:00Z", "2020-01-01T02:00Z", "2020-01-01T04:00Z"},
			"steady 0.00%-5.00%@14\nsteady 82.12%-100.00%@14\nunnoticed 5.00%-24.28%@32\nopen 24.28%-43.56%@32\neasing 43.56%-82.12%@32\nfault 5.00%\nfault 82.12%"},
		"no start": {[]string{"", "2020-01-01T01:00Z", "", "2020-01-01T04:00Z"},
			"unknown 0.00%-5.00%@32\nsteady 83.21%-100.00%@14\nopen 5.00%-83.21%@32\nfault 83.21%"},
		"no end": {[]string{"2020-01-01T00:00Z", "2020-01-01T01:00Z", "", ""},
			"steady 0.00%-5.00%@14\nunknown 83.21%-100.00%@32\nunnoticed 5.00%-83.21%@32\nfault 5.00%"},
		"range": {[]string{"2020-01-01T00:00Z", "", "", "2020-01-01T01:00Z..2020-01-01T02:00Z"},
			"steady 0.00%-5.00%@14\nunknown 40.83%-76.67%@32\nsteady 76.67%-100.00%@14\nopen 5.00%-40.83%@32\nband 40.83%-76.67%@32\nfault 5.00%\nfault 76.67%"},
		"one moment": {[]string{"2020-01-01T00:00Z", "2020-01-01T00:00Z", "", ""},
			"steady 0.00%-5.00%@14\nunknown 5.00%-100.00%@32\nfault 5.00%"},
	} {
		if got := draw(clocksOf(clocked(t, test.clocks...)).Chart); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, test.want)
		}
	}
}

func TestLabelsDoNotMeet(t *testing.T) {
	c := clocksOf(clocked(t, "2020-01-01T00:00Z", "2020-01-01T00:01Z", "2020-01-01T00:02Z", "2020-01-01T10:00Z")).Chart
	var y []int
	for _, l := range c.Labels {
		y = append(y, l.Y)
	}
	if !slices.IsSortedFunc(y, func(a, b int) int { return b - a }) || y[0] == y[1] || y[1] == y[2] || c.Height < y[0] {
		t.Errorf("labels at %v in a chart of %d", y, c.Height)
	}
	if len(c.Lengths) != 1 || c.Lengths[0].Time != "9\u00a0h\u00a058\u00a0min" {
		t.Errorf("only the length that fits is written: %+v", c.Lengths)
	}
}

func TestTimeline(t *testing.T) {
	offset := incident.Span(90 * time.Minute)
	inc := clocked(t, "2020-01-01T22:00Z", "2020-01-01T22:00Z", "", "2020-01-02T01:30Z")
	inc.Timeline = []incident.Row{
		{At: at(t, "2020-01-01T22:00Z"), Text: "begins", Anchor: "one"},
		{At: at(t, "2020-01-01T22:59Z"), Text: "goes on", Anchor: "two"},
		{Label: "later", Text: strings.Repeat("word ", 60), Basis: incident.Prose, Anchor: "two"},
		{Offset: &offset, Text: strings.Repeat("word ", 60), Basis: incident.FrontMatter},
		{At: at(t, "~2020-01-02T01:30Z"), Text: "ends"},
		{At: at(t, "2020-01-02T01:30Z"), Text: "again"},
		{At: at(t, "2020-01-03"), Label: "2020-01-03", Text: "a day"},
		{At: at(t, "2020-01-03T10:00Z"), Text: "of that day"},
		{At: at(t, "2020-02"), Label: "in February", Text: "a month"},
	}
	var got []string
	for _, r := range timelineOf(inc).Rows {
		marks := ""
		for _, m := range r.Marks {
			marks += m.Name + " "
		}
		got = append(got, fmt.Sprintf("%s|%s|%s|%s|%s|%d", r.Gap, r.Day, r.Time, marks, r.URL, len(r.Text)))
	}
	want := []string{
		"|1 January 2020|22:00|started detected |#one|6",
		"||22:59||#two|7",
		"||later||#two|112",
		"||+1 h 30 min|||300",
		"2 h 31 min|2 January 2020|~01:30|resolved ||4",
		"||01:30|||5",
		"|3 January 2020||||5",
		"||10:00|||11", // how long after the last clock would be read as after the row above
		"||in February|||7",
	}
	for i := range want {
		if g := strings.ReplaceAll(got[i], "\u00a0", " "); g != want[i] {
			t.Errorf("row %d\n got %s\nwant %s", i, g, want[i])
		}
	}
}

func TestSectionsAreNeverLost(t *testing.T) {
	kinds := map[string]incident.SectionKind{"summary": incident.SummarySection}
	for name, test := range map[string]struct {
		body string
		cut  bool
		lead string
	}{
		"the same words":          {"## Summary\n\nIt broke.\n\n## More\n\ntext\n", true, "<p>It broke.</p>\n"},
		"at the end":              {"text\n\n## Summary\n\nIt broke.\n", true, "<p>It broke.</p>\n"},
		"an underlined heading":   {"Summary\n---\n\nIt broke.\n", true, "<p>It broke.</p>\n"},
		"a second paragraph":      {"## Summary\n\nIt broke.\n\nAnd more.\n", true, "<p>It broke.</p>\n<p>And more.</p>\n"},
		"more than a lead":        {"## Summary\n\nIt broke.\n\n" + strings.Repeat("And more. ", 150), false, ""},
		"far below":               {strings.Repeat("words ", 300) + "\n\n## Summary\n\nIt broke.\n\n[^1]\n", false, "<p>It broke.</p>"},
		"other words":             {"## Summary\n\nIt broke badly.\n", false, "<p>It broke.</p>"},
		"a part below":            {"## Summary\n\nIt broke.\n\n### Detail\n\ntext\n", false, ""},
		"emphasis":                {"## Summary\n\nIt *broke*.\n", true, "<p>It <em>broke</em>.</p>\n"},
		"code":                    {"## Summary\n\nIt broke.\n\n```\nlog\n```\n", false, ""},
		"a link's definition":     {"## Summary\n\nIt broke.\n\n[x]: https://example.org\n\n## More\n\n[x]\n", false, ""},
		"a footnote":              {"## Summary\n\nIt broke.\n\nBadly[^1].\n\n## More\n\n[^1]: text\n", false, ""},
		"a numbered twin follows": {"## Summary\n\nIt broke.\n\n## Summary\n\ntext\n", false, ""},
	} {
		inc := &incident.Incident{Summary: ptr("It broke."), URL: "incidents/x/"}
		write(inc, kinds, test.body)
		r := renderer(t, &incident.Library{}, Options{})
		told := r.report(r.place("incidents/x/index.html"), inc)
		if got := !strings.Contains(string(told.html), "Summary"); got != test.cut || (told.summary != "") != test.cut {
			t.Errorf("%s: cut %v: %s", name, got, told.html)
		}
		if string(told.lead) != test.lead {
			t.Errorf("%s: the page begins with %q, want %q", name, told.lead, test.lead)
		}
	}
}

func TestActionsSentence(t *testing.T) {
	for want, states := range map[string][]string{
		"1 action, open.":                                  {"open"},
		"1 action; what became of it is not said.":         {""},
		"3 actions: 1 in progress, 1 done and 1 not said.": {"done", "", "in-progress"},
		"2 actions, all dropped.":                          {"dropped", "dropped"},
		"2 actions; what became of them is not said.":      {"", ""},
	} {
		var actions []incident.Action
		for _, s := range states {
			a := incident.Action{}
			if s != "" {
				a.Status = &s
			}
			actions = append(actions, a)
		}
		if got := promised(actions); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestActionsStandInOnePlace(t *testing.T) {
	inc := &incident.Incident{Actions: []incident.Action{{Text: "Watch `it`", Line: 12, Basis: incident.Explicit}}}
	write(inc, map[string]incident.SectionKind{"to-do": incident.ActionSection}, "## To do\n\n- Watch `it`\n")
	r := renderer(t, &incident.Library{}, Options{})
	told := r.report(r.place("incidents/x/index.html"), inc)
	if a := actionsOf(inc, told); a.Elsewhere != "#to-do" || len(a.Rows) != 0 || !strings.Contains(string(told.html), "Watch <code>it</code>") {
		t.Errorf("%+v %s", a, told.html)
	}
}

// TestProseStaysInTheReport keeps a paragraph that tells of the future out of the table.
func TestProseStaysInTheReport(t *testing.T) {
	prose := strings.Repeat("They will build a second region. ", 12)
	inc := &incident.Incident{Actions: []incident.Action{{Text: prose, Line: 12, Basis: incident.Explicit}}}
	write(inc, map[string]incident.SectionKind{"future": incident.ActionSection}, "## Future\n\n"+prose+"\n")
	r := renderer(t, &incident.Library{}, Options{})
	told := r.report(r.place("incidents/x/index.html"), inc)
	if a := actionsOf(inc, told); a.Elsewhere != "#future" || len(a.Rows) != 0 || !strings.Contains(string(told.html), prose[:40]) {
		t.Errorf("%+v %s", a, told.html)
	}
}

func TestActionsOfSeveralSections(t *testing.T) {
	kinds := map[string]incident.SectionKind{"to-do": incident.ActionSection, "now": incident.ActionSection, "later": incident.ActionSection}
	for name, test := range map[string]struct {
		body   string
		lines  []int
		anchor string
		said   bool
	}{
		"an empty heading above two": {"## To do\n\n### Now\n\n- one\n\n### Later\n\n- two\n\n## End\n", []int{5, 9}, "to-do", true},
		"a part that holds more":     {"## To do\n\n### Now\n\n- one\n\n### Later\n\n- `two`\n", []int{5, 9}, "", true},
		"a part that is not of them": {"## To do\n\n### Now\n\n- one\n\n### Later\n\ntext\n", []int{5}, "", true},
		"two apart":                  {"## Now\n\n- one\n\n## End\n\n## Later\n\n- two\n", []int{3, 9}, "", true},
		"no section of their own":    {"## End\n\n- one\n", []int{3}, "", false},
	} {
		inc := &incident.Incident{}
		write(inc, kinds, test.body)
		for _, line := range test.lines {
			inc.Actions = append(inc.Actions, incident.Action{Text: "x", Line: inc.BodyLine + line - 1, Basis: incident.Explicit})
		}
		r := renderer(t, &incident.Library{}, Options{})
		told := r.report(r.place("incidents/x/index.html"), inc)
		if cut := !strings.Contains(string(told.html), "one"); told.actions != test.anchor || cut != (test.anchor != "") || cut && strings.Contains(string(told.html), "two") {
			t.Errorf("%s: listed at %q: %s", name, told.actions, told.html)
		}
		if a := actionsOf(inc, told); (len(a.Rows) > 0) != (test.anchor != "") || (a.Sentence != "") != test.said {
			t.Errorf("%s: the page says %+v", name, a)
		}
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		either([]string{"a", "b", "c"}):                                                     "a, b or c",
		date(at(t, "~2016-05")):                                                             "about May 2016",
		date(at(t, "2016-05-01..2016-05-03")):                                               "1 May 2016 to 3 May 2016",
		zone(&incident.Incident{}, at(t, "2016-05-01T10:00-03:30")):                         "UTC−3:30",
		zone(&incident.Incident{}, at(t, "2016-05-01T10:00")):                               "zone not known",
		zone(&incident.Incident{Timezone: ptr("PST")}, at(t, "2016-05-01T10:00")):           "PST",
		zone(&incident.Incident{Timezone: ptr("unknown")}, at(t, "2016-05-02T10:00")) + " ": "zone not known ",
		clock(at(t, "2016-05-01T10:00:05Z")):                                                "10:00:05",
		machineTime(at(t, "2016-05-01T10:00")):                                              "2016-05-01T10:00",
		shortDate(incident.Time{}):                                                          "undated",
		webURL("HTTPS://example.org/a b"):                                                   "https://example.org/a%20b",
		webURL("//example.org"):                                                             "",
		webURL("javascript:alert(1)"):                                                       "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestFeed(t *testing.T) {
	lib := library(t)
	lib.Incidents[1].Title = "control \x0b and \xff"
	r := renderer(t, lib, Options{})
	var f atom
	text := page(t, r, "feed.xml")
	if err := xml.Unmarshal([]byte(text), &f); err != nil {
		t.Fatal(err)
	}
	if f.Title == "" || f.ID != "https://example.org/sub/" || f.Author == nil || f.Updated != "2018-05-01T00:00:00Z" || f.Links[0].Href != f.ID+"feed.xml" {
		t.Errorf("feed: %+v", f)
	}
	seen := map[string]bool{}
	for _, e := range f.Entries {
		_, err := time.Parse(time.RFC3339, e.Updated)
		if err != nil || e.Title == "" || seen[e.ID] || !strings.HasPrefix(e.ID, f.ID+"incidents/") || e.Link.Href != e.ID {
			t.Errorf("entry: %+v %v", e, err)
		}
		seen[e.ID] = true
	}
	if len(f.Entries) != 4 || !strings.Contains(f.Entries[2].ID, "%E5%BE%85") {
		t.Errorf("every incident with a date, newest first: %+v", f.Entries)
	}
	if strings.Contains(text, "<author></author>") || strings.Contains(text, "<name></name>") {
		t.Error("an entry without an organization has the feed's author")
	}
}

func TestSitemap(t *testing.T) {
	r := renderer(t, library(t), Options{})
	var s sitemap
	if err := xml.Unmarshal([]byte(page(t, r, "sitemap.xml")), &s); err != nil {
		t.Fatal(err)
	}
	var urls []string
	for _, u := range s.URLs {
		urls = append(urls, u.Location)
	}
	for url, want := range map[string]bool{
		"https://example.org/sub/":                    true,
		"https://example.org/sub/incidents/postgres/": true,
		"https://example.org/sub/incidents/old-id/":   false,
		"https://example.org/sub/404.html":            false,
	} {
		if slices.Contains(urls, url) != want {
			t.Errorf("%s: listed %v", url, !want)
		}
	}
	if !strings.Contains(page(t, r, "robots.txt"), "Sitemap: https://example.org/sub/sitemap.xml\n") {
		t.Error("robots.txt names the sitemap")
	}
}

// many is a library of n incidents of one year that share a cause.
func many(n int) *incident.Library {
	lib := &incident.Library{Vocabulary: vocabulary()}
	for i := range n {
		inc := &incident.Incident{ID: fmt.Sprintf("i%05d", i), Title: "Incident", Status: incident.Published}
		inc.URL = "incidents/" + inc.ID + "/"
		day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
		inc.Date = incident.Time{From: day, To: day, Precision: incident.Day}
		inc.Terms[incident.Cause] = []incident.Tag{by("overload")}
		lib.Incidents = append(lib.Incidents, inc)
	}
	return lib
}

func TestLargeGroupsAreSplit(t *testing.T) {
	const n = 501
	r := renderer(t, many(n), Options{})
	seen := map[string]int{}
	for _, p := range []string{"years/2020/", "years/2020/2/", "years/2020/3/"} {
		text := page(t, r, p+"index.html")
		for i := range n {
			seen[fmt.Sprint(i)] += strings.Count(text, fmt.Sprintf("incidents/i%05d/", i))
		}
	}
	for i := range n {
		if seen[fmt.Sprint(i)] != 1 {
			t.Fatalf("incident %d stands on %d pages", i, seen[fmt.Sprint(i)])
		}
	}
	if _, err := r.Page("years/2020/4/index.html"); err == nil {
		t.Error("a fourth page")
	}
	g, _ := r.found.Lookup(pattern.Cause, "overload")
	if view := r.group(r.place("causes/overload/3/index.html"), g, 2); view.Range != "401 to 501 of 501" || len(view.Pages) != 3 || !view.Pages[2].Current {
		t.Errorf("%s %+v", view.Range, view.Pages)
	}
	if l := r.list(r.place("incidents/index.html")); l.All || l.Shown != pageSize || len(l.Years[0].Rows) != pageSize || len(l.Rest) != 1 {
		t.Errorf("a large list shows the newest and leads to the years: %+v", l.Rest)
	}
	for p := range pages(t, r) {
		page(t, r, p)
	}
}

func TestSitemapOfManyPagesIsSplit(t *testing.T) {
	r := renderer(t, library(t), Options{})
	r.splitSitemap(r.routes, []address{{"a"}, {"b"}, {"c"}}, 2)
	r.late = func() map[string]route { return r.routes }
	var index sitemapIndex
	if err := xml.Unmarshal([]byte(page(t, r, "sitemap.xml")), &index); err != nil || len(index.Sitemaps) != 2 {
		t.Fatalf("%+v %v", index, err)
	}
	var part sitemap
	if err := xml.Unmarshal([]byte(page(t, r, "sitemap-2.xml")), &part); err != nil || len(part.URLs) != 1 || part.URLs[0].Location != "c" {
		t.Fatalf("%+v %v", part, err)
	}
	if index.Sitemaps[1].Location != "https://example.org/sub/sitemap-2.xml" {
		t.Error(index.Sitemaps)
	}
}

func TestRelationsAreShownOnBothPages(t *testing.T) {
	lib := &incident.Library{Incidents: []*incident.Incident{
		{ID: "first", URL: "incidents/first/", Title: "First"},
		{ID: "again", URL: "incidents/again/", Title: "Again", Related: incident.Related{
			RepeatOf: []string{"first", "first", "again", "gone"}, SeeAlso: []string{"first"}}},
	}}
	r := renderer(t, lib, Options{})
	p := r.place("incidents/x/index.html")
	var got []string
	for _, inc := range lib.Incidents {
		for _, rel := range r.related(p, inc) {
			got = append(got, rel.Says+" "+rel.Row.Title)
		}
	}
	if want := []string{"Happened again as Again", "Repeat of First"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
