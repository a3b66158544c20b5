// Package web is search without a server: the static pieces of an index, and the
// client that reads them in a browser (client/client.ts). It knows what an index
// must be able to tell (Source), not how one is built.
//
// # Files
//
// All below search/; a host needs to serve plain files and nothing more.
//
//	client.js            the client, an ES module
//	alert.js             the reader of pasted alerts, an ES module
//	manifest.json        the only file that changes its content under its name
//	pieces/HASH.bin      everything else, named by its content, immutable
//
// The client and the manifest must not be served from a cache without asking, pieces
// may be kept forever. A client that misses a piece reads the manifest once more, as
// the site may have been replaced under it, and begins its query again. Where that does not
// help it does without the facets that it was to count, and says so; without any other piece
// there is no answer, as it could be wrong.
//
// # Manifest
//
// JSON, as in type manifest, and as its last member "sum" the Adler-32 of the bytes before
// the comma. A client refuses a version that it does not know. An incident is known by its number, its place in the index; of two equal hits the one
// with the higher number comes first.
//
// # Pieces
//
// A piece is four bytes "FLT" and the kind, and the payload, deflated (RFC 1951). Its
// name is ten characters of base32 in lower case (RFC 4648), the first 32 bits of which are
// the Adler-32 of the payload: a client refuses a piece that is damaged, and one that is
// another's. Integers are unsigned varints of seven bits a byte, least significant first.
//
//	kind L  lengths: one byte for each incident
//	kind C  cards: JSON, the cards of consecutive incidents (type card), each a list
//	kind S  sections: JSON, for each of some incidents a list of its facts (type Facts,
//	        whose words the sections repeat, so that they cost next to nothing) and its
//	        sections, each a list of heading, anchor and passages
//	kind K  keys of terms
//	kind T  the postings of some terms of one piece of kind K
//	kind P  the positions of the postings of one piece of kind T
//	kind D  the directory: JSON, as in type directory, of what few queries need
//	kind N  a field of numbers
//	kind V  values: JSON, what incidents have in an exact field, in folded order
//	kind W  words of the vocabulary: JSON, of every term that incidents are tagged with a
//	        list of field:id, label, definition, aliases and former ids, for what a
//	        query finds in the tags of a hit alone
//	kind Y  synonyms: JSON, a list for each key of some range (package query.Synonyms) that
//	        incidents answer for: the key and the members that do, to be found in hits
//	kind F  a facet
//	kind X  what sections have in common: in a library of 500 incidents or more the manifest
//	        names such a piece, and the payloads of kind S are deflated after its payload, as
//	        with a preset dictionary (RFC 1950)
//	kind U  the tables of characters (query.Tables), for text beyond Latin, Greek and
//	        Cyrillic letters, which the client itself knows
//
// A piece of kind N has the least of all numbers, then for each incident 0 where the
// number is unknown, else its least value, as the difference from the least of all, plus
// one, and how far above that it may be. Numbers are days from 1 January of the year 1,
// seconds, and the ranks of the directory's scale.
//
// A piece of kind F has the number of bytes of its head and the head, which is JSON, as in
// type facetHead; then for each incident 0 where it has none of the head's values, else for
// each that it has, in order, the value's place in the head doubled, plus one, plus one more
// where it is the last. A facet has at most 250 values (package index says which), so that
// the piece grows with the incidents alone; what else incidents have is in a piece of the same
// form that the head names, for filters that ask for it.
//
// Terms are cut into ranges of increasing keys, compared by code point; the manifest
// has of each range the shortest text that is not above its first key and above those
// before. The key of a term of text is the term; that of a value of an exact field is "="
// field ":" value. A piece of kind K holds the keys of a range, divided among pieces of
// kind T, for each of them
//
//	the number of bytes of its name, and the name
//	the number of its terms
//	for each: bytes of its key shared with the key before, bytes that follow, those
//	          bytes (UTF-8), number of documents, number of bytes of its postings
//
// so that a word that no incident has, a word's beginning and one that is spelled nearly so
// are looked up in keys alone. A beginning stands for 100 terms at most. A T has
//
//	the number of bytes of the name of its P, and the name
//	the postings of its terms
//
// and a P the number of bytes of each term's positions, then the positions of all.
//
// The postings of a value are the documents' numbers, each as the difference from the
// number before it (the first from -1) less one. Those of a term of text are for each
// document that number doubled, plus one where the term occurs once and in the first
// field; else the set of its fields, bit 0 for the first, and the frequency in each.
// Positions are for each document and each of its fields as many differences as the
// frequency says, the first of them from 0.
package web

