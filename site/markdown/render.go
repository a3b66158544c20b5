package markdown

import (
	"html/template"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"faultline/site/problem"
)

// HTMLOptions say how a document is rendered. The zero value is legal.
type HTMLOptions struct {
	// Resolve turns a destination inside the library, as written, into a URL for
	// the page, and gives the size of an image in pixels (0 = not known). It is
	// not asked about absolute URLs and bare fragments. False leaves the
	// destination of a link as written; an image is then shown by its text.
	Resolve func(dest string, image bool) (Resolved, bool)
	// RawHTML lets the elements of the allow-list through.
	RawHTML bool
	// Title is what the page shows as its title. The block that repeats it, with
	// which the document begins, or goes on behind a day, is left out.
	Title string
	// TopLevel is the level that the highest heading gets; the others follow,
	// down to 6. A stray one as high as the omitted title is not the highest.
	// 0 keeps the levels as written.
	TopLevel int
}

// Resolved is where a destination inside the library leads to.
type Resolved struct {
	URL           string
	Width, Height int
}

// HTML renders the document.
func (d *Document) HTML(opt HTMLOptions) template.HTML {
	r := d.render(opt, true)
	return template.HTML(r.out.String())
}

// Check returns what is wrong with the text, without a path. rawHTML says whether
// raw HTML from the allow-list is legal.
func (d *Document) Check(rawHTML bool) problem.List {
	problems := append(problem.List(nil), d.problems...)
	problems = append(problems, d.shortcodes()...)
	return append(problems, d.render(HTMLOptions{RawHTML: rawHTML}, false).problems...)
}

// shortcodes tells of the template calls of another generator.
func (d *Document) shortcodes() problem.List {
	var problems problem.List
	eachBlock(d.root, func(n ast.Node) {
		if n.IsRaw() || n.Lines() == nil {
			return
		}
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			if call := shortcode(string(line.Value(d.source))); call != "" {
				problems = append(problems, problem.Problem{
					Rule: "shortcode", Level: problem.Note, Line: d.lines.at(line.Start),
					Text: "shortcode " + strconv.Quote(call) + " is shown as text",
					Hint: "write what it stands for in Markdown",
				})
			}
		}
	})
	return problems
}

// callForm matches the calls of Hugo, of Liquid and Jinja, and Zola's calls with
// arguments. Braces around anything else may be part of what went wrong.
var callForm = regexp.MustCompile(`\{\{<.*?>\}\}|\{\{%.*?%\}\}|\{%.*?%\}|\{\{\s*\w+\([^{}]*\)\s*\}\}`)

// shortcode returns the first template call of a line outside code, "" for none.
func shortcode(line string) string {
	if !strings.Contains(line, "{{") && !strings.Contains(line, "{%") {
		return ""
	}
	ticks, from := 0, 0
	for _, at := range callForm.FindAllStringIndex(line, -1) {
		ticks += strings.Count(line[from:at[0]], "`")
		if ticks%2 == 0 {
			return line[at[0]:at[1]]
		}
		from = at[0]
	}
	return ""
}

// renderer writes one document. open holds the raw elements that are open, of
// which those below floor belong to an enclosing node.
type renderer struct {
	*Document
	HTMLOptions
	highlight bool // false: nobody looks at the output
	out       strings.Builder
	problems  problem.List
	shift     int
	open      []string
	floor     int
	inLink    bool
	narrow    bool     // inside a cell or a heading
	frames    int      // open frames of other pages, which are links
	remarked  ast.Node // leaf or block whose raw HTML was told of already
}

func (d *Document) render(opt HTMLOptions, highlight bool) *renderer {
	r := &renderer{Document: d, HTMLOptions: opt, highlight: highlight}
	first := d.root.FirstChild()
	omitted := d.titleBlock(opt.Title)
	if opt.TopLevel > 0 {
		r.shift = opt.TopLevel - topLevel(d.root, omitted)
	}
	if highlight {
		r.out.Grow(len(d.source) * 3 / 2)
	}
	for n := first; n != nil; n = n.NextSibling() {
		if n != omitted {
			r.block(n)
		}
	}
	r.closeTo(0)
	return r
}

// titleBlock returns the block that repeats the title, nil for none.
func (d *Document) titleBlock(title string) ast.Node {
	first := d.root.FirstChild()
	if p, ok := first.(*ast.Paragraph); ok && dateLine.MatchString(words(p, d.source)) {
		first = p.NextSibling()
	}
	if first == nil || first.Kind() != ast.KindHeading && first.Kind() != ast.KindParagraph {
		return nil
	}
	if !strings.EqualFold(spaced(words(first, d.source)), spaced(title)) {
		return nil
	}
	return first
}

// spaced returns text with single spaces between its words.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// topLevel returns the level of the document's highest heading that is no stray.
func topLevel(root, omitted ast.Node) int {
	top, levels := 6, levelsOf(root)
	if omitted != nil && omitted.Kind() == ast.KindHeading {
		levels = withoutStrays(levels)
	}
	for _, level := range levels {
		top = min(top, level)
	}
	return top
}

func levelsOf(root ast.Node) []int {
	var levels []int
	eachBlock(root, func(n ast.Node) {
		if h, ok := n.(*ast.Heading); ok {
			levels = append(levels, h.Level)
		}
	})
	return levels
}

// withoutStrays returns the levels below a title, the first of all. Where the text
// begins with deeper ones, a heading as high as the title is a stray that counts for
// nothing, unless one of them has parts.
func withoutStrays(levels []int) []int {
	title, below := levels[0], levels[1:]
	if len(below) == 0 || below[0] <= title {
		return below
	}
	var deeper []int
	for i, level := range below {
		switch {
		case level > title:
			deeper = append(deeper, level)
		case i+1 < len(below) && below[i+1] > level:
			return below
		}
	}
	return deeper
}

