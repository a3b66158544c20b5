package render

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"golang.org/x/net/html"

	"faultline/site/incident"
	"faultline/themes"
)

var update = flag.Bool("update", false, "write the golden pages anew")

func renderer(t *testing.T, lib *incident.Library, opt Options) *Renderer {
	t.Helper()
	r, err := New(lib, themes.Default(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func page(t *testing.T, r *Renderer, path string) string {
	t.Helper()
	b, err := r.Page(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// pages parses every HTML page of the site.
func pages(t *testing.T, r *Renderer) map[string]*html.Node {
	t.Helper()
	all := map[string]*html.Node{}
	for _, p := range r.Paths() {
		if path.Ext(p) == ".html" {
			doc, err := html.Parse(strings.NewReader(page(t, r, p)))
			if err != nil {
				t.Fatal(err)
			}
			all[p] = doc
		}
	}
	return all
}

// elements calls f for every element below n.
func elements(n *html.Node, f func(*html.Node)) {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode {
			f(d)
		}
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func first(n *html.Node, name string) *html.Node {
	var found *html.Node
	elements(n, func(e *html.Node) {
		if found == nil && e.Data == name {
			found = e
		}
	})
	return found
}

// golden are the pages whose <main> is compared with a file.
var golden = map[string]string{
	"home":     "index.html",
	"list":     "incidents/index.html",
	"full":     "incidents/postgres/index.html",
	"partial":  "incidents/mail/index.html",
	"bare":     "incidents/cache/index.html",
	"facet":    "causes/index.html",
	"field":    "technologies/index.html",
	"term":     "causes/failed-failover/index.html",
	"unused":   "causes/overload/index.html",
	"service":  "services/api/index.html",
	"year":     "years/undated/index.html",
	"search":   "search/index.html",
	"missing":  "404.html",
	"redirect": "incidents/old-id/index.html",

	"vocabulary": "vocabulary/index.html",
}

func TestGolden(t *testing.T) {
	r := renderer(t, library(t), Options{})
	for name, p := range golden {
		doc, err := html.Parse(strings.NewReader(page(t, r, p)))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := html.Render(&b, first(doc, "main")); err != nil {
			t.Fatal(err)
		}
		compare(t, filepath.Join("testdata", name+".html"), tidy(b.String()))
	}
	files, err := filepath.Glob("testdata/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, used := golden[strings.TrimSuffix(filepath.Base(f), ".html")]; !used {
			t.Errorf("%s belongs to no page", f)
		}
	}
}

// tidy drops empty lines and the space around lines, which say nothing.
func tidy(s string) string {
	var lines []string
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at it, then run with -update\n%s", file, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want " + w[i] + "\n got " + g[i]
		}
	}
	return "one is longer than the other"
}

func TestNothingInline(t *testing.T) {
	for p, doc := range pages(t, renderer(t, library(t), Options{Reload: true})) {
		checkNothingInline(t, p, doc)
	}
}

func checkNothingInline(t *testing.T, p string, doc *html.Node) {
	t.Helper()
	elements(doc, func(e *html.Node) {
		if e.Data == "style" || e.Data == "base" || e.Data == "script" && e.FirstChild != nil {
			t.Errorf("%s: <%s> in the page", p, e.Data)
		}
		for _, a := range e.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s %s=%q>", p, e.Data, a.Key, a.Val)
			}
			if strings.Contains(strings.ToLower(a.Val), "javascript:") && (a.Key == "href" || a.Key == "src") {
				t.Errorf("%s: %s=%q can be followed", p, a.Key, a.Val)
			}
		}
		if e.Data == "script" && !strings.Contains(attr(e, "src"), "assets/") && !strings.HasSuffix(attr(e, "src"), "_faultline/reload.js") {
			t.Errorf("%s: script %q", p, attr(e, "src"))
		}
	})
	if !strings.Contains(attr(meta(doc, "Content-Security-Policy"), "content"), "default-src 'none'; script-src 'self'") {
		t.Errorf("%s: no content security policy", p)
	}
}

func meta(doc *html.Node, equiv string) *html.Node {
	found := &html.Node{}
	elements(doc, func(e *html.Node) {
		if e.Data == "meta" && attr(e, "http-equiv") == equiv {
			found = e
		}
	})
	return found
}

func TestLinksLeadSomewhere(t *testing.T) {
	lib := library(t)
	r := renderer(t, lib, Options{})
	all := pages(t, r)
	ids := map[string]map[string]bool{}
	for p, doc := range all {
		ids[p] = map[string]bool{}
		elements(doc, func(e *html.Node) { ids[p][attr(e, "id")] = true })
	}
	for p, doc := range all {
		elements(doc, func(e *html.Node) {
			for _, key := range []string{"href", "src", "action"} {
				if link := attr(e, key); link != "" && attr(e, "rel") != "canonical" {
					follow(t, r, ids, p, link)
				}
			}
		})
	}
}

// follow checks that a link of the page p leads to a file of the site and, in it,
// to an element.
func follow(t *testing.T, r *Renderer, ids map[string]map[string]bool, p, link string) {
	t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		t.Errorf("%s: %q: %v", p, link, err)
		return
	}
	if u.IsAbs() || u.Host != "" {
		if u.Host != "example.org" && u.Scheme != "data" {
			t.Errorf("%s: %q leaves the site", p, link)
		}
		return
	}
	if strings.HasPrefix(u.Path, "/") != (p == "404.html" && u.Path != "") {
		t.Errorf("%s: %q: only the page for unknown addresses has rooted links", p, link)
	}
	base := &url.URL{Path: "/sub/" + p}
	target := strings.TrimPrefix(base.ResolveReference(u).Path, "/sub/")
	if target == "" || strings.HasSuffix(target, "/") {
		target += "index.html"
	}
	if !slices.Contains(r.Paths(), target) && !strings.HasPrefix(target, "media/") && target != "search/client.js" { // package site adds these
		t.Errorf("%s: %q leads to %q, which does not exist", p, link, target)
	} else if u.Fragment != "" && !ids[target][u.Fragment] {
		t.Errorf("%s: %q: nothing has this id", p, link)
	}
}

