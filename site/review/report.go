package review

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// Period is the days that a report is about, both included. Since must be known; a zero Until
// is the day that the library speaks of.
type Period struct{ Since, Until incident.Time }

// How many entries a section of a report lists.
const (
	mostListed  = 60
	mostActions = 25
)

// report is a report in the making.
type report struct {
	found   *pattern.Findings
	tally   *pattern.Tally
	ledger  *pattern.Ledger
	now     []*incident.Incident // of the period, newest first
	recent  map[*incident.Incident]bool
	before  []*incident.Incident // of the time before it
	undated int
	b       strings.Builder
}

// Report writes a Markdown text on the incidents of a period, for a meeting: what
// happened, what is new and what came again, how long it took beside the time before,
// and what was promised.
func Report(w io.Writer, lib *incident.Library, c pattern.Counting, period Period) error {
	if !period.Until.Known() {
		period.Until = lib.AsOf
	}
	f := pattern.Find(lib)
	r := &report{found: f, tally: f.Tally(c), ledger: f.Ledger(), recent: map[*incident.Incident]bool{}}
	r.divide(period)
	r.heading(lib, period)
	r.incidents()
	r.durations()
	r.repeats()
	r.combinations()
	r.news()
	r.promises()
	r.known()
	r.lessons()
	_, err := io.WriteString(w, r.b.String())
	return err
}

// divide finds the incidents of the period and those before it.
func (r *report) divide(period Period) {
	for _, inc := range r.found.Incidents() {
		day := inc.Date.Date()
		switch {
		case !day.Known():
			r.undated++
		case day.From.Before(period.Since.From):
			r.before = append(r.before, inc)
		case !period.Until.Known() || !day.From.After(period.Until.To):
			r.now = append(r.now, inc)
			r.recent[inc] = true
		}
	}
}

func (r *report) line(format string, args ...any) { fmt.Fprintf(&r.b, format+"\n", args...) }

func (r *report) section(heading string) { r.line("\n## %s\n", heading) }

func (r *report) heading(lib *incident.Library, period Period) {
	r.line("# Incidents from %s to %s\n", day(period.Since), day(period.Until))
	r.line("%s in this period, %s before it, of %s in the library.", phrase.Count(len(r.now), "incident"), phrase.Number(len(r.before)), phrase.Number(len(lib.Incidents)))
	if r.undated > 0 {
		r.line("%s without a date, and counted in neither.", phrase.Agree(r.undated, "incident is", "incidents are"))
	}
	r.line("Terms are counted by %s.", r.tally.Counting().Label())
}

func (r *report) incidents() {
	r.section("What happened")
	if len(r.now) == 0 {
		r.line("No incident has a date in this period.")
		return
	}
	r.line("| Date | Incident | Severity | Lasted | Causes |")
	r.line("| --- | --- | --- | --- | --- |")
	for _, inc := range r.now[:min(mostListed, len(r.now))] {
		r.line("| %s | %s | %s | %s | %s |", day(inc.Date), oneLine(inc.Title), oneLine(text(inc.Severity)), inc.Duration, oneLine(strings.Join(r.causes(inc), ", ")))
	}
	if more := len(r.now) - mostListed; more > 0 {
		r.line("\n%s more.", phrase.Number(more))
	}
}

// causes are the labels of the incident's causes, those that only its text suggests with a
// question mark.
func (r *report) causes(inc *incident.Incident) []string {
	var labels []string
	for _, t := range inc.Terms[incident.Cause] {
		if !r.tally.Counting().Counts(t) {
			continue
		}
		label := t.ID
		if g, ok := r.found.Lookup(pattern.Cause, t.ID); ok {
			label = g.Label
		}
		if t.Provenance == incident.Suggested {
			label += "?"
		}
		labels = append(labels, label)
	}
	return labels
}

func (r *report) durations() {
	r.section("How long it took")
	for _, phase := range pattern.Phases {
		c := pattern.Compare(r.before, r.now, phase)
		if c.B.N == 0 {
			r.line("- %s: none of the %s tells it.", phase.Label(), phrase.Count(len(r.now), "incident"))
			continue
		}
		r.line("- %s: median %s%s (%d of %s %s it). Against the time before: %s.",
			phase.Label(), c.B.Median, spread(c.B), c.B.N, phrase.Count(c.B.Of, "incident"), agree(c.B.N), c.Words())
	}
	r.line("\nNo mean is given: one long incident moves it more than anything else does.")
}

// spread says how far from the median the others are, "" for one.
func spread(d pattern.Distribution) string {
	if d.N == 1 {
		return ""
	}
	return fmt.Sprintf(", half of them between %s and %s, a tenth above %s", d.Lower, d.Upper, d.P90)
}

func agree(n int) string {
	if n == 1 {
		return "tells"
	}
	return "tell"
}

