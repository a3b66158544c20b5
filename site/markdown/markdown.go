// Package markdown reads the Markdown of a postmortem and writes its HTML. It is
// the only door to goldmark (the parser) and chroma (the highlighter).
//
// Parse understands CommonMark with tables, strikethrough, task lists, bare links
// and footnotes of GitHub's dialect, and `{#id}` behind a heading. From the tree
// come the Blocks that extraction and search read, the Links, the problems that
// Check tells, and the HTML of the page. Every line number is one of the file.
//
// # Headings
//
// A heading's anchor is its text in lower case, letters, digits and marks of any
// script kept and everything else turned into single hyphens: 原因 stays 原因. The
// second of a name gets -2, the third -3. An anchor is never empty and holds no
// upper case, colon or underscore: ids of the page itself must hold one of
// these, or be among Reserved, which headings avoid. Footnotes use fn:1, fnref:1.
//
// # Safety
//
// The HTML is balanced and escaped by construction: text, attributes and URLs
// pass through one function each. It holds no style attribute and no script.
// Raw HTML is shown as text, never dropped, unless HTMLOptions.RawHTML lets the
// elements of the allow-list through; only <br> always breaks the line, and comments
// are left out. A destination whose scheme is not known to be
// harmless loses its link. Images of other sites become links, because the
// pages' content security policy does not load them.
//
// # Bounds
//
// No input takes more than a few seconds. Text beyond 2 MiB is not read as
// Markdown but kept as plain text; containers nest 32 deep; a paragraph gets at
// most 1,000 attempts at inline syntax; tables, footnotes and highlighted code are bounded
// too. What lies beyond a bound is plain text, and Check says so.
package markdown

import (
	"bytes"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"faultline/site/problem"
)

// maxSource is the length in bytes up to which a text is read as Markdown.
const maxSource = 2 << 20

// Document is a parsed text. It is immutable: its methods compute what they return
// anew and may be called from several goroutines.
type Document struct {
	source   []byte // with "\n" alone as line end, valid UTF-8, no NUL
	root     ast.Node
	lines    lineIndex
	anchors  map[ast.Node]string
	problems problem.List // found while parsing
}

// Parse reads Markdown that begins on line firstLine (1-based) of its file. It
// never fails: what is wrong with the text is told by Check. src is not changed
// and may be retained.
func Parse(src []byte, firstLine int) *Document {
	d := &Document{source: clean(src)}
	d.lines = newLineIndex(d.source, firstLine)
	if len(d.source) > maxSource {
		d.root = plainRoot(d.source)
		d.problem(problem.Problem{
			Rule: "text-too-long", Level: problem.Warning, Line: firstLine,
			Text: "the text is longer than 2 MiB and is shown as plain text",
			Hint: "move logs and data into files of their own and link to them",
		})
		return d
	}
	d.parse()
	d.anchors = anchorsOf(d.root, d.source)
	return d
}

func (d *Document) problem(p problem.Problem) { d.problems = append(d.problems, p) }

var byteOrderMark = []byte("\uFEFF")

// clean gives the parser text that it handles everywhere in the same way. The
// number of lines stays the same.
func clean(src []byte) []byte {
	src = bytes.TrimPrefix(src, byteOrderMark)
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
		src = bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
	}
	if bytes.IndexByte(src, 0) >= 0 {
		src = bytes.ReplaceAll(src, []byte{0}, []byte("\uFFFD"))
	}
	if !utf8.Valid(src) {
		src = bytes.ToValidUTF8(src, []byte("\uFFFD"))
	}
	return softenSpaces(restoreSymbols(src))
}
