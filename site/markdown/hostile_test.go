package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

// hostile are inputs on which a careless parser takes quadratic time, unbounded
// depth or a multiple of the memory.
func hostile(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	each := func(f func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			b.WriteString(f(i))
		}
		return b.String()
	}
	return map[string]string{
		"quotes":              fill(">"),
		"quotes in lines":     fill("> > > > a\n"),
		"lists":               fill("- "),
		"numbered lists":      fill("1. "),
		"indented lists":      each(func(i int) string { return strings.Repeat(" ", i%2000) + "- a\n" }),
		"brackets":            fill("["),
		"closing brackets":    fill("]"),
		"bracket pairs":       fill("[]"),
		"open links":          fill("[a]("),
		"nested links":        fill("[") + fill("](x)"),
		"images":              fill("![") + fill("](x)"),
		"stars":               fill("*"),
		"star words":          fill("a*"),
		"star closers":        fill("a** "),
		"mixed emphasis":      fill("*a _b **c __d "),
		"underscores":         fill("_*"),
		"tildes":              fill("~~a "),
		"backticks":           each(func(i int) string { return strings.Repeat("`", i%500+1) + " " }),
		"paragraphs of stars": fill(strings.Repeat("*a ", 700) + "\n\n"),
		"less-than":           fill("<a "),
		"comments":            fill("<!-- "),
		"instructions":        fill("<?"),
		"html blocks":         fill("<div>\n\n"),
		"ampersands":          fill("&a"),
		"backslashes":         fill(`\`),
		"mail":                fill("a@a.a"),
		"mail tries":          fill("_a*a"),
		"urls":                fill("http://a/(("),
		"wide table":          fill("a|") + "\n" + fill("-|") + "\n" + fill("b\n"),
		"escaped pipes":       "a|b\n-|-\n" + fill("`\\|`|b\n"),
		"tables":              fill("a|b\n-|-\nc|d\n\n"),
		"footnotes":           each(func(i int) string { return fmt.Sprintf("[^%d]: a\n", i) }) + fill("[^1]"),
		"one footnote":        "[^1]: a\n\n" + fill("[^1] "),
		"references":          each(func(i int) string { return fmt.Sprintf("[%d]: a\n", i) }) + fill("[1]"),
		"headings":            fill("# a\n"),
		"setext":              fill("a\n-\n"),
		"underlines":          fill("a\n") + "===",
		"attributes":          "# " + fill("{#"),
		"fences":              fill("```a\n"),
		"code":                "```go\n" + fill("\"((\\\\{[") + "\n```",
		"code lines":          "```perl\n" + fill("s{}{}((/\\\n") + "\n```",
		"shortcodes":          fill("{{< "),
		"tabs":                fill("\t>"),
		"nul":                 fill("\x00"),
		"invalid":             fill("\xff\xfe"),
	}
}

func TestHostileInputEnds(t *testing.T) {
	const deadline = 10 * time.Second
	size := 1 << 18
	if testing.Short() {
		size = 1 << 14
	}
	for name, text := range hostile(size) {
		t.Run(name, func(t *testing.T) {
			done := make(chan string, 1)
			go func() {
				d := Parse([]byte(text), 1)
				d.Blocks()
				d.Links(true)
				d.Check(true)
				done <- string(d.HTML(HTMLOptions{RawHTML: true}))
			}()
			select {
			case page := <-done:
				balanced(t, page)
			case <-time.After(deadline):
				t.Fatalf("not done after %v", deadline)
			}
		})
	}
}

func TestVeryLongTextIsPlain(t *testing.T) {
	text := bytes.Repeat([]byte("# Heading\n\nSome *words*.\n\n"), 1<<19)
	d := Parse(text, 7)
	if got := d.Blocks(); len(got) != 1 || got[0].Kind != Code || got[0].Line != 7 || len(got[0].Text) != len(text) {
		t.Errorf("%d blocks, want one of code with all the text", len(got))
	}
	if got := d.Check(false); len(got) != 1 || got[0].Rule != "text-too-long" || got[0].Line != 7 {
		t.Errorf("problems %v", got)
	}
	if page := d.HTML(HTMLOptions{}); len(page) < len(text) {
		t.Errorf("HTML has %d bytes, the text %d", len(page), len(text))
	}
}
