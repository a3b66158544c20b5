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

// Search answers a query (package index/query has its grammar). A query that asks for
// nothing finds all incidents where filters or facets are given, else none.
func (x *Index) Search(q string, opt Options) (Result, error) {
	parsed := query.Parse(q, kindOf)
	result := Result{Query: q, Notes: parsed.Notes}
	if len(parsed.Clauses) == 0 || len(x.sources) == 0 {
		return result, nil
	}
	e := newEvaluation(x)
	p := planner{Index: x, room: &e.frequencies}
	steps, err := p.group(parsed.Clauses, false)
	if err != nil {
		return Result{}, err
	}
	answers, err := e.run(steps, 0)
	if err != nil {
		return Result{}, err
	}
	best := collector.NewTopNCollector(max(opt.Limit, 0), 0, search.SortOrder{&search.SortScore{Desc: true}})
	s := &searcher{scope: answers, ids: x.postings.ids, next: len(x.sources)}
	if err := best.Collect(context.Background(), s, x.postings.reader); err != nil {
		return Result{}, err
	}
	result.Total = int(best.Total())
	var found []*source
	for _, match := range best.Results() {
		n := x.postings.numbers[match.IndexInternalID.Value()]
		found = append(found, x.sources[n])
		result.Hits = append(result.Hits, x.hit(n, match.Score, e.needles, p.meant()))
	}
	missed := e.missed[:min(mostNotes, len(e.missed))]
	result.Notes = slices.Concat(result.Notes, p.notes, spellingNotes(p.spelled, found), x.missing(missed))
	result.Notes = result.Notes[:min(mostNotes, len(result.Notes))]
	return result, nil
}

// hit describes the incident with the number.
func (x *Index) hit(n int, score float64, needles []needle, meant map[string]string) Hit {
	i := x.sources[n]
	h := Hit{Path: i.Path, ID: i.ID, URL: i.URL, Title: i.Title, Date: i.Date, Score: score, Passages: extract(i.sections, needles)}
	facts := i.facts()
	h.show(facts)
	h.Why = i.reasons(facts, needles, meant)
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
