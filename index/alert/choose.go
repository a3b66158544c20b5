package alert

import (
	"strconv"
	"strings"
)

// How much a query has.
const (
	mostWords   = 24
	mostOfLine  = 16 // words of one statement
	mostPhrases = 8
	phraseWords = 4 // that are not small
	leastParts  = 2 // parts of names, of which there are more where there is room
	enough      = 8 // words, from which on what says no fault is left out
)

// chooser gathers what a query consists of.
type chooser struct {
	*words
	phrases, terms, parts []Sought
	taken                 map[string]bool // in lower case, phrases in quotes
	over                  []string        // words for which there was no room
	codes                 []string        // that have a meaning
}

// statement chooses from the words of a statement.
func (c *chooser) statement(tokens []token, rank rank) {
	room := min(mostOfLine, mostWords-len(c.terms))
	for _, t := range tokens {
		switch {
		case t.small || c.taken[lower(t.text)]:
		case t.part:
			c.take(&c.parts, t.text, whys[rank])
		case room == 0 || len(c.terms) >= mostWords:
			c.over = append(c.over, t.text)
		default:
			c.take(&c.terms, t.text, whys[rank])
			c.meant(t.text)
			room--
		}
	}
	if rank <= ofText {
		c.cut(tokens, rank)
	}
}

// take adds a word that is not there yet.
func (c *chooser) take(list *[]Sought, text, why string) {
	if !c.taken[lower(text)] {
		c.taken[lower(text)] = true
		*list = append(*list, Sought{Text: text, Why: why})
	}
}

// meant adds what people say for a word: the meaning of a code, the words of a name.
func (c *chooser) meant(word string) {
	why := "what “" + word + "” says"
	if meaning := c.means[lower(word)]; meaning != "" {
		c.codes = append(c.codes, word)
		c.add(meaning, why)
	}
	for _, part := range division(word) {
		if !c.has("common", part) && !c.has("small", part) && len(c.terms) < mostWords {
			c.take(&c.terms, part, why)
		}
	}
}

// cut makes phrases of words that follow each other directly.
func (c *chooser) cut(tokens []token, rank rank) {
	for start := 0; start < len(tokens); {
		end, size := start+1, 1
		for end < len(tokens) && tokens[end].joined && size < phraseWords {
			if !tokens[end].stop {
				size++
			}
			end++
		}
		c.phrase(tokens[start:end], rank)
		start = end
	}
}

// phrase adds the phrase of some words, if it has two and one of them tells.
func (c *chooser) phrase(run []token, rank rank) {
	for len(run) > 0 && run[0].stop {
		run = run[1:]
	}
	for len(run) > 0 && run[len(run)-1].stop {
		run = run[:len(run)-1]
	}
	var texts []string
	tells := false
	for _, t := range run {
		texts = append(texts, t.text)
		tells = tells || !t.small
	}
	if tells && len(run) > 1 {
		c.add(strings.Join(texts, " "), whys[rank])
	}
}

// add adds a phrase that is not there yet.
func (c *chooser) add(text, why string) {
	key := "\"" + lower(text)
	if len(c.phrases) < mostPhrases && !c.taken[key] {
		c.taken[key] = true
		c.phrases = append(c.phrases, Sought{text, true, why})
	}
}

// division returns the words of a name in capitals, in lower case: SocketTimeout is
// socket, timeout; nil for other words.
func division(word string) []string {
	var parts []string
	start := 0
	for i := 1; i <= len(word); i++ {
		if i == len(word) || isUpper(word[i]) && !isUpper(word[i-1]) {
			parts = append(parts, word[start:i])
			start = i
		}
	}
	if len(parts) < 2 || !only(word, isLetter) {
		return nil
	}
	var list []string
	for _, part := range parts {
		if len(part) > 2 {
			list = append(list, lower(part))
		}
	}
	return list
}

// sought returns what the query consists of: phrases, words, then parts of names.
func (c *chooser) sought() []Sought {
	list := append([]Sought{}, c.phrases...)
	list = append(list, c.terms...)
	return append(list, first(c.parts, max(leastParts, mostWords-len(c.terms)))...)
}

// overflow is how many of the words for which there was no room are named.
const overflow = 12

// leftOver says what there was no room for.
func (c *chooser) leftOver() []Omission {
	var rest []string
	for _, word := range c.over {
		if !c.taken[lower(word)] {
			c.taken[lower(word)] = true
			rest = append(rest, word)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return []Omission{{"words beyond the first " + strconv.Itoa(mostWords), len(rest), first(rest, overflow)}}
}

// written returns the query in the grammar of package query.
func written(list []Sought) string {
	var parts []string
	for _, s := range list {
		if s.Phrase || !isBare(s.Text) {
			s.Text = "\"" + s.Text + "\""
		}
		parts = append(parts, s.Text)
	}
	return strings.Join(parts, " ")
}

// isBare reports whether the grammar reads a word as a word without quotes.
func isBare(word string) bool {
	return word != "OR" && !strings.Contains(word, "..") && only(word, func(c byte) bool {
		return isLetter(c) || isDigit(c) || strings.IndexByte("_.-'", c) >= 0 || c >= 0x80
	})
}
