package markdown

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// Reserved are the ids without an upper-case letter, colon or underscore that a
// page may use for itself: no heading gets one of them.
var Reserved = []string{"content", "footer", "header", "main", "menu", "nav", "search", "top"}

const (
	maxAnchor     = 100 // bytes, before a number is added
	namelessTitle = "section"
)

// anchorsOf gives every heading of the tree its anchor.
func anchorsOf(root ast.Node, source []byte) map[ast.Node]string {
	anchors := map[ast.Node]string{}
	names := naming{}
	for _, id := range Reserved {
		names[id] = 1
	}
	eachBlock(root, func(n ast.Node) {
		if n.Kind() != ast.KindHeading {
			return
		}
		if id, ok := n.Attribute(givenID); ok {
			anchors[n] = names.unique(anchor(string(id.([]byte))))
			return
		}
		anchors[n] = names.unique(anchor(words(n, source)))
	})
	return anchors
}

// eachBlock calls f for every block node in document order.
func eachBlock(parent ast.Node, f func(ast.Node)) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Type() == ast.TypeInline {
			return
		}
		f(n)
		eachBlock(n, f)
	}
}

// words returns the plain text of a node's inline content.
func words(n ast.Node, source []byte) string {
	var b strings.Builder
	flatten(&b, n, source)
	return strings.TrimSpace(b.String())
}

// flatten writes the words of a node's inline text.
func flatten(b *strings.Builder, parent ast.Node, source []byte) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			if n.IsRaw() {
				b.Write(n.Segment.Value(source))
			} else {
				b.WriteString(plain(n.Segment.Value(source)))
			}
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.WriteString(labelOf(n, source))
		default:
			flatten(b, n, source)
		}
	}
}

// anchor turns a heading into an id: letters, digits and marks in lower case,
// joined by single hyphens.
func anchor(text string) string {
	id := make([]byte, 0, min(len(text), maxAnchor))
	gap := false
	for _, r := range text {
		if !unicode.In(r, unicode.L, unicode.N, unicode.M) {
			gap = true
			continue
		}
		if gap && len(id) > 0 {
			id = append(id, '-')
		}
		gap = false
		if id = utf8.AppendRune(id, unicode.ToLower(r)); len(id) >= maxAnchor {
			break
		}
	}
	if len(id) == 0 {
		return namelessTitle
	}
	return string(id)
}

// naming counts how often a name was given.
type naming map[string]int

// unique returns the name, or the name with the first number that makes it new.
func (n naming) unique(name string) string {
	n[name]++
	if n[name] == 1 {
		return name
	}
	for {
		numbered := name + "-" + strconv.Itoa(n[name])
		if n[numbered] == 0 {
			n[numbered] = 1
			return numbered
		}
		n[name]++
	}
}
