// Package problem holds what is wrong with an author's library: collected,
// sorted and shown all at once, each with its place and what to do about it.
//
// A problem is the author's to mend. A fault of the machine (a disk that is
// full, a port that is taken) is an error instead and stops the run.
package problem

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode"
)

// Level says what a problem does to the exit code: errors fail check,
// warnings fail it with --strict, notes never do.
type Level uint8

// Levels, most serious first, so that sorting ascends from the worst.
const (
	Error Level = iota
	Warning
	Note
)

var levels = [...]string{"error", "warning", "note"}

func (l Level) String() string { return levels[l] }

// MarshalText writes the level as its word.
func (l Level) MarshalText() ([]byte, error) { return []byte(levels[l]), nil }

// Problem is one fault of content. Path is relative to the library's root, with
// slashes. Line and Column are 1-based; 0 means that the fault has no such place.
// Rule is a stable kebab-case name. Text is lower case, quotes the author's word
// and ends without a full stop; Hint says what to do.
type Problem struct {
	Rule    string `json:"rule"`
	Level   Level  `json:"level"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Text    string `json:"text"`
	Hint    string `json:"hint"`
	Excerpt string `json:"excerpt,omitempty"` // the source lines around the fault
}

// String formats the problem as path:line:col: text on one line of a terminal,
// without its hint. A place that is not known is left out, and a very long text is
// cut.
func (p Problem) String() string {
	place := strings.ToValidUTF8(p.Path, "\ufffd")
	if p.Line > 0 {
		place = fmt.Sprintf("%s:%d", place, p.Line)
		if p.Column > 0 {
			place = fmt.Sprintf("%s:%d", place, p.Column)
		}
	}
	if place != "" {
		place += ": "
	}
	return strings.Map(onOneLine, place+shorten(p.Text))
}

// onOneLine replaces what would move the cursor of a terminal.
func onOneLine(r rune) rune {
	if unicode.IsControl(r) {
		return '\ufffd'
	}
	return r
}

// inExcerpt does so but for the ends and the indentation of lines.
func inExcerpt(r rune) rune {
	if r == '\n' || r == '\t' {
		return r
	}
	return onOneLine(r)
}

// shorten cuts a text in its middle: the author's word is quoted whole, however long
// it is, and what is said of it may stand behind.
func shorten(text string) string {
	const longest, end = 300, 60
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	return string(runes[:longest-end]) + "…" + string(runes[len(runes)-end:])
}

// Reason is the cause of a file error without the path, which whoever reports it
// gives already and which may be absolute.
func Reason(err error) string {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err.Error()
	}
	return err.Error()
}

// List is a set of problems.
type List []Problem

// Sort orders the list by path, place, level and text, so that the same library
// always gives the same report.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Problem) int {
		return cmp.Or(
			cmp.Compare(a.Path, b.Path),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Level, b.Level),
			cmp.Compare(a.Rule, b.Rule),
			cmp.Compare(a.Text, b.Text),
		)
	})
}

// Count returns how many problems of the level the list holds.
func (l List) Count(level Level) int {
	n := 0
	for _, p := range l {
		if p.Level == level {
			n++
		}
	}
	return n
}

// Brief returns the first problems of each rule, at most most of one, and how many
// it leaves out.
func (l List) Brief(most int) (brief List, rest int) {
	seen := map[string]int{}
	for _, p := range l {
		if seen[p.Rule]++; seen[p.Rule] <= most {
			brief = append(brief, p)
		}
	}
	return brief, len(l) - len(brief)
}

// Write prints every problem with its level, excerpt and hint.
func (l List) Write(w io.Writer) error {
	for _, p := range l {
		if _, err := fmt.Fprintf(w, "%s (%s, %s)\n", p, p.Level, p.Rule); err != nil {
			return err
		}
		if p.Excerpt != "" {
			if _, err := fmt.Fprintln(w, strings.Map(inExcerpt, p.Excerpt)); err != nil {
				return err
			}
		}
		if p.Hint != "" {
			if _, err := fmt.Fprintf(w, "  hint: %s\n", p.Hint); err != nil {
				return err
			}
		}
	}
	return nil
}
