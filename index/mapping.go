package index

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"
)

// newMapping says what is in the store, for whoever opens it: text with positions,
// exact values without frequencies, nothing stored. Documents come analyzed.
func newMapping() mapping.IndexMapping {
	documents := bleve.NewDocumentStaticMapping()
	for _, f := range textFields {
		documents.AddFieldMappingsAt(f.name, &mapping.FieldMapping{
			Type: "text", Index: true, IncludeTermVectors: true,
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
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

// exactName is bleve's name of an exact field; a text field may have the same
// query name.
func exactName(f exactField) string { return "=" + f.query }
