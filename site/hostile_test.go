package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// attacks are texts that try to run as part of a page, to leave their element, or to
// be read as something else.
var attacks = []string{
	`<script>alert(1)</script>`,
	`</title><script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`<a href="javascript:alert(1)" style="position:fixed">x</a>`,
	`<svg/onload=alert(1)><style>*{display:none}</style>`,
	`<iframe srcdoc="<script>alert(1)</script>"></iframe><base href=//evil.example>`,
	`<form action=//evil.example><input name=a><meta http-equiv=refresh content=0>`,
	`--><!--<script>`, `]]><script>alert(1)</script>`, `{{ .Title }}{{template "base"}}`, `</script></textarea></style>`,
	"\u202e\u2066right to left\u0007\u0000\u001b[31m", "\ufeff\ufffe\uffff\u2028", `\"};alert(1)//`, `&lt;script&gt;alert(1)&lt;/script&gt;`,
}

// bodies are the same in Markdown.
var bodies = []string{
	"[a](javascript:alert(1)) [b](JaVa\tScript:alert(1)) [c](&#106;avascript:alert(1)) [d](vbscript:x) [e](data:text/html,<script>alert(1)</script>)",
	"![a](javascript:alert(1)) ![b](data:image/svg+xml,<svg/onload=alert(1)>) ![c](x\"onerror=\"alert(1)) ![\"onerror=alert(1)](y)",
	"<javascript:alert(1)> <https://example.org/\"onclick=alert(1)> [r][r]\n\n[r]: javascript:alert(1) '\"onclick=x'",
	"# <script>alert(1)</script> {onclick=alert(1) style=\"x\" .c #\"><script>}\n\n## \"><b onclick=x>",
	"| <b onclick=x> | `</td><script>` |\n|:--|--:|\n| <img src=x onerror=alert(1)> | [x](javascript:alert(1)) |",
	"```\"><script>alert(1)</script>\n</code></pre><script>alert(1)</script>\n```\n\n```html onclick=x\n<script>alert(1)</script>\n```",
	"<details open ontoggle=alert(1)><summary style=x>a</summary><a href=jav&#x09;ascript:alert(1)>b</a></details>",
	"<table style=x><tr><td onclick=x align=left><script>alert(1)</script><img src=x onerror=x></table>",
	"## Timeline\n\n- 10:00: <img src=x onerror=alert(1)>\n- 10:05 - </time><script>alert(1)</script>\n- 10:10: [x](javascript:alert(1))",
	"## Action items\n\n- [ ] <script>alert(1)</script> ([T-1](javascript:alert(1)))\n- [x] \"><b onclick=x>",
	"Text[^1] <!-- <script> --> <![CDATA[<script>]]> <?php x ?> <!DOCTYPE x>\n\n[^1]: <script>alert(1)</script>",
	"<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\"></math><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
	"<a\nhref=\"javascript:alert(1)\"\nonclick=x>x</a> <b/onclick=x/> <p/style=x> <img src=\"//evil.example/x\">",
}

// hostileLibrary writes every attack in every field of the front matter and every
// attack as a body, and names files, terms and settings so.
func hostileLibrary(rawHTML bool) map[string]string {
	files := map[string]string{}
	for i, attack := range attacks {
		q := strconv.Quote(attack)
		q = strings.NewReplacer(`\x00`, `\u0000`, `\a`, `\u0007`).Replace(q)
		var front strings.Builder
		fmt.Fprintf(&front, "title: %[1]s\nsummary: %[1]s\ndate: 2024-01-%02[2]d\norganization: %[1]s\nservices: [%[1]s]\ntechnologies: [%[1]s]\n"+
			"teams: [%[1]s]\nseverity: %[1]s\ntags: [%[1]s]\nsymptoms: [%[1]s]\nwrong_turns: [%[1]s]\nlessons: [{text: %[1]s, kind: well}]\n"+
			"causes: [odd-cause]\ntimeline: [{at: %[1]s, text: %[1]s, actor: %[1]s}, {at: \"10:00\", text: %[1]s}]\n"+
			"actions: [{id: %[1]s, text: %[1]s, owner: %[1]s, kind: %[1]s, link: %[1]s}, {text: x, link: \"javascript:alert(1)\"}]\n"+
			"related: {see_also: [%[1]s, front-0], not_same_as: {id: front-1, because: %[1]s}}\naudience: %[1]s\naliases: [%[1]s]\n"+
			"source: {url: \"javascript:alert(1)\", publisher: %[1]s, licence: %[1]s}\nimported: {source: %[1]s, fields: [%[1]s]}\n%[1]s: %[1]s\n", q, i+1)
		files[fmt.Sprintf("incidents/front-%d.md", i)] = "---\n" + front.String() + "---\n## What happened\n\n" + attack + "\n"
	}
	for i, body := range bodies {
		files[fmt.Sprintf("incidents/body-%d \"><script>'.md", i)] = "# " + body + "\n\n" + body + "\n"
	}
	label := strconv.Quote(attacks[2])
	files["taxonomy.yaml"] = fmt.Sprintf("causes:\n  - {id: odd-cause, label: %s, definition: %s}\n", label, label)
	files["faultline.yaml"] = fmt.Sprintf("title: %s\nbase_url: https://example.org/\nseverities: [sev1]\nrepository: https://example.org/\nraw_html: %v\n",
		strconv.Quote(attacks[1]), rawHTML)
	return files
}

