package tagger

import (
	"cmp"
	"math"
	"slices"

	"faultline/site/incident"
)

// memory holds what people tagged, to be recalled by similarity. An incident is as similar to a
// remembered one as the share of its most telling stems, by weight, that the other has.
type memory struct {
	slots    []*remembered
	at       map[string]int32   // of an incident in slots, by path
	postings map[uint32][]int32 // stem -> slots that have it
	weights  []float64          // of a stem, by the number of slots that have it: its inverse document frequency
}

// remembered is an incident that people tagged.
type remembered struct {
	path, id string
	terms    []int
	stems    []uint32
	incident *incident.Incident
}

// The size of a memory: how many incidents are remembered (the last ones of the library), how
// many stems are looked up, and in how many incidents a stem may stand to tell something.
const (
	maxRemembered = 2000
	telling       = 32
	maxCommon     = 128
)

// newMemory remembers incidents, each of which has another path.
func newMemory(list []*remembered) *memory {
	m := &memory{at: make(map[string]int32, len(list)), postings: map[uint32][]int32{}, weights: make([]float64, maxCommon+1)}
	for n := 1; n <= maxCommon; n++ {
		m.weights[n] = math.Log(1 + float64(len(list))/float64(n))
	}
	m.slots = list
	for n, x := range list {
		m.at[x.path] = int32(n)
		for _, s := range x.stems {
			m.postings[s] = append(m.postings[s], int32(n))
		}
	}
	return m
}

// given lists the terms that people gave an incident.
func (t *Tagger) given(i *incident.Incident) []int {
	var terms []int
	for _, d := range incident.Dimensions {
		for _, tag := range i.Terms[d] {
			n, ok := t.at[d][tag.ID]
			if ok && (tag.Provenance == incident.Author || tag.Provenance == incident.Accepted) {
				terms = append(terms, n)
			}
		}
	}
	return terms
}

// lookup is by what an incident was looked up, and what was found.
type lookup struct {
	top  []uint64 // its most telling stems: how many slots have it, then the stem; ascending
	near []similar
}

// similar is a remembered incident and how similar it is, from 0 to 1.
type similar struct {
	*remembered
	similarity float64
}

func stemOf(x uint64) uint32 { return uint32(x) }
func countOf(x uint64) int   { return int(x >> 32) }

// mostTelling lists the stems to look an incident up by: those that remembered incidents other than
// itself have, the rarest first.
func (m *memory) mostTelling(c *Clues, own bool) []uint64 {
	var known []uint64
	for _, s := range c.stems {
		if n := len(m.postings[s]); n <= maxCommon && (n > 1 || n == 1 && !own) {
			known = append(known, uint64(n)<<32|uint64(s))
		}
	}
	slices.Sort(known)
	return slices.Clone(known[:min(len(known), telling)])
}

// scores is room for the sums of one look-up.
type scores struct {
	by      []float64 // by slot
	touched []int32
}

// look returns the most similar incidents, the most similar first, the incident itself left out.
func (m *memory) look(path string, c *Clues, most int, room *scores) lookup {
	if len(m.slots) == 0 {
		return lookup{}
	}
	self, own := m.at[path]
	l := lookup{top: m.mostTelling(c, own)}
	all := 0.0
	room.by = slices.Grow(room.by[:0], len(m.slots))[:len(m.slots)]
	for _, x := range l.top {
		weight := m.weights[countOf(x)]
		all += weight
		for _, n := range m.postings[stemOf(x)] {
			if room.by[n] == 0 {
				room.touched = append(room.touched, n)
			}
			room.by[n] += weight
		}
	}
	for _, n := range room.touched {
		if !own || n != self {
			l.near = keepNearest(l.near, similar{m.slots[n], room.by[n] / all}, most)
		}
		room.by[n] = 0
	}
	room.touched = room.touched[:0]
	return l
}

// keepNearest puts an incident into its place in the list of the most similar ones.
func keepNearest(list []similar, x similar, most int) []similar {
	at, _ := slices.BinarySearchFunc(list, x, func(a, b similar) int {
		return cmp.Or(cmp.Compare(b.similarity, a.similarity), cmp.Compare(a.id, b.id))
	})
	if at >= most {
		return list
	}
	if len(list) == most {
		list = list[:most-1]
	}
	return slices.Insert(list, at, x)
}
