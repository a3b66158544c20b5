package index

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/sample"
)

// sampleLibrary reads a library of so many generated incidents.
func sampleLibrary(b *testing.B, count int) *incident.Library {
	b.Helper()
	lib := &incident.Library{Config: incident.Config{Severities: []string{"sev1", "sev2", "sev3", "sev4"}}}
	for path, text := range sample.Files(count, 1) {
		if i, _ := record.Parse(path, text, record.Options{}); i != nil {
			lib.Incidents = append(lib.Incidents, i)
		}
	}
	return lib
}

// facetSizes is how many bytes the pieces of every facet have.
func facetSizes(b *testing.B, x *Index) map[string]int {
	pieces, err := x.Pieces()
	if err != nil {
		b.Fatal(err)
	}
	size, directory := map[string]int{}, struct{ Facets map[string]string }{}
	for _, f := range pieces {
		size[f.Path] = len(f.Data)
		if bytes.HasPrefix(f.Data, []byte("FLTD")) {
			text, _ := io.ReadAll(flate.NewReader(bytes.NewReader(f.Data[4:])))
			if err := json.Unmarshal(text, &directory); err != nil {
				b.Fatal(err)
			}
		}
	}
	sizes := map[string]int{}
	for name, piece := range directory.Facets {
		sizes[name] = size["search/pieces/"+piece+".bin"]
	}
	return sizes
}

// BenchmarkFacets measures a search that counts all facets of 10,000 incidents beside one
// that counts none, the counting alone of them all, and the bytes of their pieces.
func BenchmarkFacets(b *testing.B) {
	x := open(b, "", sampleLibrary(b, 10_000))
	for name, facets := range map[string][]string{"none": nil, "all": FacetNames()} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := x.Search("timeout", Options{Facets: facets}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("count", func(b *testing.B) {
		sieve, err := x.newSieve(Options{Facets: FacetNames(), Within: []Filter{{"year", "2019"}}})
		if err != nil {
			b.Fatal(err)
		}
		answers := make([]int, len(x.sources))
		for doc := range answers {
			answers[doc] = doc
		}
		for b.Loop() {
			var r Result
			r.count(sieve, answers)
		}
	})
	b.Run("pieces", func(b *testing.B) {
		total := 0
		for name, size := range facetSizes(b, x) {
			b.ReportMetric(float64(size), name+"-B")
			total += size
		}
		b.ReportMetric(float64(total), "all-B")
	})
}
