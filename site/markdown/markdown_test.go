package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"faultline/site/incident"
	"faultline/site/problem"
)

var update = flag.Bool("update", false, "write what is got into the cases")

// TestCases reads the texts of testdata. The sections of a case are blocks, html, raw
// (HTML with raw HTML allowed) and problems (with raw HTML not allowed), refused (with raw HTML allowed); a case
// that lacks one does not test it.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { testCase(t, path) })
	}
}

func testCase(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	d := Parse(archive.Files[0].Data, 1)
	for i, f := range archive.Files[1:] {
		got := map[string]func() string{
			"blocks":   func() string { return tellBlocks(d.Blocks(), "") },
			"html":     func() string { return page(t, d, HTMLOptions{}) },
			"raw":      func() string { return page(t, d, HTMLOptions{RawHTML: true}) },
			"problems": func() string { return tellProblems(d.Check(false)) },
			"refused":  func() string { return tellProblems(d.Check(true)) },
		}[f.Name]()
		if *update {
			archive.Files[i+1].Data = []byte(got)
		} else if got != string(f.Data) {
			t.Errorf("%s:\n%s\nwant\n%s", f.Name, got, f.Data)
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func page(t *testing.T, d *Document, opt HTMLOptions) string {
	t.Helper()
	html := string(d.HTML(opt))
	balanced(t, html)
	return html
}

func tellProblems(problems problem.List) string {
	problems.Sort()
	var b strings.Builder
	for _, p := range problems {
		fmt.Fprintf(&b, "%d: %s: %s\n", p.Line, p.Rule, p.Text)
	}
	return b.String()
}

var kindNames = map[Kind]string{
	Heading: "heading", Paragraph: "paragraph", List: "list", Entry: "entry", Quote: "quote", Code: "code",
	Table: "table", Row: "row", Cell: "cell", HTML: "html", Footnote: "footnote",
}

func tellBlocks(blocks []Block, indent string) string {
	var b strings.Builder
	for _, x := range blocks {
		fmt.Fprintf(&b, "%s%d %s", indent, x.Line, kindNames[x.Kind])
		switch {
		case x.Kind == Heading:
			fmt.Fprintf(&b, " %d #%s", x.Level, x.Anchor)
		case x.Language != "":
			b.WriteString(" " + x.Language)
		case x.Ordered:
			b.WriteString(" ordered")
		case x.Check != NoBox:
			b.WriteString([]string{"", " [ ]", " [x]"}[x.Check])
		}
		if len(x.Children) == 0 && x.Kind != Entry {
			fmt.Fprintf(&b, " %q", x.Text)
		}
		b.WriteString("\n" + tellBlocks(x.Children, indent+"  "))
	}
	return b.String()
}

func TestSpansHaveStyleLinkAndLine(t *testing.T) {
	d := Parse([]byte("\n\nplain **bold** ~~[gone](a.md) x~~\n`code` ![alt](i.png)\n"), 10)
	want := []Span{
		{Text: "plain ", Line: 12}, {Text: "bold", Style: Strong, Line: 12}, {Text: " ", Line: 12},
		{Text: "gone", Style: Struck, Link: "a.md", Line: 12}, {Text: " x", Style: Struck, Line: 12}, {Text: "\n", Line: 12},
		{Text: "code", Style: Verbatim, Line: 13}, {Text: " ", Line: 13}, {Text: "alt", Style: Image, Link: "i.png", Line: 13},
	}
	if got := d.Blocks()[0].Spans; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	links := []incident.Link{{Destination: "a.md", Line: 12}, {Destination: "i.png", Image: true, Line: 13}}
	if got := d.Links(true); !reflect.DeepEqual(got, links) {
		t.Errorf("links %+v", got)
	}
}

func TestLinksOfRawHTML(t *testing.T) {
	d := Parse([]byte("See <A HREF='b.md?x&amp;y'>b</A>, <img src=i.png>, `<a href=code.md>`.\n\n"+
		"<div>\n<a name=here></a> <a href=\"c.md\">c</a>\n<!-- <img src=gone.png> -->\n<img\nsrc=\"j.png\"/>\n</div>\n"), 10)
	want := []incident.Link{{Destination: "b.md?x&y", Line: 10}, {Destination: "i.png", Image: true, Line: 10},
		{Destination: "c.md", Line: 13}, {Destination: "j.png", Image: true, Line: 15}}
	if got := d.Links(true); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if got := d.Links(false); len(got) > 0 {
		t.Errorf("raw HTML that is shown as text links to %+v", got)
	}
}

func TestResolveRawHTML(t *testing.T) {
	opt := HTMLOptions{RawHTML: true, Resolve: func(dest string, image bool) (Resolved, bool) {
		return Resolved{URL: "../" + dest, Width: 3, Height: 4}, dest != "lost.png"
	}}
	got := string(Parse([]byte(`A <a href="a.md">a</a> <img src="i.png"> <img src="i.png" width="2"> <img src="lost.png" alt="load">`), 1).HTML(opt))
	want := `<p>A <a href="../a.md">a</a> <img src="../i.png" width="3" height="4" loading="lazy" decoding="async"> ` +
		`<img src="../i.png" loading="lazy" decoding="async" width="2"> ` +
		`<span class="missing-image">load (image is missing)</span></p>` + "\n"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestResolve(t *testing.T) {
	asked := []string{}
	opt := HTMLOptions{Resolve: func(dest string, image bool) (Resolved, bool) {
		asked = append(asked, dest)
		return Resolved{URL: "../b/?x=1&y", Width: 3, Height: 4}, dest != "lost.md"
	}}
	got := string(Parse([]byte("[a](a.md) [l](lost.md) ![i](i.png) [f](#f) [h](http://h/) [p](//p/) ![d](data:image/png;base64,AA==)"), 1).HTML(opt))
	want := `<p><a href="../b/?x=1&amp;y">a</a> <a href="lost.md">l</a> ` +
		`<img src="../b/?x=1&amp;y" width="3" height="4" loading="lazy" decoding="async" alt="i"> <a href="#f">f</a> ` +
		`<a href="http://h/" rel="noopener noreferrer">h</a> <a href="//p/" rel="noopener noreferrer">p</a> ` +
		`<img src="data:image/png;base64,AA==" loading="lazy" decoding="async" alt="d"></p>` + "\n"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if !reflect.DeepEqual(asked, []string{"a.md", "lost.md", "i.png"}) {
		t.Errorf("asked for %q", asked)
	}
}

func TestUnsafeDestinations(t *testing.T) {
	for _, dest := range []string{
		"javascript:x", "JAVASCRIPT:x", " javascript:x", "java\tscript:x", "java\nscript:x", "\x01javascript:x", "vbscript:x", "data:text/html,x",
		"file:///etc/passwd", "blob:x", "jAvAsCrIpT&colon;x",
	} {
		if safe(plain([]byte(dest)), false) {
			t.Errorf("%q is taken to be safe", dest)
		}
	}
	for _, dest := range []string{"", "a.md", "a/b:c.md", "?x=javascript:1", "#a:b", "https://x.y", "MAILTO:x@y", "//x.y", "../x"} {
		if !safe(dest, false) {
			t.Errorf("%q is taken to be unsafe", dest)
		}
	}
}

func TestTitleAndLevels(t *testing.T) {
	d := Parse([]byte("# Title\n\n# One\n\n### Two\n"), 1)
	got := string(d.HTML(HTMLOptions{Title: "title", TopLevel: 2}))
	if strings.Contains(got, "Title") || !strings.Contains(got, `<h2 id="one">`) || !strings.Contains(got, `<h4 id="two">`) {
		t.Error(got)
	}
	if got := string(d.HTML(HTMLOptions{})); !strings.Contains(got, `<h1 id="title">Title <a class="permalink" href="#title" aria-label="Link to Title">#</a></h1>`) {
		t.Error(got)
	}
}

func TestTitleIsShownOnce(t *testing.T) {
	for text, want := range map[string]string{
		"Cache  down\n===\n\nIt broke.\n":                          "<p>It broke.</p>\n",
		"Wednesday, 27 December 2017\n\nCache down\n\nIt broke.\n": "<p>Wednesday, 27 December 2017</p>\n<p>It broke.</p>\n",
		"2017-12-27\n\n# Cache down\n":                             "<p>2017-12-27</p>\n",
		"**Cache** down\n\nIt broke. Why?\n":                       "<p>It broke. Why?</p>\n",
		"It broke.\n\nCache down\n\nWhy: it\n":                     "<p>It broke.</p>\n<p>Cache down</p>\n<p>Why: it</p>\n",
		"# Cache down again\n":                                     "<h1 id=\"cache-down-again\">Cache down again <a class=\"permalink\" href=\"#cache-down-again\" aria-label=\"Link to Cache down again\">#</a></h1>\n",
		"27 December 2017\n":                                       "<p>27 December 2017</p>\n",
		"- Cache down\n":                                           "<ul><li>Cache down</li>\n</ul>\n",
		"":                                                         "",
	} {
		if got := page(t, Parse([]byte(text), 1), HTMLOptions{Title: "Cache down"}); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestSourceIsMadeReadable(t *testing.T) {
	src := []byte("\uFEFF# A\r\n\r\nb\x00c \xff\rd\r\n")
	before := bytes.Clone(src)
	d := Parse(src, 1)
	if got, want := tellBlocks(d.Blocks(), ""), "1 heading 1 #a \"A\"\n3 paragraph \"b\uFFFDc \uFFFD\\nd\"\n"; got != want {
		t.Errorf("got %s want %s", got, want)
	}
	if !bytes.Equal(src, before) {
		t.Error("the source was changed")
	}
}

func TestLongCodeIsNotHighlighted(t *testing.T) {
	for name, code := range map[string]string{"block": strings.Repeat("x := 1\n", maxHighlighted/7+1), "line": strings.Repeat("x", maxCodeLine+1) + "\n"} {
		if html := page(t, Parse([]byte("```go\n"+code+"```\n"), 1), HTMLOptions{}); strings.Contains(html, "<span") || !strings.Contains(html, code) {
			t.Errorf("long %s: %.100s", name, html)
		}
	}
	if html := page(t, Parse([]byte("```go\nfunc f() {}\n```\n```nosuch\nfunc\n```\n```\nfunc\n```\n"), 1), HTMLOptions{}); strings.Count(html, `<span class="k">func</span>`) != 1 {
		t.Error(html)
	}
}

func TestNestingIsBounded(t *testing.T) {
	html := page(t, Parse([]byte(strings.Repeat("> ", 200)+"deep"), 1), HTMLOptions{})
	if n := strings.Count(html, "<blockquote>"); n > maxDepth+1 || !strings.Contains(html, "deep") {
		t.Errorf("%d quotes", n)
	}
}

// TestConcurrentUse lets the race detector see one document and the one parser in
// several goroutines.
func TestConcurrentUse(t *testing.T) {
	src, err := os.ReadFile("testdata/blocks.txtar")
	if err != nil {
		t.Fatal(err)
	}
	d := Parse(src, 1)
	want := d.HTML(HTMLOptions{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, d := range []*Document{d, Parse(src, 1)} {
				d.Blocks()
				d.Check(true)
				if got := d.HTML(HTMLOptions{}); got != want {
					t.Error("HTML differs")
				}
			}
		})
	}
	wait.Wait()
}

// FuzzHTML holds that any text gives balanced, harmless HTML, the same twice, and
// blocks whose lines are lines of the text.
func FuzzHTML(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	for _, text := range hostile(300) {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d := Parse(src, 1)
		last := bytes.Count(d.source, []byte("\n")) + 1
		checkBlockLines(t, d.Blocks(), last)
		for _, p := range d.Check(true) {
			if p.Line < 1 || p.Line > last || p.Hint == "" {
				t.Fatalf("problem %+v", p)
			}
		}
		d.Links(true)
		for _, opt := range []HTMLOptions{{}, {RawHTML: true, Title: titleFrom(d), TopLevel: 2}} {
			var html template.HTML = d.HTML(opt)
			balanced(t, string(html))
			if again := Parse(src, 1).HTML(opt); again != html {
				t.Fatalf("first\n%s\nthen\n%s", html, again)
			}
		}
	})
}

// titleFrom is what a page about the document would have as its title.
func titleFrom(d *Document) string {
	if blocks := d.Blocks(); len(blocks) > 0 {
		return blocks[0].Text
	}
	return ""
}

func checkBlockLines(t *testing.T, blocks []Block, last int) {
	t.Helper()
	for _, b := range blocks {
		if b.Line < 1 || b.Line > last || b.Kind == Heading && b.Anchor == "" {
			t.Fatalf("block %+v of %d lines", b, last)
		}
		for _, s := range b.Spans {
			if s.Line < 1 || s.Line > last {
				t.Fatalf("span %+v of %d lines", s, last)
			}
		}
		checkBlockLines(t, b.Children, last)
	}
}
