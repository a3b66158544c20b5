package problem

import "slices"

// Nearest returns the candidate that word was most likely meant to be, or "" when
// none is close: at most one edit in three letters. Ties go to the first candidate.
func Nearest(word string, candidates []string) string {
	best, limit := "", max(1, len([]rune(word))/3)+1
	for _, c := range candidates {
		if d := distance([]rune(word), []rune(c)); d < limit {
			best, limit = c, d
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbours each count one.
func distance(a, b []rune) int {
	before, last := []int(nil), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = slices.Clone(last), row
	}
	return last[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