import (
	"slices"
	"sync"

	"faultline/index/query"
)

// File is one file of the site. Path is relative to the site's root, with slashes.
type File struct {
	Path string
	Data []byte
}

// Source is an index to be exported. Its methods are called concurrently.
type Source interface {
	Formula() Formula
	Lengths() []byte                      // of the incidents, as the formula has them, in order of number
	Incident(number int) Incident         // to be shown
	Terms(yield func(t Term) error) error // every term, keys in order of code points; valid during the call
	Columns() []Column                    // in the order of the formula's Numbers
	Scale() map[string]int                // folded severities and their ranks
	Values() map[string][]string          // by the query name of an exact field
	Facets() []Facet                      // by which answers are counted
	Undated() int                         // incidents without a date, which have the first numbers
	Synonyms() ([][]string, error)        // of every key that incidents answer for the key and its members, by key in order of code points
	Vocabulary() [][]string               // of every tag in use field:id, then label, definition and aliases if known
}

// Column is what is known of a number of every incident: not below Low, not above
// High, neither negative; unknown where Low is above High.
type Column struct{ Low, High []int }

// Formula is what scores are computed from; package index explains it.
type Formula struct {
	Saturation float64      `json:"saturation"`
	Shortening float64      `json:"shortening"`
	Parts      float64      `json:"parts"`
	Coordinate float64      `json:"coordinate"`
	Fields     []TextField  `json:"fields"` // in the order of their bits in postings
	Exact      []ExactField `json:"exact"`
	Numbers    []string     `json:"numbers"` // fields that ranges can be of
}

// TextField is a field of analyzed text; Query is its name in queries, if any.
type TextField struct {
	Name   string  `json:"name"`
	Query  string  `json:"query"`
	Weight float64 `json:"weight"`
}

// ExactField is a field of exact values; Names says that words of a value match too.
type ExactField struct {
	Query string `json:"query"`
	Names bool   `json:"names"`
}

// Term is a key of the index with its postings, by document, then by field.
type Term struct {
	Key      string
	Exact    bool
	Postings []Posting
}

// Posting is a document's occurrences of a term in one field, positions ascending.
// Of an exact term only the document counts.
type Posting struct {
	Document  int
	Field     int
	Positions []uint32
}

// Incident is what a hit shows. Date is "" when unknown.
type Incident struct {
	ID, Path, URL, Title, Date string
	Facts                      Facts
	Sections                   []Section
}

// Facts are what a hit shows beside its passages, each one line; what is not known is
// "". Remedy is the label of the mitigation that worked, Source who says so; Restored and
// Wrong are in the report's words. Names are other names of its parts and people; Tags
// are field:id, with "~" in front where the text alone suggests them.
type Facts struct {
	Organization, Severity, Lasted string
	Remedy, Source, Restored       string
	Wrong, WrongAnchor             string
	Services, Names, Tags          []string
}

// Section is what passages are taken from: a heading with its anchor, "" where it
// has none, and the passages below it.
type Section struct {
	Heading  string
	Anchor   string
	Passages []Passage
}

// Passage is one paragraph, list entry, table row or code block: one line of valid
// UTF-8.
type Passage struct {
	Text string
	Code bool
}

// Export returns the files of the index, by path.
func Export(src Source) ([]File, error) {
	client, err := Client()
	if err != nil {
		return nil, err
	}
	alert, err := Alert()
	if err != nil {
		return nil, err
	}
	b := newBuilder(len(src.Lengths()))
	m := manifest{Version: version, Incidents: len(src.Lengths()), Formula: src.Formula()}
	m.Lengths = b.piece(kindLengths, src.Lengths())
	m.Tables = b.piece(kindTables, []byte(query.Tables()))
	words := b.addWords(src)
	var group sync.WaitGroup
	group.Go(func() { b.addTerms(src, &m) })
	group.Go(func() { m.Directory = b.addDirectory(src, words) })
	group.Go(func() { b.addIncidents(src, &m) })
	group.Wait()
	if b.err != nil {
		return nil, b.err
	}
	files := append(b.files(), File{"search/alert.js", alert}, File{"search/client.js", client}, File{"search/manifest.json", m.sealed()})
	slices.SortFunc(files, byPath)
	return files, nil
}