func TestHeadingsAndIDs(t *testing.T) {
	for p, doc := range pages(t, renderer(t, library(t), Options{})) {
		checkHeadings(t, p, doc)
	}
}

func checkHeadings(t *testing.T, p string, doc *html.Node) {
	t.Helper()
	last, tops, seen := 0, 0, map[string]bool{}
	elements(doc, func(e *html.Node) {
		if id := attr(e, "id"); id != "" {
			if seen[id] {
				t.Errorf("%s: two elements have the id %q", p, id)
			}
			seen[id] = true
		}
		if len(e.Data) != 2 || e.Data[0] != 'h' || e.Data[1] < '1' || e.Data[1] > '6' {
			return
		}
		level := int(e.Data[1] - '0')
		if level == 1 {
			tops++
		}
		if level > last+1 && !written(e) {
			t.Errorf("%s: h%d follows h%d", p, level, last)
		}
		last = level
	})
	if tops != 1 {
		t.Errorf("%s: %d first headings", p, tops)
	}
	elements(doc, func(e *html.Node) {
		for _, key := range []string{"aria-labelledby", "aria-describedby", "for"} {
			if id := attr(e, key); id != "" && !seen[id] {
				t.Errorf("%s: %s=%q names nothing", p, key, id)
			}
		}
	})
}

// written reports whether a heading is part of a report, whose author may skip
// levels.
func written(e *html.Node) bool { return e.Parent != nil && attr(e.Parent, "class") == "prose" }

func TestHostileTextIsShown(t *testing.T) {
	r := renderer(t, library(t), Options{})
	doc, err := html.Parse(strings.NewReader(page(t, r, "incidents/evil/index.html")))
	if err != nil {
		t.Fatal(err)
	}
	if got := first(doc, "h1").FirstChild.Data; got != hostile {
		t.Errorf("title %q", got)
	}
	for _, p := range r.Paths() {
		for _, part := range []string{"escape", "\\", ":", ".hidden", "client.js", "x.html/"} {
			if strings.Contains(p, part) {
				t.Errorf("alias made %q", p)
			}
		}
	}
	if got := page(t, r, "incidents/mail/index.html"); !strings.Contains(got, "<h1>Mail was delayed</h1>") {
		t.Error("an alias replaced a page")
	}
}

func TestRedirects(t *testing.T) {
	r := renderer(t, library(t), Options{})
	for p, want := range map[string]string{
		"incidents/old-id/index.html": "0; url=../../incidents/postgres/",
		"blog/2017/outage.html":       "0; url=../../incidents/postgres/",
	} {
		doc, err := html.Parse(strings.NewReader(page(t, r, p)))
		if err != nil {
			t.Fatal(err)
		}
		if got := attr(meta(doc, "refresh"), "content"); got != want {
			t.Errorf("%s: refresh %q, want %q", p, got, want)
		}
		elements(doc, func(e *html.Node) {
			if e.Data == "link" && attr(e, "rel") == "canonical" && attr(e, "href") != "https://example.org/sub/incidents/postgres/" {
				t.Errorf("%s: canonical %q", p, attr(e, "href"))
			}
		})
	}
}

