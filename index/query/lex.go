package query

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxNesting is how deep groups nest.
const maxNesting = 16

// lexemeKind says what a lexeme is.
type lexemeKind uint8

const (
	textLexeme lexemeKind = iota
	quotedLexeme
	openLexeme
	closeLexeme
	orLexeme
)

// lexeme is what stands up to the next space outside quotes, or less of it. Text is
// without sign, field and quotes; written is as it stands.
type lexeme struct {
	kind    lexemeKind
	occur   Occur
	field   string
	text    string
	written string
}

// lexer divides a query into lexemes.
type lexer struct {
	text    string
	pos     int // offset of what is read next
	fields  Fields
	lexemes []lexeme
	opened  []int // the lexemes that opened the groups which are not closed yet
	names   int   // that were compared with those of fields
	notes   []string
}

// lex reads all lexemes. Parentheses that do not count, and an OR that does not
// stand between two clauses, are text.
func lex(text string, fields Fields) *lexer {
	l := &lexer{text: text, fields: fields, notes: []string{}}
	for l.skipSpace(); l.pos < len(text); l.skipSpace() {
		l.lexeme()
	}
	for _, at := range l.opened {
		l.void(at)
		l.note("a “(” is not closed; it is read as text")
	}
	l.settleOr()
	l.noteForeign()
	return l
}

// foreign are operators of other languages, and what this one has in their place.
var foreign = map[string]string{
	"AND": "“AND” is read as a word; what must be there has a plus sign: +word",
	"NOT": "“NOT” is read as a word; what must not be there has a minus sign: -word",
}

// noteForeign says so where an operator of another language is read as a word. In a text
// of capitals, as logs have, it is one.
func (l *lexer) noteForeign() {
	for i, x := range l.lexemes {
		if note := foreign[x.written]; note != "" && i+1 < len(l.lexemes) && strings.ContainsAny(l.text, lowerCase) {
			l.note(note)
		}
	}
}

// at returns the code point at an offset, a space where the text ends.
func (l *lexer) at(offset int) (rune, int) {
	if offset >= len(l.text) {
		return ' ', 0
	}
	return utf8.DecodeRuneInString(l.text[offset:])
}

func (l *lexer) skipSpace() {
	for l.pos < len(l.text) {
		c, size := l.at(l.pos)
		if !isSpace(c) {
			return
		}
		l.pos += size
	}
}

// isSpace reports whether a code point stands between clauses: white space and
// control characters.
func isSpace(c rune) bool {
	return c <= 0x20 || c >= 0x7f && c <= 0xa0 || c == 0x1680 || c >= 0x2000 && c <= 0x200b ||
		c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000 || c == 0xfeff
}

// lexeme reads one.
func (l *lexer) lexeme() {
	start := l.pos
	if l.closes() || l.or() {
		return
	}
	x := lexeme{occur: l.sign()}
	x.field = l.field()
	if c, _ := l.at(l.pos); c == '(' {
		l.pos++
		x.kind = openLexeme
		l.opened = append(l.opened, len(l.lexemes))
	} else if text, ok := l.quoted(); ok {
		x.kind, x.text = quotedLexeme, text
	} else {
		x.text = l.chunk()
	}
	x.written = l.text[start:l.pos]
	l.lexemes = append(l.lexemes, x)
}

// closes reads the parenthesis that closes a group.
func (l *lexer) closes() bool {
	n := len(l.opened)
	if c, _ := l.at(l.pos); c != ')' || n == 0 {
		return false
	}
	l.pos++
	l.lexemes = append(l.lexemes, lexeme{kind: closeLexeme})
	if n > maxNesting {
		l.void(l.opened[n-1])
		l.void(len(l.lexemes) - 1)
		l.note("groups nest sixteen deep; a “(” beyond is read as text")
	}
	l.opened = l.opened[:n-1]
	return true
}

// void makes text of a parenthesis.
func (l *lexer) void(at int) {
	l.lexemes[at] = lexeme{text: l.lexemes[at].written, written: l.lexemes[at].written}
}

