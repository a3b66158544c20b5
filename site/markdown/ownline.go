package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
)

// Markdown flows the lines of a paragraph together. Where an author began lines anew,
// which a label, a clock or a bare link at their start shows, the page keeps them.

// ownLine is one line of a leaf block: its first node, and the text that ends it, nil for
// the last line.
type ownLine struct {
	first ast.Node
	end   *ast.Text
}

// keepOwnLines breaks the lines of every paragraph where its author did. One line
// alone that looks so proves nothing: prose may be wrapped there.
func keepOwnLines(root ast.Node, source []byte) {
	eachBlock(root, func(n ast.Node) {
		if n.Kind() != ast.KindParagraph && n.Kind() != ast.KindTextBlock {
			return
		}
		lines := linesIn(n)
		if len(lines) < 2 {
			return
		}
		breakBefore(lines, func(l ownLine) bool { return beginsEntry(l.first, source) })
		breakAround(lines)
	})
}

func linesIn(leaf ast.Node) []ownLine {
	var lines []ownLine
	first := leaf.FirstChild()
	for n := first; n != nil; n = n.NextSibling() {
		if t, ok := n.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			lines = append(lines, ownLine{first, t})
			first = n.NextSibling()
		}
	}
	if first != nil {
		lines = append(lines, ownLine{first, nil})
	}
	return lines
}

// breakBefore breaks in front of the lines that begin an entry when there are two.
func breakBefore(lines []ownLine, begins func(ownLine) bool) {
	var found []int
	for i, l := range lines {
		if begins(l) {
			found = append(found, i)
		}
	}
	if len(found) < 2 {
		return
	}
	for _, i := range found {
		if i > 0 {
			lines[i-1].end.SetHardLineBreak(true)
		}
	}
}

// breakAround breaks around each of the bare links that follow each other.
func breakAround(lines []ownLine) {
	for i := range len(lines) - 1 {
		if !lines[i].isLink() || !lines[i+1].isLink() {
			continue
		}
		for _, at := range [...]int{i - 1, i, i + 1} {
			if at >= 0 && lines[at].end != nil {
				lines[at].end.SetHardLineBreak(true)
			}
		}
	}
}

// isLink reports whether the line is one link and nothing else.
func (l ownLine) isLink() bool {
	if l.first.Kind() != ast.KindLink && l.first.Kind() != ast.KindAutoLink {
		return false
	}
	next, ok := l.first.NextSibling().(*ast.Text)
	return l.first.NextSibling() == nil || ok && next == l.end && next.Segment.Len() == 0
}

// maxStart is the length in bytes of the part of a line that entryForm looks at.
const maxStart = 80

// entryForm is the start of an entry without markup: a day or a clock, or a label of
// few words.
var entryForm = regexp.MustCompile(`^(?:\d{4}-\d\d-\d\d|\d{1,2}:\d\d)\b|^\p{Lu}[\pL\d /-]{1,30}:\s`)

// beginsEntry reports whether a line that begins with the node has a label or a clock
// at its start.
func beginsEntry(n ast.Node, source []byte) bool {
	switch n := n.(type) {
	case *ast.Text:
		return entryForm.Match(source[n.Segment.Start:min(n.Segment.Start+maxStart, len(source))])
	case *ast.Emphasis:
		behind, _ := n.NextSibling().(*ast.Text)
		colon := behind != nil && bytes.HasPrefix(behind.Segment.Value(source), []byte(":"))
		return n.Level == 2 && (colon || bytes.HasSuffix([]byte(words(n, source)), []byte(":")))
	}
	return false
}
