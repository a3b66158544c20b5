// Package page makes Markdown of web pages: saved blog posts, exports of wikis and of
// word processors, rendered repositories. It is the only door to html-to-markdown.
//
// A page is read in four steps, each a file:
//
//	meta.go     what the page says of itself: title, URL, publisher, day, author
//	article.go  which part of it is the report, and which are replies to it
//	tidy.go     that part in the elements that Markdown has (table.go, code.go, list.go: the hard ones)
//	convert.go  Markdown of it
//
// The part that is the report is found by its landmarks (article, main, the names
// that wikis and blogs give it), else by where the text is. It is never less than
// half of what can be read on the page, navigation and replies aside: where the
// landmarks would lose more, the whole page is taken, and a note says so. Navigation,
// footers, forms, scripts and boxes that lead elsewhere are left out. Replies follow
// the report below a heading of their own.
//
// No page takes more than a few seconds, and none is a panic.
package page

import (
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/net/html"

	"faultline/site/problem"
)

// MaxBytes is the size of the largest page that is read.
const MaxBytes = 32 << 20

// Page is the report of a web page. What the page does not say is "".
type Page struct {
	Title     string
	Author    string
	Publisher string
	URL       string // where it was published
	Published string // the day, "2006-01-02"
	Body      string // Markdown, the title left out
	Replies   string // Markdown of the comments below it
	Files     []File // images that lie in the page or beside it, in order
}

// File is an image of a page.
type File struct {
	Path string // as the Markdown links to it
	Data []byte // nil for one that lies beside the page
}

// Parse reads the page in src, which must be UTF-8. Images whose bytes are in the page
// become files in folder, a path below the Markdown's own. Problems have no path. It is
// false when there is nothing to read; then a problem says so.
func Parse(src, folder string) (Page, problem.List, bool) {
	if len(src) > MaxBytes {
		return Page{}, problem.List{{Rule: "file-too-large", Text: fmt.Sprintf("page of %d MiB is larger than the %d MiB that are read", len(src)>>20, MaxBytes>>20),
			Hint: "save it without its images"}}, false
	}
	doc, problems := parse(src)
	p := metaOf(doc, src)
	title, sure := titleOf(doc, p)
	p.Title = title
	inlineStyles(doc)
	content := articleOf(doc)
	if content.whole {
		problems = append(problems, problem.Problem{Rule: "whole-page", Level: problem.Note,
			Text: "the report could not be told from what surrounds it; the whole page was taken", Hint: "remove from the imported file what is not the report"})
	}
	base, _ := url.Parse(p.URL)
	t := tidier{base: base, folder: folder, files: &p.Files}
	p.takeTitle(content.report, sure)
	p.Body = t.markdown(content.report)
	for _, reply := range content.replies {
		p.Replies = strings.TrimSpace(p.Replies + "\n\n" + t.markdown(reply))
	}
	if p.Body == "" {
		return p, append(problems, problem.Problem{Rule: "empty-page", Text: "page holds no text",
			Hint: "its text may be made by a script: open it in a browser and save it from there"}), false
	}
	return p, problems, true
}

// Fragment makes Markdown of a piece of HTML, such as an entry of a feed. Relative links
// are resolved against base where it is a URL.
func Fragment(src, base string) string {
	doc, _ := parse(src)
	inlineStyles(doc)
	remove(doc, unseen)
	u, _ := url.Parse(base)
	return (&tidier{base: u, files: new([]File)}).markdown(doc)
}

// parse reads HTML of any kind. What nests too deep for the parser is read as its text.
func parse(src string) (*html.Node, problem.List) {
	doc, err := html.ParseWithOptions(strings.NewReader(src), html.ParseOptionEnableScripting(false))
	if err == nil {
		return doc, nil
	}
	doc, err = html.Parse(strings.NewReader(flat(src)))
	if err != nil {
		doc = &html.Node{Type: html.DocumentNode}
	}
	return doc, problem.List{{Rule: "deep-page", Level: problem.Warning, Text: "page nests deeper than 512 elements; only its text was read",
		Hint: "look at lists and tables; save the page from another browser if they are wrong"}}
}

// kept are the elements that a page keeps when it is made flat.
var kept = elements("title p h1 h2 h3 h4 h5 h6 br meta link")

// paragraphs are the elements of which flat makes paragraphs.
var paragraphs = elements("li tr div section blockquote td th dt dd pre")

// flat is a page without the elements that nest.
func flat(src string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(src))
	for skip := ""; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String()
		}
		t := z.Token()
		name, opens := t.Data, kind == html.StartTagToken || kind == html.SelfClosingTagToken
		switch {
		case kind == html.TextToken && skip == "":
			b.WriteString(html.EscapeString(t.Data))
		case kind == html.EndTagToken && name == skip:
			skip = ""
		case kind == html.StartTagToken && (name == "script" || name == "style"):
			skip = name
		case kept[name] && (opens || kind == html.EndTagToken):
			b.WriteString(t.String())
		case opens && paragraphs[name]:
			b.WriteString("<p>")
		}
	}
}
