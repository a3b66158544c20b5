package page

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// The bounds of a table. What is beyond the last column of a row stays in its last
// cell; a cell spans no further.
const (
	maxSpan    = 40
	maxRowSpan = 200
	maxCells   = 20_000 // beyond which spans are not filled in
)

// mendTables makes a plain grid of each table: every row as long as the others, the
// cells that a span covers filled with its text, one row of headers, one line in a
// cell. A table that lays out a page is taken apart.
func mendTables(root *html.Node) {
	tables := all(root, named("table"))
	slices.Reverse(tables) // the inner ones first
	for _, n := range tables {
		switch {
		case isLayout(n):
			layOut(n)
		case inside(n, "td") || inside(n, "th"):
			layOut(n)
		default:
			replaceTable(n)
		}
	}
}

func inside(n *html.Node, name string) bool {
	return slices.ContainsFunc(slices.Collect(n.Ancestors()), func(a *html.Node) bool { return a.Data == name })
}

// isLayout reports whether a table has no second column or row, or says that it is
// none.
func isLayout(n *html.Node) bool {
	if role := attr(n, "role"); role == "presentation" || role == "none" {
		return true
	}
	wide, rows := 0, rowsOf(n)
	for _, r := range rows {
		wide = max(wide, len(r))
	}
	return wide < 2 || len(rows) == 1 && first(n, named("th")) == nil && first(n, named("ul ol pre h2 h3 table")) != nil
}

// layOut makes a paragraph, or what it holds, of every cell.
func layOut(n *html.Node) {
	flow := element("div")
	for _, r := range rowsOf(n) {
		for _, c := range r {
			rename(c, "div")
			c.Attr = nil
			flow.AppendChild(detach(c))
		}
	}
	if caption := first(n, named("caption")); caption != nil {
		flow.InsertBefore(element("p", wrapped(caption, "strong")), flow.FirstChild)
	}
	replace(n, flow)
}

// rowsOf are the cells of a table by row, those of tables in it left out.
func rowsOf(table *html.Node) [][]*html.Node {
	var rows [][]*html.Node
	for _, part := range children(table) {
		if part.Data == "tr" {
			rows = append(rows, cellsOf(part))
		}
		if part.Data == "thead" || part.Data == "tbody" || part.Data == "tfoot" {
			for _, tr := range children(part) {
				if tr.Data == "tr" {
					rows = append(rows, cellsOf(tr))
				}
			}
		}
	}
	return rows
}

func cellsOf(tr *html.Node) []*html.Node {
	var cells []*html.Node
	for _, c := range children(tr) {
		if c.Data == "td" || c.Data == "th" {
			cells = append(cells, c)
		}
	}
	return cells
}

// cell is one cell of a grid. Those that a span covers share a node.
type cell struct {
	node   *html.Node
	spread bool // covered by a span to its left
}

func replaceTable(n *html.Node) {
	rows := rowsOf(n)
	for _, r := range rows {
		for _, c := range r {
			flattenCell(c)
		}
	}
	grid := gridOf(rows)
	plain := element("table")
	if !isHeader(grid) {
		plain.AppendChild(element("thead", emptyRow(len(grid[0]))))
	}
	body := element("tbody")
	for i, r := range grid {
		tr := element("tr")
		for _, c := range r {
			tr.AppendChild(c.copied(i == 0 && isHeader(grid)))
		}
		if i == 0 && isHeader(grid) {
			plain.AppendChild(element("thead", tr))
			continue
		}
		body.AppendChild(tr)
	}
	plain.AppendChild(body)
	if caption := first(n, named("caption")); caption != nil {
		n.Parent.InsertBefore(element("p", wrapped(caption, "strong")), n)
	}
	replace(n, plain)
}

// isHeader reports whether the first row of a grid names its columns: all its cells
// are headers, or no cell of the table is one.
func isHeader(grid [][]cell) bool {
	for _, c := range grid[0] {
		if c.node == nil || c.node.Data != "th" {
			return !slices.ContainsFunc(grid, func(r []cell) bool {
				return slices.ContainsFunc(r, func(c cell) bool { return c.node != nil && c.node.Data == "th" })
			})
		}
	}
	return true
}

