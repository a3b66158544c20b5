package reading

import (
	"regexp"
	"strings"

	"faultline/site/incident"
)

// Rows of a timeline that say outright which of the four clocks they are. A row that
// only lets it be guessed ("node replaced") says nothing.
var (
	troubleForm  = `(?:the\s+|an?\s+)?(?:\w+\s+){0,2}(?:incident|outage|impact|disruption|downtime|degradation|issue|problem)s?`
	startedForm  = regexp.MustCompile(`^(?i)` + troubleForm + `\s+(?:begins?|began|starts?|started)\b`)
	detectedForm = regexp.MustCompile(`^(?i)(?:detection\s*:|first\s+(?:report|alert|noticed|detected)|` +
		troubleForm + `\s+(?:(?:is|was|were|are|has been|first)\s+)*(?:detected|noticed|reported|discovered|identified)\b|` +
		`(?:the\s+|our\s+|automated\s+|internal\s+)*(?:team|on-?call|engineers?|monitoring|alerting|monitoring systems?)\s+(?:(?:is|was|were|are|first|gets?|got)\s+)*(?:alerted|paged|notified|notices?|noticed|detects?|detected)\b|` +
		`we\s+(?:became|become)\s+aware\s+of\b|(?:a\s+|some\s+|several\s+|first\s+)?(?:users?|customers?)\s+(?:begin\s+|began\s+|start\s+|started\s+)?(?:to\s+)?(?:report|notice)(?:s|d|ed|ing)?\b)`)
	mitigatedForm = regexp.MustCompile(`(?i)\b(?:(?:services?|traffic|functionality|access)\s+(?:(?:is|are|was|were|has been|have been|fully)\s+)*(?:restored|recovered|operational)|` +
		troubleForm + `\s+(?:(?:is|was|fully)\s+)*mitigated)\b|\b(?:back to normal|return(?:s|ed)? to normal)\b|^(?i)recovery\s*:`)
	resolvedForm = regexp.MustCompile(`(?i)^` + troubleForm + `\s+(?:(?:is|was|has been|been|declared|marked|as|fully|confirmed)\s+)*(?:resolved|closed|over|ended|ends)\b(?:\s*[.,;(]|\s+(?:and|by|at)\b|$)|^(?i)all systems (?:verified |fully )?operational\b`)
)

// readMarks takes the clocks that no labelled row states from the rows of the
// timeline that do. Detection is the first of its rows; of the others there must be
// one alone, since a second one means that it was not over, or not one incident.
// Clocks that then pass in the wrong order are of different things: none is taken.
func (r *reader) readMarks() {
	f := &r.facts
	marks := [...]struct {
		to   *Found[incident.Time]
		form *regexp.Regexp
		many bool
		read Found[incident.Time]
	}{
		{to: &f.Started, form: startedForm}, {to: &f.Detected, form: detectedForm, many: true},
		{to: &f.Mitigated, form: mitigatedForm}, {to: &f.Resolved, form: resolvedForm},
	}
	last := incident.Time{}
	for i := range marks {
		m := &marks[i]
		if m.read = *m.to; !m.read.Known() {
			m.read = clockMarked(f.Timeline, m.form, m.many)
		}
		if !m.read.Known() {
			continue
		}
		if last.Known() && m.read.Value.To.Before(last.From) {
			return
		}
		last = m.read.Value
	}
	for _, m := range marks {
		*m.to = m.read
	}
}

// clockMarked returns the clock of the row that the form matches: the first, or the
// only one.
func clockMarked(rows []incident.Row, form *regexp.Regexp, many bool) Found[incident.Time] {
	var found Found[incident.Time]
	for _, row := range rows {
		if !row.At.Clock() || fromPost(row) || !form.MatchString(strings.TrimLeft(row.Text, "*_ ")) {
			continue
		}
		if found.Known() {
			if !many {
				return Found[incident.Time]{}
			}
			continue
		}
		found = Found[incident.Time]{Value: row.At, Line: row.Line}
	}
	return found
}
