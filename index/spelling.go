package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"faultline/index/query"
)

// How far a word may be from the one that was meant: one edit from shortWord on, two
// from longWord on, in code points; the first two are taken to be right.
const (
	shortWord    = 5
	longWord     = 8
	rightLetters = 2
)

// spell replaces words that no incident has by the term that was most likely meant:
// of those with the fewest edits the one that most incidents have. Notes say so.
func (p *postings) spell(clauses []query.Clause, room *frequencies) ([]query.Clause, []string, error) {
	clauses = slices.Clone(clauses)
	var notes []string
	for i, c := range clauses {
		if !isSpelled(c) {
			continue
		}
		count, err := p.count(c.Words[0].Whole, room)
		meant := ""
		if err == nil && count == 0 {
			meant, err = p.nearest(c.Words[0].Whole, room)
		}
		if err != nil {
			return nil, nil, err
		}
		if meant != "" {
			clauses[i].Words = []query.Word{{Whole: meant}}
			notes = append(notes, "no incident has “"+c.Text+"”; a word like it is searched for instead")
		}
	}
	return clauses, notes, nil
}

// isSpelled reports whether the clause is one word that may be misspelled: plain, long
// enough, without digits and parts.
func isSpelled(c query.Clause) bool {
	if c.Kind != query.Plain || c.Occur != query.Should || c.Field != "" {
		return false
	}
	w := c.Words[0]
	return len(w.Parts) == 0 && len(w.Divisions) == 0 && allowedEdits(w.Whole) > 0 && !strings.ContainsAny(w.Whole, "0123456789")
}

func allowedEdits(term string) int {
	switch n := utf8.RuneCountInString(term); {
	case n >= longWord:
		return 2
	case n >= shortWord:
		return 1
	}
	return 0
}

// count returns how many documents have the term.
func (p *postings) count(term string, room *frequencies) (int, error) {
	room.reset()
	err := p.frequencies(term, everyField, room)
	return len(room.docs), err
}

// nearest returns the term that a misspelled one stands for, "" for none.
func (p *postings) nearest(term string, room *frequencies) (string, error) {
	candidates, err := p.candidates(term)
	if err != nil {
		return "", err
	}
	best, least, most := "", allowedEdits(term)+1, 0
	for _, c := range candidates {
		count, err := p.count(c, room)
		if err != nil {
			return "", err
		}
		edits := distance([]rune(term), []rune(c))
		if count > 0 && (edits < least || edits == least && count > most) {
			best, least, most = c, edits, count
		}
	}
	return best, nil
}

// candidates returns the terms near enough, in order.
func (p *postings) candidates(term string) ([]string, error) {
	letters := []rune(term)
	var near []string
	for _, f := range textFields {
		terms, err := p.reader.FieldDictPrefix(f.name, []byte(string(letters[:rightLetters])))
		if err != nil {
			return nil, err
		}
		for entry, err := terms.Next(); entry != nil || err != nil; entry, err = terms.Next() {
			if err != nil {
				return nil, err
			}
			if distance(letters, []rune(entry.Term)) <= allowedEdits(term) {
				near = append(near, entry.Term)
			}
		}
		if err := terms.Close(); err != nil {
			return nil, err
		}
	}
	slices.Sort(near)
	return slices.Compact(near), nil
}

// distance counts the insertions, deletions, substitutions and swaps of neighbors
// between two words, or is 3 where their lengths differ by more than 2.
func distance(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
	}
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			replaced := last[j-1]
			if a[i-1] != b[j-1] {
				replaced++
			}
			row[j] = min(last[j]+1, row[j-1]+1, replaced)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
