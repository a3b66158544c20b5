package stat

import "math"

// Interval returns the interval of the lift that belongs to the exact conditional interval
// of the odds ratio: the margins are held as they are, and the ends are the lifts of those
// odds at which so many cases with both, or more, or so few, or fewer, have a probability of
// 2.5 %.
//
//	P(X ≥ Both | low) = P(X ≤ Both | high) = (1−Level)/2,  lift(odds) = E(X | odds) / (A·B/N)
//
// where X follows Fisher's noncentral hypergeometric distribution (Fisher, JRSS 98, 1935;
// Cornfield, Proc. Third Berkeley Symposium 4, 1956; Agresti, Categorical Data Analysis,
// § 3.6). It agrees with Greater, is never too narrow, and never claims a lift that the
// margins do not allow; the usual intervals on a logarithmic scale are all of that only for
// large counts. Where nothing is expected it is 0 to +Inf.
func (t Table) Interval() Interval {
	expected := t.Expected()
	if expected == 0 || !t.legal() {
		return Interval{0, math.Inf(1)}
	}
	i := Interval{float64(t.least()) / expected, float64(t.most()) / expected}
	if t.Both > t.least() {
		i.Low = t.mean(t.odds(+1)) / expected
	}
	if t.Both < t.most() {
		i.High = t.mean(t.odds(-1)) / expected
	}
	return i
}

// odds finds the odds ratio at which the tail from Both on in the direction has the
// probability (1−Level)/2.
func (t Table) odds(direction int) float64 {
	// In the logarithm of the odds both sides are close to straight, so that false position
	// with the Illinois rule (Dowell and Jarratt, BIT 11, 1971) needs few steps.
	miss := func(x float64) float64 {
		return math.Log(max(t.share(math.Exp(x), direction), math.SmallestNonzeroFloat64)) - math.Log((1-Level)/2)
	}
	at := math.Log((float64(t.Both) + .5) * (float64(t.N-t.A-t.B+t.Both) + .5) / ((float64(t.A-t.Both) + .5) * (float64(t.B-t.Both) + .5)))
	low, high := at, at
	for width := 1.0; miss(low)*float64(direction) > 0 && width < 1e3; width *= 2 {
		low -= width
	}
	for width := 1.0; miss(high)*float64(direction) < 0 && width < 1e3; width *= 2 {
		high += width
	}
	return math.Exp(crossing(miss, low, high))
}

// crossing finds where f is zero between two places at which its signs differ.
func crossing(f func(float64) float64, low, high float64) float64 {
	atLow, atHigh := f(low), f(high)
	side := 0
	for range 60 {
		if atLow == atHigh || high-low < 1e-7 {
			break
		}
		x := (low*atHigh - high*atLow) / (atHigh - atLow)
		y := f(x)
		switch {
		case math.Abs(y) < 1e-9:
			return x
		case (y < 0) == (atLow < 0):
			low, atLow = x, y
			if side == -1 {
				atHigh /= 2
			}
			side = -1
		default:
			high, atHigh = x, y
			if side == 1 {
				atLow /= 2
			}
			side = 1
		}
	}
	return (low + high) / 2
}

// share is the probability at the odds ratio of Both and all counts beyond it in the
// direction.
func (t Table) share(odds float64, direction int) float64 {
	total, _ := t.noncentral(odds)
	if (t.Both-t.mode(odds))*direction >= 0 {
		return t.height(odds) * t.tail(odds, direction) / total
	}
	t.Both -= direction
	if t.Both < t.least() || t.Both > t.most() {
		return 1
	}
	return 1 - t.height(odds)*t.tail(odds, -direction)/total
}

// height is the probability of Both at the odds ratio, as a multiple of that of the mode.
func (t Table) height(odds float64) float64 {
	height, mode := 1.0, t.mode(odds)
	for k := mode; k < t.Both; k++ {
		height *= t.step(k, odds)
	}
	for k := mode; k > t.Both; k-- {
		height /= t.step(k-1, odds)
	}
	return height
}

// mean is the expected count of both at the odds ratio.
func (t Table) mean(odds float64) float64 {
	_, mean := t.noncentral(odds)
	return mean
}

// noncentral sums the probabilities of all counts at the odds ratio, as multiples of that of
// the mode, and returns the sum and the mean count.
func (t Table) noncentral(odds float64) (total, mean float64) {
	mode := t.mode(odds)
	total = 1
	off := 0.0 // of the mode
	for k, term := mode, 1.0; k < t.most() && term > negligible*total; k++ {
		term *= t.step(k, odds)
		total += term
		off += term * float64(k+1-mode)
	}
	for k, term := mode, 1.0; k > t.least() && term > negligible*total; k-- {
		term /= t.step(k-1, odds)
		total += term
		off += term * float64(k-1-mode)
	}
	return total, float64(mode) + off/total
}
