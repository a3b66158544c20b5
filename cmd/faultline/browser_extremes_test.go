package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// extremes are reports of shapes that break layouts.
func extremes() map[string]string {
	word := func(letter string) string { return strings.Repeat(letter, 2000) }
	row := func(cell string) string { return strings.Repeat("| "+cell+" ", 30) + "|\n" }
	var nested, links strings.Builder
	for level := range 40 {
		nested.WriteString(strings.Repeat("  ", level) + "- level\n")
	}
	for i := range 2500 {
		fmt.Fprintf(&links, "- [one](https://example.org/%d) and [two](gone%d.md)\n", i, i)
	}
	return map[string]string{
		"table":  row("A column") + row("---") + strings.Repeat(row("two words"), 40),
		"words":  word("x") + "\n\n`" + word("y") + "`\n\n- " + word("w") + "\n\n> " + word("q") + "\n\n## " + word("h") + "\n\n1. https://example.org/" + word("u") + "\n",
		"code":   "```\n" + word("z ") + "\n```\n\n    " + word("i") + "\n",
		"cell":   "| a | b |\n|---|---|\n| " + word("c") + " | d |\n\n## Timeline\n\n| Time | What |\n|---|---|\n| 10:00 | " + word("t") + " |\n",
		"title":  "## Summary\n\n" + word("s") + "\n\n## Action items\n\n- " + word("a") + "\n",
		"nested": nested.String() + "\n" + strings.Repeat(">", 40) + " deep\n",
		"links":  links.String(),
	}
}

// outside counts the words that a reader cannot reach: beyond the screen's edge and in
// nothing that scrolls, or squeezed into a column of single letters.
const outside = `(() => {
	let n = 0;
	for (const e of document.querySelectorAll(".prose p, .prose li, .prose h2, .prose td, h1")) {
		const box = e.getBoundingClientRect();
		const scrolls = e.closest("pre, .scroll, table");
		if (!scrolls && (box.right > innerWidth + 1 || box.width > 0 && box.width < 40)) n++;
	}
	return n;
})()`

// TestBrowserExtremes opens reports of extreme shapes on phones: nothing may scroll the
// page sideways, and no text may end up where nobody can read it.
func TestBrowserExtremes(t *testing.T) {
	library := t.TempDir()
	for name, body := range extremes() {
		title := name
		if name == "title" {
			title = strings.Repeat("T", 600)
		}
		text := fmt.Sprintf("# %s\n\nDate: 2024-01-02\n\n%s", title, body)
		if err := os.WriteFile(filepath.Join(library, name+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, site := newBrowser(t), hostLibrary(t, library)
	for _, width := range []int64{320, 390} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		for name := range extremes() {
			b.do(t, chromedp.Navigate(site+"incidents/"+name+"/"))
			if over := ask(t, b, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
				t.Errorf("%q at %d px scrolls %v px sideways", name, width, over)
			}
			if n := ask(t, b, chromedp.Evaluate[int](outside)); n > 0 {
				t.Errorf("%q at %d px: %d texts cannot be read", name, width, n)
			}
		}
		b.do(t, chromedp.Navigate(site+"incidents/"))
		if over := ask(t, b, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
			t.Errorf("the list at %d px scrolls %v px sideways", width, over)
		}
	}
	b.quiet(t)
}
