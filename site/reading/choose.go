package reading

import (
	"slices"
	"time"

	"faultline/site/incident"
)

// candidate is a moment that may be one of the clocks.
type candidate struct {
	event int // place in the events; -1 where a labelled row states the clock
	at    time.Time
	score float64
}

// nobody is the candidate of a clock that stays unknown.
const nobody = -2

// chooser finds the rows that are the four clocks.
type chooser struct {
	events  []event
	lengths lengthsStated
	given   [marks]Found[incident.Time]
	window  bool       // the mitigation given is the end of a window
	best    [marks]int // places in the events; negative where none is chosen
	sum     float64
}

// maxCandidates is the number of rows that are weighed for a clock.
const maxCandidates = 8

func (c *chooser) choose() {
	c.best, c.sum = [marks]int{nobody, nobody, nobody, nobody}, -1
	var lists [marks][]candidate
	for n := range marks {
		lists[n] = c.candidates(n)
	}
	for _, s := range lists[startMark] {
		for _, d := range lists[detectMark] {
			before := s.score + d.score + c.detection(s, d)
			for _, m := range lists[mitigateMark] {
				middle := before + m.score + c.order(s, d, m)
				for _, r := range lists[resolveMark] {
					c.weigh([marks]candidate{s, d, m, r}, middle+r.score+c.end(s, d, m, r))
				}
			}
		}
	}
}

// weigh takes a choice that is better than those before it.
func (c *chooser) weigh(choice [marks]candidate, sum float64) {
	if sum <= c.sum {
		return
	}
	c.sum = sum
	for n := range choice {
		c.best[n] = choice[n].event
	}
}

