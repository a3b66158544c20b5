package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Blocks returns the text as a tree of blocks, in document order. Footnotes stand
// at the end.
func (d *Document) Blocks() []Block { return d.children(d.root) }

func (d *Document) children(parent ast.Node) []Block {
	var blocks []Block
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if b, ok := d.block(n); ok {
			blocks = append(blocks, b)
		}
	}
	return blocks
}

// block converts one block node. Nodes that show nothing (rules, definitions of
// link references, the list around footnotes) are not blocks.
func (d *Document) block(n ast.Node) (Block, bool) {
	b := Block{Line: d.lineOf(n)}
	switch n := n.(type) {
	case *ast.Heading:
		b.Kind, b.Level, b.Anchor = Heading, n.Level, d.anchors[n]
		d.fill(&b, n)
	case *ast.Paragraph, *ast.TextBlock:
		b.Kind = Paragraph
		d.fill(&b, n)
	case *east.TableCell:
		b.Kind = Cell
		d.fill(&b, n)
	case *ast.CodeBlock:
		b.Kind, b.Text = Code, string(n.Lines().Value(d.source))
	case *ast.FencedCodeBlock:
		b.Kind, b.Text, b.Language = Code, string(n.Lines().Value(d.source)), languageOf(n, d.source)
	case *ast.HTMLBlock:
		b.Kind, b.Text = HTML, stripTags(rawBlock(n, d.source))
	default:
		return d.branch(b, n)
	}
	return b, true
}

// branch converts a block that holds other blocks.
func (d *Document) branch(b Block, n ast.Node) (Block, bool) {
	switch n := n.(type) {
	case *ast.List:
		b.Kind, b.Ordered = List, n.IsOrdered()
	case *ast.ListItem:
		b.Kind, b.Check = Entry, boxOf(n)
	case *ast.Blockquote:
		b.Kind = Quote
	case *east.Table:
		b.Kind = Table
	case *east.TableHeader, *east.TableRow:
		b.Kind = Row
	case *east.FootnoteList:
		b.Kind = List
	case *east.Footnote:
		b.Kind = Footnote
	default:
		return b, false
	}
	b.Children = d.children(n)
	return b, true
}

// lineOf returns the line on which a block's own text begins. A block without any
// text is on the line of the one before it.
func (d *Document) lineOf(n ast.Node) int {
	for at := n; at != nil; at = at.FirstChild() {
		if at.Type() == ast.TypeInline {
			break
		}
		if lines := at.Lines(); lines != nil && lines.Len() > 0 {
			return d.lines.at(lines.At(0).Start)
		}
		if at.Kind() != ast.KindDocument && at.Pos() >= 0 && at.Pos() < len(d.source) {
			return d.lines.at(at.Pos())
		}
	}
	for at := n; at != nil; at = at.Parent() {
		if before := at.PreviousSibling(); before != nil {
			return d.lineOf(before)
		}
	}
	return d.lines.first
}

// languageOf returns the first word behind a code fence, in lower case.
func languageOf(n *ast.FencedCodeBlock, source []byte) string {
	if n.Info == nil {
		return ""
	}
	words := strings.Fields(plain(n.Info.Segment.Value(source)))
	if len(words) == 0 {
		return ""
	}
	word := strings.ToLower(strings.Trim(words[0], "{}."))
	return strings.TrimPrefix(word, "language-")
}

// boxOf returns the state of a list entry's checkbox.
func boxOf(n *ast.ListItem) Box {
	if n.FirstChild() == nil {
		return NoBox
	}
	box, ok := n.FirstChild().FirstChild().(*east.TaskCheckBox)
	switch {
	case !ok:
		return NoBox
	case box.IsChecked:
		return Checked
	}
	return Unchecked
}

// rawBlock returns the source of an HTML block.
func rawBlock(n *ast.HTMLBlock, source []byte) []byte {
	raw := n.Lines().Value(source)
	if n.HasClosure() {
		raw = append(raw[:len(raw):len(raw)], n.ClosureLine.Value(source)...)
	}
	return raw
}

// fill gives a leaf block its text.
func (d *Document) fill(b *Block, leaf ast.Node) {
	c := collector{doc: d}
	c.collect(leaf, 0, "")
	b.Spans = c.trimmed()
	if len(b.Spans) == 1 && b.Spans[0].Style == 0 && b.Spans[0].Link == "" {
		b.Text, b.Spans = b.Spans[0].Text, nil
		return
	}
	var text strings.Builder
	for _, s := range b.Spans {
		text.WriteString(s.Text)
	}
	b.Text = text.String()
}

// collector gathers the spans of a leaf block. A span never crosses a line end,
// which is the last byte of the span it ends.
type collector struct {
	doc   *Document
	spans []Span
	line  int // of the last node that had a place
}

func (c *collector) collect(parent ast.Node, style Style, link string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			c.text(n, style, link)
		case *ast.CodeSpan:
			c.code(n, style|Verbatim, link)
		case *ast.Emphasis:
			c.collect(n, style|emphasis(n), link)
		case *east.Strikethrough:
			c.collect(n, style|Struck, link)
		case *ast.Link:
			c.collect(n, style, plain(n.Destination))
		case *ast.Image:
			c.collect(n, style|Image, plain(n.Destination))
		case *ast.AutoLink:
			c.add(n.Pos(), labelOf(n, c.doc.source), style, destinationOf(n, c.doc.source))
		case *ast.RawHTML:
			if isBreak(n.Segments.Value(c.doc.source)) {
				c.add(n.Pos(), "\n", style, "")
			}
		}
	}
}

func emphasis(n *ast.Emphasis) Style {
	if n.Level == 2 {
		return Strong
	}
	return Emphasis
}

func (c *collector) text(n *ast.Text, style Style, link string) {
	value := n.Segment.Value(c.doc.source)
	text := ""
	if n.IsRaw() {
		text = string(value)
	} else {
		text = plain(value)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		text += "\n"
	}
	c.add(n.Segment.Start, text, style, link)
}

// code adds a code span, whose line ends are spaces.
func (c *collector) code(n *ast.CodeSpan, style Style, link string) {
	for t := n.FirstChild(); t != nil; t = t.NextSibling() {
		if t, ok := t.(*ast.Text); ok {
			value := string(t.Segment.Value(c.doc.source))
			c.add(t.Segment.Start, strings.ReplaceAll(value, "\n", " "), style, link)
		}
	}
}

// add appends text to the last span when both are of one kind and one line.
func (c *collector) add(offset int, text string, style Style, link string) {
	if offset >= 0 {
		c.line = c.doc.lines.at(offset)
	}
	if text == "" {
		return
	}
	if last := len(c.spans) - 1; last >= 0 {
		s := &c.spans[last]
		if s.Style == style && s.Link == link && s.Line == c.line && !strings.HasSuffix(s.Text, "\n") {
			s.Text += text
			return
		}
	}
	c.spans = append(c.spans, Span{Text: text, Style: style, Link: link, Line: c.line})
}

// trimmed returns the spans without the space around the block's text.
func (c *collector) trimmed() []Span {
	spans := c.spans
	for len(spans) > 0 {
		spans[0].Text = strings.TrimLeft(spans[0].Text, " \t\n")
		if spans[0].Text != "" {
			break
		}
		spans = spans[1:]
	}
	for len(spans) > 0 {
		last := &spans[len(spans)-1]
		last.Text = strings.TrimRight(last.Text, " \t\n")
		if last.Text != "" {
			break
		}
		spans = spans[:len(spans)-1]
	}
	return spans
}
