package yaml

import (
	"fmt"
	"slices"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"faultline/site/problem"
)

// builder turns the reader's tree into ours.
type builder struct {
	*document
	shift   int // lines above the piece that is being read
	anchors map[string]anchored
	nodes   int  // built so far, aliases counted as what they stand for
	full    bool // the cap was reached and reported
}

// anchored is a node with the number of nodes it stands for.
type anchored struct {
	node *Node
	size int
}

// root builds the first document of the stream.
func (b *builder) root(bodies []ast.Node) *Node {
	if len(bodies) == 0 {
		return nil
	}
	if len(bodies) > 1 {
		line, _ := b.place(bodies[1].GetToken())
		b.report(problem.Problem{Rule: "yaml-documents", Level: problem.Warning, Line: line, Column: 1,
			Text: "second document is not read", Hint: "keep everything above the first line of ---"})
	}
	return b.build(bodies[0])
}

// place is where the token stands in the document.
func (b *builder) place(tk *token.Token) (line, column int) {
	if tk == nil || tk.Position == nil {
		return 1 + b.shift, 1
	}
	return b.clamp(tk.Position.Line + b.shift), max(1, tk.Position.Column)
}

// node makes an empty node at the token and counts it.
func (b *builder) node(kind Kind, tk *token.Token) *Node {
	line, column := b.place(tk)
	if b.nodes++; b.nodes > maxNodes && !b.full {
		b.full = true
		b.report(problem.Problem{Rule: "yaml-too-large", Line: line, Column: column,
			Text: fmt.Sprintf("more than %d values, with aliases written out", maxNodes),
			Hint: "write the values out, or leave the aliases away"})
	}
	return &Node{Kind: kind, Line: line + b.firstLine - 1, Column: column}
}

// scalar makes a node with text.
func (b *builder) scalar(kind Kind, tk *token.Token, text string) *Node {
	n := b.node(kind, tk)
	n.Text = text
	return n
}

// build returns the node's counterpart, never nil.
func (b *builder) build(n ast.Node) *Node {
	if b.full {
		return &Node{}
	}
	switch n := n.(type) {
	case *ast.StringNode:
		return b.scalar(Text, n.Token, n.Value)
	case *ast.LiteralNode:
		return b.scalar(Text, n.Start, n.Value.Value)
	case *ast.IntegerNode:
		return b.scalar(Int, n.Token, n.Token.Value)
	case *ast.FloatNode:
		return b.scalar(Float, n.Token, n.Token.Value)
	case *ast.InfinityNode, *ast.NanNode:
		return b.scalar(Float, n.GetToken(), n.GetToken().Value)
	case *ast.BoolNode:
		return b.scalar(Bool, n.Token, n.Token.Value)
	case *ast.NullNode:
		return b.node(Null, n.Token)
	case *ast.SequenceNode:
		return b.list(n)
	case *ast.MappingNode:
		return b.mapping(n.Start, n.Values)
	case *ast.MappingValueNode:
		return b.mapping(n.Start, []*ast.MappingValueNode{n})
	case *ast.TagNode:
		return b.tagged(n)
	case *ast.AnchorNode:
		return b.anchor(n)
	case *ast.AliasNode:
		return b.alias(n)
	}
	return b.node(Null, nil)
}

func (b *builder) list(n *ast.SequenceNode) *Node {
	list := b.node(List, n.Start)
	list.Items = make([]*Node, 0, len(n.Values))
	for _, v := range n.Values {
		list.Items = append(list.Items, b.build(v))
	}
	return list
}

// tagged reads "!!str 12" as text; any other tag says nothing that we need.
func (b *builder) tagged(n *ast.TagNode) *Node {
	if n.Value == nil {
		return b.node(Null, n.Start)
	}
	value := b.build(n.Value)
	if n.Start.Value == "!!str" && value.Kind > Text && value.Kind <= Float {
		value.Kind = Text
	}
	return value
}

func (b *builder) anchor(n *ast.AnchorNode) *Node {
	before := b.nodes
	value := b.build(n.Value)
	if b.anchors == nil {
		b.anchors = map[string]anchored{}
	}
	if n.Name != nil {
		b.anchors[n.Name.GetToken().Value] = anchored{value, b.nodes - before}
	}
	return value
}

