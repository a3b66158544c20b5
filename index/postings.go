package index

import (
	"context"
	"slices"

	segments "github.com/blevesearch/bleve_index_api"
)

// fieldSet is a set of text fields, one bit each, by their place in textFields.
type fieldSet uint16

// everyField is the set of all text fields.
const everyField fieldSet = 1<<len(textFields) - 1

// ownFields is the set of the fields with words of the incident or of its tags.
var ownFields = everyField &^ (akinField | askedField)

// frequencies is how often each document has a term, weighted by field. Only the
// documents of docs have an entry other than zero in tf.
type frequencies struct {
	docs []int
	tf   []float64
}

func (f *frequencies) add(doc int, weighted float64) {
	if f.tf[doc] == 0 {
		f.docs = append(f.docs, doc)
	}
	f.tf[doc] += weighted
}

// reset forgets every document.
func (f *frequencies) reset() {
	for _, doc := range f.docs {
		f.tf[doc] = 0
	}
	f.docs = f.docs[:0]
}

// matches is which documents a clause has found, and their scores.
type matches struct {
	docs  []int
	in    []bool
	score []float64

	tagged []int     // documents with an entry in tags
	tags   []float64 // by document: how much its tags have of the words
	asked  float64   // the most that tags may have
}

func newMatches(count int) matches {
	return matches{in: make([]bool, count), score: make([]float64, count), tags: make([]float64, count)}
}

// tag says that the document's tags have a word.
func (m *matches) tag(doc int, score float64) {
	m.tagged = append(m.tagged, doc)
	m.tags[doc] = score
}

// add adds to the document's score, which may be by 0.
func (m *matches) add(doc int, score float64) {
	if !m.in[doc] {
		m.in[doc] = true
		m.docs = append(m.docs, doc)
	}
	m.score[doc] += score
}

// raise makes the score the document's, unless it has a better one.
func (m *matches) raise(doc int, score float64) {
	m.add(doc, 0)
	m.score[doc] = max(m.score[doc], score)
}

// reset forgets every document.
func (m *matches) reset() {
	for _, doc := range m.docs {
		m.in[doc], m.score[doc] = false, 0
	}
	for _, doc := range m.tagged {
		m.tags[doc] = 0
	}
	m.docs, m.tagged, m.asked = m.docs[:0], m.tagged[:0], 0
}

// postings reads one snapshot of a store, under the library's own numbers.
type postings struct {
	reader  segments.IndexReader
	numbers []int    // bleve's number of a document -> ours
	ids     []uint64 // ours -> bleve's
}

// readPostings numbers the documents of the store as names are ordered.
func readPostings(reader segments.IndexReader, names []string) (*postings, error) {
	order := make(map[string]int, len(names))
	for n, name := range names {
		order[name] = n
	}
	p := &postings{reader: reader, ids: make([]uint64, len(names))}
	err := eachDocument(reader, func(internal uint64, name string) {
		if missing := int(internal) + 1 - len(p.numbers); missing > 0 {
			p.numbers = append(p.numbers, make([]int, missing)...)
		}
		p.numbers[internal] = order[name]
		p.ids[order[name]] = internal
	})
	return p, err
}

// each calls f for every posting of a term in a field of bleve's, in no order that
// means anything. The posting is valid during the call only.
func (p *postings) each(field, term string, vectors bool, f func(doc int, posting *segments.TermFieldDoc)) error {
	terms, err := p.reader.TermFieldReader(context.Background(), []byte(term), field, true, false, vectors)
	if err != nil {
		return err
	}
	defer terms.Close()
	var room segments.TermFieldDoc
	for {
		posting, err := terms.Next(room.Reset())
		if err != nil || posting == nil {
			return err
		}
		f(p.numbers[posting.ID.Value()], posting)
	}
}

// frequencies adds up where a term occurs in the fields.
func (p *postings) frequencies(term string, fields fieldSet, into *frequencies) error {
	for i, f := range textFields {
		if fields&(1<<i) == 0 {
			continue
		}
		err := p.each(f.name, term, false, func(doc int, posting *segments.TermFieldDoc) {
			into.add(doc, float64(posting.Freq)*f.weight)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// find adds up where the terms stand at consecutive positions of a field.
func (p *postings) find(terms []string, fields fieldSet, into *frequencies) error {
	if len(terms) == 1 {
		return p.frequencies(terms[0], fields, into)
	}
	for i, f := range textFields {
		if fields&(1<<i) == 0 {
			continue
		}
		starts, err := p.starts(f.name, terms)
		if err != nil {
			return err
		}
		for doc, at := range starts {
			into.add(doc, float64(len(at))*f.weight)
		}
	}
	return nil
}

// starts returns by document the positions at which the sequence begins.
func (p *postings) starts(field string, terms []string) (map[int][]uint64, error) {
	var starts map[int][]uint64
	for offset, term := range terms {
		next := map[int][]uint64{}
		err := p.each(field, term, true, func(doc int, posting *segments.TermFieldDoc) {
			if offset > 0 && starts[doc] == nil {
				return
			}
			var kept []uint64
			for _, at := range places(posting) {
				at -= uint64(offset)
				if offset == 0 || slices.Contains(starts[doc], at) {
					kept = append(kept, at)
				}
			}
			if kept != nil {
				next[doc] = kept
			}
		})
		if err != nil || len(next) == 0 {
			return nil, err
		}
		starts = next
	}
	return starts, nil
}

// exact returns the documents whose exact field has the term.
func (p *postings) exact(f exactField, term string) ([]int, error) {
	var docs []int
	err := p.each(exactName(f), term, false, func(doc int, _ *segments.TermFieldDoc) {
		docs = append(docs, doc)
	})
	return docs, err
}

// places returns the positions of a posting: see (*analysis).gather.
func places(posting *segments.TermFieldDoc) []uint64 {
	if len(posting.Vectors) == 0 {
		return nil
	}
	return posting.Vectors[0].ArrayPositions
}
