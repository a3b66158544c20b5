package index

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"

	"faultline/index/query"
)

// mostNotes is how many notes a result has.
const mostNotes = 8

// Options say what Search gives beside what the query asks for.
type Options struct {
	Limit  int      // most hits; 0 counts only
	Sort   Sort     // of the hits
	Facets []string // names of the facets to count, in this order (FacetNames)
	Within []Filter // values of one field are alternatives, different fields must all hold
}

// all says that a query that asks for nothing finds everything.
func (o Options) all() bool { return len(o.Facets)+len(o.Within) > 0 }

// Search answers a query (package index/query has its grammar). A query that asks for
// nothing finds all incidents where filters or facets are given, else none. An order,
// facet or filter of a name that there is not is an error.
func (x *Index) Search(q string, opt Options) (Result, error) {
	parsed := query.Parse(q, kindOf)
	result := Result{Query: q, Notes: parsed.Notes}
	sieve, err := x.newSieve(opt)
	if err != nil {
		return Result{}, err
	}
	if len(parsed.Clauses) == 0 && !opt.all() || len(x.sources) == 0 {
		result.count(sieve, nil)
		result.note(sieve.notes)
		return result, nil
	}
	e := newEvaluation(x)
	p := planner{Index: x, room: &e.frequencies}
	steps, err := p.group(parsed.Clauses, false)
	if err != nil {
		return Result{}, err
	}
	scope, err := e.run(steps, 0)
	if err != nil {
		return Result{}, err
	}
	answers := scope.answers()
	result.count(sieve, answers)
	passed := sieve.passed(answers)
	result.Total = len(passed)
	best, err := x.best(passed, x.key(opt.Sort, scope), opt.Limit)
	if err != nil {
		return Result{}, err
	}
	traits, err := e.traits(steps, best)
	if err != nil {
		return Result{}, err
	}
	found := result.show(best, scope, explanation{x, e.needles, p.meant(), traits, sieve})
	missed := e.missed[:min(mostNotes, len(e.missed))]
	result.note(sieve.notes, p.notes, spellingNotes(p.spelled, found), x.missing(missed))
	return result, nil
}

// best returns the foremost of the answers, which are ordered newest first, by their keys.
func (x *Index) best(answers []int, key func(doc int) float64, limit int) ([]int, error) {
	best := collector.NewTopNCollector(max(limit, 0), 0, search.SortOrder{&search.SortScore{Desc: true}})
	if err := best.Collect(context.Background(), &searcher{answers, key, x.postings.ids}, x.postings.reader); err != nil {
		return nil, err
	}
	var list []int
	for _, match := range best.Results() {
		list = append(list, x.postings.numbers[match.IndexInternalID.Value()])
	}
	return list, nil
}

// note adds notes, as far as there is room.
func (r *Result) note(lists ...[]string) {
	r.Notes = slices.Concat(r.Notes, slices.Concat(lists...))
	r.Notes = r.Notes[:min(mostNotes, len(r.Notes))]
}

// show adds the incidents with the numbers as hits, and returns them.
func (r *Result) show(best []int, scope *scope, by explanation) []*source {
	var found []*source
	for _, n := range best {
		found = append(found, by.sources[n])
		r.Hits = append(r.Hits, by.hit(n, scope.rank(n)))
	}
	return found
}

// hit describes the incident with the number.
func (e explanation) hit(n int, score float64) Hit {
	i := e.sources[n]
	h := Hit{Path: i.Path, ID: i.ID, URL: i.URL, Title: i.Title, Date: i.Date, Score: score, Passages: extract(i.sections, e.needles)}
	facts := i.facts()
	h.show(facts)
	h.Why = e.why(n, i, facts)
	return h
}

// meant returns, by term, the words that no incident has and the term was read for.
func (p *planner) meant() map[string]string {
	words := map[string]string{}
	for _, s := range p.spelled {
		words[s.term] = s.text
	}
	return words
}