// or reads "OR" on its own.
func (l *lexer) or() bool {
	if !strings.HasPrefix(l.text[l.pos:], "OR") {
		return false
	}
	if next, _ := l.at(l.pos + 2); !isSpace(next) && next != '(' && next != ')' {
		return false
	}
	l.pos += 2
	l.lexemes = append(l.lexemes, lexeme{kind: orLexeme, text: "OR", written: "OR"})
	return true
}

// settleOr makes text of every OR that does not stand between two clauses.
func (l *lexer) settleOr() {
	written := slices.Clone(l.lexemes)
	for i, x := range written {
		if x.kind != orLexeme {
			continue
		}
		if i == 0 || i+1 == len(written) || written[i-1].kind == openLexeme || written[i-1].kind == orLexeme ||
			written[i+1].kind == closeLexeme || written[i+1].kind == orLexeme {
			l.lexemes[i].kind = textLexeme
			l.note("“OR” stands between what it is to choose from; here it is read as a word")
		}
	}
}

// sign reads "+" or "-" where it counts.
func (l *lexer) sign() Occur {
	sign, _ := l.at(l.pos)
	if sign != '+' && sign != '-' {
		return Should
	}
	next, _ := l.at(l.pos + 1)
	switch class := classOf(next); {
	case class == digit:
		l.noteNumber(sign)
		return Should
	case class != letter && class != pair && next != '(' && l.closing(l.pos+1) < 0:
		return Should
	}
	l.pos++
	if sign == '+' {
		return Must
	}
	return MustNot
}

func (l *lexer) noteNumber(sign rune) {
	verb := "exclude"
	if sign == '+' {
		verb = "require"
	}
	text := Clip(l.text[l.pos+1 : l.chunkEnd()])
	l.note("“" + string(sign) + text + "” is read as a number; to " + verb + " it, quote it: " + string(sign) + "\"" + text + "\"")
}

// field reads the name of a known field and its colon where a value follows.
func (l *lexer) field() string {
	end := l.pos
	for end < len(l.text) && isName(l.text[end], end > l.pos) {
		end++
	}
	if end == l.pos || end == len(l.text) || l.text[end] != ':' {
		return ""
	}
	name := strings.ToLower(l.text[l.pos:end])
	if l.fields(name) == NoField {
		l.noteNear(name, end+1)
		return ""
	}
	if next, _ := l.at(end + 1); isSpace(next) || next == ')' {
		l.note("“" + name + ":” has no value directly behind it; it is searched as text")
		return ""
	}
	l.pos = end + 1
	return name
}

const lowerCase = "abcdefghijklmnopqrstuvwxyz"

// The lengths of names that may be a field's misspelled, how many letters of them are
// trusted, and how many names are compared.
const (
	leastNear = 4
	mostNear  = 16
	sureNear  = 2
	mostNames = 8
)

// noteNear says so where a name with a value behind it is almost that of a field.
func (l *lexer) noteNear(name string, value int) {
	next, _ := l.at(value)
	if class := classOf(next); len(name) > mostNear || class != letter && class != digit && class != pair && !isQuote(next) && next != '(' && next != '<' && next != '>' {
		return
	}
	if l.names++; l.names > mostNames {
		return
	}
	if near := l.nearField(name); near != "" {
		l.note("“" + name + ":” is no field and is searched as text; “" + near + ":” is one")
	}
}

// fieldNames are other names for fields, with the field's own.
var fieldNames = map[string]string{
	"sev": "severity", "svc": "service", "year": "date", "after": "date", "before": "date", "since": "date",
	"until": "date", "lasted": "duration", "dur": "duration", "company": "org", "vendor": "org",
}

