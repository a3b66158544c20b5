package markdown

import (
	"bytes"
	"fmt"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"faultline/site/problem"
)

// The bounds of a document's shape. Each keeps an algorithm of the parser that is
// more than linear in the size of its input from being fed too much.
const (
	maxDepth     = 32      // containers inside each other
	maxAttempts  = 1000    // at inline syntax, in one leaf block
	maxScan      = 1 << 26 // bytes that these attempts may read again, together
	maxFootnotes = 200
	maxCells     = 1 << 16 // of one table
	maxEscapes   = 500     // escaped pipes in cells with code, in one document
)

// dialect is the one parser; it is safe for concurrent use.
var dialect = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(heading{parser.NewSetextHeadingParser()}, 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(container{parser.NewListParser()}, 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(continued{}, 450),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(heading{parser.NewATXHeadingParser()}, 600),
		util.Prioritized(fence{parser.NewFencedCodeBlockParser()}, 700),
		util.Prioritized(container{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(container{callout{}}, 850),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(footnote{container{extension.NewFootnoteBlockParser()}}, 999),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(inline{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(inline{extension.NewFootnoteParser()}, 101),
		util.Prioritized(link{inline{parser.NewLinkParser()}}, 200),
		util.Prioritized(inline{parser.NewAutoLinkParser()}, 300),
		util.Prioritized(inline{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(inline{parser.NewEmphasisParser()}, 500),
		util.Prioritized(inline{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(inline{extension.NewLinkifyParser()}, 999),
	),
	parser.WithParagraphTransformers(
		util.Prioritized(alerts{}, 50),
		util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
		util.Prioritized(marker{}, 150),
		util.Prioritized(abbreviations{}, 160),
		util.Prioritized(table{extension.NewTableParagraphTransformer()}, 200),
		util.Prioritized(bulletList{}, 300),
	),
	parser.WithASTTransformers(
		util.Prioritized(extension.NewTableASTTransformer(), 0),
		util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
	),
)

// state is what the bounded parsers remember while they read one document.
type state struct {
	doc       *Document
	leaf      ast.Node // the leaf block that attempts counts
	attempts  int
	fence     ast.Node // the code block that waits for its closing fence
	footnotes int
	escapes   int
}

var stateKey = parser.NewContextKey()

func stateOf(pc parser.Context) *state { return pc.Get(stateKey).(*state) }

// parse reads the source. The parser has had panics on input that no person
// writes; such a text is kept as plain text.
func (d *Document) parse() {
	defer func() {
		if fault := recover(); fault != nil {
			d.root = plainRoot(d.source)
			d.problem(problem.Problem{
				Rule: "unreadable-markdown", Level: problem.Error, Line: d.lines.first,
				Text: fmt.Sprintf("the Markdown cannot be read and is shown as plain text (%v)", fault),
				Hint: "remove parts of the text until it can be read, and report the part",
			})
		}
	}()
	pc := parser.NewContext()
	pc.Set(stateKey, &state{doc: d})
	d.root = dialect.Parse(text.NewReader(d.source), parser.WithContext(pc))
	restoreHeadings(d.root, d.source)
	keepOwnLines(d.root, d.source)
	releaseLinks(d.root)
}

// plainRoot is the tree of a text that is not read as Markdown.
func plainRoot(src []byte) ast.Node {
	root, code := ast.NewDocument(), ast.NewCodeBlock()
	for start := 0; start < len(src); {
		stop := len(src)
		if at := bytes.IndexByte(src[start:], '\n'); at >= 0 {
			stop = start + at + 1
		}
		code.Lines().Append(text.NewSegment(start, stop))
		start = stop
	}
	root.AppendChild(root, code)
	return root
}

// container is a block parser that opens no deeper than maxDepth.
type container struct{ parser.BlockParser }

func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() != ast.KindListItem {
			depth++
		}
	}
	if depth > maxDepth {
		return nil, parser.NoChildren
	}
	return c.BlockParser.Open(parent, reader, pc)
}

// footnote opens at most maxFootnotes definitions in a document.
type footnote struct{ container }

func (f footnote) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	s := stateOf(pc)
	if s.footnotes >= maxFootnotes {
		return nil, parser.NoChildren
	}
	node, next := f.container.Open(parent, reader, pc)
	if node != nil {
		s.footnotes++
	}
	return node, next
}

// fence tells of a code block that the text ends inside of.
type fence struct{ parser.BlockParser }

func (f fence) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, next := f.BlockParser.Open(parent, reader, pc)
	if node != nil {
		stateOf(pc).fence = node
	}
	return node, next
}

func (f fence) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	next := f.BlockParser.Continue(node, reader, pc)
	if next&parser.Continue == 0 {
		stateOf(pc).fence = nil
	}
	return next
}

func (f fence) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	if s := stateOf(pc); s.fence == node {
		s.fence = nil
		s.doc.problem(problem.Problem{
			Rule: "unclosed-fence", Level: problem.Warning, Line: s.doc.lines.at(max(node.Pos(), 0)),
			Text: "the code block that begins here is not closed",
			Hint: "add a line with the same fence (``` or ~~~) where the code ends",
		})
	}
	f.BlockParser.Close(node, reader, pc)
}

// heading takes `{#id}` from the end of a heading's last line.
type heading struct{ parser.BlockParser }

var givenID = []byte("id")

func (h heading) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	h.BlockParser.Close(node, reader, pc)
	last := node.Lines().Len() - 1
	if last < 0 {
		return
	}
	line := node.Lines().At(last)
	line = line.TrimRightSpace(reader.Source())
	value := line.Value(reader.Source())
	at := bytes.LastIndex(value, []byte("{#"))
	if at < 0 || !bytes.HasSuffix(value, []byte("}")) {
		return
	}
	id := value[at+2 : len(value)-1]
	if len(id) == 0 || bytes.ContainsAny(id, " \t{}\"'<>&") {
		return
	}
	node.SetAttribute(givenID, id)
	line.Stop = line.Start + at
	node.Lines().Set(last, line.TrimRightSpace(reader.Source()))
}

// inline is an inline parser that gives up on a leaf block after a number of
// attempts; spaces, at which bare links may begin, are free.
type inline struct{ parser.InlineParser }

func (i inline) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if !stateOf(pc).attempt(parent, block) {
		return nil
	}
	return i.InlineParser.Parse(parent, block, pc)
}

