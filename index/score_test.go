package index

import (
	"testing"

	"faultline/site/incident"
)

// scores answers a query and returns the scores by id.
func scores(t *testing.T, x *Index, q string) map[string]float64 {
	t.Helper()
	r, err := x.Search(q, Options{Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	for _, h := range r.Hits {
		all[h.ID] = h.Score
	}
	return all
}

// TestEverydayWords: of two words as rare as each other, the one that is everyday counts
// less.
func TestEverydayWords(t *testing.T) {
	x := open(t, "", &incident.Library{Incidents: []*incident.Incident{
		note("everyday", "A", "nobody", 2021), note("telling", "B", "quorum", 2020), note("other", "C", "shards", 2019),
	}})
	s := scores(t, x, "nobody quorum")
	if s["everyday"] >= s["telling"] || s["everyday"] == 0 {
		t.Errorf("scores are %v, want telling above everyday", s)
	}
}

// TestTitles: a word in the title counts once more in a report however long.
func TestTitles(t *testing.T) {
	long := "shards and more shards"
	for range 7 {
		long += ", " + long
	}
	x := open(t, "", &incident.Library{Incidents: []*incident.Incident{note("titled", "Quorum", long, 2020), note("other", "B", long, 2021)}})
	s := scores(t, x, "quorum")
	if rare := rarity(1, 2); s["titled"] < titleWeight*rare {
		t.Errorf("scores %v, want at least %v of %v", s["titled"], titleWeight, rare)
	}
}

// TestSynonymsAreAsRareAsAll: what many reports answer for says little, however rare the
// word that was asked for is.
func TestSynonymsAreAsRareAsAll(t *testing.T) {
	lib := &incident.Library{Incidents: []*incident.Incident{
		note("asked", "A", "k8s", 2021), note("quorum", "B", "quorum", 2020), note("one", "C", "kubernetes", 2019),
	}}
	before := scores(t, open(t, "", lib), "k8s")
	for _, id := range []string{"two", "three", "four", "five"} {
		lib.Incidents = append(lib.Incidents, note(id, "C", "kubernetes", 2019))
	}
	after := scores(t, open(t, "", lib), "k8s")
	if after["one"] >= before["one"] || after["asked"] <= before["asked"] {
		t.Errorf("scores %v, then %v where more reports say kubernetes", before, after)
	}
}
