package record

import (
	"fmt"
	"testing"

	"faultline/site/incident"
)

// A term that was renamed, split or deprecated since the incident was written.
func TestFormerTerms(t *testing.T) {
	v := &incident.Vocabulary{}
	for _, term := range []incident.Term{
		{ID: "new", Formerly: []string{"old"}}, {ID: "one", Formerly: []string{"both"}}, {ID: "two", Formerly: []string{"both"}},
		{ID: "tired", Deprecated: "use new instead"},
	} {
		term.Dimension = incident.Cause
		v.Set(term)
	}
	for causes, want := range map[string]string{
		"[old]":                              `[new] a.md:2:10: cause "old" is called "new" now|write "new"`,
		"[{id: old, source: accepted}, new]": `[new] a.md:2:10: cause "old" is called "new" now|write "new" a.md:2:39: cause "new" is given twice|remove one of the two`,
		"[both]":                             `[] a.md:2:10: unknown cause "both"|it was split: write one or two`,
		"[tired]":                            `[tired] a.md:2:10: cause "tired" is deprecated|use new instead`,
		"[new]":                              `[new]`,
	} {
		inc, problems := Parse("a.md", []byte("---\ncauses: "+causes+"\ndate: 2024-01-02\nsummary: It broke.\n---\n# It broke\n"), Options{Vocabulary: v})
		var ids []string
		for _, tag := range inc.Terms[incident.Cause] {
			ids = append(ids, tag.ID)
		}
		got := fmt.Sprint(ids)
		for _, p := range problems {
			got += fmt.Sprintf(" %s|%s", p, p.Hint)
		}
		if got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", causes, got, want)
		}
	}
}