func (s *state) attempt(leaf ast.Node, block text.Reader) bool {
	if s.leaf != leaf {
		s.leaf, s.attempts = leaf, allowance(leaf)
	}
	if !util.IsPunct(block.Peek()) {
		return true
	}
	if s.attempts == 0 {
		s.doc.problem(problem.Problem{
			Rule: "dense-markup", Level: problem.Note, Line: s.doc.lines.at(max(leaf.Pos(), 0)),
			Text: "the paragraph holds so much punctuation that its end is shown as plain text",
			Hint: "put logs and data between code fences (```)",
		})
	}
	s.attempts--
	return s.attempts >= 0
}

// allowance is the number of attempts that a leaf block gets. Several parsers may
// try one character, and each may read on to the end of the block.
func allowance(leaf ast.Node) int {
	size := 1
	if lines := leaf.Lines(); lines != nil && lines.Len() > 0 {
		size += lines.At(lines.Len()-1).Stop - lines.At(0).Start
	}
	return min(2*maxAttempts, maxScan/size)
}

// link keeps the hook by which the parser of links closes a block.
type link struct{ inline }

func (l link) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	l.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// table makes tables of bounded size: every row is filled up to the number of
// columns, and every escaped pipe in code is compared with every other.
type table struct{ parser.ParagraphTransformer }

func (t table) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	s, columns := stateOf(pc), 0
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		value := line.Value(reader.Source())
		if delimits(value) {
			columns = max(columns, 1+bytes.Count(value, []byte{'|'}))
		}
		if bytes.IndexByte(value, '`') >= 0 {
			s.escapes += bytes.Count(value, []byte(`\|`))
		}
	}
	if columns == 0 {
		return
	}
	if columns*node.Lines().Len() > maxCells || s.escapes > maxEscapes {
		s.doc.problem(problem.Problem{
			Rule: "large-table", Level: problem.Note, Line: s.doc.lines.at(max(node.Pos(), 0)),
			Text: "the table is too large and is shown as plain text",
			Hint: "move the data into a file of its own and link to it",
		})
		return
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// delimits reports whether the line may stand between a table's header and rows.
func delimits(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, " \t\n-:|")) == 0
}
