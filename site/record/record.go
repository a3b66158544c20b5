// Package record reads the files that people write: one incident in Markdown with
// or without front matter, and faultline.yaml.
//
// An incident is first made text (decode), then cut into front matter and body
// (cut), then the front matter is read by the one table of fields, and what it
// leaves open is taken from the body by the extractor. Front matter always wins;
// each statement says where it was read.
//
// Nothing is dropped in silence. What is wrong is a problem with its line, keys
// that are not known are kept in Extra, and a file with faults is still an
// incident, so that one author's slip never hides a report.
package record

import (
	"bytes"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
)

// Options are what the library says about all its incidents.
type Options struct {
	Config     incident.Config
	Vocabulary *incident.Vocabulary // nil = terms are not checked
	Imported   bool                 // note missing zones too, which a library has its own rules for
}

// Parse reads the incident in src. Path is relative to the library's root, with
// slashes. The incident is nil only when the file is no text at all; then a
// problem says so. All lists of the incident are non-nil.
func Parse(path string, src []byte, opt Options) (*incident.Incident, problem.List) {
	text, problems, ok := decode(path, src)
	if !ok {
		return nil, problems
	}
	r := &reader{path: path, opt: opt, incident: blank(path), problems: problems}
	page := r.cut(text)
	r.incident.Front = string(text[:len(text)-len(page.body)])
	r.incident.Body, r.incident.BodyLine = string(page.body), page.bodyLine
	r.incident.Format = formatOf(path, page)
	r.zone = r.libraryZone()
	r.frontMatter(page.front)
	r.text(markdown.Parse(page.body, page.bodyLine))
	r.finish(len(bytes.TrimSpace(text)) == 0)
	r.problems.Sort()
	return r.incident, r.problems
}

// blank is the incident of a file that says nothing.
func blank(path string) *incident.Incident {
	id := PathID(path)
	return &incident.Incident{
		Path: path, ID: id, URL: URL(id), Status: incident.Published,
		Aliases: []string{}, Services: []string{}, Technologies: []string{}, Teams: []string{}, Labels: []string{},
		Symptoms: []incident.Note{}, WrongTurns: []incident.WrongTurn{}, Lessons: []incident.Lesson{},
		Timeline: []incident.Row{}, Actions: []incident.Action{}, Figures: []incident.Figure{},
		Related: incident.Related{RepeatOf: []string{}, CausedBy: []string{}, SeeAlso: []string{},
			NotSameAs: []incident.Different{}},
		WouldHavePrevented: []string{}, Not: []string{}, Extra: []incident.Extra{}, Sections: []incident.Section{},
	}
}
