// Package reading is the one extractor: it reads from a report's text what its
// authors did not put into front matter.
//
// It reads what is written for it, by form and by name, and never guesses. What the
// text does not state stays unknown, and statements that contradict each other state
// nothing. Every fact carries the line of the file that it was read from.
//
// # Languages
//
// All words are data, in languages.yaml; only forms are code. Names of sections,
// labels, months and columns are known in every language at once, whatever the rest
// of the text is written in. The language of the text decides where words cannot:
// 03.04.2024 is in April in German and unknown in English.
//
// # Sections
//
// A heading is known by its many names (the table in languages.yaml): "root cause", "why it
// happened" and "fault" are causes. A heading without a known name is of the kind it
// stands under. Names such as "what happened" count as a cause only where no better
// section exists. A bold label ("- **Resolution**: …", "**Timeline:**") and, in pasted
// text, a line that is a section's name and nothing else, serve as headings for
// what is read below them, but are no Sections of their own.
//
// # Times
//
// Rows of a timeline are list entries, lines, table rows and headings that begin with
// a time. Inside a timeline section one is enough; elsewhere the form must tell:
// three clocks, and most of a list. A clock without a date is on the day of the
// nearest heading or row above it, else on the day of the incident, which may be the one
// that the file is named after; where a sentence gives all rows a day ("all events happened
// on …"), no row moves it. A clock that
// jumps back by more than half a day is on the next one. A clock without a zone
// is in the zone of the heading above it ("Timeline (UTC)"), else in that which the
// text states for all ("All times in UTC"), else in Options.Zone, else in none. Abbreviations such as PST are kept as written but are no
// zone; names that can mean but one, such as Pacific or Denver, are. A date without a year
// is the one nearest to the incident, or of the year that the title names.
//
// A sentence that puts a clock to what happened ("At 16:31 UTC we receive the first
// reports") is a row too, of basis incident.Prose, with the sentence as its text; each further
// clause of it that tells a clock is one more. Sentences
// add no time that a row has, and habits, plans, other incidents, quotes and code tell none.
//
// Clocks, severity and duration come from labelled rows ("Resolved: 15:51", "Time to
// recovery: 30 minutes"; the table in languages.yaml), a duration also from the title,
// from the sentences that open a report, and from those that sum it up wherever they
// stand. Two durations that disagree are a problem, and neither is taken. It is never computed. Start and end of
// the harm that no such row states are taken from a window ("Duration: 21:45 to 23:28
// UTC", "was down from 15:30 to 18:10").
//
// Any clock left open is that of a row of the timeline, of a sentence where there is no
// timeline. What the words of a row signal (harm, a change, a discovery, recovery, a
// fix, the end; the phrases are data, in signals.yaml) gives it a score for each of the
// clocks, and the choice with the highest sum is taken in which they pass in their
// order. Stated lengths ("Time to detection: 5 minutes") speak for the rows that lie so
// far apart, and outweigh words. A discovery is never the start; where labels state the other
// clocks, only harm told before the labelled detection is. A clock whose day nobody states is a time of day alone.
//
// # Promises and lessons
//
// Actions, lessons and symptoms come only from their own sections: the
// entries of lists, the rows of tables, else the paragraphs. A list that is introduced as what
// was learned holds lessons wherever it stands, and a template's advice is no action. An action's status is
// what its box, mark or word says; its owner is named by "Owner:" or set apart as a
// mention. Their ids count from a1 in the order of the text.
//
// # Claims
//
// What sentences say is spotted in one pass over the words; the phrases are data, in
// claims.yaml and technologies.yaml. Wrong turns come from their own sections and from
// sentences that say so: "we initially suspected", "a red herring", "we assumed …" where that
// sentence or the next refutes it, "attempts to restart it were unsuccessful". A wrong assumption
// of a design is none: it counts only where the response is told; and what the software itself
// or its users attempted is none. What a wrong turn cost is a length of time that its own
// sentences give it ("we spent 40 minutes chasing …"), never the distance of two times. Technologies are known by name; one named in passing must be named
// twice, and ordinary words such as Helm must be written as names. Services come only
// from rows and headings made for them. Figures of the impact are counts, shares and
// sums in sentences that speak of harm, or in the section on the impact.
package reading

import (
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
)

// Found is a fact with the line of the file that states it, and the words that do, as
// they stand there. Line 0 means that the text does not say.
type Found[T any] struct {
	Value T
	Line  int
	Quote string
}

