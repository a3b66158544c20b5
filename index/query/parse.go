package query

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxWords is the number of words of a query that count.
const maxWords = 128

// Parse reads a query. It never fails: what is not part of the language is text.
// Known says which names, in lower case, are fields.
func Parse(text string, known func(field string) bool) Query {
	p := parser{text: text, known: known, query: Query{Text: text, Clauses: []Clause{}, Notes: []string{}}}
	for p.skipSpace(); p.pos < len(text) && !p.full; p.skipSpace() {
		p.clause()
	}
	return p.finish()
}

// parser reads clauses one after the other.
type parser struct {
	text  string
	pos   int // offset of what is read next
	known func(field string) bool
	query Query
	words int  // of all clauses
	full  bool // no further word counts
}

// at returns the code point at an offset, a space where the text ends.
func (p *parser) at(offset int) (rune, int) {
	if offset >= len(p.text) {
		return ' ', 0
	}
	return utf8.DecodeRuneInString(p.text[offset:])
}

func (p *parser) skipSpace() {
	for p.pos < len(p.text) {
		c, size := p.at(p.pos)
		if !isSpace(c) {
			return
		}
		p.pos += size
	}
}

// isSpace reports whether a code point stands between clauses: white space and
// control characters.
func isSpace(c rune) bool {
	return c <= 0x20 || c >= 0x7f && c <= 0xa0 || c == 0x1680 || c >= 0x2000 && c <= 0x200b ||
		c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff
}

// clause reads what stands up to the next space outside quotes.
func (p *parser) clause() {
	c := Clause{Occur: p.sign()}
	c.Field = p.field()
	if text, ok := p.quoted(); ok {
		c.Kind, c.Text = Phrase, text
		p.addPhrase(c)
		return
	}
	text := p.chunk()
	if c.Field == "" && c.Occur == Should {
		p.addWords(text)
		return
	}
	c.Text = strings.Trim(text, "\",;")
	p.addPhrase(c)
}

// sign reads "+" or "-" where it counts.
func (p *parser) sign() Occur {
	sign, _ := p.at(p.pos)
	if sign != '+' && sign != '-' {
		return Should
	}
	next, _ := p.at(p.pos + 1)
	switch class := classOf(next); {
	case class == digit:
		p.noteNumber(sign)
		return Should
	case class != letter && class != pair && p.closing(p.pos+1) < 0:
		return Should
	}
	p.pos++
	if sign == '+' {
		return Must
	}
	return MustNot
}

func (p *parser) noteNumber(sign rune) {
	verb := "exclude"
	if sign == '+' {
		verb = "require"
	}
	text := clip(p.text[p.pos+1 : p.chunkEnd()])
	p.note("“" + string(sign) + text + "” is read as a number; to " + verb + " it, quote it: " + string(sign) + "\"" + text + "\"")
}

// field reads the name of a known field and its colon where a value follows.
func (p *parser) field() string {
	end := p.pos
	for end < len(p.text) && isName(p.text[end], end > p.pos) {
		end++
	}
	if end == p.pos || end == len(p.text) || p.text[end] != ':' {
		return ""
	}
	name := strings.ToLower(p.text[p.pos:end])
	if !p.known(name) {
		return ""
	}
	if next, _ := p.at(end + 1); isSpace(next) {
		p.note("“" + name + ":” has no value directly behind it; it is searched as text")
		return ""
	}
	if p.closing(end+1) < 0 && isRange(p.text[end+1:p.chunkEnd()]) {
		p.note("“" + clip(p.text[p.pos:p.chunkEnd()]) + "” is searched as text: a field has one value, and ranges are not part of the language")
		return ""
	}
	p.pos = end + 1
	return name
}

// isName reports whether a character is part of a field's name, inner where it is
// not the first.
func isName(c byte, inner bool) bool {
	return asciiClass(rune(c)) == letter || inner && c == '_'
}

// isRange reports whether a value is written like a range.
func isRange(value string) bool {
	return value[0] == '<' || value[0] == '>' || strings.Contains(value, "..")
}

