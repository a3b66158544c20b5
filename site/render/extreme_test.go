package render

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"faultline/site/incident"
)

// weekly is n incidents, one a week, as change makes them.
func weekly(t *testing.T, n int, change func(i int, inc *incident.Incident)) *incident.Library {
	t.Helper()
	lib := many(n)
	lib.Vocabulary = vocabulary()
	for i, inc := range lib.Incidents {
		inc.Title = fmt.Sprint("Trouble", i)
		inc.Date = at(t, fmt.Sprintf("%d-%02d-%02d", 2010+i/336, 1+i/28%12, 1+i%28))
		lib.AsOf = inc.Date
		change(i, inc)
	}
	return lib
}

// extremes are libraries that nobody wishes for.
func extremes(t *testing.T) map[string]*incident.Library {
	all := map[string]*incident.Library{
		"nothing":                   {},
		"no incident, a vocabulary": {Vocabulary: vocabulary()},
		"one incident":              {Vocabulary: vocabulary(), Incidents: []*incident.Incident{postgres(t)}},
		"one tag for all": weekly(t, 40, func(i int, inc *incident.Incident) {
			inc.Terms[incident.Cause] = []incident.Tag{by("overload")}
			if i%2 == 0 {
				inc.Terms[incident.Cause][0].Provenance = incident.Suggested
			}
		}),
		"one of each organization": weekly(t, 12, func(i int, inc *incident.Incident) {
			inc.Organization = ptr(fmt.Sprint("Organization ", i))
			inc.Terms[incident.Impact] = []incident.Tag{suggested("slow", .5)}
		}),
		"a term of 5,000 incidents": weekly(t, 5000, func(i int, inc *incident.Incident) {
			inc.Terms[incident.Cause] = []incident.Tag{by("overload")}
			inc.Duration = incident.Duration{Least: incident.Span(i * 1e9), Most: incident.Span(i * 2e9), Basis: incident.Stated}
			inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: "Test the standby before it is needed"}}}
			inc.Actions = []incident.Action{{Text: "Alert on the queue of the standby"}}
		}),
		"repeats in a circle": weekly(t, 6, func(i int, inc *incident.Incident) {
			inc.Related.RepeatOf = []string{fmt.Sprintf("i%d", (i+1)%6), inc.ID, "nothing"}
			inc.Actions = []incident.Action{{Text: "Alert on the queue of the standby"}}
			inc.WouldHavePrevented = []string{"alert-on-the-queue-of-the-standby"}
		}),
		"lengths of every kind": weekly(t, 30, func(i int, inc *incident.Incident) {
			lengths := []incident.Span{-5e9, 0, 1, 60e9, 3600e9, 86400e9 * 365 * 90, 86400e9 * 365 * 250}
			least := lengths[i%len(lengths)]
			inc.Duration = incident.Duration{Least: least, Most: least, Basis: incident.Stated}
			inc.Started, inc.Resolved = at(t, "2024-03-05T10:00Z"), at(t, "2024-03-05T09:00Z")
			inc.Terms[incident.Cause] = []incident.Tag{by([]string{"overload", "failed-failover"}[i%2])}
			inc.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: "We suspected the network"}, Cost: inc.Duration}}
		}),
		"dates of every age": weekly(t, 30, func(i int, inc *incident.Incident) {
			inc.Date = at(t, []string{"0001-01-01", "0001", "9999-12-31", "2024-02-29", "", "1582-10", "2024"}[i%7])
			inc.Started, inc.Terms[incident.Factor] = inc.Date, []incident.Tag{by("no-alert"), suggested("knowledge-silo", 1)}
		}),
		"300 terms":           termsOf(t, 300),
		"hostile and foreign": outlandish(t),
		"500 long actions": weekly(t, 3, func(i int, inc *incident.Incident) {
			for k := range 500 {
				inc.Actions = append(inc.Actions, incident.Action{Text: fmt.Sprintf("Step%d ", k) + strings.Repeat("lengthen ", 1100) + fmt.Sprint(i*k%7)})
			}
		}),
	}
	for _, lib := range all {
		slices.SortStableFunc(lib.Incidents, func(a, b *incident.Incident) int { return a.Date.From.Compare(b.Date.From) })
	}
	return all
}

