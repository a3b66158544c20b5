package render

import (
	"fmt"

	"faultline/site/pattern"
	"faultline/site/phrase"
)

// questions are what the dimensions ask of every incident.
var questions = map[pattern.Facet]string{
	pattern.Trigger:    "What changed or happened just before",
	pattern.Cause:      "What mechanism failed",
	pattern.Factor:     "What made it possible, worse or longer",
	pattern.Detection:  "How it came to light",
	pattern.Mitigation: "What was done to end it",
	pattern.Impact:     "What it did to people",
}

// fieldQuestions are what the fields ask.
var fieldQuestions = map[pattern.Facet]string{
	pattern.Organization: "Whose incident it was",
	pattern.Service:      "What was affected",
	pattern.Technology:   "What played a part",
	pattern.Team:         "Who responded",
	pattern.Severity:     "How serious it was",
	pattern.Year:         "When it was",
}

// nouns name one value of each facet, with its article.
var nouns = map[pattern.Facet]string{
	pattern.Trigger: "a trigger", pattern.Cause: "a cause", pattern.Factor: "a contributing factor",
	pattern.Detection: "how they were detected", pattern.Mitigation: "a mitigation", pattern.Impact: "an impact",
	pattern.Service: "a service", pattern.Technology: "a technology", pattern.Team: "a team",
	pattern.Organization: "an organization", pattern.Severity: "a severity", pattern.Year: "a date",
}

// FacetPage lists the values of a dimension or field.
type FacetPage struct {
	Page
	Class    string
	Question string // of a dimension
	Sentence string
	Terms    bool    // the values are terms with definitions
	Values   []Tally // that an incident has
	Given    bool    // people gave a value of the facet to any incident
	Widest   int     // incidents of the value with most
	Unused   []Tag   // terms that no incident has yet
}

// Tally is a value with the incidents that people gave it, and those whose text alone
// suggests it.
type Tally struct {
	Count
	Suggested, All int
}

func (r *Renderer) facet(p place, f pattern.Facet) FacetPage {
	_, terms := f.Dimension()
	page := FacetPage{
		Page:  r.frame(p, f.Plural(), questions[f]),
		Class: f.String(), Question: questions[f], Sentence: r.facetSentence(f), Terms: terms, Widest: 1,
	}
	of := r.found.Known(f)
	if f == pattern.Year {
		of = len(r.lib.Incidents) // those without a date are counted among the years
	}
	page.Given = of > 0
	if !page.Given {
		of = r.found.Suggested(f)
	}
	for _, g := range r.found.Groups(f) {
		if g.All() == 0 {
			page.Unused = append(page.Unused, p.tag(g))
			continue
		}
		page.Values = append(page.Values, Tally{Count{p.tag(g), g.N(), of}, len(g.Suggested), g.All()})
		page.Widest = max(page.Widest, g.All())
	}
	return page
}

// facetSentence says how many incidents can be counted: "4 of 5 incidents name a
// trigger."
func (r *Renderer) facetSentence(f pattern.Facet) string {
	known, all := r.found.Known(f), len(r.lib.Incidents)
	s := "No incident names " + nouns[f] + "."
	if known > 0 {
		name := "name"
		if known == 1 {
			name = "names"
		}
		s = fmt.Sprintf("%s of %s %s %s.", phrase.Number(known), phrase.Count(all, "incident"), name, nouns[f])
	}
	switch told := r.found.Suggested(f); {
	case told == 0:
	case known == 0:
		s += fmt.Sprintf(" The text of %s suggests one; nobody has confirmed it.", share(told, all))
	default:
		s += fmt.Sprintf(" The text of %s more suggests one.", phrase.Number(told))
	}
	return s
}

// share names n of all incidents.
func share(n, all int) string { return phrase.Number(n) + " of " + phrase.Count(all, "incident") }

// Width is the length of a bar for n, in percent of the widest.
func (f FacetPage) Width(n int) string {
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(f.Widest))
}
