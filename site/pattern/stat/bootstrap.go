package stat

import (
	"encoding/binary"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
)

// Resamples is the number of times that CompareMedians draws.
const Resamples = 2000

// Fewest is the size from which a sample says something of the median of what it was drawn
// from: from six values on the least and the greatest have it between them at Level,
// 1 − 2·(1/2)⁶ = 0.97 (David and Nagaraja, Order Statistics, § 7.1).
const Fewest = 6

// Difference is by how much the medians of two samples differ.
type Difference struct {
	Medians  [2]float64
	Estimate float64  // the second median less the first
	Interval Interval // of the estimate; the zero value where Enough is not
	Enough   bool     // both samples have at least Fewest values
}

// Change is the direction of what the difference shows: 0 for no change that could be
// detected, because its interval holds 0 or there are too few values to have one.
func (d Difference) Change() int {
	switch {
	case !d.Enough || d.Interval.Holds(0):
		return 0
	case d.Estimate > 0:
		return +1
	default:
		return -1
	}
}

// CompareMedians compares the medians of two samples in ascending order by the bootstrap,
// with the percentile interval of Resamples differences (Efron, Annals of Statistics 7, 1979;
// Efron and Tibshirani, An Introduction to the Bootstrap, § 13.3). The generator is seeded
// by the values, so that the same samples always give the same interval.
func CompareMedians(a, b []float64) Difference {
	d := Difference{Medians: [2]float64{Median(a), Median(b)}, Enough: len(a) >= Fewest && len(b) >= Fewest}
	d.Estimate = d.Medians[1] - d.Medians[0]
	if !d.Enough {
		return d
	}
	draw := rand.New(rand.NewPCG(seed(a), seed(b)))
	differences := make([]float64, Resamples)
	for i := range differences {
		differences[i] = resampled(b, draw) - resampled(a, draw)
	}
	slices.Sort(differences)
	d.Interval = Interval{Quantile(differences, (1-Level)/2), Quantile(differences, (1+Level)/2)}
	return d
}

func seed(values []float64) uint64 {
	h := fnv.New64a()
	var b [8]byte
	for _, x := range values {
		binary.LittleEndian.PutUint64(b[:], math.Float64bits(x))
		h.Write(b[:])
	}
	return h.Sum64()
}

// resampled draws the median of as many values as there are, each drawn from all of them
// with replacement. The values are sorted, so that only the one or two in the middle of the
// draws need be known; those of n draws from 0 to 1 are G/(G+H), where G and H follow gamma
// distributions (Devroye, Non-Uniform Random Variate Generation, § V.3.1). This takes the
// same time for ten values as for ten thousand.
func resampled(sorted []float64, draw *rand.Rand) float64 {
	n := len(sorted)
	below := gamma(float64((n+1)/2), draw) // the lower of the middle is the (n+1)/2-th smallest
	between, above := 0.0, gamma(float64(n/2+1), draw)
	if n%2 == 0 {
		between, above = draw.ExpFloat64(), gamma(float64(n/2), draw)
	}
	whole := below + between + above
	low := sorted[min(int(below/whole*float64(n)), n-1)]
	high := sorted[min(int((below+between)/whole*float64(n)), n-1)]
	return low + (high-low)/2
}

// gamma draws from the gamma distribution of the shape, which is at least 1, by the method
// of Marsaglia and Tsang (ACM TOMS 26, 2000).
func gamma(shape float64, draw *rand.Rand) float64 {
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := draw.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v *= v * v
		if math.Log(1-draw.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}
