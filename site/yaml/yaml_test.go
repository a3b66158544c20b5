package yaml

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"faultline/site/problem"
)

// outline writes a tree in one line: kinds by their brackets, scalars as
// kind:"text", every node with its place.
func outline(n *Node) string {
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
	inner := strings.Join(parts, " ")
	place := fmt.Sprintf("@%d:%d", n.Line, n.Column)
	switch n.Kind {
	case List:
		return "[" + inner + "]" + place
	case Mapping:
		return "{" + inner + "}" + place
	case Null:
		return "null" + place
	}
	return fmt.Sprintf("%s:%q%s", [...]string{Text: "text", Bool: "bool", Int: "int", Float: "float"}[n.Kind], n.Text, place)
}

func TestTree(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"empty", "", "nil"},
		{"comment alone", "# nothing\n", "nil"},
		{"scalar", "just text", `text:"just text"@2:1`},
		{"types", "a: x\nb: 12\nc: 1.5\nd: true\ne:\nf: ~\n",
			`{a@2:1=text:"x"@2:4 b@3:1=int:"12"@3:4 c@4:1=float:"1.5"@4:4 d@5:1=bool:"true"@5:4 e@6:1=null@6:3 f@7:1=null@7:4}@2:1`},
		{"a scalar keeps the text as written", "a: 2017-10-10\nb: 15:09\nc: 007\nd: yes\ne: 0x1F\nf: +16m\n",
			`{a@2:1=text:"2017-10-10"@2:4 b@3:1=text:"15:09"@3:4 c@4:1=int:"007"@4:4 d@5:1=text:"yes"@5:4 e@6:1=int:"0x1F"@6:4 f@7:1=text:"+16m"@7:4}@2:1`},
		{"quotes and escapes", "a: \"x\\u00e9\\n\" # c\nb: 'it''s'\n", `{a@2:1=text:"xé\n"@2:4 b@3:1=text:"it's"@3:4}@2:1`},
		{"block text", "a: |\n  x\n  y\nb: >-\n  x\n  y\nc: 1\n", `{a@2:1=text:"x\ny\n"@2:4 b@5:1=text:"x y"@5:4 c@8:1=int:"1"@8:4}@2:1`},
		{"text over several lines", "a: x\n  y\nb: \"x\n  y\"\n", `{a@2:1=text:"x y"@2:4 b@4:1=text:"x y"@4:4}@2:1`},
		{"columns count characters", "ü: [é, {ö: ß}]\n", `{ü@2:1=[text:"é"@2:5 {ö@2:9=text:"ß"@2:12}@2:8]@2:4}@2:1`},
		{"list at the column of its key", "a:\n- x\n- y\nb: 1\n", `{a@2:1=[text:"x"@3:3 text:"y"@4:3]@3:1 b@5:1=int:"1"@5:4}@2:1`},
		{"flow over several lines", "a: [\n  x,\n]\nb: {}\n", `{a@2:1=[text:"x"@3:3]@2:4 b@5:1={}@5:4}@2:1`},
		{"CRLF", "a: 1\r\nb: x\r\n", `{a@2:1=int:"1"@2:4 b@3:1=text:"x"@3:4}@2:1`},
		{"byte order mark", "\ufeffa: 1\n", `{a@2:1=int:"1"@2:4}@2:1`},
		{"keys are text whatever they look like", "1: x\ntrue: y\nnull: z\n? w\n: v\n",
			`{1@2:1=text:"x"@2:4 true@3:1=text:"y"@3:7 null@4:1=text:"z"@4:7 w@5:3=text:"v"@6:3}@2:1`},
		{"tags", "a: !!str 12\nb: !own {c: 1}\n", `{a@2:1=text:"12"@2:9 b@3:1={c@3:9=int:"1"@3:12}@3:8}@2:1`},
		{"an alias is the node of its anchor", "a: &x [1]\nb: *x\n", `{a@2:1=[int:"1"@2:8]@2:7 b@3:1=[int:"1"@2:8]@2:7}@2:1`},
		{"merge key", "a: &x {q: 1, c: 3}\nb:\n  <<: *x\n  c: 2\n",
			`{a@2:1={q@2:8=int:"1"@2:11 c@2:14=int:"3"@2:17}@2:7 b@3:1={c@5:3=int:"2"@5:6 q@2:8=int:"1"@2:11}@4:3}@2:1`},
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
	for _, c := range []struct{ name, src, rule, place, kept string }{
		{"bracket not closed", "a: [1,\nb: 2\nc: 3\n", "yaml-syntax", "1:4", "b c"},
		{"bracket not closed further in", "x: 1\na:\n  - [b\n  - c\n", "yaml-syntax", "3:5", "x"},
		{"brace not closed", "a: {b: 1\nc: 2\n", "yaml-syntax", "1:4", "c"},
		{"brace not closed further in", "x:\n  - {id: a\n  - {id: b}\ny: 1\n", "yaml-syntax", "2:5", "y"},
		{"double quote not closed", "a: \"open\nb: \"x\"\n", "yaml-syntax", "1:4", "b"},
		{"single quote not closed", "a: 1\nb: 'open\nc: 'x'\n", "yaml-syntax", "2:4", "a c"},
		{"quote not closed further in", "a:\n  - id: \"x\n    k: v\n  - id: \"y\"\nb: 1\n", "yaml-syntax", "2:9", "b"},
		{"tab", "a:\n\tb: 1\n", "yaml-syntax", "2:1", ""},
		{"tab before a list entry", "x: 1\na:\n  - x\n\t- y\n", "yaml-syntax", "4:1", "x"},
		{"key indented under text", "x: 1\na: 1\n  b: 2\n", "yaml-syntax", "3:3", "x"},
		{"list entries out of line", "a:\n   - 1\n  - 2\nb: 1\n", "yaml-syntax", "3:3", "b"},
		{"colon in text", "title: foo: bar\nb: 1\n", "yaml-syntax", "1:8", "b"},
		{"line without a key", "a: b\nc\nd: 1\n", "yaml-syntax", "2:1", "d"},
		{"list entry on the line of its key", "a: - b\n", "yaml-syntax", "1:4", ""},
		{"reserved character", "a: @x\nb: 1\n", "yaml-syntax", "1:4", "b"},
		{"closing bracket alone", "a: ]\n", "yaml-syntax", "1:4", ""},
		{"unknown escape", "a: \"\\q\"\n", "yaml-syntax", "1:6", ""},
		{"second document", "a: 1\n---\nb: 2\n", "yaml-documents", "3:1", "a"},
		{"duplicate key", "a: 1\nb: 1\na: 2\n", "duplicate-key", "3:1", "a b"},
		{"duplicate key further in", "a:\n  - {b: 1, b: 2}\n", "duplicate-key", "2:12", "a"},
		{"duplicate key beside a syntax error", "a: 1\nb: [\na: 2\n", "duplicate-key", "3:1", "a"},
		{"merge of text", "a: {<<: x, b: 1}\n", "yaml-merge", "1:5", "a"},
		{"merge of a list of text", "a: 1\n<<: [x, y]\n", "yaml-merge", "2:1", "a"},
		{"alias of nothing", "a: *x\n", "yaml-alias", "1:4", "a"},
		{"alias inside its anchor", "a: &x [*x]\n", "yaml-alias", "1:8", "a"},
		{"key that is a list", "? [a]\n: b\nc: 1\n", "yaml-syntax", "2:1", "c"},
		{"key that stands for a list", "a: &x [1]\n*x : b\nc: 1\n", "yaml-key", "2:1", "a c"},
		{"deep", strings.Repeat("[", 100), "yaml-syntax", "1:65", ""},
		{"deep block", strings.Repeat("- ", 100), "yaml-syntax", "1:129", ""},
		{"large", "a: " + strings.Repeat("x", maxBytes), "yaml-too-large", "1:0", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n, problems := Parse("f.md", []byte(c.src), 1)
			p, ok := find(problems, c.rule)
			if !ok {
				t.Fatalf("no problem %q in %v", c.rule, problems)
			}
			if place := fmt.Sprintf("%d:%d", p.Line, p.Column); place != c.place {
				t.Errorf("%s at %s, want %s", p.Text, place, c.place)
			}
			if p.Path != "f.md" || p.Text == "" || p.Hint == "" {
				t.Errorf("path, text or hint is missing: %+v", p)
			}
			if got := keys(n); got != c.kept {
				t.Errorf("kept keys %q, want %q", got, c.kept)
			}
		})
	}
}

