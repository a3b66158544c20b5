package pattern

import (
	"cmp"
	"slices"
	"strings"

	"faultline/site/incident"
)

// Learned is a lesson, with every report among those asked for that teaches it in nearly
// the same words.
type Learned struct {
	Text   string   // as it was taught last
	Kind   string   // well, wrong or lucky; "" where no report says
	Taught []Taught // newest first
}

// Taught is one report's lesson.
type Taught struct {
	Incident *incident.Incident
	Lesson   *incident.Lesson
}

// LessonsOf returns at most so many lessons of the incidents, the one taught last first. What
// reports teach in nearly the same words is one lesson.
func (f *Findings) LessonsOf(incidents []*incident.Incident, most int) []Learned {
	firsts := f.lessons()
	place := map[*incident.Lesson]int{}
	var learned []Learned
	for _, inc := range f.newestFirst(incidents) {
		for i := range inc.Lessons {
			l := &inc.Lessons[i]
			first := firsts[f.position[inc]][i]
			at, known := place[first]
			switch {
			case !known && len(learned) == most:
				continue
			case !known:
				at = len(learned)
				place[first] = at
				learned = append(learned, Learned{Text: l.Text})
			}
			learned[at].Kind = cmp.Or(learned[at].Kind, l.Kind)
			learned[at].Taught = append(learned[at].Taught, Taught{inc, l})
		}
	}
	return learned
}

// sameLessons finds for every lesson, by the position of its incident, the first of the
// library that says nearly the same.
func (f *Findings) sameLessons() [][]*incident.Lesson {
	var all []*incident.Lesson
	var texts []string
	for _, inc := range slices.Backward(f.incidents) {
		for i := range inc.Lessons {
			all = append(all, &inc.Lessons[i])
			texts = append(texts, inc.Lessons[i].Text)
		}
	}
	same := gathered(texts, func(int, int) bool { return true })
	firsts := make([][]*incident.Lesson, len(f.incidents))
	for at, inc := range slices.Backward(f.incidents) {
		for range inc.Lessons {
			firsts[at] = append(firsts[at], all[same[0]])
			same = same[1:]
		}
	}
	return firsts
}

// OpenAction is a promise that no report of the library says was kept or dropped, with
// what the reports asked for promise of it.
type OpenAction struct {
	*Promise        // without its strikes, which the ledger knows
	Here     []Made // newest first
}

// OpenActions returns at most so many open promises of the incidents' reports, the one made
// last first.
func (f *Findings) OpenActions(incidents []*incident.Incident, most int) []OpenAction {
	promises := f.promises()
	place := map[*Promise]int{}
	var open []OpenAction
	for _, inc := range f.newestFirst(incidents) {
		for i := range inc.Actions {
			p := promises.open[f.position[inc]][i]
			if p == nil {
				continue
			}
			at, known := place[p]
			switch {
			case !known && len(open) == most:
				continue
			case !known:
				at = len(open)
				place[p] = at
				open = append(open, OpenAction{Promise: p})
			}
			open[at].Here = append(open[at].Here, Made{inc, &inc.Actions[i]})
		}
	}
	return open
}

// newestFirst returns those of the incidents that the library has, newest first and
// undated last.
func (f *Findings) newestFirst(incidents []*incident.Incident) []*incident.Incident {
	list := slices.DeleteFunc(slices.Clone(incidents), func(inc *incident.Incident) bool {
		_, ours := f.position[inc]
		return !ours
	})
	slices.SortFunc(list, func(a, b *incident.Incident) int { return cmp.Compare(f.position[a], f.position[b]) })
	return slices.Compact(list)
}

// Quote is a sentence of a report that supports a term.
type Quote struct {
	Incident *incident.Incident
	Tag      *incident.Tag
	Evidence incident.Evidence
}

// Evidence returns the sentences behind a term, newest incident first, and how many there
// are in all: at most so many, the strongest of each incident before the second ones of
// any. It is empty for a name.
func (t *Tally) Evidence(g *Group, most int) (quotes []Quote, all int) {
	d, ok := g.Facet.Dimension()
	if !ok {
		return nil, 0
	}
	var ranked []rankedQuote
	for _, inc := range t.Incidents(g) {
		for i := range inc.Terms[d] {
			if tag := &inc.Terms[d][i]; fold(tag.ID) == g.key && t.counting.Counts(*tag) {
				ranked = appendQuotes(ranked, inc, tag)
			}
		}
	}
	order := slices.Clone(ranked)
	slices.SortStableFunc(order, func(a, b rankedQuote) int { return cmp.Compare(a.rank, b.rank) })
	order = order[:min(len(order), max(most, 0))]
	slices.SortFunc(order, func(a, b rankedQuote) int { return cmp.Compare(a.place, b.place) })
	for _, q := range order {
		quotes = append(quotes, q.Quote)
	}
	return quotes, len(ranked)
}

// rankedQuote is a quote with its rank in its incident, the strongest 0, and its place
// among all.
type rankedQuote struct {
	Quote
	rank, place int
}

// appendQuotes adds the sentences behind the tag. What an incident says twice, or a tag of
// it before, is quoted once.
func appendQuotes(list []rankedQuote, inc *incident.Incident, tag *incident.Tag) []rankedQuote {
	first := len(list)
	for first > 0 && list[first-1].Incident == inc {
		first--
	}
	for _, e := range tag.Evidence {
		said := func(q rankedQuote) bool { return strings.EqualFold(q.Evidence.Text, e.Text) }
		if !slices.ContainsFunc(list[first:], said) {
			list = append(list, rankedQuote{Quote{inc, tag, e}, len(list) - first, len(list)})
		}
	}
	return list
}