func (r *report) repeats() {
	r.section("The same again")
	n := 0
	for _, f := range r.found.Families() {
		for _, t := range f.Ties {
			if r.recent[t.Incident] && n < mostListed {
				r.line("- %s %s %s%s.", titled(t.Incident), ties[t.Kind], titled(t.Earlier), shared(t.Common))
				n++
			}
		}
	}
	if n == 0 {
		r.line("No incident of this period looks like an earlier one.")
	}
}

var ties = map[pattern.TieKind]string{
	pattern.Declared: "is said by its report to repeat",
	pattern.Alike:    "looks like",
	pattern.Twice:    "may be the same incident, reported twice, as",
}

// shared says what two incidents have in common.
func shared(c pattern.Common) string {
	var labels []string
	for _, s := range c.Shared[:min(4, len(c.Shared))] {
		labels = append(labels, oneLine(s.Label))
	}
	switch {
	case len(labels) > 0:
		return ": both have " + strings.Join(labels, ", ")
	case len(c.Words) > 0:
		return ": both speak of " + strings.Join(c.Words, ", ")
	}
	return ""
}

func (r *report) combinations() {
	r.section("What recurs together")
	n := 0
	for _, c := range r.tally.Combinations(pattern.MiningOptions{}).Found {
		recent := 0
		for _, inc := range c.Incidents {
			if r.recent[inc] {
				recent++
			}
		}
		if recent > 0 && c.Verdict.Notable() {
			r.line("- %s: %s; %d of them in this period.", together(c.Values), c.Words(), recent)
			n++
		}
	}
	if n == 0 {
		r.line("No combination with an incident of this period is more than chance gives.")
	}
}

func together(groups []*pattern.Group) string {
	var labels []string
	for _, g := range groups {
		labels = append(labels, oneLine(g.Label))
	}
	return strings.Join(labels, " with ")
}

// newsworthy are the facets whose news a meeting wants to hear.
var newsworthy = []pattern.Facet{pattern.Cause, pattern.Trigger, pattern.Factor}

func (r *report) news() {
	r.section("New, and back after a year or more")
	n := 0
	for _, year := range slices.Backward(r.tally.News()) {
		for _, s := range year.New {
			if slices.Contains(newsworthy, s.Group.Facet) && r.recent[s.Incident] && len(r.before) > 0 {
				r.line("- %s “%s” for the first time: %s.", s.Group.Facet.Label(), oneLine(s.Group.Label), titled(s.Incident))
				n++
			}
		}
		for _, back := range year.Returned {
			if slices.Contains(newsworthy, back.Group.Facet) && r.recent[back.After] {
				r.line("- %s “%s” again after %s: %s.", back.Group.Facet.Label(), oneLine(back.Group.Label), phrase.Count(back.Days, "day"), titled(back.After))
				n++
			}
		}
	}
	if n == 0 {
		r.line("No cause, trigger or factor is new, and none was away for a year.")
	}
}

func (r *report) promises() {
	r.section("What was promised")
	r.line("| Action | Owner | Status | From |")
	r.line("| --- | --- | --- | --- |")
	n := 0
	for _, p := range r.ledger.Promises {
		last := p.Made[len(p.Made)-1]
		if n == mostActions || !r.recent[last.Incident] {
			continue
		}
		n++
		again := ""
		if p.Again() > 0 {
			again = fmt.Sprintf(" (promised in %d reports)", p.Again()+1)
		}
		r.line("| %s%s | %s | %s | %s |", shorten(last.Action.Text, 160), again, oneLine(text(last.Action.Owner)), oneLine(text(last.Action.Status)), oneLine(last.Incident.Title))
	}
	if n == 0 {
		r.line("| nothing |  |  |  |")
	}
	r.struck()
}

// struck lists the promises that an incident of the period came after.
func (r *report) struck() {
	var lines []string
	for _, p := range r.ledger.Promises {
		for _, s := range p.Struck {
			if r.recent[s.Incident] && len(lines) < mostActions {
				lines = append(lines, fmt.Sprintf("- %s (promised on %s), before %s", shorten(p.Text, 160), day(p.Since()), titled(s.Incident)))
			}
		}
	}
	if len(lines) > 0 {
		r.section("Open when it struck again")
		r.line("%s", strings.Join(lines, "\n"))
	}
}

func (r *report) known() {
	var lines []string
	for _, k := range r.ledger.Known {
		if r.recent[k.Incident] && len(lines) < mostListed {
			line := "- " + titled(k.Incident)
			if len(k.Tag.Evidence) > 0 {
				line += ": “" + oneLine(k.Tag.Evidence[0].Text) + "”"
			}
			lines = append(lines, line)
		}
	}
	if len(lines) > 0 {
		r.section("Known before, and it struck all the same")
		r.line("%s", strings.Join(lines, "\n"))
	}
}

func (r *report) lessons() {
	r.section("Lessons")
	n := 0
	for _, inc := range r.now {
		for _, l := range inc.Lessons {
			if n < mostListed {
				r.line("- %s (%s)", oneLine(l.Text), oneLine(inc.Title))
				n++
			}
		}
	}
	if n == 0 {
		r.line("No report of this period states a lesson.")
	}
}
