package record

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"faultline/site/taxonomy"
)

// FuzzParse checks what holds of every file: no panic, an incident or an error, an
// id that can be a folder, problems inside the file, and JSON that is whole.
func FuzzParse(f *testing.F) {
	paths, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			if filepath.Ext(file.Name) == ".md" {
				f.Add(file.Data)
			}
		}
	}
	f.Add([]byte("\ufeff---\r\ntitle: \x00\xff\r---\r\n"))
	opt := Options{Vocabulary: taxonomy.BuiltIn()}
	f.Fuzz(func(t *testing.T, src []byte) {
		inc, problems := Parse("a/b.md", src, opt)
		last := 1 + bytes.Count(lineEnds(src), []byte("\n"))
		for _, p := range problems {
			if p.Path != "a/b.md" || p.Line < 0 || p.Line > last || p.Text == "" || p.Hint == "" || p.Rule == "" {
				t.Errorf("problem out of place or without words: %+v", p)
			}
		}
		if inc == nil {
			if problems.Count(0) == 0 {
				t.Error("no incident and no error")
			}
			return
		}
		if !validID(inc.ID) || inc.URL != URL(inc.ID) || inc.Title == "" || !utf8.ValidString(inc.Body) {
			t.Errorf("id %q, URL %q, title %q", inc.ID, inc.URL, inc.Title)
		}
		data, err := json.Marshal(inc)
		if err != nil {
			t.Fatal(err)
		}
		for _, list := range []string{"aliases", "services", "technologies", "teams", "tags", "symptoms", "wrong_turns", "lessons",
			"timeline", "actions", "would_have_prevented", "not", "extra", "sections", "causes"} {
			if bytes.Contains(data, []byte(`,"`+list+`":null`)) {
				t.Errorf("%q is null", list)
			}
		}
	})
}

// BenchmarkParse reads a report of a common size.
func BenchmarkParse(b *testing.B) {
	src := []byte("---\ntitle: A\nstarted: 2024-01-02T09:00Z\nresolved: 2024-01-02T09:36Z\nservices: [API, Web]\n" +
		"causes:\n  - {id: logic-bug, confidence: known}\nfactors: [no-alert, test-gap]\n---\n# A\n\n" +
		string(bytes.Repeat([]byte("Some words of the story, and `code`.\n\n- 09:00 it broke\n- 09:10 it was seen\n\n"), 95)))
	opt := Options{Vocabulary: taxonomy.BuiltIn()}
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		Parse("a.md", src, opt)
	}
}
