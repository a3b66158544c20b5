package reading

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// maxTitle is the length in bytes beyond which a line is no title.
const maxTitle = 200

// titleOf returns the first heading of the first level, or whatever short line
// the text begins with: a heading that names no section, a bold line, a line alone.
func titleOf(doc []markdown.Block) Found[string] {
	for _, b := range doc {
		if b.Kind == markdown.Heading && b.Level == 1 && mayBeTitle(b) {
			return Found[string]{Value: oneLine(b.Text), Line: b.Line}
		}
	}
	for _, b := range doc[:min(len(doc), 2)] {
		switch {
		case b.Kind == markdown.Heading && mayBeTitle(b):
			return Found[string]{Value: oneLine(b.Text), Line: b.Line}
		case b.Kind == markdown.Paragraph:
			if t := titleLine(linesOf(b)); t.Known() {
				return t
			}
		default:
			return Found[string]{}
		}
	}
	return Found[string]{}
}

// mayBeTitle reports whether a heading may be a title: it has text and names no section.
func mayBeTitle(b markdown.Block) bool {
	kind, _ := sectionNamed(b.Text)
	return kind == incident.OtherSection && strings.TrimSpace(b.Text) != ""
}

// titleLine returns the first line of a paragraph that looks like a title: bold, or
// without the signs of a sentence, in a paragraph of short lines.
func titleLine(lines []line) Found[string] {
	first := lines[0]
	text := oneLine(first.text)
	bold := len(first.spans) == 1 && first.spans[0].Style&markdown.Strong != 0
	if !bold && !plainTitle(text, lines) || text == "" || len(text) > maxTitle || knownLabel(text) {
		return Found[string]{}
	}
	if _, rest, ok := readWhen(text); ok && strings.TrimSpace(rest) == "" {
		return Found[string]{}
	}
	return Found[string]{Value: text, Line: first.at}
}

func plainTitle(text string, lines []line) bool {
	for _, l := range lines {
		if len(lines) > 1 && len(l.text) > maxTitle/3 || strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ",") {
			return false
		}
	}
	return !strings.HasPrefix(text, "(") && !strings.Contains(text, "://") && !strings.Contains(text, "{{")
}

func knownLabel(text string) bool {
	label, _, found := cutLabelColon(text)
	return found && words().labels[normalize(label)].fact != noFact
}

// statedDay returns the day that a row or the title states.
func (r *reader) statedDay() Found[incident.Time] {
	if d := pick(r.statements, dateFact, r.asDate); d.Known() {
		return d
	}
	if d, ok := r.asDate(r.title.Value); ok {
		return Found[incident.Time]{Value: d, Line: r.title.Line}
	}
	return Found[incident.Time]{}
}

// dateOf returns the day of the incident: as stated, else that of the first clock,
// of the report's opening, or of its first dated row.
func (r *reader) dateOf() Found[incident.Time] {
	if d := r.statedDay(); d.Known() && !r.writtenOn(d.Value) {
		return d
	}
	for _, clock := range [...]Found[incident.Time]{r.facts.Started, r.facts.Detected} {
		if clock.Value.Date().Known() {
			return Found[incident.Time]{Value: clock.Value.Date(), Line: clock.Line}
		}
	}
	if d := r.dateInOpening(); d.Known() && !r.writtenOn(d.Value) {
		return d
	}
	if d := dayOfRows(r.facts.Timeline); d.Known() {
		return d
	}
	return r.monthStated()
}

// writtenOn reports whether the stated day is that of the report: the timeline was over
// before it.
func (r *reader) writtenOn(day incident.Time) bool {
	rows := 0
	for _, row := range r.facts.Timeline {
		if row.At.Date().Known() && !row.At.Date().From.Before(day.From) {
			return false
		}
		if row.At.Date().Known() {
			rows++
		}
	}
	return rows >= formRows
}

