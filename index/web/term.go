package web

import (
	"encoding/binary"
	"math"
)

// The size of a range of terms in bytes: a query reads a few ranges whole and the
// first keys of all, so that the best size grows with the root of the whole.
const (
	leastRange = 1 << 10
	mostRange  = 32 << 10
	keyCost    = 10 // bytes that a range costs in the manifest, for each word of a usual query
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
	total := 0
	err := src.Terms(func(t Term) error {
		e := newEntry(t)
		total += len(e.key) + len(e.postings)
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		b.fail(err)
		return
	}
	m.Ranges = [][2]string{}
	for len(entries) > 0 {
		n := rangeEnd(entries, rangeSize(total))
		m.Ranges = append(m.Ranges, [2]string{entries[0].key, b.addRange(entries[:n])})
		entries = entries[n:]
	}
}

func rangeSize(total int) int {
	return min(max(int(math.Sqrt(float64(total)*keyCost)), leastRange), mostRange)
}

// rangeEnd returns how many of the entries make up the next range.
func rangeEnd(entries []entry, size int) int {
	bytes := 0
	for i, e := range entries {
		if bytes += len(e.key) + len(e.postings); bytes > size && i > 0 {
			return i
		}
	}
	return len(entries)
}

// addRange adds a range of terms and its positions.
func (b *builder) addRange(entries []entry) string {
	positions := b.piece(kindPositions, positionsPayload(entries))
	var out []byte
	out = appendString(out, positions)
	out = appendInt(out, len(entries))
	before := ""
	for _, e := range entries {
		shared := sharedPrefix(before, e.key)
		out = appendInt(out, shared)
		out = appendString(out, e.key[shared:])
		out = appendInt(out, e.documents)
		out = appendInt(out, len(e.postings))
		before = e.key
	}
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
