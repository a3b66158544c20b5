package reading

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// shared returns the folder of real reports, which is not part of the repository.
func shared(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("FAULTLINE_SHARED")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(folder, "corpus")); err != nil {
		t.Skipf("NOT TESTED on real reports: set FAULTLINE_SHARED to their folder (%v)", err)
	}
	return folder
}

// readReport reads a file as a library does, without its front matter.
func readReport(t *testing.T, path string) (Facts, []byte, int) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	body, line := src, 1
	for _, fence := range []string{"---\n", "+++\n"} {
		if !bytes.HasPrefix(src, []byte(fence)) {
			continue
		}
		if end := bytes.Index(src[4:], []byte("\n"+fence)); end >= 0 {
			front := src[:4+end+5]
			body, line = src[len(front):], 1+bytes.Count(front, []byte("\n"))
		}
	}
	return Read(markdown.Parse(body, line), Options{}), src, line
}

// TestRealReports holds what is read to the file: every line exists, every quoted
// start of a row stands on its line, nothing is timed without words.
func TestRealReports(t *testing.T) {
	files, timelines := 0, 0
	err := filepath.WalkDir(filepath.Join(shared(t), "corpus"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") || d.Name() == "README.md" {
			return err
		}
		f, src, first := readReport(t, path)
		files++
		timelines += min(len(f.Timeline), 1)
		checkLines(t, d.Name(), f, strings.Split(string(src), "\n"), first)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 440 || timelines < 90 {
		t.Errorf("%d files, %d with a timeline", files, timelines)
	}
}

func checkLines(t *testing.T, name string, f Facts, lines []string, first int) {
	t.Helper()
	on := func(what string, line int) bool {
		if line < first || line > len(lines) {
			t.Errorf("%s: %s is on line %d of %d", name, what, line, len(lines))
			return false
		}
		return true
	}
	for _, s := range f.Sections {
		on("section "+s.Heading, s.Line)
		for _, p := range s.Passages {
			on("passage", p.Line)
		}
	}
	for _, r := range f.Timeline {
		if on("row "+r.Label, r.Line) && !strings.Contains(lines[r.Line-1], firstDigits(r.Label)) {
			t.Errorf("%s:%d: row %q is not on its line %q", name, r.Line, r.Label, lines[r.Line-1])
		}
		if r.Text == "" && r.Label == "" {
			t.Errorf("%s:%d: empty row", name, r.Line)
		}
	}
	for _, a := range f.Actions {
		on("action "+a.Text, a.Line)
	}
}

func firstDigits(label string) string {
	start := strings.IndexAny(label, "0123456789")
	if start < 0 {
		return ""
	}
	stop := start
	for stop < len(label) && label[stop] >= '0' && label[stop] <= '9' {
		stop++
	}
	return label[start:stop]
}

// label is a line of the hand labels.
type label struct {
	Path     string  `json:"path"`
	Date     *string `json:"date"`
	Timeline int     `json:"timeline_entries"`
	Actions  int     `json:"action_items"`
}

// TestHandLabels holds the reader to the figures that it reached, so that a change
// that reads worse is seen.
func TestHandLabels(t *testing.T) {
	folder := shared(t)
	labels, err := os.ReadFile(filepath.Join(folder, "eval", "facts.jsonl"))
	if err != nil {
		t.Skipf("NOT TESTED on hand labels: %v", err)
	}
	n, dates, rows, actions, invented := 0, 0, 0, 0, 0
	for l := range bytes.Lines(labels) {
		var want label
		if err := json.Unmarshal(l, &want); err != nil {
			t.Fatal(err)
		}
		f, _, _ := readReport(t, filepath.Join(folder, want.Path))
		n++
		if date := dayString(f.Date.Value); want.Date != nil && date == *want.Date {
			dates++
		} else if want.Date == nil && date != "" {
			invented++
		}
		rows += near(len(explicit(f.Timeline)), want.Timeline)
		actions += near(len(f.Actions), want.Actions)
	}
	t.Logf("%d reports: %d dates, %d timelines, %d lists of actions, %d dates invented", n, dates, rows, actions, invented)
	if dates < 42 || rows < 45 || actions < 40 || invented > 0 {
		t.Error("fewer facts are read than before")
	}
}

func dayString(d incident.Time) string { return strings.TrimPrefix(d.String(), "~") }

// near is 1 when the numbers differ by no more than one or a tenth.
func near(a, b int) int {
	if difference := max(a, b) - min(a, b); difference <= max(1, max(a, b)/10) {
		return 1
	}
	return 0
}
