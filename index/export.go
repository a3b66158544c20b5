package index

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	segments "github.com/blevesearch/bleve_index_api"

	"faultline/index/query"
	"faultline/index/web"
)

// Pieces returns the static export, every path below search/ (see index/web).
func (x *Index) Pieces() ([]web.File, error) { return web.Export(exported{x}) }

// exported is the index as package web sees it.
type exported struct{ x *Index }

// Formula implements web.Source.
func (e exported) Formula() web.Formula {
	f := web.Formula{Saturation: saturation, Shortening: shortening, Parts: partWeight, Coordinate: coordinate}
	for _, t := range textFields {
		f.Fields = append(f.Fields, web.TextField{Name: t.name, Query: t.query, Weight: t.weight})
	}
	for _, t := range exactFields {
		f.Exact = append(f.Exact, web.ExactField{Query: t.query, Names: t.names})
	}
	for _, c := range columnFields {
		f.Numbers = append(f.Numbers, c.query)
	}
	return f
}

// Columns implements web.Source.
func (e exported) Columns() []web.Column {
	var all []web.Column
	for _, c := range e.x.columns {
		column := web.Column{Low: make([]int, len(c)), High: make([]int, len(c))}
		for n, extent := range c {
			column.Low[n], column.High[n] = extent.low, extent.high
		}
		all = append(all, column)
	}
	return all
}

// Scale implements web.Source.
func (e exported) Scale() map[string]int { return e.x.scale }

// Values implements web.Source.
func (e exported) Values() map[string][]string {
	all := map[string][]string{}
	for _, f := range exactFields {
		all[f.query] = e.x.values(f)
	}
	return all
}

// Facets implements web.Source.
func (e exported) Facets() []web.Facet {
	var all []web.Facet
	for i, field := range facetFields {
		f := e.x.facet(i)
		facet := web.Facet{Name: field.name, Label: field.label, Ranked: field.inOrder == nil, Counted: f.counted, Of: f.of}
		for _, t := range f.values {
			facet.Values = append(facet.Values, append([]string{t.value, t.label}, t.former...))
		}
		all = append(all, facet)
	}
	return all
}

// Undated implements web.Source.
func (e exported) Undated() int { return e.x.undated() }

// Lengths implements web.Source.
func (e exported) Lengths() []byte { return e.x.lengths }

// Incident implements web.Source.
func (e exported) Incident(n int) web.Incident {
	s := e.x.sources[n]
	return web.Incident{ID: s.ID, Path: s.Path, URL: s.URL, Title: s.Title, Date: s.Date.String(), Facts: s.facts(), Sections: s.sections}
}

// Vocabulary implements web.Source.
func (e exported) Vocabulary() [][]string {
	all := map[string][]string{}
	for _, s := range e.x.sources {
		for _, name := range s.tagNames() {
			name = strings.TrimPrefix(name, "~")
			if all[name] == nil {
				all[name] = append([]string{name}, termWords(s.vocabulary, name)...)
			}
		}
	}
	list := make([][]string, 0, len(all))
	for _, name := range slices.Sorted(maps.Keys(all)) {
		list = append(list, all[name])
	}
	return list
}

// Synonyms implements web.Source. Members with words that no incident has are left out.
func (e exported) Synonyms() ([][]string, error) {
	synonyms := query.BuiltInSynonyms()
	var list [][]string
	for _, key := range synonyms.Keys() {
		if known, err := e.x.postings.have([]string{"akin"}, key); err != nil {
			return nil, err
		} else if !known {
			continue
		}
		entry := []string{key}
		for _, member := range synonyms.Members(key) {
			known, err := e.x.postings.haveAll(strings.Split(member, " "))
			if err != nil {
				return nil, err
			}
			if known {
				entry = append(entry, member)
			}
		}
		list = append(list, entry)
	}
	return list, nil
}

// haveAll reports whether every term is one of the incidents' text.
func (p *postings) haveAll(terms []string) (bool, error) {
	for _, term := range terms {
		if known, err := p.have(allText, term); err != nil || !known {
			return false, err
		}
	}
	return true, nil
}

// have reports whether an incident has the term in one of bleve's fields.
func (p *postings) have(fields []string, term string) (bool, error) {
	for _, field := range fields {
		found, err := p.reader.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
		if err != nil {
			return false, err
		}
		posting, err := found.Next(nil)
		if err = errors.Join(err, found.Close()); err != nil || posting != nil {
			return posting != nil, err
		}
	}
	return false, nil
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
	all, err := e.x.postings.dictionaries()
	for _, d := range all {
		defer d.terms.Close()
	}
	if err != nil {
		return err
	}
	g := gatherer{postings: e.x.postings}
	for key, open := least(all); open; key, open = least(all) {
		if err := g.collect(key, all); err != nil {
			return err
		}
		if len(g.term.Postings) == 0 {
			continue // of deleted documents
		}
		if err := yield(g.term); err != nil {
			return err
		}
	}
	return nil
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

// gatherer gathers the postings of one key after the other, in the same room.
type gatherer struct {
	*postings
	term      web.Term
	found     []web.Posting
	keys      []uint64
	positions []uint32
}

// collect reads the postings of a key from every dictionary that stands at it, and
// takes these on to their next term.
func (g *gatherer) collect(key string, all []*dictionary) error {
	g.term.Key, g.found, g.positions = key, g.found[:0], g.positions[:0]
	for _, d := range all {
		if d.done || d.prefix+d.term != key {
			continue
		}
		g.term.Exact = d.exact
		err := g.each(d.name, d.term, !d.exact, func(doc int, posting *segments.TermFieldDoc) {
			g.found = append(g.found, web.Posting{Document: doc, Field: d.field, Positions: g.keep(places(posting))})
		})
		if err = errors.Join(err, d.next()); err != nil {
			return err
		}
	}
	g.sort()
	return nil
}

// keep copies positions to where they stay until the next key.
func (g *gatherer) keep(positions []uint64) []uint32 {
	first := len(g.positions)
	for _, at := range positions {
		g.positions = append(g.positions, uint32(at))
	}
	return g.positions[first:]
}

// sort puts the postings into the term by document, then by field.
func (g *gatherer) sort() {
	g.keys = g.keys[:0]
	for i, p := range g.found {
		g.keys = append(g.keys, uint64(p.Document)<<36|uint64(p.Field)<<32|uint64(i))
	}
	slices.Sort(g.keys)
	g.term.Postings = g.term.Postings[:0]
	for _, key := range g.keys {
		g.term.Postings = append(g.term.Postings, g.found[uint32(key)])
	}
}
