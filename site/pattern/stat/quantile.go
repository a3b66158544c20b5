package stat

import "math"

// Quantile returns the p-quantile of values in ascending order, linear between the two
// nearest: type 7 of Hyndman and Fan (The American Statistician 50, 1996), which is that of
// S, R and NumPy. With h = (n−1)p it is x[⌊h⌋] + (h−⌊h⌋)(x[⌊h⌋+1] − x[⌊h⌋]). Without values it
// is NaN.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	h := clamp(p) * float64(len(sorted)-1)
	low := int(h)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (h-float64(low))*(sorted[high]-sorted[low])
}

// Median returns the quantile of one half.
func Median(sorted []float64) float64 { return Quantile(sorted, .5) }

// Step is a place at which an empirical distribution rises: N of the values are at most X.
type Step struct {
	X float64
	N int
}

// Steps returns the empirical distribution function of values in ascending order, one step
// for each different value.
func Steps(sorted []float64) []Step {
	var steps []Step
	for i, x := range sorted {
		if last := len(steps) - 1; last >= 0 && steps[last].X == x {
			steps[last].N++
			continue
		}
		steps = append(steps, Step{x, i + 1})
	}
	return steps
}
