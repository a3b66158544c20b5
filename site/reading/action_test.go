package reading

import (
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

func facts(text string) Facts { return Read(markdown.Parse([]byte(text), 1), Options{}) }

func TestActions(t *testing.T) {
	for entry, want := range map[string]string{
		"[x] add an alert":                        `a1 status=done "add an alert"`,
		"[ ] add an alert":                        `a1 status=open "add an alert"`,
		"✅ add an alert":                          `a1 status=done "add an alert"`,
		"❌ add an alert":                          `a1 status=dropped "add an alert"`,
		"~~add an alert~~":                        `a1 status=done "add an alert"`,
		"~~add~~ an alert":                        `a1 "add an alert"`,
		"add an alert (done)":                     `a1 status=done "add an alert"`,
		"add an alert [In progress]":              `a1 status=in-progress "add an alert"`,
		"add an alert (Slack)":                    `a1 "add an alert (Slack)"`,
		"[ ] add an alert (won't fix)":            `a1 status=dropped "add an alert"`,
		"WIP: add an alert":                       `a1 status=in-progress "add an alert"`,
		"add an alert, status: closed":            `a1 status=done "add an alert"`,
		"add an alert. Owner: @kim":               `a1 owner=kim "add an alert."`,
		"add an alert (owner: Kim de Groot)":      `a1 owner=Kim de Groot "add an alert"`,
		"@kim: add an alert":                      `a1 owner=kim "add an alert"`,
		"add an alert (@kim)":                     `a1 owner=kim "add an alert"`,
		"add an alert, as @kim said":              `a1 "add an alert, as @kim said"`,
		"add an alert, due: 2020-02-01":           `a1 due=2020-02-01 "add an alert"`,
		"add an alert, due soon":                  `a1 "add an alert, due soon"`,
		"add [an alert](https://x.y/1), [b](c)":   `a1 link=https://x.y/1 "add an alert, b"`,
		"N/A":                                     "",
		"None.":                                   "",
		"**Alerts**: add one":                     `a1 "Alerts: add one"`,
		"**Resolution**: write how\n  - detail":   `a1 "Resolution: write how"`,
		"**Soon:**\n  - add an alert\n  - (b)":    `a1 kind="Soon" "add an alert"|a2 kind="Soon" "(b)"`,
		"In progress:\n  - add an alert":          `a1 status=in-progress "add an alert"`,
		"add an alert\n\n  Because of the night.": `a1 "add an alert"`,
	} {
		var got []string
		for _, a := range facts("# T\n\n## Action items\n\n- " + entry + "\n").Actions {
			got = append(got, tellAction(a))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q\n got %s\nwant %s", entry, s, want)
		}
	}
}

func TestActionsOnlyFromTheirSections(t *testing.T) {
	f := facts("# T\n\n- [ ] not this\n\n## Lessons\n\n- TODO: nor this\n\n## Next steps\n\nWe will do these:\n\n1. this\n\n- a detail\n\n## Conclusion\n\n- nor that\n")
	if len(f.Actions) != 1 || f.Actions[0].Text != "this" {
		t.Errorf("%+v", f.Actions)
	}
	f = facts("# T\n\n## Next steps\n\nWe will do these.\n\nAnd those.\n\n## What's next\n\nA story.\n")
	if len(f.Actions) != 2 || f.Actions[1].Line != 7 {
		t.Errorf("%+v", f.Actions)
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"# One `two`\n\ntext":             "One two",
		"text first.\n\n# One":            "One",
		"One\n===\n":                      "One",
		"## One\n\n# Two":                 "Two",
		"## One\n\ntext":                  "One",
		"## Summary\n\ntext":              "",
		"# Summary\n\n# Timeline":         "",
		"**One**\n\ntext":                 "One",
		"One\n\ntext":                     "One",
		"27 December 2017\n\nOne\n\ntext": "One",
		"A sentence of a report.\n":       "",
		"A sentence of a report that goes on for longer than a title does, and is\nbroken into lines": "",
		"(after https://x.y/z)\n": "",
		"Severity: 1\n":           "",
		"- One\n":                 "",
		"":                        "",
	} {
		if f := facts(text); f.Title.Value != want || f.Title.Known() != (want != "") {
			t.Errorf("%q: %q, want %q", text, f.Title.Value, want)
		}
	}
}

func TestStatements(t *testing.T) {
	for text, want := range map[string]string{
		"- Started: 2020-01-02 10:00 UTC":                       "started 3 2020-01-02T10:00Z\n",
		"**Start time:** 2020-01-02 10:00":                      "started 3 2020-01-02T10:00\n",
		"First detected 2020-01-02 10:00":                       "detected 3 2020-01-02T10:00\n",
		"- **Detected**: ~2020-01-02 10:00":                     "detected 3 ~2020-01-02T10:00\n",
		"| | |\n|-|-|\n| Repaired | 2020-01-02 10:00 |":         "mitigated 5 2020-01-02T10:00\n",
		"Date: 2 January 2020\nResolved: 10:30":                 "resolved 4 2020-01-02T10:30\n",
		"- Resolved: 2020-01-02":                                "resolved 3 2020-01-02\n",
		"- Resolved: yes":                                       "",
		"- Resolved: 2020-01-02 10:00\n- End: 2020-01-02 11:00": "",
		"- Severity: SEV-2":                                     "severity 3 \"SEV-2\"\n",
		"- Time to repair: 1h\n- Time to resolve: 2h":           "duration 4 2 h\n",
		"## Next steps\n\n- Started: 2020-01-02 10:00":          "",
	} {
		all := tell(facts("# T\n\n" + text + "\n"))
		got := ""
		for line := range strings.Lines(all) {
			if name, _, _ := strings.Cut(line, " "); strings.Contains("started detected mitigated resolved severity duration", name) {
				got += line
			}
		}
		if got != want {
			t.Errorf("%q\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestTimezone(t *testing.T) {
	for text, want := range map[string]string{
		"All times in UTC.":                               "UTC",
		"All times are in PST (UTC-8)":                    "PST (UTC-8)",
		"Times below are given in Europe/London":          "Europe/London",
		"All times in this section are in the CET":        "CET",
		"| Date and Time in CET | Event |\n|-|-|\n|1|2|":  "CET",
		"All times in British Summer Time (UTC+1).":       "British Summer Time (UTC+1)",
		"Timezone: America/New_York":                      "America/New_York",
		"We had bad times in Paris. It was UTC all along": "",
		"`All times in UTC`":                              "UTC",
	} {
		if f := facts("# T\n\n" + text + "\n"); f.Timezone.Value != want {
			t.Errorf("%q: %q, want %q", text, f.Timezone.Value, want)
		}
	}
}

func TestOptions(t *testing.T) {
	day, _ := incident.ParseTime("2020-01-02", nil)
	text := "# T\n\n## Timeline\n\n- 10:00 a\n- 11:00 UTC b\n- 12:00 PST c\n"
	f := Read(markdown.Parse([]byte(text), 1), Options{Zone: time.FixedZone("", 3600), Day: day})
	for i, want := range []string{"2020-01-02T10:00+01:00", "2020-01-02T11:00Z", "2020-01-02T12:00"} {
		if got := f.Timeline[i].At.String(); got != want {
			t.Errorf("row %d is at %s, want %s", i, got, want)
		}
	}
	if f = facts(text); f.Timeline[0].At.String() != "10:00" || f.Timeline[0].Label != "10:00" || f.Date.Known() {
		t.Errorf("a day is invented: %+v", f.Timeline[0])
	}
}

func TestLongListIsReadInTime(t *testing.T) {
	text := "# 2020-01-02\n\n## Timeline\n\n" + strings.Repeat("- 10:00 x\n", 50000) + strings.Repeat("\n> 10:00 y", 10000)
	if f := facts(text); len(f.Timeline) != 50000 {
		t.Errorf("%d rows", len(f.Timeline))
	}
}
