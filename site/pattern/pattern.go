// Package pattern finds what recurs across the incidents of a library: which incidents share
// a term or a field, what comes with what, which incidents look alike and why, which are the
// same one again, what was promised and what struck since, what was wrongly suspected, when
// incidents happen and how long they last.
//
// Everything here is a pure function of the library, and its order depends on
// nothing else. Every count carries the number of incidents that it is a part of.
//
// Tags count when a person stands behind them, as their author or by accepting a suggestion;
// suggested tags are kept beside them and counted apart. What depends on tags is asked of a
// Tally, which counts those of people, those suggested or both:
//
//	f := pattern.Find(lib)
//	f.Tally(pattern.People).Companions(g, pattern.Cause) // what comes with a group
//	f.Tally(pattern.Both).Combinations(pattern.MiningOptions{})
//
// A count of things seen together is set against what chance gives, among the incidents that
// say anything of either, and has a Verdict. Nothing is claimed on fewer than Least incidents,
// and nothing that is likely to be found among so many pairs or combinations as were tried.
// What is true by the names and the meaning of things, by one sentence of a text, by the habits
// of one organization or because one trouble came again is no pattern and is called so. The
// statistics are those of package stat.
package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"faultline/site/incident"
)

// Group is the incidents that share one value of a facet: a term of the
// vocabulary, or a name. A term that no incident has yet is a group without
// incidents.
type Group struct {
	Facet      Facet
	ID         string // unique in its facet, fit for a URL
	Label      string // the term's label, or the name in its most frequent spelling
	Definition string // of a term; "" for a name
	Incidents  []*incident.Incident
	Suggested  []*incident.Incident // of a term: those whose text alone suggests it

	key string  // what the incidents' values are compared by
	at  []int32 // positions of Incidents in the findings
}

// URL is the address of the group's page, relative to the site's root.
func (g *Group) URL() string { return g.Facet.Folder() + "/" + g.ID + "/" }

// N is the number of incidents that people gave the value.
func (g *Group) N() int { return len(g.Incidents) }

// All is the number of incidents that have the value from people or from their text.
func (g *Group) All() int { return len(g.Incidents) + len(g.Suggested) }

// Findings is what recurs in one library. It is immutable.
type Findings struct {
	incidents []*incident.Incident // newest first
	position  map[*incident.Incident]int32
	byID      map[string]*incident.Incident
	groups    [facetCount][]*Group
	byKey     [facetCount]map[string]*Group
	known     [facetCount]int
	suggested [facetCount]int

	vocabulary *incident.Vocabulary
	asOf       incident.Time
	tallies    [countingCount]func() *Tally
	measured   [len(Phases)]func() measured
	kinship    func() *kinship
	families   func() []*Family
	familyOf   func() map[*incident.Incident]*Family
	troubles   func() troubles
	company    func() map[*Group][]*Group
	promises   func() promises
	lessons    func() [][]*incident.Lesson
}

// Find groups the incidents of the library by every facet.
func Find(lib *incident.Library) *Findings {
	f := &Findings{
		incidents: slices.Clone(lib.Incidents),
		position:  make(map[*incident.Incident]int32, len(lib.Incidents)),
		byID:      make(map[string]*incident.Incident, len(lib.Incidents)),

		vocabulary: lib.Vocabulary,
		asOf:       lib.AsOf,
	}
	f.prepareTallies()
	for _, phase := range Phases {
		f.measured[phase] = sync.OnceValue(func() measured { return f.measure(phase) })
	}
	f.kinship = sync.OnceValue(f.kin)
	f.families = sync.OnceValue(f.findFamilies)
	f.familyOf = sync.OnceValue(f.byIncident)
	f.troubles = sync.OnceValue(f.findTroubles)
	f.company = sync.OnceValue(f.findCompany)
	f.promises = sync.OnceValue(f.promised)
	f.lessons = sync.OnceValue(f.sameLessons)
	slices.Reverse(f.incidents)
	for i, inc := range f.incidents {
		f.position[inc] = int32(i)
		for _, alias := range inc.Aliases {
			f.byID[alias] = inc
		}
	}
	for _, inc := range f.incidents {
		f.byID[inc.ID] = inc
	}
	for facet := range facetCount {
		f.group(lib, facet)
	}
	return f
}