func TestSamePagesWhateverTheOrder(t *testing.T) {
	first, second := renderer(t, library(t), Options{}), renderer(t, library(t), Options{})
	if !slices.Equal(first.Paths(), second.Paths()) || !slices.IsSorted(first.Paths()) {
		t.Fatal("paths differ or are not sorted")
	}
	want := map[string][]byte{}
	for _, p := range first.Paths() {
		want[p] = []byte(page(t, first, p))
	}
	var wg sync.WaitGroup
	for _, p := range slices.Backward(second.Paths()) {
		wg.Go(func() {
			if got, err := second.Page(p); err != nil || !bytes.Equal(got, want[p]) {
				t.Errorf("%s differs: %v", p, err)
			}
		})
	}
	wg.Wait()
}

func TestUnknownPath(t *testing.T) {
	_, err := renderer(t, library(t), Options{}).Page("no/such.html")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
}

func TestReload(t *testing.T) {
	for _, reload := range []bool{false, true} {
		r := renderer(t, library(t), Options{Reload: reload})
		if got := strings.Contains(page(t, r, "causes/index.html"), `src="../_faultline/reload.js"`); got != reload {
			t.Errorf("reload %v: %v", reload, got)
		}
	}
}

func TestWithoutBaseURL(t *testing.T) {
	lib := library(t)
	lib.Config.BaseURL = ""
	r := renderer(t, lib, Options{})
	for _, p := range r.Paths() {
		if p == "feed.xml" || p == "sitemap.xml" {
			t.Errorf("%s needs a base URL", p)
		}
		if text := page(t, r, p); strings.Contains(text, "feed.xml") || strings.Contains(text, "sitemap.xml") {
			t.Errorf("%s speaks of what does not exist", p)
		}
	}
	if !strings.Contains(page(t, r, "404.html"), `href="/assets/style.`) {
		t.Error("without a base URL the site is taken to be at the root of its host")
	}
}

func TestEmptyLibrary(t *testing.T) {
	r := renderer(t, &incident.Library{Vocabulary: vocabulary()}, Options{})
	for p := range pages(t, r) {
		page(t, r, p)
	}
	if !strings.Contains(page(t, r, "index.html"), "No incidents yet.") {
		t.Error("an empty library says so")
	}
}

func TestOverride(t *testing.T) {
	override := fstest.MapFS{
		"templates/incident.html": {Data: []byte(`{{define "main"}}<main id="main"><h1>Ours: {{.Heading}}</h1>{{template "ours"}}</main>{{end}}`)},
		"templates/ours.html":     {Data: []byte(`{{define "ours"}}a part of our own{{end}}`)},
		"style/tokens.css":        {Data: []byte(`:root { --paper: #abcdef }`)},
	}
	r, plain := renderer(t, library(t), Options{Override: override}), renderer(t, library(t), Options{})
	got := page(t, r, "incidents/mail/index.html")
	if !strings.Contains(got, "<h1>Ours: Mail was delayed</h1>a part of our own") || !strings.Contains(got, `class="masthead"`) {
		t.Error("the incident's template alone is replaced")
	}
	style := func(r *Renderer) string {
		i := slices.IndexFunc(r.Paths(), func(p string) bool { return strings.HasPrefix(p, "assets/style.") })
		return r.Paths()[i]
	}
	if style(r) == style(plain) || !strings.Contains(page(t, r, style(r)), "#abcdef") || !strings.Contains(page(t, r, style(r)), ".masthead") {
		t.Error("one style sheet is replaced, and the name changes with the content")
	}
}

func TestBrokenTheme(t *testing.T) {
	for name, test := range map[string]struct {
		file, text, want string
	}{
		"syntax":   {"templates/home.html", "<p>\n{{if}}", "templates/home.html:2"},
		"part":     {"templates/parts.html", "\n\n{{end}}", "templates/parts.html:3"},
		"field":    {"templates/home.html", "{{define \"main\"}}\n{{.NoSuch}}{{end}}", "templates/home.html:2"},
		"escaping": {"templates/home.html", "{{define \"main\"}}\n<a href='{{end}}", "templates/home.html"},
		"style":    {"style/tokens.css", "@import \"./gone.css\";", "tokens.css:1"},
		"script":   {"script/site.ts", "\nconst = 1", "site.ts:2"},
	} {
		r, err := New(library(t), themes.Default(), Options{Override: fstest.MapFS{test.file: {Data: []byte(test.text)}}})
		if err == nil {
			_, err = r.Page("index.html")
		}
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: error %v must name %s", name, err, test.want)
		}
	}
}

func TestWeight(t *testing.T) {
	r := renderer(t, library(t), Options{})
	limits := map[string]int{".css": 25 << 10, ".js": 8 << 10}
	for _, p := range r.Paths() {
		if limit, ok := limits[path.Ext(p)]; ok && len(page(t, r, p)) > limit {
			t.Errorf("%s has %d bytes", p, len(page(t, r, p)))
		}
	}
}
