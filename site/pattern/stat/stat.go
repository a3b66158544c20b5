// Package stat holds the statistics that package pattern rests on: numbers in, numbers
// out, no incidents. Every function names its formula and where it was published.
//
// What is said of counts is exact where that can be had: Fisher's test and the interval of
// a lift are computed from the hypergeometric distribution itself and hold for a count of
// three as they do for one of three thousand. Nothing here draws a number that does not
// follow from the data: the bootstrap is seeded by the samples that it compares.
package stat

import "math"

// Level is the confidence level of every interval of this package.
const Level = 0.95

// z is the quantile of the normal distribution that belongs to Level.
const z = 1.959963984540054

// Interval is a confidence interval at Level, both ends included.
type Interval struct{ Low, High float64 }

// Holds reports whether x lies in the interval.
func (i Interval) Holds(x float64) bool { return i.Low <= x && x <= i.High }

// Wilson returns the interval of a share of which n of the of cases were seen, by the score
// method with z = 1.96:
//
//	(p + z²/2N ± z √(p(1−p)/N + z²/4N²)) / (1 + z²/N)
//
// It is the interval that keeps its level best at small N (Wilson, JASA 22, 1927; Brown, Cai
// and DasGupta, Statistical Science 16, 2001). Without cases anything may be: 0 to 1.
func Wilson(n, of int) Interval {
	if of <= 0 {
		return Interval{0, 1}
	}
	whole := float64(of)
	p, zz := float64(n)/whole, z*z/whole
	middle := p + zz/2
	half := z * math.Sqrt(p*(1-p)/whole+zz/whole/4)
	i := Interval{(middle - half) / (1 + zz), (middle + half) / (1 + zz)}
	if n <= 0 {
		i.Low = 0
	}
	if n >= of {
		i.High = 1
	}
	return i
}
