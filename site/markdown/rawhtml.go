package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"

	"faultline/site/problem"
)

// elements are what raw HTML may hold: true for those that may stand inside a
// paragraph too.
var elements = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "br": true, "cite": true, "code": true, "del": true, "em": true,
	"i": true, "img": true, "ins": true, "kbd": true, "mark": true, "q": true, "s": true, "strike": true, "samp": true, "small": true,
	"span": true, "strong": true, "sub": true, "sup": true, "time": true, "u": true, "var": true, "wbr": true,

	"blockquote": false, "caption": false, "col": false, "colgroup": false, "dd": false, "details": false, "div": false,
	"dl": false, "dt": false, "figcaption": false, "figure": false, "hr": false, "li": false, "ol": false, "p": false,
	"pre": false, "summary": false, "table": false, "tbody": false, "td": false, "tfoot": false, "th": false,
	"thead": false, "tr": false, "ul": false,
}

// void are the elements without an end tag.
var void = []string{"br", "col", "hr", "img", "wbr"}

// endedBy are the elements whose end tag authors leave out, with those whose
// start ends them.
var endedBy = map[string][]string{
	"p": {"p", "div", "table", "ul", "ol", "dl", "pre", "blockquote", "details", "figure", "hr"}, "li": {"li"}, "dt": {"dt", "dd"},
	"dd": {"dt", "dd"}, "td": {"td", "th", "tr", "tbody", "tfoot"}, "th": {"td", "th", "tr", "tbody", "tfoot"},
	"tr": {"tr", "tbody", "tfoot"}, "thead": {"tbody", "tfoot"}, "tbody": {"tbody", "tfoot"},
}

// attributes are what every element may have, and what certain ones may: a value
// of nil takes any text, else the value must be accepted.
var attributes = map[string]func(string) bool{
	"title": nil, "lang": nil, "dir": oneOf("ltr", "rtl", "auto"),
	"td align": oneOf("left", "center", "right"), "th align": oneOf("left", "center", "right"),
	"td colspan": isNumber, "td rowspan": isNumber, "th colspan": isNumber, "th rowspan": isNumber,
	"th scope": oneOf("col", "row", "colgroup", "rowgroup"), "col span": isNumber, "ol start": isNumber,
	"details open": nil, "time datetime": nil, "img alt": nil, "img width": isNumber, "img height": isNumber,
}

func oneOf(values ...string) func(string) bool {
	return func(v string) bool { return slices.Contains(values, strings.ToLower(v)) }
}

func isNumber(v string) bool {
	n, err := strconv.Atoi(v)
	return err == nil && n >= 0 && n <= 10000
}

func (r *renderer) rawInline(n *ast.RawHTML) {
	raw := n.Segments.Value(r.source)
	if isBreak(raw) {
		r.out.WriteString("<br>")
		return
	}
	leaf := n.Parent()
	for leaf.Type() == ast.TypeInline {
		leaf = leaf.Parent()
	}
	r.raw(raw, rawPlace{r.lineOfInline(n), leaf, true})
}

func (r *renderer) rawBlock(n *ast.HTMLBlock) {
	raw := rawBlock(n, r.source)
	if !r.RawHTML && !isComment(raw) {
		r.refuse(rawPlace{r.lineOf(n), n, false}, raw)
		r.out.WriteString(`<pre class="raw-html" tabindex="0">` + escape(string(bytes.TrimRight(raw, "\n"))) + "</pre>\n")
		return
	}
	r.raw(raw, rawPlace{r.lineOf(n), n, false})
}

// rawPlace is where raw HTML stands: its line, the block that is told of at most
// once, and whether it is inside a paragraph.
type rawPlace struct {
	line   int
	block  ast.Node
	inline bool
}

// raw writes raw HTML: what the allow-list knows as markup, everything else as text.
func (r *renderer) raw(raw []byte, at rawPlace) {
	z := html.NewTokenizer(bytes.NewReader(raw))
	read := 0
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		written := append([]byte(nil), z.Raw()...)
		if !r.token(z, kind, at) {
			r.refuse(at, written)
			r.out.WriteString(escape(string(written)))
		}
		read += len(written)
		at.line += bytes.Count(written, []byte{'\n'})
	}
	if read < len(raw) {
		r.refuse(at, raw[read:])
		r.out.WriteString(escape(string(raw[read:])))
	}
}

// token writes one token; false means that it is not allowed.
func (r *renderer) token(z *html.Tokenizer, kind html.TokenType, at rawPlace) bool {
	switch kind {
	case html.TextToken:
		r.out.WriteString(escape(string(z.Text())))
		return true
	case html.CommentToken:
		return bytes.HasPrefix(z.Raw(), []byte("<!--"))
	case html.StartTagToken, html.SelfClosingTagToken:
		return r.RawHTML && r.startTag(z.Token(), at)
	case html.EndTagToken:
		return r.RawHTML && r.endTag(z.Token().Data)
	}
	return false
}

