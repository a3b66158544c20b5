package site

import (
	"bytes"
	"compress/gzip"
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

// TestSearchPageIsLight: what the search page loads before the client are 12 KB, as hosts
// send them; with the client and the first hits of 100 incidents (package index) 60 KB.
func TestSearchPageIsLight(t *testing.T) {
	s := exampleSite(t)
	page, err := s.File("search/index.html")
	if err != nil {
		t.Fatal(err)
	}
	total := gzipped(page)
	for _, link := range regexp.MustCompile(`(?:src|href)="\.\./(assets/[^"]+\.(?:js|css))"`).FindAllSubmatch(page, -1) {
		data, err := s.File(string(link[1]))
		if err != nil {
			t.Fatal(err)
		}
		total += gzipped(data)
	}
	if t.Logf("the page costs %d bytes", total); total > 12_000 {
		t.Errorf("the page costs %d bytes", total)
	}
}

func gzipped(data []byte) int {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(data)
	w.Close()
	return packed.Len()
}
