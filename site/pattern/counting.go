package pattern

import (
	"slices"
	"sync"

	"faultline/site/incident"
	"faultline/site/pattern/stat"
)

// Counting says which tags count. Names (services, technologies, teams, organizations,
// severities and years) are facts and count under each.
type Counting uint8

// The countings.
const (
	People    Counting = iota // terms that a person stands behind
	Suggested                 // terms that the text alone suggests
	Both
	countingCount
)

// Countings lists the countings in the order of a page's switch.
var Countings = [...]Counting{People, Suggested, Both}

// String is the counting's name in URLs and JSON: "people", "suggested" or "both".
func (c Counting) String() string {
	return [...]string{"people", "suggested", "both"}[c]
}

// Label says for people which tags count.
func (c Counting) Label() string {
	return [...]string{"tags of people", "suggested tags", "all tags"}[c]
}

// Counts reports whether a tag counts.
func (c Counting) Counts(t incident.Tag) bool {
	return c == Both || (t.Provenance == incident.Suggested) == (c == Suggested)
}

// Mined are the facets between which patterns are looked for: the six dimensions, the
// services and the technologies.
var Mined = []Facet{Trigger, Cause, Factor, Detection, Mitigation, Impact, Service, Technology}

// Tally is the library counted under one counting. The term unknown never counts: it says
// that nothing was established, so that an incident with no other value of a facet has none
// there. A Tally is immutable and safe for concurrent use.
type Tally struct {
	found    *Findings
	counting Counting
	values   []*value // by facet, then in the order of the groups
	byGroup  map[*Group]int32
	rows     [][]int32 // by position of the incident, its values in ascending order
	known    [facetCount]stat.Set
	common   [facetCount][facetCount]int // incidents with any value in both facets
	tried    func() [2]family            // the pairs, see familyOfPair
}

// value is a group as a tally counts it. A group without incidents has none.
type value struct {
	group *Group
	at    []int32         // positions of its incidents, ascending
	in    [facetCount]int // how many of them have any value of the facet
}

// Tally returns the findings under the counting. They are counted once.
func (f *Findings) Tally(c Counting) *Tally { return f.tallies[c]() }

func (f *Findings) prepareTallies() {
	for _, c := range Countings {
		f.tallies[c] = sync.OnceValue(func() *Tally { return f.tally(c) })
	}
}

func (f *Findings) tally(c Counting) *Tally {
	t := &Tally{found: f, counting: c, byGroup: map[*Group]int32{}, rows: make([][]int32, len(f.incidents))}
	for facet := range facetCount {
		t.known[facet] = stat.NewSet(len(f.incidents))
		for _, g := range f.groups[facet] {
			t.add(g)
		}
	}
	for _, v := range t.values {
		for facet := range facetCount {
			for _, at := range v.at {
				if t.known[facet].Has(int(at)) {
					v.in[facet]++
				}
			}
		}
	}
	for a := range facetCount {
		for b := range facetCount {
			t.common[a][b] = t.known[a].AndCount(t.known[b])
		}
	}
	t.tried = sync.OnceValue(t.tryPairs)
	return t
}

// add counts the group, unless nothing of it counts.
func (t *Tally) add(g *Group) {
	at := t.found.positions(g, t.counting)
	if len(at) == 0 || g.key == incident.Unknown || g.Facet == Year && g.ID == Undated {
		return
	}
	number := int32(len(t.values))
	t.values, t.byGroup[g] = append(t.values, &value{group: g, at: at}), number
	for _, p := range at {
		t.known[g.Facet].Add(int(p))
		t.rows[p] = append(t.rows[p], number)
	}
}

// positions returns where the group's incidents under the counting are, ascending.
func (f *Findings) positions(g *Group, c Counting) []int32 {
	_, term := g.Facet.Dimension()
	if !term || c == People {
		return g.at
	}
	told := make([]int32, len(g.Suggested), g.All())
	for i, inc := range g.Suggested {
		told[i] = f.position[inc]
	}
	if c == Both && len(g.at) > 0 {
		told = append(told, g.at...)
		slices.Sort(told)
	}
	return told
}

// Counting says which tags count.
func (t *Tally) Counting() Counting { return t.counting }

// Known returns how many incidents have any value in the facet.
func (t *Tally) Known(f Facet) int { return t.known[f].Count() }

// Incidents returns the incidents that have the group's value, newest first and undated
// last.
func (t *Tally) Incidents(g *Group) []*incident.Incident {
	v := t.value(g)
	incidents := make([]*incident.Incident, len(v.at))
	for i, at := range v.at {
		incidents[i] = t.found.incidents[at]
	}
	return incidents
}

// Count is the number of incidents that have the group's value.
func (t *Tally) Count(g *Group) int { return len(t.value(g).at) }

// value returns the group as it is counted, without incidents where it is not.
func (t *Tally) value(g *Group) *value {
	if number, ok := t.byGroup[g]; ok {
		return t.values[number]
	}
	return &value{group: g}
}

// together says of every value how many of the incidents at the positions have it.
func (t *Tally) together(at []int32) []int {
	counts := make([]int, len(t.values))
	t.addTogether(counts, at)
	return counts
}

func (t *Tally) addTogether(counts []int, at []int32) {
	for _, p := range at {
		for _, number := range t.rows[p] {
			counts[number]++
		}
	}
}
