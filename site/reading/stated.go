package reading

import (
	"iter"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// fact is what a labelled row states.
type fact uint8

const (
	noFact fact = iota
	dateFact
	startedFact
	detectedFact
	mitigatedFact
	resolvedFact
	durationFact
	severityFact
	zoneFact
	windowFact
	detectionTimeFact
)

// labelKeys are the facts by their keys in languages.yaml. Of the keys of one fact,
// the first that a text uses decides.
var labelKeys = []struct {
	key  string
	fact fact
}{
	{"date", dateFact}, {"started", startedFact}, {"detected", detectedFact}, {"mitigated", mitigatedFact}, {"resolved", resolvedFact},
	{"duration", durationFact}, {"time_to_resolve", durationFact}, {"time_to_recovery", durationFact}, {"time_to_repair", durationFact},
	{"severity", severityFact}, {"timezone", zoneFact}, {"window", windowFact}, {"time_to_detection", detectionTimeFact},
}

// ranked is a fact with the place of its key.
type ranked struct {
	fact fact
	rank int
}

func labelNamed(key string) (ranked, bool) {
	for rank, l := range labelKeys {
		if l.key == key {
			return ranked{l.fact, rank}, true
		}
	}
	return ranked{}, false
}

// statement is one labelled row.
type statement struct {
	ranked
	value string
	line  int
}

// statementsOf collects the labelled rows of the document, but for those of
// sections that tell of the future.
func statementsOf(parts []*part) []statement {
	var list []statement
	for _, p := range parts {
		if inside(p, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection, incident.LuckySection) {
			continue
		}
		if p.label {
			list = appendStatement(list, p.title+": "+firstParagraph(p), p.line)
		}
		for _, b := range p.blocks {
			list = appendStatements(list, b)
		}
	}
	return list
}

func firstParagraph(p *part) string {
	if len(p.blocks) == 0 || p.blocks[0].Kind != markdown.Paragraph {
		return ""
	}
	return oneLine(p.blocks[0].Text)
}

func appendStatements(list []statement, b markdown.Block) []statement {
	switch b.Kind {
	case markdown.Paragraph:
		for _, l := range linesOf(b) {
			list = appendStatement(list, l.text, l.at)
		}
	case markdown.Row:
		if texts := cells(b); len(texts) == 2 {
			list = appendStatement(list, texts[0]+": "+texts[1], b.Line)
		}
	}
	for _, c := range b.Children {
		if c.Kind != markdown.Cell {
			list = appendStatements(list, c)
		}
	}
	return list
}

// maxLabelSize is the length in bytes beyond which a text is no label.
const maxLabelSize = 60

// appendStatement adds the statement of a line such as "First detected: 10:15". The
// colon may be missing where a time follows the label.
func appendStatement(list []statement, text string, line int) []statement {
	table := words()
	if label, value, found := cutLabelColon(text); found {
		if r, known := table.labels[normalize(label)]; known {
			return append(list, statement{r, strings.TrimSpace(strings.TrimLeft(value, ":： ")), line})
		}
	}
	for end := range wordEnds(text[:min(len(text), maxLabelSize)]) {
		label := normalize(text[:end])
		if !table.labelBegins[label] {
			break
		}
		r, known := table.labels[label]
		if !known || !r.fact.clock() && r.fact != dateFact {
			continue
		}
		value := strings.TrimLeft(text[end:], "-–—: ")
		if w, _, ok := readWhen(value); ok && w.clock {
			return append(list, statement{r, value, line})
		}
	}
	return list
}

// wordEnds yields where the words of a line end, but for its last one.
func wordEnds(text string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := 1; i < len(text); i++ {
			if text[i] == ' ' && text[i-1] != ' ' && !yield(i) {
				return
			}
		}
	}
}

// cutLabelColon cuts a line at the colon behind its label, be it of a Western or of
// an East Asian script.
func cutLabelColon(text string) (label, value string, found bool) {
	head := text[:min(len(text), maxLabelSize)]
	western, eastern := strings.IndexByte(head, ':'), strings.Index(head, "：")
	switch {
	case eastern >= 0 && (western < 0 || eastern < western):
		return text[:eastern], text[eastern+len("："):], true
	case western >= 0:
		return text[:western], text[western+1:], true
	}
	return text, "", false
}

func (f fact) clock() bool { return f >= startedFact && f <= resolvedFact }

