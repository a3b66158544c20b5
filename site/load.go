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
// comes from the incidents of the snapshot alone. The authoring server asks again only the
// texts that changed, unless what people tagged, the vocabulary or the settings changed:
// then a suggestion of any other incident may change with them.
package site

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"slices"
	"strings"
	"sync"

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

	Suggestions *Suggestions // kept from one Load to the next; nil = nothing is remembered
}

// ParseBaseURL reads the address of a site and ends it with a slash. It is an error
// for what is no http or https address or has a query, a fragment or a password.
func ParseBaseURL(s string) (string, error) { return record.ParseBaseURL(s) }

// Load reads the library whose root is fsys. Faults of content are collected in
// the library's Problems, and everything that can be read is; only a root that
// cannot be read is an error.
func Load(fsys fs.FS, opt LoadOptions) (*incident.Library, error) {
	lib, err := Settings(fsys)
	if err != nil {
		return nil, err
	}
	lib.AsOf = opt.AsOf
	if opt.BaseURL != "" {
		lib.Config.BaseURL = opt.BaseURL
	}
	found, err := walk(fsys, lib.Config.Ignore)
	if err != nil {
		return nil, fmt.Errorf("read library: %w", err)
	}
	lib.Problems = append(lib.Problems, found.problems...)
	incidents := parseAll(lib, found.incidents)
	incidents = leaveStrangers(lib, incidents)
	settleIDs(lib, incidents)
	lib.Incidents = publish(incidents, opt.Drafts)
	linkAll(lib, incidents)
	warnOfAudiences(lib)
	if !lib.AsOf.Known() {
		lib.AsOf = newest(lib.Incidents)
	}
	if opt.Suggest {
		suggestAll(lib, opt.Suggestions)
	}
	lib.Problems.Sort()
	return lib, nil
}

// Settings reads faultline.yaml and taxonomy.yaml, either of which may be missing, and
// none of the incidents.
func Settings(fsys fs.FS) (*incident.Library, error) {
	lib := &incident.Library{FS: fsys, Vocabulary: taxonomy.BuiltIn()}
	src, err := optional(lib.FS, ConfigFile)
	if err != nil {
		return nil, err
	}
	if src != nil {
		config, problems := record.ParseConfig(ConfigFile, src)
		lib.Config, lib.Problems = config, append(lib.Problems, problems...)
	}
	if src, err = optional(lib.FS, taxonomy.File); err != nil {
		return nil, err
	}
	if src != nil {
		readVocabulary(lib, src)
	}
	return lib, nil
}