func (r *renderer) startTag(t html.Token, at rawPlace) bool {
	if src := attributeOf(t, "src"); t.Data == "iframe" && remote(src) && safe(src, false) {
		r.alone(at, func() { r.embedded(at.line, attributeOf(t, "title"), src) })
		r.frames++
		return true
	}
	phrasing, known := elements[t.Data]
	if !known || at.inline && !phrasing || t.Data == "a" && (r.inLink || slices.Contains(r.open, "a")) {
		return false
	}
	if src := attributeOf(t, "src"); t.Data == "img" && remote(src) && safe(src, true) {
		r.alone(at, func() { r.remoteImage(at.line, attributeOf(t, "alt"), src) })
		return true
	}
	if src := attributeOf(t, "src"); t.Data == "img" && r.lacks(src) {
		r.missingImage(attributeOf(t, "alt"), src)
		return true
	}
	written, refused := r.attributesOf(t)
	if refused != "" {
		r.refuseAttribute(at, refused)
	}
	for last := len(r.open) - 1; last >= r.floor && slices.Contains(endedBy[r.open[last]], t.Data); last-- {
		r.closeTo(last)
	}
	r.out.WriteString("<" + t.Data + written + ">")
	if !slices.Contains(void, t.Data) {
		if t.Type == html.SelfClosingTagToken || len(r.open) >= 4*maxDepth {
			r.out.WriteString("</" + t.Data + ">")
		} else {
			r.open = append(r.open, t.Data)
		}
	}
	return true
}

// alone puts what write writes into a paragraph where no element is around it.
func (r *renderer) alone(at rawPlace, write func()) {
	alone := !at.inline && len(r.open) == 0
	if alone {
		r.out.WriteString("<p>")
	}
	write()
	if alone {
		r.out.WriteString("</p>")
	}
}

// lacks reports whether the library should hold the image and does not.
func (r *renderer) lacks(src string) bool {
	_, missing := r.imageAttributes(src, false)
	return missing
}

// attributeOf returns the value of a tag's attribute, "" where it has none.
func attributeOf(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// attributesOf writes a tag's attributes; refused is the first that is left out.
func (r *renderer) attributesOf(t html.Token) (written, refused string) {
	var b strings.Builder
	sized := attributeOf(t, "width")+attributeOf(t, "height") != ""
	for i, a := range t.Attr {
		if slices.ContainsFunc(t.Attr[:i], func(b html.Attribute) bool { return b.Key == a.Key }) {
			continue // browsers read the first
		}
		if text, ok := r.attribute(t.Data, a, sized); ok {
			b.WriteString(text)
		} else if refused == "" {
			refused = a.Key
		}
	}
	return b.String(), refused
}

// attribute writes one attribute; false means that it is not allowed. sized says
// that the tag gives a width or a height.
func (r *renderer) attribute(element string, a html.Attribute, sized bool) (string, bool) {
	switch element + " " + a.Key {
	case "a href":
		return r.linkAttributes(a.Val, "")
	case "img src":
		if !safe(a.Val, true) || remote(a.Val) {
			return "", false
		}
		written, _ := r.imageAttributes(a.Val, sized)
		return written, true
	}
	accepts, known := attributes[element+" "+a.Key]
	if !known {
		accepts, known = attributes[a.Key]
	}
	if !known || accepts != nil && !accepts(a.Val) {
		return "", false
	}
	return " " + a.Key + `="` + escape(a.Val) + `"`, true
}

// endTag closes the nearest open element of the name, and what is open inside it.
func (r *renderer) endTag(name string) bool {
	if name == "iframe" && r.frames > 0 {
		r.frames--
		return true
	}
	for at := len(r.open) - 1; at >= r.floor; at-- {
		if r.open[at] == name {
			r.closeTo(at)
			return true
		}
	}
	return false
}

// closeTo writes end tags until n raw elements are open.
func (r *renderer) closeTo(n int) {
	for len(r.open) > n {
		last := len(r.open) - 1
		r.out.WriteString("</" + r.open[last] + ">")
		r.open = r.open[:last]
	}
}

// refuse tells, once for each block, of raw HTML that is shown as text.
func (r *renderer) refuse(at rawPlace, raw []byte) {
	if r.remarked == at.block {
		return
	}
	r.remarked = at.block
	hint := "write it in Markdown, or remove raw_html: false from faultline.yaml to allow harmless elements"
	if r.RawHTML {
		hint = "use only harmless elements (details, table, sub, kbd …), or write it in Markdown"
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(raw), []byte{'\n'})
	r.problems = append(r.problems, problem.Problem{
		Rule: "raw-html", Level: problem.Warning, Line: at.line,
		Text: "raw HTML " + strconv.Quote(shorten(string(first))) + " is shown as text", Hint: hint,
	})
}

// refuseAttribute tells, once for each block, of an attribute that is left out.
func (r *renderer) refuseAttribute(at rawPlace, name string) {
	if r.remarked == at.block {
		return
	}
	r.remarked = at.block
	r.problems = append(r.problems, problem.Problem{
		Rule: "raw-html-attribute", Level: problem.Note, Line: at.line,
		Text: "attribute " + strconv.Quote(shorten(name)) + " of raw HTML is left out of the page",
		Hint: "remove it, or write the text in Markdown",
	})
}

// isComment reports whether the raw HTML is one comment and nothing else.
func isComment(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	return bytes.HasPrefix(raw, []byte("<!--")) && bytes.Index(raw, []byte("-->")) == len(raw)-3
}

// isBreak reports whether the tag is a bare <br>, which GitHub's table cells need
// and which is always allowed.
func isBreak(raw []byte) bool {
	return bytes.EqualFold(bytes.Trim(raw, "</ >"), []byte("br"))
}

// stripTags returns the text of raw HTML: block elements and line ends stay apart.
func stripTags(raw []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(raw))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			b.Write(z.Text())
		} else if kind != html.CommentToken {
			if name, _ := z.TagName(); !elements[string(name)] {
				b.WriteByte(' ')
			}
		}
	}
	return strings.TrimSpace(b.String())
}
