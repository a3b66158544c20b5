// Package reading is the one extractor: it reads from a postmortem's text what its
// authors did not put into front matter.
package reading

import (
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// Found is a fact with the line of the file that states it. Line 0 means that the
// text does not say.
type Found[T any] struct {
	Value T
	Line  int
}

// Known reports whether the text states the fact.
func (f Found[T]) Known() bool { return f.Line > 0 }

// Facts is what a text says. Lists are in document order; anything not said is
// the zero value, never a guess.
type Facts struct {
	Title    Found[string]
	Summary  Found[string] // first paragraph of the summary section
	Severity Found[string] // as written
	Date     Found[incident.Time]
	Timezone Found[string] // as written: "PST", "UTC"

	Started   Found[incident.Time]
	Detected  Found[incident.Time]
	Mitigated Found[incident.Time]
	Resolved  Found[incident.Time]
	Duration  Found[incident.Duration] // as stated, never computed

	Sections   []incident.Section
	Symptoms   []incident.Note
	WrongTurns []incident.Note
	Lessons    []incident.Lesson
	Timeline   []incident.Row
	Actions    []incident.Action
}

// Options are what is known before reading. The zero value is legal.
type Options struct {
	Zone *time.Location // of clocks written without one; nil = unknown
	Day  incident.Time  // the day of the incident; unknown = the text's own
}

// reader holds what the extractors of one document share.
type reader struct {
	calendar
	parts      []*part
	statements []statement
	facts      Facts
}

// Read extracts the facts of a document.
func Read(doc *markdown.Document, opt Options) Facts {
	blocks := doc.Blocks()
	r := reader{}
	r.facts.Title = titleOf(blocks)
	title := r.facts.Title.Line
	r.parts = outlineOf(blocks, title)
	r.statements = statementsOf(r.parts)
	r.facts.Timezone = zoneOf(r.statements, blocks)
	r.zone = opt.Zone
	r.setDays(opt.Day, blocks)
	if zone, ok := parseZone(r.facts.Timezone.Value); ok {
		r.zone = zone
	} else if r.facts.Timezone.Known() {
		r.zone = nil
	}
	r.facts.Sections = sectionsOf(blocks, r.parts)
	r.facts.Summary = summaryOf(r.parts)
	r.readTimes(title)
	r.facts.Symptoms = notesOf(r.parts, incident.SymptomSection)
	r.facts.WrongTurns = notesOf(r.parts, incident.WrongTurnSection)
	r.facts.Lessons = lessonsOf(r.parts)
	r.facts.Actions = actionsOf(r.parts, r.calendar)
	return r.facts
}

// readTimes reads the clocks, the timeline and what follows from them.
func (r *reader) readTimes(title int) {
	f := &r.facts
	f.Severity = pick(r.statements, severityFact, asWords)
	f.Started = pick(r.statements, startedFact, r.asTime)
	f.Detected = pick(r.statements, detectedFact, r.asTime)
	f.Mitigated = pick(r.statements, mitigatedFact, r.asTime)
	f.Resolved = pick(r.statements, resolvedFact, r.asTime)
	f.Duration = durationOf(r.statements, f.Title, r.parts)
	f.Timeline = timelineOf(r.parts, r.calendar, title)
	f.Date = r.dateOf()
}

// summaryOf returns the first paragraph of the summary.
func summaryOf(parts []*part) Found[string] {
	for _, p := range parts {
		if p.kind != incident.SummarySection {
			continue
		}
		for _, b := range p.blocks {
			if b.Kind == markdown.Paragraph {
				return Found[string]{oneLine(b.Text), b.Line}
			}
		}
	}
	return Found[string]{}
}
