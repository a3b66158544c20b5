package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Text that was copied out of a browser has lost its markup: lists are left as lines
// that begin with a bullet, headings as short lines. This file gives it back.

// The first mark an entry however the line goes on; those of word processors have no
// Unicode of their own. The others do so only with space behind them and a bullet list
// around.
const (
	bullets      = "•●▪◦‣∙⁃◾◼➢➤\uf0b7\uf0a7\uf076\uf0d8\uf0fc"
	looseBullets = "·○■□–"
)

// bulletList turns the lines of a paragraph that begin with a bullet into a list.
type bulletList struct{}

func (bulletList) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	source, lines := reader.Source(), node.Lines()
	first := firstBullet(lines, source)
	if first == lines.Len() {
		return
	}
	list, joins := listBefore(node, first)
	for i := first; i < lines.Len(); i++ {
		line := lines.At(i)
		line = line.TrimLeftSpace(source)
		if width := bulletWidth(line.Value(source), true); width > 0 {
			line.Start += width
			line = line.TrimLeftSpace(source)
			item, body := ast.NewListItem(width), ast.NewTextBlock()
			item.AppendChild(item, body)
			list.AppendChild(list, item)
		}
		list.LastChild().FirstChild().Lines().Append(line)
	}
	trimEnds(list, source)
	place(node, list, first, joins, source)
}

// firstBullet returns the number of the first line that begins with a bullet.
func firstBullet(lines *text.Segments, source []byte) int {
	for i := range lines.Len() {
		if bulletWidth(restOf(lines.At(i), source), false) > 0 {
			return i
		}
	}
	return lines.Len()
}

func restOf(line text.Segment, source []byte) []byte {
	return bytes.TrimLeft(line.Value(source), " \t")
}

// bulletWidth returns the length in bytes of the bullet that a line begins with, 0
// where there is none.
func bulletWidth(line []byte, loose bool) int {
	r, width := utf8.DecodeRune(line)
	behind, _ := utf8.DecodeRune(line[width:])
	if strings.ContainsRune(bullets, r) || loose && strings.ContainsRune(looseBullets, r) && unicode.IsSpace(behind) {
		return width
	}
	return 0
}

// listBefore returns the list that the entries belong to: that of the paragraph
// before, when it was one of bullets too.
func listBefore(node *ast.Paragraph, first int) (list *ast.List, joins bool) {
	if before, ok := node.PreviousSibling().(*ast.List); ok && before.Marker == 0 && first == 0 {
		return before, true
	}
	list = ast.NewList(0)
	list.IsTight = true
	return list, false
}

// trimEnds takes away the space and the line end behind each entry.
func trimEnds(list *ast.List, source []byte) {
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		lines := item.FirstChild().Lines()
		last := lines.Len() - 1
		line := lines.At(last)
		lines.Set(last, line.TrimRightSpace(source))
	}
}

// place puts the list behind the lines of the paragraph that stand above it.
func place(node *ast.Paragraph, list *ast.List, first int, joins bool, source []byte) {
	parent := node.Parent()
	if !joins {
		parent.InsertAfter(parent, node, list)
	}
	if first == 0 {
		parent.RemoveChild(parent, node)
		return
	}
	above := node.Lines().Sliced(0, first)
	last := above[first-1]
	above[first-1] = last.TrimRightSpace(source)
	kept := text.NewSegments()
	kept.AppendAll(above)
	node.SetLines(kept)
}

// What a line of plain text must be like to be taken for a heading.
const (
	maxHeading      = 80 // bytes
	maxHeadingWords = 10
	maxRun          = 2 // so many short lines one after the other; more are no headings
)

// restoreHeadings makes headings of short lines in a text that has none. The line
// that the text begins with becomes the title; a single other one proves nothing.
func restoreHeadings(root ast.Node, source []byte) {
	if hasHeading(root) {
		return
	}
	first, headings := root.FirstChild(), 0
	if title := titleIn(first, source); title != nil {
		first, headings = title.NextSibling(), 1
		replace(title, 1)
	}
	found := headingLines(first, source)
	if headings+len(found) < 2 {
		return
	}
	for _, p := range found {
		replace(p, 2)
	}
	keepShortLines(root, source)
}

// maxShort is the length in bytes below which a line was broken by its author.
const maxShort = 50

// keepShortLines breaks lines where the author of a text without markup did: behind
// or in front of a short line, when the next one begins anew.
func keepShortLines(root ast.Node, source []byte) {
	eachBlock(root, func(n ast.Node) {
		if n.Kind() != ast.KindParagraph {
			return
		}
		line, lines := 0, n.Lines()
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			t, ok := c.(*ast.Text)
			if !ok || !t.SoftLineBreak() {
				continue
			}
			if line+1 < lines.Len() && breaksAfter(restOf(lines.At(line), source), restOf(lines.At(line+1), source)) {
				t.SetSoftLineBreak(false)
				t.SetHardLineBreak(true)
			}
			line++
		}
	})
}

