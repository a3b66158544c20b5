package stat

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// randomItems gives each of the cases some of the items, a few of which imply each other.
func randomItems(r *rand.Rand, items, cases int) []Set {
	sets := make([]Set, items)
	for i := range sets {
		sets[i] = NewSet(cases)
		for at := range cases {
			if r.IntN(2+i%4) == 0 || i > 0 && i%5 == 0 && sets[i-1].Has(at) {
				sets[i].Add(at)
			}
		}
	}
	return sets
}

// closedByTrial is the reference of Closed: it closes every set of items.
func closedByTrial(items []Set, cases int, opt Search) map[string]int {
	closed := map[string]int{}
	for chosen := 1; chosen < 1<<len(items); chosen++ {
		if bits.OnesCount(uint(chosen)) > opt.Size {
			continue
		}
		have := NewSet(cases)
		for at := range cases {
			have.Add(at)
		}
		for i, s := range items {
			if chosen>>i&1 == 1 {
				have.And(have, s)
			}
		}
		if n := have.Count(); n >= opt.Support {
			var closure []int
			for i, s := range items {
				if have.Within(s) {
					closure = append(closure, i)
				}
			}
			closed[fmt.Sprint(closure)] = n
		}
	}
	return closed
}

func TestClosedAgainstTrial(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 300 {
		cases := 1 + r.IntN(90)
		items := randomItems(r, 1+r.IntN(9), cases)
		opt := Search{Support: 1 + r.IntN(4), Size: 1 + r.IntN(5)}
		mined, got := Closed(items, opt), map[string]int{}
		for _, s := range mined.Sets {
			if _, twice := got[fmt.Sprint(s.Items)]; twice {
				t.Fatalf("%v is found twice", s.Items)
			}
			got[fmt.Sprint(s.Items)] = s.Count
		}
		if want := closedByTrial(items, cases, opt); !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v:\n got %v\nwant %v", opt, got, want)
		}
		if mined.Tried < len(mined.Sets) || mined.Support != opt.Support {
			t.Fatalf("%d tried, support %d", mined.Tried, mined.Support)
		}
	}
}

func TestClosedBoundsItsWork(t *testing.T) {
	items := randomItems(rand.New(rand.NewPCG(13, 14)), 40, 500)
	opt := Search{Support: 3, Size: 4, Work: 500}
	mined := Closed(items, opt)
	if mined.Support <= 3 || mined.Tried > 500 || len(mined.Sets) == 0 {
		t.Fatalf("support %d, %d tried, %d found", mined.Support, mined.Tried, len(mined.Sets))
	}
	free := Closed(items, Search{Support: mined.Support, Size: 4})
	if !reflect.DeepEqual(mined, free) {
		t.Error("with more support the same must be found as without a bound")
	}
	if !slices.IsSortedFunc(mined.Sets, func(a, b Itemset) int { return slices.Compare(a.Items, b.Items) }) {
		t.Error("not in order")
	}
}

func TestClosedOfNothing(t *testing.T) {
	for _, items := range [][]Set{nil, {}, {NewSet(0)}, {NewSet(3)}} {
		if mined := Closed(items, Search{Support: 3, Size: 4, Work: 1}); len(mined.Sets) != 0 {
			t.Error(mined)
		}
	}
}
