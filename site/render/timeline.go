package render

import (
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/phrase"
)

const (
	longGap = time.Hour // a silence that the timeline draws
	glance  = 110       // runes of a row whose full text is in the report
)

// Timeline is what happened when, beside the report.
type Timeline struct {
	Rows []TimelineRow
	Told int    // of the rows, those whose words are a sentence of the report
	Zone string // of the times, "" when the rows have none
	URL  string // where the report tells it itself, "" when it does not
}

// TimelineRow is one entry of a timeline.
type TimelineRow struct {
	Gap      string // silence before the row, of an hour or more: "2 h 5 min"
	Day      string // written where the day changes
	Time     string
	Datetime string
	Marks    []Mark
	Text     string
	Actor    string
	Told     bool   // the words are a sentence of the report, and no row of its own
	URL      string // where the report tells it, when each row has its own place
}

// Mark names a clock of the incident that a row is the moment of.
type Mark struct{ Name, Class string }

func timelineOf(inc *incident.Incident) Timeline {
	var t Timeline
	one := oneAnchor(inc.Timeline)
	if one {
		t.URL = fragment(inc.Timeline[0].Anchor)
	}
	var last incident.Time
	day := ""
	marked := map[string]bool{}
	for _, row := range oldestFirst(inc.Timeline) {
		out := TimelineRow{Time: timeOf(row), Text: row.Text, Actor: text(row.Actor), Told: row.Basis == incident.Prose}
		if out.Told {
			t.Told++
		}
		if row.Basis != incident.FrontMatter {
			out.Text = phrase.Shorten(row.Text, glance)
		}
		if !one {
			out.URL = fragment(row.Anchor)
		}
		switch {
		case row.At.Clock():
			out.Datetime, t.Zone = machineTime(row.At), zone(inc, row.At)
			out.Gap = silence(last, row.At)
			out.Marks = marksOf(inc, row.At, marked)
			last = row.At
		case row.At.Known():
			last = incident.Time{} // a gap would be read as counted from this row
		}
		if of := dayOf(row.At); of != "" && of != day {
			out.Day, day = of, of
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

// oldestFirst turns round a timeline that begins with the newest row, as status pages
// write it.
func oldestFirst(rows []incident.Row) []incident.Row {
	for i, row := range rows {
		if !row.At.Known() || i > 0 && row.At.From.After(rows[i-1].At.From) {
			return rows
		}
	}
	if len(rows) < 2 || !rows[len(rows)-1].At.From.Before(rows[0].At.From) {
		return rows
	}
	rows = slices.Clone(rows)
	slices.Reverse(rows)
	return rows
}

// oneAnchor reports whether all rows stand under one heading, so that a link from
// each of them would say nothing.
func oneAnchor(rows []incident.Row) bool {
	for _, row := range rows {
		if row.Anchor != rows[0].Anchor {
			return false
		}
	}
	return len(rows) > 0
}

// timeOf writes a row's time as far as it is known: the clock, the time since the
// start, or the author's own words; nothing where its day says all.
func timeOf(row incident.Row) string {
	switch {
	case row.At.Clock():
		return clock(row.At)
	case row.Offset != nil:
		return "+" + unbroken(row.Offset)
	case dayOf(row.At) != "":
		return ""
	case row.Label != "":
		return row.Label
	default:
		return date(row.At)
	}
}

// dayOf writes the day of a time that is known to the day or better, "" for others.
func dayOf(at incident.Time) string {
	if at.Precision < incident.Day || !at.Clock() && (at.Approximate || at.Range()) {
		return ""
	}
	return at.From.Format(dayLayout)
}

// silence returns the time between two rows where it is worth drawing.
func silence(last, at incident.Time) string {
	if !last.Known() {
		return ""
	}
	if gap := at.From.Sub(last.To); gap >= longGap {
		return unbroken(incident.Span(gap))
	}
	return ""
}

// marksOf names the clocks that a row is the moment of. A clock is marked once.
func marksOf(inc *incident.Incident, at incident.Time, marked map[string]bool) []Mark {
	var marks []Mark
	for _, c := range clockList(inc) {
		if c.at.Clock() && c.at.From.Equal(at.From) && c.at.Zoned == at.Zoned && !marked[c.name] {
			marked[c.name] = true
			marks = append(marks, Mark{c.name, c.class})
		}
	}
	return marks
}

// Mixed reports whether some rows are sentences of the report and others are not, so that
// each must say which it is.
func (t Timeline) Mixed() bool { return t.Told > 0 && t.Told < len(t.Rows) }

// Class is the style of the row: behind a gap, a sentence of the report.
func (r TimelineRow) Class() string {
	var classes []string
	if r.Gap != "" {
		classes = append(classes, "late")
	}
	if r.Told {
		classes = append(classes, "told")
	}
	return strings.Join(classes, " ")
}
