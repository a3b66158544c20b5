package index

import (
	"github.com/blevesearch/bleve/v2/document"
	segments "github.com/blevesearch/bleve_index_api"
)

// The options of the two kinds of fields.
const (
	textOptions  = segments.IndexField | segments.IncludeTermVectors
	exactOptions = segments.IndexField | segments.SkipFreqNorm
)

// document is the incident as bleve is given it: field by field and analyzed, which
// takes half the time and a third of the memory of bleve's own mapping and analysis.
func (s *source) document(name string, a *analysis) *document.Document {
	d := document.NewDocument(name)
	for _, f := range textFields {
		if terms := a.field(f, s); len(terms) > 0 {
			d.AddField(&field{f.name, textOptions, terms})
		}
	}
	for _, f := range exactFields {
		if terms := f.terms(s); len(terms) > 0 {
			d.AddField(&field{exactName(f), exactOptions, valueFrequencies(terms)})
		}
	}
	return d
}

// field returns the terms of a field of text.
func (a *analysis) field(f textField, s *source) segments.TokenFrequencies {
	if f.text == nil {
		return a.akin(s)
	}
	return a.text(f.text(s))
}

func valueFrequencies(terms []string) segments.TokenFrequencies {
	frequencies := make(segments.TokenFrequencies, len(terms))
	for _, term := range terms {
		frequencies[term] = &segments.TokenFreq{}
	}
	return frequencies
}

// field is one field of a document, with the places of its terms.
type field struct {
	name    string
	options segments.FieldIndexingOptions
	terms   segments.TokenFrequencies
}

// Name implements document.Field.
func (f *field) Name() string { return f.name }

// ArrayPositions implements document.Field.
func (f *field) ArrayPositions() []uint64 { return nil }

// Options implements document.Field.
func (f *field) Options() segments.FieldIndexingOptions { return f.options }

// Value implements document.Field: nothing is stored.
func (f *field) Value() []byte { return nil }

// NumPlainTextBytes implements document.Field; it serves bleve's statistics alone.
func (f *field) NumPlainTextBytes() uint64 { return 0 }

// Size implements document.Field; it serves bleve's statistics alone.
func (f *field) Size() int { return 0 }

// EncodedFieldType implements document.Field: text.
func (f *field) EncodedFieldType() byte { return 't' }

// Analyze implements document.Field: it is done.
func (f *field) Analyze() {}

// AnalyzedLength implements document.Field. Lengths are the library's, not bleve's.
func (f *field) AnalyzedLength() int { return 1 }

// AnalyzedTokenFrequencies implements document.Field.
func (f *field) AnalyzedTokenFrequencies() segments.TokenFrequencies { return f.terms }
