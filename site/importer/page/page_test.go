package page

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is read into testdata")

// TestPages reads the pages of testdata and compares all that is made of them.
func TestPages(t *testing.T) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	if len(cases) < 6 {
		t.Fatalf("%d cases in testdata", len(cases))
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			p, problems, ok := Parse(string(archive.Files[0].Data), "page_files")
			if !ok {
				t.Fatalf("not read: %v", problems)
			}
			got := dump(p)
			for _, problem := range problems {
				got += fmt.Sprintf("%s: %s\n", problem.Rule, problem.Text)
			}
			if *update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func dump(p Page) string {
	var b strings.Builder
	for _, f := range []struct{ key, value string }{{"title", p.Title}, {"author", p.Author}, {"publisher", p.Publisher}, {"url", p.URL}, {"published", p.Published}} {
		if f.value != "" {
			fmt.Fprintf(&b, "%s: %s\n", f.key, f.value)
		}
	}
	for _, f := range p.Files {
		fmt.Fprintf(&b, "file: %s, %d bytes\n", f.Path, len(f.Data))
	}
	fmt.Fprintf(&b, "\n%s\n", p.Body)
	if p.Replies != "" {
		fmt.Fprintf(&b, "\nREPLIES\n%s\n", p.Replies)
	}
	return b.String()
}

// TestNothingLost checks that every word of what is taken for the report is in its
// Markdown.
func TestNothingLost(t *testing.T) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, _ := parse(string(archive.Files[0].Data))
		report := articleOf(doc).report
		words := strings.Fields(textOf(report))
		markdown := wordsOf((&tidier{files: new([]File)}).markdown(report))
		for _, word := range words {
			if !strings.Contains(markdown, wordsOf(word)) {
				t.Errorf("%s: %q is lost", name, word)
			}
		}
	}
}

// wordsOf is a text without what Markdown may add to it.
func wordsOf(s string) string {
	s = regexp.MustCompile(`\]\([^)\n]*\)`).ReplaceAllString(s, "")
	s = strings.NewReplacer("&lt;", "<", "&gt;", ">", "\\", "").Replace(s)
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("*_`~[]()|¶↩^ \n\t\u00a0", r) {
			return -1
		}
		return r
	}, s)
}
