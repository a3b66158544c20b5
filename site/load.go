// Package site turns a library into a web site: Load reads a file system into one
// immutable snapshot, New plans the site that the snapshot gives, and Write puts
// it on disk in one step.
//
// A page is a pure function of the snapshot. Building renders every page; the
// authoring server renders the page that is asked for. There is no other path from
// a report to a page.
//
// Load can ask the text of every incident which terms it suggests. They stand behind those
// that people gave (incident.Provenance), all of them where people gave none of a dimension,
// one at most where they did and only when the text is very sure. What is learned for it
// comes from the incidents of the snapshot alone.
//
// # Loading again
//
// A Loader loads a library again and again as it is edited, and remembers on disk what it
// read. A library is made in stages, each a pure function of the ones before it, and a
// stage is computed again only where these have changed:
//
//	report    a file's bytes, the settings -> an incident, its problems
//	clues     an incident, the vocabulary -> what its text says of terms
//	frame     the outlines of all incidents -> ids, order, what links and relations lead to
//	linked    an incident, the frame -> its links
//	answers   the clues of all, what people tagged -> suggestions
//	settled   an incident, its links, its suggestions -> the incident of the library
//
// Reports and clues are kept in the cache (package cache). Incidents that no stage changed are
// shared by one library and the next, so nobody may change an incident of a library. There
// is one path to a library: Load is the first load of a Loader without a cache.
package site

import (
	"errors"
	"fmt"
	"io/fs"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/taxonomy"
)

// LoadOptions says what of a library is read.
type LoadOptions struct {
	Drafts  bool          // keep incidents with the status draft
	AsOf    incident.Time // the day that the site speaks of; unknown = the newest date in the library
	BaseURL string        // instead of the one in faultline.yaml, as ParseBaseURL writes it
	Suggest bool          // add the terms that the texts suggest, for who shows them
	Hold    bool          // for who loads again: a file that can no longer be read whole stays the incident that it was
}

// ParseBaseURL reads the address of a site and ends it with a slash. It is an error
// for what is no http or https address or has a query, a fragment or a password.
func ParseBaseURL(s string) (string, error) { return record.ParseBaseURL(s) }

// Load reads the library whose root is fsys. Faults of content are collected in
// the library's Problems, and everything that can be read is; only a root that
// cannot be read is an error.
func Load(fsys fs.FS, opt LoadOptions) (*incident.Library, error) {
	return NewLoader(opt, "", "").Load(fsys, nil)
}

// Settings reads faultline.yaml and taxonomy.yaml, either of which may be missing, and
// none of the incidents.
func Settings(fsys fs.FS) (*incident.Library, error) {
	s, err := readSettings(fsys, nil)
	if err != nil {
		return nil, err
	}
	return &incident.Library{FS: fsys, Config: s.config, Vocabulary: s.vocabulary, Problems: s.problems}, nil
}

// settings are what a library says of itself.
type settings struct {
	config     incident.Config
	vocabulary *incident.Vocabulary
	problems   problem.List
	sources    [2]string // the texts of the two files, behind "+" where there is one
}

// readSettings reads the settings, or returns those that it read last where they are the same.
func readSettings(fsys fs.FS, last *settings) (*settings, error) {
	s := &settings{}
	var texts [2][]byte
	for n, name := range [...]string{ConfigFile, taxonomy.File} {
		src, err := optional(fsys, name)
		if err != nil {
			return nil, err
		}
		if texts[n] = src; src != nil {
			s.sources[n] = "+" + string(src)
		}
	}
	if last != nil && last.sources == s.sources {
		return last, nil
	}
	s.vocabulary = taxonomy.BuiltIn()
	if texts[0] != nil {
		s.config, s.problems = record.ParseConfig(ConfigFile, texts[0])
	}
	if texts[1] != nil {
		s.readVocabulary(texts[1])
	}
	return s, nil
}

func (s *settings) readVocabulary(src []byte) {
	text, problems, ok := record.Decode(taxonomy.File, src)
	s.problems = append(s.problems, problems...)
	if !ok {
		return
	}
	vocabulary, problems := taxonomy.Read(taxonomy.File, text, s.vocabulary)
	s.vocabulary, s.problems = vocabulary, append(s.problems, problems...)
}

// optional reads a file that may be missing: then it gives nil.
func optional(fsys fs.FS, name string) ([]byte, error) {
	src, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %q: %s", name, problem.Reason(err))
	}
	if src == nil {
		src = []byte{}
	}
	return src, nil
}
