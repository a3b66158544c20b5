package index

import (
	"strings"

	segments "github.com/blevesearch/bleve_index_api"

	"faultline/index/query"
)

// passageGap is the distance in positions between the last word of a passage and
// the first of the next, so that no phrase spans two.
const passageGap = 8

// analysisMemory is how many different chunks of text an analysis remembers.
const analysisMemory = 1 << 18

// analysis turns text into terms with their positions. It remembers what it has
// read between two spaces, which no word spans: most of a library's words have been
// seen before. It is not safe for concurrent use.
type analysis struct {
	chunks map[string]chunk
	ids    map[string]int // of terms
	terms  []string
	counts []int // of each term in the field at hand, else 0

	found    []place
	distinct []int    // the terms of the field at hand, in order of appearance
	answered []string // what the incident at hand answers for
}

// chunk is what stands between two spaces: its terms, placed from 0, how many positions
// it takes, and its words (query.Wholes).
type chunk struct {
	places []place
	size   int
	words  []string
}

// place is an occurrence of a term.
type place struct{ term, position int }

func newAnalysis() *analysis {
	return &analysis{chunks: map[string]chunk{}, ids: map[string]int{}}
}

// text returns the terms of the passages of a field, positions from 1.
func (a *analysis) text(passages []string) segments.TokenFrequencies {
	if len(a.chunks) > analysisMemory {
		*a = *newAnalysis()
	}
	next := 1
	for _, text := range passages {
		before := next
		for piece := range strings.SplitSeq(clean(text), " ") {
			next += a.read(piece, next)
		}
		if next > before {
			next += passageGap
		}
	}
	return a.gather()
}

// read adds the terms of the piece from a position on and returns how many positions
// it takes.
func (a *analysis) read(piece string, position int) int {
	c := a.chunk(piece)
	for _, p := range c.places {
		a.add(p.term, position+p.position)
	}
	return c.size
}

// add adds an occurrence of a term.
func (a *analysis) add(term, position int) {
	if a.counts[term] == 0 {
		a.distinct = append(a.distinct, term)
	}
	a.counts[term]++
	a.found = append(a.found, place{term, position})
}

func (a *analysis) chunk(piece string) chunk {
	c, ok := a.chunks[piece]
	if !ok {
		c = a.learn(piece)
	}
	return c
}

// id is the number of a term.
func (a *analysis) id(term string) int {
	id, ok := a.ids[term]
	if !ok {
		id = len(a.terms)
		a.ids[term] = id
		a.terms = append(a.terms, term)
		a.counts = append(a.counts, 0)
	}
	return id
}

// learn analyzes the piece and remembers it.
func (a *analysis) learn(piece string) chunk {
	var c chunk
	for _, t := range query.Tokens(piece) {
		c.places = append(c.places, place{a.id(t.Term), t.Position})
		c.size = max(c.size, t.Position+1)
	}
	c.words = query.Wholes(piece)
	a.chunks[strings.Clone(piece)] = c
	return c
}

// gather returns what was found, by term, and forgets it. A term has one location in
// a field, whose array positions are the positions of its occurrences: a third of
// what bleve needs for as many locations.
func (a *analysis) gather() segments.TokenFrequencies {
	terms := make(segments.TokenFrequencies, len(a.distinct))
	frequencies := make([]segments.TokenFreq, len(a.distinct))
	locations := make([]segments.TokenLocation, len(a.distinct))
	pointers := make([]*segments.TokenLocation, len(a.distinct))
	positions := make([]uint64, len(a.found))
	for i, id := range a.distinct {
		count := a.counts[id]
		locations[i].ArrayPositions, positions = positions[:0:count], positions[count:]
		pointers[i] = &locations[i]
		frequencies[i].Locations = pointers[i : i+1]
		frequencies[i].SetFrequency(count)
		terms[a.terms[id]] = &frequencies[i]
		a.counts[id] = i
	}
	for _, p := range a.found {
		at := &locations[a.counts[p.term]]
		at.ArrayPositions = append(at.ArrayPositions, uint64(p.position))
	}
	for _, id := range a.distinct {
		a.counts[id] = 0
	}
	a.found, a.distinct = a.found[:0], a.distinct[:0]
	return terms
}
