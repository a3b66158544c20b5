package index

import (
	"slices"
	"strings"

	segments "github.com/blevesearch/bleve_index_api"
)

// allText names the text fields as bleve does.
var allText = func() []string {
	var names []string
	for _, f := range textFields {
		names = append(names, f.name)
	}
	return names
}()

// candidate is a term that may stand for a word, so many edits away from it, that
// count documents have (0 = not counted yet) in some of its fields.
type candidate struct {
	term         string
	fields       []string
	edits, count int
}

// startingWith returns the terms of bleve's fields that begin so, in order.
func (p *postings) startingWith(fields []string, beginning string) ([]candidate, error) {
	var found []candidate
	for i, field := range fields {
		terms, err := p.reader.FieldDictPrefix(field, []byte(beginning))
		if err != nil {
			return nil, err
		}
		for entry, err := terms.Next(); entry != nil || err != nil; entry, err = terms.Next() {
			if err != nil {
				return nil, err
			}
			if !isCompound(field, entry.Term) {
				found = append(found, candidate{term: entry.Term, fields: fields[i : i+1]})
			}
		}
		if err := terms.Close(); err != nil {
			return nil, err
		}
	}
	return merged(found), nil
}

// isCompound reports whether a term of one of bleve's fields is no word.
func isCompound(field, term string) bool { return field == "akin" && strings.Contains(term, " ") }

// merged puts candidates of the same term together, in order.
func merged(found []candidate) []candidate {
	slices.SortStableFunc(found, func(a, b candidate) int { return strings.Compare(a.term, b.term) })
	list := found[:0]
	for _, c := range found {
		if last := len(list) - 1; last >= 0 && list[last].term == c.term {
			list[last].fields = slices.Concat(list[last].fields, c.fields)
			continue
		}
		list = append(list, c)
	}
	return list
}

// counted counts the documents of the candidates and leaves out those that deleted
// documents alone had.
func (p *postings) counted(found []candidate, room *frequencies) ([]candidate, error) {
	list := found[:0]
	for _, c := range found {
		var err error
		if c.count, err = p.count(c.fields, c.term, room); err != nil {
			return nil, err
		}
		if c.count > 0 {
			list = append(list, c)
		}
	}
	return list, nil
}

// near returns the terms that begin with the same letters and are so many edits away
// from a term at most, in order.
func (p *postings) near(fields []string, term string, edits int) ([]candidate, error) {
	letters := []rune(term)
	found, err := p.startingWith(fields, string(letters[:min(rightLetters, len(letters))]))
	near := found[:0]
	for _, c := range found {
		if c.edits = distance(letters, []rune(c.term)); c.edits <= edits {
			near = append(near, c)
		}
	}
	return near, err
}

// count returns how many documents have the term in one of bleve's fields.
func (p *postings) count(fields []string, term string, room *frequencies) (int, error) {
	room.reset()
	for _, field := range fields {
		err := p.each(field, term, false, func(doc int, _ *segments.TermFieldDoc) { room.add(doc, 1) })
		if err != nil {
			return 0, err
		}
	}
	return len(room.docs), nil
}
