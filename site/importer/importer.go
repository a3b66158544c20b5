// Package importer reads postmortems as they are found (notes, web pages, exports,
// status pages, lists) and makes of each incident a Markdown file of the library.
//
// A Source is one file as it was named. The format that recognizes it (the table in
// format.go) makes Reports of it: for each incident one Markdown text, with front
// matter for what the format itself states (a status page knows when an incident
// began) and everything else in the body. Nothing is left out: what fits no field
// stays in the text. From there every report is read as the library reads its files,
// by package record, so that an import finds what a page would show.
package importer

import (
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// Report is one incident of a source.
type Report struct {
	Path  string // that of the source; "path#n", n from 1, where a source holds several
	Key   string // that of the source, and behind "#" what the source calls the incident
	Name  string // what the incident's file and id are made of
	Text  []byte // Markdown, with front matter where the format states facts
	Files []File // images and attachments that Text links to
}

// File is an image or an attachment.
type File struct {
	Path string // as linked to from the text, %-escapes and all
	From string // where it lies on disk
	Data []byte // its bytes, where it lies in the source itself
}

// Incident reads the report as the library would, with the id that it would have
// there. It is nil for what is no text; a problem says why.
func (r Report) Incident(opt record.Options) (*incident.Incident, problem.List) {
	opt.Imported = true
	i, problems := record.Parse(r.Path, r.Text, opt)
	if i != nil && i.ID == record.PathID(r.Path) {
		i.ID = record.PathID(pathOf(r))
		i.URL = record.URL(i.ID)
	}
	return i, problems
}
