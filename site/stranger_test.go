package site

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/problem"
)

// TestStrangers holds what becomes of files that are no reports.
func TestStrangers(t *testing.T) {
	const page, report = "# Install\n\nRun it.\n", "# Down\n\nDate: 2024-01-02\n\n## Impact\n\nAll.\n"
	many := func(n int, name, text string) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf(name, i)] = text
		}
		return files
	}
	for _, test := range []struct {
		name  string
		files []map[string]string
		pages int
		want  string // the problems that are not of a single page
	}{
		{"a few pages stay", []map[string]string{many(9, "p%d.md", page)}, 9, ""},
		{"a folder of pages is one problem", []map[string]string{many(30, "docs/a/p%d.md", page), many(30, "docs/b/p%d.md", page), many(3, "r%d.md", report)}, 63,
			"docs: 60 of 60 files say nothing"},
		{"a text file alone", []map[string]string{many(1, "robots%d.txt", "User-agent: <object>\n"), many(3, "r%d.md", report)}, 3, "robots0.txt: text file says nothing"},
		{"a folder of logs", []map[string]string{many(30, "logs/%d.txt", "started\n"), many(3, "r%d.md", report)}, 3,
			"logs: 30 of 30 files say nothing of an incident, no date, timeline, cause or impact, and 30 were left out"},
		{"a text file that is a report", []map[string]string{many(3, "r%d.txt", report)}, 3, ""},
		{"no library at all", []map[string]string{many(600, "x/%d.md", page), many(2, "r%d.md", report)}, 2, "x: 600 of 600 files say nothing"},
		{"a large library of reports", []map[string]string{many(600, "x/%d.md", page), many(20, "r%d.md", report)}, 620, "x: 600 of 600 files say nothing"},
	} {
		files := map[string]string{}
		for _, some := range test.files {
			for name, text := range some {
				files[name] = text
			}
		}
		lib := load(t, files, LoadOptions{})
		var got []string
		for _, p := range lib.Problems {
			if strings.HasPrefix(p.Rule, "no-report") {
				got = append(got, p.String())
			} else if p.Rule == "raw-html" {
				t.Errorf("%s: %s, in a file that has no page", test.name, p)
			} else if len(files) > 30 && p.Rule == "no-date" && p.Level == problem.Warning {
				t.Errorf("%s: %s beside the problem of its folder", test.name, p)
			}
		}
		if all := strings.Join(got, "; "); len(lib.Incidents) != test.pages || !strings.HasPrefix(all, test.want) || len(got) > 1 || test.want == "" && all != "" {
			t.Errorf("%s: %d pages and %q, want %d and %q", test.name, len(lib.Incidents), all, test.pages, test.want)
		}
	}
}
