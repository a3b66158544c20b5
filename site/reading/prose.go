package reading

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// A narrative tells its times in sentences: "At 16:31 UTC we receive the first reports."
// Each sentence that puts a clock to what happened is a row of the timeline, in the
// author's own words.

// narrator reads the sentences of a document, in its order.
type narrator struct {
	scribe
	part   *part
	zone   string       // the one written last in the part
	title  int          // the line of the document's title
	rowsOn map[int]bool // the lines of the rows that the timeline has
	told   map[told]bool
	after  map[told]string // what the sentence behind a row says, where it tells no time
}

// told is when a row was, as far as it says.
type told struct {
	from, to time.Time
	label    string
	offset   incident.Span
}

func toldAt(row incident.Row) told {
	switch {
	case row.Offset != nil:
		return told{offset: *row.Offset}
	case row.At.Known():
		return told{from: row.At.From.UTC(), to: row.At.To.UTC()}
	}
	return told{label: row.Label}
}

// onDial is the time that a clock shows which is on another zone, as if it were on none.
func onDial(at time.Time) time.Time {
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
}

// withProse returns the rows of the timeline together with those that sentences tell.
// What has a row is not told again.
func (r *reader) withProse(rows []incident.Row, title int) []incident.Row {
	n := narrator{scribe: scribe{calendar: r.calendar}, title: title, rowsOn: map[int]bool{}, told: map[told]bool{}, after: map[told]string{}}
	for _, day := range [...]incident.Time{dayOfRows(rows).Value, r.facts.Date.Value} {
		if n.calendar.day.IsZero() && day.Precision >= incident.Day {
			n.calendar.day = midnight(day.From.Date())
		}
	}
	for _, row := range rows {
		n.rowsOn[row.Line] = true
		n.told[toldAt(row)] = true
		if row.At.Zoned { // a sentence may leave the zone out
			n.told[told{from: onDial(row.At.From), to: onDial(row.At.To)}] = true
		}
	}
	for _, p := range r.parts {
		n.readPart(p)
	}
	r.after = n.after
	return mergeRows(rows, n.rows)
}

// mergeRows puts each told row before the first that is later, or where no clock is
// known, further down in the text.
func mergeRows(rows, told []incident.Row) []incident.Row {
	merged := slices.Clone(rows)
	for _, row := range told {
		at := slices.IndexFunc(merged, func(other incident.Row) bool {
			if row.At.Clock() && other.At.Clock() {
				return other.At.From.After(row.At.From)
			}
			return other.Line > row.Line
		})
		if at < 0 {
			at = len(merged)
		}
		merged = slices.Insert(merged, at, row)
	}
	return merged
}

// readPart reads the text of a part, but for what is planned or learned, and for what
// belongs to a row.
func (n *narrator) readPart(p *part) {
	n.part, n.zone, n.last = p, p.zone(), nil
	n.enter(p, n.title)
	if p.posts || n.rowsOn[p.line] || inside(p, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection, incident.LuckySection) {
		return
	}
	n.readBlocks(p.blocks)
}

func (n *narrator) readBlocks(blocks []markdown.Block) {
	for _, b := range blocks {
		switch b.Kind {
		case markdown.Paragraph:
			n.readParagraph(b)
		case markdown.List:
			n.readBlocks(b.Children)
		case markdown.Entry:
			if !n.rowsOn[b.Line] {
				n.readBlocks(b.Children)
			}
		}
	}
}

