package reading

import (
	"slices"
	"strings"
	"testing"
)

func TestDoubts(t *testing.T) {
	for _, c := range []struct {
		src   string
		rules string
		text  string
	}{
		{"# T\n\n- Date: 03/04/2024\n", "ambiguous-date", `date "03/04/2024" is 3 April 2024 or 4 March 2024`},
		{"# T\n\n- Date: 03/04/2024\n- Resolved: 05/06/2024 10:00 UTC\n", "ambiguous-date", ""},
		{"# T\n\n- Date: 13/04/2024\n", "", ""},
		{"# T\n\n- Started: 2024-07-04 10:00\n- Resolved: 2024-07-04 11:00\n", "unstated-zone", "nothing says in which zone 10:00 is: universal or local time"},
		{"# T\n\n- Started: 2024-07-04 10:00 UTC\n", "", ""},
		{"# T\n\nAll times in PST.\n\n- Started: 2024-07-04 10:00\n", "zone-out-of-season", `"PST" is UTC-8, but in July the clocks may be on PDT, which is UTC-7`},
		{"# T\n\nAll times in PST.\n\n- Started: 2024-01-04 10:00\n", "", ""},
		{"# T\n\nAll times in PST (UTC-7).\n\n- Started: 2024-07-04 10:00\n", "", ""},
	} {
		var rules, texts []string
		for _, p := range facts(c.src).Problems {
			rules, texts = append(rules, p.Rule), append(texts, p.Text)
			if p.Line == 0 || p.Hint == "" {
				t.Errorf("%q: %s has no line or no hint", c.src, p.Rule)
			}
		}
		if got := strings.Join(rules, " "); got != c.rules || c.text != "" && !slices.Contains(texts, c.text) {
			t.Errorf("%q: %s %q, want %s %q", c.src, got, texts, c.rules, c.text)
		}
	}
}
