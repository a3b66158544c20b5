package site

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"faultline/index"
)

// judged is one query with the grades (1 or 2) of the documents that answer it.
type judged struct {
	ID, Kind, Q string
	Relevant    map[string]int
}

// sharedFolder is where the judged queries and their reports are: FAULTLINE_SHARED,
// else ../shared beside the repository. The test is skipped, loudly, without them.
func sharedFolder(t *testing.T) string {
	t.Helper()
	folder := cmp.Or(os.Getenv("FAULTLINE_SHARED"), filepath.Join("..", "..", "shared"))
	if _, err := os.Stat(filepath.Join(folder, "eval", "queries.jsonl")); err != nil {
		t.Skipf("SKIPPED: no judged queries at %q; set FAULTLINE_SHARED to the folder that holds eval/ and corpus/", folder)
	}
	return folder
}

// relevanceFloors is what is reached today, less what a change of suggested tags may
// cost. Plain BM25 with a stemmer reaches .663 overall on the same pool.
var relevanceFloors = map[string]float64{"overall": .74, "symptom": .71, "keyword": .96, "typo": .78, "pattern": .46}

// TestRelevance measures nDCG@10 (gain 2^grade-1, discount 1/log2(rank+1)) on the
// judged queries, overall and by kind, and fails below the floors.
func TestRelevance(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED: -short")
	}
	shared := sharedFolder(t)
	x := openPool(t, shared)
	defer x.Close()
	sums, counts := map[string]float64{}, map[string]int{}
	for _, query := range readQueries(t, shared) {
		result, err := x.Search(query.Q, index.Options{Limit: 10})
		if err != nil {
			t.Fatalf("%s: %v", query.ID, err)
		}
		gain := ndcg(query.Relevant, result.Hits)
		t.Logf("%-5s %-8s %.3f  %s", query.ID, query.Kind, gain, query.Q)
		for _, kind := range []string{query.Kind, "overall"} {
			sums[kind] += gain
			counts[kind]++
		}
	}
	kinds := make([]string, 0, len(sums))
	for kind := range sums {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	for _, kind := range kinds {
		t.Logf("nDCG@10 %-8s %.3f (n = %d)", kind, sums[kind]/float64(counts[kind]), counts[kind])
	}
	for kind, floor := range relevanceFloors {
		if got := sums[kind] / float64(counts[kind]); got < floor {
			t.Errorf("nDCG@10 of %s queries is %.3f, below %.3f", kind, got, floor)
		}
	}
}

func openPool(t *testing.T, shared string) *index.Index {
	t.Helper()
	pool, err := os.ReadFile(filepath.Join(shared, "eval", "pool.txt"))
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for name := range strings.Lines(string(pool)) {
		name = strings.TrimSpace(name)
		text, err := os.ReadFile(filepath.Join(shared, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(root, name), string(text))
	}
	fsys, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := Load(fsys, LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := OpenIndex(lib, "")
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func readQueries(t *testing.T, shared string) []judged {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(shared, "eval", "queries.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var queries []judged
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var q judged
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		queries = append(queries, q)
	}
	return queries
}

func ndcg(relevant map[string]int, hits []index.Hit) float64 {
	gain := func(grade, rank int) float64 { return (math.Pow(2, float64(grade)) - 1) / math.Log2(float64(rank)+2) }
	got, ideal := 0.0, 0.0
	for rank, hit := range hits[:min(10, len(hits))] {
		got += gain(relevant[hit.Path], rank)
	}
	grades := make([]int, 0, len(relevant))
	for _, grade := range relevant {
		grades = append(grades, grade)
	}
	slices.SortFunc(grades, func(a, b int) int { return b - a })
	for rank, grade := range grades[:min(10, len(grades))] {
		ideal += gain(grade, rank)
	}
	return got / ideal
}