func emptyRow(columns int) *html.Node {
	tr := element("tr")
	for range columns {
		tr.AppendChild(element("th"))
	}
	return tr
}

// copied is the cell as a node of its own.
func (c cell) copied(header bool) *html.Node {
	name := "td"
	if header {
		name = "th"
	}
	n := element(name)
	if c.node == nil || c.spread {
		return n
	}
	for child := range c.node.ChildNodes() {
		n.AppendChild(cloned(child))
	}
	return n
}

func cloned(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: slices.Clone(n.Attr)}
	for child := range n.ChildNodes() {
		c.AppendChild(cloned(child))
	}
	return c
}

// gridOf fills the cells of spans in. It has at least one row, and all are of one
// length.
func gridOf(rows [][]*html.Node) [][]cell {
	grid := make([][]cell, max(len(rows), 1))
	cells, wide := 0, 1
	for y, r := range rows {
		x := 0
		for _, n := range r {
			for x < len(grid[y]) && grid[y][x].node != nil {
				x++
			}
			down, across := span(n, "rowspan", maxRowSpan), span(n, "colspan", maxSpan)
			if cells += down * across; cells > maxCells {
				down, across = 1, 1
			}
			for dy := range min(down, len(rows)-y) {
				for dx := range across {
					grid[y+dy] = put(grid[y+dy], x+dx, cell{n, dx > 0})
				}
			}
			x += across
		}
	}
	for _, r := range grid {
		wide = max(wide, len(r))
	}
	for y := range grid {
		grid[y] = put(grid[y], wide-1, cell{})
	}
	return grid
}

// put sets a cell of a row that may be shorter. A cell that is there stays.
func put(row []cell, x int, c cell) []cell {
	for len(row) <= x {
		row = append(row, cell{})
	}
	if row[x].node == nil {
		row[x] = c
	}
	return row
}

func span(n *html.Node, key string, most int) int {
	length, err := strconv.Atoi(attr(n, key))
	if err != nil || length < 1 {
		return 1
	}
	return min(length, most)
}

// breaking are the elements of a cell that begin a line of their own.
var breaking = elements("p div li dd dt h1 h2 h3 h4 h5 h6 pre blockquote section hr tr")

// flattenCell puts the blocks of a cell on one line, parted by breaks.
func flattenCell(c *html.Node) {
	for _, n := range all(c, func(n *html.Node) bool { return breaking[n.Data] || n.Data == "ul" || n.Data == "ol" }) {
		switch {
		case n.Data == "pre":
			flattenCode(n)
		case isHeading(n):
			n.AppendChild(wrapped(n, "strong"))
		case n.Data == "li":
			n.InsertBefore(textNode("• "), n.FirstChild)
		}
		if breaking[n.Data] && n.Parent != nil {
			n.Parent.InsertBefore(element("br"), n)
			n.Parent.InsertBefore(element("br"), n.NextSibling)
		}
		if n.Data != "pre" {
			unwrap(n)
		}
	}
	for _, code := range all(c, named("code kbd samp tt var")) {
		for d := range code.Descendants() {
			if d.Type == html.TextNode { // a bar ends a cell in code too
				d.Data = strings.ReplaceAll(d.Data, "|", `\|`)
			}
		}
	}
	trimBreaks(c)
}

// flattenCode makes a code span of each line.
func flattenCode(pre *html.Node) {
	code := codeOf(pre)
	rename(pre, "span")
	for _, child := range children(pre) {
		detach(child)
	}
	for line := range splitLines(code) {
		pre.AppendChild(element("code", textNode(line)))
		pre.AppendChild(element("br"))
	}
}

// trimBreaks leaves one break between two lines, none at the ends.
func trimBreaks(c *html.Node) {
	begun := false
	var last *html.Node
	for _, d := range slices.Collect(c.Descendants()) {
		switch {
		case d.Data == "br" && d.Type == html.ElementNode:
			if !begun || last != nil {
				detach(d)
				continue
			}
			last = d
		case d.Type == html.TextNode && !isSpace(d.Data), d.Data == "img", d.Data == rawElement:
			begun, last = true, nil
		}
	}
	if last != nil {
		detach(last)
	}
}
