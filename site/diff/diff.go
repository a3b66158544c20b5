// Package diff compares texts line by line: it shows what changed, and brings the
// changes of two hands together.
package diff

import (
	"bytes"
	"fmt"

	udiff "github.com/aymanbagabas/go-udiff"
)

// Conflict is a place where the author and the source both changed the base,
// differently. The author's text stands.
type Conflict struct {
	Line           int // of the author's text, 1-based
	Theirs, Source string
}

// Merge brings the changes of a source into a text that its author may have edited.
// Base is what both began with, theirs the text as it is now, and next what the source
// says now. Lines that both changed stay as the author has them.
func Merge(base, theirs, next []byte) ([]byte, []Conflict, error) {
	mine := udiff.Lines(string(base), string(theirs))
	var taken []udiff.Edit
	var conflicts []Conflict
	for _, e := range udiff.Lines(string(base), string(next)) {
		if _, fits := udiff.Merge(mine, []udiff.Edit{e}); fits {
			taken = append(taken, e)
			continue
		}
		conflicts = append(conflicts, conflictOf(base, mine, e))
	}
	all, fits := udiff.Merge(mine, taken)
	if !fits {
		return theirs, conflicts, fmt.Errorf("edits that fit one by one do not fit together")
	}
	merged, err := udiff.Apply(string(base), all)
	return []byte(merged), conflicts, err
}

// conflictOf describes an edit of the source that overlaps one of the author's.
func conflictOf(base []byte, mine []udiff.Edit, e udiff.Edit) Conflict {
	c := Conflict{Line: 1 + bytes.Count(base[:e.Start], []byte("\n")), Source: e.New}
	for _, m := range mine {
		if m.Start <= e.End && e.Start <= m.End {
			c.Theirs = m.New
			break
		}
		c.Line += bytes.Count([]byte(m.New), []byte("\n")) - bytes.Count(base[m.Start:m.End], []byte("\n"))
	}
	return c
}

// Unified is the difference of two texts as people read it in a terminal, "" where
// they are equal. Before is nil for a new file.
func Unified(path string, before, after []byte) string {
	old := "a/" + path
	if before == nil {
		old = "/dev/null"
	}
	return udiff.Unified(old, "b/"+path, string(before), string(after))
}