// pick returns what the text states of a fact, as read by read. Statements of equal
// rank that contradict each other state nothing.
func pick[T comparable](list []statement, f fact, read func(string) (T, bool)) Found[T] {
	found, rank := Found[T]{}, len(labelKeys)
	contradicted := false
	for _, s := range list {
		if s.fact != f || s.rank > rank {
			continue
		}
		value, ok := read(s.value)
		if !ok {
			continue
		}
		if s.rank == rank {
			contradicted = contradicted || value != found.Value
			continue
		}
		found, rank, contradicted = Found[T]{Value: value, Line: s.line}, s.rank, false
	}
	if contradicted {
		return Found[T]{}
	}
	return found
}

// asTime reads the time of a statement on the day of the incident.
func (c calendar) asTime(value string) (incident.Time, bool) {
	w, _, ok := readWhen(value)
	if !ok {
		return incident.Time{}, false
	}
	t := c.resolve(w, c.dayOf(w, c.day))
	return t, t.Known()
}

// asDate reads the day of a statement; the day must be written in full.
func (c calendar) asDate(value string) (incident.Time, bool) {
	w, ok := dateIn(value)
	if !ok || w.year == 0 && c.near.IsZero() {
		return incident.Time{}, false
	}
	day := c.dayOf(w, time.Time{})
	return incident.Time{From: day, To: day, Precision: incident.Day}, !day.IsZero()
}

func asSpan(value string) (incident.Duration, bool) {
	d, ok := readSpan(value)
	return d, ok && d.Most > 0
}

// asLength reads a length of time that may be nothing.
func asLength(value string) (incident.Duration, bool) { return readSpan(value) }

func asWords(value string) (string, bool) {
	value = strings.TrimSpace(value)
	return value, value != "" && len(value) <= 60
}

// maxOpening is the number of paragraphs that open a report.
const maxOpening = 4

// opening returns the paragraphs that tell of the incident as a whole: the first
// ones, those of summary and impact, and those that stand above a timeline.
func opening(parts []*part) []markdown.Block {
	var blocks []markdown.Block
	for at, p := range parts {
		general := at == 0 || p.level == 1 && at <= 1 || p.kind == incident.SummarySection || p.kind == incident.ImpactSection
		if p.posts || !general && (p.kind != incident.TimelineSection || !p.own) {
			continue
		}
		n := 0
		for _, b := range p.blocks {
			if b.Kind == markdown.Paragraph && n < maxOpening {
				blocks = append(blocks, b)
				n++
			}
		}
	}
	return blocks
}

var zoneSentence = regexp.MustCompile(`(?i)\b(?:all )?(?:times?|timestamps?)(?: (?:and dates?|here|below|in this (?:section|document|report|timeline|post)|listed|given|mentioned))*(?: (?:are|is|in|given|listed|shown|stated|all|the))+ `)

// zoneOf returns the zone that the text says its times are in, as written.
func zoneOf(list []statement, doc []markdown.Block) Found[string] {
	if z := pick(list, zoneFact, asWords); z.Known() {
		return z
	}
	var found Found[string]
	eachLine(doc, func(l line) bool {
		if zone := zoneStated(l.text); zone != "" {
			found = Found[string]{Value: zone, Line: l.at}
		}
		return !found.Known()
	})
	return found
}

var zoneWords = regexp.MustCompile(`^(?:` + zoneNames + `|(?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::\d{2})?)?|[A-Z]\w+/[A-Z]\w+|(?:[A-Z]\w+ ){1,3}(?i:time))(?:\s*\([^)]{2,30}\))?`)

// zoneStated returns the zone that a line gives to all times: "All times are in UTC",
// "Alle Zeiten in Europe/Berlin", 時刻はすべて JST.
func zoneStated(text string) string {
	if at := zoneSentence.FindStringIndex(text); at != nil {
		return zoneWritten(text[at[1]:])
	}
	lower := strings.ToLower(text)
	for _, phrase := range words().allTimes {
		at := strings.Index(lower, phrase)
		if at < 0 || len(lower) != len(text) {
			continue
		}
		for rest := text[at+len(phrase):]; rest != ""; rest = afterWord(rest) {
			if zone := zoneWritten(rest); zone != "" {
				return zone
			}
		}
	}
	return ""
}

// afterWord returns s behind its first word, or its first letter that stands in no
// word, and what separates it from the next.
func afterWord(s string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxLatin1 || !isWordByte(byte(r)) })
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return s[at+size:]
}

func zoneWritten(text string) string {
	return strings.TrimSpace(zoneWords.FindString(text))
}

// eachLine calls f for every line of text outside code blocks until it returns false.
func eachLine(blocks []markdown.Block, f func(line) bool) bool {
	for _, b := range blocks {
		switch b.Kind {
		case markdown.Paragraph, markdown.Heading, markdown.Cell:
			for _, l := range linesOf(b) {
				if !f(l) {
					return false
				}
			}
		}
		if !eachLine(b.Children, f) {
			return false
		}
	}
	return true
}
