package index

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// seedQueries are where fuzzing starts: queries that people ask, and of every form.
func seedQueries() []string {
	g := newGadget(4)
	asked := append([]string{"\xff\xfe", "replica\x00", "İSTANBUL", "🔥👩‍💻", "\u202eשלום", "ฐานข้อมูล*", `-"a b" +(c OR -d)`, "date:2019..", "severity:<=", "cause:*", "a\u0301*", "1h..2h"}, questions...)
	for range 10 {
		asked = append(asked, g.query(), g.expression(3))
	}
	return asked
}

// longestFuzzed keeps fuzzing to what a person could paste, in bytes.
const longestFuzzed = 10_000

// FuzzSearch: every text is answered soon, in the order of scores, with notes that can be
// read.
func FuzzSearch(f *testing.F) {
	for _, q := range seedQueries() {
		f.Add(q)
	}
	x := open(f, "", newGadget(3).library(40))
	f.Fuzz(func(t *testing.T, q string) {
		q = q[:min(len(q), longestFuzzed)]
		start := time.Now()
		r, err := x.Search(q, Options{Limit: 40})
		if took := time.Since(start); err != nil || took > 5*time.Second {
			t.Fatalf("%v after %v", err, took)
		}
		if len(r.Hits) != r.Total || len(r.Notes) > mostNotes {
			t.Errorf("%d hits of %d, notes %q", len(r.Hits), r.Total, r.Notes)
		}
		for i, hit := range r.Hits {
			if math.IsNaN(hit.Score) || math.IsInf(hit.Score, 0) || hit.Score < 0 || i > 0 && hit.Score > r.Hits[i-1].Score {
				t.Errorf("hit %d has the score %v", i, hit.Score)
			}
		}
		for _, note := range r.Notes {
			if utf8.RuneCountInString(note) > 400 || strings.ContainsFunc(note, func(c rune) bool { return c < ' ' }) {
				t.Errorf("note %q", note)
			}
		}
	})
}

// FuzzClient: the client answers every text as the index does.
func FuzzClient(f *testing.F) {
	for _, q := range seedQueries() {
		f.Add(q)
	}
	x := open(f, "", newGadget(3).library(20))
	e := client(f, x)
	f.Fuzz(func(t *testing.T, q string) {
		q = strings.ToValidUTF8(q[:min(len(q), longestFuzzed)], "\ufffd")
		if want, got := both(t, x, e, q); !reflect.DeepEqual(got, want) {
			t.Errorf("%q:\nindex  %s\nclient %s", q, told(want), told(got))
		}
	})
}