// TestHostileLibrary looks at every page, every feed and every problem of libraries
// whose authors mean harm.
func TestHostileLibrary(t *testing.T) {
	for _, rawHTML := range []bool{false, true} {
		t.Run(fmt.Sprintf("raw HTML %v", rawHTML), func(t *testing.T) {
			lib := load(t, hostileLibrary(rawHTML), LoadOptions{Suggest: true})
			if want := len(attacks) + len(bodies); len(lib.Incidents) != want {
				t.Errorf("%d of %d incidents were read", len(lib.Incidents), want)
			}
			s, err := New(lib, Options{})
			if err != nil {
				t.Fatal(err)
			}
			paths, err := s.Paths()
			if err != nil {
				t.Fatal(err)
			}
			if err := checkPaths(paths); err != nil {
				t.Error(err)
			}
			for _, p := range paths {
				data, err := s.File(p)
				if err != nil {
					t.Fatalf("%s: %v", p, err)
				}
				switch path.Ext(p) {
				case ".html":
					inspect(t, p, data)
				case ".xml":
					wellFormed(t, p, data)
				}
			}
			for _, problem := range s.Problems() {
				plain(t, problem)
			}
		})
	}
}

// inspect fails for whatever in a page could run, restyle it or send its reader away.
func inspect(t *testing.T, page string, data []byte) {
	t.Helper()
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		t.Errorf("%s holds bytes that are no text", page)
	}
	depth := strings.Count(page, "/")
	for z := html.NewTokenizer(bytes.NewReader(data)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			if err := z.Err(); !errors.Is(err, io.EOF) {
				t.Errorf("%s: %v", page, err)
			}
			return
		}
		if kind == html.StartTagToken || kind == html.SelfClosingTagToken {
			inspectTag(t, page, z.Token(), depth)
		}
	}
}

// forbidden are elements that no page has.
var forbidden = []string{"style", "iframe", "object", "embed", "base", "applet", "frame", "template", "math", "portal"}

func inspectTag(t *testing.T, page string, tag html.Token, depth int) {
	t.Helper()
	if slices.Contains(forbidden, tag.Data) || tag.Data == "noscript" && page != "search/index.html" {
		t.Errorf("%s: %s", page, tag)
	}
	src := ""
	for _, a := range tag.Attr {
		value := strings.ToLower(strings.Map(visible, a.Val))
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "style", a.Key == "srcdoc", a.Key == "formaction":
			t.Errorf("%s: %s", page, tag)
		case a.Key == "http-equiv" && a.Val != "Content-Security-Policy" && a.Val != "refresh":
			t.Errorf("%s: %s", page, tag)
		case a.Key == "content" && strings.Contains(value, "url=") && !strings.HasPrefix(value, "0;url=../"):
			t.Errorf("%s: %s", page, tag)
		case a.Key == "src" && tag.Data != "script" && strings.HasPrefix(value, "//"):
			t.Errorf("%s: %s", page, tag)
		case slices.Contains([]string{"href", "src", "action", "xlink:href", "cite", "data", "poster"}, a.Key) && runs(value) && !isIcon(tag):
			t.Errorf("%s: %s", page, tag)
		}
		if a.Key == "src" {
			src = a.Val
		}
	}
	asset := strings.Repeat("../", depth) + "assets/"
	if page == "404.html" {
		asset = "/assets/"
	}
	if tag.Data == "script" && !strings.HasPrefix(strings.TrimPrefix(src, "./"), asset) {
		t.Errorf("%s: %s", page, tag)
	}
	if tag.Data == "form" && strings.Contains(tag.String(), "evil") {
		t.Errorf("%s: %s", page, tag)
	}
}

