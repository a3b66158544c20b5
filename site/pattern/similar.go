package pattern

import (
	"cmp"
	"math"
	"slices"

	"faultline/site/incident"
)

// Likeness is an incident that looks like another one, with what the two share,
// the most telling first.
type Likeness struct {
	Incident *incident.Incident
	Shared   []*Group
}

// telling says how much it means that two incidents share a value of a facet.
// Sharing an organization, a severity or a year says nothing about how they failed.
var telling = [facetCount]float64{
	Trigger: 0.8, Cause: 1, Factor: 0.7, Detection: 0.3, Mitigation: 0.4, Impact: 0.3,
	Service: 0.8, Technology: 0.8,
}

// weight of sharing the group: the rarer its value, the more it means. The measure
// is the inverse document frequency ln(1 + N/n) of text retrieval (Robertson and
// Spärck Jones, 1976), times how telling the facet is.
func (f *Findings) weight(g *Group) float64 {
	if g.key == "unknown" || g.N() == 0 {
		return 0
	}
	return telling[g.Facet] * math.Log1p(float64(len(f.incidents))/float64(g.N()))
}

// Similar returns at most limit incidents that look most like the incident. Two
// incidents look alike when they share at least two values, of which one says what
// failed: a trigger, cause, factor, service or technology. Incidents that either
// declares to be related, or not the same, are left out.
func (f *Findings) Similar(inc *incident.Incident, limit int) []Likeness {
	groups := f.tellingGroups(inc)
	weights := make([]float64, len(f.incidents))
	for _, g := range groups {
		w := f.weight(g)
		for _, at := range g.at {
			weights[at] += w
		}
	}
	if at, ok := f.position[inc]; ok {
		weights[at] = 0
	}
	var similar []Likeness
	for _, at := range heaviest(weights, 4*limit) {
		other := f.incidents[at]
		shared := sharedWith(groups, at)
		if len(similar) < limit && alike(shared) && !f.declared(inc, other) && !f.declared(other, inc) {
			similar = append(similar, Likeness{other, shared})
		}
	}
	return similar
}

// tellingGroups returns the incident's groups, the most telling first.
func (f *Findings) tellingGroups(inc *incident.Incident) []*Group {
	var groups []*Group
	for facet := range facetCount {
		if telling[facet] > 0 {
			groups = append(groups, f.Of(inc, facet)...)
		}
	}
	slices.SortStableFunc(groups, func(a, b *Group) int { return cmp.Compare(f.weight(b), f.weight(a)) })
	return groups
}

// heaviest returns the positions of at most limit weights above zero, heaviest
// first; among equals the lower position, which is the newer incident.
func heaviest(weights []float64, limit int) []int32 {
	var top []int32
	for i, w := range weights {
		if w == 0 || len(top) == limit && w <= weights[top[limit-1]] {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, w, func(held int32, w float64) int {
			if weights[held] >= w {
				return -1
			}
			return 1
		})
		top = slices.Insert(top, at, int32(i))
		top = top[:min(len(top), limit)]
	}
	return top
}

func sharedWith(groups []*Group, at int32) []*Group {
	var shared []*Group
	for _, g := range groups {
		if _, ok := slices.BinarySearch(g.at, at); ok && g.key != "unknown" {
			shared = append(shared, g)
		}
	}
	return shared
}

func alike(shared []*Group) bool {
	return len(shared) > 1 && slices.ContainsFunc(shared, func(g *Group) bool { return telling[g.Facet] > 0.5 })
}

// declared reports whether the incident's author has said how the two relate.
func (f *Findings) declared(inc, other *incident.Incident) bool {
	named := slices.Concat(inc.Related.RepeatOf, inc.Related.CausedBy, inc.Related.SeeAlso)
	for _, d := range inc.Related.NotSameAs {
		named = append(named, d.ID)
	}
	return slices.ContainsFunc(named, func(id string) bool { return f.byID[id] == other })
}
