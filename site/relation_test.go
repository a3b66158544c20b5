package site

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"faultline/site/problem"
)

// relationsSaid are the problems of a library, with their hints.
func relationsSaid(list problem.List) []string {
	var said []string
	for _, p := range list {
		said = append(said, fmt.Sprintf("%s (%s): %s", p, p.Rule, p.Hint))
	}
	return said
}

func TestLoadChecksActionsThatWouldHavePrevented(t *testing.T) {
	lib := load(t, map[string]string{
		"a.md": entry("title: A\ndate: 2024-01-01\nactions:\n  - {id: A1, text: Alert}\n  - {id: LOGS-1, text: Ship logs}", ""),
		"b.md": entry("title: B\ndate: 2024-01-02\nactions: [{id: A1, text: Page}]\nwould_have_prevented: [LOGS-1, a#A1]", ""),
		"c.md": entry("title: C\ndate: 2024-01-03\nactions: [{id: C1, text: Test}]\nwould_have_prevented:\n  - A1\n  - LOGS-2\n  - a#A2\n  - C1\n  - D1\n  - nobody#A1", ""),
		"d.md": entry("title: D\ndate: 2024-01-04\nactions: [{id: D1, text: Test}]", ""),
	}, LoadOptions{})
	want := []string{
		`c.md:7:5: action "A1" is of 2 earlier reports, "a.md" and "b.md" among them (ambiguous-action): write "a#A1"`,
		`c.md:8:5: no report has the action "LOGS-2" (unknown-action): did you mean "LOGS-1"?`,
		`c.md:9:5: no report has the action "a#A2" (unknown-action): did you mean "a#A1"?`,
		`c.md:10:5: action "C1" is of this report, and was promised after the incident (later-action): name an action that was promised before, or check the dates`,
		`c.md:11:5: action "D1" is of "d.md", which is later (later-action): name an action that was promised before, or check the dates`,
		`c.md:12:5: no report has the action "nobody#A1" (unknown-action): use the id of an earlier report's action, alone or behind the id of its incident and #`,
	}
	if got := relationsSaid(lib.Problems); !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestLoadChecksRepeats(t *testing.T) {
	lib := load(t, map[string]string{
		"a.md": entry("title: A\ndate: 2024-01-01\nrelated:\n  repeat_of: [c]", ""),
		"b.md": entry("title: B\ndate: 2024-01-02\nrelated:\n  repeat_of: [a]\n  not_same_as: [{id: a, because: other cause}, {id: e, because: x}]", ""),
		"c.md": entry("title: C\ndate: 2024-01-03\nrelated:\n  repeat_of: [b, nobody]", ""),
		"d.md": entry("title: D\ndate: 2024-01-04\nrelated:\n  repeat_of: d", ""),
		"e.md": entry("title: E\ndate: 2024-01-05\nrelated:\n  repeat_of: [a]\n  not_same_as: [d]", ""),
		"f.md": entry("title: F\ndate: 2024-01-06\nrelated:\n  repeat_of: [e, c]", ""),
	}, LoadOptions{})
	want := []string{
		`a.md:6:15: incidents repeat each other in a circle: "a", "c", "b", "a" (circular-repeat): an incident can repeat only an earlier one; remove this id`,
		`b.md:7:17: "a" is not to be the same, and repeat_of in "b.md" says that it is (contradicting-relations): remove one of the two; until then repeat_of counts`,
		`c.md:6:18: related incident "nobody" does not exist (unknown-incident): use the id of an incident of this library`,
		`d.md:6:14: incident is declared to repeat itself (circular-repeat): an incident can repeat only an earlier one; remove this id`,
	}
	if got := relationsSaid(lib.Problems); !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

// A circle of thousands is one problem, and names a few.
func TestLoadChecksLongCircles(t *testing.T) {
	files := map[string]string{}
	const n = 2000
	for i := range n {
		files[fmt.Sprintf("i%04d.md", i)] = entry(fmt.Sprintf("title: I %d\ndate: 2024-01-01\nrelated:\n  repeat_of: [i%04d]", i, (i+1)%n), "")
	}
	got := relationsSaid(load(t, files, LoadOptions{}).Problems)
	if len(got) != 1 || !strings.Contains(got[0], `"i0000", "i0001", "i0002", "i0003", "i0004", …, "i0000"`) {
		t.Errorf("got %q", got)
	}
}
