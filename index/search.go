package index

import (
	"context"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"

	"faultline/index/query"
)

// Search answers a query (package index/query has its grammar) with at most limit
// hits; a limit of 0 counts only.
func (x *Index) Search(q string, limit int) (Result, error) {
	parsed := query.Parse(q, knownField)
	result := Result{Query: q, Notes: parsed.Notes}
	if len(parsed.Clauses) == 0 || len(x.sources) == 0 {
		return result, nil
	}
	e := newEvaluation(x.postings, x.norms)
	clauses, notes, err := x.postings.spell(considered(parsed.Clauses), &e.frequencies)
	if err != nil {
		return Result{}, err
	}
	result.Notes = append(result.Notes, notes...)
	if err := e.run(clauses); err != nil {
		return Result{}, err
	}
	best := collector.NewTopNCollector(max(limit, 0), 0, search.SortOrder{&search.SortScore{Desc: true}})
	s := &searcher{evaluation: e, next: len(x.sources)}
	if err := best.Collect(context.Background(), s, x.postings.reader); err != nil {
		return Result{}, err
	}
	result.Total = int(best.Total())
	for _, match := range best.Results() {
		n := x.postings.numbers[match.IndexInternalID.Value()]
		result.Hits = append(result.Hits, x.hit(n, match.Score, e.needles))
	}
	return result, nil
}

// hit describes the incident with the number.
func (x *Index) hit(n int, score float64, needles []needle) Hit {
	i := x.sources[n]
	return Hit{Path: i.Path, ID: i.ID, URL: i.URL, Title: i.Title, Date: i.Date, Score: score,
		Passages: extract(i.sections, needles)}
}
