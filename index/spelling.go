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
	tooFar       = 3
)

// isSpelled reports whether the clause is one word that may be misspelled: plain, long
// enough, without digits and parts.
func isSpelled(c query.Clause) bool {
	if c.Kind != query.Plain || c.Occur != query.Should || c.Field != "" {
		return false
	}
	w := c.Words[0]
	return len(w.Parts) == 0 && len(w.Divisions) == 0 && allowedEdits(typed(c)) > 0 && !strings.ContainsAny(w.Whole, "0123456789")
}

// typed returns the word of the clause as it was typed, folded: its term may be without an
// ending that was taken for one ("ingres").
func typed(c query.Clause) string {
	t := query.Tokens(c.Text)[0]
	return query.Fold(c.Text[t.Start:t.End])
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

// nearest returns the term that a misspelled word stands for, "" for none: one that the
// word or its term is near to, or of which a near word is a form.
func (p *postings) nearest(word, term string, room *frequencies) (string, error) {
	letters := []rune(term)
	all, err := p.startingWith(allText, string(letters[:min(rightLetters, len(letters))]))
	found := all[:0]
	for _, c := range all {
		if c.edits = misspelled(word, term, c.term); c.edits < tooFar {
			found = append(found, c)
		}
	}
	if err == nil {
		found, err = p.counted(found, room)
	}
	if err != nil || len(found) == 0 {
		return "", err
	}
	return slices.MinFunc(found, foremost).term, nil
}

// misspelled counts the edits between a word, or its term, and a term or a form of it, of
// a long word alone; tooFar where they are more than allowed.
func misspelled(word, term, meant string) int {
	edits := min(allowed(word, meant), allowed(term, meant))
	if utf8.RuneCountInString(word) >= longWord && strings.HasPrefix(word, meant[:max(0, len(meant)-1)]) {
		for _, form := range query.Forms(meant) {
			edits = min(edits, allowed(word, form))
		}
	}
	return edits
}

// allowed is the distance between a word and another, tooFar where it is more than
// allowed.
func allowed(word, other string) int {
	if edits := distance([]rune(word), []rune(other)); edits <= allowedEdits(word) {
		return edits
	}
	return tooFar
}

// distance counts the edits between two words, or is tooFar where their lengths differ by
// more than 2.
func distance(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return tooFar
	}
	return editsBetween(a, b)
}

// editsBetween counts the insertions, deletions, substitutions and swaps of neighbors
// between two words.
func editsBetween(a, b []rune) int {
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
