package pattern

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/pattern/stat"
)

// randomNotes are notes of n incidents with few terms, so that they recur; some suggested,
// some unknown, some names in two facets.
func randomNotes(r *rand.Rand, n int) []string {
	some := func(prefix string, of, most int, marks ...string) string {
		var values []string
		for range r.IntN(most + 1) {
			values = append(values, fmt.Sprintf("%s%d%s", prefix, r.IntN(of), marks[r.IntN(len(marks))]))
		}
		return strings.Join(values, ",")
	}
	var notes []string
	for i := range n {
		note := fmt.Sprintf("i%d 20%02d-%02d-11", i, 10+r.IntN(6), 1+r.IntN(12))
		for field, values := range map[string]string{
			"cause": some("c", 4, 2, "", "", "?"), "factor": some("f", 5, 3, "", "?"), "impact": some("p", 3, 1, ""),
			"service": some("s", 3, 1, ""), "tech": some("s", 3, 1, ""), "org": some("o", 2, 1, ""),
		} {
			if values != "" {
				note += " " + field + ":" + values
			}
		}
		if r.IntN(6) == 0 {
			note += " cause:unknown"
		}
		notes = append(notes, note)
	}
	return notes
}

// hasPlainly reports whether the value counts for the incident, without a tally.
func hasPlainly(inc *incident.Incident, g *Group, c Counting) bool {
	d, term := g.Facet.Dimension()
	if !term {
		return slices.ContainsFunc(values(inc, g.Facet), func(v string) bool { return fold(v) == g.key })
	}
	given := slices.Contains(inc.Given(d), g.key)
	told := slices.ContainsFunc(inc.SuggestedTags(d), func(t incident.Tag) bool { return t.ID == g.key }) && !given
	return g.key != incident.Unknown && (given && c != Suggested || told && c != People)
}

// plainTable counts groups as they are defined: a and b are had by whoever has all their
// groups, among the incidents with any value in the facet of each.
func plainTable(f *Findings, c Counting, a, b []*Group) stat.Table {
	var table stat.Table
	has := func(inc *incident.Incident, groups []*Group) bool {
		return !slices.ContainsFunc(groups, func(g *Group) bool { return !hasPlainly(inc, g, c) })
	}
	for _, inc := range f.incidents {
		known := !slices.ContainsFunc(slices.Concat(a, b), func(g *Group) bool {
			return !slices.ContainsFunc(f.groups[g.Facet], func(any *Group) bool { return hasPlainly(inc, any, c) })
		})
		if !known {
			continue
		}
		table.N++
		hasA, hasB := has(inc, a), has(inc, b)
		for _, count := range []struct {
			n    *int
			when bool
		}{{&table.A, hasA}, {&table.B, hasB}, {&table.Both, hasA && hasB}} {
			if count.when {
				*count.n++
			}
		}
	}
	return table
}

func TestCompanionsAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 12 {
		f := Find(library(t, randomNotes(r, r.IntN(50))...))
		for _, c := range Countings {
			tally := f.Tally(c)
			for _, facet := range []Facet{Cause, Service, Organization} {
				for _, g := range f.Groups(facet) {
					companionsAgainstCounting(t, tally, g)
				}
			}
		}
	}
}

func companionsAgainstCounting(t *testing.T, tally *Tally, g *Group) {
	t.Helper()
	f, c := tally.found, tally.counting
	for _, facet := range []Facet{Cause, Factor, Impact, Service, Technology} {
		found := tally.Companions(g, facet)
		for _, other := range f.Groups(facet) {
			at := slices.IndexFunc(found, func(c Companion) bool { return c.Group == other })
			want := plainTable(f, c, []*Group{g}, []*Group{other})
			if at < 0 {
				if want.Both > 0 && other != g {
					t.Fatalf("%s, %s: %s is missing, %+v", c, g.ID, other.ID, want)
				}
				continue
			}
			if got := found[at]; got.Table != want || got.N != want.Both || got.Of != want.A {
				t.Fatalf("%s, %s and %s: got %+v, want %+v", c, g.ID, other.ID, got, want)
			}
		}
	}
}

