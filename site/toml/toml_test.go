package toml

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"faultline/site/yaml"
)

// outline writes a tree in one line; scalars have their text and kind.
func outline(n *yaml.Node) string {
	if n == nil {
		return "nil"
	}
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, outline(item))
	}
	for _, e := range n.Entries {
		parts = append(parts, fmt.Sprintf("%s@%d:%d=%s", e.Key, e.Line, e.Column, outline(e.Value)))
	}
	switch n.Kind {
	case yaml.List:
		return "[" + strings.Join(parts, " ") + "]"
	case yaml.Mapping:
		return "{" + strings.Join(parts, " ") + "}"
	}
	return fmt.Sprintf("%q", n.Text) + [...]string{"null", "text", "bool", "int", "float"}[n.Kind]
}

func TestTree(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"empty", "", "nil"},
		{"scalars", "a = \"x\\u00e9\"\nb = 12\nc = 1.5\nd = true\n", `{a@2:1="xé"text b@3:1="12"int c@4:1="1.5"float d@5:1="true"bool}`},
		{"dates are text", "a = 2023-07-20T12:17:00Z\nb = 2023-07-20\nc = 12:17:00\n",
			`{a@2:1="2023-07-20T12:17:00Z"text b@3:1="2023-07-20"text c@4:1="12:17:00"text}`},
		{"lists", "a = [\"x\", [1]]\nb = []\n", `{a@2:1=["x"text ["1"int]] b@3:1=[]}`},
		{"tables", "a = 1\n[extra]\nteam = \"x\"\n[extra.deep]\nb = 2\n",
			`{a@2:1="1"int extra@3:2={team@4:1="x"text deep@5:8={b@6:1="2"int}}}`},
		{"lists of tables", "[[actions]]\nid = \"A1\"\n[[actions]]\nid = \"A2\"\n",
			`{actions@2:3=[{id@3:1="A1"text} {id@5:1="A2"text}]}`},
		{"inline tables and dotted keys", "a = {b = 1}\nc.d = 2\n", `{a@2:1={b@2:6="1"int} c@3:1={d@3:3="2"int}}`},
		{"text over several lines", "a = \"\"\"\nx\ny\"\"\"\n", `{a@2:1="x\ny"text}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, problems := Parse("f.md", []byte(c.src), 2)
			if len(problems) > 0 {
				t.Errorf("problems: %v", problems)
			}
			if got := outline(n); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestFaults(t *testing.T) {
	for _, c := range []struct{ name, src, want, kept string }{
		{"text without quotes", "a = 1\nb = x y\n", "f.md:3:5: ", `{a@2:1="1"int}`},
		{"quote not closed", "a = 1\nb = \"x\n", "f.md:3:", `{a@2:1="1"int}`},
		{"duplicate", "a = 1\na = 2\n", `f.md:3:1: key "a" is given twice`, `{a@2:1="1"int}`},
		{"table over a value", "a = 1\n[a]\nb = 1\n", `f.md:3:2: key "a" has a value already`, `{a@2:1="1"int}`},
		{"deep", "a = " + strings.Repeat("[", 100), "f.md:2:1: more than", "nil"},
		{"large", "a = \"" + strings.Repeat("x", maxBytes), "f.md:2:1: more than", "nil"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, problems := Parse("f.md", []byte(c.src), 2)
			if len(problems) != 1 || !strings.HasPrefix(problems[0].String(), c.want) || problems[0].Hint == "" {
				t.Errorf("problems: %v, want %s", problems, c.want)
			}
			if got := outline(n); got != c.kept {
				t.Errorf("kept %s, want %s", got, c.kept)
			}
		})
	}
}

// Many keys take no longer each than few.
func TestManyKeys(t *testing.T) {
	var src strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&src, "k%d = 1\n", i)
	}
	if n, problems := Parse("f.md", []byte(src.String()), 1); len(problems) > 0 || len(n.Entries) != 60_000 {
		t.Errorf("problems %v", problems)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"title = \"x\"\n[extra]\na = [1, {b = 2}]\n", "[[a]]\n[a.b]\nc.d = 1979-05-27\n", "a = '''x", "= 1", "[a]\n[[a]]\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		_, problems := Parse("f.md", src, 3)
		last := 3 + bytes.Count(src, []byte("\n"))
		for _, p := range problems {
			if p.Line < 3 || p.Line > last || p.Text == "" || p.Hint == "" {
				t.Errorf("problem out of place: %+v", p)
			}
		}
	})
}