// monthStated returns the month that the title or the report's opening states.
func (r *reader) monthStated() Found[incident.Time] {
	if m, ok := monthIn(r.title.Value); ok {
		return Found[incident.Time]{Value: m, Line: r.title.Line}
	}
	for _, b := range opening(r.parts) {
		text := oneLine(b.Text)
		if at := inMonthForm.FindStringIndex(text); at != nil {
			if m, ok := monthIn(text[at[0]:at[1]]); ok {
				return Found[incident.Time]{Value: m, Line: b.Line}
			}
		}
	}
	return Found[incident.Time]{}
}

// inMonthForm matches the word by which a sentence puts what happened into a month: a
// month without it is one of publication as often as not.
var inMonthForm = regexp.MustCompile(`(?i)\b(?:in|during|im|en|em|nel|i)\s+(?:(?:early|mid|late)[- ])?\pL+,?\s+(?:de\s+)?\d{4}\b`)

// monthIn finds a month with its year: "since November 2018".
func monthIn(text string) (incident.Time, bool) {
	names := strings.Fields(text)
	for i := 1; i < len(names); i++ {
		year, err := strconv.Atoi(strings.Trim(names[i], ".,;:!?()"))
		month := words().months[fold(strings.ToLower(strings.Trim(names[i-1], ".,(")))]
		if err == nil && month.month > 0 && year >= 1970 && year <= 2200 {
			at := midnight(year, time.Month(month.month), 1)
			return incident.Time{From: at, To: at, Precision: incident.Month}, true
		}
	}
	return incident.Time{}, false
}

// dayOfRows returns the day of the first dated row, of the last where the rows stand
// newest first.
func dayOfRows(rows []incident.Row) Found[incident.Time] {
	var first, last Found[incident.Time]
	for _, row := range rows {
		if !row.At.Date().Known() {
			continue
		}
		last = Found[incident.Time]{Value: row.At.Date(), Line: row.Line}
		if !first.Known() {
			first = last
		}
	}
	if last.Value.From.Before(first.Value.From) {
		return last
	}
	return first
}

// dateInOpening returns the first date of the report's first paragraphs. One that
// stands alone is when the report was published.
func (r *reader) dateInOpening() Found[incident.Time] {
	for _, b := range opening(r.parts) {
		text := oneLine(b.Text)
		if _, rest, ok := readWhen(text); ok && strings.TrimSpace(rest) == "" {
			continue
		}
		if d, ok := r.asDate(text); ok {
			return Found[incident.Time]{Value: d, Line: b.Line}
		}
	}
	return Found[incident.Time]{}
}

// setDays finds the day of the incident and one near it: the one given, else what
// the text states; a date in the middle of the text only tells the year.
func (r *reader) setDays(opt Options, doc []markdown.Block) {
	given := opt.Day
	if given.Known() && given.Precision >= incident.Day {
		r.day = midnight(given.From.Date())
		r.near = r.day
		return
	}
	r.near = r.fullDate(r.title.Value)
	if r.near.IsZero() && opt.Near.Known() {
		r.near = midnight(opt.Near.From.Date())
	}
	if r.near.IsZero() {
		eachLine(doc, func(l line) bool {
			r.near = r.fullDate(outsideCode(l))
			return r.near.IsZero()
		})
	}
	for _, d := range [...]Found[incident.Time]{r.statedDay(), pick(r.statements, startedFact, r.asDate), r.dateInOpening()} {
		if d.Known() && r.day.IsZero() {
			r.day = d.Value.From
		}
	}
}

func outsideCode(l line) string {
	var b strings.Builder
	for _, s := range l.spans {
		if s.Style&markdown.Verbatim == 0 {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// fullDate returns the first date of a text that has its year.
func (c calendar) fullDate(text string) time.Time {
	if w, ok := dateIn(text); ok && w.year > 0 {
		return c.dayOf(w, time.Time{})
	}
	return time.Time{}
}
