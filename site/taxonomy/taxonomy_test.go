package taxonomy

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/problem"
)

func TestBuiltIn(t *testing.T) {
	v := shipped(t)
	for _, c := range []struct {
		dimension incident.Dimension
		count     int
	}{
		{incident.Trigger, 23}, {incident.Cause, 27}, {incident.Factor, 30}, {incident.Detection, 16},
		{incident.Gap, 7}, {incident.Mitigation, 22}, {incident.Impact, 21},
	} {
		terms := v.Terms(c.dimension)
		if len(terms) != c.count {
			t.Errorf("%s: %d terms, want %d", c.dimension.Key(), len(terms), c.count)
		}
		for _, term := range terms {
			if strings.HasSuffix(term.Definition, ".") || strings.Contains(term.Definition, "\n") {
				t.Errorf("%s: the definition of %q is not one sentence without a full stop", c.dimension.Key(), term.ID)
			}
			if strings.Contains(term.ID, "human") || strings.Contains(strings.ToLower(term.Label), "human error") {
				t.Errorf("%s: %q blames a person", c.dimension.Key(), term.ID)
			}
		}
	}
}

const ours = `causes:
  - {id: logic-bug, label: Logic bug, definition: Wrong for valid input}
  - {id: overload, label: Overload, definition: Too much load}
`

// outline writes the ids and labels of the causes.
func outline(v *incident.Vocabulary) string {
	var terms []string
	for _, t := range v.Terms(incident.Cause) {
		terms = append(terms, t.ID+"="+t.Label)
	}
	return strings.Join(terms, " ")
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"nothing", "", "logic-bug=Logic bug overload=Overload"},
		{"a dimension without terms", "causes:\n", "logic-bug=Logic bug overload=Overload"},
		{"a new term comes last", "causes:\n  - {id: flux, label: Flux, definition: It came loose}\n",
			"logic-bug=Logic bug overload=Overload flux=Flux"},
		{"a known term is reworded in its place", "causes:\n  - {id: logic-bug, label: Bug, definition: A bug}\n",
			"logic-bug=Bug overload=Overload"},
		{"replace", "replace: true\ncauses:\n  - {id: flux, label: Flux, definition: It came loose}\n", "flux=Flux"},
		{"do not replace", "replace: false\n", "logic-bug=Logic bug overload=Overload"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base, _ := Read(File, []byte(ours), nil)
			v, problems := Read(File, []byte(c.src), base)
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			if got := outline(v); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			if got := outline(base); got != "logic-bug=Logic bug overload=Overload" {
				t.Errorf("base was changed to %s", got)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct {
		name, src, rule, place string
		level                  problem.Level
		text, hint             string
	}{
		{"unknown dimension", "cuases:\n", "taxonomy-key", "1:1", problem.Warning, `unknown key "cuases"`, `did you mean "causes"?`},
		{"unknown key", "colors: [red]\n", "taxonomy-key", "1:1", problem.Warning, `unknown key "colors"`, "the dimensions are trigger"},
		{"no mapping", "- a\n", "taxonomy-type", "1:1", problem.Error, "the vocabulary is a list", "causes:"},
		{"no list", "causes: logic-bug\n", "taxonomy-type", "1:9", problem.Error, `"causes" is text`, "list of terms"},
		{"no term", "causes:\n  - logic-bug\n", "taxonomy-type", "2:5", problem.Error, "term is text", "id, label and definition"},
		{"duplicate", "causes:\n  - {id: a, label: A, definition: x}\n  - {id: a, label: B, definition: y}\n",
			"taxonomy-duplicate", "3:5", problem.Error, `term "a" is defined twice`, "line 2"},
		{"no label", "causes:\n  - {id: a, definition: x}\n", "taxonomy-label", "2:5", problem.Error, `term "a" has no label`, "add one"},
		{"no definition", "causes:\n  - {id: a, label: A}\n", "taxonomy-definition", "2:5", problem.Error, `term "a" has no definition`, "add one"},
		{"no id", "causes:\n  - {label: A, definition: x}\n", "taxonomy-id", "2:5", problem.Error, `id "" is not kebab-case`, "logic-bug"},
		{"bad id", "causes:\n  - {id: Logic Bug, label: A, definition: x}\n", "taxonomy-id", "2:5", problem.Error, `id "Logic Bug"`, "logic-bug"},
		{"long id", "causes:\n  - {id: " + strings.Repeat("a", 101) + ", label: A, definition: x}\n", "taxonomy-id", "2:5", problem.Error,
			"id of 101 letters is longer than 100", "shorten it"},
		{"replace is no truth value", "replace: maybe\n", "taxonomy-type", "1:10", problem.Error, `"replace" is text`, "true or false"},
		{"syntax", "causes: [\n", "yaml-syntax", "1:9", problem.Error, "bracket is not closed", "add the closing ]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v, problems := Read(File, []byte(c.src), BuiltIn())
			if len(problems) != 1 {
				t.Fatalf("problems: %v", problems)
			}
			p := problems[0]
			if place := fmt.Sprintf("%d:%d", p.Line, p.Column); p.Rule != c.rule || place != c.place || p.Level != c.level || p.Path != File {
				t.Errorf("got %s %s %s %s", p.Path, place, p.Level, p.Rule)
			}
			if !strings.Contains(p.Text, c.text) || !strings.Contains(p.Hint, c.hint) {
				t.Errorf("got %q, hint %q", p.Text, p.Hint)
			}
			if _, ok := v.Lookup(incident.Cause, "logic-bug"); !ok {
				t.Error("the built-in terms are lost")
			}
		})
	}
}

func TestUnknownIsLegal(t *testing.T) {
	v := BuiltIn()
	for id, want := range map[string]bool{"logic-bug": true, "deploy": false, incident.Unknown: true} {
		if got := v.Legal(incident.Cause, id); got != want {
			t.Errorf("%q: got %v", id, got)
		}
	}
	if !v.Legal(incident.Trigger, incident.Unknown) {
		t.Error("unknown is illegal where no term has the id")
	}
}
