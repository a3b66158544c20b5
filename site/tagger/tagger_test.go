package tagger_test

import (
	"fmt"
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"testing"

	"faultline/content"
	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// vocabulary is small and made for the tests, so that no change of the built-in one
// moves them.
const vocabulary = `
trigger:
  - {id: deploy, label: Deploy, definition: D, cues: [{cue: after .. deploy, weight: strong}]}
  - {id: surge, label: Surge, definition: D, cues: [{cue: traffic surge, weight: strong}]}
  - {id: none-found, label: None, definition: D, cues: [{cue: why .. started, weight: strong}]}
causes:
  - {id: dependency-fault, label: Other, definition: D, cues: [{cue: github outage, weight: strong}]}
  - {id: overload, label: Overload, definition: D, cues: [{cue: overloaded, weight: strong}]}
  - {id: dns, label: DNS, definition: D, cues: [{cue: dns fault, weight: strong}]}
  - {id: disk-full, label: Disk full, definition: D, cues: [{cue: disk .. full, weight: strong}], confused_with: [quota]}
  - {id: quota, label: Quota, definition: D, cues: [{cue: full, weight: usual}, {cue: quota exceeded, weight: strong}, {cue: full moon, weight: none}]}
  - {id: bug, label: Bug, definition: D, cues: [{cue: bug in .. code, weight: strong}]}
  - {id: race, label: Race, definition: D, parent: bug, cues: [{cue: bug .. code .. race, weight: usual}]}
factors:
  - {id: time-pressure, label: Hurry, definition: D, effect: enabled, cues: [{cue: deadline, weight: strong}]}
  - {id: no-alert, label: No alert, definition: D, cues: [{cue: no alert, weight: strong}, {cue: add .. alert, weight: strong, in: [actions, lessons]}]}
detection:
  - {id: customer, label: Customer, definition: D, cues: [{cue: customers reported, weight: strong}]}
  - {id: colleague, label: Colleague, definition: D, cues: [{cue: we noticed, weight: strong}]}
mitigation:
  - {id: restart, label: Restart, definition: D, cues: [{cue: restarted, weight: strong}]}
  - {id: rollback, label: Rollback, definition: D, cues: [{cue: rolled back, weight: strong}]}
impact:
  - {id: data-loss, label: Data loss, definition: D, cues: [{cue: data .. lost, weight: strong}]}
  - {id: all, label: All, definition: D, cues: [{cue: all .. affected, weight: strong}]}
  - {id: partial, label: Partial, definition: D, cues: [{cue: all users affected, weight: strong, in: [impact]}]}
  - {id: down, label: Down, definition: D, cues: [{cue: was down, weight: strong}, {cue: some users, weight: against}]}
`

func terms(t *testing.T) *incident.Vocabulary {
	t.Helper()
	v, problems := taxonomy.Read("taxonomy.yaml", []byte(vocabulary), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return v
}

func parse(t *testing.T, path, text string) *incident.Incident {
	t.Helper()
	i, problems := record.Parse(path, []byte(text), record.Options{})
	if i == nil {
		t.Fatal(problems)
	}
	return i
}

// suggested writes the suggestions for a report: "causes=dns! factors=no-alert/enabled".
func suggested(s tagger.Suggestions) string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, x := range s.Tags[d] {
			text := d.Key() + "=" + x.ID
			if x.Primary {
				text += "!"
			}
			for _, q := range []*string{x.Effect, x.Effective} {
				if q != nil {
					text += "/" + *q
				}
			}
			list = append(list, text)
		}
	}
	return strings.Join(list, " ")
}

