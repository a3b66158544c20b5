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
// Like LCM (Uno, Kiyomi and Arimura, FIMI 2004) it counts for a set all items of its cases in
// one pass, which gives the sets that are worth trying next. It counts before it keeps: while
// more than Work sets would be tried, the support is raised by half, so that the work is
// bounded for any input.
func Closed(items []Set, opt Search) Mined {
	m := newMiner(items, opt)
	for !m.fits() {
		m.support += (m.support + 1) / 2
	}
	m.tried, m.keeps = 0, opt.Size > 0
	m.walk(0, -1, 0)
	slices.SortFunc(m.found, func(a, b Itemset) int { return slices.Compare(a.Items, b.Items) })
	return Mined{Sets: m.found, Support: m.support, Tried: m.tried}
}

type miner struct {
	items   []Set
	rows    [][]int32 // by case, its items in ascending order
	support int
	opt     Search

	keeps bool // what it finds; otherwise it only counts
	tried int
	found []Itemset
	seen  map[string]bool
	sets  []Set   // one for each depth
	tally [][]int // likewise, how many of its cases have each item
	key   []byte
}

func newMiner(items []Set, opt Search) *miner {
	m := &miner{items: items, support: max(opt.Support, 1), opt: opt, seen: map[string]bool{}}
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
	for i, s := range items {
		m.tally[0][i] = s.Count()
		for w := range m.sets[0] { // of no items all cases have all
			m.sets[0][w] = ^uint64(0)
		}
	}
	return m
}

// fits reports whether there is not too much to try with the present support.
func (m *miner) fits() bool {
	m.tried = 0
	return m.opt.Work <= 0 || m.walk(0, -1, 0)
}

// walk tries all sets that add items after the last one to the depth's set, and all that add
// others to those; false when that is too much. The depth's set has n cases, which are in
// m.sets, and m.tally says how many of them have each item.
func (m *miner) walk(depth, last, n int) bool {
	if depth == m.opt.Size {
		return true
	}
	for i := last + 1; i < len(m.items); i++ {
		count := m.tally[depth][i]
		if count < m.support || depth > 0 && count == n {
			continue // too rare, or in the closure already
		}
		m.tried++
		if depth+1 == m.opt.Size && !m.keeps {
			continue
		}
		m.sets[depth+1].And(m.sets[depth], m.items[i])
		m.keep(depth+1, count)
		if !m.walk(depth+1, i, count) {
			return false
		}
	}
	return m.keeps || m.tried <= m.opt.Work
}

// keep counts the items of the depth's set, where more is to be added to it, and notes its
// closure. It has n cases.
func (m *miner) keep(depth, n int) {
	if depth < m.opt.Size {
		m.count(depth)
	}
	if !m.keeps {
		return
	}
	closure := m.closure(depth, n)
	m.key = m.key[:0]
	for _, i := range closure {
		m.key = binary.AppendUvarint(m.key, uint64(i))
	}
	if !m.seen[string(m.key)] {
		m.seen[string(m.key)] = true
		m.found = append(m.found, Itemset{closure, n})
	}
}

// count says of every item how many cases of the depth's set have it.
func (m *miner) count(depth int) {
	counts := m.tally[depth]
	clear(counts)
	for at := range m.sets[depth].All() {
		for _, i := range m.rows[at] {
			counts[i]++
		}
	}
}

// closure returns the items that all of the n cases of the depth's set have.
func (m *miner) closure(depth, n int) []int {
	var closure []int
	for i, s := range m.items {
		if m.tally[depth-1][i] >= n && m.sets[depth].Within(s) {
			closure = append(closure, i)
		}
	}
	return closure
}
