package advice

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
)

func parse(t *testing.T, src string) *incident.Incident {
	t.Helper()
	inc, _ := record.Parse("incidents/a.md", []byte(src), record.Options{})
	if inc == nil {
		t.Fatal("no incident")
	}
	return inc
}

func names(parts []Part) string {
	var list []string
	for _, p := range parts {
		if p.Line > 0 {
			p.Name = fmt.Sprintf("%s (line %d)", p.Name, p.Line)
		}
		list = append(list, p.Name)
	}
	return strings.Join(list, ", ")
}

func TestMissingParts(t *testing.T) {
	for _, test := range []struct{ name, src, want string }{
		{"all but two", "# A\n\n## Summary\n\nS.\n\n## Impact\n\nI.\n\n## Timeline\n\n- 10:00: a\n\n## Detection\n\nD.\n\n## Root cause\n\nC.\n\n## Contributing factors\n\nF.\n\n" +
			"## Resolution\n\nR.\n\n## Lessons learned\n\nL.\n", "Wrong turns, Action items"},
		{"a heading without a text", "---\nsummary: S.\n---\n# A\n\n## Impact\n\n## Timeline\n\n### Day one\n\n- 10:00: a\n",
			"Impact (line 6), Detection, Root cause, Contributing factors, Resolution, Wrong turns, Lessons, Action items"},
		{"front matter", "---\nsummary: S.\nactions: [Do it]\nlessons: [L]\nwrong_turns: [W]\nsymptoms: [X]\ntimeline: [{at: 10:00, text: a}]\n---\n# A\n\nText.\n",
			"Impact, Root cause, Contributing factors, Resolution"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := names(Of(parse(t, test.src), nil).Missing); got != test.want {
				t.Errorf("missing %s, want %s", got, test.want)
			}
		})
	}
}

// A report that was begun with a template lacks what the template has, and its own words
// are no report.
func TestMissingPartsOfATemplate(t *testing.T) {
	of := func(name, src string) Template { return Template{name, parse(t, src).Sections} }
	templates := []Template{
		of("outage", "## What happened\n\nTell it in order.\n\n## Root cause\n\n## Customers told\n\nWhom did we tell?\n"),
		of("security", "## What was taken\n\n## Root cause\n"),
	}
	inc := parse(t, "# A\n\n## What happened\n\nTell it in order.\n\n## Cause\n\nA disk was full.\n\n## Customers told\n\nNobody.\n\n## Root cause\n")
	if got, want := names(Of(inc, templates).Missing), "What happened (line 3)"; got != want {
		t.Errorf("missing %s, want %s", got, want)
	}
	if parts := Of(parse(t, "# A\n\n## Root cause\n\n## Customers told\n"), templates).Missing; names(parts) != "What happened, Root cause (line 3), Customers told (line 5)" || parts[2].Asks != "Whom did we tell?" {
		t.Errorf("missing %+v", parts)
	}
}

func TestWordings(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"The outage was caused by human error.", "3 human error"},
		{"An engineer forgot to renew\nthe certificate.", "3 forgot"},
		{"All was well. The operator\nfailed to check.", "3 operator failed to"},
		{"They should have noticed the alert; it was obvious.", "3 should have noticed|3 was obvious"},
		{"The engineer failed to follow the documented procedure.", "3 engineer failed to"},
		{"It was careless, and the intern was at fault.", "3 careless|3 was at fault"},
		{"The database failed to start and the disk was full.", ""},
		{"We initially blamed the network.", ""},
		{"There is no \"human error\" in this library.", ""},
		{"The job should be retried.", ""},
		{"We should test lazy loading, which a canary could have caught.", ""},
		{"The upload was in violation of the acceptable use policy.", ""},
		{"```\nhuman error\n```", ""},
	} {
		inc := parse(t, "# A\n\n"+test.text+"\n")
		var got []string
		for _, w := range Of(inc, nil).Wordings {
			got = append(got, fmt.Sprintf("%d %s", w.Line, w.Said))
			if w.Kinder == "" || w.Why == "" {
				t.Errorf("%q has no kinder words", w.Said)
			}
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
	inc := parse(t, "---\ntitle: Stupid mistake\nsummary: Human error.\nlessons:\n  - People were careless\n---\nText.\n")
	got := fmt.Sprint(Of(inc, nil).Wordings)
	for _, want := range []string{"{2 Stupid", "{3 Human error", "{5 careless"} {
		if !strings.Contains(got, want) {
			t.Errorf("front matter: %s, want %s", got, want)
		}
	}
}

func TestClocksAndGaps(t *testing.T) {
	inc := parse(t, `---
started: 2024-03-05T10:00Z
resolved: 2024-03-05T20:00Z
---
# A

## Timeline

- 2024-03-05 10:00 UTC: one
- 2024-03-05 10:30 UTC: two
- 2024-03-05 10:20 UTC: three
- 2024-03-05 11:30 UTC: four
- 2024-03-05 14:00 UTC: five
- 2024-03-05 15:00 UTC: six
- 2024-03-05 19:00 UTC: seven
`)
	a := Of(inc, nil)
	var got []string
	for _, g := range a.Gaps {
		got = append(got, g.From.Text+" "+g.Length.String()+" "+g.To.Text)
	}
	if want := "three 1 h 10 min four, four 2 h 30 min five, six 4 h seven"; strings.Join(got, ", ") != want {
		t.Errorf("gaps %v, want %s", got, want)
	}
	if len(a.Clocks) != 2 || a.Clocks[0].Text != "not known: detected, mitigated" || a.Clocks[1].Line != 11 {
		t.Errorf("clocks %+v", a.Clocks)
	}
}

func TestUnownedAndLength(t *testing.T) {
	a := Of(parse(t, "---\nactions:\n  - {id: A1, text: One, owner: Kim}\n  - {id: A2, text: Two}\n  - {id: A3, text: Three, status: done}\n---\n"+strings.Repeat("It's a word. ", 100)), nil)
	if len(a.Unowned) != 1 || a.Unowned[0].ID != "A2" {
		t.Errorf("unowned %v", a.Unowned)
	}
	if a.Words != 300 || a.Minutes != 2 {
		t.Errorf("%d words, %d minutes", a.Words, a.Minutes)
	}
	if n := wordsOf("原因は証明書"); n != 3 {
		t.Errorf("%d words of six letters without spaces", n)
	}
}
