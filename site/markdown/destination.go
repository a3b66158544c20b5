package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"faultline/site/incident"
)

// Links returns the links and images, in document order. rawHTML says whether those
// of raw HTML count, as they do where it is not shown as text.
func (d *Document) Links(rawHTML bool) []incident.Link {
	var links []incident.Link
	add := func(n ast.Node, dest string, image bool) {
		links = append(links, incident.Link{Destination: dest, Image: image, Line: d.lineOfInline(n)})
	}
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Link:
			add(n, plain(n.Destination), false)
		case *ast.Image:
			add(n, plain(n.Destination), true)
		case *ast.AutoLink:
			add(n, destinationOf(n, d.source), false)
		case *ast.RawHTML:
			if rawHTML {
				links = append(links, rawLinks(n.Segments.Value(d.source), d.lineOfInline(n))...)
			}
		case *ast.HTMLBlock:
			if rawHTML {
				links = append(links, rawLinks(rawBlock(n, d.source), d.lineOf(n))...)
			}
		}
		return ast.WalkContinue, nil
	})
	return links
}

// rawLinks returns the links and images of raw HTML that begins on the line.
func rawLinks(raw []byte, line int) []incident.Link {
	var links []incident.Link
	z := html.NewTokenizer(bytes.NewReader(raw))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		lines := bytes.Count(z.Raw(), []byte{'\n'})
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			t := z.Token()
			if dest := attributeOf(t, "href"); t.Data == "a" && dest != "" {
				links = append(links, incident.Link{Destination: dest, Line: line})
			}
			if dest := attributeOf(t, "src"); t.Data == "img" && dest != "" {
				links = append(links, incident.Link{Destination: dest, Image: true, Line: line})
			}
		}
		line += lines
	}
	return links
}

// lineOfInline returns the line of an inline node, or of its block when the parser
// kept no place for it.
func (d *Document) lineOfInline(n ast.Node) int {
	for ; n != nil; n = n.Parent() {
		if n.Type() != ast.TypeInline {
			return d.lineOf(n)
		}
		if n.Pos() >= 0 {
			return d.lines.at(n.Pos())
		}
	}
	return d.lines.first
}

// destinationOf returns where a bare link leads to.
func destinationOf(n *ast.AutoLink, source []byte) string {
	url := string(n.URL(source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		return "mailto:" + url
	}
	return url
}

// labelOf returns what a bare link shows: of a link to a mailbox its address alone.
func labelOf(n *ast.AutoLink, source []byte) string {
	label := string(n.Label(source))
	if scheme := len("mailto:"); len(label) > scheme && strings.EqualFold(label[:scheme], "mailto:") {
		return label[scheme:]
	}
	return label
}

// harmless are the schemes that a link may have. None of them runs anything in
// the page or reads the reader's disk.
var harmless = []string{
	"ftp", "ftps", "git", "http", "https", "irc", "ircs", "mailto", "matrix", "news", "sftp", "sip", "sips", "sms",
	"ssh", "tel", "webcal", "xmpp",
}

// picturePrefixes begin the data URLs that an image may have.
var picturePrefixes = []string{
	"data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,",
}

// safe reports whether the destination may stand in a page.
func safe(dest string, image bool) bool {
	scheme := schemeOf(dest)
	if scheme == "" || slices.Contains(harmless, scheme) {
		return true
	}
	return image && slices.ContainsFunc(picturePrefixes, func(p string) bool { return strings.HasPrefix(dest, p) })
}

// schemeOf returns the scheme of a destination in lower case, as a browser reads
// it: control characters and spaces around and inside do not hide it.
func schemeOf(dest string) string {
	dest = strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, dest)
	colon := strings.IndexAny(dest, ":/?#\\")
	if colon <= 0 || dest[colon] != ':' {
		return ""
	}
	return strings.ToLower(dest[:colon])
}

// remote reports whether the destination names another host.
func remote(dest string) bool {
	scheme := schemeOf(dest)
	return scheme != "" && scheme != "data" || strings.HasPrefix(dest, "//") || strings.HasPrefix(dest, `\\`) || strings.HasPrefix(dest, `/\`)
}

// inside reports whether the destination is one that the library can resolve.
func inside(dest string) bool {
	return dest != "" && !strings.HasPrefix(dest, "#") && schemeOf(dest) == "" && !remote(dest)
}

// escapeURL writes a destination so that it may stand in an attribute: what no
// URL may hold is percent-encoded, what is encoded already stays.
func escapeURL(dest string) string {
	var b strings.Builder
	b.Grow(len(dest))
	const hex = "0123456789ABCDEF"
	for i := range len(dest) {
		switch c := dest[i]; {
		case c <= ' ' || c == 0x7f || strings.IndexByte(`"<>\^`+"`{|}", c) >= 0:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