// Incidents returns all incidents, newest first and undated last. The caller must
// not change them.
func (f *Findings) Incidents() []*incident.Incident { return f.incidents }

// Incident returns the incident with the id or alias, nil for none.
func (f *Findings) Incident(id string) *incident.Incident { return f.byID[id] }

// Groups returns the groups of the facet: years newest first, severities from the
// most serious, all others from the one with most incidents. Terms of the
// vocabulary that no incident has come last, in its order.
func (f *Findings) Groups(facet Facet) []*Group { return f.groups[facet] }

// Of returns the groups of the facet that the incident belongs to, in the order in
// which the incident names them.
func (f *Findings) Of(inc *incident.Incident, facet Facet) []*Group {
	var groups []*Group
	for _, v := range values(inc, facet) {
		if g := f.byKey[facet][fold(v)]; g != nil && !slices.Contains(groups, g) {
			groups = append(groups, g)
		}
	}
	return groups
}

// Lookup returns the group of a value as an incident has it: a term's id, or a
// name in any spelling. It also finds terms that were only suggested.
func (f *Findings) Lookup(facet Facet, value string) (*Group, bool) {
	g, ok := f.byKey[facet][fold(value)]
	return g, ok
}

// Known returns how many incidents have any value in the facet.
func (f *Findings) Known(facet Facet) int { return f.known[facet] }

// Suggested returns how many other incidents have a value in the facet that their text
// suggests.
func (f *Findings) Suggested(facet Facet) int { return f.suggested[facet] }

// Members returns all incidents of the group, newest first and undated last, those whose
// text alone suggests it in their places.
func (f *Findings) Members(g *Group) []*incident.Incident {
	if len(g.Suggested) == 0 {
		return g.Incidents
	}
	all := slices.Concat(g.Incidents, g.Suggested)
	slices.SortFunc(all, func(a, b *incident.Incident) int { return cmp.Compare(f.position[a], f.position[b]) })
	return all
}

// fold makes spellings of one name equal that differ in case and white space.
func fold(s string) string {
	if plain(s) {
		return s
	}
	return strings.ToLower(strings.Join(strings.Fields(s), " "))
}

// plain reports whether s is its own fold at a glance, as ids of terms are.
func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

func (f *Findings) group(lib *incident.Library, facet Facet) {
	f.byKey[facet] = map[string]*Group{}
	f.addTerms(lib.Vocabulary, facet)
	spellings := map[string]map[string]int{}
	for i, inc := range f.incidents {
		if facet != Year && len(values(inc, facet)) > 0 || inc.Date.Known() && facet == Year {
			f.known[facet]++
		}
		for _, v := range values(inc, facet) {
			f.add(facet, v, inc, int32(i), spellings)
		}
	}
	f.addSuggested(facet)
	for _, g := range f.groups[facet] {
		if g.Label == "" {
			g.Label = mostFrequent(spellings[g.key])
		}
	}
	f.settleIDs(facet)
	f.order(lib, facet)
}

// addTerms makes a group for every term of the vocabulary.
func (f *Findings) addTerms(v *incident.Vocabulary, facet Facet) {
	d, ok := facet.Dimension()
	if !ok || v == nil {
		return
	}
	for _, t := range v.Terms(d) {
		f.put(&Group{Facet: facet, ID: t.ID, Label: t.Label, Definition: t.Definition, key: fold(t.ID)})
	}
}

// addSuggested puts the incidents beside the groups of terms that their texts suggest,
// which may stand nowhere else.
func (f *Findings) addSuggested(facet Facet) {
	d, ok := facet.Dimension()
	if !ok {
		return
	}
	for _, inc := range f.incidents {
		tags := inc.SuggestedTags(d)
		if len(tags) > 0 && len(inc.Given(d)) == 0 {
			f.suggested[facet]++
		}
		for _, t := range tags {
			if key := fold(t.ID); key != "" && !slices.Contains(inc.Given(d), t.ID) {
				f.addSuggestion(facet, t.ID, inc)
			}
		}
	}
}

