package page

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/JohannesKaufmann/html-to-markdown/v2/converter"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/base"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/commonmark"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/strikethrough"
	"github.com/JohannesKaufmann/html-to-markdown/v2/plugin/table"
	"golang.org/x/net/html"
)

// rawElement is an element whose attribute of the same name is Markdown already.
const rawElement = "faultline-raw"

func raw(markdown string) *html.Node {
	n := element(rawElement)
	setAttr(n, rawElement, markdown)
	return n
}

// convert makes Markdown of a tidy tree.
func convert(root *html.Node) string {
	if escapes, length := escapesIn(root); escapes*length > maxEscaping {
		escapeAll(root)
	}
	c := converter.NewConverter(converter.WithPlugins(
		base.NewBasePlugin(),
		commonmark.NewCommonmarkPlugin(commonmark.WithHeadingStyle(commonmark.HeadingStyleATX), commonmark.WithBulletListMarker("-"),
			commonmark.WithListEndComment(false)),
		strikethrough.NewStrikethroughPlugin(),
		table.NewTablePlugin(table.WithCellPaddingBehavior(table.CellPaddingBehaviorMinimal), table.WithNewlineBehavior(table.NewlineBehaviorPreserve)),
	))
	c.Register.RendererFor(rawElement, converter.TagTypeInline, func(_ converter.Context, w converter.Writer, n *html.Node) converter.RenderStatus {
		_, _ = w.WriteString(attr(n, rawElement))
		return converter.RenderSuccess
	}, converter.PriorityEarly)
	out, err := c.ConvertNode(root)
	if err != nil { // there is no input that it refuses; the words must not be lost if there were
		return textOf(root)
	}
	return clean(string(out))
}

// maxEscaping is how many bytes the converter may look at to find out which characters
// need a backslash. Each of them makes it look at all that follow.
const maxEscaping = 1 << 32

// special are the characters that can mean something in Markdown.
const special = "\\`*_[]<>#|~"

func escapesIn(root *html.Node) (escapes, length int) {
	for d := range root.Descendants() {
		if d.Type == html.TextNode {
			length += len(d.Data)
			for i := range len(d.Data) {
				if strings.IndexByte(special+"-+.!=>", d.Data[i]) >= 0 {
					escapes++
				}
			}
		}
	}
	return escapes, length
}

// spaceForm matches what a browser shows as one space.
var spaceForm = regexp.MustCompile(`[ \t\n\r\f]+`)

// escapeAll puts a backslash before all characters that could mean something, whether
// they do or not.
func escapeAll(root *html.Node) {
	for _, n := range slices.Collect(root.Descendants()) {
		if n.Type != html.TextNode || isSpace(n.Data) || inside(n, "pre") || inside(n, "code") {
			continue
		}
		var b strings.Builder
		for _, r := range spaceForm.ReplaceAllString(n.Data, " ") {
			if strings.ContainsRune(special, r) {
				b.WriteByte('\\')
			}
			b.WriteRune(r)
		}
		replace(n, raw(b.String()))
	}
}

// entryForm matches a line that begins an entry of a list.
var entryForm = regexp.MustCompile(`^\s*(?:[-*+]|\d+[.)]) `)

// clean takes away what the eye does not see: spaces at line ends that break no line,
// letters without width, and the blank line before a list in an entry.
func clean(markdown string) string {
	var kept []string
	lines := strings.Split(strings.Map(visible, markdown), "\n")
	for i, line := range lines {
		plain := strings.TrimRight(line, " \t")
		next := lines[min(i+1, len(lines)-1)]
		if plain == "" && i > 0 && entryForm.MatchString(lines[i-1]) && entryForm.MatchString(next) && indent(next) > indent(lines[i-1]) {
			continue
		}
		if strings.HasPrefix(plain, "|") {
			plain = breakForm.ReplaceAllString(plain, "<br>")
		} else if len(line)-len(plain) >= 2 && plain != "" && !isSpace(next) {
			plain += "  "
		}
		kept = append(kept, plain)
	}
	return strings.TrimSpace(strings.Join(kept, "\n"))
}

// breakForm matches a line end within a cell.
var breakForm = regexp.MustCompile(` *<br />`)

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

func visible(r rune) rune {
	switch {
	case r == '\u00a0' || r == '\u202f':
		return ' '
	case r == '\u200b' || r == '\ufeff' || r == '\u00ad' || r == '\u2060' || unicode.IsControl(r) && r != '\n' && r != '\t':
		return -1
	}
	return r
}
