// Package alert turns what somebody pastes at night (an alert, a log line, a stack
// trace) into a query of package query, so that one engine answers both.
package alert

import (
	"slices"
	"strings"
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

// Read reads a pasted text. Every text is read; one with nothing to search for has no
// query.
func Read(text string) Reading {
	pasted := clip(strings.ToValidUTF8(text, "\ufffd"), mostRead, "")
	left := &omissions{list: []Omission{}}
	d := &divider{words: builtIn(), left: left, levels: []level{unstated}}
	d.divide(clean(pasted), "", 0, 0)
	c := &chooser{words: d.words, taken: map[string]bool{}}
	for _, s := range d.judge() {
		if s.rank >= ofText && len(c.terms) >= enough {
			left.add(skipped[s.rank], s.text)
		} else {
			c.statement(d.tokens(s.text), s.rank)
		}
	}
	r := Reading{Kinds: d.recognized(pasted, c.codes), Sought: c.sought(), Left: append(left.list, c.leftOver()...), Notes: []string{}}
	r.Query = written(r.Sought)
	if len(pasted) < len(text) {
		r.Notes = append(r.Notes, "the text is long; its first 65,536 characters are read")
	}
	if r.Query == "" {
		r.Notes = append(r.Notes, "there is no word in it to search for")
	}
	return r
}
