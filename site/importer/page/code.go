package page

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// languageForms find the language of code in the names and attributes that highlighters
// write it into, the surest first.
var languageForms = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|\s)(?:language-|lang-|highlight-source-|highlight-text-|src-|brush:\s*)([A-Za-z][\w+#.-]*)`),
	regexp.MustCompile(`(?:^|\s)(?:sourceCode|highlight)\s+([A-Za-z][\w+#.-]*)`),
}

// notLanguages are words that stand where a language is expected.
var notLanguages = elements("plaintext text plain none highlight code chroma source sourcecode notranslate gutter")

// mendCode makes a fence with a language of each block of code.
func mendCode(root *html.Node) {
	for _, n := range all(root, named("pre")) {
		if gutter(n) {
			detach(n)
			continue
		}
		code := element("code", textNode(codeOf(n)))
		if language := languageOf(n); language != "" {
			setAttr(code, "class", "language-"+language)
		}
		above := listing(n)
		plain := element("pre", code)
		replace(above, plain)
	}
}

// gutter reports whether a block of code holds nothing but line numbers.
func gutter(pre *html.Node) bool {
	for _, line := range strings.Fields(codeOf(pre)) {
		if strings.Trim(line, "0123456789") != "" {
			return false
		}
	}
	return slices.ContainsFunc(slices.Collect(pre.Ancestors()), func(n *html.Node) bool {
		return slices.ContainsFunc(names(n), func(name string) bool { return name == "gutter" || name == "lineno" || name == "rouge-gutter" })
	}) || slices.Contains(names(pre), "lineno")
}

// listing is the table of one row with line numbers around a block of code, or the
// block itself.
func listing(pre *html.Node) *html.Node {
	above := pre
	for a := range pre.Ancestors() {
		if a.Data == "table" && isNumbered(a, pre) && len(all(a, named("tr"))) == 1 {
			above = a
		}
	}
	return above
}

// isNumbered reports whether a tree holds nothing but numbers outside of one part of it.
func isNumbered(n, part *html.Node) bool {
	for d := range n.Descendants() {
		if d.Type == html.TextNode && !isNumber(strings.TrimSpace(d.Data)) && !slices.Contains(slices.Collect(d.Ancestors()), part) {
			return false
		}
	}
	return true
}

// codeOf is the text of a block of code, its lines as they are.
func codeOf(pre *html.Node) string {
	var b strings.Builder
	for d := range pre.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data == "br", (d.Data == "div" || d.Data == "li") && b.Len() > 0 && !strings.HasSuffix(b.String()[max(0, b.Len()-1):], "\n"):
			b.WriteByte('\n')
		}
	}
	return strings.TrimRight(strings.TrimPrefix(b.String(), "\n"), "\n ")
}

// languageOf is the language that a block of code, what is in it, or what is close
// around it, is said to be in; "" where nothing says so.
func languageOf(pre *html.Node) string {
	near := []*html.Node{pre}
	if code := first(pre, named("code")); code != nil {
		near = append(near, code)
	}
	for a := range pre.Ancestors() {
		if len(near) > 6 {
			break
		}
		near = append(near, a)
	}
	for _, n := range near {
		said := attr(n, "data-syntaxhighlighter-params") + " " + attr(n, "class")
		if l := firstOf(attr(n, "data-lang"), attr(n, "data-language"), attr(n, "lang-name")); l != "" {
			said = "language-" + l
		}
		for _, form := range languageForms {
			if m := form.FindStringSubmatch(said); m != nil && !notLanguages[strings.ToLower(m[1])] {
				return strings.ToLower(m[1])
			}
		}
	}
	return ""
}
