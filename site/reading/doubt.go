package reading

import (
	"fmt"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/problem"
)

// doubt notes what a text leaves open, with the readings that it has. A rule is noted
// once in a report.
func (r *reader) doubt(opt Options) {
	r.doubtDates()
	r.doubtSeason()
	if !opt.Told {
		r.doubtZone()
	}
}

func (r *reader) note(rule string, line int, text, hint string) {
	r.facts.Problems = append(r.facts.Problems, problem.Problem{Rule: rule, Level: problem.Note, Line: line, Text: text, Hint: hint})
}

// doubtDates notes a labelled date whose day and month nobody can tell apart.
func (r *reader) doubtDates() {
	for _, s := range r.statements {
		if s.fact != dateFact && !s.fact.clock() {
			continue
		}
		w, ok := dateIn(s.value)
		if !ok || w.between == "" || strings.Contains(r.dayFirst, w.between) {
			continue
		}
		one, other := midnight(w.year, time.Month(w.month), w.day), midnight(w.year, time.Month(w.day), w.month)
		r.note("ambiguous-date", s.line, fmt.Sprintf("date %q is %s or %s", w.written, one.Format("2 January 2006"), other.Format("2 January 2006")),
			"write it as YYYY-MM-DD")
		return
	}
}

// winterZones are names of standard time, with what the clocks there are on in summer.
var winterZones = map[string]struct{ summer, winterOffset, summerOffset string }{
	"PST": {"PDT", "UTC-8", "UTC-7"}, "MST": {"MDT", "UTC-7", "UTC-6"}, "CST": {"CDT", "UTC-6", "UTC-5"}, "EST": {"EDT", "UTC-5", "UTC-4"},
	"CET": {"CEST", "UTC+1", "UTC+2"}, "MEZ": {"MESZ", "UTC+1", "UTC+2"}, "EET": {"EEST", "UTC+2", "UTC+3"}, "WET": {"WEST", "UTC+0", "UTC+1"},
}

// doubtSeason notes a zone of winter in a report of summer: from April to September
// the clocks of all of them are on summer time.
func (r *reader) doubtSeason() {
	day, zone := r.facts.Date.Value, r.facts.Timezone
	names, known := winterZones[zone.Value]
	if month := day.From.Month(); !known || day.Precision < incident.Month || month < time.April || month > time.September {
		return
	}
	r.note("zone-out-of-season", zone.Line, fmt.Sprintf("%q is %s, but in %s the clocks may be on %s, which is %s",
		zone.Value, names.winterOffset, day.From.Month(), names.summer, names.summerOffset), "write the offset behind the name, such as PDT (UTC-7)")
}

// doubtZone notes clocks of which no zone is known.
func (r *reader) doubtZone() {
	f := &r.facts
	if f.Timezone.Known() || r.zone != nil {
		return
	}
	for _, found := range [...]Found[incident.Time]{f.Started, f.Detected, f.Mitigated, f.Resolved} {
		if at := found.Value; at.Clock() && !at.Zoned {
			r.note("unstated-zone", found.Line, fmt.Sprintf("nothing says in which zone %s is: universal or local time", at.From.Format("15:04")),
				"add timezone: to the front matter, or unknown where nobody knows")
			return
		}
	}
}