func find(problems problem.List, rule string) (problem.Problem, bool) {
	for _, p := range problems {
		if p.Rule == rule {
			return p, true
		}
	}
	return problem.Problem{}, false
}

func keys(n *Node) string {
	if n == nil {
		return ""
	}
	var keys []string
	for _, e := range n.Entries {
		keys = append(keys, e.Key)
	}
	return strings.Join(keys, " ")
}

func TestExcerpt(t *testing.T) {
	_, problems := Parse("f.md", []byte("title: ü\ncauses: [ü, \"x\nnext: "+strings.Repeat("y", 200)+"\n"), 2)
	want := "     2 | title: ü\n" +
		">    3 | causes: [ü, \"x\n" +
		"       |             ^\n" +
		"     4 | next: " + strings.Repeat("y", 90) + "…"
	if len(problems) != 1 || problems[0].Excerpt != want {
		t.Errorf("got %v\n%s\nwant\n%s", problems, problems[0].Excerpt, want)
	}
}

// What the YAML reader says is said in our words.
func TestSyntaxIsExplained(t *testing.T) {
	for src, want := range map[string]string{
		"a: [b,,c]":        "comma without an entry before it",
		"a: [,c]":          "comma without an entry before it",
		"a: |9\n   x":      "block of text with a wrong indentation",
		`a: "\uD800 x"`:    "escape in a quoted text stands for no character",
		"a: &x":            "anchor without a value",
		"a: 'it's'":        "unexpected text",
		"a: %x":            "text cannot begin with %",
		"a: {b: c\nd: 1\n": "brace is not closed",
	} {
		_, problems := Parse("f.md", []byte(src), 1)
		if p, ok := find(problems, "yaml-syntax"); !ok || p.Text != want {
			t.Errorf("%q: got %v, want %s", src, problems, want)
		}
	}
}

