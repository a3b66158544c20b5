package site

import (
	"encoding/json"
	"regexp"
	"slices"
	"testing"
)

// TestSearchPageNamesEveryField compares the fields that the search page names with those
// that the index knows.
func TestSearchPageNamesEveryField(t *testing.T) {
	s := exampleSite(t)
	file := func(path string) []byte {
		data, err := s.File(path)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var manifest struct {
		Formula struct {
			Fields, Exact []struct{ Query string }
			Numbers       []string
		}
	}
	if err := json.Unmarshal(file("search/manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	var want, got []string
	for _, f := range slices.Concat(manifest.Formula.Fields, manifest.Formula.Exact) {
		if f.Query != "" {
			want = append(want, f.Query)
		}
	}
	want = append(want, manifest.Formula.Numbers...)
	list := regexp.MustCompile(`<span data-fields>(.*)</span>`).FindSubmatch(file("search/index.html"))
	for _, f := range regexp.MustCompile(`<code>(\w+)</code>`).FindAllSubmatch(list[1], -1) {
		got = append(got, string(f[1]))
	}
	slices.Sort(want)
	slices.Sort(got)
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("the page names %q, the index %q", got, want)
	}
}
