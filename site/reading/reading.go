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

// Read extracts the facts of a document.
func Read(doc *markdown.Document, opt Options) Facts { return Facts{} }
