package reading

import (
	"regexp"
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
	rehearsed bool   // not where users are
	later     signal // how things stand in the rows behind it, all together
	before    tally  // of the rows in front of it
	restored  bool   // so that things stood well in the rows in front of it
	over      bool   // what it tells was over before anybody noticed
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
			if row.Basis == incident.Prose {
				found.Quote = row.Text
			}
		}
	}
}

// events are the rows whose time is known, in their order in time: those of timelines,
// else those that sentences tell.
func (r *reader) events() []event {
	list := r.eventsOf(incident.Explicit)
	if len(list) < leastEvents {
		list = r.eventsOf(incident.Prose)
	}
	list = sameZone(list)
	slices.SortStableFunc(list, func(a, b event) int { return a.At.From.Compare(b.At.From) })
	if !r.several {
		list = oneIncident(list)
	}
	survey(list)
	return list
}

// quiet is how long after a good end harm is that of another incident.
const quiet = 48 * time.Hour

// oneIncident ends the events where it began again much later.
func oneIncident(list []event) []event {
	for i := 1; i < len(list); i++ {
		good, silence := list[i-1].stand&goodEnds != 0, list[i].At.From.Sub(list[i-1].At.To)
		if good && silence > quiet && list[i].head&(harmSignal|detectSignal) != 0 {
			return list[:i]
		}
	}
	return list
}

// leastEvents is the number of rows that make a timeline.
const leastEvents = 2

func (r *reader) eventsOf(basis incident.Basis) []event {
	var list []event
	rehearsal := reportOf(r.title.Value).all&rehearseSignal != 0 // that is what it is about
	for _, row := range r.facts.Timeline {
		if row.Basis != basis || !row.At.Clock() || fromPost(row) || basis == incident.Prose && row.At.Range() {
			continue
		}
		text := r.rowText(row)
		if basis == incident.Prose {
			text = firstClause(row.Text)
		}
		e := event{Row: row, report: reportOf(text)}
		if basis == incident.Prose && e.head&(changeSignal|detectSignal) == changeSignal && e.stand == 0 {
			harm := reportOf(r.after[toldAt(row)]).head & harmSignal // that the change did
			e.head, e.all, e.stand = e.head|harm, e.all|harm, harm
		}
		if basis == incident.Prose && onsetForm.MatchString(text) && troubleWord.MatchString(text) {
			e.head, e.all, e.stand = e.head|beginSignal|harmSignal, e.all|beginSignal|harmSignal, harmSignal
		}
		e.rehearsed = !rehearsal && e.head&rehearseSignal != 0 && e.head&realSignal == 0
		list = append(list, e)
	}
	return list
}

// onsetForm puts a clock to when it was that something began.
var onsetForm = regexp.MustCompile(`(?i)\b(?:(?:start|beginn?)ing|(?:which|that) (?:began|started))\s+(?:at|around|about|from|on)\b[^.;]{0,40}\d`)

// sameZone leaves out the fewer where the zones of some times are known and those of
// others are not, of equally many those unlike the first: nobody can say which of them
// came first.
func sameZone(list []event) []event {
	like := 0
	for i := range list {
		if list[i].At.Zoned == list[0].At.Zoned {
			like++
		}
	}
	if like == len(list) {
		return list
	}
	zoned := list[0].At.Zoned == (2*like >= len(list))
	return slices.DeleteFunc(list, func(e event) bool { return e.At.Zoned != zoned })
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
	restored := false
	for i := range list {
		e := &list[i]
		e.before, e.restored = before, restored
		before.count(e)
		if e.stand != 0 {
			restored = e.stand&(restoreSignal|closeSignal) != 0
		}
		if restored && before.detections == 0 {
			before.harms = 0
			for j := range list[:i] {
				list[j].over = true
			}
		}
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
	if e.stand&goodEnds != 0 && e.later&harmSignal == 0 {
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
