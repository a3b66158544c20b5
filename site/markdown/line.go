package markdown

import (
	"bytes"
	"sort"
)

// lineIndex turns offsets into line numbers of the file.
type lineIndex struct {
	first int   // line of the file on which the text begins
	ends  []int // offsets of the line ends
}

func newLineIndex(src []byte, first int) lineIndex {
	ends := make([]int, 0, bytes.Count(src, []byte{'\n'}))
	for at, c := range src {
		if c == '\n' {
			ends = append(ends, at)
		}
	}
	return lineIndex{first, ends}
}

// at returns the line that holds the offset.
func (l lineIndex) at(offset int) int {
	return l.first + sort.SearchInts(l.ends, offset)
}
