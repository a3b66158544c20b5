package tagger_test

import (
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/sample"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// samples reads generated reports of the size of real ones.
func samples(b *testing.B, n int) []*incident.Incident {
	b.Helper()
	var list []*incident.Incident
	for path, src := range sample.Files(n, 1) {
		i, _ := record.Parse(path, src, record.Options{})
		list = append(list, i)
	}
	return list
}

// BenchmarkSuggest measures one incident against the whole built-in vocabulary, with a
// library of tagged ones to learn from.
func BenchmarkSuggest(b *testing.B) {
	list := samples(b, 500)
	tags := tagger.New(taxonomy.BuiltIn(), tagger.Options{Learn: list})
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		tags.Suggest(list[n%len(list)])
		n++
	}
}

// BenchmarkNew measures what a run pays once, learning from a large library included.
func BenchmarkNew(b *testing.B) {
	list := samples(b, 2000)
	v := taxonomy.BuiltIn()
	for b.Loop() {
		tagger.New(v, tagger.Options{Learn: list})
	}
}

// BenchmarkBuiltIn measures reading the vocabulary.
func BenchmarkBuiltIn(b *testing.B) {
	for b.Loop() {
		taxonomy.BuiltIn()
	}
}
