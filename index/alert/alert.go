// Package alert turns what somebody pastes at night (an alert, a log line, a stack
// trace, what kubectl describes) into a query of package query: phrases and words that
// need not be there, so that one engine, its scores and its passages serve both. Its
// TypeScript mirror (alert.ts and its neighbors in index/web/client) reads every text
// alike. Nothing of the text leaves the machine but the query.
//
// # How a text is read
//
// Of a text of more than 65,536 characters the first and the last 32,768 count. Colors of terminals, quoting, bullets and kinds of
// spaces are left out. Lines are then taken apart: the values of JSON objects, wherever
// in the text, of name=value and of "Name: value" are lines of their own, and so are the
// lines in a value. Keys say what a value is: the alert's name, a message, a cause, a
// level, or where and when, which is left out. The frames of stack traces and the lines
// that every report of a kind has are left out.
//
// What is left is ranked: what is behind "Caused by", the error, messages, the alert's
// name, lines with a level of error or with a word that says that something is wrong,
// warnings, other text, other labels. What says no fault counts where little else is
// there, lines of level info and below where nothing else is.
//
// What stands behind the name of a secret (a password, a token) is left out unseen, as a
// query may become part of an address.
//
// Words are then told by their form. Times, numbers, addresses, hosts, ids, paths and
// places in code are left out, and of names that a platform has made (a pod, a host) the
// parts that a person has chosen are kept as the least telling words. Codes stay: the
// status of an answer, the number behind "exit code", ORA-00942, x509. Names in capitals
// and codes are also searched for as what they say: SocketTimeout as socket and timeout,
// 503 as "service unavailable".
//
// The query has at most 8 phrases of words that follow each other directly, then about 24
// words, the most telling first, then parts of names. A reading says what all of it is,
// where it stood, and what was left out.
//
// The words by which all this is decided are data: words.txt.
package alert

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Reading is a pasted text as it was understood. It is the same for the same text.
type Reading struct {
	Kinds  []string   `json:"kinds"`  // what was recognized, for people: "Go panic", "HTTP status 503"; may be empty
	Query  string     `json:"query"`  // in the grammar of package query, "" where nothing is left to search for
	Sought []Sought   `json:"sought"` // what the query consists of, in its order
	Left   []Omission `json:"left"`   // what the query is without
	Notes  []string   `json:"notes"`  // what else there is to say, for people
}

// Sought is a word or phrase of the query. Why says, for people, where it stood.
type Sought struct {
	Text   string `json:"text"`
	Phrase bool   `json:"phrase"`
	Why    string `json:"why"`
}

// Omission is a kind of text that was left out ("times", "addresses"), how many there
// were and the first of them.
type Omission struct {
	What     string   `json:"what"`
	Count    int      `json:"count"`
	Examples []string `json:"examples"` // the first, at most three
}

// mostExamples is how many examples of an omission are kept, longestExample how many
// characters of each.
const (
	mostExamples   = 3
	longestExample = 60
)

type omissions struct{ list []Omission }

// add counts something that is left out.
func (o *omissions) add(what, example string) {
	at := slices.IndexFunc(o.list, func(l Omission) bool { return l.What == what })
	if at < 0 {
		at = len(o.list)
		o.list = append(o.list, Omission{What: what, Examples: []string{}})
	}
	l := &o.list[at]
	if l.Count++; l.Count <= mostExamples {
		l.Examples = append(l.Examples, clip(example, longestExample, "…"))
	}
}

// clip returns the first n characters of a text, with more behind them where it has more.
func clip(text string, n int, more string) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i] + more
		}
	}
	return text
}

// mostRead is how many characters of a text are read.
const mostRead = 1 << 16

// ends returns what is read of a text: all, or the beginning and, from the start of a line
// on, the end of a long one, as a log is worst where it stops.
func ends(text string) string {
	if len(clip(text, mostRead, "")) == len(text) {
		return text
	}
	start := len(text)
	for range mostRead / 2 {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	tail := text[start:]
	if _, lines, _ := strings.Cut(tail, "\n"); lines != "" {
		tail = lines
	}
	return clip(text, mostRead/2, "") + "\n" + tail
}

// Read reads a pasted text. Every text is read; one with nothing to search for has no
// query.
func Read(text string) Reading {
	text = strings.ToValidUTF8(text, "\ufffd")
	pasted := ends(text)
	left := &omissions{list: []Omission{}}
	d := &divider{words: builtIn(), left: left, levels: []level{unstated}}
	d.divide(clean(pasted), "", 0, 0)
	c := &chooser{words: d.words, taken: map[string]bool{}}
	for _, s := range d.judge() {
		switch {
		case s.rank >= ofText && len(c.terms) >= enough || s.rank == ofQuiet && len(c.terms) > 0:
			left.add(skipped[s.rank], s.text)
		case len(c.terms) >= mostWords:
			left.add("further lines", s.text)
		default:
			c.statement(d.tokens(s.text), s.rank)
		}
	}
	r := Reading{Kinds: d.recognized(pasted, c.codes), Sought: c.sought(), Left: append(left.list, c.leftOver()...), Notes: []string{}}
	r.Query = written(r.Sought)
	if pasted != text {
		r.Notes = append(r.Notes, "the text is long; its first and last 32,768 characters are read")
	}
	if r.Query == "" {
		r.Notes = append(r.Notes, "there is no word in it to search for")
	}
	return r
}
