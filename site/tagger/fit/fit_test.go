package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/tagger"
)

func TestBestIsTheHighestF1(t *testing.T) {
	found := func(confidences ...float64) (list []tagger.Suggestion) {
		for n, c := range confidences {
			list = append(list, tagger.Suggestion{ID: string(rune('a' + n)), Confidence: c})
		}
		return list
	}
	cases := []sample{
		{map[string]bool{"a": true}, found(0.9, 0.4)},
		{map[string]bool{"a": true}, found(0.6, 0.3)},
		{map[string]bool{}, found(0.45)},
	}
	c := best(cases)
	if h := measure(cases, c); h != (hits{2, 0, 0}) || c.threshold != 0.6 || c.most != 1 {
		t.Errorf("got %+v with %+v", c, h)
	}
	if h := measure(cases, choice{0.3, 0, 5}); h != (hits{2, 3, 0}) {
		t.Errorf("everything: %+v", h)
	}
	if h := measure(cases, choice{0.3, 0.6, 5}); h != (hits{2, 1, 0}) {
		t.Errorf("those beside the best: %+v", h)
	}
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("a.md", "## Resolution\n\nWe rolled back the release.\n")
	labels := write("labels.jsonl", `{"path":"a.md","mitigation":["rollback"]}`)
	var out strings.Builder
	if err := run([]string{labels, dir}, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "mitigation  threshold") || !strings.Contains(out.String(), "F1 1.000") {
		t.Errorf("got %s", out.String())
	}
	if err := run([]string{labels}, &out); err == nil {
		t.Error("no error without a folder")
	}
	if err := run([]string{labels, dir + "/none"}, &out); err == nil {
		t.Error("no error for a report that is not there")
	}
}