// nearField returns the field that is meant by another name, one whose name the name begins
// with, as organization does with org, or one whose name is one edit away; "" where there is
// none.
func (l *lexer) nearField(name string) string {
	if field := fieldNames[name]; l.fields(field) != NoField {
		return field
	}
	if len(name) < leastNear {
		return ""
	}
	for end := len(name) - 1; end > sureNear; end-- {
		if l.fields(name[:end]) != NoField {
			return name[:end]
		}
	}
	for _, near := range edited(name) {
		if l.fields(near) != NoField {
			return near
		}
	}
	return ""
}

// edited returns what is one edit away from a name, its first letters aside: one letter
// more, another, one less, and two exchanged.
func edited(name string) []string {
	var list []string
	for i := sureNear; i <= len(name); i++ {
		head, tail := name[:i], name[i:]
		for _, c := range lowerCase {
			list = append(list, head+string(c)+tail)
			if tail != "" {
				list = append(list, head+string(c)+tail[1:])
			}
		}
		if tail != "" {
			list = append(list, head+tail[1:])
		}
		if len(tail) > 1 {
			list = append(list, head+tail[1:2]+tail[:1]+tail[2:])
		}
	}
	return list
}

// isName reports whether a character is part of a field's name, inner where it is
// not the first.
func isName(c byte, inner bool) bool {
	return asciiClass(rune(c)) == letter || inner && c == '_'
}

// quoted reads a phrase with its quotes.
func (l *lexer) quoted() (string, bool) {
	end := l.closing(l.pos)
	if end < 0 {
		l.noteUnclosed()
		return "", false
	}
	_, size := l.at(l.pos)
	text := l.text[l.pos+size : end]
	_, size = l.at(end)
	l.pos = end + size
	return text, true
}

// closing returns the offset of the quote that closes the one at start, -1 where
// either is missing.
func (l *lexer) closing(start int) int {
	open, size := l.at(start)
	if !isQuote(open) {
		return -1
	}
	for i := start + size; i < len(l.text); i += size {
		var c rune
		if c, size = l.at(i); isQuote(c) {
			return i
		}
	}
	return -1
}

func isQuote(c rune) bool {
	return c == '"' || c == '“' || c == '”' || c == '„' || c == '＂'
}

// noteUnclosed says so where a quote before a word is not closed.
func (l *lexer) noteUnclosed() {
	c, size := l.at(l.pos)
	next, _ := l.at(l.pos + size)
	if class := classOf(next); isQuote(c) && (class == letter || class == digit || class == pair) {
		l.note("the quote before “" + Clip(l.text[l.pos+size:l.chunkEnd()]) + "” is not closed; the words after it are searched one by one")
	}
}

// chunk reads up to the next space, or to the parenthesis that closes the group.
func (l *lexer) chunk() string {
	start := l.pos
	l.pos = l.chunkEnd()
	return l.text[start:l.pos]
}

func (l *lexer) chunkEnd() int {
	end, inner := l.pos, 0
	for c, size := l.at(end); !isSpace(c); c, size = l.at(end) {
		if c == '(' {
			inner++
		} else if c == ')' {
			inner--
		}
		if inner < 0 && len(l.opened) > 0 {
			return end
		}
		end += size
	}
	if inner < 0 {
		l.note("a “)” closes nothing; it is read as text")
	}
	return end
}

// note adds a note that is not there yet; a query has few.
func (l *lexer) note(text string) {
	if len(l.notes) < 4 && !slices.Contains(l.notes, text) {
		l.notes = append(l.notes, text)
	}
}

// Clip is what a note quotes of a text: 40 characters of it, without those that would
// move a cursor or turn the direction of the note.
func Clip(text string) string {
	var b strings.Builder
	n := 0
	for _, c := range text {
		if n++; n > 40 {
			return b.String() + "…"
		}
		if isUnseen(c) {
			c = utf8.RuneError
		}
		b.WriteRune(c)
	}
	return b.String()
}

// isUnseen reports whether a character controls how others are shown.
func isUnseen(c rune) bool {
	return c < 0x20 || c >= 0x7f && c < 0xa0 || c >= 0x200e && c <= 0x200f || c >= 0x2028 && c <= 0x202e || c >= 0x2066 && c <= 0x2069
}
