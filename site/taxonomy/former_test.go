package taxonomy

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// oldTerms is a vocabulary that others rename terms of.
const oldTerms = `causes:
  - {id: bug, label: Bug, definition: Wrong code, aliases: [defect], cues: [off by one]}
  - {id: overload, label: Overload, definition: Too much load, confused_with: [{id: bug, because: load}]}
  - {id: storm, label: Storm, definition: Clients ask again, parent: overload}
`

func TestFormerly(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"renamed", "causes:\n  - {id: logic-bug, formerly: [bug]}\n",
			"overload=Overload ~logic-bug storm=Storm ^overload logic-bug=Bug <bug [defect] 1 cue"},
		{"renamed with another label", "causes:\n  - {id: logic-bug, label: Logic bug, definition: D, formerly: [bug]}\n",
			"overload=Overload ~logic-bug storm=Storm ^overload logic-bug=Logic bug <bug [defect Bug] 1 cue"},
		{"merged into one that is there", "causes:\n  - {id: overload, formerly: [bug, storm]}\n",
			"overload=Overload <bug <storm [defect Bug Storm] 1 cue"},
		{"split", "causes:\n  - {id: a, label: A, definition: D, formerly: [bug]}\n  - {id: b, label: B, definition: D, formerly: [bug]}\n",
			"overload=Overload ~a storm=Storm ^overload a=A <bug b=B <bug"},
		{"a parent renamed", "causes:\n  - {id: load, formerly: [overload]}\n",
			"bug=Bug [defect] 1 cue storm=Storm ^load load=Overload <overload ~bug"},
		{"hidden besides", "causes:\n  - {id: logic-bug, formerly: [bug]}\n  - {id: bug, hide: true}\n",
			"overload=Overload ~logic-bug storm=Storm ^overload logic-bug=Bug <bug [defect] 1 cue"},
		{"twice", "causes:\n  - {id: logic-bug, formerly: [bug, defects]}\n",
			"overload=Overload ~logic-bug storm=Storm ^overload logic-bug=Bug <bug <defects [defect] 1 cue"},
		{"taken over without what was said", "causes:\n  - {id: logic-bug, label: L, definition: D, formerly: [bug], override: true}\n",
			"overload=Overload ~logic-bug storm=Storm ^overload logic-bug=L <bug"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, _ := Read(File, []byte(oldTerms), nil)
			v, problems := Read(File, []byte(c.src), base)
			if len(problems) > 0 {
				t.Fatalf("problems: %v", problems)
			}
			if got := details(v); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if _, kept := base.Lookup(incident.Cause, "bug"); !kept {
				t.Error("the base was changed")
			}
		})
	}
}

// details writes the causes: ~ whom it is confused with, ^ its parent, < its former ids.
func details(v *incident.Vocabulary) string {
	var words []string
	for _, t := range v.Terms(incident.Cause) {
		words = append(words, t.ID+"="+t.Label)
		for _, id := range t.Formerly {
			words = append(words, "<"+id)
		}
		for _, c := range t.ConfusedWith {
			words = append(words, "~"+c.ID)
		}
		if t.Parent != "" {
			words = append(words, "^"+t.Parent)
		}
		if len(t.Aliases) > 0 {
			words = append(words, "["+strings.Join(t.Aliases, " ")+"]")
		}
		if len(t.Cues) > 0 {
			words = append(words, "1 cue")
		}
	}
	return strings.Join(words, " ")
}

func TestFormerIDs(t *testing.T) {
	base, _ := Read(File, []byte(oldTerms), nil)
	for _, c := range []struct{ name, src, text string }{
		{"that of a term", "causes:\n  - {id: a, label: A, definition: D, formerly: [b]}\n  - {id: b, label: B, definition: D}\n", `former id "b" of "a" is that of a term`},
		{"its own", "causes:\n  - {id: a, label: A, definition: D, formerly: [a]}\n", `formerly of "a" has "a"`},
		{"no id", "causes:\n  - {id: a, label: A, definition: D, formerly: [{x: y}]}\n", `formerly of "a" has`},
		{"no label", "causes:\n  - {id: a, formerly: [unheard-of]}\n", `term "a" has no label`},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, problems := Read(File, []byte(c.src), base)
			if len(problems) == 0 || !strings.Contains(problems[0].Text, c.text) || problems[0].Line == 0 {
				t.Errorf("problems: %v", problems)
			}
			if len(v.Former(incident.Cause, "b")) > 0 {
				t.Error("a term that is there is a former one")
			}
		})
	}
}

func TestDeprecated(t *testing.T) {
	v, problems := Read(File, []byte("causes:\n  - {id: overload, deprecated: use storm instead}\n"), BuiltIn())
	if term, _ := v.Lookup(incident.Cause, "overload"); len(problems) > 0 || term.Deprecated != "use storm instead" || term.Label == "" {
		t.Errorf("%+v, %v", term, problems)
	}
}