// within renders the children of n. Raw elements that they open end with n.
func (r *renderer) within(n ast.Node) {
	floor := r.floor
	r.floor = len(r.open)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Type() == ast.TypeInline {
			r.inline(c)
		} else {
			r.block(c)
		}
	}
	r.closeTo(r.floor)
	r.floor = floor
}

// element writes an element around the children of n. attributes are written as
// they are.
func (r *renderer) element(name, attributes string, n ast.Node) {
	r.out.WriteString("<" + name + attributes + ">")
	r.within(n)
	r.out.WriteString("</" + name + ">")
}

func (r *renderer) line(name, attributes string, n ast.Node) {
	r.element(name, attributes, n)
	r.out.WriteByte('\n')
}

func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Paragraph:
		if isCalloutTitle(n) {
			r.line("p", ` class="callout"`, n)
		} else {
			r.line("p", "", n)
		}
	case *ast.TextBlock:
		r.within(n)
		if n.NextSibling() != nil {
			r.out.WriteByte('\n')
		}
	case *ast.Blockquote:
		r.line("blockquote", "", n)
	case *ast.List:
		r.list(n)
	case *ast.ListItem:
		r.entry(n)
	case *ast.ThematicBreak:
		r.out.WriteString("<hr>\n")
	case *ast.CodeBlock:
		r.code(n.Lines().Value(r.source), "")
	case *ast.FencedCodeBlock:
		r.code(n.Lines().Value(r.source), languageOf(n, r.source))
	case *ast.HTMLBlock:
		r.rawBlock(n)
	case *east.Table:
		r.table(n)
	case *east.FootnoteList:
		r.out.WriteString(`<section class="footnotes" aria-label="Footnotes">` + "\n")
		r.line("ol", "", n)
		r.out.WriteString("</section>\n")
	case *east.Footnote:
		r.line("li", ` id="fn:`+strconv.Itoa(n.Index)+`"`, n)
	}
}

func (r *renderer) heading(n *ast.Heading) {
	name := "h" + strconv.Itoa(min(max(n.Level+r.shift, r.TopLevel, 1), 6))
	id := escape(r.anchors[n])
	r.out.WriteString("<" + name + ` id="` + id + `">`)
	r.narrow = true
	r.within(n)
	r.narrow = false
	r.out.WriteString(` <a class="permalink" href="#` + id + `" aria-label="Link to ` + escape(words(n, r.source)) + `">#</a>`)
	r.out.WriteString("</" + name + ">\n")
}

func (r *renderer) list(n *ast.List) {
	name, attributes := "ul", ""
	if n.IsOrdered() {
		name = "ol"
		if n.Start != 1 {
			attributes = ` start="` + strconv.Itoa(n.Start) + `"`
		}
	}
	if hasBoxes(n) {
		attributes += ` class="tasks"`
	}
	r.line(name, attributes, n)
}

func hasBoxes(n *ast.List) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if item, ok := c.(*ast.ListItem); ok && boxOf(item) != NoBox {
			return true
		}
	}
	return false
}

func (r *renderer) entry(n *ast.ListItem) {
	attributes := ""
	if boxOf(n) != NoBox {
		attributes = ` class="task"`
	}
	r.line("li", attributes, n)
}

// table writes a table inside an element that scrolls and that the keyboard can
// reach. Its name is that of its columns.
func (r *renderer) table(n *east.Table) {
	var columns []string
	if header := n.FirstChild(); header != nil {
		for c := header.FirstChild(); c != nil; c = c.NextSibling() {
			if name := words(c, r.source); name != "" {
				columns = append(columns, name)
			}
		}
	}
	label := strings.TrimSuffix("Table: "+strings.Join(columns, ", "), ": ")
	r.out.WriteString(`<div class="scroll" tabindex="0" role="region" aria-label="` + escape(label) + `"><table>` + "\n")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.row(c, c == n.FirstChild())
	}
	if n.FirstChild() != n.LastChild() {
		r.out.WriteString("</tbody>\n")
	}
	r.out.WriteString("</table></div>\n")
}

func (r *renderer) row(n ast.Node, header bool) {
	name, before, after := "td", "<tr>", "</tr>\n"
	if header {
		name, before, after = `th`, "<thead><tr>", "</tr></thead>\n"
		if n.NextSibling() != nil {
			after += "<tbody>\n"
		}
	}
	r.out.WriteString(before)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		var classes []string
		if cell, ok := c.(*east.TableCell); ok && cell.Alignment != east.AlignNone {
			classes = append(classes, "align-"+cell.Alignment.String())
		}
		if !header && c.PreviousSibling() == nil && isBrief(words(c, r.source)) {
			classes = append(classes, "brief")
		}
		r.narrow = true
		r.element(name, cellAttributes(header, classes), c)
		r.narrow = false
	}
	r.out.WriteString(after)
}

// maxBrief is the length in characters up to which what a row begins with is put on
// one line where the page is wide: a day with its time, a name.
const maxBrief = 22

func isBrief(text string) bool {
	return strings.Contains(text, " ") && utf8.RuneCountInString(text) <= maxBrief
}

func cellAttributes(header bool, classes []string) string {
	attributes := ""
	if header {
		attributes = ` scope="col"`
	}
	if len(classes) > 0 {
		attributes += ` class="` + strings.Join(classes, " ") + `"`
	}
	return attributes
}

// escape makes text safe between tags and between double quotes.
func escape(text string) string { return template.HTMLEscapeString(text) }