// TestQAgainstAllPairs computes every pair of the library and adjusts them together.
func TestQAgainstAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 6 {
		f := Find(library(t, randomNotes(r, 60)...))
		tally := f.Tally(Both)
		var groups []*Group
		for _, facet := range Mined {
			groups = append(groups, f.Groups(facet)...)
		}
		var p []float64
		var pairs [][2]*Group
		for i, a := range groups {
			for _, b := range groups[i+1:] {
				if table := plainTable(f, Both, []*Group{a}, []*Group{b}); familyOfPair(a.Facet, b.Facet) == 0 && table.A >= Least && table.B >= Least {
					p, pairs = append(p, surplus(table)), append(pairs, [2]*Group{a, b})
				}
			}
		}
		for i, q := range stat.Adjust(p, 0) {
			for _, c := range tally.Companions(pairs[i][0], pairs[i][1].Facet) {
				if c.Group == pairs[i][1] && math.Abs(c.Q-q) > 1e-12 {
					t.Fatalf("%s and %s: q = %g, want %g", pairs[i][0].ID, c.Group.ID, c.Q, q)
				}
			}
		}
	}
}

func TestMatrixAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for range 8 {
		f := Find(library(t, randomNotes(r, r.IntN(60))...))
		for _, columns := range []Facet{Factor, Cause} {
			m := f.Tally(Both).Matrix(Cause, columns, 0)
			for i, row := range m.Rows {
				for j, column := range m.Columns {
					if want := plainTable(f, Both, []*Group{row.Group}, []*Group{column.Group}); m.Cells[i][j].Table != want || m.Of != want.N || row.N != want.A || column.N != want.B {
						t.Fatalf("%s and %s: got %+v, want %+v", row.Group.ID, column.Group.ID, m.Cells[i][j], want)
					}
				}
			}
			if !slices.IsSortedFunc(m.Rows, func(a, b MatrixLine) int { return b.N - a.N }) {
				t.Fatal("rows are not in order")
			}
		}
	}
}

// plainCombinations finds the combinations as they are defined, from all sets of up to size
// values: the ids of their values with the incidents that share them.
func plainCombinations(f *Findings, c Counting, size int) map[string]int {
	var groups []*Group
	for _, facet := range Mined {
		groups = append(groups, f.Groups(facet)...)
	}
	found := map[string]int{}
	var extend func(from, left int, have []*incident.Incident)
	extend = func(from, left int, have []*incident.Incident) {
		if len(have) < Least {
			return
		}
		var shared []*Group
		for _, g := range groups {
			if !slices.ContainsFunc(have, func(inc *incident.Incident) bool { return !hasPlainly(inc, g, c) }) {
				shared = append(shared, g)
			}
		}
		if len(shared) > 1 && left < size && !named(shared[0].Facet) {
			found[combinationID(shared)] = len(have)
		}
		for i := from; i < len(groups) && left > 0; i++ {
			extend(i+1, left-1, slices.DeleteFunc(slices.Clone(have), func(inc *incident.Incident) bool { return !hasPlainly(inc, groups[i], c) }))
		}
	}
	extend(0, size, f.incidents)
	return found
}

func TestCombinationsAgainstTrial(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	for range 10 {
		notes := randomNotes(r, r.IntN(40))
		for i := range notes {
			notes[i] = strings.ReplaceAll(notes[i], "tech:s", "tech:t") // nothing is the same by name
		}
		f := Find(library(t, notes...))
		for _, c := range Countings {
			got := map[string]int{}
			for _, found := range f.Tally(c).Combinations(MiningOptions{Size: 3, Limit: 1 << 20}).Found {
				got[found.ID] = found.N
				combinationAgainstCounting(t, f, c, found)
			}
			want := plainCombinations(f, c, 3)
			for id, n := range want {
				if got[id] != n {
					t.Fatalf("%s: %s in %d, want %d", c, id, got[id], n)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%s: %d found, want %d", c, len(got), len(want))
			}
		}
	}
}

// combinationAgainstCounting splits the combination in all ways.
func combinationAgainstCounting(t *testing.T, f *Findings, c Counting, found Combination) {
	t.Helper()
	most := 0.0
	for part := 1; part < 1<<len(found.Values)-1; part++ {
		var sides [2][]*Group
		for i, g := range found.Values {
			sides[part>>i&1] = append(sides[part>>i&1], g)
		}
		most = max(most, surplus(plainTable(f, c, sides[0], sides[1])))
	}
	if math.Abs(most-found.P) > 1e-9 {
		t.Fatalf("%s: p = %g, want %g", found.ID, found.P, most)
	}
	if table := plainTable(f, c, found.Parts[0], found.Parts[1]); table != found.Table || table.Both != found.N || len(found.Incidents) != found.N || found.Of != table.N {
		t.Fatalf("%s: %+v, want %+v", found.ID, found, table)
	}
	for _, inc := range found.Incidents {
		for _, g := range found.Values {
			if !hasPlainly(inc, g, c) {
				t.Fatalf("%s: %s has no %s", found.ID, inc.ID, g.ID)
			}
		}
	}
}
