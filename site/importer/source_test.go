package importer

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"faultline/site/problem"
)

// tree writes files below a new folder, which becomes the working folder.
func tree(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
}

func TestList(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"wiki/a.md", "wiki/b/c.HTML", "wiki/README.md", "wiki/.git/x.md", "wiki/photo.png", "wiki/page_files/ad.html", "wiki/feed.json", "one.txt", "two.txt", "odd.xyz", "pictures/a.png"} {
		files[name] = "x"
	}
	tree(t, files)
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	here = filepath.Base(here)
	for _, c := range []struct {
		name     string
		args     []string
		want     string // path=key of each source
		problems string // their rules
	}{
		{"a file", []string{"one.txt"}, "one.txt=HERE/one.txt", ""},
		{"a file of any name", []string{"odd.xyz"}, "odd.xyz=HERE/odd.xyz", ""},
		{"a folder", []string{"wiki"}, "wiki/a.md=wiki/a.md wiki/b/c.HTML=wiki/b/c.HTML wiki/feed.json=wiki/feed.json", ""},
		{"a file of a folder", []string{"wiki/a.md"}, "wiki/a.md=wiki/a.md", ""},
		{"a folder with a slash", []string{"wiki/b/"}, "wiki/b/c.HTML=b/c.HTML", ""},
		{"a pattern", []string{"*.txt"}, "one.txt=HERE/one.txt two.txt=HERE/two.txt", ""},
		{"each once", []string{"one.txt", "./one.txt", "o*.txt"}, "one.txt=HERE/one.txt", ""},
		{"standard input", []string{"-"}, "-=stdin", ""},
		{"nothing there", []string{"gone.md", "one.txt"}, "one.txt=HERE/one.txt", "no-source"},
		{"a folder without reports", []string{"pictures"}, "", "no-source"},
		{"a broken pattern", []string{"[a"}, "", "no-source"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sources, problems := List(c.args)
			var got, rules []string
			for _, s := range sources {
				got = append(got, strings.TrimPrefix(filepath.ToSlash(filepath.Clean(s.Path)), "./")+"="+s.Key)
			}
			for _, p := range problems {
				rules = append(rules, p.Rule)
			}
			if strings.Join(got, " ") != strings.ReplaceAll(c.want, "HERE", here) || strings.Join(rules, " ") != c.problems {
				t.Errorf("sources %q, problems %v", got, problems)
			}
		})
	}
}

func TestSourceName(t *testing.T) {
	for key, want := range map[string]string{
		"one.txt":                "one",
		"wiki/a.md":              "a",
		"wiki/2020/a.html.md":    "2020-a",
		"wiki/index.md":          "wiki",
		"wiki/outage/index.html": "outage",
		"stdin":                  "stdin",
	} {
		if got := (Source{Key: key}).name(); got != want {
			t.Errorf("the name of %q is %q, want %q", key, got, want)
		}
	}
}

func TestReadRefusesWhatIsEmpty(t *testing.T) {
	tree(t, map[string]string{"a.md": " \n", "b.json": "[]\n"})
	for path, level := range map[string]problem.Level{"a.md": problem.Warning, "b.json": problem.Warning, "-": problem.Error} {
		s, problems := Source{Path: path}.Read(strings.NewReader(""))
		if s.Data != nil || len(problems) != 1 || problems[0].Rule != "empty-file" || problems[0].Level != level {
			t.Errorf("%s: %d bytes, %v", path, len(s.Data), problems)
		}
	}
}

func TestReadRefusesWhatIsTooLarge(t *testing.T) {
	tree(t, map[string]string{"a.txt": "x"})
	if err := os.Truncate("a.txt", MaxBytes+1); err != nil {
		t.Fatal(err)
	}
	s, problems := Source{Path: "a.txt"}.Read(nil)
	if s.Data != nil || len(problems) != 1 || problems[0].Rule != "file-too-large" {
		t.Errorf("%d bytes, %v", len(s.Data), problems)
	}
}

// TestFilesOutsideAreNotRead: a link in a report must not bring a file of the machine
// into the library.
func TestFilesOutsideAreNotRead(t *testing.T) {
	tree(t, map[string]string{"secret.txt": "x", "in/report.md": "x", "in/img/a.png": "x"})
	if err := os.Symlink("../secret.txt", "in/link.png"); err != nil {
		t.Fatal(err)
	}
	src := Source{Path: "in/report.md", Root: "in"}
	for file, ok := range map[string]bool{"in/img/a.png": true, "secret.txt": false, "in/../secret.txt": false, "in/link.png": false, "in/img": false, "in/gone.png": false} {
		if err := src.holds(file); (err == nil) != ok {
			t.Errorf("%q: %v", file, err)
		}
	}
	if err := (Source{Path: "-"}).holds("secret.txt"); err == nil {
		t.Error("standard input has no folder to read from")
	}
}

func TestFilesLieBelowTheReport(t *testing.T) {
	tree(t, map[string]string{"in/pages/report.md": "x", "in/img/a b.png": "x", "in/pages/img/b.png": "x", "secret.png": "x"})
	r := Report{Text: []byte("![a](../img/a%20b.png) ![b](img/b.png) <img src=\"../img/a%20b.png\"> ![c](../../secret.png)"),
		Files: []File{{Path: "../img/a%20b.png", From: "in/img/a b.png"}, {Path: "img/b.png", From: "in/pages/img/b.png"}, {Path: "../../secret.png", From: "secret.png"}}}
	r, problems := withFiles(Source{Path: "in/pages/report.md", Root: "in"}, r)
	if want := "![a](files/a%20b.png) ![b](img/b.png) <img src=\"files/a%20b.png\"> ![c](../../secret.png)"; string(r.Text) != want {
		t.Errorf("text %q", r.Text)
	}
	var got []string
	for _, f := range r.Files {
		got = append(got, f.Path)
	}
	if !slices.Equal(got, []string{"files/a%20b.png", "img/b.png"}) {
		t.Errorf("files %q", got)
	}
	if len(problems) != 1 || problems[0].Rule != "missing-file" {
		t.Errorf("problems %v", problems)
	}
}
