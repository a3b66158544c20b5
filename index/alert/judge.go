package alert

import (
	"slices"
	"strings"
)

// rank says how telling a line is, the most telling first.
type rank int

const (
	ofRoot rank = iota
	ofCause
	ofMessage
	ofName
	ofError
	ofWarning
	ofText
	ofLabel
	ofQuiet
	ranks
)

// whys say, for people, where the words of a rank stood.
var whys = [ranks]string{"the cause behind it", "the error", "the message", "the alert's name", "a line that says an error", "a warning", "the text", "a label", "a line without a fault"}

// skipped says, for people, what lines of a rank are that were not needed.
var skipped = map[rank]string{ofText: "lines that say no fault", ofLabel: "other labels", ofQuiet: "lines without a fault"}

// statement is what a line says.
type statement struct {
	rank rank
	text string
}

// judge ranks the lines, the most telling first, else in their order.
func (d *divider) judge() []statement {
	var list []statement
	for _, l := range d.lines {
		list = append(list, statement{d.rank(l), l.text})
	}
	slices.SortStableFunc(list, func(a, b statement) int { return int(a.rank) - int(b.rank) })
	return list
}

func (d *divider) rank(l line) rank {
	level := d.levels[l.group]
	if level == unstated || l.key == "" {
		level = max(level, d.levelIn(l.text))
	}
	switch {
	case d.has("name", l.key):
		return ofName
	case level == quiet:
		return ofQuiet
	case strings.HasPrefix(l.text, "Caused by: "):
		return ofRoot
	case d.has("cause", l.key), isCause(l.text):
		return ofCause
	case d.has("message", l.key) && (level == grave || d.hasSign(l.text)):
		return ofMessage
	case d.has("message", l.key):
		return ofName
	case l.key != "":
		return ofLabel
	case level == grave:
		return ofError
	case level == doubtful:
		return ofWarning
	case d.hasSign(l.text):
		return ofError
	}
	return ofText
}

// levelWords is how many words of a line are looked at for its level.
const levelWords = 8

// levelIn returns the level that stands at the beginning of a line.
func (d *divider) levelIn(text string) level {
	for i, chunk := range first(chunks(text), levelWords) {
		word := strings.Trim(chunk, edges)
		if l := d.levelOf(lower(word)); l != unstated && (i > 0 || chunk != word || isShouted(word)) {
			return l
		}
		if l := d.levelOfLetter(chunk, word); l != unstated {
			return l
		}
	}
	return unstated
}

// levelOfLetter returns the level of "[E" and "E0220", which stand for a word.
func (d *divider) levelOfLetter(chunk, word string) level {
	if !isKlog(word) && (len(word) != 1 || chunk != "["+word) {
		return unstated
	}
	switch word[0] {
	case 'E', 'F':
		return grave
	case 'W':
		return doubtful
	case 'I', 'D':
		return quiet
	}
	return unstated
}

func first[T any](list []T, n int) []T { return list[:min(n, len(list))] }

// isCause reports whether a line of a trace says what was wrong.
func isCause(text string) bool {
	for _, beginning := range []string{"panic: ", "fatal error: ", "thread '"} {
		if strings.HasPrefix(text, beginning) {
			return true
		}
	}
	name := text[:span(text, 0, func(c byte) bool { return !isBlank(c) && c != ':' && c != '(' })]
	return isFault(name) && len(name) < len(text)
}

// hasSign reports whether the line says that something is wrong.
func (d *divider) hasSign(text string) bool {
	for _, chunk := range chunks(text) {
		word := strings.Trim(chunk, edges)
		if d.has("sign", lower(word)) || isFault(word) {
			return true
		}
	}
	return false
}
