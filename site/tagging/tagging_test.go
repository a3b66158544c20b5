package tagging

import (
	"os"
	"strings"
	"testing"

	"faultline/site"
	"faultline/site/incident"
	"faultline/site/tagger"
)

// library has one incident with this text.
func library(t *testing.T, text, vocabulary string) (*incident.Library, *os.Root) {
	t.Helper()
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	for name, text := range map[string]string{"a.md": text, "taxonomy.yaml": vocabulary} {
		if err := root.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	fsys, err := site.Open(root.Name())
	if err != nil {
		t.Fatal(err)
	}
	lib, err := site.Load(fsys, site.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return lib, root
}

func suggested() tagger.Suggestions {
	var s tagger.Suggestions
	s.Tags[incident.Cause] = []tagger.Suggestion{{ID: "overload", Confidence: .9}, {ID: "logic-bug", Confidence: .5}, {ID: "time-fault", Confidence: .95}}
	s.Tags[incident.Factor] = []tagger.Suggestion{{ID: "no-alert", Confidence: .8}}
	return s
}

func TestAcceptAndReject(t *testing.T) {
	const old = "causes:\n  - {id: time-fault, deprecated: say overload}\n"
	for _, c := range []struct{ name, before, accepted, rejected string }{
		{"lists of all styles", "---\ndate: 2024-01-02 # d\ncauses:\n  - 'storage-fault' # why\nfactors: [ test-gap ]\n---\n# A\n",
			"---\ndate: 2024-01-02 # d\ncauses:\n  - 'storage-fault' # why\n  - {id: overload, source: accepted}\nfactors: [ test-gap, {id: no-alert, source: accepted} ]\n---\n# A\n",
			"---\ndate: 2024-01-02 # d\ncauses:\n  - 'storage-fault' # why\nfactors: [ test-gap, {id: no-alert, source: accepted} ]\nnot: [overload]\n---\n# A\n"},
		{"CRLF", "---\r\ndate: 2024-01-02\r\ncauses: []\r\n---\r\n# A\r\n",
			"---\r\ndate: 2024-01-02\r\ncauses:\r\n  - {id: overload, source: accepted}\r\nfactors:\r\n  - {id: no-alert, source: accepted}\r\n---\r\n# A\r\n",
			"---\r\ndate: 2024-01-02\r\nfactors:\r\n  - {id: no-alert, source: accepted}\r\nnot: [overload]\r\n---\r\n# A\r\n"},
		{"TOML", "+++\ndate = 2024-01-02 # d\ncauses = [\"overload\"]\n+++\n# A\n",
			"+++\ndate = 2024-01-02 # d\ncauses = [\"overload\"]\nfactors = [{id = \"no-alert\", source = \"accepted\"}]\n+++\n# A\n", ""},
		{"no front matter", "# A\n\n- 10:00 down\n",
			"---\ncauses:\n  - {id: overload, source: accepted}\nfactors:\n  - {id: no-alert, source: accepted}\n---\n\n# A\n\n- 10:00 down\n",
			"---\nfactors:\n  - {id: no-alert, source: accepted}\nnot: [overload]\n---\n\n# A\n\n- 10:00 down\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lib, root := library(t, c.before, old)
			change, problems := Accept(lib, lib.Incidents[0], suggested(), .8)
			if len(problems) > 0 || string(change.After) != c.accepted {
				t.Fatalf("%v, got\n%s", problems, change.After)
			}
			if err := Write(root, []Change{change}); err != nil {
				t.Fatal(err)
			}
			lib, err := site.Load(root.FS(), site.LoadOptions{})
			if err != nil {
				t.Fatal(err)
			}
			again, problems := Accept(lib, lib.Incidents[0], suggested(), .8)
			if len(problems) > 0 || len(again.Terms) > 0 || again.Diff() != "" {
				t.Errorf("accepted again: %v", again.Terms)
			}
			change, problems, err = Reject(lib, lib.Incidents[0], []Term{{incident.Cause, "overload"}})
			if c.rejected == "" {
				if err == nil || !strings.Contains(err.Error(), "chosen by its author") {
					t.Errorf("the author's choice is rejected: %v", err)
				}
				return
			}
			if err != nil || len(problems) > 0 || string(change.After) != c.rejected {
				t.Errorf("%v, %v, got\n%s", err, problems, change.After)
			}
		})
	}
}

func TestBrokenFilesAreProblems(t *testing.T) {
	lib, _ := library(t, "---\ncauses: [a\ndate: 2024-01-02\n---\n# A\n", "")
	change, problems := Accept(lib, lib.Incidents[0], suggested(), .8)
	if len(problems) != 1 || problems[0].Path != "a.md" || problems[0].Line != 2 || change.Diff() != "" {
		t.Errorf("%v, %s", problems, change.Diff())
	}
}