func readVocabulary(lib *incident.Library, src []byte) {
	text, problems, ok := record.Decode(taxonomy.File, src)
	lib.Problems = append(lib.Problems, problems...)
	if !ok {
		return
	}
	vocabulary, problems := taxonomy.Read(taxonomy.File, text, lib.Vocabulary)
	lib.Vocabulary, lib.Problems = vocabulary, append(lib.Problems, problems...)
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

// parseAll reads the incidents on all processors; the order of the result and of
// the problems is that of paths.
func parseAll(lib *incident.Library, paths []string) []*incident.Incident {
	type parsed struct {
		incident *incident.Incident
		problems problem.List
	}
	results := make([]parsed, len(paths))
	each(len(paths), func(i int) {
		inc, problems := parseFile(lib, paths[i])
		results[i] = parsed{inc, problems}
	})
	incidents := make([]*incident.Incident, 0, len(paths))
	for _, r := range results {
		lib.Problems = append(lib.Problems, r.problems...)
		if r.incident != nil {
			incidents = append(incidents, r.incident)
		}
	}
	return incidents
}

func parseFile(lib *incident.Library, path string) (*incident.Incident, problem.List) {
	src, err := fs.ReadFile(lib.FS, path)
	if err != nil {
		return nil, problem.List{{Rule: "unreadable", Level: problem.Error, Path: path,
			Text: "file cannot be read: " + problem.Reason(err), Hint: "check its permissions"}}
	}
	return record.Parse(path, src, record.Options{Config: lib.Config, Vocabulary: lib.Vocabulary})
}

// each calls do for 0 to n-1 on all processors and returns when all are done.
func each(n int, do func(i int)) {
	var wg sync.WaitGroup
	workers := min(n, runtime.GOMAXPROCS(0))
	for w := range workers {
		wg.Go(func() {
			for i := w; i < n; i += workers {
				do(i)
			}
		})
	}
	wg.Wait()
}

// settleIDs makes ids unique, on disks that ignore case and Unicode form too. An id
// of the front matter comes before one that is made of a path, and a path that is its
// own slug before one that is only like it, so that a new file seldom takes another's
// address. Whoever comes too late gets an id that is its own for ever.
func settleIDs(lib *incident.Library, incidents []*incident.Incident) {
	order := slices.Clone(incidents)
	slices.SortStableFunc(order, func(a, b *incident.Incident) int { return cmp.Compare(claim(a), claim(b)) })
	taken := map[string]*incident.Incident{}
	var late []*incident.Incident
	for _, inc := range order {
		if first, clash := taken[incident.Fold(inc.ID)]; clash {
			lib.Problems = append(lib.Problems, sameID(inc, first))
			late = append(late, inc)
			continue
		}
		taken[incident.Fold(inc.ID)] = inc
	}
	for _, inc := range late {
		inc.ID = freeID(taken, inc)
		inc.URL = record.URL(inc.ID)
		taken[incident.Fold(inc.ID)] = inc
	}
}

// claim is how good a claim an incident has to its id; the smallest is the best.
func claim(inc *incident.Incident) int {
	switch {
	case inc.ID != record.PathID(inc.Path):
		return 0
	case strings.HasPrefix(strings.TrimPrefix(inc.Path, "incidents/"), inc.ID+"."):
		return 1
	}
	return 2
}

func sameID(inc, first *incident.Incident) problem.Problem {
	p := problem.Problem{Rule: "duplicate-id", Level: problem.Error, Path: inc.Path,
		Text: fmt.Sprintf("id %q is taken by %q", inc.ID, first.Path),
		Hint: "give one of the two files another id in its front matter"}
	if claim(inc) > 0 {
		p.Level = problem.Warning
		p.Hint = "rename one of the two files, or give it an id in its front matter"
	}
	return p
}

func freeID(taken map[string]*incident.Incident, inc *incident.Incident) string {
	free, own := record.PathID(inc.Path), record.OwnID(inc.Path)
	if taken[incident.Fold(free)] != nil {
		free = own
	}
	for n := 2; taken[incident.Fold(free)] != nil; n++ {
		free = fmt.Sprintf("%s-%d", own, n)
	}
	return free
}

// publish leaves out drafts unless they are wanted, and orders by date and id.
func publish(incidents []*incident.Incident, drafts bool) []*incident.Incident {
	published := make([]*incident.Incident, 0, len(incidents))
	for _, inc := range incidents {
		if drafts || inc.Status != incident.Draft {
			published = append(published, inc)
		}
	}
	slices.SortFunc(published, func(a, b *incident.Incident) int {
		return cmp.Or(a.Date.From.Compare(b.Date.From), cmp.Compare(a.ID, b.ID))
	})
	return published
}

// warnOfAudiences says that an audience does not keep an incident from anybody yet:
// who wrote one down believes that it does.
func warnOfAudiences(lib *incident.Library) {
	for _, inc := range lib.Incidents {
		if inc.Audience != nil {
			lib.Problems = append(lib.Problems, problem.Problem{
				Rule: "audience-not-applied", Level: problem.Warning, Path: inc.Path,
				Text: fmt.Sprintf("audience %q has no effect: the incident is part of every build", *inc.Audience),
				Hint: "keep what must not be published out of the library, or in a draft",
			})
		}
	}
}

func newest(incidents []*incident.Incident) incident.Time {
	var t incident.Time
	for _, inc := range incidents {
		if inc.Date.To.After(t.To) {
			t = inc.Date
		}
	}
	return t
}
