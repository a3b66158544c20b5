package web

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// A query reads a few ranges of keys whole and the first keys of all, so that their best
// size grows with the root of the whole; so does that of pieces of postings, which cost
// more by their names the smaller they are. Sizes are in bytes.
const (
	leastPiece = 1 << 10
	mostPiece  = 16 << 10
	keyCost    = 10 // what a range costs in the manifest, for each word of a usual query
	nameCost   = .6 // what a piece of postings costs in a range, for each term that it has
)

// entry is a term as it is written.
type entry struct {
	key                 string
	documents           int
	postings, positions []byte
}

// addTerms adds the pieces of terms and positions.
func (b *builder) addTerms(src Source, m *manifest) {
	var entries []entry
	keys, postings := 0, 0
	err := src.Terms(func(t Term) error {
		e := newEntry(t)
		keys, postings = keys+e.keySize(), postings+e.postingsSize()
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		b.fail(err)
		return
	}
	m.Ranges = [][2]string{}
	var ranges [][]entry
	before := ""
	for size := pieceSize(keys, keyCost); len(entries) > 0; {
		n := rangeEnd(entries, size, entry.keySize)
		m.Ranges = append(m.Ranges, [2]string{separator(before, entries[0].key)})
		ranges = append(ranges, entries[:n])
		before, entries = entries[n-1].key, entries[n:]
	}
	each(len(ranges), func(i int) { m.Ranges[i][1] = b.addRange(ranges[i], pieceSize(postings, nameCost)) })
}

// separator is the shortest beginning of a key that is above the key before it.
func separator(before, key string) string {
	n := min(sharedPrefix(before, key)+1, len(key))
	for n < len(key) && !utf8.RuneStart(key[n]) {
		n++
	}
	return key[:n]
}

func pieceSize(total int, cost float64) int {
	return min(max(int(math.Sqrt(float64(total)*cost)), leastPiece), mostPiece)
}

// rangeEnd returns how many of the entries make up the next range, which is not empty.
func rangeEnd(entries []entry, size int, of func(entry) int) int {
	bytes := 0
	for i, e := range entries {
		if bytes += of(e); bytes > size && i > 0 {
			return i
		}
	}
	return len(entries)
}

// keySize is about what the key takes in its range.
func (e entry) keySize() int { return len(e.key) }

func (e entry) postingsSize() int { return len(e.postings) }

// addRange adds a range of keys with their postings, in pieces of the size, and positions.
func (b *builder) addRange(entries []entry, size int) string {
	var out []byte
	before := ""
	for len(entries) > 0 {
		n := rangeEnd(entries, size, entry.postingsSize)
		out = appendString(out, b.addPostings(entries[:n]))
		out = appendInt(out, n)
		for _, e := range entries[:n] {
			shared := sharedPrefix(before, e.key)
			out = appendInt(out, shared)
			out = appendString(out, e.key[shared:])
			out = appendInt(out, e.documents)
			out = appendInt(out, len(e.postings))
			before = e.key
		}
		entries = entries[n:]
	}
	return b.piece(kindKeys, out)
}

// addPostings adds the postings of some terms and their positions.
func (b *builder) addPostings(entries []entry) string {
	out := appendString(nil, b.piece(kindPositions, positionsPayload(entries)))
	for _, e := range entries {
		out = append(out, e.postings...)
	}
	return b.piece(kindTerms, out)
}

func positionsPayload(entries []entry) []byte {
	var out []byte
	for _, e := range entries {
		out = appendInt(out, len(e.positions))
	}
	for _, e := range entries {
		out = append(out, e.positions...)
	}
	return out
}

// newEntry encodes a term's postings and positions.
func newEntry(t Term) entry {
	e := entry{key: t.Key}
	before := -1
	for postings := t.Postings; len(postings) > 0; {
		n := 1
		for n < len(postings) && postings[n].Document == postings[0].Document {
			n++
		}
		gap := postings[0].Document - before - 1
		before = postings[0].Document
		if e.documents++; t.Exact {
			e.postings = appendInt(e.postings, gap)
		} else {
			e.addDocument(gap, postings[:n])
		}
		postings = postings[n:]
	}
	return e
}

// addDocument encodes the postings of one document.
func (e *entry) addDocument(gap int, fields []Posting) {
	if len(fields) == 1 && fields[0].Field == 0 && len(fields[0].Positions) == 1 {
		e.postings = appendInt(e.postings, gap<<1|1)
	} else {
		e.postings = appendInt(e.postings, gap<<1)
		set := 0
		for _, f := range fields {
			set |= 1 << f.Field
		}
		e.postings = appendInt(e.postings, set)
		for _, f := range fields {
			e.postings = appendInt(e.postings, len(f.Positions))
		}
	}
	for _, f := range fields {
		before := uint32(0)
		for _, at := range f.Positions {
			e.positions = appendInt(e.positions, int(at-before))
			before = at
		}
	}
}

func appendInt(out []byte, n int) []byte { return binary.AppendUvarint(out, uint64(n)) }

func appendString(out []byte, s string) []byte { return append(appendInt(out, len(s)), s...) }

func sharedPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
