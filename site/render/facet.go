package render

import (
	"fmt"

	"faultline/site/pattern"
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
	Values   []Count // that an incident has
	Widest   int     // N of the value with most incidents
	Unused   []Tag   // terms that no incident has yet
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
	for _, g := range r.found.Groups(f) {
		if g.N() == 0 {
			page.Unused = append(page.Unused, p.tag(g))
			continue
		}
		page.Values = append(page.Values, Count{p.tag(g), g.N(), of})
		page.Widest = max(page.Widest, g.N())
	}
	return page
}

// facetSentence says how many incidents can be counted: "4 of 5 incidents name a
// trigger."
func (r *Renderer) facetSentence(f pattern.Facet) string {
	known, all := r.found.Known(f), len(r.lib.Incidents)
	if known == 0 {
		return "No incident names " + nouns[f] + "."
	}
	name := "name"
	if known == 1 {
		name = "names"
	}
	return fmt.Sprintf("%s of %s %s %s.", number(known), count(all, "incident"), name, nouns[f])
}

// Width is the length of a bar for n, in percent of the widest.
func (f FacetPage) Width(n int) string {
	return fmt.Sprintf("%.1f%%", 100*float64(n)/float64(f.Widest))
}
