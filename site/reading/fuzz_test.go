package reading

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// FuzzRead holds that reading never panics, gives every fact a line of the text, and
// says the same twice.
func FuzzRead(f *testing.F) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(archive.Files[0].Data)
	}
	f.Add([]byte("` `"))
	f.Fuzz(func(t *testing.T, src []byte) {
		facts := Read(markdown.Parse(src, 1), Options{})
		if a, b := tell(facts), tell(Read(markdown.Parse(src, 1), Options{})); a != b {
			t.Fatalf("first\n%s\nthen\n%s", a, b)
		}
		for _, r := range facts.Timeline {
			if r.Line < 1 || r.At.Known() && r.At.To.Before(r.At.From) || r.Basis != incident.Explicit && r.Basis != incident.Prose || r.Text == "" && r.Label == "" {
				t.Fatalf("row %+v", r)
			}
		}
		ids := map[string]bool{}
		for _, a := range facts.Actions {
			if a.Line < 1 || a.Text == "" || ids[a.ID] {
				t.Fatalf("action %+v", a)
			}
			ids[a.ID] = true
		}
	})
}
