package render

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

const combinationsURL = patternsFolder + "combinations/"

// mostCombinations is how many combinations a list shows; each of them has a page.
const mostCombinations = 100

// mostAside is how many incidents a combination's page sets side by side.
const mostAside = 24

// CombinationsPage lists what recurs together, the most surprising first.
type CombinationsPage struct {
	Page
	Choices  []Choice
	Variants []Combinations
}

// Combinations is what recurs together under one counting.
type Combinations struct {
	Class    string // of the counting
	Sentence string
	Judged   []Judged
	More     int // that the list leaves out
}

// Judged is the combinations of which the same can be said.
type Judged struct {
	Heading string
	Note    string // what that means, "" where each of them says it
	Folded  bool   // nothing is claimed of them
	Found   []Combination
}

// headings say what can be said of combinations, and notes what that means.
var headings = map[pattern.Verdict]struct{ heading, note string }{
	pattern.More:      {heading: "More than chance"},
	pattern.OwnHabit:  {heading: "Usual where it happened"},
	pattern.ByWording: {"One fact in two words", "One and the same sentence of the reports tells of both, so that they are bound to meet."},
	pattern.Perhaps:   {"Perhaps chance", "More than chance would give, were each the only one that was looked at; so many were tried that some must look like this."},
	pattern.Repeated:  {"The same trouble again", "More than chance would give, but some are repeats of one trouble; where each trouble counts once, nothing is left of it."},
	pattern.Chance:    {"No more than chance", "What is frequent meets often, without any of it having to do with the other."},
	pattern.ByMeaning: {"Together by what they mean", "The vocabulary says that the one goes with the other."},
}

// Combination is values that recur together.
type Combination struct {
	URL    string
	Values []Tag
	Says   string        // what chance would give
	Akin   []Combination // narrower and wider ones, less surprising
}

// CombinationPage sets the incidents of a combination side by side.
type CombinationPage struct {
	Page
	Heading  string
	Values   []Tag
	Choices  []Choice
	Variants []CombinationSeen
	Words    []string // that the reports share
}

// CombinationSeen is a combination under one counting.
type CombinationSeen struct {
	Class    string
	Sentence string
	Rows     []Aside
	More     int
}

// Aside is an incident in a row of its own, what it has in each dimension side by side.
type Aside struct {
	Row      Row
	Terms    [][]Tag  // by pattern.Dimensions
	Promised []string // actions of its report, those that are to prevent it first
}

func (r *Renderer) addCombinations(late map[string]route) {
	r.addLatePage(late, combinationsURL+"index.html", "combinations.html", func(p place) any { return r.combinations(p) })
	for id := range r.combinationIDs() {
		r.addLatePage(late, combinationsURL+id+"/index.html", "combination.html", func(p place) any { return r.combination(p, id) })
	}
}

// combinationIDs are those of all combinations that a list shows, under any counting.
func (r *Renderer) combinationIDs() map[string]bool {
	ids := map[string]bool{}
	for _, c := range r.countings.all {
		found := r.studies.combinations[c]().Found
		for _, combination := range found[:min(mostCombinations, len(found))] {
			ids[combination.ID] = true
		}
	}
	return ids
}

func (r *Renderer) combinations(p place) CombinationsPage {
	page := CombinationsPage{Page: r.study(p, "What recurs together", ""), Choices: r.choices()}
	for _, c := range r.countings.all {
		found := r.studies.combinations[c]()
		v := Combinations{Class: c.String(), Sentence: r.combinationsSentence(found, c), More: beyond(len(found.Found), mostCombinations) + found.More}
		v.fill(p, found.Found[:min(mostCombinations, len(found.Found))])
		page.Variants = append(page.Variants, v)
	}
	return page
}

// fill puts each combination below those that it narrows or widens, and the others under the
// heading of their verdict; they come in the order of their verdicts.
func (v *Combinations) fill(p place, found []pattern.Combination) {
	akin := map[string][]Combination{}
	for _, c := range found {
		if c.Under != "" {
			akin[c.Under] = append(akin[c.Under], p.combination(c))
		}
	}
	for _, c := range found {
		if c.Under == "" {
			shown := p.combination(c)
			shown.Akin = akin[c.ID]
			v.add(c.Verdict, shown)
		}
	}
}

func (v *Combinations) add(verdict pattern.Verdict, c Combination) {
	h := headings[verdict]
	if last := len(v.Judged) - 1; last < 0 || v.Judged[last].Heading != h.heading {
		v.Judged = append(v.Judged, Judged{Heading: h.heading, Note: h.note, Folded: verdict < pattern.Perhaps})
	}
	last := &v.Judged[len(v.Judged)-1]
	last.Found = append(last.Found, c)
}

