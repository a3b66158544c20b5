package render

import (
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/phrase"
)

// Clocks are the four moments of an incident: in a sentence, those known in a table
// and, when at least two can be compared, drawn to scale.
type Clocks struct {
	Chart    *Chart
	Sentence string
	Rows     []ClockRow
}

// ClockRow is one clock in the table.
type ClockRow struct {
	Name     string
	Class    string
	Time     string
	Datetime string
	Since    string // time since the start, "" when not known
}

// namedClock is one of the four clocks of an incident.
type namedClock struct {
	name, class string
	at          incident.Time
}

// clockList returns the four clocks in order, all in the zone of the first that
// has one.
func clockList(inc *incident.Incident) []namedClock {
	clocks := []namedClock{
		{"started", "started", inc.Started}, {"detected", "detection", inc.Detected},
		{"mitigated", "mitigation", inc.Mitigated}, {"resolved", "resolved", inc.Resolved},
	}
	var first *incident.Time
	for i := range clocks {
		at := &clocks[i].at
		if !at.Zoned {
			continue
		}
		if first == nil {
			first = at
		}
		at.From, at.To = at.From.In(first.From.Location()), at.To.In(first.From.Location())
	}
	return clocks
}

func clocksOf(inc *incident.Incident) Clocks {
	all := clockList(inc)
	exact := comparable(all)
	if said := backwards(inc, exact); said != "" {
		return Clocks{Sentence: said}
	}
	if atOnce(exact) && exact[0].name == "started" && exact[len(exact)-1].name == "resolved" {
		return Clocks{Sentence: phrase.Sentence(when(inc, exact)) + " The same time is given for start and end."}
	}
	c := Clocks{Sentence: clockSentence(inc, all, exact)}
	if len(exact) > 1 {
		c.Chart = chartOf(exact)
	}
	if len(exact) == 0 {
		return c
	}
	severalDays := len(days(exact)) > 1
	for _, clock := range all {
		if !clock.at.Known() {
			continue // the sentence says so
		}
		row := ClockRow{Name: clock.name, Class: clock.class, Time: moment(clock.at, severalDays), Datetime: machineTime(clock.at)}
		if since := incident.Between(all[0].at, clock.at); since.Known() && clock.name != "started" {
			row.Since = length(since)
		}
		c.Rows = append(c.Rows, row)
	}
	return c
}

// comparable returns the clocks that can stand on one axis: known to the minute,
// and all with a zone or all without.
func comparable(all []namedClock) []namedClock {
	var with, without []namedClock
	for _, c := range all {
		switch {
		case c.at.Clock() && c.at.Zoned:
			with = append(with, c)
		case c.at.Clock():
			without = append(without, c)
		}
	}
	if len(with) >= len(without) {
		return with
	}
	return without
}

// backwards says that the incident was resolved before it started, or was mitigated a
// day later, so that one of the two is wrong and nothing can be said of any length. It
// is "" where that is not so.
func backwards(inc *incident.Incident, exact []namedClock) string {
	if len(exact) < 2 {
		return ""
	}
	last := exact[len(exact)-1:]
	for i, c := range exact[:len(exact)-1] {
		late := c.at.From.Sub(last[0].at.To)
		if last[0].name == "resolved" && (late > 24*time.Hour || late > 0 && c.name == "started") {
			return phrase.Sentence(when(inc, exact[i:i+1]) + ", but " + when(inc, last) + ": one of the two is wrong")
		}
	}
	return ""
}

// days returns the days that the clocks fall on.
func days(clocks []namedClock) []string {
	var out []string
	for _, c := range clocks {
		for _, at := range []string{c.at.From.Format("2 Jan"), c.at.To.Format("2 Jan")} {
			if len(out) == 0 || out[len(out)-1] != at {
				out = append(out, at)
			}
		}
	}
	return out
}

// moment writes a clock, with its day where the clocks fall on several.
func moment(at incident.Time, withDay bool) string {
	switch {
	case !at.Clock():
		return date(at)
	case withDay:
		return at.From.Format("2 Jan") + " " + clock(at)
	default:
		return clock(at)
	}
}

// length writes a duration that may be nothing.
func length(d incident.Duration) string {
	if d.Most == 0 {
		return "0 min"
	}
	return unbroken(d)
}

// clockSentence says what is known of the clocks and what is not.
func clockSentence(inc *incident.Incident, all, exact []namedClock) string {
	if len(exact) == 0 {
		return vagueSentence(inc, all)
	}
	parts := []string{phrase.Sentence(when(inc, exact))}
	if len(exact) > 1 {
		parts = append(parts, phrase.Sentence(since(exact)))
	}
	if missing := unknown(all); len(missing) > 0 {
		parts = append(parts, phrase.Sentence("when it "+either(missing)+" is not known"))
	}
	return strings.Join(parts, " ")
}

// when writes the first and last clock: "10 October 2017, 15:09 to 16:59, UTC+1".
func when(inc *incident.Incident, exact []namedClock) string {
	first, last := exact[0], exact[len(exact)-1]
	from, to := moment(first.at, false), moment(last.at, false)
	day, lastDay := first.at.From.Format(dayLayout), last.at.From.Format(dayLayout)
	switch {
	case len(exact) == 1:
		return first.name + " on " + day + ", " + from + ", " + zone(inc, first.at)
	case atOnce(exact):
		return day + ", " + from + ", " + zone(inc, first.at)
	case day == lastDay:
		return day + ", " + from + " to " + to + ", " + zone(inc, first.at)
	default:
		return day + ", " + from + " to " + lastDay + ", " + to + ", " + zone(inc, first.at)
	}
}

// atOnce reports whether all clocks show the same moment.
func atOnce(exact []namedClock) bool {
	if len(exact) == 0 {
		return false
	}
	first := exact[0].at
	return !slices.ContainsFunc(exact, func(c namedClock) bool { return !c.at.From.Equal(first.From) || !c.at.To.Equal(first.From) })
}

// since says how long after the first clock the others came, of those that came
// together in one.
func since(exact []namedClock) string {
	var parts []string
	for i, c := range exact[1:] {
		if i+2 < len(exact) && exact[i+2].at == c.at {
			parts = append(parts, c.name)
			continue
		}
		d := incident.Between(exact[0].at, c.at)
		switch {
		case !d.Known():
			parts = append(parts, c.name+" before that")
		case d.Most == 0:
			parts = append(parts, c.name+" at once")
		default:
			parts = append(parts, c.name+" after "+unbroken(d))
		}
	}
	s := phrase.List(parts)
	if exact[0].name != "started" {
		s += ", counted from when it was " + exact[0].name
	}
	return s
}

// unknown names the clocks that nothing is known of, as what happened to "it":
// "started", "was detected", "resolved".
func unknown(all []namedClock) []string {
	var names []string
	passive := "was "
	for _, c := range all {
		switch {
		case c.at.Known():
		case c.name == "started":
			names = append(names, c.name)
		default:
			names = append(names, passive+c.name)
			passive = ""
		}
	}
	return names
}

func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// vagueSentence speaks of an incident without a clock to the minute.
func vagueSentence(inc *incident.Incident, all []namedClock) string {
	var parts []string
	for _, c := range all {
		if c.at.Known() {
			parts = append(parts, c.name+" "+date(c.at))
		}
	}
	switch {
	case len(parts) > 0:
		return phrase.Sentence(phrase.List(parts) + "; the time of day is not known")
	case inc.Duration.Known():
		return phrase.Sentence("it lasted " + unbroken(inc.Duration) + "; its start and end are not known")
	default:
		return "" // the facts above say so
	}
}
