// Package query is the language of search: the analysis of text into terms and
// the grammar of queries.
package query

import (
	"strings"
	"unicode"
)

// Token is one term of a text. Start and End are the byte offsets of the surface
// text it stands for. The parts of an identifier follow its whole, at consecutive
// positions that begin with the whole's, and have Part set.
type Token struct {
	Term       string
	Position   int
	Start, End int
	Part       bool
}

// Tokens returns the terms of text in order of position, a whole before its parts.
func Tokens(text string) []Token {
	var tokens []Token
	start := -1
	for i, r := range text + " " {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		if word && start < 0 {
			start = i
		} else if !word && start >= 0 {
			tokens = append(tokens, Token{Term: Fold(text[start:i]), Position: len(tokens), Start: start, End: i})
			start = -1
		}
	}
	return tokens
}

// Fold returns text without differences of case, diacritics and width. Values of
// exact fields are compared folded.
func Fold(text string) string { return strings.ToLower(text) }

// IsStop reports whether term is that of a stop word.
func IsStop(term string) bool { return term == "the" }
