package sample

import "sort"

// dice is a source of numbers that are the same on every platform and with every
// release of Go: SplitMix64 (Steele, Lea and Flood 2014), without floating point.
type dice uint64

// diceFor returns the dice of one incident.
func diceFor(seed uint64, i int) dice {
	d := dice(seed ^ 0x9e3779b97f4a7c15*uint64(i+1))
	d.roll()
	return d
}

func (d *dice) roll() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1. The bias for the small n used here is
// below one in 2^40.
func (d *dice) below(n int) int { return int(d.roll() % uint64(n)) }

// between returns a number from least to most.
func (d *dice) between(least, most int) int { return least + d.below(most-least+1) }

// chance is true in percent of 100 cases.
func (d *dice) chance(percent int) bool { return d.below(100) < percent }

// pick returns one of the words, each as often as the others.
func (d *dice) pick(words []string) string { return words[d.below(len(words))] }

// zipf returns one of the words, the k-th with a weight of 1/k, as words occur in
// text (Zipf 1949).
func (d *dice) zipf(words []string) string {
	weights := harmonic[:len(words)]
	at := int(d.roll() % uint64(weights[len(weights)-1]))
	return words[sort.Search(len(weights), func(i int) bool { return weights[i] > at })]
}

// several returns n different words, drawn like zipf.
func (d *dice) several(words []string, n int) []string {
	var drawn []string
	taken := map[string]bool{}
	for len(drawn) < min(n, len(words)) {
		if w := d.zipf(words); !taken[w] {
			taken[w] = true
			drawn = append(drawn, w)
		}
	}
	return drawn
}

// harmonic holds the running sums of 1/1, 1/2, 1/3, …, in millionths.
var harmonic = func() (sums [512]int) {
	sum := 0
	for i := range sums {
		sum += 1_000_000 / (i + 1)
		sums[i] = sum
	}
	return sums
}()