func (f *Findings) addSuggestion(facet Facet, id string, inc *incident.Incident) {
	g := f.byKey[facet][fold(id)]
	if g == nil {
		g = &Group{Facet: facet, Label: id, key: fold(id)}
		f.put(g)
	}
	if n := len(g.Suggested); n == 0 || g.Suggested[n-1] != inc {
		g.Suggested = append(g.Suggested, inc)
	}
}

func (f *Findings) put(g *Group) {
	f.byKey[g.Facet][g.key] = g
	f.groups[g.Facet] = append(f.groups[g.Facet], g)
}

func (f *Findings) add(facet Facet, value string, inc *incident.Incident, at int32, spellings map[string]map[string]int) {
	key := fold(value)
	if key == "" {
		return
	}
	g := f.byKey[facet][key]
	if g == nil {
		g = &Group{Facet: facet, key: key}
		f.put(g)
	}
	if spellings[key] == nil {
		spellings[key] = map[string]int{}
	}
	spellings[key][strings.Join(strings.Fields(value), " ")]++
	if n := len(g.at); n > 0 && g.at[n-1] == at {
		return
	}
	g.Incidents, g.at = append(g.Incidents, inc), append(g.at, at)
}

// mostFrequent returns the spelling used most; among equals the first in order.
func mostFrequent(spellings map[string]int) string {
	best := ""
	for s, n := range spellings {
		if best == "" || n > spellings[best] || n == spellings[best] && s < best {
			best = s
		}
	}
	return best
}

// settleIDs gives every group that has none yet an id of its own, also where disks
// ignore case. A file name may have 255 bytes, so long names are cut.
func (f *Findings) settleIDs(facet Facet) {
	taken := map[string]bool{}
	for _, g := range f.groups[facet] {
		taken[incident.Fold(g.ID)] = true
	}
	groups := slices.Clone(f.groups[facet])
	slices.SortFunc(groups, func(a, b *Group) int { return cmp.Compare(a.key, b.key) })
	for _, g := range groups {
		if g.ID != "" {
			continue
		}
		slug := cmp.Or(strings.ToValidUTF8(clip(incident.Slug(g.Label), 100), ""), "other")
		if incident.Reserved(slug) {
			slug += "-name"
		}
		g.ID = slug
		for n := 2; taken[incident.Fold(g.ID)]; n++ {
			g.ID = fmt.Sprintf("%s-%d", slug, n)
		}
		taken[incident.Fold(g.ID)] = true
	}
}

func clip(s string, limit int) string { return s[:min(len(s), limit)] }

// order sorts the groups of the facet; the sort is stable, so that terms of equal
// count keep the order of the vocabulary.
func (f *Findings) order(lib *incident.Library, facet Facet) {
	scale := make([]string, len(lib.Config.Severities))
	for i, s := range lib.Config.Severities {
		scale[i] = fold(s)
	}
	rank := func(g *Group) int {
		if i := slices.Index(scale, g.key); facet == Severity && i >= 0 {
			return i - len(scale)
		}
		return 0
	}
	slices.SortStableFunc(f.groups[facet], func(a, b *Group) int {
		if facet == Year {
			return cmp.Or(cmp.Compare(boolean(a.ID == Undated), boolean(b.ID == Undated)), cmp.Compare(b.ID, a.ID))
		}
		byCount := cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(b.N(), a.N()), cmp.Compare(b.All(), a.All()), cmp.Compare(boolean(a.Definition == ""), boolean(b.Definition == "")))
		if a.Definition != "" {
			return byCount
		}
		return cmp.Or(byCount, cmp.Compare(a.key, b.key))
	})
}

func boolean(b bool) int {
	if b {
		return 1
	}
	return 0
}
