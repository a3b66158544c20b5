package page

import (
	"encoding/base64"
	"fmt"
	"mime"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// tidier turns a part of a page into the elements that Markdown has.
type tidier struct {
	base   *url.URL // nil or empty where the page does not say where it was published
	folder string   // for the images whose bytes are in the page
	files  *[]File  // those of the page so far
}

// markdown makes Markdown of a part of a page. The part is changed.
func (t *tidier) markdown(part *html.Node) string {
	root := element("div")
	if part.Type == html.ElementNode && !boxes[part.Data] && part.Data != "div" && part.Data != "section" {
		root.AppendChild(detach(part))
	} else {
		move(part, root)
	}
	styles(root)
	mendHeadings(root)
	mendCode(root)
	mendNotes(root)
	mendLists(root)
	t.mendLinks(root)
	t.mendImages(root)
	for _, n := range all(root, named("details summary figcaption")) {
		if n.Data == "summary" {
			replace(n, element("p", wrapped(n, "strong")))
		}
	}
	mendTables(root)
	return convert(root)
}

// wrapped moves what is in an element into a new one.
func wrapped(n *html.Node, name string) *html.Node {
	w := element(name)
	move(n, w)
	return w
}

// Word processors write bold and italic as styles. Their rules are of one class each.
var (
	boldForm   = regexp.MustCompile(`(?i)font-weight\s*:\s*(?:bold|[6-9]00)`)
	italicForm = regexp.MustCompile(`(?i)font-style\s*:\s*italic`)
	struckForm = regexp.MustCompile(`(?i)text-decoration[\w-]*\s*:\s*[^;]*line-through`)
)

// styles makes elements of what spans say by their style.
func styles(root *html.Node) {
	for _, n := range all(root, named("span font")) {
		style := attr(n, "style")
		for _, form := range []struct {
			matches *regexp.Regexp
			name    string
		}{{boldForm, "strong"}, {italicForm, "em"}, {struckForm, "del"}} {
			if form.matches.MatchString(style) && !isBlank(n) && !insideHeading(n) {
				n.AppendChild(wrapped(n, form.name))
			}
		}
	}
}

func insideHeading(n *html.Node) bool {
	for a := range n.Ancestors() {
		if isHeading(a) {
			return true
		}
	}
	return false
}

// ruleForm matches a rule of one class in a style sheet.
var ruleForm = regexp.MustCompile(`\.([\w-]+)\s*\{([^{}]*)\}`)

// inlineStyles gives spans the styles that the page's own style sheet has for their
// classes.
func inlineStyles(doc *html.Node) {
	rules := map[string]string{}
	for _, sheet := range all(doc, named("style")) {
		for _, m := range ruleForm.FindAllStringSubmatch(textOf(sheet), 10_000) {
			if boldForm.MatchString(m[2]) || italicForm.MatchString(m[2]) || struckForm.MatchString(m[2]) {
				rules[m[1]] += ";" + m[2]
			}
		}
	}
	if len(rules) == 0 {
		return
	}
	for _, n := range all(doc, named("span")) {
		for _, class := range strings.Fields(attr(n, "class")) {
			if rule := rules[class]; rule != "" {
				setAttr(n, "style", attr(n, "style")+rule)
			}
		}
	}
}

// mendHeadings leaves the first level to the title, and takes out of headings what only
// a browser uses.
func mendHeadings(root *html.Node) {
	shift := 0
	if first(root, named("h1")) != nil {
		shift = 1
	}
	for _, n := range all(root, isHeading) {
		remove(n, func(a *html.Node) bool {
			return a.Data == "a" && strings.Trim(textOf(a), "#¶§🔗 ") == "" && first(a, named("img")) == nil
		})
		if isBlank(n) && first(n, named("img")) == nil {
			detach(n)
			continue
		}
		rename(n, "h"+strconv.Itoa(min(headingLevel(n)+shift, 6)))
	}
}

// schemes are those of links that are kept.
var schemes = elements("http https mailto")

// mendLinks resolves links against where the page was published. A link within the page
// is none in Markdown, where headings have names of their own.
func (t *tidier) mendLinks(root *html.Node) {
	for _, n := range all(root, named("iframe video audio embed")) {
		if src := t.absolute(attr(n, "src")); src != "" && strings.Contains(src, "://") {
			a := element("a", textNode(src))
			setAttr(a, "href", src)
			replace(n, element("p", a))
		}
	}
	for _, n := range all(root, named("a")) {
		href := t.absolute(attr(n, "href"))
		if href == "" || isBlank(n) && first(n, named("img")) == nil {
			unwrap(n)
			continue
		}
		n.Attr = []html.Attribute{{Key: "href", Val: href}}
	}
}

// absolute resolves a link, "" where nothing is to be linked to.
func (t *tidier) absolute(link string) string {
	u, err := url.Parse(strings.TrimSpace(link))
	if err != nil || link == "" || strings.HasPrefix(link, "#") {
		return ""
	}
	if u.Path == "/url" && strings.HasSuffix(u.Host, "google.com") && u.Query().Get("q") != "" {
		return t.absolute(u.Query().Get("q"))
	}
	if t.base != nil && t.base.Host != "" {
		if u.Fragment != "" && u.Host == t.base.Host && u.Path == t.base.Path {
			return ""
		}
		u = t.base.ResolveReference(u)
	} else if isAttachment(u) {
		t.add(File{Path: markdownURL(u)})
	}
	if u.Scheme != "" && !schemes[u.Scheme] {
		return ""
	}
	return markdownURL(u)
}

// isAttachment reports whether a link leads to a file beside the page that is no page.
func isAttachment(u *url.URL) bool {
	ending := strings.ToLower(path.Ext(u.Path))
	return u.Scheme == "" && u.Host == "" && u.RawQuery == "" && u.Fragment == "" && !strings.HasPrefix(u.Path, "/") &&
		len(ending) > 1 && !pages[ending]
}

// pages are the endings of links that lead to other pages.
var pages = elements(".html .htm .php .asp .aspx .jsp .md .xhtml")

var parentheses = strings.NewReplacer("(", "%28", ")", "%29", " ", "%20", "<", "%3C", ">", "%3E")

func markdownURL(u *url.URL) string { return parentheses.Replace(u.String()) }

// mendImages keeps images that show something.
func (t *tidier) mendImages(root *html.Node) {
	for _, n := range all(root, named("img")) {
		alt := oneLine(attr(n, "alt"))
		if strings.Contains(attr(n, "class"), "emoji") && alt != "" {
			replace(n, textNode(alt))
			continue
		}
		src := t.image(n)
		if src == "" {
			if alt != "" {
				replace(n, textNode(alt))
			} else {
				detach(n)
			}
			continue
		}
		n.Attr = []html.Attribute{{Key: "src", Val: src}, {Key: "alt", Val: alt}}
	}
}

// lazy are the attributes in which pages keep the address of an image that is loaded
// when it comes into view.
var lazy = strings.Fields("data-src data-original data-lazy-src data-image-src data-canonical-src")

// image is the address that an image has in Markdown; "" where it shows nothing.
func (t *tidier) image(n *html.Node) string {
	if attr(n, "width") == "1" || attr(n, "height") == "1" {
		return ""
	}
	src := strings.TrimSpace(attr(n, "src"))
	if src == "" || strings.HasPrefix(src, "data:") {
		for _, key := range lazy {
			if other := strings.TrimSpace(attr(n, key)); other != "" && !strings.HasPrefix(other, "data:") {
				src = other
			}
		}
	}
	if data, ok := strings.CutPrefix(src, "data:"); ok {
		return t.inlineImage(data)
	}
	return t.linkedImage(src)
}

// savedFolder matches the folder in which a browser saves what a page shows.
var savedFolder = regexp.MustCompile(`^(?:\./)?[^/:?#]+_(?:files|Dateien|fichiers|archivos)/`)

// linkedImage is an image on the web, or one beside the page.
func (t *tidier) linkedImage(src string) string {
	u, err := url.Parse(src)
	if err != nil || src == "" {
		return ""
	}
	published := t.base != nil && t.base.Host != "" && !savedFolder.MatchString(src)
	if u.Scheme != "" || u.Host != "" || published {
		return t.absolute(src)
	}
	u.RawQuery, u.Fragment = "", ""
	if u.Path == "" || strings.HasPrefix(u.Path, "/") {
		return markdownURL(u)
	}
	link := strings.TrimPrefix(markdownURL(u), "./")
	t.add(File{Path: link})
	return link
}

// maxInline is the size of the largest image that is taken out of a page.
const maxInline = 8 << 20

// inlineImage makes a file of an image whose bytes are in the page.
func (t *tidier) inlineImage(data string) string {
	head, body, ok := strings.Cut(data, ",")
	kind, encoded := strings.CutSuffix(head, ";base64")
	endings, err := mime.ExtensionsByType(strings.TrimSpace(kind))
	if !ok || err != nil || !strings.HasPrefix(kind, "image/") || len(body) > maxInline {
		return ""
	}
	decoded, err := bytesOf(body, encoded)
	if err != nil || len(decoded) < 128 { // smaller ones are spacers
		return ""
	}
	ending := ".img"
	if len(endings) > 0 {
		ending = imageEnding(kind, endings)
	}
	name := path.Join(t.folder, fmt.Sprintf("image-%d%s", len(*t.files)+1, ending))
	t.add(File{Path: name, Data: decoded})
	return name
}

// imageEnding is the usual ending for a kind of image, whatever else the machine knows.
func imageEnding(kind string, known []string) string {
	if usual := map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg", "image/gif": ".gif", "image/webp": ".webp"}[kind]; usual != "" {
		return usual
	}
	return known[0]
}

func bytesOf(body string, encoded bool) ([]byte, error) {
	plain, err := url.PathUnescape(body)
	if err != nil || !encoded {
		return []byte(plain), err
	}
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(plain), ""))
}

// add notes a file once.
func (t *tidier) add(f File) {
	for _, other := range *t.files {
		if other.Path == f.Path {
			return
		}
	}
	if f.Data != nil || path.Clean(f.Path) != "." {
		*t.files = append(*t.files, f)
	}
}
