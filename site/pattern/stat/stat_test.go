package stat

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestWilsonPublished compares with table I of Newcombe (Statistics in Medicine 17, 1998),
// method 3.
func TestWilsonPublished(t *testing.T) {
	for _, test := range []struct {
		n, of     int
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}, {29, 29, .8830, 1}, {0, 0, 0, 1}} {
		i := Wilson(test.n, test.of)
		if math.Abs(i.Low-test.low) > 6e-5 || math.Abs(i.High-test.high) > 6e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", test.n, test.of, i.Low, i.High, test.low, test.high)
		}
	}
}

// TestWilsonSolvesTheScore holds that the ends are where the observed share is z standard
// errors away.
func TestWilsonSolvesTheScore(t *testing.T) {
	for of := 1; of < 60; of++ {
		for n := 1; n < of; n++ {
			p, i := float64(n)/float64(of), Wilson(n, of)
			for _, end := range []float64{i.Low, i.High} {
				near(t, fmt.Sprintf("%d of %d", n, of), math.Abs(p-end)/math.Sqrt(end*(1-end)/float64(of)), z, 1e-9)
			}
		}
	}
}

// TestAdjustPublished uses the 15 probabilities of Benjamini and Hochberg (1995), § 3.2, of
// which four are claimed at 0.05.
func TestAdjustPublished(t *testing.T) {
	p := []float64{.3240, .0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .4262, .5719, .6528, .7590, 1}
	want := []float64{.486, .0015, .003, .0095, .035625, .0603, .0638571, .0638571, .0645, .0765, .5811818, .714875, .7532308, .8132143, 1}
	for i, q := range Adjust(p, 0) {
		near(t, fmt.Sprint("p = ", p[i]), q, want[i], 1e-6)
	}
	if q := Adjust([]float64{.01}, 100); q[0] != 1 {
		t.Errorf("one of a hundred: %v", q)
	}
	if q := Adjust(nil, 5); len(q) != 0 {
		t.Error(q)
	}
}

func TestAdjustClaimsAsTheStepUpProcedureDoes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		p := make([]float64, 1+r.IntN(12))
		for i := range p {
			p[i] = math.Pow(r.Float64(), 4)
		}
		tried := len(p) + r.IntN(5)
		sorted, limit := slices.Sorted(slices.Values(p)), -1.0
		for k, x := range sorted {
			if x*float64(tried) <= .05*float64(k+1) {
				limit = x
			}
		}
		for i, q := range Adjust(p, tried) {
			if (q <= .05) != (p[i] <= limit) {
				t.Fatalf("%v of %d: q(%g) = %g, claimed up to %g", p, tried, p[i], q, limit)
			}
		}
	}
}

func TestQuantilePublished(t *testing.T) {
	tens := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, test := range []struct {
		values  []float64
		p, want float64
	}{{tens, .9, 9.1}, {tens, .25, 3.25}, {tens, .5, 5.5}, {tens, 0, 1}, {tens, 1, 10}, {tens, 7, 10}, {[]float64{4}, .9, 4}, {[]float64{1, 2, 3, 4}, .25, 1.75}} {
		near(t, fmt.Sprint(test.p), Quantile(test.values, test.p), test.want, 1e-12)
	}
	if !math.IsNaN(Median(nil)) {
		t.Error("no values have no median")
	}
}

func TestSteps(t *testing.T) {
	if got := Steps([]float64{1, 1, 2, 5, 5, 5}); !slices.Equal(got, []Step{{1, 2}, {2, 3}, {5, 6}}) {
		t.Error(got)
	}
	if Steps(nil) != nil {
		t.Error("no values have no steps")
	}
}

func TestSet(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 200 {
		n := 1 + r.IntN(200)
		a, b, both := NewSet(n), NewSet(n), NewSet(n)
		var want []int
		for at := range n {
			x, y := r.IntN(2) == 0, r.IntN(3) == 0
			if x {
				a.Add(at)
			}
			if y {
				b.Add(at)
			}
			if x && y {
				want = append(want, at)
			}
		}
		both.And(a, b)
		if got := slices.Collect(both.All()); !slices.Equal(got, want) || a.AndCount(b) != len(want) || both.Count() != len(want) {
			t.Fatalf("%v, want %v", got, want)
		}
		if !both.Within(a) || !both.Within(b) || a.Within(both) != (a.Count() == len(want)) {
			t.Fatal("within")
		}
		for _, at := range want {
			if !both.Has(at) {
				t.Fatal("has")
			}
		}
		for range both.All() {
			break
		}
	}
}
