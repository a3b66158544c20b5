package refactor

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"faultline/site"
	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/taxonomy"
)

// folder is a library on disk.
type folder struct {
	*os.Root
	t *testing.T
}

func open(t *testing.T, files map[string]string) folder {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return folder{root, t}
}

func (f folder) load() *incident.Library {
	f.t.Helper()
	fsys, err := site.Open(f.Name())
	if err != nil {
		f.t.Fatal(err)
	}
	lib, err := site.Load(fsys, site.LoadOptions{Drafts: true})
	if err != nil {
		f.t.Fatal(err)
	}
	return lib
}

// files are all that the library holds.
func (f folder) files() map[string]string {
	f.t.Helper()
	all := map[string]string{}
	err := fs.WalkDir(f.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := f.ReadFile(name)
		all[name] = string(text)
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	delete(all, ".faultline-edit.lock")
	return all
}

// holds fails unless the library has these files and no others.
func (f folder) holds(want map[string]string) {
	f.t.Helper()
	if got := f.files(); !maps.Equal(got, want) {
		for name, text := range got {
			if want[name] != text {
				f.t.Errorf("%s is\n%s\nwant\n%s", name, text, want[name])
			}
		}
		f.t.Fatalf("%d files, want %d", len(got), len(want))
	}
}

// report is an incident file with this front matter.
func report(front string) string {
	return "---\n" + front + "date: 2024-01-02\n---\n\n# It broke\n\noverload and concurrency-bug stay in the text\n"
}

const own = `# Ours
causes:
  # about ledgers
  - id: ledger-drift # keep
    label: Ledger drift
    definition: Two books disagreed
    cues: [books .. disagree, {cue: drift*, weight: strong}]

  - {id: double-booking, label: Double booking, definition: One payment stood twice, confused_with: [ledger-drift]}
`

// do makes a plan of a command line in words, as the commands do.
func do(lib *incident.Library, words ...string) (Plan, error) {
	term := func(word string) Term {
		t, err := Find(lib, word)
		if err != nil {
			t = Term{incident.Cause, word}
		}
		return t
	}
	switch words[0] {
	case "rename":
		return Rename(lib, term(words[1]), words[2], strings.Join(words[3:], " "))
	case "merge":
		var terms []Term
		for _, w := range words[1 : len(words)-1] {
			terms = append(terms, term(w))
		}
		return Merge(lib, terms, term(words[len(words)-1]))
	case "split":
		var parts []Term
		for _, w := range strings.Split(words[2], ",") {
			parts = append(parts, term(w))
		}
		to, problems := ParseAssignment("a.tsv", []byte(strings.Join(words[3:], "\n")), lib)
		plan, err := Split(lib, term(words[1]), parts, to)
		plan.Problems = append(plan.Problems, problems...)
		return plan, err
	}
	return Deprecate(lib, term(words[1]), strings.Join(words[2:], " "))
}

func TestRefactor(t *testing.T) {
	for _, c := range []struct {
		name                            string
		command                         []string
		front, after, taxonomy, written string
	}{
		{"rename a built-in term", []string{"rename", "overload", "too-much-load"},
			"causes:\n  - {id: overload, confidence: known} # why\n  - logic-bug\nfactors: [ 'no-alert' ]\n",
			"causes:\n  - {id: too-much-load, confidence: known} # why\n  - logic-bug\nfactors: [ 'no-alert' ]\n",
			"", "causes:\n  - {id: too-much-load, label: Too much load, formerly: [overload]}\n"},
		{"rename a term of the library", []string{"rename", "ledger-drift", "book-drift", "Books", "drifted"},
			"causes: [ledger-drift, overload]\n", "causes: [book-drift, overload]\n",
			own, strings.NewReplacer("id: ledger-drift # keep\n    label: Ledger drift", "id: book-drift # keep\n    label: Books drifted",
				"weight: strong}]\n", "weight: strong}]\n    aliases: [Ledger drift]\n    formerly: [ledger-drift]\n", "confused_with: [ledger-drift]", "confused_with: [book-drift]").Replace(own)},
		{"what was rejected", []string{"rename", "overload", "too-much-load"}, "not: [overload, no-alert]\n", "not: [too-much-load, no-alert]\n",
			"", "causes:\n  - {id: too-much-load, label: Too much load, formerly: [overload]}\n"},
		{"a detection gap", []string{"rename", "gap:no-monitor", "unmonitored"}, "detection_gap: \"no-monitor\" # c\n", "detection_gap: \"unmonitored\" # c\n",
			"", "detection_gap:\n  - {id: unmonitored, label: Unmonitored, formerly: [no-monitor]}\n"},
		{"merge two that it has", []string{"merge", "ledger-drift", "double-booking"},
			"causes:\n  - id: ledger-drift\n    confidence: likely # guess\n  - double-booking\n  - overload\n",
			"causes:\n  - id: double-booking\n    confidence: likely # guess\n  - overload\n",
			own, "# Ours\ncauses:\n  # about ledgers\n\n  - {id: double-booking, label: Double booking, definition: One payment stood twice, formerly: [ledger-drift], aliases: [Ledger drift], cues: [books .. disagree, {cue: drift*, weight: strong}]}\n"},
		{"merge, the author's choice first", []string{"merge", "overload", "logic-bug"},
			"causes:\n  - {id: overload, source: accepted}\n  - {id: logic-bug, confidence: known}\n", "causes:\n  - {id: logic-bug, confidence: known}\n",
			"", "causes:\n  - {id: logic-bug, formerly: [overload]}\n"},
		{"merge a misspelling", []string{"merge", "overlaod", "overload"}, "causes: [overlaod, logic-bug]\n", "causes: [overload, logic-bug]\n", own, own},
		{"merge, one of them rejected", []string{"merge", "overload", "concurrency-bug", "logic-bug"}, "not: [overload, no-alert]\n", "not: [no-alert]\n",
			"", "causes:\n  - {id: logic-bug, formerly: [overload, concurrency-bug]}\n"},
		{"merge, all of them rejected", []string{"merge", "overload", "logic-bug"}, "not: [overload, logic-bug]\n", "not: [logic-bug]\n",
			"", "causes:\n  - {id: logic-bug, formerly: [overload]}\n"},
		{"split in two", []string{"split", "overload", "ledger-drift,double-booking", "a.md\tdouble-booking\tIt broke"},
			"causes: [{id: overload, confidence: known}, logic-bug]\n", "causes: [{id: double-booking, confidence: known}, logic-bug]\n",
			own, strings.NewReplacer("weight: strong}]\n", "weight: strong}]\n    formerly: [overload]\n", "[ledger-drift]}", "[ledger-drift], formerly: [overload]}").Replace(own)},
		{"split, both parts", []string{"split", "ledger-drift", "overload,double-booking", "a.md\toverload, double-booking"},
			"causes:\n  - {id: ledger-drift, source: accepted} # c\n  - logic-bug\n", "causes:\n  - {id: overload, source: accepted} # c\n  - {id: double-booking, source: accepted}\n  - logic-bug\n",
			own, "# Ours\ncauses:\n  # about ledgers\n\n  - {id: double-booking, label: Double booking, definition: One payment stood twice, confused_with: [overload], formerly: [ledger-drift]}\n  - {id: overload, formerly: [ledger-drift]}\n"},
		{"split, a part keeps the name", []string{"split", "ledger-drift", "ledger-drift,double-booking", "a.md\t-"},
			"causes:\n  - ledger-drift\n  - logic-bug\n", "causes:\n  - logic-bug\n", own, own},
		{"split what was rejected", []string{"split", "overload", "ledger-drift,double-booking"}, "not:\n  - overload\n", "not:\n  - ledger-drift\n  - double-booking\n",
			own, strings.NewReplacer("weight: strong}]\n", "weight: strong}]\n    formerly: [overload]\n", "[ledger-drift]}", "[ledger-drift], formerly: [overload]}").Replace(own)},
		{"deprecate a built-in term", []string{"deprecate", "overload", "use", "concurrency-bug", "instead"}, "causes: [overload]\n", "causes: [overload]\n",
			"", "causes:\n  - {id: overload, deprecated: use concurrency-bug instead}\n"},
		{"deprecate a term of the library", []string{"deprecate", "ledger-drift", "say", "overload"}, "causes: [ledger-drift]\n", "causes: [ledger-drift]\n",
			own, strings.Replace(own, "weight: strong}]\n", "weight: strong}]\n    deprecated: say overload\n", 1)},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{"faultline.yaml": "", "a.md": report(c.front), "b.md": "# Another\n\n- 10:00 overload\n", "c.txt": strings.ReplaceAll(report(c.front), "\n", "\r\n")}
			if c.taxonomy != "" {
				files[taxonomy.File] = c.taxonomy
			}
			if c.command[0] == "split" && len(c.command) > 3 {
				c.command = append(c.command, strings.Replace(c.command[3], "a.md", "c.txt", 1))
			}
			lib := open(t, files)
			plan, err := do(lib.load(), c.command...)
			if err != nil || len(plan.Problems) > 0 {
				t.Fatalf("%v, problems %v", err, plan.Problems)
			}
			lib.holds(files)
			if err := plan.Apply(lib.Root); err != nil {
				t.Fatal(err)
			}
			files["a.md"], files["c.txt"] = report(c.after), strings.ReplaceAll(report(c.after), "\n", "\r\n")
			if c.written != "" {
				files[taxonomy.File] = c.written
			}
			lib.holds(files)
			for _, p := range lib.load().Problems {
				if p.Rule == "unknown-term" || p.Rule == "renamed-term" || p.Path == taxonomy.File {
					t.Errorf("the library has the problem %v", p)
				}
			}
		})
	}
}

