package stat

import (
	"encoding/binary"
	"slices"
)

// Search says which sets of items Closed looks for.
type Search struct {
	Support int // fewest cases that have all items of a set; less than 1 counts as 1
	Size    int // most items that a set is found by; what all its cases have besides is added
	Work    int // most sets that are tried before Support is raised; 0 = no bound
}

// Itemset is items that the same cases have, and no other item that all of them have too.
type Itemset struct {
	Items []int // ascending
	Count int   // of the cases
}

// Mined is what Closed found. Support is the one that was used: more than was asked for
// where there would have been too much to try.
type Mined struct {
	Sets    []Itemset // by Items
	Support int
	Tried   int // sets that at least Support cases have, several of which may close alike
}

// Closed finds the closed sets of items: those to which no item can be added without losing
// a case (Pasquier, Bastide, Taouil and Lakhal, ICDT 1999). Found are the closures of all
// sets of 1 to Size items that at least Support cases have, each once. Items holds for every
// item the cases that have it.
//
// Like LCM (Uno, Kiyomi and Arimura, FIMI 2004) it counts at every set all items of its
// cases in one pass, which gives the sets that are worth trying next and the closure at the
// same time. When more than Work sets would be tried, it begins again with half as much more
// support, so that the work is bounded for any input.
func Closed(items []Set, opt Search) Mined {
	m := newMiner(items, opt)
	for !m.run() {
		m.support += (m.support + 1) / 2
	}
	slices.SortFunc(m.found, func(a, b Itemset) int { return slices.Compare(a.Items, b.Items) })
	return Mined{Sets: m.found, Support: m.support, Tried: m.tried}
}

type miner struct {
	items   []Set
	rows    [][]int32 // by case, its items in ascending order
	support int
	opt     Search

	tried int
	found []Itemset
	seen  map[string]bool
	sets  []Set   // one for each depth
	tally [][]int // likewise
}

func newMiner(items []Set, opt Search) *miner {
	m := &miner{items: items, support: max(opt.Support, 1), opt: opt}
	if len(items) == 0 {
		return m
	}
	m.rows = make([][]int32, 64*len(items[0]))
	for i, s := range items {
		for at := range s.All() {
			m.rows[at] = append(m.rows[at], int32(i))
		}
	}
	for range opt.Size + 1 {
		m.sets = append(m.sets, slices.Clone(items[0]))
		m.tally = append(m.tally, make([]int, len(items)))
	}
	return m
}

// run looks at everything with the present support; false when that is too much.
func (m *miner) run() bool {
	m.tried, m.found, m.seen = 0, nil, map[string]bool{}
	for i, s := range m.items {
		if n := s.Count(); n >= m.support && m.opt.Size > 0 {
			copy(m.sets[1], s)
			if !m.try(1, i, n) {
				return false
			}
		}
	}
	return true
}

// try looks at the set of the depth's number of items, of which the last is the one with the
// highest number, and at all that add items after it. The set's n cases are in m.sets[depth].
func (m *miner) try(depth, last, n int) bool {
	m.tried++
	if m.opt.Work > 0 && m.tried > m.opt.Work {
		return false
	}
	counts := m.count(depth)
	m.keep(counts, n)
	if depth == m.opt.Size {
		return true
	}
	for i := last + 1; i < len(m.items); i++ {
		if counts[i] < m.support || counts[i] == n {
			continue // too rare, or in the closure already
		}
		m.sets[depth+1].And(m.sets[depth], m.items[i])
		if !m.try(depth+1, i, counts[i]) {
			return false
		}
	}
	return true
}

// count says of every item how many cases of the depth's set have it.
func (m *miner) count(depth int) []int {
	counts := m.tally[depth]
	clear(counts)
	for at := range m.sets[depth].All() {
		for _, i := range m.rows[at] {
			counts[i]++
		}
	}
	return counts
}

// keep notes the closure of a set with n cases: all items that every one of them has.
func (m *miner) keep(counts []int, n int) {
	var closure []int
	var key []byte
	for i, c := range counts {
		if c == n {
			closure = append(closure, i)
			key = binary.AppendUvarint(key, uint64(i))
		}
	}
	if !m.seen[string(key)] {
		m.seen[string(key)] = true
		m.found = append(m.found, Itemset{closure, n})
	}
}