func TestWhatSentencesTell(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	for _, c := range []struct{ name, text, want string }{
		{"plain", "## Root cause\n\nThe disk was full.", "causes=disk-full!"},
		{"the narrower term first", "## Root cause\n\nA bug in the code broke it.\n\nThat bug in old code made a race.", "causes=race! causes=bug"},
		{"title", "# Shop was down\n\nMore later.", "impact=down"},
		{"negation", "## Impact\n\nNo data was lost.", ""},
		{"negation behind a comma", "## Impact\n\nFor once not our fault, data was lost.", "impact=data-loss"},
		{"contraction", "## Root cause\n\nThe disk wasn't full.", ""},
		{"denied behind", "## Root cause\n\nA DNS fault was ruled out.", ""},
		{"not only", "## Root cause\n\nIt was not only a DNS fault.", "causes=dns!"},
		{"without", "## Root cause\n\nIt broke without a DNS fault.", ""},
		{"the cue's own no", "## Detection\n\nThere was no alert.", "factors=no-alert"},
		{"turned out not to be", "## Root cause\n\nIt turned out not to be a DNS fault.", ""},
		{"first suspected", "## Root cause\n\nWe initially suspected a DNS fault.", ""},
		{"assumption was wrong", "## Root cause\n\nThe DNS fault was an assumption that wasn't correct.", ""},
		{"wrong turns", "## Red herrings\n\nA DNS fault somewhere.", ""},
		{"question", "## Root cause\n\nWas there a DNS fault?", ""},
		{"conditional", "## Summary\n\nA DNS fault could have caused this.", ""},
		{"condition", "## Impact\n\nThat helps if data is lost.", ""},
		{"another time", "## Impact\n\nTwo weeks later data was lost.", ""},
		{"other incident", "## Summary\n\nIn a previous incident there was a DNS fault.", ""},
		{"background", "## Background\n\nThe disk can be full.", ""},
		{"future", "## Summary\n\nWe will look for a DNS fault.", ""},
		{"template", "## Summary\n\nDescribe what data was lost in the incident.", ""},
		{"action item", "## Action items\n\n- Add an alert for this", "factors=no-alert"},
		{"only in actions", "## Timeline\n\n- 10:00 We add an alert", ""},
		{"label", "Root cause: the disk was full.", "causes=disk-full!"},
		{"label alone", "**Root cause:**\n\nA DNS fault.", "causes=dns!"},
		{"prolonged", "## Contributing factors\n\nNo alert existed, which prolonged the outage.", "factors=no-alert/prolonged"},
		{"worsened", "## Contributing factors\n\nNo alert existed, which made it worse.", "factors=no-alert/worsened"},
		{"did not help", "## Resolution\n\nWe restarted it, to no avail. Then we rolled back, which restored service.",
			"mitigation=restart/no mitigation=rollback/yes"},
		{"a failed attempt", "## Resolution\n\nWe restarted it twice, but the restart failed.", "mitigation=restart/no"},
		{"said in the next sentence", "## Resolution\n\nWe restarted it. This did not help.", "mitigation=restart/no"},
		{"order of time", "## Resolution\n\nWe rolled back. We rolled back twice. We restarted it.", "mitigation=rollback mitigation=restart"},
		{"the weaker yields the same words", "## Root cause\n\nThe disk was full.\n\nThe disk was full again.", "causes=disk-full!"},
		{"the child takes the words", "## Root cause\n\nA bug in the code was a race.", "causes=race!"},
		{"against", "## Impact\n\nThe shop was down for some users, and it was down.\n\nSome users in the north.\n\nSome users in the south.", "impact=down"},
		{"against alone", "## Impact\n\nSome users saw it.", ""},
		{"one trigger", "## Trigger\n\nIt began after a deploy. There was a traffic surge and a traffic surge.", "trigger=surge"},
		{"a question may tell", "## Trigger\n\nWhy had it started at all?", "trigger=none-found"},
		{"what rows told first", "## Timeline\n\n- 10:00 We noticed it.\n- 10:05 Customers reported it.\n- 10:06 Customers reported it. Customers reported it.", "detection=colleague"},
		{"what is done once it is noticed", "## Timeline\n\n- 10:00 We noticed it.\n- 10:05 It began after a deploy of the mend. A traffic surge.", "detection=colleague"},
		{"what rows told before", "## Timeline\n\n- 10:00 It began after a deploy.\n- 10:05 We noticed it.", "trigger=deploy detection=colleague"},
		{"the cause that the title names", "# DNS fault\n\n## Root cause\n\nA bug in the code. A bug in the old code. A DNS fault.", "causes=dns! causes=bug"},
		{"what was lacking", "## Detection\n\nWe lacked what customers reported.", ""},
		{"will", "## Trigger\n\nIt will begin after every deploy.", ""},
		{"plans that are listed", "## Summary\n\nThese include that machines are restarted.", ""},
		{"causes in their chain", "## Root cause\n\nIt was overloaded. A DNS fault.", "causes=dns! causes=overload"},
		{"in one clause", "## Timeline\n\nThe disk in there is full.", "causes=disk-full!"},
		{"over the end of a clause", "## Timeline\n\nThe disk, and we were full.", ""},
		{"the release of a mend", "## Summary\n\nThe team prepared a fix after a deploy.", ""},
		{"a remedy that was the trouble", "## Resolution\n\nThe fault was causing that it restarted.", ""},
		{"words that are no term's", "## Root cause\n\nA full moon.", ""},
		{"an address", "## Root cause\n\nSee https://a.example/dns-fault and dns.example.com/dns/fault.", ""},
		{"a heading counts half", "# Music\n\n## The disk full of music\n\nIt was loud.", ""},
		{"a sentence counts more", "# Music\n\n## Music\n\nThe disk full of music.", "causes=disk-full!"},
		{"of the same words the closer cue", "## Impact\n\nAll users affected.", "impact=partial"},
		{"but where it counts alone", "## Summary\n\nAll users affected.", "impact=all"},
		{"a promise in running text", "## Summary\n\nGoing forward we add an alert for it.", "factors=no-alert"},
		{"a plan is no remedy", "## Summary\n\nCorrective actions included that machines are restarted.", ""},
		{"an accident is no remedy", "## Summary\n\nIt restarted unexpectedly, and restarted again and again.", ""},
		{"a habit", "## Summary\n\nEvery month customers reported per month.", ""},
		{"a regret denies nothing", "## Lessons learned\n\nThere should not have been a deadline.", "factors=time-pressure/enabled"},
		{"the usual effect", "## Contributing factors\n\nThe deadline.", "factors=time-pressure/enabled"},
		{"the effect that words tell", "## Contributing factors\n\nThe deadline made it worse.", "factors=time-pressure/worsened"},
		{"an outage of others", "---\norganization: Acme\n---\n\n## Root cause\n\nA GitHub outage.", "causes=dependency-fault!"},
		{"an outage of one's own", "---\norganization: GitHub\n---\n\n## Root cause\n\nA GitHub outage.", ""},
		{"order of the clocks", "## Timeline\n\n| time | what |\n|---|---|\n| 2024-05-01 10:09 UTC | We rolled back |\n| 2024-05-01 10:01 UTC | We restarted it |\n", "mitigation=restart mitigation=rollback"},
		{"another language", "## Ursache\n\nDie Platte war voll, und der Dienst war nicht mehr erreichbar. Wir haben sie dann geleert und den Dienst neu gestartet. Danach war alles wieder in Ordnung, und die Kunden konnten wieder bestellen, wie sie es vorher auch konnten.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := suggested(tags.Suggest(parse(t, "a.md", c.text))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAnotherLanguageIsSaid(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	german := parse(t, "a.md", "Der Dienst war nicht erreichbar, weil die Platte voll war. Wir haben die Platte geleert und den Dienst neu gestartet, danach ging es wieder. Die Kunden konnten eine Stunde lang nicht bestellen, und wir haben das erst nach einer Weile bemerkt.")
	if got := tags.Suggest(german).Note; got != tagger.NotSupported {
		t.Errorf("note %q", got)
	}
	if got := tags.Suggest(parse(t, "b.md", "The disk was full.")).Note; got != "" {
		t.Errorf("note %q for English", got)
	}
}

func TestRejectedTermsAreNotSuggested(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	i := parse(t, "a.md", "---\nnot: [disk-full]\n---\n\n## Root cause\n\nThe disk was full. A DNS fault.\n")
	if got := suggested(tags.Suggest(i)); got != "causes=dns!" {
		t.Errorf("got %s", got)
	}
}

func TestConfidenceGrowsWithEvidence(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	last := 0.0
	for _, text := range []string{
		"## Timeline\n\n- 10:00 the disk was full",
		"## Root cause\n\nThe disk was full.",
		"## Root cause\n\nThe disk was full.\n\nThe disk had been full.",
	} {
		s := tags.Suggest(parse(t, "a.md", text)).Tags[incident.Cause]
		if len(s) != 1 || s[0].Confidence <= last || s[0].Confidence > 1 {
			t.Fatalf("%q: %v behind %v", text, s, last)
		}
		last = s[0].Confidence
	}
}

// checkEvidence fails for every quote that does not stand in the file on its line.
func checkEvidence(t *testing.T, src string, s tagger.Suggestions) (quotes int) {
	t.Helper()
	lines := strings.SplitAfter(src, "\n")
	for _, d := range incident.Dimensions {
		for _, x := range s.Tags[d] {
			if len(x.Evidence) == 0 || len(x.Evidence) > 3 {
				t.Errorf("%s has %d quotes", x.ID, len(x.Evidence))
			}
			for _, e := range x.Evidence {
				quotes++
				at := strings.Index(strings.Join(lines[max(e.Line-1, 0):], ""), e.Text)
				if e.Text == "" || e.Line == 0 || at < 0 || at > len(lines[e.Line-1]) {
					t.Errorf("%s: %q does not stand on line %d", x.ID, e.Text, e.Line)
				}
			}
		}
	}
	return quotes
}

func TestEvidenceIsVerbatim(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	for _, c := range []struct{ name, text, want string }{
		{"marks", "## Root cause\n\nFirst. The **disk** of `node-1`\nwas *full*.", "The **disk** of `node-1`\nwas *full*."},
		{"link", "## Root cause\n\nThe [disk](http://full.example/disk) was full.", "The [disk](http://full.example/disk) was full."},
		{"link at the end", "## Root cause\n\nThe disk was [full](http://a.example/x)", "The disk was [full](http://a.example/x)"},
		{"date", "## Root cause\n\nOn 3. February 2020 the disk was full.", "On 3. February 2020 the disk was full."},
		{"address as text", "## Root cause\n\nThe disk of <https://a.example/x> was full.", "The disk of <https://a.example/x> was full."},
		{"tag", "## Root cause\n\nThe <b>big</b> disk was full.", "The <b>big</b> disk was full."},
		{"quoted", "## Root cause\n\n> The disk\n> was full.", "The disk\n> was full."},
		{"table", "## Root cause\n\n| a | b |\n|---|---|\n| The disk | was full |", "The disk | was full"},
		{"list", "## Root cause\n\n1. One\n2. The disk\n   was full", "The disk\n   was full"},
		{"entity", "## Root cause\n\nThe disk &amp; more was full.", "The disk &amp; more was full."},
		{"twice", "## Summary\n\nThe disk was.\n\n## Root cause\n\nThe disk was full.", "The disk was full."},
		{"title", "# The disk was full\n\nIt stopped.", "The disk was full"},
		{"title of the front matter", "---\nid: a\ntitle: \"The disk was full\"\n---\n\nIt stopped.", "The disk was full"},
		{"summary of the front matter", "---\nid: a\nsummary: >\n  One. The disk\n  was full.\n---\n\nIt stopped.", "The disk\n  was full."},
		{"CRLF", "## Root cause\r\n\r\nThe disk\r\nwas full.\r\n", "The disk\nwas full."},
		{"a very long sentence", "## Root cause\n\n" + strings.Repeat("and so on ", 80) + "the disk was full " + strings.Repeat("und weiter ", 80), "disk was full"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := tags.Suggest(parse(t, "a.md", c.text))
			if checkEvidence(t, strings.ReplaceAll(c.text, "\r\n", "\n"), s) == 0 {
				t.Fatal("nothing is quoted")
			}
			if got := s.Tags[incident.Cause][0].Evidence[0].Text; !strings.Contains(got, strings.TrimSpace(c.want)) || len(got) > 450 {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestEvidenceIsShownOnce(t *testing.T) {
	text := "## Root cause\n\nThe disk was full.\n\nThe disk was full.\n\nAgain the disk was full.\n"
	s := tagger.New(terms(t), tagger.Options{}).Suggest(parse(t, "a.md", text))
	if got := len(s.Tags[incident.Cause][0].Evidence); got != 2 {
		t.Errorf("%d quotes: %+v", got, s.Tags[incident.Cause][0].Evidence)
	}
}

func TestATitleMadeOfTheFileNameIsNoEvidence(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	if got := suggested(tags.Suggest(parse(t, "the disk was full.md", "Nothing more."))); got != "" {
		t.Errorf("got %s", got)
	}
}

func TestLearning(t *testing.T) {
	text := func(tag string) string {
		return "---\n" + tag + "---\n\n## Root cause\n\nThe disk of the flamingo cluster was full because of kestrel uploads.\n"
	}
	library := []*incident.Incident{
		parse(t, "old.md", text("causes: [disk-full]\n")),
		parse(t, "untagged.md", text("")),
	}
	v := terms(t)
	i := parse(t, "new.md", text(""))
	plain := tagger.New(v, tagger.Options{}).Suggest(i).Tags[incident.Cause][0]
	taught := tagger.New(v, tagger.Options{Learn: library}).Suggest(i).Tags[incident.Cause][0]
	if taught.Confidence <= plain.Confidence || !reflect.DeepEqual(taught.Learned, []string{"old"}) {
		t.Errorf("confidence %v after %v, learned from %v", taught.Confidence, plain.Confidence, taught.Learned)
	}
	own := tagger.New(v, tagger.Options{Learn: library[:1]}).Suggest(library[0]).Tags[incident.Cause][0]
	if own.Confidence != plain.Confidence || len(own.Learned) != 0 {
		t.Errorf("an incident learned from itself: %v", own)
	}
	silent := parse(t, "silent.md", "## Root cause\n\nThe flamingo cluster and its kestrel uploads.\n")
	if got := suggested(tagger.New(v, tagger.Options{Learn: library}).Suggest(silent)); got != "" {
		t.Errorf("suggested without a sentence of its own: %s", got)
	}
	library[0].Terms[incident.Cause][0].Provenance = incident.Suggested
	if got := tagger.New(v, tagger.Options{Learn: library}).Suggest(i).Tags[incident.Cause][0]; len(got.Learned) != 0 {
		t.Errorf("learned from a suggestion: %v", got)
	}
}

func TestSuggestIsDeterministicAndConcurrent(t *testing.T) {
	i := parse(t, "a.md", "## Root cause\n\nThe disk was full. A DNS fault. A bug in the code.\n\n## Resolution\n\nWe restarted it. We rolled back.\n")
	tags := tagger.New(terms(t), tagger.Options{Learn: []*incident.Incident{i}})
	want := fmt.Sprintf("%+v", tags.Suggest(i))
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := tags.Suggest(i); suggested(got) == "" || len(fmt.Sprintf("%+v", got)) != len(want) {
				t.Errorf("got %+v", got)
			}
		})
	}
	wait.Wait()
}

func TestHostileReports(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	for name, text := range map[string]string{
		"nothing":        "",
		"no full stops":  strings.Repeat("the disk was full and ", 250_000),
		"one word":       strings.Repeat("x", 5_000_000),
		"many sentences": strings.Repeat("The disk was full. ", 250_000),
		"modifiers":      strings.Repeat("not without the disk full ", 200_000),
		"open tags":      "x The disk " + strings.Repeat("T<", 2_000_000) + " was full",
		"not UTF-8":      "## Root cause\n\nThe disk\xff was full. \xc3",
		"marks":          "## Root cause\n\nThe disk " + strings.Repeat("[](", 100_000) + " was full",
	} {
		i := parse(t, "a.md", text)
		i.Sections = append(i.Sections, incident.Section{Kind: incident.CauseSection, Line: 1, Passages: []incident.Passage{{Text: text, Line: 1}}})
		s := tags.Suggest(i)
		for _, x := range s.Tags[incident.Cause] {
			if len(x.Evidence) == 0 || len(x.Evidence[0].Text) > 500 {
				t.Errorf("%s: evidence of %d bytes", name, len(x.Evidence[0].Text))
			}
		}
	}
}

func TestRankHasWhatIsNotSuggested(t *testing.T) {
	tags := tagger.New(terms(t), tagger.Options{})
	i := parse(t, "a.md", "## Background\n\nThe disk can be full.")
	if got := suggested(tags.Suggest(i)); got != "" {
		t.Errorf("suggested %s", got)
	}
	if got := suggested(tags.Rank(i)); got != "causes=disk-full!" {
		t.Errorf("ranked %s", got)
	}
}

// written is the file as the incident knows it: its line ends are those of the reader.
func written(i *incident.Incident) string { return i.Front + i.Body }

func TestEvidenceOfTheExampleLibraryIsVerbatim(t *testing.T) {
	v := taxonomy.BuiltIn()
	tags := tagger.New(v, tagger.Options{})
	quotes := 0
	err := fs.WalkDir(content.Library, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		src, err := fs.ReadFile(content.Library, path)
		if i, _ := record.Parse(path, src, record.Options{Vocabulary: v}); i != nil {
			quotes += checkEvidence(t, written(i), tags.Rank(i))
		}
		return err
	})
	if err != nil || quotes < 100 {
		t.Errorf("%d quotes, %v", quotes, err)
	}
}

func FuzzEvidenceIsVerbatim(f *testing.F) {
	for _, text := range []string{
		"## Root cause\n\nThe **disk** [was](x) full.", "---\ntitle: |\n  The disk\n  was full\n---\n# x", "<b>disk</b> &amp; full\r\n",
		"| the disk | full |\n|--|--|\n| DNS | fault |", "~~disk~~ `full` ![disk](full)", "disk\\_full\n\tdisk full",
	} {
		f.Add(text)
	}
	v, _ := taxonomy.Read("taxonomy.yaml", []byte(vocabulary), nil)
	tags := tagger.New(v, tagger.Options{})
	f.Fuzz(func(t *testing.T, text string) {
		if i, _ := record.Parse("a.md", []byte(text), record.Options{}); i != nil {
			checkEvidence(t, written(i), tags.Rank(i))
		}
	})
}
