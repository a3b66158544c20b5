package stat

import "math"

// Table is how often two things were seen, alone and together, in N cases: A of them have
// the one, B the other, Both both. It is the 2×2 table of contingency told by its margins.
type Table struct{ Both, A, B, N int }

// least and most are the ends of what Both can be between these margins.
func (t Table) least() int { return max(0, t.A+t.B-t.N) }
func (t Table) most() int  { return min(t.A, t.B) }

// legal reports whether the numbers can be counts of one set of cases.
func (t Table) legal() bool {
	return t.A >= 0 && t.B >= 0 && t.A <= t.N && t.B <= t.N && t.Both >= t.least() && t.Both <= t.most()
}

// Expected is how often both would be seen if neither knew of the other: A·B/N. Without
// cases it is 0.
func (t Table) Expected() float64 {
	if t.N == 0 {
		return 0
	}
	return float64(t.A) * float64(t.B) / float64(t.N)
}

// Lift is how many times as often as expected both were seen: Both·N/(A·B) (Brin, Motwani,
// Ullman and Tsur, SIGMOD 1997, who call it interest). Where nothing is expected it is 1.
func (t Table) Lift() float64 {
	if t.Expected() == 0 {
		return 1
	}
	return float64(t.Both) / t.Expected()
}

// Greater is Fisher's exact test, one-sided: the probability that at least Both of the N
// cases have both when the margins are as they are and neither knows of the other. It is the
// upper tail of the hypergeometric distribution (Fisher, Statistical Methods for Research
// Workers, § 21.02). Its first term is computed by logarithms of factorials, the others from
// their ratios, so that it holds for tens of thousands of cases. A table that cannot be
// gives 1.
func (t Table) Greater() float64 {
	if !t.legal() {
		return 1
	}
	if t.Both <= t.mode(1) {
		return clamp(1 - t.below())
	}
	return clamp(t.probability() * t.tail(1, +1))
}

// Less is the other side of Greater: the probability that at most Both cases have both.
func (t Table) Less() float64 {
	if !t.legal() {
		return 1
	}
	if t.Both >= t.mode(1) {
		return clamp(1 - t.above())
	}
	return clamp(t.probability() * t.tail(1, -1))
}

// below is the probability of fewer than Both, above that of more.
func (t Table) below() float64 {
	t.Both--
	if t.Both < t.least() {
		return 0
	}
	return t.probability() * t.tail(1, -1)
}

func (t Table) above() float64 {
	t.Both++
	if t.Both > t.most() {
		return 0
	}
	return t.probability() * t.tail(1, +1)
}

// probability is that of exactly Both: C(A,k)·C(N−A,B−k)/C(N,B).
func (t Table) probability() float64 {
	return math.Exp(choose(t.A, t.Both) + choose(t.N-t.A, t.B-t.Both) - choose(t.N, t.B))
}

// choose is the logarithm of the binomial coefficient n over k.
func choose(n, k int) float64 {
	return factorial(n) - factorial(k) - factorial(n-k)
}

// factorial is the logarithm of n!.
func factorial(n int) float64 {
	l, _ := math.Lgamma(float64(n) + 1)
	return l
}

// mode is the most probable count of both at the odds ratio (Liao and Rosen, The American
// Statistician 55, 2001): the larger root of a quadratic, rounded down.
func (t Table) mode(odds float64) int {
	a, b, n := float64(t.A), float64(t.B), float64(t.N)
	// The count at which the ratio of step to the next one is 1.
	p, q, r := odds-1, -((a+b+2)*odds + n - a - b), (a+1)*(b+1)*odds
	root := r / -q
	if p != 0 {
		root = 2 * r / (-q + math.Sqrt(max(0, q*q-4*p*r)))
	}
	return min(max(int(root), t.least()), t.most())
}

// step is how many times as probable as k the count k+1 is at the odds ratio.
func (t Table) step(k int, odds float64) float64 {
	return odds * float64(t.A-k) * float64(t.B-k) / (float64(k+1) * float64(t.N-t.A-t.B+k+1))
}

// negligible is the part of a sum from which further terms are left out.
const negligible = 1e-17

// tail sums the probabilities of the counts from Both on in one direction (+1 or -1), as
// multiples of that of Both. Both must lie on that side of the mode, or on it, for the sum
// to end where its terms no longer matter.
func (t Table) tail(odds float64, direction int) float64 {
	sum, term := 1.0, 1.0
	for k := t.Both; k != t.end(direction) && term > negligible*sum; k += direction {
		if direction > 0 {
			term *= t.step(k, odds)
		} else {
			term /= t.step(k-1, odds)
		}
		sum += term
	}
	return sum
}

func (t Table) end(direction int) int {
	if direction > 0 {
		return t.most()
	}
	return t.least()
}

func clamp(p float64) float64 { return min(max(p, 0), 1) }
