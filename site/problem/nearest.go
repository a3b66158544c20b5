package problem

// Nearest returns the candidate that word was most likely meant to be, or "" when
// none is close: at most one edit in three letters. Ties go to the first candidate.
func Nearest(word string, candidates []string) string {
	from := []rune(word)
	best, limit := "", max(1, len(from)/3)+1
	for _, c := range candidates {
		to := []rune(c)
		if apart := len(from) - len(to); apart >= limit || -apart >= limit {
			continue
		}
		if d := distance(from, to, limit); d < limit {
			best, limit = c, d
		}
	}
	return best
}

// distance is the optimal string alignment distance: insertions, deletions,
// substitutions and swaps of neighbors each count one. It stops at the limit.
func distance(a, b []rune, limit int) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+differ(a[i-1], b[j-1]))
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least > limit { // a swap reaches back one row further, and costs one
			return limit
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

func differ(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
