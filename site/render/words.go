package render

import (
	"fmt"
	"strings"

	"faultline/site/incident"
)

// dateLayouts write a date for people at each precision.
var dateLayouts = [...]string{incident.Year: "2006", incident.Month: "January 2006", incident.Day: dayLayout}

const dayLayout = "2 January 2006"

// date writes the day of a time for people: "10 October 2017", "about May 2016",
// "" for an unknown one.
func date(t incident.Time) string {
	if !t.Known() {
		return ""
	}
	layout := dateLayouts[min(t.Precision, incident.Day)]
	s := t.From.Format(layout)
	if end := t.To.Format(layout); end != s {
		s += " to " + end
	}
	if t.Approximate && !t.Clock() {
		s = "about " + s
	}
	return s
}

// shortDate writes a day for a column of dates: "2017-10-10", "2017-10", "2017".
func shortDate(t incident.Time) string {
	if !t.Known() {
		return "undated"
	}
	return machineDate(t)
}

// machineDate writes a day as the datetime attribute wants it.
func machineDate(t incident.Time) string {
	if !t.Known() {
		return ""
	}
	layouts := [...]string{incident.Year: "2006", incident.Month: "2006-01", incident.Day: "2006-01-02"}
	return t.From.Format(layouts[min(t.Precision, incident.Day)])
}

// machineTime writes a time as the datetime attribute wants it.
func machineTime(t incident.Time) string {
	switch {
	case !t.Clock():
		return machineDate(t)
	case t.Zoned:
		return t.From.Format("2006-01-02T15:04Z07:00")
	default:
		return t.From.Format("2006-01-02T15:04")
	}
}

// clock writes the time of day for people: "15:09", "~15:09", "16:10–16:25".
func clock(t incident.Time) string {
	layout := "15:04"
	if t.Precision == incident.Second && t.From.Second() != 0 {
		layout = "15:04:05"
	}
	s := t.From.Format(layout)
	if t.Range() {
		s += "–" + t.To.Format(layout)
	}
	if t.Approximate {
		s = "~" + s
	}
	return s
}

// zone writes the zone of one of the incident's clocks for people: "UTC", "UTC+1",
// "UTC+5:30", what the author calls it where that is no zone ("PST"), or says that it
// is not known.
func zone(inc *incident.Incident, t incident.Time) string {
	if written := text(inc.Timezone); !t.Zoned && written != "" && !strings.EqualFold(written, "unknown") {
		return written
	}
	if !t.Zoned {
		return "zone not known"
	}
	_, seconds := t.From.Zone()
	if seconds == 0 {
		return "UTC"
	}
	sign := '+'
	if seconds < 0 {
		sign, seconds = '−', -seconds
	}
	s := fmt.Sprintf("UTC%c%d", sign, seconds/3600)
	if minutes := seconds % 3600 / 60; minutes != 0 {
		s += fmt.Sprintf(":%02d", minutes)
	}
	return s
}

// unbroken keeps a length of time together where a line ends.
func unbroken(s fmt.Stringer) string { return strings.ReplaceAll(s.String(), " ", "\u00a0") }
