package reading

import (
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
			return Found[string]{oneLine(b.Text), b.Line}
		}
	}
	if len(doc) == 0 {
		return Found[string]{}
	}
	first := doc[0]
	switch first.Kind {
	case markdown.Heading:
		if mayBeTitle(first) {
			return Found[string]{oneLine(first.Text), first.Line}
		}
	case markdown.Paragraph:
		return titleLine(linesOf(first))
	}
	return Found[string]{}
}

// mayBeTitle reports whether a heading may be a title: it has text and names no section.
func mayBeTitle(b markdown.Block) bool {
	kind, _ := sectionNamed(b.Text)
	return kind == incident.OtherSection && strings.TrimSpace(b.Text) != ""
}

// titleLine returns the first line of a text when it looks like a title.
func titleLine(lines []line) Found[string] {
	first := lines[0]
	text := oneLine(first.text)
	bold := len(first.spans) > 0 && first.spans[0].Style&markdown.Strong != 0 && len(first.spans) == 1
	if text == "" || len(text) > maxTitle || !bold && strings.HasSuffix(text, ".") || !bold && strings.Contains(text, ": ") && knownLabel(text) {
		return Found[string]{}
	}
	if !bold && len(lines) > 1 && len(text) > maxTitle/2 {
		return Found[string]{}
	}
	return Found[string]{text, first.at}
}

func knownLabel(text string) bool {
	label, _, _ := strings.Cut(text, ":")
	return knownLabels[normalize(label)].fact != noFact
}

// dateOf returns the day of the incident: as a row states it, as the title says, that
// of the first clock, else of the report's opening or its first dated row.
func (r *reader) dateOf() Found[incident.Time] {
	if d := pick(r.statements, dateFact, r.asDate); d.Known() {
		return d
	}
	if d, ok := r.asDate(r.facts.Title.Value); ok {
		return Found[incident.Time]{d, r.facts.Title.Line}
	}
	for _, clock := range [...]Found[incident.Time]{r.facts.Started, r.facts.Detected} {
		if clock.Known() {
			return Found[incident.Time]{clock.Value.Date(), clock.Line}
		}
	}
	if d := r.dateInOpening(); d.Known() {
		return d
	}
	for _, row := range r.facts.Timeline {
		if row.At.Known() {
			return Found[incident.Time]{row.At.Date(), row.Line}
		}
	}
	return Found[incident.Time]{}
}

// dateInOpening returns the first full date of the report's first paragraphs.
func (r *reader) dateInOpening() Found[incident.Time] {
	for _, b := range opening(r.parts) {
		if w, ok := dateIn(oneLine(b.Text)); ok && w.year > 0 {
			if day := r.dayOf(w, time.Time{}); !day.IsZero() {
				return Found[incident.Time]{incident.Time{From: day, To: day, Precision: incident.Day}, b.Line}
			}
		}
	}
	return Found[incident.Time]{}
}

// baseDay returns a day near the incident: the one given, else the first date of
// the text that is written in full, that of the title before all.
func baseDay(given incident.Time, title string, doc []markdown.Block) time.Time {
	if given.Known() && given.Precision >= incident.Day {
		return given.Date().From
	}
	if day := fullDate(title); !day.IsZero() {
		return day
	}
	found := time.Time{}
	eachLine(doc, func(l line) bool {
		found = fullDate(l.text)
		return found.IsZero()
	})
	return found
}

// fullDate returns the first date of a text that has its year.
func fullDate(text string) time.Time {
	if w, ok := dateIn(text); ok && w.year > 0 {
		return midnight(w.year, w.month, w.day)
	}
	return time.Time{}
}
