package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clause is a sentence of a leaf with the phrases in it.
type clause struct {
	start, end int
	hits       []hit
	claims     claimSet
}

// clauses cuts the leaf's text behind the marks that end sentences.
func (l *leaf) clauses() []clause {
	var list []clause
	text, start := l.block.Text, 0
	for i := 0; i < len(text); i++ {
		if end := clauseEnd(text, start, i); end > 0 {
			list = l.appendClause(list, start, end)
			start, i = end, end-1
		}
	}
	return l.appendClause(list, start, len(text))
}

func (l *leaf) appendClause(list []clause, start, end int) []clause {
	text := l.block.Text[start:end]
	start += len(text) - len(strings.TrimLeft(text, " \n"))
	if end = start + len(strings.TrimSpace(text)); end <= start {
		return list
	}
	c := clause{start: start, end: end}
	for _, h := range l.hits {
		if h.start >= start && h.end <= end {
			c.hits = append(c.hits, h)
			c.claims |= h.claims
		}
	}
	return append(list, c)
}

// clauseEnd returns where the sentence that begins at start ends, when text[i] is a mark
// that ends it, with the brackets and quotation marks that close behind it; else 0.
// The next one begins with a capital, a figure or a mark that opens.
func clauseEnd(text string, start, i int) int {
	switch text[i] {
	case '.', '!', '?':
	default:
		return 0
	}
	end := i + 1
	for end < len(text) && strings.IndexByte(`.!?)"'*_]`, text[end]) >= 0 {
		end++
	}
	rest := strings.TrimLeft(text[end:], " \n")
	if len(rest) == len(text[end:]) && rest != "" || text[i] == '.' && abbreviated(text[start:i]) && rest != "" {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(rest); unicode.IsLower(r) {
		return 0
	}
	return end
}

// abbreviations end in a dot that ends no sentence.
var abbreviations = map[string]bool{"e.g": true, "i.e": true, "eg": true, "ie": true, "vs": true, "approx": true, "ca": true, "mr": true, "mrs": true, "ms": true, "dr": true, "st": true, "no": true, "fig": true, "inc": true, "ltd": true, "u.s": true, "kl": true, "bzw": true, "z.b": true}

// abbreviated reports whether a text ends in an abbreviation or an initial.
func abbreviated(text string) bool {
	word := text[strings.LastIndexAny(text, " \n(")+1:]
	return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' || abbreviations[strings.ToLower(word)]
}
