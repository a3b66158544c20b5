package cue

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
)

// Match is a place where a pattern stands: From and To are the first word and the one
// behind the last, counted in the words that were searched.
type Match struct {
	Pattern  int // its index in the list that the matcher was made of
	From, To int
}

// Matcher finds all of many patterns in one pass. It is safe for concurrent use.
//
// It is a trie of places; patterns that begin alike share their beginning. A place that
// follows a gap hangs on an edge of its own kind, which may be taken for Gap words longer.
type Matcher struct {
	symbols  map[string]int32 // of stems
	exact    map[string]int32 // of words as they are written
	prefixes []prefix         // sorted by text
	initials [256]bool        // first bytes that a prefix has
	number   int32            // the symbol of numbers; 0 = no pattern has it
	percent  int32            // of numbers with a percent sign
	nodes    []node
	roots    [][]int32 // by symbol: the nodes behind a first place
}

type prefix struct {
	text   string
	symbol int32
}

// node is a state: what may follow, and the patterns that are complete.
type node struct {
	next, later         []edge // directly behind, and behind a gap; by symbol
	nextMask, laterMask uint64 // of their symbols
	done                []int32
}

type edge struct{ symbol, target int32 }

// Compile makes a matcher of patterns.
func Compile(patterns []Pattern) *Matcher {
	c := compiler{matcher: &Matcher{symbols: map[string]int32{}, exact: map[string]int32{}, nodes: make([]node, 1)}, last: 0,
		prefixes: map[string]int32{}, shared: map[sharing]int32{}}
	for i, p := range patterns {
		c.add(int32(i), p)
	}
	c.finish()
	return c.matcher
}

type compiler struct {
	matcher  *Matcher
	last     int32 // symbol
	prefixes map[string]int32
	shared   map[sharing]int32
}

// sharing is what makes two places of different patterns one node.
type sharing struct {
	from  int32
	place string
}

func (c *compiler) add(id int32, p Pattern) {
	if len(p.places) == 0 {
		return
	}
	at := int32(0)
	for _, place := range p.places {
		at = c.step(at, place)
	}
	c.matcher.nodes[at].done = append(c.matcher.nodes[at].done, id)
}

// step returns the node behind the place.
func (c *compiler) step(from int32, p place) int32 {
	symbols := make([]int32, len(p.choices))
	for i, choice := range p.choices {
		symbols[i] = c.symbol(choice)
	}
	slices.Sort(symbols)
	symbols = slices.Compact(symbols)
	key := sharing{from, keyOf(symbols, p.gap)}
	if node, ok := c.shared[key]; ok {
		return node
	}
	m := c.matcher
	target := int32(len(m.nodes))
	m.nodes = append(m.nodes, node{})
	c.shared[key] = target
	for _, s := range symbols {
		if p.gap {
			m.nodes[from].later = append(m.nodes[from].later, edge{s, target})
		} else {
			m.nodes[from].next = append(m.nodes[from].next, edge{s, target})
		}
	}
	return target
}

func keyOf(symbols []int32, gap bool) string {
	key := []byte{0}
	if gap {
		key[0] = 1
	}
	for _, s := range symbols {
		key = binary.AppendVarint(key, int64(s))
	}
	return string(key)
}

func (c *compiler) symbol(x choice) int32 {
	table := c.matcher.symbols
	switch x.kind {
	case prefixChoice:
		table = c.prefixes
	case exactChoice:
		table = c.matcher.exact
	case numberChoice:
		return c.numeral(&c.matcher.number)
	case percentChoice:
		return c.numeral(&c.matcher.percent)
	}
	s, ok := table[x.text]
	if !ok {
		c.last++
		s = c.last
		table[x.text] = s
	}
	return s
}

func (c *compiler) numeral(symbol *int32) int32 {
	if *symbol == 0 {
		c.last++
		*symbol = c.last
	}
	return *symbol
}

// finish lays out what is looked up for every word.
func (c *compiler) finish() {
	m := c.matcher
	for text, symbol := range c.prefixes {
		m.prefixes = append(m.prefixes, prefix{text, symbol})
		m.initials[text[0]] = true
	}
	slices.SortFunc(m.prefixes, func(a, b prefix) int { return strings.Compare(a.text, b.text) })
	for n := range m.nodes {
		for _, edges := range [...][]edge{m.nodes[n].next, m.nodes[n].later} {
			slices.SortFunc(edges, func(a, b edge) int { return cmp.Or(int(a.symbol-b.symbol), int(a.target-b.target)) })
		}
		m.nodes[n].nextMask, m.nodes[n].laterMask = maskOfEdges(m.nodes[n].next), maskOfEdges(m.nodes[n].later)
	}
	m.roots = make([][]int32, c.last+1)
	for _, e := range m.nodes[0].next {
		m.roots[e.symbol] = append(m.roots[e.symbol], e.target)
	}
}

