package pattern

import (
	"cmp"
	"slices"
	"strings"

	"faultline/site/pattern/stat"
)

// Companion is a group that comes with another one: N of the Of incidents of the other that
// have any value in this group's facet.
//
// Table compares that with the library. Its cases are the incidents that have a value in
// both groups' facets: among all incidents everything would come with everything, because
// those that somebody tagged have values and the others none.
type Companion struct {
	Group   *Group
	N, Of   int
	Table   stat.Table
	P       float64 // of so many together or more by chance; 1 for no more than expected
	Q       float64 // the same among all pairs of the library, by Benjamini and Hochberg
	Verdict Verdict
}

// Share is the interval of N of Of.
func (c Companion) Share() stat.Interval { return stat.Wilson(c.N, c.Of) }

// Words says the verdict in plain words.
func (c Companion) Words() string { return words(c.Verdict, c.Table) }

// family holds the probabilities of all pairs that were tried together, ascending, and the
// adjusted ones.
type family struct{ p, q []float64 }

// adjusted is the adjusted probability of a pair with the probability p.
func (f family) adjusted(p float64) float64 {
	if at, ok := slices.BinarySearch(f.p, p); ok {
		return f.q[at]
	}
	return 1
}

// familyOfPair says with which pairs one between the facets is adjusted: those that say
// something of how incidents go, between Mined with a term on one side at least, or the rest.
// That an organization has its own services and a service its technologies is certain, and so
// many certain pairs would make the doubtful ones look better than they are.
func familyOfPair(a, b Facet) int {
	if a <= Technology && b <= Technology && min(a, b) <= Impact {
		return 0
	}
	return 1
}

// tryPairs tests all pairs of values that have Least incidents each.
func (t *Tally) tryPairs() [2]family {
	var families [2]family
	counts := make([]int, len(t.values))
	for a, v := range t.values {
		if len(v.at) < Least {
			continue
		}
		clear(counts)
		t.addTogether(counts, v.at)
		for b := a + 1; b < len(t.values); b++ {
			if table := t.table(v, t.values[b], counts[b]); counts[b] > 0 && tested(table) {
				k := familyOfPair(v.group.Facet, t.values[b].group.Facet)
				families[k].p = append(families[k].p, surplus(table))
			}
		}
	}
	tried := t.triable()
	for k, f := range families {
		slices.Sort(f.p)
		families[k].q = stat.Adjust(f.p, tried[k])
	}
	return families
}

// triable counts the pairs that have Least incidents each among those in which the other's
// facet is known, also those never seen together.
func (t *Tally) triable() [2]int {
	var often [facetCount][facetCount]int // values of the first facet
	for _, v := range t.values {
		for facet, n := range v.in {
			if n >= Least {
				often[v.group.Facet][facet]++
			}
		}
	}
	var tried [2]int
	for a := range facetCount {
		tried[familyOfPair(a, a)] += often[a][a] * (often[a][a] - 1) / 2
		for b := a + 1; b < facetCount; b++ {
			tried[familyOfPair(a, b)] += often[a][b] * often[b][a]
		}
	}
	return tried
}

// table is how often two values were seen, both of them in so many incidents, among those
// with any value in their facets.
func (t *Tally) table(a, b *value, both int) stat.Table {
	return stat.Table{Both: both, A: a.in[b.group.Facet], B: b.in[a.group.Facet], N: t.common[a.group.Facet][b.group.Facet]}
}

// tested reports whether a pair is among those that are tried.
func tested(table stat.Table) bool { return table.A >= Least && table.B >= Least }

// Companions returns what the group's incidents come with in a facet, most frequent first,
// among equals what is rarer elsewhere.
func (t *Tally) Companions(g *Group, facet Facet) []Companion {
	v := t.value(g)
	counts := t.together(v.at)
	companions := []Companion{}
	for number, n := range counts {
		if other := t.values[number]; n > 0 && other.group.Facet == facet && other.group != g {
			companions = append(companions, t.companion(v, other, n))
		}
	}
	slices.SortFunc(companions, func(a, b Companion) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Table.B, b.Table.B), cmp.Compare(a.Group.ID, b.Group.ID))
	})
	return companions
}

func (t *Tally) companion(v, other *value, n int) Companion {
	facet := other.group.Facet
	c := Companion{Group: other.group, N: n, Of: v.in[facet], Table: t.table(v, other, n), P: 1, Q: 1}
	if tested(c.Table) {
		c.P = surplus(c.Table)
		c.Q = t.tried()[familyOfPair(v.group.Facet, facet)].adjusted(c.P)
	}
	c.Verdict = judge(c.Table, c.P, c.Q)
	switch {
	case t.found.byName(v.group, other.group):
		c.Verdict = ByName
	case c.Verdict >= Perhaps && t.found.oneMeaning([]*Group{v.group, other.group}):
		c.Verdict = ByMeaning
	case c.Verdict >= Perhaps && !t.moreThanRepeats(v, other):
		c.Verdict = Repeated
	case c.Verdict == More && n-t.sentences(v, other) < Least:
		c.Verdict = ByWording
	}
	return c
}

// Behind returns the causes that were behind the incidents of a group, such as an impact or
// a detection, the most frequent first: each of N of the Of that say a cause.
func (t *Tally) Behind(g *Group) []Companion { return t.Companions(g, Cause) }

// byName reports whether one group is the other by definition: a name that stands in two
// facets, as a service and a technology, a name that is part of another, or a term and a wider
// one.
func (f *Findings) byName(a, b *Group) bool {
	if a.Facet != b.Facet && (a.key == b.key || fold(a.Label) == fold(b.Label)) {
		return true
	}
	return f.wider(a, b) || f.wider(b, a)
}

// wider reports whether the group is a term that the other is a kind of, or a name that the
// other begins or ends with: EBS and Amazon EBS, GitHub and GitHub Actions.
func (f *Findings) wider(g, other *Group) bool {
	d, ok := g.Facet.Dimension()
	if !ok {
		return named(g.Facet) && named(other.Facet) &&
			(strings.HasPrefix(other.key, g.key+" ") || strings.HasSuffix(other.key, " "+g.key))
	}
	seen := []string{}
	for id := other.key; g.Facet == other.Facet && id != "" && !slices.Contains(seen, id); {
		seen = append(seen, id)
		known, _ := f.vocabulary.Lookup(d, id)
		if id = known.Parent; id == g.key {
			return true
		}
	}
	return false
}

// named reports whether the facet's values are names of what was hit.
func named(f Facet) bool { return f == Service || f == Technology }
