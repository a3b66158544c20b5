package index

import (
	"fmt"
	"math"
	"slices"
)

// Sort is an order of hits.
type Sort string

// The orders. Oldest is the reverse of Newest, but for incidents without a date, which are
// the last of both. Longest and Shortest compare the middle of what a duration may be; the
// last are those of which none is known. Of equal hits the newest comes first.
const (
	Relevance Sort = "relevance" // and "": the best score first
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
	Longest   Sort = "longest"
	Shortest  Sort = "shortest"
)

// Sorts lists the orders.
var Sorts = []Sort{Relevance, Newest, Oldest, Longest, Shortest}

// check fails where there is no such order.
func (s Sort) check() error {
	if s != "" && !slices.Contains(Sorts, s) {
		return fmt.Errorf("no order %q", string(s))
	}
	return nil
}

// key returns by what answers are put into the order: the greatest first, and of equals
// the highest number, as numbers go by date.
func (x *Index) key(by Sort, answers *scope) func(doc int) float64 {
	switch by {
	case Newest:
		return func(int) float64 { return 0 }
	case Oldest:
		undated := x.undated()
		return func(doc int) float64 {
			if doc < undated {
				return math.Inf(-1)
			}
			return float64(-doc)
		}
	case Longest, Shortest:
		return x.lengthKey(map[Sort]int{Longest: 1, Shortest: -1}[by])
	}
	return answers.rank
}

// lengthKey orders by duration, the longest first, or with a sign of -1 the shortest.
func (x *Index) lengthKey(sign int) func(doc int) float64 {
	lasted := x.columns[columnAt("duration")]
	return func(doc int) float64 {
		if e := lasted[doc]; e.known() {
			return float64(sign * (e.low + e.high))
		}
		return math.Inf(-1)
	}
}

// undated is how many incidents, the first by number, have no date.
func (x *Index) undated() int {
	dates := x.columns[columnAt("date")]
	if at := slices.IndexFunc(dates, extent.known); at >= 0 {
		return at
	}
	return len(dates)
}