// alias returns the anchored node itself. An anchor is known only once its value is
// built, so no node can hold itself.
func (b *builder) alias(n *ast.AliasNode) *Node {
	name := ""
	if n.Value != nil {
		name = n.Value.GetToken().Value
	}
	a, ok := b.anchors[name]
	if !ok {
		line, column := b.place(n.Start)
		b.report(problem.Problem{Rule: "yaml-alias", Line: line, Column: column,
			Text: fmt.Sprintf("alias %q stands for nothing", "*"+name),
			Hint: fmt.Sprintf("define %q above it, or put quotes around text that begins with *", "&"+name)})
		return b.node(Null, n.Start)
	}
	b.nodes += a.size - 1
	b.node(Null, n.Start)
	return a.node
}

func (b *builder) mapping(start *token.Token, values []*ast.MappingValueNode) *Node {
	m := b.node(Mapping, mappingStart(start, values))
	m.Entries = make([]Entry, 0, len(values))
	seen := make(map[string]int, len(values)) // key to its index
	var merged []*Node
	for _, v := range values {
		if _, ok := v.Key.(*ast.MergeKeyNode); ok {
			merged = append(merged, b.mergeable(v))
			continue
		}
		e, ok := b.entry(v)
		if !ok {
			continue
		}
		if first, ok := seen[e.Key]; ok {
			b.duplicate(e, m.Entries[first].Line)
			continue
		}
		seen[e.Key] = len(m.Entries)
		m.Entries = append(m.Entries, e)
	}
	merge(m, merged)
	return m
}

// mergeable builds the value of "<<", which is a mapping or a list of mappings.
func (b *builder) mergeable(v *ast.MappingValueNode) *Node {
	n := b.build(v.Value)
	legal := n.Kind == Mapping || n.Kind == List &&
		!slices.ContainsFunc(n.Items, func(item *Node) bool { return item.Kind != Mapping })
	if !legal && n.Kind != Null {
		line, column := b.place(v.Key.GetToken())
		b.report(problem.Problem{Rule: "yaml-merge", Line: line, Column: column,
			Text: fmt.Sprintf("%q merges %s", "<<", n.Kind), Hint: "merge an alias of a mapping, or put quotes around the key"})
	}
	return n
}

// mappingStart is the brace of a flow mapping, else the first key.
func mappingStart(start *token.Token, values []*ast.MappingValueNode) *token.Token {
	if len(values) == 0 || start != nil && start.Type == token.MappingStartType {
		return start
	}
	return keyToken(values[0].Key)
}

func keyToken(key ast.MapKeyNode) *token.Token {
	if k, ok := key.(*ast.MappingKeyNode); ok && k.Value != nil {
		return k.Value.GetToken()
	}
	return key.GetToken()
}

// entry builds a key with its value. It is false for a key that is no scalar.
func (b *builder) entry(v *ast.MappingValueNode) (Entry, bool) {
	key := ast.Node(v.Key)
	if k, ok := key.(*ast.MappingKeyNode); ok {
		key = k.Value
	}
	line, column := b.place(keyToken(v.Key))
	k := b.build(key)
	if !k.Scalar() && k.Kind != Null {
		b.report(problem.Problem{Rule: "yaml-key", Line: line, Column: column,
			Text: "key is " + k.Kind.String(), Hint: "only text can be a key"})
		return Entry{}, false
	}
	text := k.Text
	if k.Kind == Null && key != nil {
		text = key.GetToken().Value
	}
	return Entry{Key: text, Line: line + b.firstLine - 1, Column: column, Value: b.build(v.Value)}, true
}

func (b *builder) duplicate(e Entry, first int) {
	b.report(problem.Problem{Rule: "duplicate-key", Line: e.Line - b.firstLine + 1, Column: e.Column,
		Text: fmt.Sprintf("key %q is given twice", e.Key),
		Hint: fmt.Sprintf("line %d has it already and counts; keep one of the two", first)})
}

// merge adds the entries of "<<" that the mapping does not have itself.
func merge(m *Node, merged []*Node) {
	for _, from := range merged {
		if from.Kind == List {
			merge(m, from.Items)
			continue
		}
		for _, e := range from.Entries {
			if m.Get(e.Key) == nil {
				m.Entries = append(m.Entries, e)
			}
		}
	}
}
