package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// continued parses the paragraphs that are set in below an entry of a pasted list,
// which Markdown takes for code, and makes them part of the entry.
type continued struct{}

const (
	setIn    = 4 // columns
	minProse = 4 // words in the first line of what is no code
)

func (continued) Trigger() []byte { return nil }

func (continued) Open(parent ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	list, ok := parent.LastChild().(*ast.List)
	line, segment := reader.PeekLine()
	if !ok || list.Marker != 0 || !isProse(line) {
		return nil, parser.NoChildren
	}
	if at, _ := util.IndentPosition(line, reader.LineOffset(), setIn); at < 0 {
		return nil, parser.NoChildren
	}
	p := ast.NewParagraph()
	p.Lines().Append(segment.TrimLeftSpace(reader.Source()))
	reader.AdvanceToEOL()
	return p, parser.NoChildren
}

// isProse reports whether the line begins like a sentence: with a capital, in quotation
// marks or not, and with words behind it.
func isProse(line []byte) bool {
	first, _ := utf8.DecodeRune(bytes.TrimLeft(line, " \t\"'(“‘„«"))
	return unicode.IsUpper(first) && len(bytes.Fields(line)) >= minProse
}

func (continued) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Close
	}
	node.Lines().Append(segment.TrimLeftSpace(reader.Source()))
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (continued) Close(node ast.Node, reader text.Reader, _ parser.Context) {
	last := node.Lines().Len() - 1
	line := node.Lines().At(last)
	node.Lines().Set(last, line.TrimRightSpace(reader.Source()))
	list := node.PreviousSibling()
	if list == nil || list.LastChild() == nil {
		return
	}
	item := list.LastChild()
	if first, ok := item.FirstChild().(*ast.TextBlock); ok {
		p := ast.NewParagraph()
		p.SetLines(first.Lines())
		item.ReplaceChild(item, first, p)
	}
	item.AppendChild(item, node)
}

func (continued) CanInterruptParagraph() bool { return false }
func (continued) CanAcceptIndentedLine() bool { return true }
