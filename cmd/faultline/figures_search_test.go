package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"faultline/index"
	"faultline/site"
)

// searchTargets are the nDCG@10 that judged queries reach, by kind.
var searchTargets = map[string]float64{"symptom": .77, "keyword": .96, "typo": .89, "pattern": .5, "overall": .78}

// graded is a query and the documents that answer it, by grade.
type graded struct {
	ID, Kind, Q string
	Relevant    map[string]int
}

// TestFiguresOfSearch measures the search against queries judged by hand. Of what it
// finds, every hit that is shown says why.
func TestFiguresOfSearch(t *testing.T) {
	shared := cmp.Or(os.Getenv("FAULTLINE_SHARED"), filepath.Join("..", "..", "..", "shared"))
	queries := gradedQueries(t, filepath.Join(shared, "eval", "queries.jsonl"))
	x := poolIndex(t, shared)
	gains := map[string][]float64{}
	for _, q := range queries {
		r, err := x.Search(q.Q, index.Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Hits) == 0 {
			t.Errorf("%q finds nothing", q.Q)
		}
		for _, h := range r.Hits {
			if len(h.Why) == 0 {
				t.Errorf("%q finds %s and does not say why", q.Q, h.Path)
			}
		}
		gain := gainOf(r.Hits, q.Relevant)
		t.Logf("%-5s %-8s %.3f  %s", q.ID, q.Kind, gain, q.Q)
		gains[q.Kind] = append(gains[q.Kind], gain)
		gains["overall"] = append(gains["overall"], gain)
	}
	for kind, least := range searchTargets {
		reached := mean(gains[kind])
		t.Logf("%-8s nDCG@10 %.3f of %d", kind, reached, len(gains[kind]))
		if reached < least {
			t.Errorf("%s: nDCG@10 is %.3f, and %.2f was reached", kind, reached, least)
		}
	}
}

func gradedQueries(t *testing.T, path string) []graded {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("NOT MEASURED on judged queries: set FAULTLINE_SHARED to the folder that holds eval/ (%v)", err)
	}
	var all []graded
	for line := range bytes.Lines(text) {
		var q graded
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	return all
}

// poolIndex indexes the reports that the queries were judged over.
func poolIndex(t *testing.T, shared string) *index.Index {
	t.Helper()
	names, err := os.ReadFile(filepath.Join(shared, "eval", "pool.txt"))
	if err != nil {
		t.Fatal(err)
	}
	library := fstest.MapFS{}
	for name := range strings.Lines(string(names)) {
		name = strings.TrimSpace(name)
		text, err := os.ReadFile(filepath.Join(shared, filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		library[name] = &fstest.MapFile{Data: text}
	}
	lib, err := site.Load(library, site.LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := site.OpenIndex(lib, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// gainOf is the normalized discounted cumulative gain of the hits (Järvelin and Kekäläinen
// 2002): 2^grade-1 for each, over the logarithm of its rank, as a share of the most.
func gainOf(hits []index.Hit, grades map[string]int) float64 {
	best := []int{}
	for _, grade := range grades {
		best = append(best, grade)
	}
	slices.SortFunc(best, func(a, b int) int { return cmp.Compare(b, a) })
	reached, most := 0.0, 0.0
	for rank := range 10 {
		discount := math.Log2(float64(rank + 2))
		if rank < len(hits) {
			reached += (math.Exp2(float64(grades[hits[rank].Path])) - 1) / discount
		}
		if rank < len(best) {
			most += (math.Exp2(float64(best[rank])) - 1) / discount
		}
	}
	return reached / most
}

func mean(all []float64) float64 {
	sum := 0.0
	for _, v := range all {
		sum += v
	}
	return sum / float64(len(all))
}