// A few lines of aliases may stand for more nodes than memory holds.
func TestAliasBomb(t *testing.T) {
	var src strings.Builder
	src.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 30 {
		fmt.Fprintf(&src, "a%d: &a%d [%s]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 10))
	}
	n, problems := Parse("f.md", []byte(src.String()), 1)
	if p, ok := find(problems, "yaml-too-large"); !ok || len(problems) != 1 {
		t.Errorf("got %v, %v", p, problems)
	}
	if count := size(n); count > 2*maxNodes {
		t.Errorf("the tree stands for %d nodes", count)
	}
}

func size(n *Node) int {
	total := 1
	for _, item := range n.Items {
		total += size(item)
	}
	for _, e := range n.Entries {
		total += size(e.Value)
	}
	return total
}

func TestGet(t *testing.T) {
	n, _ := Parse("f.md", []byte("a: 1\nb: [x]\n"), 1)
	if got := n.Get("a"); got == nil || got.Text != "1" || !got.Scalar() {
		t.Errorf("a = %v", got)
	}
	if n.Get("c") != nil || n.Get("b").Get("x") != nil || (*Node)(nil).Get("a") != nil {
		t.Error("Get finds what is not there")
	}
	if n.Get("b").Scalar() || (*Node)(nil).Scalar() {
		t.Error("a list and nothing are no scalars")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"title: x\ncauses:\n  - id: a\n    confidence: known\n", "a: [1,\nb: \"x\nc: 'y", "a: &x [*x]\nb: *x\n<<: *x",
		"? [a]\n: b", "a: |\n x\n y", "%YAML 1.2\n---\na: 1\n...\n", "\ta: 1", "a: !!str 1\nb: !x", "{a: [b, {c: d}]}", "- - - a\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		n, problems := Parse("f.md", src, 3)
		last := 3 + bytes.Count(src, []byte("\n"))
		for _, p := range problems {
			if p.Line < 3 || p.Line > last || p.Text == "" || p.Hint == "" {
				t.Errorf("problem out of place: %+v", p)
			}
		}
		if n != nil {
			inside(t, n, last)
		}
	})
}

// inside checks that every node of the tree has its place in the file.
func inside(t *testing.T, n *Node, last int) {
	if n.Line < 3 || n.Line > last || n.Column < 1 {
		t.Errorf("node out of place: %+v", n)
	}
	for _, item := range n.Items {
		inside(t, item, last)
	}
	for _, e := range n.Entries {
		if e.Value == nil {
			t.Fatalf("key %q has no value", e.Key)
		}
		inside(t, e.Value, last)
	}
}