// readParagraph reads the sentences of a paragraph. A date in one of them is the day of
// the clocks behind it.
func (n *narrator) readParagraph(b markdown.Block) {
	hasRow := func(s markdown.Span) bool { return n.rowsOn[s.Line] }
	if b.Line == n.title || slices.ContainsFunc(spansOf(b), hasRow) {
		return
	}
	if clockIn(b.Text, 0) < 0 && !strings.Contains(b.Text, offsetMark) {
		n.readDay(b.Text[:min(len(b.Text), maxDay)])
		return
	}
	before := n.day
	from := -1 // of a sentence that is a time and nothing else
	rows := len(n.rows)
	for _, s := range sentencesOf(b, masked(b)) {
		if len(n.rows) > rows && clockIn(s.masked, 0) < 0 {
			n.after[toldAt(n.rows[len(n.rows)-1])] = s.masked
		}
		rows = len(n.rows)
		if from >= 0 {
			s.start, s.masked = from, masked(b)[from:s.end]
		}
		if from = -1; justWhen(s.masked) {
			from = s.start
			continue
		}
		n.readSentence(s)
	}
	if n.today().Before(n.calendar.day) { // it looked back
		n.day, n.last = before, nil
	}
}

// maxDay is the length in bytes of the start of a paragraph that may give it its day.
const maxDay = 40

// readDay takes the day that a text without clocks begins with, unless it looks back.
func (n *narrator) readDay(text string) {
	if !strings.ContainsAny(text, "0123456789") {
		return
	}
	if w, ok := dateIn(text); ok && n.nearby(w) && !n.dayOf(w, n.today()).Before(n.calendar.day) {
		n.turn(w, false)
	}
}

// readSentence adds the row of a sentence that tells a time of the incident.
func (n *narrator) readSentence(s sentence) {
	if offset, written, ok := offsetTold(s.masked); ok {
		n.add(s, strings.Index(s.masked, written), incident.Row{Offset: &offset, Label: written})
		return
	}
	w, at, ok := clockTold(s.masked)
	if day, found := dateIn(s.masked[:dayReach(s.masked, at+len(w.written))]); found && !w.dated() {
		w.year, w.month, w.day, w.between = day.year, day.month, day.day, day.between
	}
	if w.dated() && !n.nearby(w) || ok && !tellsOfIncident(s.masked) {
		return
	}
	if ok {
		w = w.until(s.masked, at)
	}
	if w.zone == "" {
		w.zone = n.zone
	}
	n.zone = w.zone
	day := n.turn(w, false)
	if ok {
		n.add(s, at, incident.Row{At: n.resolve(w, day), Label: w.written[words().before.at(w.written):]})
		if clause := nextClause(s.masked, at+len(w.written)); clause > at {
			s.start, s.masked = s.start+clause, s.masked[clause:]
			n.readSentence(s)
		}
	}
}

// betweenWord ends what stands in front of two times that "and" joins.
var betweenWord = regexp.MustCompile(`(?i)\bbetween\s*$`)

// until returns the time that stands at a byte of a sentence with its end, where it is the
// first of two: "between 15:30 and 18:10 UTC".
func (w when) until(sentence string, at int) when {
	_, last, ok := readRange(sentence[at:])
	if !ok || w.end != nil || !betweenWord.MatchString(sentence[:at]) {
		return w
	}
	w.end = &last
	if w.zone == "" {
		w.zone = last.zone
	}
	return w
}

// farOff is how far from the incident a date is that must be of another one.
const farOff = 31 * 24 * time.Hour

// nearby reports whether a date may be one of the incident.
func (n *narrator) nearby(w when) bool {
	day := n.dayOf(w, n.today())
	return !day.IsZero() && (n.calendar.day.IsZero() || day.Sub(n.calendar.day).Abs() < farOff)
}

// add adds the row of a sentence, whose time stands at a byte of it, unless that time
// has a row.
func (n *narrator) add(s sentence, at int, row incident.Row) {
	begun := toldAt(row)
	begun.to = begun.from
	if n.told[toldAt(row)] || row.At.Range() && n.told[begun] {
		return
	}
	n.told[toldAt(row)] = true
	row.Text, row.Basis = oneLine(s.block.Text[s.start:s.end]), incident.Prose
	row.Line, row.Anchor = lineAt(s.block, s.start+at), n.part.anchor
	row.Links = appendLinks(nil, spansBetween(s.block, s.start, s.end))
	n.rows = append(n.rows, row)
}
