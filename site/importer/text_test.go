package importer

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"faultline/site/record"
)

// seeds are texts of web pages as people save them. They are kept outside of the
// repository.
const seeds = "../../../shared/seeds"

func TestPlainText(t *testing.T) {
	body := strings.Repeat("The disk was full and nobody knew why it was. ", 12)
	text := "Disk outage\n\n" + body + "\n\nWhat we do\n\n• alert earlier\n• clean up\n\n"
	marked := "# Disk outage\n\n" + body + "\n\n## What we do\n\n- alert earlier\n- clean up\n"
	for _, tt := range []struct{ name, below, want string }{
		{"nothing else", "", "\n"},
		{"likes", "12 Likes\n\nGreat, at 12:00 it failed for me.\n", "## Replies\n12 Likes\n\nGreat, at 12:00 it failed for me.\n"},
		{"no comments", "0 comments:\n\nPost a Comment\n", "## Replies\n0 comments:\n\nPost a Comment\n"},
		{"chrome", "Subscribe to our news\nThank you!\n\n© 2020\n", "## Also on the page\nSubscribe to our news  \nThank you!\n\n© 2020\n"},
		{"both", "Related posts\nAnother one\n\n2 replies\n\nFirst!\n", "## Also on the page\nRelated posts  \nAnother one\n## Replies\n2 replies\n\nFirst!\n"},
		{"a sentence", "Cookies of the old kind were kept in the database that was full, so " + body, "\nCookies of the old kind were kept in the database that was full, so " + body},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reports, problems := Read(Source{Path: "a.txt", Key: "a.txt", Data: []byte(text + tt.below)}, "")
			if len(reports) != 1 || len(problems) > 0 {
				t.Fatalf("%d reports, %v", len(reports), problems)
			}
			if got := string(reports[0].Text); got != marked+tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, marked+tt.want)
			}
		})
	}
}

func TestPlainTextWithFrontMatter(t *testing.T) {
	const text = "---\ntitle: Kept\n---\nShort line\n\nAnother text.\n"
	if r := page0(t, "a.txt", text); string(r.Text) != text {
		t.Errorf("got %q", r.Text)
	}
}

// TestTitleOfOneParagraph marks a title that is too long to be told by its form.
func TestTitleOfOneParagraph(t *testing.T) {
	const title = "Bank transfers were delayed for an hour on account of a certificate that nobody had renewed, a review"
	r := page0(t, "a.txt", "Monday, 4 March 2019\n\n"+title+"\n\n"+strings.Repeat("It was a long day for all of us. ", 30)+"\n")
	if !bytes.Contains(r.Text, []byte("\n# "+title+"\n")) {
		t.Errorf("got %.300q", r.Text)
	}
}

// TestSeedsReadTheSame compares the facts of each text with those of its Markdown, and
// the lines of both.
func TestSeedsReadTheSame(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(seeds, "*.txt"))
	if len(paths) == 0 {
		t.Skipf("SKIPPED: no texts in %s", seeds)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		src := Source{Path: path, Key: filepath.Base(path), Data: data}
		plain, _ := Read(src, "markdown")
		marked, _ := Read(src, "text")
		if bytes.Count(plain[0].Text, []byte("\n")) != bytes.Count(marked[0].Text, []byte("\n")) {
			t.Errorf("%s: lines have moved", path)
		}
		before, _ := plain[0].Incident(record.Options{})
		after, _ := marked[0].Incident(record.Options{})
		a, b := FactsOf(path, before), FactsOf(path, after)
		if len(b.Timeline) < len(a.Timeline) || len(b.Actions) != len(a.Actions) || len(b.Lessons) != len(a.Lessons) {
			t.Errorf("%s: %d of %d rows, %d of %d actions, %d of %d lessons", path,
				len(b.Timeline), len(a.Timeline), len(b.Actions), len(a.Actions), len(b.Lessons), len(a.Lessons))
		}
		if !reflect.DeepEqual([]*string{a.Title, a.Date, a.Started, a.Detected, a.Mitigated, a.Resolved}, []*string{b.Title, b.Date, b.Started, b.Detected, b.Mitigated, b.Resolved}) {
			t.Errorf("%s: facts differ:\n%+v\n%+v", path, a, b)
		}
		if !bytes.HasPrefix(marked[0].Text, []byte("# ")) && !bytes.Contains(marked[0].Text, []byte("\n# ")) {
			t.Errorf("%s: no title", path)
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add([]byte("A title\n\n• a\n    b\n\n3 replies\n\nx\n"))
	f.Add([]byte("\xff\xfeA\x00\n\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 5000 {
			return
		}
		reports, problems := readPlainText(Source{Path: "a.txt", Data: data})
		if len(reports) == 0 && len(problems) == 0 {
			t.Errorf("%q: neither a report nor a problem", data)
		}
	})
}
