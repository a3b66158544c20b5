package index

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"faultline/index/query"
)

// read returns where each term stands, as bleve is told.
func read(a *analysis, passages ...string) map[string][]uint64 {
	found := map[string][]uint64{}
	for term, f := range a.text(passages) {
		found[term] = f.Locations[0].ArrayPositions
	}
	return found
}

// TestAnalysisIsThatOfQueries: remembering what stands between two spaces changes
// nothing.
func TestAnalysisIsThatOfQueries(t *testing.T) {
	g := newGadget(9)
	a := newAnalysis()
	for range 400 {
		text := clean(g.words(0, 12) + g.one("", "the", ".", " - ", "(", "\u00a0", "　", "…\u200b") + g.words(0, 12))
		want := map[string][]uint64{}
		for _, token := range query.Tokens(text) {
			want[token.Term] = append(want[token.Term], uint64(token.Position+1))
		}
		if got := read(a, text); !maps.EqualFunc(got, want, slices.Equal) {
			t.Fatalf("%q: got %v, want %v", text, got, want)
		}
	}
}

// TestPassagesStandApart: no phrase spans two of them, and empty ones take no room.
func TestPassagesStandApart(t *testing.T) {
	got := read(newAnalysis(), "disk full", "", "—", "full disk")
	want := map[string][]uint64{"disk": {1, 12}, "full": {2, 11}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnalysisForgets(t *testing.T) {
	a := newAnalysis()
	first := read(a, "connection refused")
	for i := range analysisMemory + 1 {
		a.chunks[strconv.Itoa(i)] = chunk{}
	}
	if second := read(a, "connection refused"); !maps.EqualFunc(first, second, slices.Equal) || len(a.chunks) > 2 {
		t.Errorf("got %v, then %v with %d chunks", first, second, len(a.chunks))
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "a b": "a b", " a": "a", "a ": "a", "a  b": "a b", "a\n\tb": "a b", "a\x00b": "a b", "é\u00a0ü": "é ü",
		"a\xffb": "a\ufffdb", "\ufffd": "\ufffd", "　原因　": "原因", " \n ": "", "a\u0085b": "a b", "a\u200bb": "a\u200bb",
	} {
		if got := clean(text); got != want {
			t.Errorf("clean(%q) is %q, want %q", text, got, want)
		}
		if isClean(text) != (text == want) {
			t.Errorf("isClean(%q) is %t", text, isClean(text))
		}
	}
}

// TestLengths: a length keeps its five leading bits, and the order of lengths.
func TestLengths(t *testing.T) {
	before := byte(0)
	for n := range 600_000 {
		short := shortLength(n)
		if short < before {
			t.Fatalf("length %d is %d, less than %d", n, short, before)
		}
		before = short
		if long := longLength(short); n < 500_000 && (long > n || float64(n-long) > float64(n)/16) {
			t.Fatalf("length %d is kept as %d", n, long)
		}
	}
}

func TestRounded(t *testing.T) {
	for _, pair := range [][2]float64{{1.0000000001, 1.0000000002}, {3e-9, 3.0000000001e-9}, {12345.6789, 12345.67890001}} {
		if rounded(pair[0]) != rounded(pair[1]) {
			t.Errorf("%v and %v differ after nine digits", pair[0], pair[1])
		}
	}
	for _, pair := range [][2]float64{{1.0000001, 1.0000002}, {0, 1e-12}} {
		if rounded(pair[0]) == rounded(pair[1]) {
			t.Errorf("%v and %v are the same", pair[0], pair[1])
		}
	}
}
