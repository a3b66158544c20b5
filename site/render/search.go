package render

import (
	"strings"

	"faultline/site/pattern"
)

// SearchPage is the page that asks the search index. Script fetches Refine after its
// first hits.
type SearchPage struct {
	Page
	Refine   string
	Examples []Example
}

// Example is a query that has an answer in this library, and what it asks for.
type Example struct{ Query, Says string }

// searchPage has a style of its own, so that its first hit does not wait for that of
// reports.
func (r *Renderer) searchPage(p place) SearchPage {
	page := SearchPage{Page: r.frame(p, "Search", ""), Refine: p.to(r.theme.refine), Examples: r.examples()}
	page.Style = p.to(r.theme.searchStyle)
	page.Modules = []string{p.to(r.theme.search)}
	return page
}

// examples asks for what the library has most of: a cause, a technology or service, a
// year, and what somebody saw.
func (r *Renderer) examples() []Example {
	var list []Example
	if words := r.symptom(); words != "" {
		list = append(list, Example{words, "what somebody saw"})
	}
	if g := r.largest(pattern.Cause); g != nil {
		list = append(list, Example{"cause:" + g.ID, "the most frequent cause"})
	}
	for _, f := range []pattern.Facet{pattern.Service, pattern.Technology} {
		if g := r.largest(f); g != nil && !strings.ContainsAny(g.Label, `"“”„＂`) {
			list = append(list, Example{f.String() + `:"` + g.Label + `"`, "the " + strings.ToLower(f.Label()) + " with most incidents"})
			break
		}
	}
	if g := r.largest(pattern.Year); g != nil && g.ID == g.Label && len(g.ID) == 4 {
		list = append(list, Example{"date:" + g.ID + " duration:>1h", "of one year, and longer than an hour"})
	}
	return list
}

// largest is the group of a facet with most incidents, nil where there is none. Of equal
// ones it is the first.
func (r *Renderer) largest(f pattern.Facet) *pattern.Group {
	var best *pattern.Group
	for _, g := range r.found.Groups(f) {
		if g.All() > 0 && (best == nil || g.All() > best.All()) {
			best = g
		}
	}
	return best
}

// Lengths in bytes between which a symptom reads as something to search for.
const leastSymptom, mostSymptom = 15, 60

// symptom is what was seen in the newest incident that says it briefly, in words that
// mean nothing else in a query.
func (r *Renderer) symptom() string {
	for _, inc := range r.found.Incidents() {
		for _, note := range inc.Symptoms {
			words := strings.TrimRight(strings.Join(strings.Fields(note.Text), " "), ".")
			if len(words) >= leastSymptom && len(words) <= mostSymptom && !strings.ContainsAny(words, "\"“”„＂()*~:<>+-") {
				return words
			}
		}
	}
	return ""
}