// combination shows a combination in a list.
func (p place) combination(c pattern.Combination) Combination {
	says := c.Words()
	if headings[c.Verdict].note != "" {
		says = c.Seen()
	}
	return Combination{URL: p.to(combinationsURL + c.ID + "/"), Values: p.groupTags(c.Values), Says: says}
}

func (p place) groupTags(groups []*pattern.Group) []Tag {
	tags := make([]Tag, len(groups))
	for i, g := range groups {
		tags[i] = p.tag(g)
	}
	return tags
}

// combinationsSentence says how many were tried and what came of it.
func (r *Renderer) combinationsSentence(found pattern.Combinations, c pattern.Counting) string {
	incidents := phrase.Count(len(r.lib.Incidents), "incident")
	if len(found.Found) == 0 {
		return fmt.Sprintf("No combination of terms, services and technologies is shared by %s of the %s, by %s: no pattern is claimed on fewer.",
			phrase.Number(found.Support), incidents, c.Label())
	}
	s := fmt.Sprintf("%s shared by at least %s of the %s, by %s.",
		phrase.Agree(len(found.Found)+found.More, "combination of terms, services and technologies is", "combinations of terms, services and technologies are"), phrase.Number(found.Support), incidents, c.Label())
	if found.Claimed == 0 {
		s += " None is more than chance gives where so many are tried."
	} else {
		s += " " + phrase.Agree(found.Claimed, "is", "are") + " more than chance gives, with all that were tried taken into account."
	}
	if found.Raised() {
		s += " Rarer ones were left out: there are too many to judge."
	}
	return s
}

func (r *Renderer) combination(p place, id string) CombinationPage {
	page := CombinationPage{}
	for _, c := range r.countings.all {
		for _, combination := range r.studies.combinations[c]().Found {
			if combination.ID != id {
				continue
			}
			if page.Values == nil {
				page.Values, page.Heading = p.groupTags(combination.Values), together(combination.Values)
				page.Words = r.found.InWords(combination.Incidents)
			}
			page.Variants = append(page.Variants, r.seen(p, combination, c))
		}
	}
	page.Page = r.study(p, page.Heading, "")
	for _, choice := range r.choices() {
		for _, v := range page.Variants {
			if v.Class == choice.Value && len(page.Variants) > 1 {
				page.Choices = append(page.Choices, choice)
			}
		}
	}
	settleChoice(page.Choices)
	return page
}

// settleChoice checks the last choice where none is checked.
func settleChoice(choices []Choice) {
	for _, c := range choices {
		if c.Checked {
			return
		}
	}
	if len(choices) > 0 {
		choices[len(choices)-1].Checked = true
	}
}

// together names values as what came together: "Overload, no alert and Redis".
func together(groups []*pattern.Group) string {
	var labels []string
	for _, g := range groups {
		labels = append(labels, groupLabel(g))
	}
	return phrase.List(labels)
}

func (r *Renderer) seen(p place, c pattern.Combination, by pattern.Counting) CombinationSeen {
	v := CombinationSeen{Class: by.String(), More: beyond(len(c.Incidents), mostAside)}
	v.Sentence = fmt.Sprintf("%s of the %s that name something of each kind have all of it, by %s; %s.",
		phrase.Number(c.N), phrase.Count(c.Of, "incident"), by.Label(), c.Words())
	if lasted := pattern.Durations(c.Incidents, pattern.Whole); lasted.N > 0 {
		v.Sentence += fmt.Sprintf(" Median %s to resolve, %s.", unbroken(lasted.Median), sample(lasted.N))
	}
	for _, inc := range c.Incidents[:min(mostAside, len(c.Incidents))] {
		v.Rows = append(v.Rows, p.beside(inc, by))
	}
	return v
}

func (p place) beside(inc *incident.Incident, by pattern.Counting) Aside {
	a := Aside{Row: p.row(inc)}
	for _, d := range incident.Dimensions {
		var terms []incident.Tag
		for _, t := range inc.Terms[d] {
			if by.Counts(t) {
				terms = append(terms, t)
			}
		}
		a.Terms = append(a.Terms, p.linked(terms, d))
	}
	a.Promised = promisedAgainst(inc)
	return a
}

// mostPromised is how many actions a row names.
const mostPromised = 2

// promisedAgainst are the actions of the report, those that are to prevent it first.
func promisedAgainst(inc *incident.Incident) []string {
	prevents := func(a incident.Action) bool { return strings.HasPrefix(strings.ToLower(text(a.Kind)), "prevent") }
	actions := slices.Clone(inc.Actions)
	slices.SortStableFunc(actions, func(a, b incident.Action) int {
		switch {
		case prevents(a) == prevents(b):
			return 0
		case prevents(a):
			return -1
		}
		return 1
	})
	var texts []string
	for _, a := range actions[:min(mostPromised, len(actions))] {
		texts = append(texts, phrase.Shorten(a.Text, longestAction))
	}
	return texts
}

// longestAction is the length in characters of an action in a row.
const longestAction = 140
