package index

import (
	"bytes"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/registry"

	"faultline/index/query"
)

// analyzerName is what bleve calls the analysis of package query.
const analyzerName = "faultline"

// passageGap is the distance in positions between the last word of a passage and
// the first of the next, so that no phrase spans two.
const passageGap = 8

func init() {
	err := registry.RegisterAnalyzer(analyzerName, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) {
		return analyzer{}, nil
	})
	if err != nil {
		panic(err) // another package of the program has taken the name
	}
}

// analyzer is bleve's view of query.Tokens. Its input holds one passage a line.
// Offsets are not kept: passages are read from the library.
type analyzer struct{}

// Analyze implements analysis.Analyzer.
func (analyzer) Analyze(input []byte) analysis.TokenStream {
	var stream analysis.TokenStream
	next := 1
	for line := range bytes.SplitSeq(input, []byte("\n")) {
		tokens := query.Tokens(string(line))
		backing := make([]analysis.Token, len(tokens))
		last := next
		for i, t := range tokens {
			last = next + t.Position
			backing[i] = analysis.Token{Term: []byte(t.Term), Position: last}
			stream = append(stream, &backing[i])
		}
		if len(tokens) > 0 {
			next = last + passageGap
		}
	}
	return stream
}

// newMapping maps every field explicitly: text with positions, exact values
// without frequencies, nothing stored, nothing that is not in the two tables.
func newMapping() mapping.IndexMapping {
	documents := bleve.NewDocumentStaticMapping()
	for _, f := range textFields {
		documents.AddFieldMappingsAt(f.name, &mapping.FieldMapping{
			Type: "text", Analyzer: analyzerName, Index: true, IncludeTermVectors: true,
		})
	}
	for _, f := range exactFields {
		documents.AddFieldMappingsAt(exactName(f), &mapping.FieldMapping{
			Type: "text", Analyzer: keyword.Name, Index: true, SkipFreqNorm: true,
		})
	}
	documents.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	m := bleve.NewIndexMapping()
	m.DefaultMapping = documents
	m.DefaultAnalyzer = analyzerName
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// exactName is bleve's name of an exact field; a text field may have the same
// query name.
func exactName(f exactField) string { return "=" + f.query }

// fields returns the document that bleve is given for an incident.
func (s *source) fields() map[string]any {
	fields := map[string]any{}
	for _, f := range textFields {
		if text := lines(f.text(s)); text != "" {
			fields[f.name] = text
		}
	}
	for _, f := range exactFields {
		if terms := f.terms(s); len(terms) > 0 {
			fields[exactName(f)] = terms
		}
	}
	return fields
}

// lines joins passages for the analyzer.
func lines(passages []string) string {
	var kept []string
	for _, p := range passages {
		if p = clean(p); p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, "\n")
}
