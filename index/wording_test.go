package index

import (
	"slices"
	"strings"
	"testing"

	"faultline/index/query"
	"faultline/site/incident"
	"faultline/site/taxonomy"
)

// TestWordings: every line is of a term that the vocabulary has, and says something.
func TestWordings(t *testing.T) {
	v := taxonomy.BuiltIn()
	var known []string
	for _, d := range append(slices.Clone(incident.Dimensions[:]), incident.Gap) {
		for _, term := range v.Terms(d) {
			known = append(known, d.String()+"/"+term.ID)
		}
	}
	for term, words := range wordings {
		if !slices.Contains(known, term) {
			t.Errorf("the vocabulary has no %q", term)
		}
		if len(query.Wholes(words)) < 2 {
			t.Errorf("%s: %q", term, words)
		}
	}
	if _, list, _ := strings.Cut(wordingText, "\n\n"); strings.Count(list, "\n") != len(wordings) {
		t.Errorf("%d lines make %d wordings", strings.Count(list, "\n"), len(wordings))
	}
}

// TestQuestionsMeetTags: a question in plain words prefers the incident with the tag over
// one with some of the words; a word alone does not.
func TestQuestionsMeetTags(t *testing.T) {
	tagged := note("tagged", "Queue stuck", "the expert was away", 2020)
	tagged.Terms[incident.Factor] = []incident.Tag{{ID: "knowledge-silo"}}
	lib := &incident.Library{Vocabulary: taxonomy.BuiltIn(), Incidents: []*incident.Incident{
		tagged, note("words", "Expert mode", "the expert was on holiday, and the expert mode broke", 2021), note("other", "Disk", "disk full", 2019),
	}}
	x := open(t, "", lib)
	for q, want := range map[string]string{"nobody else understood it, the expert had left": "tagged words", "holiday": "words"} {
		r, err := x.Search(q, Options{Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
}
