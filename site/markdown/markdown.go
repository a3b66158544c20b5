// Package markdown reads the Markdown of a postmortem and writes its HTML. It is
// the only door to goldmark and chroma.
package markdown

import (
	"html/template"

	"faultline/site/incident"
	"faultline/site/problem"
)

// Document is a parsed text. It is immutable: its methods compute what they return
// anew and may be called from several goroutines.
type Document struct {
	source    []byte
	firstLine int
}

// Parse reads Markdown that begins on line firstLine (1-based) of its file. It
// never fails: what is wrong with the text is told by Check.
func Parse(src []byte, firstLine int) *Document {
	return &Document{source: src, firstLine: firstLine}
}

// Blocks returns the text as a tree of blocks, in document order.
func (d *Document) Blocks() []Block { return nil }

// Links returns the links and images, in document order.
func (d *Document) Links() []incident.Link { return nil }

// Check returns what is wrong with the text, without a path. rawHTML says whether
// raw HTML from the allow-list is legal.
func (d *Document) Check(rawHTML bool) problem.List { return nil }

// HTML renders the document.
func (d *Document) HTML(opt HTMLOptions) template.HTML { return "" }

// HTMLOptions say how a document is rendered. The zero value is legal.
type HTMLOptions struct {
	// Resolve turns a destination inside the library, as written, into a URL for
	// the page, and gives the size of an image in pixels (0 = not known). It is
	// not asked about absolute URLs and bare fragments. False leaves the
	// destination as written.
	Resolve func(dest string, image bool) (Resolved, bool)
	// RawHTML lets the elements of the allow-list through.
	RawHTML bool
}

// Resolved is where a destination inside the library leads to.
type Resolved struct {
	URL           string
	Width, Height int
}

// StyleSheet returns the CSS of highlighted code, light and dark.
func StyleSheet() []byte { return nil }
