package frontmatter

// matched pairs an entry that a list has with one that it shall have; -1 stands for
// none.
type matched struct{ old, new int }

// maxTable bounds the table of match; longer lists are paired in order.
const maxTable = 1 << 22

// match pairs the entries of a list with those wanted, so that as few as possible are
// changed, added or removed. An entry is changed rather than removed and added again.
func match(n *node, want []Value) []matched {
	old := make([]Value, len(n.parts))
	for i, p := range n.parts {
		old[i] = p.value.value()
	}
	var pairs []matched
	first := 0
	for first < len(old) && first < len(want) && old[first].equal(want[first]) {
		pairs = append(pairs, matched{first, first})
		first++
	}
	last := 0
	for last < len(old)-first && last < len(want)-first && old[len(old)-1-last].equal(want[len(want)-1-last]) {
		last++
	}
	for _, m := range align(old[first:len(old)-last], want[first:len(want)-last]) {
		if m.old >= 0 {
			m.old += first
		}
		if m.new >= 0 {
			m.new += first
		}
		pairs = append(pairs, m)
	}
	for i := last; i > 0; i-- {
		pairs = append(pairs, matched{len(old) - i, len(want) - i})
	}
	return pairs
}

// align finds the pairs with the least edit distance.
func align(old, want []Value) []matched {
	width := len(want) + 1
	if (len(old)+1)*width > maxTable {
		return inOrder(len(old), len(want))
	}
	cost := make([]int, (len(old)+1)*width)
	change := func(i, j int) int {
		if old[i].equal(want[j]) {
			return 0
		}
		return 1
	}
	for i := len(old); i >= 0; i-- {
		for j := len(want); j >= 0; j-- {
			switch {
			case i == len(old):
				cost[i*width+j] = len(want) - j
			case j == len(want):
				cost[i*width+j] = len(old) - i
			default:
				cost[i*width+j] = min(change(i, j)+cost[(i+1)*width+j+1], 1+cost[(i+1)*width+j], 1+cost[i*width+j+1])
			}
		}
	}
	return walk(len(old), len(want), cost, change)
}

// walk reads the pairs from the table of distances.
func walk(olds, wants int, cost []int, change func(i, j int) int) []matched {
	var pairs []matched
	width := wants + 1
	for i, j := 0, 0; i < olds || j < wants; {
		here := cost[i*width+j]
		switch {
		case i < olds && j < wants && here == change(i, j)+cost[(i+1)*width+j+1]:
			pairs = append(pairs, matched{i, j})
			i, j = i+1, j+1
		case i < olds && here == 1+cost[(i+1)*width+j]:
			pairs = append(pairs, matched{i, -1})
			i++
		default:
			pairs = append(pairs, matched{-1, j})
			j++
		}
	}
	return pairs
}

func inOrder(olds, wants int) []matched {
	var pairs []matched
	for i := range max(olds, wants) {
		m := matched{i, i}
		if i >= olds {
			m.old = -1
		}
		if i >= wants {
			m.new = -1
		}
		pairs = append(pairs, m)
	}
	return pairs
}
