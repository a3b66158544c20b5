package yaml

import (
	"bytes"
	"errors"
	"fmt"

	goccy "github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"faultline/site/problem"
)

// The caps. What is written by hand stays far below them.
const (
	maxBytes = 1 << 20 // of a document
	maxDepth = 64      // of lists and mappings in each other
	maxNodes = 1 << 18 // of a document, aliases counted as what they stand for
)

// Parse reads one YAML document. firstLine is the line of the file on which src
// starts, 1 for a whole file. The node is nil when the document is empty or so
// broken that nothing could be read; every fault is a problem with path, line,
// column and, for syntax, an excerpt.
//
// A syntax error costs the top-level key that holds it, not the whole document:
// the other keys are read and are in the tree.
func Parse(path string, src []byte, firstLine int) (*Node, problem.List) {
	d := &document{path: path, src: bytes.TrimPrefix(src, []byte("\ufeff")), firstLine: firstLine}
	d.lines = 1 + bytes.Count(d.src, []byte("\n"))
	if len(d.src) > maxBytes {
		d.report(problem.Problem{Rule: "yaml-too-large", Line: 1,
			Text: fmt.Sprintf("%d bytes of YAML are more than the %d that are read", len(d.src), maxBytes),
			Hint: "move the text into the body of the file"})
		return nil, d.problems
	}
	b := &builder{document: d}
	body, fault := parse(d.src)
	if fault != nil {
		return b.salvage(fault), d.problems
	}
	return b.root(body), d.problems
}

// document is a text with its place in a file and what is wrong with it.
type document struct {
	path      string
	src       []byte
	firstLine int
	lines     int
	problems  problem.List
}

// clamp moves a line into the document: the reader counts more kinds of line ends
// than we do.
func (d *document) clamp(line int) int { return min(max(1, line), d.lines) }

// report adds the problem. Its line is relative to the document.
func (d *document) report(p problem.Problem) {
	p.Path = d.path
	p.Line += d.firstLine - 1
	d.problems = append(d.problems, p)
}

// parse returns the documents of the stream without those that are empty. It does
// not panic: what the reader cannot bear is a fault like any other.
func parse(src []byte) (bodies []ast.Node, f *fault) {
	defer func() {
		if r := recover(); r != nil {
			bodies, f = nil, &fault{line: 1, message: "unreadable"}
		}
	}()
	tokens := lexer.Tokenize(string(src))
	if tk := tooDeep(tokens); tk != nil {
		return nil, &fault{line: tk.Position.Line, column: tk.Position.Column, message: "too deep"}
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, faultOf(err)
	}
	for _, doc := range file.Docs {
		if _, directive := doc.Body.(*ast.DirectiveNode); doc.Body != nil && !directive {
			bodies = append(bodies, doc.Body)
		}
	}
	return bodies, nil
}

// faultOf turns the reader's error into a fault with a place.
func faultOf(err error) *fault {
	var syntax goccy.Error
	if !errors.As(err, &syntax) || syntax.GetToken() == nil {
		return &fault{line: 1, message: err.Error()}
	}
	tk := syntax.GetToken()
	f := &fault{line: tk.Position.Line, column: tk.Position.Column, message: syntax.GetMessage()}
	f.trace(tk)
	return f
}

// tooDeep returns the token at which lists and mappings lie in each other more
// deeply than is read, nil when none does. It bounds the recursion of everything
// that follows, so it must not recurse itself and may only overestimate.
func tooDeep(tokens token.Tokens) *token.Token {
	var columns []int // of the block collections that are open
	flow, properties := 0, 0
	for _, tk := range tokens {
		switch tk.Type {
		case token.TagType, token.AnchorType:
			properties++
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow = max(0, flow-1)
		case token.SequenceEntryType, token.MappingKeyType:
			columns = open(columns, tk.Position.Column)
		case token.MappingValueType:
			if tk.Prev != nil {
				columns = open(columns, tk.Prev.Position.Column)
			}
		}
		if tk.Type == token.StringType || tk.Type == token.MappingValueType {
			properties = 0
		}
		if len(columns)+flow+properties > maxDepth {
			return tk
		}
	}
	return nil
}

// open notes a collection that starts in the column, after closing all further to
// the right.
func open(columns []int, column int) []int {
	for len(columns) > 0 && columns[len(columns)-1] >= column {
		columns = columns[:len(columns)-1]
	}
	return append(columns, column)
}
