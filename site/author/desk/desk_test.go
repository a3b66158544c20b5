package desk_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site"
	"faultline/site/author/desk"
	"faultline/site/incident"
)

// library is a library on disk with its desk.
type library struct {
	t    *testing.T
	root string
	*desk.Desk
}

func newLibrary(t *testing.T, files map[string]string) library {
	t.Helper()
	l := library{t: t, root: t.TempDir()}
	for name, text := range files {
		l.write(name, text)
	}
	var err error
	if l.Desk, err = desk.New(l.root, ""); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l library) path(name string) string { return filepath.Join(l.root, filepath.FromSlash(name)) }

func (l library) write(name, text string) {
	l.t.Helper()
	if err := errors.Join(os.MkdirAll(filepath.Dir(l.path(name)), 0o755), os.WriteFile(l.path(name), []byte(text), 0o644)); err != nil {
		l.t.Fatal(err)
	}
}

func (l library) text(name string) string {
	l.t.Helper()
	text, err := os.ReadFile(l.path(name))
	if err != nil {
		l.t.Fatal(err)
	}
	return string(text)
}

// open is the snapshot of the library as it is now.
func (l library) open() (*site.Site, *incident.Library) {
	l.t.Helper()
	fsys, err := site.Open(l.root)
	if err != nil {
		l.t.Fatal(err)
	}
	lib, err := site.Load(fsys, site.LoadOptions{Drafts: true, Suggest: true})
	if err != nil {
		l.t.Fatal(err)
	}
	s, err := site.New(lib, site.Options{Reload: true})
	if err != nil {
		l.t.Fatal(err)
	}
	return s, lib
}

// beside is the desk beside a page.
func (l library) beside(page string) string {
	l.t.Helper()
	s, lib := l.open()
	var text strings.Builder
	if err := l.Render(&text, s, lib.Problems, page, "TOKEN"); err != nil {
		l.t.Fatal(err)
	}
	return text.String()
}

