package stat

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func near(t *testing.T, what string, got, want, relative float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > relative*math.Abs(want)+1e-300 {
		t.Errorf("%s: got %.10g, want %.10g", what, got, want)
	}
}

// tailOf is the exact probability of the counts from t.Both to the end, as a fraction.
func tailOf(t Table, end int) float64 {
	choose := func(n, k int) *big.Int {
		if k < 0 || k > n {
			return new(big.Int)
		}
		return new(big.Int).Binomial(int64(n), int64(k))
	}
	sum := new(big.Int)
	for k := min(t.Both, end); k <= max(t.Both, end); k++ {
		sum.Add(sum, new(big.Int).Mul(choose(t.A, k), choose(t.N-t.A, t.B-k)))
	}
	p, _ := new(big.Rat).SetFrac(sum, choose(t.N, t.B)).Float64()
	return p
}

// randomTable is a legal table of at most n cases.
func randomTable(r *rand.Rand, n int) Table {
	t := Table{N: 1 + r.IntN(n)}
	t.A, t.B = r.IntN(t.N+1), r.IntN(t.N+1)
	t.Both = t.least() + r.IntN(t.most()-t.least()+1)
	return t
}

func TestFisherPublished(t *testing.T) {
	near(t, "the lady tasting tea (Fisher, Design of Experiments, 1935)", Table{3, 4, 4, 8}.Greater(), 17.0/70, 1e-12)
	near(t, "twins convicted (Fisher, JRSS 98, 1935)", Table{10, 12, 13, 30}.Greater(), 619.0/1330665, 1e-12)
	near(t, "all four cups", Table{4, 4, 4, 8}.Greater(), 1.0/70, 1e-12)
	near(t, "nothing seen", Table{0, 4, 4, 8}.Greater(), 1, 1e-12)
}

func TestFisherAgainstWholeNumbers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		table := randomTable(r, 70)
		near(t, "greater", table.Greater(), tailOf(table, table.most()), 1e-9)
		near(t, "less", table.Less(), tailOf(table, table.least()), 1e-9)
	}
}

func TestFisherOfManyCases(t *testing.T) {
	for _, table := range []Table{{9, 5000, 15, 50_000}, {4, 5000, 5, 10_000}, {16, 25_000, 20, 50_000}, {3, 12, 40, 50_000}} {
		near(t, "greater", table.Greater(), tailOf(table, table.most()), 1e-8)
	}
	if p := (Table{5000, 5000, 5000, 50_000}).Greater(); p != 0 {
		t.Errorf("what is beyond any number is 0: %g", p)
	}
}

func TestTablesThatCannotBe(t *testing.T) {
	for _, table := range []Table{{}, {3, 2, 2, 10}, {-1, 2, 2, 10}, {1, 20, 2, 10}, {0, 9, 9, 10}} {
		if p, q := table.Greater(), table.Less(); p != 1 || q != 1 {
			t.Errorf("%v: %g, %g", table, p, q)
		}
		if i := table.Interval(); i.Low != 0 || !math.IsInf(i.High, 1) {
			t.Errorf("%v: %v", table, i)
		}
	}
	if lift := (Table{N: 5}).Lift(); lift != 1 {
		t.Errorf("nothing expected: %g", lift)
	}
}

func TestLift(t *testing.T) {
	table := Table{Both: 6, A: 10, B: 20, N: 100}
	near(t, "expected", table.Expected(), 2, 1e-12)
	near(t, "lift", table.Lift(), 3, 1e-12)
}

// TestOddsPublished compares with the interval that R's fisher.test documents for Fisher's
// twins. It looks for the ends with a tolerance that leaves them three digits.
func TestOddsPublished(t *testing.T) {
	twins := Table{10, 12, 13, 30}
	near(t, "low", twins.odds(+1), 2.753438, 3e-3)
	near(t, "high", twins.odds(-1), 300.682787, 3e-3)
}

// meanAndShare are the reference of noncentral and share: all counts, one by one.
func meanAndShare(t Table, odds float64, direction int) (mean, share float64) {
	var total, beyond, sum float64
	for k := t.least(); k <= t.most(); k++ {
		p := math.Exp(choose(t.A, k) + choose(t.N-t.A, t.B-k) - choose(t.N, t.B) + float64(k-t.Both)*math.Log(odds))
		total += p
		sum += p * float64(k)
		if (k-t.Both)*direction >= 0 {
			beyond += p
		}
	}
	return sum / total, beyond / total
}

func TestIntervalAgainstAllCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		table := randomTable(r, 150)
		if table.Expected() == 0 {
			continue
		}
		i := table.Interval()
		if !i.Holds(table.Lift()) {
			t.Errorf("%v: %v does not hold %g", table, i, table.Lift())
		}
		for direction, end := range map[int]float64{+1: i.Low, -1: i.High} {
			if table.Both == table.end(-direction) {
				near(t, "no further end", end*table.Expected(), float64(table.Both), 1e-9)
				continue
			}
			mean, share := meanAndShare(table, table.odds(direction), direction)
			near(t, "share beyond", share, (1-Level)/2, 1e-5)
			near(t, "end", end, mean/table.Expected(), 1e-5)
		}
	}
}

// TestIntervalAgreesWithFisher holds that an interval is above 1 exactly when the test finds
// more than chance at half of what the level leaves.
func TestIntervalAgreesWithFisher(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	more := 0
	for range 3000 {
		table := randomTable(r, 10_000)
		table.A, table.B = 1+table.A%300, 1+table.B%300
		table.N += 600
		table.Both = min(table.Both%40, table.most())
		found := table.Greater() < (1-Level)/2
		if found != (table.Interval().Low > 1) {
			t.Errorf("%v: p %g, interval %v", table, table.Greater(), table.Interval())
		}
		if found {
			more++
		}
	}
	if more < 300 {
		t.Errorf("only %d of the tables are more than chance", more)
	}
}

func BenchmarkInterval(b *testing.B) {
	for name, table := range map[string]Table{"few": {5, 12, 300, 10_000}, "many": {2700, 5000, 5000, 10_000}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				table.Interval()
			}
		})
	}
}

func BenchmarkGreater(b *testing.B) {
	for name, table := range map[string]Table{"few": {5, 12, 300, 10_000}, "many": {2700, 5000, 5000, 10_000}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				table.Greater()
			}
		})
	}
}