func termsOf(t *testing.T, n int) *incident.Library {
	lib := weekly(t, 400, func(i int, inc *incident.Incident) {
		for k, d := range incident.Dimensions {
			inc.Terms[d] = []incident.Tag{by(fmt.Sprintf("t%d", (i+k)%50)), suggested(fmt.Sprintf("t%d", i*7%50), .4)}
		}
	})
	for k := range n {
		lib.Vocabulary.Set(incident.Term{Dimension: incident.Dimensions[k%6], ID: fmt.Sprintf("t%d", k/6), Label: fmt.Sprintf("Term %d", k), Definition: "A term"})
	}
	return lib
}

// outlandish has titles that are signs, markup, from right to left, and long.
func outlandish(t *testing.T) *incident.Library {
	titles := []string{"?", hostile, "\u202eانقطاع الخدمة", strings.Repeat("Long title ", 200), "—", "\u0000\ufffd", "1", "{{.}}"}
	lib := weekly(t, 4*len(titles), func(i int, inc *incident.Incident) {
		text := titles[i%len(titles)]
		inc.Title, inc.Organization, inc.Services = text, &text, []string{text}
		for _, d := range incident.Dimensions {
			inc.Terms[d] = []incident.Tag{by(text), suggested(text+"x", 1, incident.Evidence{Text: text, Line: 3})}
		}
		inc.Actions = []incident.Action{{Text: text, Owner: &text, Link: &text, Status: &text}}
		inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: text}, Kind: text}}
		inc.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: text}}}
		inc.Related.NotSameAs = []incident.Different{{ID: "i1", Because: text}}
	})
	return lib
}

// broken is what a page never says: a number that is none, or a verb that met no value.
var broken = regexp.MustCompile(`\bNaN\b|[+-]Inf\b|%!|<nil>|\(EXTRA|-9223372036854775808|ZgotmplZ`)

// TestExtremeLibraries holds that every page of any library is whole: two renderers write the
// same bytes, and what they write is well-formed, has accessible names and says no nonsense.
func TestExtremeLibraries(t *testing.T) {
	for name, lib := range extremes(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, again := renderer(t, lib, Options{}), renderer(t, lib, Options{})
			want := map[string]string{}
			for _, p := range r.Paths() {
				if !strings.HasPrefix(p, "incidents/i") || strings.HasPrefix(p, "incidents/i0000") { // of many incidents ten are enough
					want[p] = page(t, r, p)
				}
			}
			for _, p := range slices.Backward(slices.Sorted(maps.Keys(want))) {
				if page(t, again, p) != want[p] {
					t.Errorf("%s differs when it is made again", p)
				}
				if path.Ext(p) == ".html" {
					checkWhole(t, p, want[p])
				}
			}
		})
	}
}

func checkWhole(t *testing.T, p, text string) {
	t.Helper()
	if nonsense := broken.FindString(text); nonsense != "" {
		t.Errorf("%s says %q", p, nonsense)
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	checkNothingInline(t, p, doc)
	checkHeadings(t, p, doc)
	checkNames(t, p, doc)
	if main := first(doc, "main"); main == nil {
		t.Errorf("%s has no main", p)
	}
	if len(text) > 1<<20 && !strings.HasPrefix(p, "incidents/") {
		t.Errorf("%s has %d kB", p, len(text)>>10)
	}
}

// checkNames holds that all that has a role, can be followed or pressed has a name.
func checkNames(t *testing.T, p string, doc *html.Node) {
	t.Helper()
	elements(doc, func(e *html.Node) {
		named := attr(e, "aria-label")+attr(e, "aria-labelledby") != ""
		switch {
		case e.Data == "svg" && attr(e, "role") == "img" && !named:
			t.Errorf("%s: a chart without a name", p)
		case (attr(e, "role") == "region" || e.Data == "nav") && !named:
			t.Errorf("%s: a <%s> without a name", p, e.Data)
		case (e.Data == "a" && attr(e, "href") != "" || e.Data == "button" || e.Data == "summary") && !named && strings.TrimSpace(wordsOf(e)) == "":
			t.Errorf("%s: <%s href=%q> without a name", p, e.Data, attr(e, "href"))
		case (e.Data == "circle" || e.Data == "rect" || e.Data == "path") && (strings.Contains(attr(e, "x"), "-") || strings.Contains(attr(e, "cx"), "-")):
			t.Errorf("%s: <%s x=%q cx=%q> is outside its chart", p, e.Data, attr(e, "x"), attr(e, "cx"))
		}
	})
}

func wordsOf(n *html.Node) string {
	text := ""
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			text += c.Data
		}
	}
	return text
}
