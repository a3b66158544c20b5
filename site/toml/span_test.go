package toml

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/yaml"
)

// places writes spans in one line: scalars as their text, lists and mappings in their
// brackets, with a sign before those that are fixed.
func places(src string, s *yaml.Span) string {
	var parts []string
	for _, p := range s.Parts {
		part := places(src, p.Value)
		if s.Kind == yaml.Mapping && !p.Table {
			part = src[p.Start:p.Colon] + part
		} else if p.Table {
			part = fmt.Sprintf("table@%d ", p.Start) + part
		}
		parts = append(parts, part)
	}
	mark := ""
	if s.Fixed {
		mark = "fixed"
	}
	switch s.Kind {
	case yaml.List:
		return mark + "[" + strings.Join(parts, " ") + "]"
	case yaml.Mapping:
		return mark + "{" + strings.Join(parts, " ") + "}"
	}
	return fmt.Sprintf("%q", src[s.Start:s.End])
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"empty", "# nothing\n", "{}"},
		{"scalars", "a = 12 # c\nb= 'x#\\' # d\nc=\"x\\\"#\"\n'd e' = 1979-05-27 07:32:00\n", `{a ="12" b="'x#\\'" c="\"x\\\"#\"" 'd e' ="1979-05-27 07:32:00"}`},
		{"long text", "a = \"\"\"x\n\"y\" \\\"\"\"\"\"\nb = '''x\\''''\nc = \"\"\"\"\"\"\n", `{a ="\"\"\"x\n\"y\" \\\"\"\"\"\"" b ="'''x\\''''" c ="\"\"\"\"\"\""}`},
		{"arrays", "a = [1, [\"]\", ], # ]\n 2 ]\nb = []\n", `{a =["1" ["\"]\""] "2"] b =[]}`},
		{"inline tables", "a = {b = 1, c = {d = 'x'}}\n", `{a ={b ="1" c ={d ="'x'"}}}`},
		{"tables", "a = 1\n[x] # c\nb = 2\n[x.y]\nc = 3\n[z]\n", `{a ="1" table@6 {b ="2" table@20 {c ="3"}} table@32 {}}`},
		{"lists of tables", "[[a]]\nb = 1\n[[a]]\n[a.c]\nd = 2\n", `{table@0 fixed[table@0 {b ="1"} table@12 {table@18 {d ="2"}}]}`},
		{"dots", "a.b = 1\na.c = 2\n[d.e]\n", `{table@0 fixed{a.b ="1" a.c ="2"} table@16 fixed{table@16 {}}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			span, ok := Spans([]byte(c.src))
			if got := places(c.src, span); !ok || got != c.want {
				t.Errorf("got  %s, %v\nwant %s", got, ok, c.want)
			}
		})
	}
}

func TestSpansGiveUp(t *testing.T) {
	for _, src := range []string{"a", "a =", "a = \n", "a = 'x", "a = [1", "a = {b = 1", "a = 1\na = 2\n", "[a", "[a]\nb = 1\n[[a]]\nb = '", "= 1", "a = \"\"\"x", "a.b = 1\na.b.c = 2\n"} {
		if span, ok := Spans([]byte(src)); ok {
			t.Errorf("%q: got %s", src, places(src, span))
		}
	}
}

// What is valid is found where it stands, and places never leave the text.
func FuzzSpans(f *testing.F) {
	for _, seed := range []string{"a = [1, {b = 'x'}] # c\n[d.e]\nf.g = \"\"\"x\ny\"\"\"\n[[h]]\n[[h]]\ni = 1979-05-27\n", "a = 1\n[a]\n", "[[a.b]]\n[a.b.c]\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if span, ok := Spans(src); ok {
			nested(t, span, len(src))
		}
	})
}

func nested(t *testing.T, s *yaml.Span, to int) {
	if s.Start < 0 || s.End < s.Start || s.End > to {
		t.Fatalf("[%d, %d) is not in a text of %d", s.Start, s.End, to)
	}
	for _, p := range s.Parts {
		if p.Start < 0 || p.Colon < p.Start || p.Colon > to {
			t.Fatalf("part at [%d, %d)", p.Start, p.Colon)
		}
		nested(t, p.Value, to)
	}
}
