package reading

import (
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// event is a row of the timeline as a candidate for the four clocks: what its words
// signal, and how things stand after it.
type event struct {
	incident.Row
	report
	later  signal // how things stand in the rows behind it, all together
	before tally  // of the rows in front of it
}

// tally counts rows by what they signal.
type tally struct{ detections, explorations, harms, ends int }

// mark is one of the four clocks.
type mark uint8

const (
	startMark mark = iota
	detectMark
	mitigateMark
	resolveMark
	marks
)

// readMarks takes the clocks that no labelled row states from the rows of the
// timeline. Every row is scored for every clock by what its words signal; of all
// choices of rows in which the clocks pass in their order, the one with the highest
// sum is taken. Lengths that the text states ("Time to detection: 5 minutes") speak
// for the rows that lie so far apart. A clock for which no row reaches the least score
// stays unknown.
func (r *reader) readMarks() {
	events := r.events()
	c := chooser{events: events, lengths: r.lengthsStated()}
	given := [marks]*Found[incident.Time]{&r.facts.Started, &r.facts.Detected, &r.facts.Mitigated, &r.facts.Resolved}
	for n, found := range given {
		c.given[n] = *found
	}
	if c.given[mitigateMark].Line == 0 {
		c.given[mitigateMark], c.window = r.end, r.end.Known()
	}
	c.choose()
	c.startSeen()
	if r.several {
		c.best[mitigateMark] = nobody
	}
	if r.end.Known() {
		r.endWindow(c.best[resolveMark] < 0)
	}
	for n, found := range given {
		if at := c.best[n]; !found.Known() && at >= 0 {
			row := events[at].Row
			*found = Found[incident.Time]{Value: row.At, Line: row.Line}
		}
	}
}

// events are the rows whose time is known, in their order in time.
func (r *reader) events() []event {
	var list []event
	for _, row := range r.facts.Timeline {
		if !row.At.Clock() || fromPost(row) {
			continue
		}
		list = append(list, event{Row: row, report: reportOf(r.rowText(row))})
	}
	list = sameZone(list)
	slices.SortStableFunc(list, func(a, b event) int { return a.At.From.Compare(b.At.From) })
	survey(list)
	return list
}

// sameZone leaves out times whose zone is not known where that of the first row is, and
// the other way round: nobody can say which of them came first.
func sameZone(list []event) []event {
	return slices.DeleteFunc(list, func(e event) bool { return e.At.Zoned != list[0].At.Zoned })
}

// survey notes of every event what the others around it tell. What comes after an
// outright end is another incident.
func survey(list []event) {
	later, before := signal(0), tally{}
	for i := len(list) - 1; i >= 0; i-- {
		e := &list[i]
		e.later = later
		if e.stand&closeSignal != 0 {
			later = 0
		}
		if e.head&exploreSignal == 0 {
			later |= e.stand
		}
	}
	for i := range list {
		list[i].before = before
		before.count(&list[i])
	}
}

func (t *tally) count(e *event) {
	switch {
	case e.head&detectSignal != 0:
		t.detections++
	case e.head&exploreSignal != 0:
		t.explorations++
	case e.head&harmSignal != 0:
		t.harms++
	}
	if e.stand&(restoreSignal|fixSignal|closeSignal) != 0 && e.later&harmSignal == 0 {
		t.ends++
	}
}

// rowText is all that a row tells. Of a time that is a heading, that is the text
// below it too, but for lists behind a paragraph.
func (r *reader) rowText(row incident.Row) string {
	at, found := slices.BinarySearchFunc(r.parts, row.Line, func(p *part, line int) int { return p.line - line })
	if !found {
		return row.Text
	}
	text := strings.Builder{}
	if w, rest, ok := readWhen(r.parts[at].title); ok && w.clock {
		text.WriteString(rest + ". ")
	}
	open := true // until the first paragraph
	for _, b := range r.parts[at].blocks {
		open = open && b.Kind != markdown.Paragraph
		if open || b.Kind == markdown.Paragraph {
			writeText(&text, b)
		}
	}
	return text.String()
}

// writeText writes the sentences of a block.
func writeText(text *strings.Builder, b markdown.Block) {
	if b.Kind == markdown.Paragraph {
		text.WriteString(b.Text + "\n. ")
	}
	for _, c := range b.Children {
		writeText(text, c)
	}
}

// lengthsStated are the lengths of time that the text states; zero where it does not.
type lengthsStated struct{ detection, incident time.Duration }

func (r *reader) lengthsStated() lengthsStated {
	var l lengthsStated
	if d := pick(r.statements, detectionTimeFact, asLength); d.Known() {
		l.detection = time.Duration(d.Value.Most)
		l.detection = max(l.detection, atOnce)
	}
	if d := r.facts.Duration; d.Known() && d.Value.Least == d.Value.Most {
		l.incident = time.Duration(d.Value.Most)
	}
	return l
}

// atOnce is a stated length of nothing.
const atOnce = time.Nanosecond

// endWindow makes the end of the window that of the harm, and of the incident too
// where nothing came later.
func (r *reader) endWindow(last bool) {
	if !r.facts.Mitigated.Known() {
		r.facts.Mitigated = r.end
	}
	if last && !r.facts.Resolved.Known() {
		r.facts.Resolved = r.end
	}
}
