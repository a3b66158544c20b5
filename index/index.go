// Package index finds incidents: it is the only door to bleve.
//
// Open puts a library into a bleve index, in memory or on disk, Search asks it, and
// Pieces hands it to package web, whose client answers the same questions in a
// browser, with the same hits, order, scores and passages.
//
// # What is indexed
//
// An incident is one document with text fields (analyzed by package query, with
// positions), exact fields and, outside bleve, fields of numbers. The tables textFields,
// exactFields and columnFields name them all, with their weights and the names by which
// a query can ask for them. Nothing is stored in bleve: what a hit shows comes from the library. A document's name is a
// digest of its content, so that bringing a store up to date is comparing names; its
// number is its place by date, the newest last, then by path from last to first.
//
// # What matches
//
// A clause of a query (package query has the grammar) finds documents:
//
//   - a word in text: those with its whole. They and those with some of its parts or
//     divisions score, unless the word is required or excluded: then its parts must
//     stand at consecutive positions. A word that neither sign nor field restricts also
//     finds those that have another word for it (query.Synonyms).
//   - a phrase: those with its terms at consecutive positions of one field.
//   - a beginning: those with a term that begins so, or with the stem of an English word
//     that does; a word spelled nearly so: those with a term that begins with the same two
//     letters and is not too many edits away. Both stand for 100 terms at most, those with
//     the fewest edits, then those that most incidents have.
//   - an exact field: those with the value, compared folded, or, in a field of names,
//     with all words of the value or other words for them (tech:k8s). Beginnings and spellings are those of values.
//   - a range: those of which all that the number may be lies in it. An incident of which
//     nothing but the year is known is in date:2019, not in date:>=2019-07. A scale has the
//     numbers that its names end in, if all do, else their places, the most serious first.
//   - a group: its own answers; a choice: those of any of its clauses. A group of nothing
//     but exclusions finds all others.
//
// What consists of exact fields and ranges alone is a filter: it is required unless it is
// excluded, and scores nothing.
//
// A plain word that no incident has stands for the likeliest of the terms with the
// same first two letters: one edit away from it, two if it has eight letters, the
// fewest edits first, then the most incidents. A note names it as the best hit writes it.
// Words with sign, field, quotes, digits or parts mean what they say. A value without sign
// and digits that no incident has stands for the nearest, if that is as near. Else such a
// value, and a range that none lies in, find nothing, and a note names the nearest
// value or what the library has.
//
// A document is an answer if it matches every required clause, none that is excluded
// and, where there are words and none is required, at least one. Stop words without
// sign or field count only where a query or group has no other words.
//
// # Scores
//
// BM25F, with counts that do not depend on bleve's segments or on what a store has
// been through:
//
//	score  = coordination * sum over the words of rarity * tf / (tf + norm)
//	tf     = sum over the text fields of weight * frequency
//	rarity = ln(1 + (N - n + 1/2) / (n + 1/2)), rounded to six decimals, at least 1e-6
//	norm   = k1 * (1 - b + b * length / average length)
//	coordination = 0.7 + 0.3 * words that match / words asked for
//
// N is the number of incidents, n how many of them have the term in the fields asked
// for. Length is that of title, headings and text in bytes, of which the five leading
// bits count. k1 is 1.2 and b 0.75. Parts and divisions of a word count half, shared
// among them; a phrase counts as one word with its own rarity. Sums run in the order
// of the query, products are rounded one by one, so that every machine gets the same
// bits. Hits are in order of the score's 30 leading bits (nine digits), then of date,
// the newest first, then of path.
//
// Of its rarity an everyday word ("again", "nobody"; tables.EverydayWords) counts half,
// because such words are rare in a few hundred reports by chance. A plain word that the
// title has scores once more, 0.15 of its rarity among titles, however often and in
// however long a report.
//
// Three things are beside the word itself. What an incident's words answer for is the
// field "akin", made when it is indexed, so that a browser needs no list of synonyms: a
// question for kubernetes meets a report that says k8s, below those that say
// kubernetes, as if it had a word that is as rare as both together. Two or three neighboring words of a query that make up a compound of the
// synonyms ("no space left") score once more where the incident has it or a synonym of
// it, as it is rarer than its words. And because a question about a pattern is one about
// tags, the descriptions of an incident's tags, with the plain words in which people ask for
// them (wordings.txt), score as a text of their own, times the share of the query that
// they have: all but nothing for a word or two, as much as the words for a whole question.
//
// What a hit shows and says why it matches is looked for in its text: the words asked for
// and the members of the synonyms that answer for them (query.Synonyms).
//
// Bleve's own scores are not used because they depend on how documents lie in
// segments; our searcher runs inside bleve's collector, over bleve's postings.
//
// # Facets, filters and orders
//
// A facet (facetFields) counts the answers by value. Filters of one facet are alternatives,
// those of different facets must all hold; a facet's counts leave out its own filters, so that
// they say what choosing another value would add. The 250 values that most incidents have are
// counted, and all can be filtered by. A filter does not change scores, and can be typed:
//
//	trigger, cause, factor, severity, by   cause:failed-failover
//	service, tech, org                     service:"payments api"
//	year                                   date:2024
//	lasted m15, h1, h4, d1, more           duration:<15m; duration:>=15m duration:<1h;
//	                                       duration:>=1h duration:<4h;
//	                                       duration:>=4h duration:<1d; duration:>=1d
//	several values of one                  (cause:a OR cause:b)
//
// A name that is typed finds longer names with all of its words too. As with ranges, an
// incident has the year or the band in which all lies that its date or duration may be. By
// counts an incident once for everyone who stands behind one of its terms.
//
// Hits of the same key, and all where there are no words, are in order of date, the newest
// first; type Sort has the other orders.
//
// # The store
//
// A store is trusted only if its files are as they were when it was closed (a seal
// says how) and its format, which includes a sample of the analysis, is today's. Else
// it is made anew. While it is open a lock keeps other processes out, which do with
// memory, as does one that has no room on the disk.
package index

import (
	"cmp"
	"errors"
	"slices"
	"sync"

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
	scale    scale
	columns  []column        // of columnFields
	facets   []func() *facet // of facetFields
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
	if err := x.use(openStore(dir)); err != nil {
		return nil, err
	}
	err := x.fill(names)
	if k, ok := x.store.(*kept); ok && err != nil { // the disk may be full
		if err := x.use(inMemory(dir, errors.Join(err, k.discard()))); err != nil {
			return nil, err
		}
		err = x.fill(names)
	}
	if err != nil {
		return nil, errors.Join(err, x.store.Close())
	}
	return x, nil
}

// use takes a store, and notes what is to be said of it.
func (x *Index) use(store bleve.Index, note string, err error) error {
	if x.notes = nil; note != "" {
		x.notes = []string{note}
	}
	x.store = store
	return err
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
	x.scale = newScale(lib.Config.Severities, x.sources)
	for _, f := range columnFields {
		x.columns = append(x.columns, newColumn(f, x.sources, x.scale))
	}
	for _, f := range facetFields {
		x.facets = append(x.facets, sync.OnceValue(func() *facet { return newFacet(f, x, lib.Vocabulary) }))
	}
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

// facet returns the facet at a place of facetFields, which is made when it is first asked
// for.
func (x *Index) facet(at int) *facet { return x.facets[at]() }

// Notes says, for people, what Open had to do beyond bringing the store up to date.
func (x *Index) Notes() []string { return x.notes }

// Close releases the index and its store.
func (x *Index) Close() error {
	return errors.Join(x.postings.reader.Close(), x.store.Close())
}
