package frontmatter

import (
	"bytes"
	"slices"
	"unicode/utf8"

	"faultline/site/yaml"
)

// node is a value of the front matter with its place.
type node struct {
	tree  *yaml.Node
	span  *yaml.Span
	parts []part // of a list or mapping
}

// part is an entry of a node.
type part struct {
	key   string // of a mapping
	line  int
	place yaml.Part
	value *node
}

// layout is front matter with \n line ends and where its lines end.
type layout struct {
	text []byte
	toml bool
	ends []int
}

func newLayout(text []byte, toml bool) *layout {
	l := &layout{text: text, toml: toml}
	for i, c := range text {
		if c == '\n' {
			l.ends = append(l.ends, i)
		}
	}
	return l
}

// line is the line of the file: front matter begins on the second.
func (l *layout) line(at int) int {
	above, _ := slices.BinarySearch(l.ends, at)
	return 2 + above
}

// start is where the line of the place starts.
func (l *layout) start(at int) int {
	if above := l.line(at) - 2; above > 0 {
		return l.ends[above-1] + 1
	}
	return 0
}

// end is where the line of the place ends.
func (l *layout) end(at int) int {
	if above := l.line(at) - 2; above < len(l.ends) {
		return l.ends[above]
	}
	return len(l.text)
}

// below is the start of the line below the place.
func (l *layout) below(at int) int { return min(l.end(at)+1, len(l.text)) }

// column counts characters from 1.
func (l *layout) column(at int) int { return 1 + utf8.RuneCount(l.text[l.start(at):at]) }

// indent is the white space before the place, as wide as what stands there.
func (l *layout) indent(at int) int { return at - l.start(at) }

// first reports whether nothing but white space stands before the place on its line.
func (l *layout) first(at int) bool {
	return len(bytes.TrimSpace(l.text[l.start(at):at])) == 0
}

// join pairs the tree with the places. Where the two differ it returns the value at
// which they do.
func (l *layout) join(tree *yaml.Node, span *yaml.Span) (*node, *yaml.Node) {
	n := &node{tree: tree, span: span}
	if span.Alias {
		return n, nil
	}
	if tree.Kind != span.Kind && !(tree.Scalar() || tree.Kind == yaml.Null && span.End > span.Start) {
		return nil, tree
	}
	if tree.Kind != span.Kind && span.Kind != yaml.Text {
		return nil, tree
	}
	switch tree.Kind {
	case yaml.List:
		return l.joinItems(n)
	case yaml.Mapping:
		return l.joinEntries(n)
	}
	return n, nil
}

func (l *layout) joinItems(n *node) (*node, *yaml.Node) {
	if len(n.tree.Items) != len(n.span.Parts) {
		return nil, n.tree
	}
	for i, p := range n.span.Parts {
		value, bad := l.join(n.tree.Items[i], p.Value)
		if bad != nil {
			return nil, bad
		}
		n.parts = append(n.parts, part{line: l.line(p.Start), place: p, value: value})
	}
	return n, nil
}

// joinEntries leaves keys aside that come from a merge: they stand in another mapping.
func (l *layout) joinEntries(n *node) (*node, *yaml.Node) {
	own := slices.DeleteFunc(slices.Clone(n.span.Parts), func(p yaml.Part) bool { return p.Merge })
	if len(own) > len(n.tree.Entries) || len(own) == len(n.span.Parts) && len(own) < len(n.tree.Entries) {
		return nil, n.tree
	}
	for i, p := range own {
		e := n.tree.Entries[i]
		line := l.line(p.Start)
		if line != e.Line || !l.toml && l.column(p.Start) != e.Column {
			return nil, &yaml.Node{Line: e.Line}
		}
		value, bad := l.join(e.Value, p.Value)
		if bad != nil {
			return nil, bad
		}
		n.parts = append(n.parts, part{key: e.Key, line: line, place: p, value: value})
	}
	return n, nil
}

// value is what the node says, without its places.
func (n *node) value() Value { return valueOf(n.tree) }

func valueOf(n *yaml.Node) Value {
	v := Value{kind: n.Kind, text: n.Text}
	for _, item := range n.Items {
		v.items = append(v.items, valueOf(item))
	}
	for _, e := range n.Entries {
		v.fields = append(v.fields, Field{e.Key, valueOf(e.Value)})
	}
	return v
}
