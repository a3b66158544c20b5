package stat

import (
	"cmp"
	"slices"
)

// Adjust returns for each probability of a test the adjusted one of Benjamini and Hochberg
// (JRSS B 57, 1995), in the same order: who claims all whose adjusted value is at most q is
// wrong in q of the claims on average.
//
//	q(i) = min over j ≥ i of tried · p(j) / j,  p sorted
//
// Tried is the number of all tests, those included that are not among p because they found
// nothing at all; fewer than len(p) count as len(p).
func Adjust(p []float64, tried int) []float64 {
	tried = max(tried, len(p))
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(p[a], p[b]), cmp.Compare(a, b)) })
	adjusted, least := make([]float64, len(p)), 1.0
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, p[i]*float64(tried)/float64(rank))
		adjusted[i] = least
	}
	return adjusted
}