// quoted reads a phrase with its quotes.
func (p *parser) quoted() (string, bool) {
	end := p.closing(p.pos)
	if end < 0 {
		p.noteUnclosed()
		return "", false
	}
	_, size := p.at(p.pos)
	text := p.text[p.pos+size : end]
	_, size = p.at(end)
	p.pos = end + size
	return text, true
}

// closing returns the offset of the quote that closes the one at start, -1 where
// either is missing.
func (p *parser) closing(start int) int {
	open, size := p.at(start)
	if !isQuote(open) {
		return -1
	}
	for i := start + size; i < len(p.text); i += size {
		var c rune
		if c, size = p.at(i); isQuote(c) {
			return i
		}
	}
	return -1
}

func isQuote(c rune) bool {
	return c == '"' || c == '“' || c == '”' || c == '„' || c == '＂'
}

// noteUnclosed says so where a quote before a word is not closed.
func (p *parser) noteUnclosed() {
	c, size := p.at(p.pos)
	next, _ := p.at(p.pos + size)
	if class := classOf(next); isQuote(c) && (class == letter || class == digit || class == pair) {
		p.note("the quote before “" + clip(p.text[p.pos+size:p.chunkEnd()]) + "” is not closed; the words after it are searched one by one")
	}
}

// chunk reads up to the next space.
func (p *parser) chunk() string {
	start := p.pos
	p.pos = p.chunkEnd()
	return p.text[start:p.pos]
}

func (p *parser) chunkEnd() int {
	end := p.pos
	for c, size := p.at(end); !isSpace(c); c, size = p.at(end) {
		end += size
	}
	return end
}

// addWords adds a clause for each word of a text.
func (p *parser) addWords(text string) {
	for _, s := range surfaces(text) {
		p.add(Clause{Words: []Word{s.word}, Text: text[s.start:s.end]})
	}
}

// addPhrase adds a clause of all words of its text. Without quotes, one word is a
// plain clause.
func (p *parser) addPhrase(c Clause) {
	c.Words = []Word{}
	for _, s := range surfaces(c.Text) {
		c.Words = append(c.Words, s.word)
	}
	if len(c.Words) == 0 && c.Field == "" {
		return
	}
	if len(c.Words) > 1 {
		c.Kind = Phrase
	}
	p.add(c)
}

// add adds a clause that is not there yet, as far as its words count.
func (p *parser) add(c Clause) {
	if p.full || slices.ContainsFunc(p.query.Clauses, func(other Clause) bool { return same(other, c) }) {
		return
	}
	if room := maxWords - p.words; len(c.Words) > room || room == 0 {
		p.full = true
		p.note("the query is long; its first 128 different words are searched")
		if c.Words = c.Words[:room]; room == 0 {
			return
		}
	}
	p.words += len(c.Words)
	p.query.Clauses = append(p.query.Clauses, c)
}

// same reports whether two clauses ask for the same.
func same(a, b Clause) bool {
	if a.Kind != b.Kind || a.Occur != b.Occur || a.Field != b.Field || len(a.Words) != len(b.Words) {
		return false
	}
	if a.Field != "" && a.Text != b.Text {
		return false
	}
	for i := range a.Words {
		if a.Words[i].Whole != b.Words[i].Whole {
			return false
		}
	}
	return true
}

// finish settles what depends on the whole query.
func (p *parser) finish() Query {
	clauses := p.query.Clauses
	switch {
	case len(clauses) == 0 && strings.IndexFunc(p.text, func(c rune) bool { return !isSpace(c) }) >= 0:
		p.note("“" + clip(p.text) + "” has no word to search for")
	case len(clauses) > 0 && !slices.ContainsFunc(clauses, func(c Clause) bool { return c.Occur != MustNot }):
		p.note("a query needs something to search for; “-” is ignored, as it only excludes")
		for i := range clauses {
			clauses[i].Occur = Should
		}
	}
	return p.query
}

// note adds a note that is not there yet; a query has few.
func (p *parser) note(text string) {
	if len(p.query.Notes) < 4 && !slices.Contains(p.query.Notes, text) {
		p.query.Notes = append(p.query.Notes, text)
	}
}

// clip shortens what a note quotes to 40 characters.
func clip(text string) string {
	n := 0
	for i := range text {
		if n++; n > 40 {
			return text[:i] + "…"
		}
	}
	return text
}
