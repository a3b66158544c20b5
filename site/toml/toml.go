// Package toml reads TOML front matter into the tree that package yaml defines, so
// that everything above knows one kind of front matter. It is the only door to the
// TOML reader.
package toml

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pelletier/go-toml/v2/unstable"

	"faultline/site/problem"
	"faultline/site/yaml"
)

// The caps, as in package yaml.
const (
	maxBytes = 1 << 20
	maxDepth = 64
)

// Parse reads one TOML document. firstLine is the line of the file on which src
// starts. Dates are text as written. What stands above the first fault is read;
// every fault is a problem with its place.
func Parse(path string, src []byte, firstLine int) (root *yaml.Node, problems problem.List) {
	b := &builder{path: path, firstLine: firstLine, src: src, values: map[*yaml.Node]map[string]*yaml.Node{},
		root: &yaml.Node{Kind: yaml.Mapping, Line: firstLine, Column: 1}}
	if len(src) > maxBytes || deep(src) {
		b.report(nil, "toml-too-large", fmt.Sprintf("more than %d bytes or %d levels of TOML", maxBytes, maxDepth),
			"move the text into the body of the file")
		return nil, b.problems
	}
	defer func() {
		if r := recover(); r != nil {
			b.report(nil, "toml-syntax", "this TOML cannot be read", `write it more simply: one key = "value" to a line`)
			root, problems = b.root, b.problems
		}
	}()
	b.read()
	if len(b.root.Entries) == 0 {
		return nil, b.problems
	}
	return b.root, b.problems
}

// deep reports whether brackets lie in each other more deeply than is read. It may
// overestimate: brackets in text count.
func deep(src []byte) bool {
	depth := 0
	for _, c := range src {
		switch c {
		case '[', '{':
			depth++
		case ']', '}':
			depth = max(0, depth-1)
		}
		if depth > maxDepth {
			return true
		}
	}
	return false
}

type builder struct {
	path      string
	firstLine int
	src       []byte
	parser    unstable.Parser
	root      *yaml.Node
	problems  problem.List
	ends      []int                                // of lines
	values    map[*yaml.Node]map[string]*yaml.Node // of each mapping by key
}

// get is the value of the key, nil where the mapping has none.
func (b *builder) get(m *yaml.Node, key string) *yaml.Node { return b.values[m][key] }

// add gives the mapping a key that it does not have.
func (b *builder) add(m *yaml.Node, e yaml.Entry) {
	if b.values[m] == nil {
		b.values[m] = map[string]*yaml.Node{}
	}
	b.values[m][e.Key] = e.Value
	m.Entries = append(m.Entries, e)
}

// read builds the document expression by expression.
func (b *builder) read() {
	for i, c := range b.src {
		if c == '\n' {
			b.ends = append(b.ends, i)
		}
	}
	b.parser.Reset(b.src)
	table := b.root
	for b.parser.NextExpression() {
		e := b.parser.Expression()
		switch e.Kind {
		case unstable.KeyValue:
			b.entry(table, e)
		case unstable.Table:
			table = b.table(e.Key(), false)
		case unstable.ArrayTable:
			table = b.table(e.Key(), true)
		}
	}
	var syntax *unstable.ParserError
	if err := b.parser.Error(); errors.As(err, &syntax) {
		b.report(syntax.Highlight, "toml-syntax", syntax.Message, `write key = "value"; text stands in quotes`)
	} else if err != nil {
		b.report(nil, "toml-syntax", err.Error(), `write key = "value"; text stands in quotes`)
	}
}

// report adds a problem at a piece of the source, nil for the whole.
func (b *builder) report(at []byte, rule, text, hint string) {
	p := problem.Problem{Rule: rule, Path: b.path, Line: b.firstLine, Column: 1, Text: text, Hint: hint}
	if at != nil {
		p.Line, p.Column = b.place(b.parser.Range(at))
	}
	b.problems = append(b.problems, p)
}

func (b *builder) place(r unstable.Range) (line, column int) {
	at := int(r.Offset)
	above, _ := slices.BinarySearch(b.ends, at)
	start := 0
	if above > 0 {
		start = b.ends[above-1] + 1
	}
	return b.firstLine + above, at - start + 1
}

// table finds or makes the table of a header: [a.b], or the next of [[a.b]].
func (b *builder) table(keys unstable.Iterator, next bool) *yaml.Node {
	at := b.root
	for keys.Next() {
		at = b.step(at, keys.Node(), next && keys.IsLast())
	}
	return at
}

// step goes to the mapping below the key, making it where it is missing. A list
// stands for its last entry.
func (b *builder) step(m *yaml.Node, key *unstable.Node, next bool) *yaml.Node {
	line, column := b.place(key.Raw)
	below := b.get(m, string(key.Data))
	if below == nil {
		below = &yaml.Node{Kind: yaml.Mapping, Line: line, Column: column}
		if next {
			below.Kind = yaml.List
		}
		b.add(m, yaml.Entry{Key: string(key.Data), Line: line, Column: column, Value: below})
	}
	if below.Kind == yaml.List && (next || len(below.Items) == 0) {
		below.Items = append(below.Items, &yaml.Node{Kind: yaml.Mapping, Line: line, Column: column})
	}
	if below.Kind == yaml.List {
		below = below.Items[len(below.Items)-1]
	}
	if below.Kind != yaml.Mapping {
		b.report(key.Data, "toml-key", fmt.Sprintf("key %q has a value already", key.Data), "remove one of the two")
		return &yaml.Node{Kind: yaml.Mapping, Line: line, Column: column}
	}
	return below
}

// entry adds a key with its value to the table.
func (b *builder) entry(table *yaml.Node, e *unstable.Node) {
	keys := e.Key()
	for keys.Next() {
		key := keys.Node()
		if !keys.IsLast() {
			table = b.step(table, key, false)
			continue
		}
		line, column := b.place(key.Raw)
		if b.get(table, string(key.Data)) != nil {
			b.report(b.parser.Raw(key.Raw), "duplicate-key", fmt.Sprintf("key %q is given twice", key.Data),
				"the first counts; remove one of the two")
			return
		}
		b.add(table, yaml.Entry{Key: string(key.Data), Line: line, Column: column, Value: b.value(e.Value(), line, column)})
	}
}

var kinds = map[unstable.Kind]yaml.Kind{
	unstable.String: yaml.Text, unstable.Bool: yaml.Bool, unstable.Integer: yaml.Int, unstable.Float: yaml.Float,
	unstable.LocalDate: yaml.Text, unstable.LocalTime: yaml.Text, unstable.LocalDateTime: yaml.Text, unstable.DateTime: yaml.Text,
	unstable.Array: yaml.List, unstable.InlineTable: yaml.Mapping,
}

// value builds a value. The place of its key serves where it has none of its own.
func (b *builder) value(v *unstable.Node, line, column int) *yaml.Node {
	n := &yaml.Node{Kind: kinds[v.Kind], Line: line, Column: column}
	if v.Raw.Length > 0 {
		n.Line, n.Column = b.place(v.Raw)
	}
	children := v.Children()
	switch v.Kind {
	case unstable.Array:
		for children.Next() {
			n.Items = append(n.Items, b.value(children.Node(), n.Line, n.Column))
		}
	case unstable.InlineTable:
		for children.Next() {
			b.entry(n, children.Node())
		}
	default:
		n.Text = string(v.Data)
	}
	return n
}
