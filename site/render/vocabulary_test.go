package render

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"faultline/site/incident"
)

// The addresses of terms that were renamed or split.
func TestFormerTerms(t *testing.T) {
	lib := library(t)
	lib.Vocabulary = vocabulary()
	for id, former := range map[string][]string{"failed-failover": {"standby-fault", "overload"}, "overload": {"load"}, "slow": {"slowness", "../x"}} {
		for _, d := range incident.Dimensions {
			if term, ok := lib.Vocabulary.Lookup(d, id); ok {
				term.Formerly = former
				lib.Vocabulary.Set(term)
			}
		}
	}
	other := incident.Term{Dimension: incident.Cause, ID: "too-hot", Label: "Too hot", Definition: "It burned", Formerly: []string{"load"}, Deprecated: "use overload instead"}
	lib.Vocabulary.Set(other)
	r := renderer(t, lib, Options{})
	for p, want := range map[string]string{
		"causes/standby-fault/index.html": "0; url=../../causes/failed-failover/", "impacts/slowness/index.html": "0; url=../../impacts/slow/",
		"causes/load/index.html": "",
	} {
		doc, err := html.Parse(strings.NewReader(page(t, r, p)))
		if err != nil {
			t.Fatal(err)
		}
		if got := attr(meta(doc, "refresh"), "content"); got != want {
			t.Errorf("%s: refresh %q", p, got)
		}
	}
	if got := page(t, r, "causes/load/index.html"); !strings.Contains(got, `<a href="../../causes/overload/">Overload</a></dt><dd>Not seen.`) || !strings.Contains(got, "causes/too-hot/") {
		t.Errorf("the split names not both: %s", got)
	}
	if got := page(t, r, "causes/overload/index.html"); !strings.Contains(got, "<h1>Overload</h1>") {
		t.Error("a former id replaced the page of a term")
	}
	if got := page(t, r, "causes/too-hot/index.html"); !strings.Contains(got, "<strong>Deprecated</strong>: use overload instead.") {
		t.Error("the term is not said to be deprecated")
	}
	for p := range pages(t, r) {
		if strings.Contains(p, "..") || strings.HasSuffix(p, "/x/index.html") {
			t.Errorf("a former id made %q", p)
		}
	}
}

// What the texts suggest is held against the authors, and the longest list is cut.
func TestAuthorAndText(t *testing.T) {
	lib := library(t)
	suggest := func(*incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
		for _, d := range incident.Dimensions {
			for n := range 4 {
				ids[d] = append(ids[d], strings.Repeat("x", n+1))
			}
		}
		return ids, true
	}
	got := page(t, renderer(t, lib, Options{Suggested: suggest}), "vocabulary/index.html")
	for _, want := range []string{`<h2 id="fl:text">Author and text</h2>`, "And 13 more terms."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if strings.Contains(page(t, renderer(t, lib, Options{}), "vocabulary/index.html"), "fl:text") {
		t.Error("nobody was asked, and the page tells what the texts say")
	}
}
