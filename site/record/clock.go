package record

import (
	"fmt"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// unknownZone is what an author writes who knows that nobody knows.
const unknownZone = "unknown"

// libraryZone is the zone that the library gives to clocks without one.
func (r *reader) libraryZone() *time.Location {
	if r.opt.Config.Timezone == "" {
		return nil
	}
	zone, err := incident.ParseZone(r.opt.Config.Timezone)
	if err != nil {
		return nil // a problem of the configuration
	}
	return zone
}

func (r *reader) timezone(n *yaml.Node) {
	s := r.optional(n)
	if s == nil {
		return
	}
	r.incident.Timezone, r.zoneGiven = s, true
	if strings.EqualFold(*s, unknownZone) {
		r.zone = nil
		return
	}
	zone, err := incident.ParseZone(*s)
	if err != nil {
		r.report(problem.Error, n, "unknown-timezone", err.Error(),
			"write an IANA name such as Europe/London, an offset such as +01:00, or unknown")
		return
	}
	r.zone = zone
}

// time reads a time of any precision. It is false for what is none.
func (r *reader) time(n *yaml.Node) (incident.Time, bool) {
	s, ok := r.scalar(n)
	if !ok {
		return incident.Time{}, false
	}
	t, err := incident.ParseTime(s, r.zone)
	if err != nil {
		r.report(problem.Error, n, "bad-time", err.Error(), "write YYYY-MM-DD or YYYY-MM-DDTHH:MM with a zone such as Z or +01:00")
		return incident.Time{}, false
	}
	return t, true
}

// clock reads a time and warns, once in a file, of a clock whose zone nobody told.
func (r *reader) clock(n *yaml.Node) incident.Time {
	t, _ := r.time(n)
	if t.Clock() && !t.Zoned && !r.zoneGiven && !r.zoneWarned {
		r.zoneWarned = true
		r.report(problem.Warning, n, "no-timezone", fmt.Sprintf("time %q has no zone", strings.TrimSpace(n.Text)),
			"add Z or an offset, or timezone: with a zone, or timezone: unknown where the source does not say")
	}
	return t
}

func (r *reader) date(n *yaml.Node) {
	t, _ := r.time(n)
	r.incident.Date = t
}

func (r *reader) duration(n *yaml.Node) { r.incident.Duration = r.span(n) }

// span reads a length of time that may be unknown.
func (r *reader) span(n *yaml.Node) incident.Duration {
	s := r.optional(n)
	if s == nil {
		return incident.Duration{}
	}
	d, err := incident.ParseDuration(*s)
	if err != nil {
		r.report(problem.Error, n, "bad-duration", err.Error(), r.example())
	}
	return d
}

// clocks are the four clocks with their keys, in the order in which they pass.
func clocks(i *incident.Incident) [4]struct {
	key string
	at  *incident.Time
} {
	return [4]struct {
		key string
		at  *incident.Time
	}{{"started", &i.Started}, {"detected", &i.Detected}, {"mitigated", &i.Mitigated}, {"resolved", &i.Resolved}}
}

// checkClocks reports clocks of the front matter that cannot have passed in their
// order. Detection may come after the end, when nobody noticed at the time.
func (r *reader) checkClocks() {
	i := r.incident
	for _, c := range []struct {
		key, before string
		at, than    incident.Time
	}{
		{"detected", "started", i.Detected, i.Started},
		{"mitigated", "started", i.Mitigated, i.Started},
		{"resolved", "started", i.Resolved, i.Started},
		{"resolved", "mitigated", i.Resolved, i.Mitigated},
	} {
		if n := r.given[c.key]; n != nil && earlier(c.at, c.than) {
			r.report(problem.Error, n, "clock-order",
				fmt.Sprintf("%s %q is before %s %q", c.key, c.at, c.before, c.than), "mend one of the two, or mark it with ~ where it is approximate")
		}
	}
}

// earlier reports whether a was certainly before b, their precision and doubt
// allowed for.
func earlier(a, b incident.Time) bool {
	if a.Precision <= incident.TimeOfDay || b.Precision <= incident.TimeOfDay || a.Approximate || b.Approximate {
		return false
	}
	latest := a.To.Add(width(a.Precision) - 1)
	if !(a.Clock() && b.Clock()) || a.Zoned != b.Zoned {
		latest = latest.Add(14 * time.Hour) // the zones that one of them may lie in
	}
	return latest.Before(b.From)
}

// width is how long a time of the precision lasts.
func width(p incident.Precision) time.Duration {
	const day = 24 * time.Hour
	return [...]time.Duration{incident.Year: 366 * day, incident.Month: 31 * day, incident.Day: day,
		incident.Minute: time.Minute, incident.Second: time.Second}[p]
}

// checkDuration notes a stated duration that differs from the clocks by more than a
// tenth.
func (r *reader) checkDuration() {
	stated, computed := r.incident.Duration, incident.Between(r.incident.Started, r.incident.Resolved)
	n := r.given["duration"]
	if n == nil || stated.Basis != incident.Stated || !computed.Known() {
		return
	}
	if computed.Least*10 > stated.Most*11 || computed.Most*10 < stated.Least*9 {
		r.report(problem.Note, n, "duration-differs",
			fmt.Sprintf("stated duration %q differs from %q between started and resolved", stated, computed),
			"the stated duration counts; remove it where the clocks are right")
	}
}
