package parallel

import (
	"slices"
	"testing"
)

func TestEachIsCalledOnce(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		calls, want := make([]int, n), slices.Repeat([]int{1}, n)
		Each(n, func(i int) { calls[i]++ })
		if !slices.Equal(calls, want) {
			t.Errorf("of %d some were not called once", n)
		}
	}
}
