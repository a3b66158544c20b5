package yaml

import (
	"fmt"
	"strings"
	"testing"
)

// places writes spans in one line: scalars as their text, lists and mappings in their
// brackets, marks before the value.
func places(src string, s *Span) string {
	if s == nil {
		return "nil"
	}
	mark := ""
	for _, m := range []struct {
		on   bool
		text string
	}{{s.Anchor, "&"}, {s.Tag, "!"}, {s.Alias, "alias "}, {s.Flow, "flow"}} {
		if m.on {
			mark += m.text
		}
	}
	if s.Kind != List && s.Kind != Mapping {
		return mark + fmt.Sprintf("%q", src[s.Start:s.End])
	}
	var parts []string
	for _, p := range s.Parts {
		part := places(src, p.Value)
		if s.Kind == Mapping {
			part = src[p.Start:p.Colon] + part
		}
		parts = append(parts, part)
	}
	inner := strings.Join(parts, " ")
	if s.Kind == List {
		return mark + "[" + inner + "]"
	}
	return mark + "{" + inner + "}"
}

func TestSpans(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"empty", "# nothing\n\n", "nil"},
		{"scalars", "a: x y # c\nb: 'it''s' # d\nc: \"x\\\"\" \nd:\ne: ~\n", `{a:"x y" b:"'it''s'" c:"\"x\\\"\"" d:"" e:"~"}`},
		{"colons and hashes inside", "a: b:c#d\nb: http://x\n", `{a:"b:c#d" b:"http://x"}`},
		{"over several lines", "a: x\n  y\n\n  z # c\nb: \"x\n  y\"\nc: 1\n", `{a:"x\n  y\n\n  z" b:"\"x\n  y\"" c:"1"}`},
		{"block text", "a: |\n  x: y\n\n  # z\n\nb: >- # c\n  x\n # d\nc: |+\n  x\n\nd: 1\n", `{a:"|\n  x: y\n\n  # z" b:">- # c\n  x" c:"|+\n  x\n" d:"1"}`},
		{"lists", "a:\n  - x # c\n\n  # d\n  - y\nb:\n- z\n-\nc: 1\n", `{a:["x" "y"] b:["z" ""] c:"1"}`},
		{"lists in lists", "a:\n  - - x\n    - y\n  -\n    - z\n", `{a:[["x" "y"] ["z"]]}`},
		{"mappings in lists", "a:\n  - b: x\n    c: y\n  - d:\n      e: z\n", `{a:[{b:"x" c:"y"} {d:{e:"z"}}]}`},
		{"flow", "a: [x, 'y, z', {b: c, d}, [], e f,]\nb: {\n  c: \"}\", # ]\n  d: http://x }\n", `{a:flow["x" "'y, z'" flow{b:"c" d""} flow[] "e f"] b:flow{c:"\"}\"" d:"http://x"}}`},
		{"marks", "a: &x !t y\nb: *x\nc: &l\n  - z\nd: [*x, &y w]\n", `{a:&!"y" b:alias "*x" c:&["z"] d:flow[alias "*x" &"w"]}`},
		{"keys", "'a b': 1\n\"c: d\" : 2\nü ü: 3\n<<: {x: y}\n", `{'a b':"1" "c: d" :"2" ü ü:"3" <<:flow{x:"y"}}`},
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
	for _, src := range []string{"x", "- a\n", "[a]\n", "? a\n: b\n", "a: [b: c]\n", "a: [x\n", "a: 'x\n", "a: b\n c: d\nx", "{[a]: b}\n",
		"a: - b\n", "a: x: y\n\tz", strings.Repeat("[", 100), "a: " + strings.Repeat("[", 100), strings.Repeat("- ", 100) + "a: b", "a: [,]\n", "a: &x"} {
		if span, ok := Spans([]byte(src)); ok && places(src, span) != `{a:"b\n c: d\nx"}` && src != "a: &x" {
			t.Errorf("%q: got %s", src, places(src, span))
		}
	}
}

// Places never leave the text, lie in each other, and follow one another.
func FuzzSpans(f *testing.F) {
	for _, seed := range []string{"a: |+\n  x\n\n", "a: [b, {c: d}, 'e\n'] # f\nb: &x !y z\n", "- - a: b\n    c: *d\n", "a:\n- b\n-\n  c:\n", "{a, b: [c]}", "a: >9\n b"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if span, ok := Spans(src); ok && span != nil {
			nested(t, span, 0, len(src))
		}
	})
}

func nested(t *testing.T, s *Span, from, to int) {
	if s.Start < from || s.End < s.Start || s.End > to {
		t.Fatalf("[%d, %d) is not in [%d, %d)", s.Start, s.End, from, to)
	}
	at := s.Start
	for _, p := range s.Parts {
		if p.Start < at || p.Colon < p.Start || p.Value.Start < p.Start {
			t.Fatalf("part at %d, %d, %d behind %d", p.Start, p.Colon, p.Value.Start, at)
		}
		nested(t, p.Value, p.Start, s.End)
		at = p.End()
	}
}