func sum(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

const (
	expiry = "---\ntitle: Certificate expired # c\ndate: 2025-11-03\n---\n\nThe TLS certificate of the load balancer expired. There was no alert on its expiry.\n"
	broken = "---\ntitle: A\ndate: \"<soon>\"\n---\n\nText.\n"
)

func TestProblemsStandWhereTheyAre(t *testing.T) {
	l := newLibrary(t, map[string]string{"incidents/a.md": broken, "incidents/b.md": expiry})
	const notice, line = `class="faultline-notice" role="alert"`, `<pre>date: &#34;&lt;soon&gt;&#34;</pre>`
	here := l.beside("/incidents/a/")
	for _, want := range []string{notice, "1 error in this file", line, "vscode://file" + filepath.ToSlash(l.path("incidents/a.md")) + ":3:7"} {
		if !strings.Contains(here, want) {
			t.Errorf("the page of the file lacks %q:\n%s", want, here)
		}
	}
	for _, page := range []string{"/incidents/b/", "/", "", "/incidents/../incidents/a/", "/nowhere/"} {
		elsewhere := l.beside(page)
		if strings.Contains(elsewhere, notice) || !strings.Contains(elsewhere, line) {
			t.Errorf("%q: the problem stands in the list alone, but:\n%s", page, elsewhere)
		}
	}
	l.write("incidents/a.md", strings.Replace(broken, "<soon>", "2024-01-01", 1))
	if mended := l.beside("/incidents/a/"); strings.Contains(mended, notice) || strings.Contains(mended, "soon&gt;") {
		t.Errorf("mended, but:\n%s", mended)
	}
}

func TestDraftIsAdvised(t *testing.T) {
	l := newLibrary(t, map[string]string{
		"incidents/a.md": strings.Replace(expiry, "date:", "status: draft\ncauses: [identity-fault]\nactions: [{id: A1, text: Alert <b>}]\ndate:", 1) + "\nIt was human error.\n\n## Impact\n",
		"incidents/b.md": strings.Replace(expiry, "Certificate", "Another certificate", 1),
	})
	got := l.beside("/incidents/a/index.html")
	for _, want := range []string{
		"<b>Draft.</b>", `data-term="expiry"`, "There was no alert on its expiry.", `href="/incidents/b/">Another certificate expired</a>`, "Both have",
		"<b>Impact</b>", "<q>human error</q>", "Alert &lt;b&gt;", `data-sum="` + sum(l.text("incidents/a.md")) + `"`, `data-token="TOKEN"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, `data-term="identity-fault"`) {
		t.Error("a term is suggested that the incident has")
	}
}

func TestDecisionsWriteTheirBytesAlone(t *testing.T) {
	l := newLibrary(t, map[string]string{"incidents/a.md": strings.ReplaceAll(expiry, "\n", "\r\n")})
	decide := func(decision, dimension, term string) string {
		t.Helper()
		_, lib := l.open()
		after, err := l.Decide(lib, desk.Decision{Path: "incidents/a.md", Dimension: dimension, Term: term, Decision: decision}, sum(l.text("incidents/a.md")))
		if err != nil || after != sum(l.text("incidents/a.md")) {
			t.Fatalf("%s %s: %s, %v", decision, term, after, err)
		}
		return strings.ReplaceAll(l.text("incidents/a.md"), "\r\n", "\n")
	}
	want := strings.Replace(expiry, "03\n", "03\ntrigger:\n  - {id: expiry, source: accepted}\n", 1)
	if got := decide("accept", "trigger", "expiry"); got != want {
		t.Errorf("accepted:\n%s", got)
	}
	want = strings.Replace(want, "accepted}\n", "accepted}\nnot: [no-alert]\n", 1)
	if got := decide("reject", "factor", "no-alert"); got != want {
		t.Errorf("rejected:\n%s", got)
	}
}

func TestDecisionsThatAreRefused(t *testing.T) {
	l := newLibrary(t, map[string]string{"incidents/a.md": expiry, "incidents/bad.md": "---\ntitle: [x\n---\nText.\n", "incidents/own.md": strings.Replace(expiry, "date", "trigger: expiry\ndate", 1)})
	outside := filepath.Join(t.TempDir(), "outside.md")
	if err := os.WriteFile(outside, []byte(expiry), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, l.path("incidents/link.md")); err != nil {
		t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
	}
	_, lib := l.open()
	for _, test := range []struct {
		desk.Decision
		sum, rule string
	}{
		{desk.Decision{Path: "incidents/a.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum("another text"), desk.Changed},
		{desk.Decision{Path: "incidents/a.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, "", desk.Changed},
		{desk.Decision{Path: "incidents/a.md", Dimension: "trigger", Term: "no-such", Decision: "accept"}, sum(expiry), desk.NotThere},
		{desk.Decision{Path: "incidents/a.md", Dimension: "title", Term: "expiry", Decision: "accept"}, sum(expiry), desk.NotThere},
		{desk.Decision{Path: "incidents/a.md", Dimension: "trigger", Term: "expiry", Decision: "burn"}, sum(expiry), desk.Refused},
		{desk.Decision{Path: "incidents/own.md", Dimension: "trigger", Term: "expiry", Decision: "reject"}, sum(l.text("incidents/own.md")), desk.Refused},
		{desk.Decision{Path: "incidents/bad.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum(l.text("incidents/bad.md")), desk.Refused},
		{desk.Decision{Path: "incidents/link.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum(expiry), desk.NotThere},
		{desk.Decision{Path: "../" + filepath.Base(filepath.Dir(outside)) + "/outside.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum(expiry), desk.NotThere},
		{desk.Decision{Path: outside, Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum(expiry), desk.NotThere},
	} {
		_, err := l.Decide(lib, test.Decision, test.sum)
		if fault := (*desk.Fault)(nil); !errors.As(err, &fault) || fault.Rule != test.rule || fault.Hint == "" {
			t.Errorf("%+v: %v, want %s", test.Decision, err, test.rule)
		}
	}
	if l.text("incidents/a.md") != expiry || l.text("incidents/link.md") != expiry {
		t.Error("what was refused was written")
	}
	fixed, _ := desk.New("", "")
	if _, err := fixed.Decide(lib, desk.Decision{}, ""); err == nil {
		t.Error("a library without a folder was written")
	}
}

// A file that became a link out of the library after it was read is left alone.
func TestLinksOutOfTheLibraryAreNotWritten(t *testing.T) {
	l := newLibrary(t, map[string]string{"incidents/a.md": expiry})
	_, lib := l.open()
	outside := filepath.Join(t.TempDir(), "outside.md")
	if err := errors.Join(os.WriteFile(outside, []byte(expiry), 0o644), os.Remove(l.path("incidents/a.md")), os.Symlink(outside, l.path("incidents/a.md"))); err != nil {
		t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
	}
	_, err := l.Decide(lib, desk.Decision{Path: "incidents/a.md", Dimension: "trigger", Term: "expiry", Decision: "accept"}, sum(expiry))
	if text, _ := os.ReadFile(outside); err == nil || string(text) != expiry {
		t.Errorf("%v, and the file outside is %q", err, text)
	}
}

func TestStart(t *testing.T) {
	l := newLibrary(t, map[string]string{"faultline.yaml": "editor: idea\n", "templates/own.md": "# {{title}}, {{date}}\n"})
	_, lib := l.open()
	started, err := l.Start(lib, desk.Draft{Kind: "own", Title: "../A door", Date: "2024-03-04"})
	want := desk.Started{Path: "incidents/2024-03-04-a-door.md", URL: "incidents/2024-03-04-a-door/",
		Editor: "idea://open?file=" + filepath.ToSlash(l.path("incidents/2024-03-04-a-door.md")) + "&line=1&column=1"}
	if err != nil || started != want || l.text(started.Path) != "# \"../A door\", 2024-03-04\n" {
		t.Errorf("started %+v, %v", started, err)
	}
	for rule, d := range map[string]desk.Draft{
		desk.Exists:   {Kind: "own", Title: "A door", Date: "2024-03-04"},
		desk.NotThere: {Kind: "../templates/own", Title: "B", Date: "2024-03-04"},
		desk.Refused:  {Kind: "own", Title: " ", Date: "2024-03-04"},
	} {
		_, err := l.Start(lib, d)
		if fault := (*desk.Fault)(nil); !errors.As(err, &fault) || fault.Rule != rule {
			t.Errorf("%+v: %v, want %s", d, err, rule)
		}
	}
	if _, err := l.Start(lib, desk.Draft{Kind: "own", Title: "B", Date: "2024-03-04/../../x"}); err == nil {
		t.Error("a day that is a path was taken")
	}
}

func TestUnknownEditorOfALibrary(t *testing.T) {
	l := newLibrary(t, map[string]string{"faultline.yaml": "editor: notepad\n", "incidents/a.md": expiry})
	got := l.beside("/incidents/a/")
	if !strings.Contains(got, "warning: editor &#34;notepad&#34; is not known") || strings.Contains(got, "notepad:") || strings.Contains(got, "vscode://file/tmp") {
		t.Errorf("the desk says\n%s", got)
	}
}

func TestEditors(t *testing.T) {
	for _, test := range []struct{ name, path, want string }{
		{"", "/a b/c#d.md", "vscode://file/a%20b/c%23d.md:3:7"},
		{"idea", "/a&b=c/原.md", "idea://open?file=/a%26b%3Dc/%E5%8E%9F.md&line=3&column=7"},
		{"emacs://open?file={path}&line={line}", "/a.md", "emacs://open?file=/a.md&line=3"},
		{"none", "/a.md", ""},
	} {
		e, err := desk.ParseEditor(test.name)
		if got := string(e.Link(test.path, 3, 7)); err != nil || got != test.want {
			t.Errorf("%q: %q, %v; want %q", test.name, got, err, test.want)
		}
	}
	for _, name := range []string{"notepad", "javascript:alert('{path}')", "data:text/html,{path}", "x://no-path", "X://{path}", "vs code://{path}"} {
		if _, err := desk.ParseEditor(name); err == nil || !strings.Contains(err.Error(), "is not known") {
			t.Errorf("%q is an editor: %v", name, err)
		}
	}
}
