package pattern

import (
	"cmp"
	"slices"
	"strings"

	"faultline/site/incident"
)

// Telling are the incidents that a group is described by: those that people gave its value,
// those whose text suggests it where people gave it to none.
func (g *Group) Telling() []*incident.Incident {
	if len(g.Incidents) > 0 {
		return g.Incidents
	}
	return g.Suggested
}

// Recurring returns for each dimension the term that most incidents share, when
// at least two do. Among equals it is the one whose newest incident is newest. Where
// people gave no term to two incidents, it is the one that texts suggest most often.
func (f *Findings) Recurring() []*Group {
	var recurring []*Group
	for _, facet := range Dimensions {
		best := f.mostFrequent(facet, func(g *Group) []*incident.Incident { return g.Incidents })
		if best == nil {
			best = f.mostFrequent(facet, f.Members)
		}
		if best != nil {
			recurring = append(recurring, best)
		}
	}
	return recurring
}

// mostFrequent is the term of the facet with most members, two at least.
func (f *Findings) mostFrequent(facet Facet, members func(*Group) []*incident.Incident) *Group {
	var best *Group
	var most []*incident.Incident
	for _, g := range f.groups[facet] {
		all := members(g)
		if len(all) < 2 || g.key == incident.Unknown {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(len(all), len(most)), cmp.Compare(f.position[most[0]], f.position[all[0]])) > 0 {
			best, most = g, all
		}
	}
	return best
}

// RecurringNames returns the names that most incidents share: those of
// organizations, services, technologies and teams, at most a few of each, where at
// least two incidents have the name and not all of them.
func (f *Findings) RecurringNames(each int) []*Group {
	var recurring []*Group
	for _, facet := range []Facet{Organization, Service, Technology, Team} {
		left := each
		for _, g := range f.groups[facet] { // the most frequent first
			if left == 0 || g.N() < 2 {
				break
			}
			if g.N() < len(f.incidents) {
				recurring = append(recurring, g)
				left--
			}
		}
	}
	return recurring
}

// Share is a part of a whole.
type Share struct{ N, Of int }

// customers are the detections in which the people affected knew before those who
// run the service.
var customers = []string{"customer-report", "support-volume", "social-or-press"}

// NoticedByCustomers counts the incidents that customers noticed first, among
// those that say how they were noticed.
func NoticedByCustomers(incidents []*incident.Incident) Share {
	var s Share
	for _, inc := range incidents {
		ids := inc.Given(incident.Detection)
		if len(ids) == 0 || ids[0] == "unknown" {
			continue
		}
		s.Of++
		if slices.Contains(customers, strings.ToLower(ids[0])) {
			s.N++
		}
	}
	return s
}

// Worked counts the incidents of a mitigation's group in which it worked, at least
// partly, among those that say whether it did.
func (g *Group) Worked() Share {
	var s Share
	for _, inc := range g.Incidents {
		for _, t := range inc.GivenTags(incident.Mitigation) {
			if fold(t.ID) != g.key || t.Effective == nil {
				continue
			}
			s.Of++
			if *t.Effective != "no" {
				s.N++
			}
			break
		}
	}
	return s
}

// Provenance counts incidents by the best that stands behind their terms: an author, else a
// suggestion accepted in bulk, else the text alone. Nothing stands behind the rest of Of.
type Provenance struct{ Author, Accepted, Suggested, Of int }

// ProvenanceOf counts who tagged the incidents, in any dimension.
func ProvenanceOf(incidents []*incident.Incident) Provenance {
	p := Provenance{Of: len(incidents)}
	for _, inc := range incidents {
		p.add(best(inc.Terms[:]...))
	}
	return p
}

// Provenance counts who gave a term to the incidents of its group.
func (g *Group) Provenance() Provenance {
	p := Provenance{Of: g.All()}
	for _, inc := range slices.Concat(g.Incidents, g.Suggested) {
		p.add(g.By(inc))
	}
	return p
}

// By says who gave the incident the group's term, "" for a name.
func (g *Group) By(inc *incident.Incident) incident.Provenance {
	d, ok := g.Facet.Dimension()
	if !ok {
		return ""
	}
	var by incident.Provenance
	for i := range inc.Terms[d] {
		if tag := &inc.Terms[d][i]; fold(tag.ID) == g.key {
			by = better(by, tag.Provenance)
		}
	}
	return by
}

// best is the best provenance of any of the tags, "" for none.
func best(dimensions ...[]incident.Tag) incident.Provenance {
	var by incident.Provenance
	for _, tags := range dimensions {
		for i := range tags {
			by = better(by, tags[i].Provenance)
		}
	}
	return by
}

// better is the better one of two provenances: an author's word before an accepted
// suggestion, and that before a text alone.
func better(a, b incident.Provenance) incident.Provenance {
	for _, by := range []incident.Provenance{incident.Author, incident.Accepted, incident.Suggested} {
		if a == by || b == by {
			return by
		}
	}
	return ""
}

func (p *Provenance) add(by incident.Provenance) {
	switch by {
	case incident.Author:
		p.Author++
	case incident.Accepted:
		p.Accepted++
	case incident.Suggested:
		p.Suggested++
	}
}

// Tagged counts the incidents to which a person has given at least one term.
func Tagged(incidents []*incident.Incident) Share {
	s := Share{Of: len(incidents)}
	for _, inc := range incidents {
		if slices.ContainsFunc(incident.Dimensions[:], func(d incident.Dimension) bool { return len(inc.Given(d)) > 0 }) {
			s.N++
		}
	}
	return s
}
