package stat

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// medians counts how often each median is drawn.
func medians(draw func() float64, n int) map[float64]float64 {
	shares := map[float64]float64{}
	for range n {
		shares[draw()] += 1 / float64(n)
	}
	return shares
}

// TestResampledByHand holds the distributions that can be counted by hand: the 27 samples of
// three values, and the four of two.
func TestResampledByHand(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, test := range []struct {
		values []float64
		want   map[float64]float64
	}{
		{[]float64{1, 2, 3}, map[float64]float64{1: 7. / 27, 2: 13. / 27, 3: 7. / 27}},
		{[]float64{0, 1}, map[float64]float64{0: .25, .5: .5, 1: .25}},
		{[]float64{4}, map[float64]float64{4: 1}},
	} {
		for x, share := range medians(func() float64 { return resampled(test.values, r) }, 100_000) {
			if math.Abs(share-test.want[x]) > .006 {
				t.Errorf("%v: %g in %.3f, want %.3f", test.values, x, share, test.want[x])
			}
		}
	}
}

// TestResampledIsResampling compares with drawing all values and taking their median.
func TestResampledIsResampling(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, n := range []int{7, 8, 25} {
		values := make([]float64, n)
		for i := range values {
			values[i] = math.Floor(r.ExpFloat64() * 20)
		}
		slices.Sort(values)
		drawn := make([]float64, n)
		naive := func() float64 {
			for i := range drawn {
				drawn[i] = values[r.IntN(n)]
			}
			slices.Sort(drawn)
			return Median(drawn)
		}
		want := medians(naive, 40_000)
		got := medians(func() float64 { return resampled(values, r) }, 40_000)
		for x, share := range want {
			if math.Abs(got[x]-share) > .015 {
				t.Errorf("n = %d: %g in %.3f, want %.3f", n, x, got[x], share)
			}
		}
	}
}

func exponential(r *rand.Rand, n int, scale float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = r.ExpFloat64() * scale
	}
	slices.Sort(values)
	return values
}

// TestCompareMediansKeepsItsLevel draws samples from one distribution: few may differ. From
// two that lie far apart nearly all must.
func TestCompareMediansKeepsItsLevel(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	const trials = 300
	wrong, right := 0, 0
	for range trials {
		a := exponential(r, 15, 40)
		if CompareMedians(a, exponential(r, 25, 40)).Change() != 0 {
			wrong++
		}
		if CompareMedians(a, exponential(r, 25, 400)).Change() > 0 {
			right++
		}
	}
	if wrong > trials*8/100 || right < trials*95/100 {
		t.Errorf("of %d: %d false, %d true", trials, wrong, right)
	}
}

func TestCompareMediansIsDeterministicAndHonest(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	a, b := exponential(r, 40, 10), exponential(r, 40, 1000)
	d := CompareMedians(a, b)
	if d != CompareMedians(slices.Clone(a), slices.Clone(b)) {
		t.Error("two runs differ")
	}
	if d.Change() != 1 || CompareMedians(b, a).Change() != -1 || !d.Interval.Holds(d.Estimate) {
		t.Errorf("%+v", d)
	}
	if same := CompareMedians(a, a); same.Change() != 0 || same.Interval.Low >= 0 || same.Interval.High <= 0 {
		t.Errorf("a sample against itself: %+v", same)
	}
	if few := CompareMedians(a[:5], b); few.Enough || few.Change() != 0 {
		t.Errorf("five values: %+v", few)
	}
	if none := CompareMedians(nil, b); none.Enough || none.Change() != 0 {
		t.Errorf("no values: %+v", none)
	}
}

func BenchmarkCompareMedians(b *testing.B) {
	x, y := exponential(rand.New(rand.NewPCG(5, 5)), 300, 40), exponential(rand.New(rand.NewPCG(6, 6)), 10_000, 40)
	for b.Loop() {
		CompareMedians(x, y)
	}
}
