package web

import (
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"faultline/index/web/webtest"
)

// probe is a script that offers the client's inner parts to the tests.
const probe = `
import { decode, encode, Reader } from "./bytes";
import { inflate } from "./inflate";
import { comparePoints } from "./postings";
const raw = (list: number[]) => new Uint8Array(list);
export const inflated = (list: number[], before: number[] = []) => Array.from(inflate(raw(list), raw(before)));
export const text = (list: number[]) => decode(raw(list));
export const utf8 = (text: string) => Array.from(encode(text));
export const ordered = (list: string[]) => list.sort(comparePoints);
export const ints = (list: number[]) => { const r = new Reader(raw(list)); const all = []; while (!r.done) all.push(r.int()); return all };
`

func probed(t *testing.T) *webtest.Engine {
	t.Helper()
	fsys := fstest.MapFS{"probe.ts": {Data: []byte(probe)}}
	for _, name := range []string{"bytes.ts", "inflate.ts", "postings.ts", "manifest.ts", "pieces.ts", "spelling.ts", "query.ts", "stem.ts", "tables.ts", "tokens.ts", "fold.ts"} {
		data, err := scripts.ReadFile("client/" + name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	e, err := webtest.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(fsys, "probe.ts", "probe"); err != nil {
		t.Fatal(err)
	}
	return e
}

// numbers makes a JSON list of bytes.
func numbers(data []byte) []int {
	list := make([]int, len(data))
	for i, b := range data {
		list[i] = int(b)
	}
	return list
}

// payloads are of every kind that DEFLATE treats apart: stored, fixed, dynamic, far
// and overlapping copies.
func payloads() map[string][]byte {
	r := rand.New(rand.NewPCG(1, 1))
	noise := make([]byte, 70_000)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	return map[string][]byte{
		"empty": {}, "one": {0}, "short": []byte("connection refused"), "run": bytes.Repeat([]byte("a"), 5000),
		"noise": noise[:3000], "words": []byte(strings.Repeat("the replica was promoted by hand and the ", 300)),
		"far": slices.Concat([]byte("needle in the first bytes"), noise[:30_000], []byte("needle in the first bytes")),
	}
}

func TestInflate(t *testing.T) {
	e := probed(t)
	for name, payload := range payloads() {
		for _, level := range []int{flate.HuffmanOnly, flate.NoCompression, flate.BestSpeed, 4, flate.BestCompression} {
			var packed bytes.Buffer
			w, err := flate.NewWriter(&packed, level)
			if err != nil {
				t.Fatal(err)
			}
			w.Write(payload)
			w.Close()
			var got []int
			if err := e.Call(&got, "probe.inflated", numbers(packed.Bytes())); err != nil {
				t.Fatalf("%s at level %d: %v", name, level, err)
			}
			if !slices.Equal(got, numbers(payload)) {
				t.Errorf("%s at level %d: got %d bytes, want %d, or others", name, level, len(got), len(payload))
			}
		}
	}
}

// TestInflateAfter: what repeats bytes that the client has already is read, and without them
// it is not.
func TestInflateAfter(t *testing.T) {
	e := probed(t)
	before := payloads()["far"][:20_000]
	for name, payload := range map[string][]byte{"nothing": {}, "the same": before[:9000], "its end and more": slices.Concat(before[19_990:], []byte("0123456789")), "other": payloads()["words"]} {
		var packed bytes.Buffer
		w, err := flate.NewWriterDict(&packed, sectionLevel, before)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(payload)
		w.Close()
		var got []int
		if err := e.Call(&got, "probe.inflated", numbers(packed.Bytes()), numbers(before)); err != nil || !slices.Equal(got, numbers(payload)) {
			t.Errorf("%s: got %d bytes of %d, or others (%v)", name, len(got), len(payload), err)
		}
		if err := e.Call(&got, "probe.inflated", numbers(packed.Bytes())); err == nil && name == "the same" {
			t.Error("a copy of bytes that are not there is read")
		}
	}
}

// TestSharedPhrases: what most of the texts have is there, the commonest last, and what
// every text has to itself is not.
func TestSharedPhrases(t *testing.T) {
	const usual, rare = "The replica was promoted by hand after the primary had failed. ", "Nobody had rehearsed the failover of the queue since the move. "
	r := rand.New(rand.NewPCG(2, 2))
	own := func() string {
		list := make([]byte, 200)
		for i := range list {
			list[i] = byte(r.Uint32())
		}
		return string(list)
	}
	var texts [][]byte
	for n := range 40 {
		text := own() + usual + own()
		if n%4 == 0 {
			text += rare + own()
		}
		texts = append(texts, []byte(text))
	}
	phrases := sharedPhrases(texts, 4*phraseLength)
	if len(phrases) != 4*phraseLength {
		t.Errorf("%d bytes of phrases, want %d", len(phrases), 4*phraseLength)
	}
	if last := string(phrases[3*phraseLength:]); !strings.Contains(last, usual[4:50]) {
		t.Errorf("the last phrase is %q, want %q", last, usual)
	}
	if !bytes.Contains(phrases, []byte(rare[4:50])) {
		t.Errorf("%q is not among the phrases", rare)
	}
	if few := sharedPhrases(texts[:1], 100*phraseLength); len(few) > len(texts[0]) {
		t.Errorf("%d bytes are made of %d", len(few), len(texts[0]))
	}
}

// TestInflateDamaged: damaged data is an error or other data, and always an end.
func TestInflateDamaged(t *testing.T) {
	e := probed(t)
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, 9)
	w.Write(payloads()["words"])
	w.Close()
	for cut := range packed.Len() {
		if err := e.Call(nil, "probe.inflated", numbers(packed.Bytes()[:cut])); err == nil {
			t.Errorf("the first %d of %d bytes are taken for all", cut, packed.Len())
		}
	}
	for bit := 0; bit < 8*packed.Len(); bit += 5 {
		data := bytes.Clone(packed.Bytes())
		data[bit/8] ^= 1 << (bit % 8)
		_ = e.Call(nil, "probe.inflated", numbers(data))
	}
}

func TestText(t *testing.T) {
	e := probed(t)
	for _, text := range []string{"", "plain", "Zürich", "原因 データ", "🔥 and 𝔘nicode", strings.Repeat("é🔥", 3000)} {
		var got string
		if err := e.Call(&got, "probe.text", numbers([]byte(text))); err != nil || got != text {
			t.Errorf("%.20q is read as %.20q (%v)", text, got, err)
		}
		var list []int
		if err := e.Call(&list, "probe.utf8", text); err != nil || !slices.Equal(list, numbers([]byte(text))) {
			t.Errorf("%.20q is written as %v (%v)", text, list[:min(9, len(list))], err)
		}
	}
}

// TestOrder: the client compares keys as UTF-8 does.
func TestOrder(t *testing.T) {
	list := []string{"", "a", "ab", "b", "é", "\u0fff", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0001f525", "\U0001f525a"}
	shuffled := slices.Clone(list)
	slices.Reverse(shuffled)
	var got []string
	if err := probed(t).Call(&got, "probe.ordered", shuffled); err != nil || !slices.Equal(got, list) {
		t.Errorf("got %q (%v)", got, err)
	}
}

func TestInts(t *testing.T) {
	want := []int{0, 1, 127, 128, 300, 1<<31 - 1, 1 << 31, 1<<40 + 7}
	var data []byte
	for _, n := range want {
		data = appendInt(data, n)
	}
	var got []int
	if err := probed(t).Call(&got, "probe.ints", numbers(data)); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v (%v)", got, err)
	}
	if err := probed(t).Call(nil, "probe.ints", numbers(data[:len(data)-1])); err == nil {
		t.Error("an integer that is cut off is read")
	}
}

// shelf is a Source of made-up terms.
type shelf struct{ terms []Term }

func (s shelf) Formula() Formula {
	return Formula{Fields: []TextField{{Name: "body"}, {Name: "title"}}}
}
func (s shelf) Columns() []Column           { return nil }
func (s shelf) Scale() map[string]int       { return map[string]int{} }
func (s shelf) Values() map[string][]string { return nil }
func (s shelf) Lengths() []byte             { return make([]byte, 20) }
func (s shelf) Undated() int                { return 0 }
func (s shelf) Vocabulary() [][]string      { return nil }

func (s shelf) Synonyms() ([][]string, error) { return [][]string{{"kubernet", "k8s", "kube"}}, nil }

func (s shelf) Facets() []Facet {
	return []Facet{{Name: "cause", Values: [][]string{{"a", "a"}}, Counted: 1, Of: func(int) []int32 { return []int32{0} }}}
}

func (s shelf) Incident(n int) Incident {
	return Incident{ID: fmt.Sprint(n), Sections: []Section{{Heading: "<b>", Passages: []Passage{{Text: strings.Repeat("x ", n)}}}}}
}

func (s shelf) Terms(yield func(Term) error) error {
	for _, t := range s.terms {
		if err := yield(t); err != nil {
			return err
		}
	}
	return nil
}

// TestFormat pins the bytes of a piece of terms: the format is a contract with
// clients that are already open.
func TestFormat(t *testing.T) {
	e := newEntry(Term{Key: "etcd", Postings: []Posting{
		{Document: 0, Field: 0, Positions: []uint32{5}},
		{Document: 3, Field: 0, Positions: []uint32{1, 300}}, {Document: 3, Field: 1, Positions: []uint32{2}},
	}})
	if want := []byte{1, 4, 3, 2, 1}; !bytes.Equal(e.postings, want) || e.documents != 2 {
		t.Errorf("postings are %v of %d documents, want %v of 2", e.postings, e.documents, want)
	}
	if want := []byte{5, 1, 171, 2, 2}; !bytes.Equal(e.positions, want) {
		t.Errorf("positions are %v, want %v", e.positions, want)
	}
	exact := newEntry(Term{Key: "=cause:x", Exact: true, Postings: []Posting{{Document: 2}, {Document: 9}}})
	if want := []byte{2, 6}; !bytes.Equal(exact.postings, want) {
		t.Errorf("postings of a value are %v, want %v", exact.postings, want)
	}
}

// TestColumnFormat pins the bytes of a column.
func TestColumnFormat(t *testing.T) {
	got := columnPayload(Column{Low: []int{7, 1, 300}, High: []int{7, 0, 330}})
	if want := []byte{7, 1, 0, 0, 0xa6, 0x02, 30}; !bytes.Equal(got, want) {
		t.Errorf("a column is %v, want %v", got, want)
	}
	if got := columnPayload(Column{Low: []int{1}, High: []int{0}}); !bytes.Equal(got, []byte{0, 0}) {
		t.Errorf("a column of nothing is %v", got)
	}
}

// TestFacetFormat pins the bytes of the pieces of a facet.
func TestFacetFormat(t *testing.T) {
	of := [][]int32{{1}, {}, {0, 1, 3}, {2}}
	f := Facet{
		Label: "Cause", Ranked: true, Counted: 2, Of: func(n int) []int32 { return of[n] },
		Values: [][]string{{"a", "Ä"}, {"b", "b"}, {"rare", "Rare"}, {"rarer", "rarer"}},
	}
	if got, want := placesPayload(f, 0, 2, 4), []byte{4, 0, 1, 4, 0}; !bytes.Equal(got, want) {
		t.Errorf("the places of counted values are %v, want %v", got, want)
	}
	if got, want := placesPayload(f, 2, 4, 4), []byte{0, 0, 4, 2}; !bytes.Equal(got, want) {
		t.Errorf("the places of the others are %v, want %v", got, want)
	}
	for _, places := range []string{"", "\a", strings.Repeat("\a", 900), "qwertyuiop"} {
		packed := packFacet([]byte("head"), []byte(places))
		if got, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed[4:]))); err != nil || string(got) != "head"+places {
			t.Errorf("a facet is unpacked as %q (%v)", got, err)
		}
	}
	b := newBuilder(4)
	if b.addFacet(f, 4); len(b.pieces) != 2 {
		t.Errorf("%d pieces, want one of the values that are counted and one of the others", len(b.pieces))
	}
}