// maskOf has a bit for each symbol; symbols share bits. Where a word and a node have none in common
// the word does not lead on.
func maskOf(symbols []int32) uint64 {
	var mask uint64
	for _, s := range symbols {
		mask |= 1 << (s & 63)
	}
	return mask
}

func maskOfEdges(edges []edge) uint64 {
	var mask uint64
	for _, e := range edges {
		mask |= maskOf([]int32{e.symbol})
	}
	return mask
}

// state is a pattern under way: the node, the first word, and the one that was matched last.
type state struct{ node, from, last int32 }

// Search holds what a search needs, so that a caller who searches many sentences
// allocates once. The zero value is ready; it must not be shared between goroutines.
type Search struct {
	active, kept []state
	symbols      []int32
	matches      []Match
}

// Reader makes a reader whose words the matcher knows already, so that it finds faster.
func (m *Matcher) Reader() *Reader { return &Reader{matcher: m} }

// Find returns all places where a pattern stands in the words of one sentence, in
// order of their last word. The list is valid until the next call.
func (m *Matcher) Find(s *Search, words []Word) []Match {
	s.active, s.matches = s.active[:0], s.matches[:0]
	for at, w := range words {
		symbols := w.symbols
		if w.matcher != m {
			s.symbols = m.symbolsOf(w.Form, s.symbols[:0])
			symbols = s.symbols
		}
		if len(symbols) > 0 || len(s.active) > 0 {
			m.advance(s, int32(at), symbols)
		}
	}
	return s.matches
}

// symbolsOf lists what a word is to the patterns: its stem, itself, the prefixes that it begins
// with, a number.
func (m *Matcher) symbolsOf(w *Form, list []int32) []int32 {
	if s, ok := m.symbols[w.Stem]; ok {
		list = append(list, s)
	}
	if s, ok := m.exact[w.Text]; ok {
		list = append(list, s)
	}
	if m.number > 0 && digit(w.Text[0]) {
		list = append(list, m.number)
	}
	if m.percent > 0 && w.Text[len(w.Text)-1] == '%' {
		list = append(list, m.percent)
	}
	if m.initials[w.Text[0]] {
		list = m.prefixesOf(w.Text, list)
	}
	return list
}

// prefixesOf looks up the beginnings of a word that are as long as a prefix may be.
func (m *Matcher) prefixesOf(word string, list []int32) []int32 {
	first, _ := slices.BinarySearchFunc(m.prefixes, word[:1], func(p prefix, s string) int { return strings.Compare(p.text, s) })
	for _, p := range m.prefixes[first:] {
		if p.text[0] != word[0] {
			break
		}
		if strings.HasPrefix(word, p.text) {
			list = append(list, p.symbol)
		}
	}
	return list
}

// advance takes every pattern under way over the word at the position, and begins those
// that it begins.
func (m *Matcher) advance(s *Search, at int32, symbols []int32) {
	s.kept = s.kept[:0]
	mask := maskOf(symbols)
	for _, st := range s.active {
		n := &m.nodes[st.node]
		if at == st.last+1 && n.nextMask&mask != 0 {
			m.follow(s, n.next, st.from, at, symbols)
		}
		if len(n.later) > 0 {
			if n.laterMask&mask != 0 {
				m.follow(s, n.later, st.from, at, symbols)
			}
			if at-st.last <= Gap {
				s.kept = append(s.kept, st)
			}
		}
	}
	for _, symbol := range symbols {
		for _, target := range m.roots[symbol] {
			m.enter(s, state{target, at, at})
		}
	}
	s.active, s.kept = s.kept, s.active
}

func (m *Matcher) follow(s *Search, edges []edge, from, at int32, symbols []int32) {
	var last int32 // target, as patterns are not entered twice for two symbols of one word
	for _, symbol := range symbols {
		n, _ := slices.BinarySearchFunc(edges, symbol, func(e edge, s int32) int { return int(e.symbol - s) })
		for ; n < len(edges) && edges[n].symbol == symbol; n++ {
			if edges[n].target != last {
				last = edges[n].target
				m.enter(s, state{last, from, at})
			}
		}
	}
}

// maxActive bounds the patterns under way at one word, whatever the cues are.
const maxActive = 4096

// enter reports what a node completes and goes on from it.
func (m *Matcher) enter(s *Search, st state) {
	n := &m.nodes[st.node]
	for _, id := range n.done {
		s.matches = append(s.matches, Match{int(id), int(st.from), int(st.last) + 1})
	}
	if len(n.next)+len(n.later) > 0 && len(s.kept) < maxActive && !slices.Contains(s.kept, st) {
		s.kept = append(s.kept, st)
	}
}
