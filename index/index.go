// Package index finds incidents: it is the only door to bleve.
package index

import (
	"cmp"
	"errors"
	"slices"

	"github.com/blevesearch/bleve/v2"

	"faultline/site/incident"
)

// Index is a library made searchable. It is safe for concurrent use until Close.
type Index struct {
	sources  []*source // a document's number is its place here
	store    bleve.Index
	postings *postings
	lengths  []byte
	norms    []float64
	notes    []string
}

// Open makes the library searchable. With dir "" the index lives in memory; else
// dir holds a bleve store, which is made or brought up to date: only incidents
// whose content has changed are read again. A store that is damaged or of another
// format is made anew, and one in use by another process is left alone in favor of
// memory; Notes says so.
func Open(dir string, lib *incident.Library) (*Index, error) {
	x := newIndex(lib)
	names := digests(x.sources)
	store, note, err := openStore(dir)
	if err != nil {
		return nil, err
	}
	x.store = store
	if note != "" {
		x.notes = []string{note}
	}
	if err := x.fill(names); err != nil {
		return nil, errors.Join(err, x.store.Close())
	}
	return x, nil
}

// newIndex reads the library and has no store yet.
func newIndex(lib *incident.Library) *Index {
	incidents := numbered(lib.Incidents)
	x := &Index{sources: make([]*source, len(incidents)), lengths: make([]byte, len(incidents))}
	each(len(incidents), func(n int) {
		x.sources[n] = newSource(incidents[n], lib.Vocabulary)
		x.lengths[n] = shortLength(x.sources[n].length())
	})
	x.norms = lengthNorms(x.lengths)
	return x
}

// fill brings the store up to date and reads it under the library's numbers.
func (x *Index) fill(names []string) error {
	if err := update(x.store, names, x.sources); err != nil {
		return err
	}
	reader, err := openReader(x.store)
	if err != nil {
		return err
	}
	x.postings, err = readPostings(reader, names)
	return err
}

// numbered returns the incidents in the order of their numbers: by date, unknown
// first, then by path from last to first, so that of equal hits the one with the
// higher number comes first.
func numbered(all []*incident.Incident) []*incident.Incident {
	list := slices.Clone(all)
	slices.SortStableFunc(list, func(a, b *incident.Incident) int {
		return cmp.Or(a.Date.From.Compare(b.Date.From), cmp.Compare(b.Path, a.Path))
	})
	return list
}

// Notes says, for people, what Open had to do beyond bringing the store up to date.
func (x *Index) Notes() []string { return x.notes }

// Close releases the index and its store.
func (x *Index) Close() error {
	err := errors.Join(x.postings.reader.Close(), x.store.Close())
	if path := x.store.Name(); path != "" && err == nil {
		err = seal(path)
	}
	return err
}
