package page

import (
	"iter"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// elements makes a set of the names in a list.
func elements(names string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(names) {
		set[name] = true
	}
	return set
}

// attr is the value of an attribute, "" where there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func setAttr(n *html.Node, key, value string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// names are the classes and the id of an element.
func names(n *html.Node) []string {
	return strings.Fields(attr(n, "class") + " " + attr(n, "id"))
}

func element(name string, children ...*html.Node) *html.Node {
	n := &html.Node{Type: html.ElementNode, Data: name, DataAtom: atom.Lookup([]byte(name))}
	for _, c := range children {
		n.AppendChild(c)
	}
	return n
}

func textNode(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

// rename makes another element of one.
func rename(n *html.Node, name string) { n.Data, n.DataAtom = name, atom.Lookup([]byte(name)) }

// all lists the elements below n that a test picks, in document order. The tree may
// be changed while the list is walked.
func all(n *html.Node, picks func(*html.Node) bool) []*html.Node {
	var list []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && picks(d) {
			list = append(list, d)
		}
	}
	return list
}

// first is the first element below n that a test picks, nil where none is.
func first(n *html.Node, picks func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && picks(d) {
			return d
		}
	}
	return nil
}

// named picks elements by their names.
func named(list string) func(*html.Node) bool {
	set := elements(list)
	return func(n *html.Node) bool { return set[n.Data] }
}

func headingLevel(n *html.Node) int {
	if n.Type == html.ElementNode && len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
		return int(n.Data[1] - '0')
	}
	return 0
}

func isHeading(n *html.Node) bool { return headingLevel(n) > 0 }

// detach takes a node out of its tree.
func detach(n *html.Node) *html.Node {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
	return n
}

// remove takes the elements that a test picks out of the tree, with all in them.
func remove(root *html.Node, picks func(*html.Node) bool) {
	for _, n := range all(root, picks) {
		detach(n)
	}
}

// replace puts nodes in the place of one.
func replace(n *html.Node, with ...*html.Node) {
	if n.Parent == nil {
		return
	}
	for _, w := range with {
		n.Parent.InsertBefore(detach(w), n)
	}
	detach(n)
}

// children lists the children of a node, which may then be moved.
func children(n *html.Node) []*html.Node { return slices.Collect(n.ChildNodes()) }

// move makes the children of one node those of another.
func move(from, to *html.Node) {
	for _, c := range children(from) {
		to.AppendChild(detach(c))
	}
}

// unwrap leaves of an element what is in it.
func unwrap(n *html.Node) { replace(n, children(n)...) }

// textOf is the text of a tree, with single spaces.
func textOf(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n)
	return oneLine(b.String())
}

func writeText(b *strings.Builder, n *html.Node) {
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && phrase[c.Data]:
			writeText(b, c)
		case c.Type == html.ElementNode:
			b.WriteByte(' ')
			writeText(b, c)
			b.WriteByte(' ')
		}
	}
}

// phrase are the elements that do not break a word.
var phrase = elements("a abbr b bdi bdo cite code data del em font i ins kbd mark q s samp small span strike strong sub sup time tt u var wbr")

// weight is how much text a tree holds, in bytes, and how much of that is in links.
type weight struct{ text, linked int }

// prose is the text outside of links.
func (w weight) prose() int { return w.text - w.linked }

// weigh weighs every element of a tree.
func weigh(root *html.Node) map[*html.Node]weight {
	weights := map[*html.Node]weight{}
	weighInto(weights, root)
	return weights
}

func weighInto(weights map[*html.Node]weight, n *html.Node) weight {
	var w weight
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			w.text += len(strings.TrimSpace(c.Data))
		case html.ElementNode:
			inside := weighInto(weights, c)
			w.text += inside.text
			w.linked += inside.linked
		}
	}
	if n.Data == "a" && n.Type == html.ElementNode {
		w.linked = w.text
	}
	weights[n] = w
	return w
}

// isBlank reports whether a tree shows no text.
func isBlank(n *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return false
		}
	}
	return true
}

func isSpace(s string) bool { return strings.TrimSpace(s) == "" }

// splitLines are the lines of a text that show something.
func splitLines(s string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(s) {
			if line = strings.TrimRight(line, "\n"); !isSpace(line) && !yield(line) {
				return
			}
		}
	}
}
