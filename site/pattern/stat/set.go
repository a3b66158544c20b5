package stat

import (
	"iter"
	"math/bits"
)

// Set is a set of small numbers, the positions of cases. Sets that meet must be made for
// the same number of cases.
type Set []uint64

// NewSet returns an empty set for the positions below n.
func NewSet(n int) Set { return make(Set, (n+63)/64) }

// Add puts the position into the set.
func (s Set) Add(at int) { s[at/64] |= 1 << (at % 64) }

// Has reports whether the position is in the set.
func (s Set) Has(at int) bool { return s[at/64]&(1<<(at%64)) != 0 }

// Count is the number of positions in the set.
func (s Set) Count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// And writes into s what is in both a and b; s may be one of them.
func (s Set) And(a, b Set) {
	for i := range s {
		s[i] = a[i] & b[i]
	}
}

// AndCount is the number of positions that are in both sets.
func (s Set) AndCount(other Set) int {
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & other[i])
	}
	return n
}

// Within reports whether every position of the set is in the other one.
func (s Set) Within(other Set) bool {
	for i, w := range s {
		if w&^other[i] != 0 {
			return false
		}
	}
	return true
}

// All yields the positions in ascending order.
func (s Set) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i, w := range s {
			for ; w != 0; w &= w - 1 {
				if !yield(i*64 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}