func breaksAfter(line, next []byte) bool {
	line, next = bytes.TrimRight(line, " \t\n"), bytes.TrimRight(next, " \t\n")
	first, _ := utf8.DecodeRune(next)
	if unicode.IsLower(first) || len(line) == 0 {
		return false
	}
	ends := bytes.ContainsRune([]byte(".!?:。"), rune(line[len(line)-1]))
	return len(line) < maxShort || ends && len(next) < maxShort
}

// headingLines returns the short lines, from n on, that text follows.
func headingLines(n ast.Node, source []byte) []*ast.Paragraph {
	var found, run []*ast.Paragraph
	for ; n != nil; n = n.NextSibling() {
		if isHeadingLine(n, source) {
			run = append(run, n.(*ast.Paragraph))
			continue
		}
		if len(run) <= maxRun && n.Kind() != ast.KindThematicBreak {
			found = append(found, run...)
		}
		run = nil
	}
	return found
}

func hasHeading(root ast.Node) bool {
	found := false
	eachBlock(root, func(n ast.Node) { found = found || n.Kind() == ast.KindHeading })
	return found
}

// titleIn returns the paragraph that a text begins with when it is one short line.
// Of several short lines the first is cut off.
func titleIn(n ast.Node, source []byte) *ast.Paragraph {
	p, ok := n.(*ast.Paragraph)
	if !ok || p.NextSibling() == nil {
		return nil
	}
	if isHeadingLine(p, source) {
		return p
	}
	for i := range p.Lines().Len() {
		if line := p.Lines().At(i); i > maxRun || !mayBeHeading(line.Value(source)) {
			return nil
		}
	}
	return cutFirst(p)
}

// cutFirst takes the first line out of a paragraph, nil where it is not text alone.
func cutFirst(p *ast.Paragraph) *ast.Paragraph {
	end, ok := p.FirstChild().(*ast.Text)
	for ok && !end.SoftLineBreak() {
		end, ok = end.NextSibling().(*ast.Text)
	}
	if !ok {
		return nil
	}
	end.SetSoftLineBreak(false)
	title := ast.NewParagraph()
	title.Lines().Append(p.Lines().At(0))
	for last := false; !last; {
		n := p.FirstChild()
		last = n == ast.Node(end)
		title.AppendChild(title, n)
	}
	rest := text.NewSegments()
	rest.AppendAll(p.Lines().Sliced(1, p.Lines().Len()))
	p.SetLines(rest)
	p.Parent().InsertBefore(p.Parent(), p, title)
	return title
}

// isHeadingLine reports whether a block is one short line of plain text.
func isHeadingLine(n ast.Node, source []byte) bool {
	p, ok := n.(*ast.Paragraph)
	if !ok || p.Lines().Len() != 1 {
		return false
	}
	for c := p.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() != ast.KindText {
			return false
		}
	}
	line := p.Lines().At(0)
	return mayBeHeading(line.Value(source))
}

// clockIn finds a time of day: a line that holds one is an entry, not a heading.
var clockIn = regexp.MustCompile(`\d:\d\d`)

// dateLine is a day and nothing else, in any language: when a page was published.
var dateLine = regexp.MustCompile(`^(?:\pL+\.?,?\s+){0,2}\d{1,4}[\pL.,]*[-/\s]+(?:de\s+)?[\pL\d]+\.?,?[-/\s]*(?:de\s+)?\d{0,4}$`)

// mayBeHeading reports whether a line is short, begins like a title and does not end
// like a sentence.
func mayBeHeading(line []byte) bool {
	s := strings.TrimSpace(string(line))
	if s == "" || len(s) > maxHeading || len(strings.Fields(s)) > maxHeadingWords || dateLine.MatchString(s) || clockIn.MatchString(s) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) || unicode.IsLower(first) {
		return false
	}
	ends := unicode.IsLetter(last) || unicode.IsMark(last) || unicode.IsDigit(last) || strings.ContainsRune("?？\"”", last)
	return ends && !strings.ContainsAny(s, "|=@{}<>\t") && !strings.Contains(s, "://") && !strings.Contains(s, ". ")
}

// replace puts a heading in the place of a paragraph.
func replace(p *ast.Paragraph, level int) {
	h := ast.NewHeading(level)
	h.SetLines(p.Lines())
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		h.AppendChild(h, c)
		c = next
	}
	parent := p.Parent()
	parent.ReplaceChild(parent, p, h)
}