// Known reports whether the text states the fact.
func (f Found[T]) Known() bool { return f.Line > 0 }

// Facts is what a text says. Lists are in document order, but for a timeline that is
// written newest first; anything not said is the zero value, never a guess.
type Facts struct {
	Language string // BCP 47 tag of the text's language; "" where it is not clear
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

	Services     []Found[string] // that the text says were affected
	Technologies []Found[string] // that take part, the most mentioned first

	Sections   []incident.Section
	Symptoms   []incident.Note
	WrongTurns []incident.WrongTurn
	Lessons    []incident.Lesson
	Timeline   []incident.Row
	Actions    []incident.Action
	Figures    []incident.Figure // of the impact

	Problems problem.List // what a person should look at; paths are not set
}

// Options are what is known before reading. The zero value is legal.
type Options struct {
	Zone  *time.Location // of clocks written without one; nil = unknown
	Told  bool           // the author tells the zone, or that nobody knows it
	Day   incident.Time  // the day of the incident; unknown = the text's own
	Near  incident.Time  // a day near the incident, such as that of the report's publication
	Filed incident.Time  // the day that the report's file is named after, which the text may gainsay
	Title Found[string]  // the report's title where the text does not hold it
}

// reader holds what the extractors of one document share.
type reader struct {
	calendar
	title      Found[string] // the given one, else that of the text
	parts      []*part
	statements []statement
	end        Found[incident.Time] // of the window that the text gives the incident
	several    bool                 // the text gives several windows
	after      map[told]string      // what the sentences say behind the rows that sentences tell
	filed      time.Time            // the day that the report's file is named after
	facts      Facts
}

// Read extracts the facts of a document.
func Read(doc *markdown.Document, opt Options) Facts {
	all := doc.Blocks()
	blocks := ofReport(all)
	r := reader{}
	r.facts.Language = languageOf(blocks)
	r.dayFirst = words().dayFirst[r.facts.Language]
	r.facts.Title = titleOf(blocks)
	if r.title = opt.Title; !r.title.Known() {
		r.title = r.facts.Title
	}
	title := r.facts.Title.Line
	r.parts = outlineOf(blocks, title)
	whole := r.parts
	if len(blocks) < len(all) {
		whole = outlineOf(all, title)
	}
	r.facts.Sections = sectionsOf(all, whole)
	r.statements = statementsOf(r.parts)
	r.facts.Timezone = zoneOf(r.statements, blocks)
	r.zone = opt.Zone
	r.setDays(opt, blocks)
	if zone, ok := parseZone(r.facts.Timezone.Value); ok {
		r.zone = zone
	} else if r.facts.Timezone.Known() {
		r.zone = nil
	}
	r.facts.Summary = summaryOf(r.parts)
	r.readTimes(title)
	r.facts.Symptoms = notesOf(r.parts, incident.SymptomSection)
	r.readClaims(opt.Title)
	r.facts.Lessons = lessonsOf(r.parts)
	r.facts.Actions = actionsOf(r.parts, r.calendar)
	r.doubt(opt)
	r.facts.quoteAll(doc)
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
	f.Duration = r.durationOf()
	f.Timeline = timelineOf(r.parts, r.calendar, title)
	r.readWindow()
	f.Date = r.dateOf()
	fromRows := !f.Date.Known()
	if fromRows {
		f.Date = dayOfRows(f.Timeline)
	}
	f.Timeline = r.withProse(f.Timeline, title)
	r.readMarks()
	if fromRows {
		f.Date = r.dayOfMarks()
	}
}

// readClaims reads what is said in the words of sentences, wherever they stand.
func (r *reader) readClaims(given Found[string]) {
	title := r.title.Line
	var turns turns
	var technologies technologies
	var services services
	var figures figures
	spot(given, r.parts, func(l *leaf) {
		turns.read(l)
		technologies.read(l, title)
		services.read(l)
		figures.read(l)
	})
	r.facts.WrongTurns = wrongTurns(notesOf(r.parts, incident.WrongTurnSection), turns.list)
	r.facts.Technologies = technologies.found()
	r.facts.Services, r.facts.Figures = services.list, figures.list
}

// summaryOf returns the first paragraph of the summary.
func summaryOf(parts []*part) Found[string] {
	for _, p := range parts {
		if p.kind != incident.SummarySection {
			continue
		}
		for _, b := range p.blocks {
			if b.Kind == markdown.Paragraph {
				return Found[string]{Value: oneLine(b.Text), Line: b.Line}
			}
		}
	}
	return Found[string]{}
}
