package site

import (
	"cmp"
	"fmt"
	"io/fs"
	"reflect"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// frame is what the incidents of a library have to do with each other. It depends on nothing of
// them but their outlines, and their links.
type frame struct {
	strangers *sorter
	published []*incident.Incident // by date and id, with the ids and aliases of this library
	linked    []linked             // of the published
	at        map[string]int       // position among the published, by path
	linker    *linker
	problems  problem.List // that no link has
}

// newFrame relates the incidents, which are in the order of paths and stay as they are.
func newFrame(fsys fs.FS, incidents []*incident.Incident, drafts bool, m *measurements) *frame {
	f := &frame{}
	incidents, f.strangers = leaveStrangers(incidents)
	f.problems = f.strangers.problems()
	f.problems = append(f.problems, settleIDs(incidents)...)
	f.published = publish(incidents, drafts)
	f.linker = newLinker(fsys, incidents, f.published, m)
	f.linker.addAliases()
	f.link()
	f.linker.checkRelations()
	f.problems = append(append(f.problems, f.linker.problems...), warningsOfAudiences(f.published)...)
	f.linker.forget()
	return f
}

// link resolves the links of all.
func (f *frame) link() {
	f.linked, f.at = make([]linked, len(f.published)), make(map[string]int, len(f.published))
	for n, inc := range f.published {
		f.linked[n], f.at[inc.Path] = f.linker.resolveAll(inc), n
	}
}

// outline is what an incident shows to others.
type outline struct {
	id        string
	status    incident.Status
	date      incident.Time
	stranger  bool
	aliases   []string
	anchors   []string
	actions   []string
	related   incident.Related
	prevented []string
	citations []incident.Citation
	audience  *string
}

func outlineOf(inc *incident.Incident) outline {
	o := outline{id: inc.ID, status: inc.Status, date: inc.Date, stranger: isStranger(inc), aliases: inc.Aliases, anchors: anchorsOf(inc),
		related: inc.Related, prevented: inc.WouldHavePrevented, citations: inc.Citations, audience: inc.Audience}
	for _, a := range inc.Actions {
		o.actions = append(o.actions, a.ID)
	}
	return o
}

// replace puts an incident in the place of one that was read before at its path. It is false where
// that may change anything of others; then a new frame is needed.
func (f *frame) replace(before, now *incident.Incident) bool {
	if f.strangers.gone[before.Path] || !reflect.DeepEqual(outlineOf(before), outlineOf(now)) {
		return false
	}
	n, shown := f.at[now.Path]
	if !shown {
		return true // a draft that nobody sees
	}
	if was := f.published[n]; was.ID != now.ID || len(was.Aliases) != len(now.Aliases) {
		with := *now
		with.ID, with.URL, with.Aliases = was.ID, was.URL, was.Aliases
		now = &with
	}
	links := f.linker.resolveAll(now)
	if links.guesses+f.linked[n].guesses > 0 || !slices.Equal(links.assets, f.linked[n].assets) {
		return false
	}
	f.published[n], f.linked[n] = now, links
	return true
}

// settleIDs makes ids unique, on disks that ignore case and Unicode form too. An id
// of the front matter comes before one that is made of a path, and a path that is its
// own slug before one that is only like it, so that a new file seldom takes another's
// address. Whoever comes too late gets an id that is its own for ever: another value takes
// its place in the list.
func settleIDs(incidents []*incident.Incident) problem.List {
	order, claims := make([]int, len(incidents)), make([]int, len(incidents))
	for n, inc := range incidents {
		order[n], claims[n] = n, claim(inc)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(claims[a], claims[b]) })
	taken := make(map[string]*incident.Incident, len(incidents))
	var problems problem.List
	var late []int
	for _, n := range order {
		inc := incidents[n]
		if first, clash := taken[incident.Fold(inc.ID)]; clash {
			problems = append(problems, sameID(inc, first))
			late = append(late, n)
			continue
		}
		taken[incident.Fold(inc.ID)] = inc
	}
	for _, n := range late {
		inc := *incidents[n]
		inc.ID = freeID(taken, &inc)
		inc.URL = record.URL(inc.ID)
		incidents[n] = &inc
		taken[incident.Fold(inc.ID)] = &inc
	}
	return problems
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

// warningsOfAudiences say that an audience does not keep an incident from anybody yet:
// who wrote one down believes that it does.
func warningsOfAudiences(incidents []*incident.Incident) problem.List {
	var list problem.List
	for _, inc := range incidents {
		if inc.Audience != nil {
			list = append(list, problem.Problem{
				Rule: "audience-not-applied", Level: problem.Warning, Path: inc.Path,
				Text: fmt.Sprintf("audience %q has no effect: the incident is part of every build", *inc.Audience),
				Hint: "keep what must not be published out of the library, or in a draft",
			})
		}
	}
	return list
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
