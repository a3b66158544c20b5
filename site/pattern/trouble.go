package pattern

import (
	"slices"
	"strings"

	"faultline/site/pattern/stat"
)

// troubles are those behind the incidents: the incidents of a family are one trouble again
// and again.
type troubles struct {
	of    []int32  // by position: that of the trouble's first incident
	again stat.Set // positions of all but the first of each trouble
}

func (f *Findings) findTroubles() troubles {
	t := troubles{make([]int32, len(f.incidents)), stat.NewSet(len(f.incidents))}
	for at := range t.of {
		t.of[at] = int32(at)
	}
	for _, family := range f.families() {
		first := f.position[family.Incidents[0]]
		for _, inc := range family.Incidents[1:] {
			t.of[f.position[inc]] = first
			t.again.Add(int(f.position[inc]))
		}
	}
	return t
}

// count is the number of troubles behind the incidents at the positions. Most incidents are
// the first of theirs, so that only the others need a look.
func (t troubles) count(positions stat.Set) int {
	again := slices.Clone(positions)
	again.And(positions, t.again)
	n := positions.Count() - again.Count()
	seen := stat.NewSet(len(t.of))
	for at := range again.All() {
		if first := int(t.of[at]); !positions.Has(first) && !seen.Has(first) {
			seen.Add(first)
			n++
		}
	}
	return n
}

// more reports whether two sets of positions, both within a third, still have more in common than
// chance gives, and Least at that, when each trouble counts once.
func (t troubles) more(of, a, b stat.Set) bool {
	both := slices.Clone(a)
	both.And(a, b)
	table := stat.Table{Both: t.count(both), A: t.count(a), B: t.count(b), N: t.count(of)}
	return table.Both >= Least && surplus(table) <= doubtful
}

// moreThanRepeats reports the same of the incidents of two values.
func (t *Tally) moreThanRepeats(a, b *value) bool {
	of := slices.Clone(t.known[a.group.Facet])
	of.And(of, t.known[b.group.Facet])
	sides := [2]stat.Set{}
	for side, v := range []*value{a, b} {
		sides[side] = stat.NewSet(len(t.rows))
		for _, at := range v.at {
			sides[side].Add(int(at))
		}
		sides[side].And(sides[side], of)
	}
	return t.found.troubles().more(of, sides[0], sides[1])
}

// company lists for each group those that the vocabulary says it goes with, in both directions.
func (f *Findings) findCompany() map[*Group][]*Group {
	company := map[*Group][]*Group{}
	if f.vocabulary == nil {
		return company
	}
	for _, facet := range Mined {
		d, ok := facet.Dimension()
		if !ok {
			continue
		}
		for _, term := range f.vocabulary.Terms(d) {
			g := f.byKey[facet][fold(term.ID)]
			for _, other := range f.named(term.GoesWith) {
				company[g], company[other] = append(company[g], other), append(company[other], g)
			}
		}
	}
	return company
}

// named returns the groups of values as queries write them, such as cause:overload. A value
// that no incident has is no group.
func (f *Findings) named(values []string) []*Group {
	var groups []*Group
	for _, facet := range Mined {
		for _, value := range values {
			if field, name, _ := strings.Cut(value, ":"); field == facet.String() {
				if g := f.byKey[facet][fold(name)]; g != nil {
					groups = append(groups, g)
				}
			}
		}
	}
	return groups
}

// oneMeaning reports whether the values go with each other by what they mean, each with another
// and all in one chain.
func (f *Findings) oneMeaning(values []*Group) bool {
	company := f.company()
	reached := values[:1:1]
	for i := 0; i < len(reached); i++ {
		for _, g := range values {
			if !slices.Contains(reached, g) && slices.Contains(company[reached[i]], g) {
				reached = append(reached, g)
			}
		}
	}
	return len(reached) == len(values)
}
