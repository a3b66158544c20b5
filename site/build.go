package site

import (
	"context"

	"faultline/site/incident"
	"faultline/site/problem"
)

// Built says what a build wrote.
type Built struct {
	Written
	Problems problem.List
	Notes    []string // on the machine's side: a search index that had to be made again
}

// Build writes the site of the library to dir. See Write for what happens to the
// site that is there.
func Build(ctx context.Context, lib *incident.Library, dir string, opt Options) (Built, error) {
	opt.stage("theme and patterns")
	s, err := New(lib, opt)
	if err != nil {
		return Built{}, err
	}
	search, err := s.search()
	if err != nil {
		return Built{}, err
	}
	opt.stage("pages")
	written, err := Write(ctx, dir, s)
	return Built{Written: written, Problems: s.Problems(), Notes: search.notes}, err
}