// TestExport: paths, names by content, and pieces that open.
func TestExport(t *testing.T) {
	files, err := Export(shelf{[]Term{{Key: "a", Postings: []Posting{{Positions: []uint32{1}}}}, {Key: "b", Postings: []Posting{{Document: 19, Positions: []uint32{1}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(files, byPath) {
		t.Error("files are not in order of their paths")
	}
	kinds := map[string]int{}
	for _, f := range files {
		if !strings.HasPrefix(f.Path, "search/pieces/") {
			continue
		}
		kinds[string(f.Data[:4])]++
		if _, err := io.ReadAll(flate.NewReader(bytes.NewReader(f.Data[4:]))); err != nil {
			t.Errorf("%s: %v", f.Path, err)
		}
	}
	if want := (map[string]int{"FLTL": 1, "FLTC": 20, "FLTS": 20, "FLTK": 1, "FLTT": 1, "FLTP": 1, "FLTD": 1, "FLTF": 1, "FLTU": 1, "FLTW": 1, "FLTY": 1}); fmt.Sprint(kinds) != fmt.Sprint(want) {
		t.Errorf("pieces are %v, want %v", kinds, want)
	}
}

func TestExportFails(t *testing.T) {
	failing := failingShelf{}
	if _, err := Export(failing); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("got %v", err)
	}
}

type failingShelf struct{ shelf }

func (failingShelf) Terms(func(Term) error) error { return fmt.Errorf("disk full") }

// TestRanges: a range is closed at its size and never empty.
func TestRanges(t *testing.T) {
	entries := []entry{{postings: make([]byte, 90)}, {postings: make([]byte, 20)}, {postings: make([]byte, 500)}, {postings: make([]byte, 1)}}
	var sizes []int
	for list := entries; len(list) > 0; {
		n := rangeEnd(list, 100, entry.postingsSize)
		sizes = append(sizes, n)
		list = list[n:]
	}
	if !slices.Equal(sizes, []int{1, 1, 1, 1}) {
		t.Errorf("ranges have %v entries", sizes)
	}
	if n := rangeEnd(entries, 1000, entry.postingsSize); n != 4 {
		t.Errorf("a range of 1000 bytes has %d entries, want 4", n)
	}
}

func TestSeparator(t *testing.T) {
	for _, test := range [][3]string{{"", "etcd", "e"}, {"cache", "cat", "cat"}, {"cache", "caches", "caches"}, {"ca", "cz", "cz"}, {"zeta", "é", "é"}, {"原", "原因", "原因"}, {"è", "é", "é"}} {
		if got := separator(test[0], test[1]); got != test[2] {
			t.Errorf("from %q to %q it is %q, want %q", test[0], test[1], got, test[2])
		}
	}
}

// TestClientIsAModule: what a browser loads is one module that offers open.
func TestClientIsAModule(t *testing.T) {
	script, err := Client()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(script, []byte("export{")) || !bytes.Contains(script, []byte(" as open")) {
		t.Errorf("the client exports no open: …%s", script[max(0, len(script)-80):])
	}
	for _, unwanted := range []string{"Intl.", "TextDecoder", "\\p{", "document.", "eval("} {
		if bytes.Contains(script, []byte(unwanted)) {
			t.Errorf("the client uses %s", unwanted)
		}
	}
}
