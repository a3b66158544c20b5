package reading

import (
	"regexp"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// sentence is one sentence of a block's text. In masked every byte has its place, but
// code and line ends are blotted out.
type sentence struct {
	block      markdown.Block
	start, end int
	masked     string
}

// masked is the text of a block with its code and its line ends blotted out.
func masked(b markdown.Block) string {
	var text strings.Builder
	for _, s := range spansOf(b) {
		if s.Style&markdown.Verbatim != 0 {
			text.WriteString(strings.Repeat("_", len(s.Text)))
			continue
		}
		text.WriteString(s.Text)
	}
	return strings.ReplaceAll(text.String(), "\n", " ")
}

// sentencesOf cuts a block's masked text into its sentences.
func sentencesOf(b markdown.Block, masked string) []sentence {
	var list []sentence
	for start := 0; start < len(masked); {
		if masked[start] == ' ' {
			start++
			continue
		}
		end := start + 1
		for end < len(masked) && !sentenceEnds(masked, start, end) {
			end++
		}
		list = append(list, sentence{b, start, end, masked[start:end]})
		start = end
	}
	return list
}

// sentenceEnds reports whether a sentence that begins at start ends in front of the byte
// at end: behind a sign that ends one, when what follows begins another.
func sentenceEnds(text string, start, end int) bool {
	behind := strings.TrimLeft(text[end:], `"')”’`)
	if behind != "" && behind[0] != ' ' {
		return strings.HasSuffix(text[start:end], "。")
	}
	last := text[end-1]
	if last == '.' {
		word := strings.ToLower(text[start+strings.LastIndexByte(text[start:end-1], ' ')+1 : end-1])
		next := strings.TrimLeft(behind, " ")
		return next == "" || !shortensWord(word, next)
	}
	return last == '!' || last == '?'
}

// shortensWord reports whether the dot behind a word ends it and no sentence: that of an
// initial, of a short form, or of a day in front of its month.
func shortensWord(word, next string) bool {
	month := words().months[fold(strings.ToLower(next[:wordLength(next)]))].month > 0
	figure := word != "" && word[0] >= '0' && word[0] <= '9'
	return shortened[word] || words().months[word].month > 0 && len(word) < 5 || month && figure ||
		len(word) == 1 && !figure || next[0] >= 'a' && next[0] <= 'z'
}

// shortened are the words that a dot ends without ending the sentence.
var shortened = map[string]bool{"a.m": true, "p.m": true, "e.g": true, "i.e": true, "approx": true, "ca": true, "no": true, "vs": true, "kl": true, "etc": true, "st": true}

// spansBetween returns the spans of a block that stand, in part at least, between two of
// its bytes.
func spansBetween(b markdown.Block, start, end int) []markdown.Span {
	var spans []markdown.Span
	at := 0
	for _, s := range b.Spans {
		if at < end && at+len(s.Text) > start {
			spans = append(spans, s)
		}
		at += len(s.Text)
	}
	return spans
}

// clockIn returns where, at or after from, figures stand that look like a clock; -1 for
// nowhere.
func clockIn(text string, from int) int {
	for at := from; at < len(text); at++ {
		if text[at] < '0' || text[at] > '9' {
			continue
		}
		end := at
		for end < len(text) && text[end] >= '0' && text[end] <= '9' {
			end++
		}
		if startsFigures(text, at) && looksLikeClock(text[at:end], text[end:]) {
			return at
		}
		at = end
	}
	return -1
}

func startsFigures(text string, at int) bool {
	return at == 0 || !isWordByte(text[at-1]) && strings.IndexByte(":.,/-#$", text[at-1]) < 0
}

// minutesForm is what stands behind the hour of a clock. In "1h50m" it is a length.
var minutesForm = regexp.MustCompile(`^[0-5]\d(?:$|[^\pL\d]|[ap]\.?m|Z|T|UTC)`)

// looksLikeClock reports whether figures may be the hour of a clock, or all of it, by
// what stands behind them.
func looksLikeClock(figures, behind string) bool {
	if len(figures) == 4 {
		return strings.HasPrefix(strings.TrimLeft(behind, " "), "UTC") || strings.HasPrefix(behind, "Z") || strings.HasPrefix(behind, " GMT")
	}
	if len(figures) > 2 || behind == "" {
		return false
	}
	switch behind[0] {
	case ':', 'h', '.':
		return minutesForm.MatchString(behind[1:])
	}
	rest := strings.TrimLeft(behind, " ")
	switch {
	case strings.HasPrefix(rest, "時") || strings.HasPrefix(rest, "时") || strings.HasPrefix(rest, "點") || strings.HasPrefix(rest, "点"):
		return true
	case len(rest) > 1 && (rest[0]|' ' == 'a' || rest[0]|' ' == 'p'):
		return rest[1]|' ' == 'm' || strings.HasPrefix(rest[1:], ".m")
	}
	return words().oclock.at(rest) > 0
}

// maxCue is the number of words in front of a clock that may belong to it.
const maxCue = 6

// clockTold returns the time that a sentence tells, and where it stands. A clock alone
// tells none: a date, a zone or a word such as "at" must make it one, or its place at
// the start.
func clockTold(text string) (w when, at int, ok bool) {
	for hit := clockIn(text, 0); hit >= 0; hit = clockIn(text, hit+1) {
		starts := wordsBefore(text, hit)
		for _, start := range starts {
			w, rest, ok := readWhen(text[start:])
			if ok && w.clock && len(text)-len(rest) > hit && (start == 0 || start < hit || w.dated() || w.zone != "" || halfDayWritten(w) || cued(text[:start])) {
				return w, start, true
			}
		}
	}
	return when{}, 0, false
}

// wordsBefore returns where the words begin that stand in front of a byte, and that
// byte itself, in the order of the text.
func wordsBefore(text string, hit int) []int {
	starts := []int{hit}
	for at := hit - 1; at >= 0 && len(starts) <= maxCue; at-- {
		if text[at] != ' ' && text[at] != '(' && (at == 0 || text[at-1] == ' ' || text[at-1] == '(') {
			starts = append(starts, at)
		}
	}
	slices.Reverse(starts)
	return starts
}

func halfDayWritten(w when) bool {
	written := strings.ToLower(w.written)
	return strings.Contains(written, "m") && (strings.Contains(written, "am") || strings.Contains(written, "pm") || strings.Contains(written, ".m"))
}

// dayReach returns how far behind the clock that a sentence tells the date may stand that
// is its day: up to the next clock, whose day it is otherwise.
func dayReach(sentence string, behind int) int {
	if next := clockIn(sentence, min(behind, len(sentence))); next >= 0 {
		return next
	}
	return len(sentence)
}

// justWhen reports whether a text is a time and nothing else.
func justWhen(text string) bool {
	if len(text) > maxWhen/2 {
		return false
	}
	w, rest, ok := readWhen(text)
	return ok && w.clock && trimBehindTime(strings.TrimRight(rest, ". ")) == ""
}

// cued reports whether a text ends with a word that puts what happens to a time: "until".
func cued(text string) bool {
	text = strings.TrimRight(text, " (")
	word := strings.ToLower(text[strings.LastIndexByte(text, ' ')+1:])
	return words().told[word] || words().until[word] || words().before[word]
}

// tellsOfIncident reports whether a sentence may tell of what happened, and not of a
// habit, a plan, an example or another incident.
func tellsOfIncident(text string) bool {
	lower := strings.ToLower(text)
	for _, phrase := range words().untold {
		if at := nextWord(lower, phrase, 0); at >= 0 && (at+len(phrase) == len(lower) || !isWordByte(lower[at+len(phrase)])) {
			return false
		}
	}
	if s := appendStatement(nil, text, 0); len(s) > 0 && !s[0].fact.clock() {
		return false
	}
	return !strings.HasSuffix(text, "?") && !logForm.MatchString(text)
}

// logForm is a mark of a line that a machine wrote.
var logForm = regexp.MustCompile(`\b(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|TRACE)\b[\]: ]|^\[?\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}[.,]\d`)

// offsetMark stands in a sentence that counts the time from the start.
const offsetMark = "minute"

var markForm = regexp.MustCompile(`(?i)\b(\d{1,4})[\s-]minutes?\s+(?:mark\b|into\s+the\s+(?:incident|outage|downtime|disruption|event)\b)`)

// offsetTold returns the time since the start that a sentence tells, and the words that
// do: "at the 16 minute mark of the downtime".
func offsetTold(text string) (offset incident.Span, written string, ok bool) {
	if !strings.Contains(text, offsetMark) {
		return 0, "", false
	}
	m := markForm.FindStringSubmatch(text)
	if m == nil {
		return 0, "", false
	}
	return incident.Span(amount(m[1], "m")), m[0], true
}

// clauseJoints stand between the clauses of a sentence.
var clauseJoints = [...]string{", and ", ", ", "; ", " - ", " – ", " — ", " and ", " but ", " then "}

// leastClause is the number of words that a clause has at least up to its clock.
const leastClause = 3

// nextClause returns where the clause of a sentence begins that tells the next clock at
// or behind a byte; -1 where none does.
func nextClause(text string, from int) int {
	from = min(from, len(text))
	hit := clockIn(text, from)
	if hit < 0 || len(strings.Fields(text[from:hit])) < leastClause {
		return -1
	}
	start := -1
	for _, joint := range clauseJoints {
		if at := strings.LastIndex(text[from:hit], joint); at >= 0 {
			start = max(start, from+at+len(joint))
		}
	}
	return start
}

// firstClause returns a sentence up to the clause that tells its second clock.
func firstClause(text string) string {
	w, at, ok := clockTold(text)
	if !ok {
		return text
	}
	if next := nextClause(text, at+len(w.written)); next >= 0 {
		return text[:next]
	}
	return text
}
