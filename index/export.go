package index

import (
	"cmp"
	"slices"

	segments "github.com/blevesearch/bleve_index_api"

	"faultline/index/web"
)

// Pieces returns the static export, every path below search/ (see index/web).
func (x *Index) Pieces() ([]web.File, error) { return web.Export(exported{x}) }

// exported is the index as package web sees it.
type exported struct{ x *Index }

// Formula implements web.Source.
func (e exported) Formula() web.Formula {
	f := web.Formula{Saturation: saturation, Shortening: shortening, Parts: partWeight}
	for _, t := range textFields {
		f.Fields = append(f.Fields, web.TextField{Name: t.name, Query: t.query, Weight: t.weight})
	}
	for _, t := range exactFields {
		f.Exact = append(f.Exact, web.ExactField{Query: t.query, Names: t.names})
	}
	return f
}

// Lengths implements web.Source.
func (e exported) Lengths() []byte { return e.x.lengths }

// Incident implements web.Source.
func (e exported) Incident(n int) web.Incident {
	s := e.x.source(n)
	return web.Incident{ID: s.ID, Path: s.Path, URL: s.URL, Title: s.Title, Date: s.Date.String(), Sections: s.sections}
}

// dictionary is one field's terms, read in order.
type dictionary struct {
	name   string // bleve's name of the field
	prefix string // of its keys
	field  int    // place in textFields
	exact  bool
	terms  segments.FieldDict
	term   string
	done   bool
}

func (d *dictionary) next() error {
	entry, err := d.terms.Next()
	if d.done = entry == nil; !d.done {
		d.term = entry.Term
	}
	return err
}

// Terms implements web.Source.
func (e exported) Terms(yield func(web.Term) error) error {
	dictionaries, err := e.x.postings.dictionaries()
	for _, d := range dictionaries {
		defer d.terms.Close()
	}
	if err != nil {
		return err
	}
	for {
		key, open := least(dictionaries)
		if !open {
			return nil
		}
		term, err := e.x.postings.collect(key, dictionaries)
		if err != nil {
			return err
		}
		if len(term.Postings) == 0 {
			continue // of deleted documents
		}
		if err := yield(term); err != nil {
			return err
		}
	}
}

// dictionaries opens the dictionary of every field at its first term.
func (p *postings) dictionaries() ([]*dictionary, error) {
	var all []*dictionary
	for i, f := range textFields {
		all = append(all, &dictionary{name: f.name, field: i})
	}
	for _, f := range exactFields {
		all = append(all, &dictionary{name: exactName(f), prefix: exactName(f) + ":", exact: true})
	}
	for i, d := range all {
		var err error
		if d.terms, err = p.reader.FieldDict(d.name); err != nil {
			return all[:i], err
		}
		if err = d.next(); err != nil {
			return all[:i+1], err
		}
	}
	return all, nil
}

// least returns the smallest key that is still to be read.
func least(all []*dictionary) (key string, open bool) {
	for _, d := range all {
		if !d.done && (!open || d.prefix+d.term < key) {
			key, open = d.prefix+d.term, true
		}
	}
	return key, open
}

// collect reads the postings of a key from every dictionary that stands at it, and
// takes these on to their next term.
func (p *postings) collect(key string, all []*dictionary) (web.Term, error) {
	term := web.Term{Key: key}
	for _, d := range all {
		if d.done || d.prefix+d.term != key {
			continue
		}
		term.Exact = d.exact
		err := p.each(d.name, d.term, !d.exact, func(doc int, posting *segments.TermFieldDoc) {
			term.Postings = append(term.Postings, web.Posting{Document: doc, Field: d.field, Positions: positions(posting)})
		})
		if err != nil {
			return term, err
		}
		if err := d.next(); err != nil {
			return term, err
		}
	}
	slices.SortFunc(term.Postings, func(a, b web.Posting) int {
		return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Field, b.Field))
	})
	return term, nil
}

// positions returns where a term stands in a field of a document, in order.
func positions(posting *segments.TermFieldDoc) []uint32 {
	list := make([]uint32, len(posting.Vectors))
	for i, v := range posting.Vectors {
		list[i] = uint32(v.Pos)
	}
	slices.Sort(list)
	return list
}