// visible drops what browsers overlook in a URL's scheme.
func visible(r rune) rune {
	if r <= ' ' {
		return -1
	}
	return r
}

// runs reports whether a URL runs something.
func runs(url string) bool {
	return strings.HasPrefix(url, "javascript:") || strings.HasPrefix(url, "vbscript:") ||
		strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "data:image/png;base64,")
}

// isIcon reports whether the tag is the theme's own icon.
func isIcon(tag html.Token) bool {
	return tag.Data == "link" && slices.Contains(tag.Attr, html.Attribute{Key: "rel", Val: "icon"})
}

func wellFormed(t *testing.T, path string, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Errorf("%s holds a script", path)
		}
	}
}

// plain fails for a problem that a terminal would not show as text.
func plain(t *testing.T, p problem.Problem) {
	t.Helper()
	if p.Text == "" || p.Hint == "" || p.Rule == "" || p.Path == "" {
		t.Errorf("not a whole problem: %+v", p)
	}
	if first, _ := utf8.DecodeRuneInString(p.Text); unicode.IsUpper(first) && !strings.HasPrefix(p.Text, "HTML") || strings.HasSuffix(p.Text, ".") {
		t.Errorf("not in the style of problems: %q", p.Text)
	}
	if strings.ContainsFunc(p.String()+p.Hint, unicode.IsControl) {
		t.Errorf("control characters in %q, hint %q", p.Text, p.Hint)
	}
}

// TestEveryFieldSurvivesEveryType gives each key of the front matter values of every
// other type: nothing panics, every fault has a place, and each file gives an incident.
func TestEveryFieldSurvivesEveryType(t *testing.T) {
	values := []string{"42", "1.5e400", "true", "", "{}", "[]", "{a: b}", "[[a], {b: c}, 5, null, \"\"]", "[[[[]]]]", `"\u0007 \u202e <b>"`,
		"-1", "2024-02-30", ".nan", "../../etc/passwd", `"   "`, strings.Repeat("x", 5000), `"{{ .Title }}"`, "2024-01-02..2023-01-01", "~", "9999-99-99T99:99"}
	files := map[string]string{}
	for _, f := range record.Fields() {
		for i, v := range values {
			files[fmt.Sprintf("incidents/%s-%d.md", f.Key, i)] = fmt.Sprintf("---\n%s: %s\n---\nText.\n", f.Key, v)
		}
	}
	lib := load(t, files, LoadOptions{Drafts: true, Suggest: true})
	if len(lib.Incidents) != len(files) {
		t.Errorf("%d of %d incidents were read", len(lib.Incidents), len(files))
	}
	for _, p := range lib.Problems {
		plain(t, p)
	}
	s, err := New(lib, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.pages.Paths() {
		if _, err := s.File(p); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
}

func TestGuessesAreCounted(t *testing.T) {
	l := &linker{guesses: 5}
	for i, want := range []string{"api-down", "api-down", ""} {
		if got := l.nearest("api-dwn", []string{"api-down", "db-down"}); got != want {
			t.Errorf("guess %d: got %q, want %q", i, got, want)
		}
	}
}

func TestLoadReadsTheVocabularyAsText(t *testing.T) {
	lib := load(t, map[string]string{
		"taxonomy.yaml": "\ufeffcauses:\r- {id: odd-cause, label: caf\xe9, definition: D}\r",
		"a.md":          entry("title: T\ndate: 2024-01-02\ncauses: [odd-cause]", ""),
	}, LoadOptions{})
	if term, ok := lib.Vocabulary.Lookup(incident.Cause, "odd-cause"); !ok || term.Label != "café" {
		t.Errorf("got %+v", term)
	}
	if got, want := rules(lib.Problems), []string{"invalid-utf-8"}; !slices.Equal(got, want) {
		t.Errorf("got problems %q, want %q", got, want)
	}
	lib = load(t, map[string]string{"taxonomy.yaml": "\x00\x01\x02"}, LoadOptions{})
	if _, ok := lib.Vocabulary.Lookup(incident.Cause, "logic-bug"); !ok {
		t.Error("a broken taxonomy.yaml took the built-in vocabulary away")
	}
}
