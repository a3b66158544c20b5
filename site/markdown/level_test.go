package markdown

import (
	"regexp"
	"strings"
	"testing"
)

func TestLevelsBelowTheTitle(t *testing.T) {
	name := regexp.MustCompile(`<h(\d)`)
	for text, want := range map[string]string{
		"# T\n## A\n### B\n## C\n":          "2 3 2",
		"# T\n# A\n## B\n# C\n":             "2 3 2",
		"# T\n## A\n### B\n# Stats\n":       "2 3 2",
		"# T\n## A\n# Stats\n# More\n":      "2 2 2",
		"# T\n## A\n# Part\n## B\n# Part\n": "3 2 3 2",
		"# T\n### A\n## B\n":                "3 2",
		"# T\n":                             "",
		"# T\n\n> # Quoted\n\n## A\n":       "2 3",
	} {
		var got []string
		for _, h := range name.FindAllStringSubmatch(string(Parse([]byte(text), 1).HTML(HTMLOptions{Title: "t", TopLevel: 2})), -1) {
			got = append(got, h[1])
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: levels %s, want %s", text, s, want)
		}
	}
}