// candidates are the rows that may be the clock, the likeliest first. The clock that a
// labelled row states is the only one.
func (c *chooser) candidates(of mark) []candidate {
	if given := c.given[of]; given.Known() {
		return []candidate{{event: -1, at: given.Value.From}}
	}
	var list []candidate
	for i := range c.events {
		if score := c.score(of, i); score > 0 {
			list = append(list, candidate{i, c.events[i].At.From, score})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	list = list[:min(len(list), maxCandidates)]
	return append(list, candidate{event: nobody})
}

// score says how likely the row is the clock, by what it signals and by how many rows
// before it might be just as well.
func (c *chooser) score(of mark, i int) float64 {
	e := &c.events[i]
	if c.stated(e) {
		return 0
	}
	switch of {
	case startMark:
		return c.scoreStart(e)
	case detectMark:
		if score := scoreDetection(e); score > 0 || c.lengths.detection <= atOnce {
			return score
		}
		return unsaidScore
	case mitigateMark:
		score := e.scoreEnd(endScores{closed: 3, restored: 4, fixed: 3.8}) - .4*float64(e.before.ends)
		if e.At.Approximate || e.all&hedgeSignal != 0 {
			score -= .5
		}
		return score
	}
	score := e.scoreEnd(endScores{closed: 6, restored: 4, fixed: 4})
	if i == len(c.events)-1 && i > 1 && !e.restored && e.stand == 0 && e.head&(detectSignal|exploreSignal) == 0 && e.changed() {
		score = 3.9
	}
	if score > 0 {
		score += float64(i) / float64(len(c.events))
	}
	return score
}

// stated reports whether a row is the one that states a clock by its label.
func (c *chooser) stated(e *event) bool {
	return slices.ContainsFunc(c.given[:], func(g Found[incident.Time]) bool {
		return g.Known() && g.Line == e.Line && g.Value.From.Equal(e.At.From)
	})
}

func (c *chooser) labelled() bool {
	return c.given[detectMark].Known() || c.given[mitigateMark].Known() && !c.window || c.given[resolveMark].Known()
}

// scoreStart is that of a row for the start. A discovery is none, nor what comes after
// one.
func (c *chooser) scoreStart(e *event) float64 {
	switch {
	case c.labelled():
		return c.startBesideLabels(e)
	case e.before.detections > 0:
		return c.unsaid(e)
	case e.head&beginSignal != 0:
		return 6
	case e.head&(detectSignal|exploreSignal) != 0:
		return c.unsaid(e)
	case e.head&harmSignal != 0:
		return 4 - float64(e.before.harms) - e.doubt()
	case e.changed():
		return 2.2 - e.doubt()
	}
	return c.unsaid(e)
}

// startBesideLabels is the score of a row where labels state other clocks and not the
// start: it must tell of harm before the labelled detection.
func (c *chooser) startBesideLabels(e *event) float64 {
	d := c.given[detectMark]
	if !d.Known() || !e.At.From.Before(d.Value.From) || e.head&harmSignal == 0 || e.head&(detectSignal|exploreSignal) != 0 {
		return 0
	}
	return 4 - float64(e.before.harms)
}

// unsaid is the score of a row for the start whose words do not make it one: with the
// text's own time to detection it may be.
func (c *chooser) unsaid(e *event) float64 {
	if c.lengths.detection > atOnce && e.head&detectSignal == 0 {
		return unsaidScore
	}
	return 0
}

// unsaidScore is that of a row for which only a stated length speaks.
const unsaidScore = .1

// doubt is what a row is worth less that tells of what was over before it was noticed.
func (e *event) doubt() float64 {
	if e.over {
		return 2
	}
	return 0
}

// changed reports whether a row tells of a change where users are.
func (e *event) changed() bool {
	return e.head&changeSignal != 0 && e.stand&harmSignal == 0 && !e.rehearsed
}

func scoreDetection(e *event) float64 {
	switch {
	case e.Basis == incident.Prose && e.stand&goodEnds != 0 && e.stand&harmSignal == 0 && e.all&harmSignal == 0:
		return 0 // "was reported healthy by 10:30"
	case e.head&detectSignal != 0:
		return 6 - 1.5*float64(e.before.detections)
	case e.all&detectSignal != 0:
		return 4 - 1.5*float64(e.before.detections)
	case e.Basis == incident.Prose:
		return 0
	case e.head&exploreSignal != 0:
		return 3 - 1.5*float64(e.before.detections+e.before.explorations) - .6*float64(e.before.harms)
	case e.head&harmSignal != 0 && e.head&beginSignal == 0:
		return 2 - 1.5*float64(e.before.detections+e.before.explorations+e.before.harms)
	}
	return 0
}

// endScores are what the ways to tell of an end are worth.
type endScores struct{ closed, restored, fixed float64 }

// scoreEnd is that of a row for an end, which it is not where it all begins again.
func (e *event) scoreEnd(worth endScores) float64 {
	score := 0.0
	for _, way := range [...]struct {
		signal signal
		worth  float64
	}{{closeSignal, worth.closed}, {restoreSignal, worth.restored}, {fixSignal, worth.fixed}} {
		if e.stand&way.signal != 0 {
			score = max(score, way.worth)
		}
	}
	switch {
	case e.rehearsed || score == 0:
		return 0
	case e.later&harmSignal != 0 && e.stand&closeSignal != 0:
		return score - 1.5
	case e.later&harmSignal != 0:
		return 0
	case e.head&exploreSignal != 0 && e.head&goodEnds == 0:
		return score - 1
	}
	return score
}

// never is added for what cannot be.
const never = -100

// detection weighs a start and a detection together.
func (c *chooser) detection(s, d candidate) float64 {
	if s.event == nobody || d.event == nobody {
		if d.event >= 0 && d.score <= unsaidScore {
			return never
		}
		if s.event >= 0 && c.weak(s) {
			return never
		}
		return 0
	}
	if d.event >= 0 && d.score <= unsaidScore && c.fitsDetection(s, d) == 0 {
		return never
	}
	bare := d.event >= 0 && c.events[d.event].all&(detectSignal|exploreSignal) == 0
	switch {
	case d.at.Before(s.at):
		return never
	case c.fitsDetection(s, d) > 0:
		return statedWorth * c.fitsDetection(s, d)
	case s.event >= 0 && s.event == d.event && s.event == 0, bare && s.event != d.event:
		return never // what was seen first, and not when it began or was seen
	case s.event >= 0 && d.event >= 0 && c.weak(s) && d.event-s.event != 1:
		return never
	}
	return 0
}

// fitsDetection weighs the stated time to the detection against one from there to there.
func (c *chooser) fitsDetection(s, d candidate) float64 {
	if s.event == nobody || d.event == nobody || s.event == d.event && s.event >= 0 || c.lengths.detection == 0 {
		return 0
	}
	return closeTo(d.at.Sub(s.at), c.lengths.detection)
}

// weak reports whether nothing but its place makes a row the start.
func (c *chooser) weak(s candidate) bool { return c.events[s.event].head&(harmSignal|beginSignal) == 0 }

// order weighs whether users were better after it began, and after it was noticed.
func (c *chooser) order(s, d, m candidate) float64 {
	switch {
	case m.event == nobody:
		return 0
	case s.event != nobody && !s.at.Before(m.at), d.event != nobody && m.at.Equal(d.at):
		return never
	case d.event != nobody && m.at.Before(d.at) && c.onlyStated(s, d):
		return never
	case d.event != nobody && m.at.Before(d.at):
		return -2
	}
	return 0
}

// end weighs the order of the ends, and a stated length of the incident, which one of
// them ends. Rows for which no words speak need lengths that do.
func (c *chooser) end(s, d, m, r candidate) float64 {
	if r.event != nobody && (m.event != nobody && r.at.Before(m.at) || s.event != nobody && r.at.Before(s.at)) {
		return never
	}
	if d.event >= 0 && (d.event == r.event || c.onlyStated(s, d) && !c.exact(s, d, m, r)) {
		return never
	}
	if s.event >= 0 && s.score <= unsaidScore && c.fitsDetection(s, d) == 0 && c.fits(s, candidate{event: nobody}, m) == 0 && c.fits(s, candidate{event: nobody}, r) == 0 {
		return never // only a stated length speaks for such a start
	}
	return max(.3+c.fits(s, d, m), c.fits(s, d, r))
}

// onlyStated reports whether nothing but the stated length speaks for both.
func (c *chooser) onlyStated(s, d candidate) bool {
	return s.event >= 0 && d.event >= 0 && s.score <= unsaidScore && d.score <= unsaidScore
}

// exact reports whether rows of which one tells of harm lie exactly as far apart as the
// text says, up to the detection and up to an end.
func (c *chooser) exact(s, d, m, r candidate) bool {
	harm := (c.events[s.event].head | c.events[d.event].head) & harmSignal
	ends := func(last candidate) bool {
		return last.event != nobody && (last.at.Sub(s.at) == c.lengths.incident || last.at.Sub(d.at) == c.lengths.incident)
	}
	return harm != 0 && d.at.Sub(s.at) == c.lengths.detection && (ends(m) || ends(r))
}

// fits weighs a stated length of the incident against one that ends there.
func (c *chooser) fits(s, d, last candidate) float64 {
	best := 0.0
	if last.event == nobody || c.lengths.incident == 0 {
		return 0
	}
	if s.event != nobody {
		best = 3 * closeTo(last.at.Sub(s.at), c.lengths.incident)
	}
	if d.event != nobody {
		best = max(best, 2*closeTo(last.at.Sub(d.at), c.lengths.incident))
	}
	return best
}

// closeTo is 1 for lengths of time that are the same, less where people may have
// rounded, and 0 where they are not.
func closeTo(a, b time.Duration) float64 {
	switch difference := (a - b).Abs(); {
	case difference == 0:
		return 1
	case difference <= max(time.Minute, b/100):
		return .6
	}
	return 0
}

// startSeen makes the detection the start as well where the text says so: it took no
// time, or the stated length of the incident counts from there.
func (c *chooser) startSeen() {
	d := c.best[detectMark]
	if c.best[startMark] != nobody || d < 0 || c.labelled() {
		return
	}
	if c.lengths.detection == atOnce {
		c.best[startMark] = d
	}
	for _, n := range [...]mark{mitigateMark, resolveMark} {
		if end := c.best[n]; end >= 0 && c.events[d].head&harmSignal != 0 && c.lengths.incident > 0 && closeTo(c.events[end].At.From.Sub(c.events[d].At.From), c.lengths.incident) > 0 {
			c.best[startMark] = d
		}
	}
}

// statedWorth is what a stated length is worth that fits: more than the words of any
// row, since who wrote it counted from one to the other.
const statedWorth = 8