// What tells of a term tells of the one it is merged into.
func TestMergedCuesStay(t *testing.T) {
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [part]\n"), taxonomy.File: `causes:
  - id: part
    label: Part
    definition: D
    cues: [ran out, {cue: "off by one", weight: strong}, {cue: queue, weight: weak, in: [cause, actions]}, {cue: "some users", weight: against}, {cue: down, in: [title]}]
  - {id: whole, label: Whole, definition: D, cues: [own]}
`})
	before := lib.load()
	part, _ := before.Vocabulary.Lookup(incident.Cause, "part")
	plan, err := do(before, "merge", "part", "whole")
	if err != nil || len(plan.Problems) > 0 || plan.Apply(lib.Root) != nil {
		t.Fatalf("%v, %v", err, plan.Problems)
	}
	after := lib.load()
	whole, _ := after.Vocabulary.Lookup(incident.Cause, "whole")
	if len(part.Cues) != 5 || !reflect.DeepEqual(whole.Cues[1:], part.Cues) || len(after.Problems) > len(before.Problems) {
		t.Errorf("got %+v, want %+v; %v", whole.Cues, part.Cues, after.Problems)
	}
}

// A name that is given and taken back leaves the incidents as they were.
func TestRenameAndBack(t *testing.T) {
	files := map[string]string{"a.md": report("causes:\n  - overload # c\n"), "faultline.yaml": ""}
	lib := open(t, files)
	for _, names := range [][2]string{{"overload", "too-much"}, {"too-much", "overload"}} {
		plan, err := do(lib.load(), "rename", names[0], names[1])
		if err != nil || len(plan.Problems) > 0 || plan.Incidents != 1 {
			t.Fatalf("%v, %+v", err, plan)
		}
		if err := plan.Apply(lib.Root); err != nil {
			t.Fatal(err)
		}
	}
	files[taxonomy.File] = "causes:\n  - {id: overload, label: Overload, formerly: [too-much], aliases: [Too much]}\n"
	lib.holds(files)
	if now := lib.load().Vocabulary.Former(incident.Cause, "too-much"); len(now) != 1 || now[0].ID != "overload" || now[0].Definition == "" {
		t.Errorf("too-much became %+v", now)
	}
}

func TestTOML(t *testing.T) {
	src := "+++\ncauses = ['overload', {id = \"logic-bug\"}] # c\ndate = 2024-01-02\n+++\n\n# It broke\n"
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": src})
	plan, err := do(lib.load(), "merge", "overload", "concurrency-bug")
	if err != nil || len(plan.Problems) > 0 || plan.Apply(lib.Root) != nil {
		t.Fatalf("%v, %+v", err, plan)
	}
	if got, want := lib.files()["a.md"], strings.Replace(src, "'overload'", "'concurrency-bug'", 1); got != want {
		t.Errorf("got\n%s", got)
	}
}

// taxonomy.yaml keeps its line ends, its mark, and the styles that people write lists in.
func TestStylesOfVocabularies(t *testing.T) {
	for before, after := range map[string]string{
		"\ufeff# Ours\r\ncauses:\r\n- id: 'load' # l\r\n  label: Load\r\n  definition: D\r\n":                                      "\ufeff# Ours\r\ncauses:\r\n- id: 'weight' # l\r\n  label: Weight\r\n  definition: D\r\n  aliases: [Load]\r\n  formerly: [load]\r\n",
		"---\nreplace: true\ncauses: [{id: load, label: Load, definition: D}] # one\n":                                             "---\nreplace: true\ncauses: [{id: weight, label: Weight, definition: D, aliases: [Load], formerly: [load]}] # one\n",
		"causes:\n  - {definition: D, id: \"load\", label: Load, parent: b, }\n  - {id: b, label: B, definition: D, parent: load}": "",
		"causes:\n  - id: load\n    label: Load\n    definition: >-\n      D\n\n# end\n":                                           "causes:\n  - id: weight\n    label: Weight\n    definition: >-\n      D\n    aliases: [Load]\n    formerly: [load]\n\n# end\n",
	} {
		lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [load]\n"), taxonomy.File: before})
		plan, err := do(lib.load(), "rename", "load", "weight")
		if after == "" {
			if len(plan.Problems) == 0 {
				t.Errorf("%q is changed although it is broken", before)
			}
			continue
		}
		if err != nil || len(plan.Problems) > 0 || plan.Apply(lib.Root) != nil {
			t.Errorf("%q: %v, %v", before, err, plan.Problems)
			continue
		}
		if got := lib.files()[taxonomy.File]; got != after {
			t.Errorf("got\n%q\nwant\n%q", got, after)
		}
	}
}

// One file that cannot be edited keeps all the others as they are.
func TestAllOrNothing(t *testing.T) {
	for name, c := range map[string]struct{ broken, line, hint string }{
		"an anchor":           {report("factors: &f [overload]\nimpact: *f\ncauses: *f\n"), "4", "write the value out"},
		"front matter broken": {"---\ncauses: [overload\ndate: 2024-01-02\n---\n# It broke\n", "2", "bracket"},
		"not closed":          {"---\ncauses: [overload]\n# It broke\n", "1", "not closed"},
		"a key twice":         {report("causes: [logic-bug]\ncauses: [overload]\n"), "3", "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload]\n"), "b.md": c.broken, "c.md": report("causes: [overload]\n")}
			lib := open(t, files)
			plan, err := do(lib.load(), "rename", "overload", "too-much")
			if err != nil || len(plan.Problems) != 1 {
				t.Fatalf("%v, %+v", err, plan.Problems)
			}
			p := plan.Problems[0]
			if !strings.HasPrefix(p.String(), "b.md:"+c.line+":") || !strings.Contains(p.Text+p.Hint, c.hint) || p.Hint == "" {
				t.Errorf("%v, hint %q", p, p.Hint)
			}
			if plan.Apply(lib.Root) == nil {
				t.Error("it was applied")
			}
			lib.holds(files)
		})
	}
}

// A broken file that does not name the term has nothing to do with it.
func TestBrokenFilesThatDoNotNameTheTerm(t *testing.T) {
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload]\n"), "b.md": "---\ncauses: [logic-bug\n---\n# It broke\n\nby overload\n"})
	plan, err := do(lib.load(), "rename", "overload", "too-much")
	if err != nil || len(plan.Problems) > 0 || plan.Incidents != 1 {
		t.Errorf("%v, %+v", err, plan.Problems)
	}
}

// Whoever edited a file between the plan and its end keeps the edit, and nothing else
// changes.
func TestChangedMeanwhile(t *testing.T) {
	files := map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload]\n"), "b.md": report("causes: [overload]\n")}
	lib := open(t, files)
	plan, err := do(lib.load(), "rename", "overload", "too-much")
	if err != nil {
		t.Fatal(err)
	}
	files["b.md"] += "More.\n"
	if err := lib.WriteFile("b.md", []byte(files["b.md"]), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := plan.Apply(lib.Root); !errors.Is(err, frontmatter.ErrChanged) {
		t.Errorf("got %v", err)
	}
	lib.holds(files)
}

func TestBrokenVocabularyIsNotWritten(t *testing.T) {
	files := map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload]\n"), taxonomy.File: own + "  - {id: ledger-drift, label: Again, definition: D}\n"}
	lib := open(t, files)
	plan, err := do(lib.load(), "rename", "overload", "too-much")
	if err != nil || len(plan.Problems) != 1 || plan.Problems[0].Path != taxonomy.File || plan.Problems[0].Line != 10 {
		t.Errorf("%v, %v", err, plan.Problems)
	}
	if plan, _ = do(lib.load(), "rename", "logic-bug", "Logic Bug"); len(plan.Problems) == 0 {
		t.Error("an id that is none is taken")
	}
}

func TestUsage(t *testing.T) {
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload, typo-id]\n"), taxonomy.File: own}).load()
	for _, c := range []struct{ command, text, hint string }{
		{"rename overload overload", `"cause:overload" is its name already`, "another"},
		{"rename overload logic-bug", `there is a term "cause:logic-bug" already`, "merge overload logic-bug"},
		{"rename typo-id new-id", `"cause:typo-id" is not in the vocabulary`, "merge it"},
		{"rename cause:unknown new-id", "unknown", "name a term"},
		{"merge overload nowhere", `"cause:nowhere" is not in the vocabulary`, "add it"},
		{"merge no-alert overload", "different dimensions", "one dimension"},
		{"merge overload overload", "into itself", "last"},
		{"split overload logic-bug", "into one term", "--into"},
		{"split overload logic-bug,no-alert", `there is no cause "no-alert"`, "taxonomy.yaml"},
		{"deprecate overload", "needs advice", "--use"},
		{"deprecate typo-id x", "not in the vocabulary", "merge"},
	} {
		_, err := do(lib, strings.Fields(c.command)...)
		usage := (*Usage)(nil)
		if !errors.As(err, &usage) || !strings.Contains(usage.Text, c.text) || !strings.Contains(usage.Hint, c.hint) {
			t.Errorf("%s: %v", c.command, err)
		}
	}
}

func TestFind(t *testing.T) {
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [typo-id]\n"), taxonomy.File: "factors:\n  - {id: overload, label: O, definition: D}\n"}).load()
	for word, want := range map[string]string{
		"logic-bug": "cause:logic-bug", "cause:overload": "cause:overload", "factors:overload": "factor:overload", "typo-id": "cause:typo-id",
		"overload": "several dimensions", "nothing": "there is no term", "colour:red": "unknown dimension", "logic-bgu": "there is no term",
	} {
		found, err := Find(lib, word)
		if got := found.String(); err == nil && got != want || err != nil && !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %s, %v", word, got, err)
		}
	}
}

func TestAssignments(t *testing.T) {
	lib := open(t, map[string]string{"faultline.yaml": "", "a.md": report("causes: [overload]\n"), "b.md": report("causes: [overload]\n"), "c.md": report("")}).load()
	parts := []Term{{incident.Cause, "logic-bug"}, {incident.Cause, "concurrency-bug"}}
	sheet := string(Worksheet(lib, Term{incident.Cause, "overload"}, parts))
	if want := "# cause:overload is split. Write for each incident one or several of logic-bug, concurrency-bug, with commas between them, or - for none.\na.md\t?\tIt broke\nb.md\t?\tIt broke\n"; sheet != want {
		t.Errorf("got\n%s", sheet)
	}
	plan, err := do(lib, "split", "overload", "logic-bug,concurrency-bug", "\ufeff"+sheet+"\r\nx.md\tlogic-bug", "c.md", "a.md\tno-alert\r")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range plan.Problems {
		got = append(got, p.String())
	}
	want := `a.md: "no-alert" is assigned, which is none of the parts|b.md: nothing is assigned in place of "cause:overload"|a.tsv:5: there is no incident "x.md"|a.tsv:6: line has no tab`
	if strings.Join(got, "|") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// The terms of the example library can be renamed, and each incident that has one
// changes in the id alone.
func TestTermsOfTheExample(t *testing.T) {
	fsys, err := site.Open(filepath.Join("..", "..", "content"))
	if err != nil {
		t.Fatal(err)
	}
	lib, err := site.Load(fsys, site.LoadOptions{Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	renamed := 0
	for _, d := range dimensions {
		for n, entry := range lib.Vocabulary.Terms(d) {
			term := Term{d, entry.ID}
			having := Having(lib, term)
			if n%3 > 0 || len(having) == 0 || entry.ID == incident.Unknown {
				continue
			}
			plan, err := Rename(lib, term, "x-"+entry.ID, "")
			if err != nil || len(plan.Problems) > 0 || plan.Incidents != len(having) {
				t.Errorf("%s: %v, %v, %d of %d incidents", term, err, plan.Problems, plan.Incidents, len(having))
				continue
			}
			for _, c := range plan.Changes[:plan.Incidents] {
				if got := strings.Replace(string(c.after), "x-"+entry.ID, entry.ID, 1); got != string(c.before) {
					t.Errorf("%s: %s changes more than the id:\n%s", term, c.Path, c.Diff())
				}
			}
			renamed++
		}
	}
	if renamed < 25 {
		t.Errorf("only %d terms are used", renamed)
	}
}
