package markdown

import (
	"cmp"
	"html/template"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"faultline/site/problem"
)

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.text(n)
	case *ast.CodeSpan:
		r.element("code", "", n)
	case *ast.Emphasis:
		name := "em"
		if n.Level == 2 {
			name = "strong"
		}
		r.element(name, "", n)
	case *east.Strikethrough:
		r.element("del", "", n)
	case *ast.Link:
		r.link(n, plain(n.Destination), string(n.Title))
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.rawInline(n)
	case *east.TaskCheckBox:
		r.box(n.IsChecked)
	case *east.FootnoteLink:
		r.footnoteLink(n)
	case *east.FootnoteBacklink:
		r.footnoteBack(n)
	}
}

func (r *renderer) text(n *ast.Text) {
	value := n.Segment.Value(r.source)
	switch {
	case n.Parent().Kind() == ast.KindCodeSpan:
		r.codeText(value)
		return
	case n.IsRaw():
		r.out.WriteString(escape(string(value)))
	default:
		r.out.WriteString(r.fitted(plain(value)))
	}
	if n.HardLineBreak() {
		r.out.WriteString("<br>")
	}
	if n.HardLineBreak() || n.SoftLineBreak() {
		r.out.WriteByte('\n')
	}
}

var (
	// isoDate is a date that a browser would break at its hyphens.
	isoDate = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)
	// oneWord is a date, a region, a number of a report or a length of time, none of
	// them as wide as a phone.
	oneWord = regexp.MustCompile(`\b(?:\pL{1,9}-)?\d{4}-\d{2}-\d{2}\b|\b\pL{1,9}-\d{1,4}-\d{1,5}\b|\b(?:\pL{1,9}-){1,2}\d{1,4}\b|\b\d{1,4}-\pL{1,12}\b`)
	// unwieldy is a date, or else a hash or an address that is too wide for a cell.
	unwieldy = regexp.MustCompile(isoDate.String() + `|[!-~]{24,}`)
)

// Whole returns text as HTML for places as large as headings: no line breaks inside a
// date, nor at the hyphen of "us-east-1" and "36-minute".
func Whole(text string) template.HTML { return template.HTML(spanned(text, oneWord)) }

// spanned escapes text and marks what the form matches: to break anywhere what is too
// wide for a cell, all else to stay whole.
func spanned(text string, form *regexp.Regexp) string {
	var b strings.Builder
	read := 0
	for _, at := range form.FindAllStringIndex(text, -1) {
		class := "whole"
		if form == unwieldy && at[1]-at[0] > len("2006-01-02") {
			class = "breaks"
		}
		b.WriteString(escape(text[read:at[0]]) + `<span class="` + class + `">` + escape(text[at[0]:at[1]]) + `</span>`)
		read = at[1]
	}
	b.WriteString(escape(text[read:]))
	return b.String()
}

// codeText writes a piece of a code span, whose line ends are spaces.
func (r *renderer) codeText(value []byte) {
	for i := range value {
		if value[i] == '\n' {
			value = slices.Concat(value[:i], []byte{' '}, value[i+1:])
			break
		}
	}
	r.out.WriteString(r.fitted(string(value)))
}

// fitted escapes text and, where the place is narrow, lets it break well.
func (r *renderer) fitted(text string) string {
	if r.narrow {
		return spanned(text, unwieldy)
	}
	return escape(text)
}

func (r *renderer) box(checked bool) {
	r.out.WriteString(`<input type="checkbox" disabled`)
	if checked {
		r.out.WriteString(" checked")
	}
	r.out.WriteString("> ")
}

func (r *renderer) footnoteLink(n *east.FootnoteLink) {
	index := strconv.Itoa(n.Index)
	r.out.WriteString(`<sup class="footnote-ref"><a href="#fn:` + index + `" id="` + footnoteMark(n.Index, n.RefIndex) + `">` + index + `</a></sup>`)
}

func (r *renderer) footnoteBack(n *east.FootnoteBacklink) {
	r.out.WriteString(` <a class="footnote-back" href="#` + footnoteMark(n.Index, n.RefIndex) + `" aria-label="Back to the text">↩</a>`)
}

// footnoteMark is the id of a footnote's mark in the text.
func footnoteMark(index, use int) string {
	id := "fnref:" + strconv.Itoa(index)
	if use > 0 {
		id += ":" + strconv.Itoa(use+1)
	}
	return id
}

