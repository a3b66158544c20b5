package frontmatter

import (
	"errors"
	"testing"
)

func TestDocument(t *testing.T) {
	formerly := InEntry("causes", "a", Append("formerly", Text("x")))
	for _, c := range []struct {
		name          string
		changes       []Change
		before, after string
	}{
		{"an empty file", []Change{Append("causes", Map(Field{"id", Text("a")}, Field{"hide", Bool(true)}))}, "", "causes:\n  - {id: a, hide: true}\n"},
		{"comments alone", []Change{Append("causes", Map(Field{"id", Text("a")}))}, "# ours\n", "# ours\ncauses:\n  - {id: a}\n"},
		{"without an end of the last line", []Change{Append("causes", Map(Field{"id", Text("b")}))}, "causes:\n  - id: a", "causes:\n  - id: a\n  - id: b\n"},
		{"nothing to change", []Change{Replace("causes", "x", "y")}, "causes:\n  - id: a", "causes:\n  - id: a"},
		{"a mark of the document", []Change{Replace("causes", "a", "new")}, "---\n# ours\ncauses:\n  - id: a # c\n", "---\n# ours\ncauses:\n  - id: new # c\n"},
		{"inside lines", []Change{formerly}, "causes:\n  # one\n  - id: a # c\n    label: A\n\n  - id: b\n", "causes:\n  # one\n  - id: a # c\n    label: A\n    formerly: [x]\n\n  - id: b\n"},
		{"inside braces", []Change{formerly}, "causes:\n  - {id: a, label: A} # c\n", "causes:\n  - {id: a, label: A, formerly: [x]} # c\n"},
		{"inside a list that is there", []Change{formerly}, "causes:\n  - id: a\n    formerly: [ y ] # c\n", "causes:\n  - id: a\n    formerly: [ y, x ] # c\n"},
		{"inside a word", []Change{formerly}, "causes: [b, a]\n", "causes: [b, {id: a, formerly: [x]}]\n"},
		{"twice in one entry", []Change{Replace("causes", "a", "z"), InEntry("causes", "z", Append("formerly", Text("a")), Set("label", Text("Z")))},
			"causes:\r\n  - id: a\r\n    label: 'A' # c\r\n", "causes:\r\n  - id: z\r\n    label: 'Z' # c\r\n    formerly: [a]\r\n"},
		{"a new dimension where it belongs", []Change{Append("causes", Map(Field{"id", Text("a")}))}, "trigger:\n  - id: t\n\nimpact:\n  - id: i\n",
			"trigger:\n  - id: t\ncauses:\n  - {id: a}\n\nimpact:\n  - id: i\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after, err := EditDocument("taxonomy.yaml", []byte(c.before), c.changes...)
			if err != nil {
				t.Fatal(err)
			}
			if string(after) != c.after {
				t.Errorf("got\n%s\nwant\n%s", after, c.after)
			}
		})
	}
}

func TestDocumentRefuses(t *testing.T) {
	for src, line := range map[string]int{
		"a: 1\ncauses:\n  - id: a\n  - b: [\n": 4,
		"# c\n- a\n":                           2,
		"causes: &c\n  - id: a\nimpact: *c\n":  1,
		"\xff: a\n":                            0,
	} {
		_, err := EditDocument("taxonomy.yaml", []byte(src), Replace("causes", "a", "b"))
		refusal := (*Refusal)(nil)
		if !errors.As(err, &refusal) || refusal.Line != line {
			t.Errorf("%q: %v, want a refusal at line %d", src, err, line)
		}
	}
}
