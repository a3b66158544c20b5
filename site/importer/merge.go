package importer

import (
	"bytes"
	"fmt"

	udiff "github.com/aymanbagabas/go-udiff"
)

// conflict is a place where the author and the source both changed what an earlier
// import wrote, differently. The author's text stands.
type conflict struct {
	line           int // of the author's file, 1-based
	theirs, source string
}

// merge brings the changes of a source into a file that its author may have edited.
// Base is what the earlier import wrote, theirs the file as it is now, and next what an
// import would write today. Lines that both changed stay as the author has them.
func merge(base, theirs, next []byte) ([]byte, []conflict, error) {
	mine := udiff.Lines(string(base), string(theirs))
	var taken []udiff.Edit
	var conflicts []conflict
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
func conflictOf(base []byte, mine []udiff.Edit, e udiff.Edit) conflict {
	c := conflict{line: 1 + bytes.Count(base[:e.Start], []byte("\n")), source: e.New}
	for _, m := range mine {
		if m.Start <= e.End && e.Start <= m.End {
			c.theirs = m.New
			break
		}
		c.line += bytes.Count([]byte(m.New), []byte("\n")) - bytes.Count(base[m.Start:m.End], []byte("\n"))
	}
	return c
}

// unified is the difference of two texts as people read it in a terminal.
func unified(path string, before, after []byte) string {
	old := "a/" + path
	if before == nil {
		old = "/dev/null"
	}
	return udiff.Unified(old, "b/"+path, string(before), string(after))
}
