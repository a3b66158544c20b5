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

// nearest returns the term that a misspelled one stands for, "" for none.
func (p *postings) nearest(term string, room *frequencies) (string, error) {
	found, err := p.near(allText, term, allowedEdits(term))
	if err == nil {
		found, err = p.counted(found, room)
	}
	if err != nil || len(found) == 0 {
		return "", err
	}
	return slices.MinFunc(found, foremost).term, nil
}

// distance counts the edits between two words, or is 3 where their lengths differ by
// more than 2.
func distance(a, b []rune) int {
	if len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 3
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
