package site

import (
	"io/fs"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/parallel"
	"faultline/site/problem"
	"faultline/site/tagger"
)

// settledOne is an incident of a library with what it was made of.
type settledOne struct {
	base   *incident.Incident
	links  []incident.Link
	answer *tagger.Suggestions // nil = not asked
	made   *incident.Incident
}

// library makes the library of what is known.
func (l *Loader) library(fsys fs.FS) *incident.Library {
	lib := &incident.Library{FS: fsys, Config: l.settings.config, Vocabulary: l.settings.vocabulary, AsOf: l.opt.AsOf}
	if l.opt.BaseURL != "" {
		lib.Config.BaseURL = l.opt.BaseURL
	}
	answers := make([]*tagger.Suggestions, len(l.frame.published))
	if l.opt.Suggest {
		answers = l.answers()
	}
	lib.Incidents = l.settle(answers)
	lib.Assets = l.frame.assets()
	lib.Problems = l.problems(answers)
	if !lib.AsOf.Known() {
		lib.AsOf = newest(lib.Incidents)
	}
	return lib
}

// settle gives the incidents their links and suggestions. Those that have the same as in the
// library before are the same.
func (l *Loader) settle(answers []*tagger.Suggestions) []*incident.Incident {
	before := l.before()
	list, settled := make([]*incident.Incident, len(answers)), make([]settledOne, len(answers))
	parallel.Each(len(list), func(n int) {
		s := settledOne{base: l.frame.published[n], links: l.frame.linked[n].links, answer: answers[n]}
		if last := before(n); last.base == s.base && last.answer == s.answer && slices.Equal(last.links, s.links) {
			s.made = last.made
		} else {
			s.made = s.make()
		}
		list[n], settled[n] = s.made, s
	})
	l.settled, l.settledBy = settled, l.frame
	return list
}

// before tells what the published incident at a position was made of in the library before. In one
// frame they stand at the same positions.
func (l *Loader) before() func(n int) settledOne {
	if l.settledBy == l.frame {
		return func(n int) settledOne { return l.settled[n] }
	}
	at := make(map[string]int, len(l.settled))
	for n, s := range l.settled {
		at[s.base.Path] = n
	}
	return func(n int) settledOne {
		if was, ok := at[l.frame.published[n].Path]; ok {
			return l.settled[was]
		}
		return settledOne{}
	}
}

func (s settledOne) make() *incident.Incident {
	inc := *s.base
	inc.Links = s.links
	if s.answer != nil && s.answer.Note == "" {
		suggest(&inc, *s.answer)
	}
	return &inc
}

// assets are the files that links show, by path.
func (f *frame) assets() []*incident.Asset {
	var list []*incident.Asset
	seen := map[*incident.Asset]bool{}
	for _, links := range f.linked {
		for _, asset := range links.assets {
			if !seen[asset] {
				seen[asset] = true
				list = append(list, asset)
			}
		}
	}
	slices.SortFunc(list, func(a, b *incident.Asset) int { return strings.Compare(a.Path, b.Path) })
	return list
}

// problems are all that are wrong with the library, in their order.
func (l *Loader) problems(answers []*tagger.Suggestions) problem.List {
	list := slices.Clone(l.settings.problems)
	add := func(problems problem.List) {
		for _, p := range problems {
			if !l.frame.strangers.takesBack(p) {
				list = append(list, p)
			}
		}
	}
	for _, problems := range l.walked {
		add(problems)
	}
	for _, name := range l.order {
		add(l.reports[name].Problems)
	}
	list = append(list, l.frame.problems...)
	for n, links := range l.frame.linked {
		list = append(list, links.problems...)
		if answer := answers[n]; answer != nil && answer.Note != "" {
			list = append(list, notTagged(l.frame.published[n], answer.Note))
		}
	}
	list.Sort()
	return list
}