// link writes a link around the children of n. A link inside a link, which HTML
// does not know, is only its text.
func (r *renderer) link(n ast.Node, dest, title string) {
	if r.inLink {
		r.within(n)
		return
	}
	attributes, ok := r.linkAttributes(dest, title)
	if !ok {
		r.unsafe(n, dest)
		r.element("span", ` class="unsafe-link"`, n)
		return
	}
	r.inLink = true
	r.element("a", attributes, n)
	r.inLink = false
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	label, dest := r.fitted(labelOf(n, r.source)), destinationOf(n, r.source)
	attributes, ok := r.linkAttributes(dest, "")
	switch {
	case r.inLink:
		r.out.WriteString(label)
	case !ok:
		r.unsafe(n, dest)
		r.out.WriteString(`<span class="unsafe-link">` + label + `</span>`)
	default:
		r.out.WriteString("<a" + attributes + ">" + label + "</a>")
	}
}

// linkAttributes returns the attributes of a link; false means that the
// destination is not safe.
func (r *renderer) linkAttributes(dest, title string) (string, bool) {
	if !safe(dest, false) {
		return "", false
	}
	url := dest
	if to, ok := r.resolve(dest, false); ok {
		url = to.URL
	}
	attributes := ` href="` + escape(escapeURL(url)) + `"`
	if title != "" {
		attributes += ` title="` + escape(plain([]byte(title))) + `"`
	}
	if remote(url) {
		attributes += ` rel="noopener noreferrer"`
	}
	return attributes, true
}

func (r *renderer) resolve(dest string, image bool) (Resolved, bool) {
	if r.Resolve == nil || !inside(dest) {
		return Resolved{}, false
	}
	return r.Resolve(dest, image)
}

func (r *renderer) unsafe(n ast.Node, dest string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: "unsafe-link", Level: problem.Warning, Line: r.lineOfInline(n),
		Text: "destination " + strconv.Quote(shorten(dest)) + " is not safe and is left out of the page",
		Hint: "link to an http, https or mailto address or to a file of the library",
	})
}

// shorten cuts a word of the author's that is quoted in a problem.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	for i := range s {
		if i > most {
			return s[:i] + "…"
		}
	}
	return s
}

func (r *renderer) image(n *ast.Image) {
	alt, dest := words(n, r.source), plain(n.Destination)
	if !safe(dest, true) {
		r.unsafe(n, dest)
		r.out.WriteString(`<span class="unsafe-link">` + escape(alt) + `</span>`)
		return
	}
	if remote(dest) {
		r.remoteImage(r.lineOfInline(n), alt, dest)
		return
	}
	attributes, missing := r.imageAttributes(dest, false)
	if missing {
		r.missingImage(alt, dest)
		return
	}
	r.out.WriteString("<img" + attributes)
	r.out.WriteString(` alt="` + escape(alt) + `"`)
	if len(n.Title) > 0 {
		r.out.WriteString(` title="` + escape(plain(n.Title)) + `"`)
	}
	r.out.WriteString(">")
}

// missingImage stands where the library should hold an image and does not.
func (r *renderer) missingImage(alt, dest string) {
	r.out.WriteString(`<span class="missing-image">` + escape(cmp.Or(alt, path.Base(dest))) + ` (image is missing)</span>`)
}

// imageAttributes returns where an image is and, unless its author has sized it, how
// large. It is missing when the library should hold it and does not.
func (r *renderer) imageAttributes(dest string, sized bool) (attributes string, missing bool) {
	url, size := dest, ""
	to, found := r.resolve(dest, true)
	if found {
		url = to.URL
		if to.Width > 0 && to.Height > 0 && !sized {
			size = ` width="` + strconv.Itoa(to.Width) + `" height="` + strconv.Itoa(to.Height) + `"`
		}
	}
	return ` src="` + escape(escapeURL(url)) + `"` + size + ` loading="lazy" decoding="async"`, !found && r.Resolve != nil && inside(dest)
}

// remoteImage links to an image that the page must not load.
func (r *renderer) remoteImage(line int, alt, dest string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: "remote-image", Level: problem.Note, Line: line,
		Text: "image " + strconv.Quote(shorten(dest)) + " is on another site and is shown as a link",
		Hint: "save the image beside the report and refer to the file",
	})
	r.elsewhere("remote-image", cmp.Or(alt, "image"), dest)
}

// embedded links to a page that would be shown inside the page, which must not load it.
func (r *renderer) embedded(line int, title, dest string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: "embedded-page", Level: problem.Note, Line: line,
		Text: "the page " + strconv.Quote(shorten(dest)) + " inside this one is shown as a link",
		Hint: "save a picture of it beside the report, or write a link",
	})
	r.elsewhere("embedded-page", cmp.Or(title, dest), dest)
}

// elsewhere links to what the page must not load itself.
func (r *renderer) elsewhere(class, text, dest string) {
	if r.inLink {
		r.out.WriteString(`<span class="` + class + `">` + escape(text) + `</span>`)
		return
	}
	attributes, _ := r.linkAttributes(dest, "")
	r.out.WriteString(`<a class="` + class + `"` + attributes + `>` + escape(text) + `</a>`)
}
