package render

import (
	"slices"

	"faultline/site/incident"
	"faultline/site/pattern"
)

// reference is what one incident's author says of another.
type reference struct {
	says    string
	to      *incident.Incident
	because string
}

// references finds for each incident what others say of it, so that a relation is
// shown on both pages.
func references(found *pattern.Findings) map[*incident.Incident][]reference {
	back := map[*incident.Incident][]reference{}
	for _, inc := range found.Incidents() {
		add := func(ids []string, says string) {
			for _, id := range ids {
				if other := found.Incident(id); other != nil && other != inc {
					back[other] = append(back[other], reference{says: says, to: inc})
				}
			}
		}
		add(inc.Related.RepeatOf, "Happened again as")
		add(inc.Related.CausedBy, "Led to")
		add(inc.Related.SeeAlso, "See also")
		for _, d := range inc.Related.NotSameAs {
			if other := found.Incident(d.ID); other != nil && other != inc {
				back[other] = append(back[other], reference{"Not the same as", inc, d.Because})
			}
		}
	}
	return back
}

// related lists what the incident's author says of others, then what their authors
// say of it. Each other incident is named once.
func (r *Renderer) related(p place, inc *incident.Incident) []Relation {
	var all []reference
	add := func(ids []string, says string) {
		for _, id := range ids {
			all = append(all, reference{says: says, to: r.found.Incident(id)})
		}
	}
	add(inc.Related.RepeatOf, "Repeat of")
	add(inc.Related.CausedBy, "Caused by")
	add(inc.Related.SeeAlso, "See also")
	for _, d := range inc.Related.NotSameAs {
		all = append(all, reference{"Not the same as", r.found.Incident(d.ID), d.Because})
	}
	var relations []Relation
	seen := []*incident.Incident{nil, inc}
	for _, ref := range append(all, r.referred[inc]...) {
		if slices.Contains(seen, ref.to) {
			continue
		}
		seen = append(seen, ref.to)
		relations = append(relations, Relation{Says: ref.says, Row: p.row(ref.to), Because: ref.because})
	}
	return relations
}

// verbs say what it means that two incidents share a value of a facet, in the
// order of a sentence that begins with "Both".
var verbs = []struct {
	facet pattern.Facet
	verb  string
}{
	{pattern.Trigger, "began with"}, {pattern.Cause, "were caused by"}, {pattern.Factor, "were helped along by"},
	{pattern.Detection, "came to light by"}, {pattern.Mitigation, "were met with"}, {pattern.Impact, "led to"},
	{pattern.Service, "hit"}, {pattern.Technology, "involve"},
}

// reasons is how many shared values a sentence names.
const reasons = 4

func (r *Renderer) similar(p place, inc *incident.Incident) []Likeness {
	var out []Likeness
	for _, like := range r.found.Similar(inc, similar) {
		out = append(out, Likeness{p.row(like.Incident), p.common(like.Common)})
	}
	return out
}

func (p place) common(c pattern.Common) Common {
	return Common{c.Titles, p.clauses(c.Shared[:min(reasons, len(c.Shared))]), c.Words}
}

func (p place) clauses(shared []pattern.Shared) []Clause {
	var clauses []Clause
	for _, v := range verbs {
		c := Clause{Joint: ", ", Verb: v.verb}
		for _, g := range shared {
			if g.Facet == v.facet {
				tag := p.tag(g.Group)
				tag.Suggested = g.Guessed
				c.Tags = append(c.Tags, tag)
			}
		}
		if len(c.Tags) > 0 {
			clauses = append(clauses, c)
		}
	}
	for i := range clauses {
		switch {
		case i == 0:
			clauses[i].Joint = "Both "
		case i == len(clauses)-1:
			clauses[i].Joint = " and "
		}
	}
	return clauses
}
