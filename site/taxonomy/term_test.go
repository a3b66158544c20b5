package taxonomy

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/problem"
)

const full = `causes:
  - id: logic-bug
    label: Logic bug
    definition: Wrong for valid input
    aliases: [defect, code bug]
    cues:
      - off by one
      - {cue: fix .. bug, weight: weak, in: [actions, resolution]}
    confused_with: [{id: overload, because: load alone did it there}]
    goes_with: [cause:overload, tech:Sentry]
    parent: software-fault
    source: by hand
  - {id: overload, label: Overload, definition: Too much load, confused_with: logic-bug}
  - {id: software-fault, label: Software fault, definition: Any}
`

// describe writes what a term holds beside id, label and definition.
func describe(v *incident.Vocabulary, id string) string {
	t, ok := v.Lookup(incident.Cause, id)
	if !ok {
		return "none"
	}
	var cues []string
	for _, c := range t.Cues {
		cues = append(cues, fmt.Sprintf("%s/%d%v", c.Text, c.Weight, c.In))
	}
	return fmt.Sprintf("%s a=%s c=%s w=%v g=%v p=%s s=%s", t.Label, strings.Join(t.Aliases, ","), strings.Join(cues, ","), t.ConfusedWith, t.GoesWith, t.Parent, t.Source)
}

func TestTermsAreReadWhole(t *testing.T) {
	v, problems := Read(File, []byte(full), nil)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := "Logic bug a=defect,code bug c=off by one/0[],fix .. bug/2[actions resolution] w=[{overload load alone did it there}] g=[cause:overload tech:Sentry] p=software-fault s=by hand"
	if got := describe(v, "logic-bug"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestALibraryChangesTerms(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"extend", "{id: logic-bug, aliases: [glitch], cues: [{cue: null pointer, weight: strong}]}",
			"Logic bug a=defect,code bug,glitch c=off by one/0[],fix .. bug/2[actions resolution],null pointer/1[] w=[{overload load alone did it there}] g=[cause:overload tech:Sentry] p=software-fault s=by hand"},
		{"override", "{id: logic-bug, override: true, label: Bug, cues: [oops]}", "Bug a= c=oops/0[] w=[] g=[] p=software-fault s=by hand"},
		{"hide", "{id: logic-bug, hide: true}", "none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, _ := Read(File, []byte(full), nil)
			v, problems := Read(File, []byte("causes:\n  - "+c.src+"\n"), base)
			if len(problems) > 0 {
				t.Error(problems)
			}
			if got := describe(v, "logic-bug"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := describe(base, "logic-bug"); !strings.HasPrefix(got, "Logic bug a=defect,code bug c=off by one/0") {
				t.Errorf("base was changed to %s", got)
			}
		})
	}
}

func TestFaultsOfTerms(t *testing.T) {
	term := func(id, rest string) string {
		return "  - {id: " + id + ", label: L " + id + ", definition: D" + rest + "}\n"
	}
	for _, c := range []struct{ name, src, rule, place, text, hint string }{
		{"unknown key", term("a", ", cue: [x y]"), "taxonomy-key", "2:40", `unknown key "cue"`, `did you mean "cues"?`},
		{"cue of stop words", term("a", ", cues: [it was]"), "taxonomy-cue", "2:47", "match everything", "ran out .. memory"},
		{"cue that does not parse", term("a", ", cues: [.. disk]"), "taxonomy-cue", "2:47", "between two words", "words"},
		{"effect of a cause", term("a", ", effect: enabled"), "taxonomy-effect", "2:48", `effect "enabled"`, "only factors"},
		{"weight", term("a", ", cues: [{cue: disk, weight: heavy}]"), "taxonomy-cue", "2:47", `weight "heavy"`, "strong, usual, weak, against or none"},
		{"section", term("a", ", cues: [{cue: disk, in: [action]}]"), "taxonomy-cue", "2:64", `"action"`, `did you mean "actions"?`},
		{"confused with none", term("logic-bgu", ", confused_with: [logic-bugs]"), "taxonomy-reference", "2:71", `no term "logic-bugs"`, `did you mean "logic-bug"?`},
		{"confused with itself", term("a", ", confused_with: [a]"), "taxonomy-reference", "2:55", "the term itself", "another term"},
		{"goes with none", term("a", ", goes_with: ['cause:logic-bgu']"), "taxonomy-reference", "2:51", `no term "cause:logic-bgu"`, `did you mean "logic-bug"?`},
		{"goes with no value", term("a", ", goes_with: ['tech:Sentry', Sentry]"), "taxonomy-goes-with", "2:67", `"Sentry"`, "trigger:expiry"},
		{"parent missing", term("a", ", parent: nobody"), "taxonomy-reference", "2:48", `no term "nobody"`, "another term"},
		{"alias of two", term("a", ", aliases: [Code_Bug]"), "taxonomy-alias", "2:5", `alias "Code_Bug" of "a" belongs to "logic-bug"`, "one term"},
		{"alias is an id", term("a", ", aliases: [overload]"), "taxonomy-alias", "2:5", `belongs to "overload"`, "one term"},
		{"cycle", term("a", ", parent: b") + term("b", ", parent: c") + term("c", ", parent: a"), "taxonomy-cycle", "2:5", "a -> b -> c -> a", "remove one"},
		{"hide none", "  - {id: logic-bugg, hide: true}\n", "taxonomy-hide", "2:5", `no term "logic-bugg"`, `did you mean "logic-bug"?`},
		{"hide what", "  - {id: logic-bug, hide: perhaps}\n", "taxonomy-type", "2:27", `"hide" is text`, "true or false"},
		{"alias is no text", term("a", ", aliases: [[x]]"), "taxonomy-type", "2:50", "alias is a list", "as text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, _ := Read(File, []byte(full), nil)
			v, problems := Read(File, []byte("causes:\n"+c.src), base)
			if len(problems) != 1 {
				t.Fatalf("problems: %v", problems)
			}
			p := problems[0]
			if place := fmt.Sprintf("%d:%d", p.Line, p.Column); p.Rule != c.rule || place != c.place || p.Path != File {
				t.Errorf("got %s %s %s", p.Path, place, p.Rule)
			}
			if !strings.Contains(p.Text, c.text) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %q, hint %q", p.Text, p.Hint)
			}
			if p.Level != problem.Error && c.rule != "taxonomy-key" {
				t.Errorf("level %s", p.Level)
			}
			for _, term := range v.Terms(incident.Cause) {
				if term.Parent == term.ID || term.ID == "a" && term.Parent == "nobody" {
					t.Errorf("the faulty parent of %q stays", term.ID)
				}
			}
		})
	}
}
