package index

import (
	segments "github.com/blevesearch/bleve_index_api"

	"github.com/blevesearch/bleve/v2/search"
)

// searcher hands answers to bleve's collector, newest incident first, which is the order
// that the collector keeps among those with equal keys.
type searcher struct {
	answers []int // that are still to be handed over
	key     func(doc int) float64
	ids     []uint64 // bleve's numbers of the documents
}

// Next implements search.Searcher.
func (s *searcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if len(s.answers) == 0 {
		return nil, nil
	}
	doc := s.answers[0]
	s.answers = s.answers[1:]
	match := ctx.DocumentMatchPool.Get()
	match.IndexInternalID = segments.NewIndexInternalID(match.IndexInternalID, s.ids[doc])
	match.Score = s.key(doc)
	return match, nil
}

// Advance implements search.Searcher. The collector of the best hits never skips.
func (s *searcher) Advance(ctx *search.SearchContext, _ segments.IndexInternalID) (*search.DocumentMatch, error) {
	return s.Next(ctx)
}

// Close implements search.Searcher: the reader is the index's, not the searcher's.
func (s *searcher) Close() error { return nil }

// Weight implements search.Searcher: scores are not normalized.
func (s *searcher) Weight() float64 { return 1 }

// SetQueryNorm implements search.Searcher.
func (s *searcher) SetQueryNorm(float64) {}

// Count implements search.Searcher.
func (s *searcher) Count() uint64 { return uint64(len(s.ids)) }

// Min implements search.Searcher.
func (s *searcher) Min() int { return 0 }

// Size implements search.Searcher, in bytes.
func (s *searcher) Size() int { return 5 * 8 * len(s.ids) }

// DocumentMatchPoolSize implements search.Searcher.
func (s *searcher) DocumentMatchPoolSize() int { return 1 }
