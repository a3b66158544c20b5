package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Callouts are what other generators set apart with a word: MkDocs indents the text
// below "!!! note", Docusaurus fences it with ":::note", GitHub quotes it below
// "[!NOTE]". All become quotations that begin with their title, or else the word.

var (
	admonitionForm = regexp.MustCompile(`^ {0,3}(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)(?:[ \t]+[\w -]*)?(?:[ \t]+"([^"\n]*)")?[ \t]*\n?$`)
	directiveForm  = regexp.MustCompile(`^ {0,3}:::[ \t]*([A-Za-z][\w-]*)(?:\[([^\]\n]*)\]|[ \t]+([^{\n]*[^{\s]))?[ \t]*(?:\{[^}\n]*\})?[ \t]*\n?$`)
	alertForm      = regexp.MustCompile(`^\[!([A-Za-z]+)\][-+]?[ \t]*([^\n]*[^\s])?[ \t]*\n?$`)
)

// callout parses the callouts of MkDocs and Docusaurus.
type callout struct{}

// fenced marks the quotation of a callout that ":::" ends.
var fenced = []byte("fenced")

func (callout) Trigger() []byte { return []byte("!?:") }

func (callout) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	form := admonitionForm
	if bytes.HasPrefix(bytes.TrimLeft(line, " "), fence3) {
		form = directiveForm
	}
	m := form.FindSubmatchIndex(line)
	if m == nil {
		return nil, parser.NoChildren
	}
	quote := ast.NewBlockquote()
	if form == directiveForm {
		quote.SetAttribute(fenced, true)
	}
	if title := titleSegment(m, segment); title.Len() > 0 {
		quote.AppendChild(quote, titleOf(title))
	}
	reader.AdvanceToEOL()
	return quote, parser.HasChildren
}

var fence3 = []byte(":::")

// titleSegment is the last group of a match that is there: the title, else the word.
// An empty title is wanted so.
func titleSegment(m []int, line text.Segment) text.Segment {
	last := 2
	for i := 4; i < len(m); i += 2 {
		if m[i] >= 0 {
			last = i
		}
	}
	return text.NewSegment(line.Start+m[last]-line.Padding, line.Start+m[last+1]-line.Padding)
}

// heads marks the paragraph that is a callout's title.
var heads = []byte("heads")

func isCalloutTitle(n ast.Node) bool {
	_, ok := n.Attribute(heads)
	return ok
}

// titleOf makes a paragraph of a piece of the source.
func titleOf(title text.Segment) *ast.Paragraph {
	p := ast.NewParagraph()
	p.SetAttribute(heads, true)
	p.Lines().Append(title)
	return p
}

func (callout) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if _, ok := node.Attribute(fenced); ok {
		if bytes.Equal(bytes.TrimSpace(line), fence3) {
			reader.AdvanceToEOL()
			return parser.Close
		}
		return parser.Continue | parser.HasChildren
	}
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	position, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if position < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(position, padding)
	return parser.Continue | parser.HasChildren
}

func (callout) Close(ast.Node, text.Reader, parser.Context) {}
func (callout) CanInterruptParagraph() bool                 { return true }
func (callout) CanAcceptIndentedLine() bool                 { return false }

// markerForm is a line that says which message of a status page follows.
var markerForm = regexp.MustCompile(`^\[\pL[^\[\]\n]{1,60}\][ \t]*\n?$`)

// marker makes a title of the line "[Final message]" that a paragraph begins with, or
// is. The first of several such lines is one of a list of links.
type marker struct{}

func (marker) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := node.Lines(), reader.Source()
	isMarker := func(i int) bool { return i < lines.Len() && markerForm.Match(restOf(lines.At(i), source)) }
	if !isMarker(0) || isMarker(1) || node.Parent() == nil || node.Parent().Kind() != ast.KindDocument {
		return
	}
	if lines.Len() == 1 {
		node.SetAttribute(heads, true)
		return
	}
	title := lines.At(0)
	node.Parent().InsertBefore(node.Parent(), node, titleOf(title.TrimRightSpace(source)))
	rest := text.NewSegments()
	rest.AppendAll(lines.Sliced(1, lines.Len()))
	node.SetLines(rest)
}

// releaseLinks makes plain paragraphs of the titles that turned out to be links: their
// definition may stand below them.
func releaseLinks(root ast.Node) {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		if link := n.FirstChild(); isCalloutTitle(n) && link != nil && link.Kind() == ast.KindLink && link.NextSibling() == nil {
			n.RemoveAttributes()
		}
	}
}

// alerts gives GitHub's alerts their title.
type alerts struct{}

func (alerts) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	if node.Parent() == nil || node.Parent().Kind() != ast.KindBlockquote || node.PreviousSibling() != nil || node.Lines().Len() == 0 {
		return
	}
	line := node.Lines().At(0)
	m := alertForm.FindSubmatchIndex(line.Value(reader.Source()))
	if m == nil {
		return
	}
	node.Parent().InsertBefore(node.Parent(), node, titleOf(titleSegment(m, line)))
	node.Lines().SetSliced(1, node.Lines().Len())
	if node.Lines().Len() == 0 {
		node.Parent().RemoveChild(node.Parent(), node)
	}
}
