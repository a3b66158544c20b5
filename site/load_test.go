package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/record"
)

// library makes a file system of a few files.
func library(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// entry is the text of an incident without faults.
func entry(front, body string) string {
	return "---\nsummary: S.\n" + front + "\n---\n" + body + "\n"
}

func load(t *testing.T, files map[string]string, opt LoadOptions) *incident.Library {
	t.Helper()
	lib, err := Load(library(files), opt)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

func ids(lib *incident.Library) []string {
	var ids []string
	for _, inc := range lib.Incidents {
		ids = append(ids, inc.ID)
	}
	return ids
}

func rules(l problem.List) []string {
	var rules []string
	for _, p := range l {
		rules = append(rules, p.Rule)
	}
	return rules
}

func TestLoadReadsIncidentsAndLeavesTheRestAside(t *testing.T) {
	text := entry("title: T\ndate: 2024-01-02", "Text.")
	lib := load(t, map[string]string{
		"a.md": text, "b.markdown": text, "deep/er/c.txt": text, "incidents/d.MD": text,
		"README.md": text, "readme-too.md": text, "FORMAT.md": text, "CHANGELOG.md": text, "LICENSE.txt": text,
		"CONTRIBUTING.md": text, ".hidden.md": text, "_draft.md": text, ".git/x.md": text, "_old/x.md": text,
		"templates/incident.md": text, "theme/x.md": text, "minutes/2024/x.md": text, "notes.rst": text,
		"out/" + Marker: "", "out/page.md": text,
		"faultline.yaml": "ignore: [\"minutes/**\"]\n",
	}, LoadOptions{})
	if got, want := ids(lib), []string{"a", "b", "d", "deep-er-c"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, p := range lib.Problems {
		t.Errorf("problem: %v", p)
	}
}

func TestLoadOrdersByDateAndSpeaksOfTheNewest(t *testing.T) {
	files := map[string]string{
		"a.md":     entry("title: A\ndate: 2024-05-05", ""),
		"b.md":     entry("title: B\nstarted: 2023-01-01T10:00Z", ""),
		"c.md":     entry("title: C\ndate: 2023-01-01", ""),
		"draft.md": entry("title: D\ndate: 2025-01-01\nstatus: draft", ""),
	}
	lib := load(t, files, LoadOptions{})
	if got, want := ids(lib), []string{"b", "c", "a"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if lib.AsOf.String() != "2024-05-05" {
		t.Errorf("as of %s", lib.AsOf)
	}
	lib = load(t, files, LoadOptions{Drafts: true})
	if len(lib.Incidents) != 4 || lib.AsOf.String() != "2025-01-01" {
		t.Errorf("with drafts: %q as of %s", ids(lib), lib.AsOf)
	}
	day, err := incident.ParseTime("2030-01-01", nil)
	if err != nil {
		t.Fatal(err)
	}
	if lib = load(t, files, LoadOptions{AsOf: day}); lib.AsOf != day {
		t.Errorf("as of %s, want %s", lib.AsOf, day)
	}
}

func TestLoadSettlesIDs(t *testing.T) {
	twin := entry("id: twin\ntitle: T\ndate: 2024-01-02", "")
	lib := load(t, map[string]string{"a.md": twin, "b.md": twin, "x/b.md": entry("id: b\ntitle: T\ndate: 2024-01-02", "")}, LoadOptions{})
	got := ids(lib)
	slices.Sort(got)
	if want := []string{"b", record.OwnID("b.md"), "twin"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := rules(lib.Problems), []string{"duplicate-id"}; !slices.Equal(got, want) {
		t.Errorf("got problems %q, want %q", got, want)
	}
	for _, inc := range lib.Incidents {
		if inc.URL != "incidents/"+inc.ID+"/" {
			t.Errorf("%s has the URL %q", inc.ID, inc.URL)
		}
	}
}

// TestLoadKeepsAddresses holds that a file keeps its address when one with a name
// like it comes into the library, and that no two share one on any disk.
func TestLoadKeepsAddresses(t *testing.T) {
	text := entry("title: T\ndate: 2024-01-02", "")
	files := map[string]string{"a-b.md": text}
	for _, name := range []string{"a b.md", "A-B.md", "a_b.md", "a/b.md", "a-b/index.md", "ſ.md", "s.md", "e\u0301.md", "é.md"} {
		files[name] = text
	}
	seen := map[string]string{}
	lib := load(t, files, LoadOptions{})
	for _, inc := range lib.Incidents {
		if other := seen[incident.Fold(inc.URL)]; other != "" {
			t.Errorf("%q and %q share %q", other, inc.Path, inc.URL)
		}
		seen[incident.Fold(inc.URL)] = inc.Path
		for _, p := range lib.Problems {
			if p.Path == inc.Path && (p.Level != problem.Warning || inc.ID != record.OwnID(inc.Path)) {
				t.Errorf("%q has the id %q: %v", inc.Path, inc.ID, p)
			}
		}
	}
	if len(seen) != len(files) || len(lib.Problems) != 7 || seen["incidents/a-b/"] != "a-b.md" {
		t.Errorf("%d addresses, a-b is %q, problems %v", len(seen), seen["incidents/a-b/"], lib.Problems)
	}
}

func TestLoadResolvesLinks(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x03\x00\x00\x00\x02\x08\x02\x00\x00\x00\x12\x16\xf1M"
	lib := load(t, map[string]string{
		"sub/a.md": entry("title: A\ndate: 2024-01-01", strings.Join([]string{
			"## Here", "",
			"[b](b.md) [heading](b.md#root-cause) [self](#here) [root](/sub/b.md) [web](https://example.org/x.md)",
			"![graph](../img/graph%201.png) [mail](mailto:a@example.org)",
		}, "\n")),
		"sub/b.md":        entry("title: B\ndate: 2024-01-02", "## Root cause\n\nText."),
		"img/graph 1.png": png,
	}, LoadOptions{})
	for _, p := range lib.Problems {
		t.Errorf("problem: %v", p)
	}
	a := lib.Incidents[0]
	var got []string
	for _, link := range a.Links {
		switch target := link.Target; {
		case target.Page != "":
			got = append(got, target.Page+"#"+target.Anchor)
		case target.Asset != nil:
			got = append(got, fmt.Sprintf("%s %dx%d", target.Asset.Path, target.Asset.Width, target.Asset.Height))
		default:
			got = append(got, "away")
		}
	}
	want := []string{"incidents/sub-b/#", "incidents/sub-b/#root-cause", "incidents/sub-a/#here", "incidents/sub-b/#", "away", "img/graph 1.png 3x2", "away"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if len(lib.Assets) != 1 || !strings.HasPrefix(lib.Assets[0].URL, "media/img/graph 1.") {
		t.Errorf("assets: %v", lib.Assets)
	}
}

func TestLoadReportsLinksThatLeadNowhere(t *testing.T) {
	for name, test := range map[string]struct{ body, rule, text, hint string }{
		"missing file":    {"[x](bb.md)", "broken-link", "leads to no file", `did you mean "b.md"?`},
		"missing image":   {"![x](no.png)", "missing-image", "leads to no file", "relative"},
		"raw image":       {"<img src=\"no.png\">", "missing-image", "leads to no file", "relative"},
		"raw link":        {"So <a href=\"bb.md\">x</a>", "broken-link", "leads to no file", `did you mean "b.md"?`},
		"missing heading": {"[x](b.md#root-caus)", "broken-link", "has no heading", `did you mean "#root-cause"?`},
		"own heading":     {"[x](#nowhere)", "broken-link", "has no heading", "headings"},
		"outside":         {"[x](../../etc/passwd.txt)", "broken-link", "out of the library", "copy"},
		"html":            {"[x](page.html)", "broken-link", "not copied", "HTML"},
		"draft":           {"[x](draft.md)", "broken-link", "draft", "--drafts"},
	} {
		lib := load(t, map[string]string{
			"a.md":      entry("title: A\ndate: 2024-01-01", test.body),
			"b.md":      entry("title: B\ndate: 2024-01-02", "## Root cause\n\nText."),
			"draft.md":  entry("title: D\ndate: 2024-01-02\nstatus: draft", ""),
			"page.html": "<script>alert(1)</script>",
		}, LoadOptions{})
		if len(lib.Problems) != 1 {
			t.Errorf("%s: got %v", name, lib.Problems)
			continue
		}
		p := lib.Problems[0]
		if p.Rule != test.rule || p.Line != 6 || p.Path != "a.md" || !strings.Contains(p.Text, test.text) || !strings.Contains(p.Hint, test.hint) {
			t.Errorf("%s: got %s %v (%s)", name, p.Rule, p, p.Hint)
		}
	}
}

func TestLoadWarnsThatAudiencesAreNotApplied(t *testing.T) {
	lib := load(t, map[string]string{
		"faultline.yaml": "audiences: [internal]\n",
		"a.md":           entry("title: A\ndate: 2024-01-01\naudience: internal", ""),
		"b.md":           entry("title: B\ndate: 2024-01-02", ""),
	}, LoadOptions{})
	if got, want := rules(lib.Problems), []string{"audience-not-applied"}; !slices.Equal(got, want) || lib.Problems[0].Path != "a.md" {
		t.Errorf("got %v, want %q for a.md", lib.Problems, want)
	}
}

func TestLoadChecksAliasesAndRelations(t *testing.T) {
	lib := load(t, map[string]string{
		"a.md": entry("title: A\ndate: 2024-01-01\naliases: [old-a, b]\nrelated:\n  see_also: [old-a, bb]", ""),
		"b.md": entry("title: B\ndate: 2024-01-02", ""),
	}, LoadOptions{})
	if got, want := rules(lib.Problems), []string{"duplicate-alias", "unknown-incident"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	if hint := lib.Problems[1].Hint; hint != `did you mean "b"?` {
		t.Errorf("hint: %s", hint)
	}
	if got := lib.Incidents[0].Aliases; !slices.Equal(got, []string{"old-a"}) {
		t.Errorf("aliases: %q", got)
	}
}

// TestLoadStaysInsideTheRoot follows links only inside the library.
func TestLoadStaysInsideTheRoot(t *testing.T) {
	outside, root := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "secret.md")
	write(t, secret, entry("title: Secret\ndate: 2024-01-01", ""))
	write(t, filepath.Join(root, "a.md"), entry("title: A\ndate: 2024-01-01", "![x](secret.png)"))
	symlink(t, secret, filepath.Join(root, "escape.md"))
	symlink(t, "a.md", filepath.Join(root, "inside.md"))
	symlink(t, outside, filepath.Join(root, "folder.md"))
	symlink(t, filepath.Join(outside, "none.png"), filepath.Join(root, "secret.png"))
	fsys, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := Load(fsys, LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := ids(lib), []string{"a", "inside"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	got := rules(lib.Problems)
	if n := count(got, "link-leaves-library"); n != 2 {
		t.Errorf("got %q, want two links that leave the library", got)
	}
	if count(got, "missing-image") != 2 || len(lib.Assets) != 0 {
		t.Errorf("got %q and %d assets, want an image refused in both files", got, len(lib.Assets))
	}
}

func count(words []string, word string) int {
	n := 0
	for _, w := range words {
		if w == word {
			n++
		}
	}
	return n
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func symlink(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
	}
}

func TestLoadTooLargeFile(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a.md"), entry("title: A\ndate: 2024-01-01", ""))
	large := filepath.Join(root, "dump.md")
	write(t, large, "")
	if err := os.Truncate(large, 50<<20); err != nil {
		t.Fatal(err)
	}
	fsys, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	lib, err := Load(fsys, LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if len(lib.Incidents) != 1 || !slices.Equal(rules(lib.Problems), []string{"file-too-large"}) {
		t.Errorf("got %d incidents, problems %v", len(lib.Incidents), lib.Problems)
	}
}

func TestFindRoot(t *testing.T) {
	dir := t.TempDir()
	if _, err := FindRoot(dir, ""); !errors.Is(err, ErrNoLibrary) {
		t.Errorf("nothing there: got %v", err)
	}
	if _, err := FindRoot(dir, "none"); err == nil {
		t.Error("a folder that is not there was accepted")
	}
	for _, folder := range []string{"content", "deep/er"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(from, named, want string) {
		t.Helper()
		got, err := FindRoot(filepath.Join(dir, from), named)
		if err != nil || got != filepath.Join(dir, want) {
			t.Errorf("from %q named %q: got %q, %v", from, named, got, err)
		}
	}
	expect("", "", "content")
	expect("", "deep", "deep")
	write(t, filepath.Join(dir, ConfigFile), "")
	expect("", "", "")
	expect("deep/er", "", "")
	expect("deep/er", filepath.Join(dir, "content"), "content")
}

func TestGlob(t *testing.T) {
	for _, test := range []struct {
		glob, path string
		want       bool
	}{
		{"*.md", "a.md", true}, {"*.md", "x/a.md", false}, {"**/*.md", "x/y/a.md", true}, {"**/*.md", "a.md", true},
		{"x/**", "x/y/z.md", true}, {"x", "x/y.md", true}, {"x/", "x/y.md", true}, {"x", "xy/z.md", false},
		{"a?.md", "ab.md", true}, {"a?.md", "a/.md", false}, {"a+b.md", "a+b.md", true}, {"a+b.md", "aab.md", false},
		{"[2019] a*.md", "[2019] abc.md", true}, {"a[", "a[", true},
	} {
		if got := globPattern(test.glob).MatchString(test.path); got != test.want {
			t.Errorf("%q on %q: got %v", test.glob, test.path, got)
		}
	}
}

// TestLoadResolvesLinksAsTheyAreWritten follows links in the ways that other tools
// write them, and names that are one to the eye.
func TestLoadResolvesLinksAsTheyAreWritten(t *testing.T) {
	text := entry("title: T\ndate: 2024-01-02", "Text.")
	for link, want := range map[string]string{
		"b.md": "b.md", "./b.md": "b.md", "/b.md": "b.md", "b": "b.md", "b/": "b.md", "b.html": "b.md", "../b.md": "", "b.htm#x": "b.md",
		"folder/": "folder/index.md", "folder": "folder/index.md", "folder/index.md": "folder/index.md", "folder/index.html": "folder/index.md",
		"twins": "", "twins.md": "twins.md", "100%.md": "100%.md", "100%25.md": "100%.md", "with%20space.md": "with space.md",
		"caf\u00e9.md": "cafe\u0301.md", "cafe%CC%81": "cafe\u0301.md", "\u00fcber.png": "u\u0308ber.png", "u\u0308ber.png": "u\u0308ber.png",
		"SHOT.png": "SHOT.png", "shot.png": "",
	} {
		lib := load(t, map[string]string{"a.md": entry("title: A\ndate: 2024-01-01", "[x](<"+link+">)"), "b.md": text, "folder/index.md": text,
			"twins.md": text, "twins.txt": text, "100%.md": text, "with space.md": text, "cafe\u0301.md": text,
			"u\u0308ber.png": "x", "SHOT.png": "x"}, LoadOptions{})
		target, got := lib.Incidents[0].Links[0].Target, ""
		switch {
		case target.Page != "":
			got = lib.Incidents[slices.IndexFunc(lib.Incidents, func(i *incident.Incident) bool { return i.URL == target.Page })].Path
		case target.Asset != nil:
			got = target.Asset.Path
		}
		if got != want {
			t.Errorf("%q leads to %q, want %q", link, got, want)
		}
	}
}
