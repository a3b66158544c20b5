package render

import (
	"fmt"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// newest is how many incidents the home page lists.
const newest = 10

// HomePage is the page that a visitor sees first.
type HomePage struct {
	Page
	Sentence string // what is in the library
	Recurs   []Finding
	Lasted   string // how long incidents last; "" when none says
	Newest   []Row
	Facets   []FacetLine
}

// Finding is a sentence about one tag, which it begins with.
type Finding struct {
	Tag  Tag
	Says string
	Last *Row // the newest incident that it is about
}

// FacetLine leads to a dimension with the question that it answers.
type FacetLine struct {
	Link
	Question string
}

func (r *Renderer) home(p place) HomePage {
	all := r.found.Incidents()
	page := HomePage{Sentence: r.librarySentence(), Lasted: lastedSentence(all, "Half of the incidents that say how long they lasted")}
	page.Page = r.frame(p, "", page.Sentence)
	page.Recurs = r.findings(p)
	page.Newest = p.rows(all[:min(newest, len(all))])
	page.Facets = r.facetLines(p)
	return page
}

// findings says what recurs: a term of each dimension and, where there is not one
// of each, names.
func (r *Renderer) findings(p place) []Finding {
	groups := r.found.Recurring()
	if missing := len(pattern.Dimensions) - len(groups); missing > 0 {
		names := r.found.RecurringNames(3)
		groups = append(groups, names[:min(missing, len(names))]...)
	}
	var findings []Finding
	for _, g := range groups {
		last := p.row(r.recurring(g)[0])
		if g.Facet == pattern.Organization {
			last.Organization = "" // the sentence begins with it
		}
		tag := p.tag(g)
		tag.Suggested = fromTexts(g)
		findings = append(findings, Finding{tag, r.recurs(g), &last})
	}
	return findings
}

// fromTexts reports whether the group recurs in what texts suggest alone.
func fromTexts(g *pattern.Group) bool { return g.N() < 2 && g.All() > 1 }

// recurring are the incidents that make the group recur.
func (r *Renderer) recurring(g *pattern.Group) []*incident.Incident {
	if fromTexts(g) {
		return r.found.Members(g)
	}
	return g.Incidents
}

// facetLines leads to the dimensions that are in use. Where one is not, the fields
// are ways in too; where nothing is in use, all dimensions stay.
func (r *Renderer) facetLines(p place) []FacetLine {
	var lines []FacetLine
	add := func(facets []pattern.Facet, least int) {
		for _, f := range facets {
			if link := r.facetLink(p, f); link.N >= least {
				lines = append(lines, FacetLine{link, questions[f] + fieldQuestions[f]})
			}
		}
	}
	add(pattern.Dimensions, 1)
	if len(lines) < len(pattern.Dimensions) {
		add(pattern.Fields, 2)
	}
	if len(lines) == 0 {
		add(pattern.Dimensions, 0)
	}
	return lines
}

// librarySentence says what is in the library: "32 incidents from 14
// organizations, 2011 to 2026; 19 tagged by their authors."
func (r *Renderer) librarySentence() string {
	all := r.found.Incidents()
	if len(all) == 0 {
		return "No incidents yet."
	}
	s := phrase.Count(len(all), "incident")
	if n := r.inUse(pattern.Organization); n > 0 {
		s += " from " + phrase.Count(n, "organization")
	}
	if years := yearsOf(all); years != "" {
		s += ", " + years
	}
	return s + "; " + taggedBy(pattern.ProvenanceOf(all)) + "."
}

// taggedBy says who tagged the incidents: "19 tagged by their authors".
func taggedBy(by pattern.Provenance) string {
	s := "none tagged yet"
	switch {
	case by.Author == by.Of && by.Of > 1:
		s = "all tagged by their authors"
	case by.Author > 0 || by.Accepted > 0:
		s = phrase.Number(by.Author) + " tagged by their authors"
	}
	if by.Accepted > 0 {
		s += fmt.Sprintf(", %s by suggestions accepted in bulk", phrase.Number(by.Accepted))
	}
	if by.Suggested > 0 {
		s += fmt.Sprintf(", terms suggested from the text of %s", phrase.Number(by.Suggested))
		if by.Author+by.Accepted > 0 {
			s += " more"
		}
	}
	return s
}

// yearsOf writes the first and last year of the incidents, which are ordered
// newest first and undated last.
func yearsOf(incidents []*incident.Incident) string {
	var first, last string
	for _, inc := range incidents {
		if inc.Date.Known() {
			first = inc.Date.From.Format("2006")
			if last == "" {
				last = first
			}
		}
	}
	if first == last {
		return last
	}
	return first + " to " + last
}

// recurs says how often the group's incidents occur among those that could be
// among them: "set off 7 of the 28 incidents whose trigger is known".
func (r *Renderer) recurs(g *pattern.Group) string {
	n, known := phrase.Number(len(r.recurring(g))), r.found.Known(g.Facet)
	if !fromTexts(g) {
		return r.recursAs(g, n, r.of(g.Facet, known))
	}
	s := r.recursAs(g, n, r.of(g.Facet, known+r.found.Suggested(g.Facet)))
	if g.N() == 0 {
		return s + ", as the texts suggest"
	}
	return s + fmt.Sprintf(", as %s and a person say", phrase.Count(len(g.Suggested), "text"))
}

// recursAs says it of n incidents of those that of names.
func (r *Renderer) recursAs(g *pattern.Group, n, of string) string {
	switch g.Facet {
	case pattern.Trigger:
		return "set off " + n + " of " + of
	case pattern.Cause:
		return "was a cause of " + n + " of " + of
	case pattern.Factor:
		return "had a part in " + n + " of " + of
	case pattern.Detection:
		return "is how " + n + " of " + of + " came to light"
	case pattern.Mitigation:
		return "was tried in " + n + " of " + of + workedPhrase(g)
	case pattern.Impact:
		return "was the impact of " + n + " of " + of
	default:
		return r.recursByName(g, n+" of "+of)
	}
}

// recursByName says the same of a name. share is the part of the incidents that have it.
func (r *Renderer) recursByName(g *pattern.Group, share string) string {
	switch g.Facet {
	case pattern.Organization:
		return "had " + share
	case pattern.Service:
		return "was affected in " + share
	case pattern.Team:
		return "responded to " + share
	default:
		return "played a part in " + share
	}
}

func workedPhrase(g *pattern.Group) string {
	worked := g.Worked()
	switch {
	case worked.Of == 0:
		return ""
	case worked.Of == g.N():
		return fmt.Sprintf(" and helped in %s", phrase.Number(worked.N))
	default:
		return fmt.Sprintf(" and helped in %s of the %s that say", phrase.Number(worked.N), phrase.Number(worked.Of))
	}
}

// of names the incidents that a share in the facet is taken of: those known to have any
// value in it.
func (r *Renderer) of(f pattern.Facet, known int) string {
	if all := len(r.lib.Incidents); known == all {
		return phrase.Count(all, "incident")
	}
	return fmt.Sprintf("the %s that name %s", phrase.Count(known, "incident"), nouns[f])
}

// lastedSentence says how long incidents last. who names half of them.
func lastedSentence(incidents []*incident.Incident, who string) string {
	s := pattern.Durations(incidents, pattern.Whole)
	if s.N < 2 {
		return ""
	}
	silent := ""
	if s.N < s.Of {
		silent = fmt.Sprintf("; %s no duration", phrase.Agree(s.Of-s.N, "gives", "give"))
	}
	return fmt.Sprintf("%s were over within %s (median, %s, from %s to %s%s).",
		who, unbroken(s.Median), sample(s.N), unbroken(s.Least), unbroken(s.Most), silent)
}

// sample says how many a figure was taken of, on one line.
func sample(n int) string { return "n\u00a0=\u00a0" + phrase.Number(n) }
