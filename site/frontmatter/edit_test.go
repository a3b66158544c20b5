package frontmatter

import (
	"errors"
	"strings"
	"testing"
)

func fence(front string) string { return "---\n" + front + "---\n\n# Title\n\n---\n\na: b\n" }

var accepted = Term("x", "accepted")

// In these cases before and after are the front matter alone.
func TestYAML(t *testing.T) {
	for _, c := range []struct {
		name          string
		change        Change
		before, after string
	}{
		{"append to a block list", Append("causes", Text("x")), "causes:\n  - a # why\n  - b  # how \n# end\nimpact: []\n", "causes:\n  - a # why\n  - b  # how \n  - x\n# end\nimpact: []\n"},
		{"at the key's column", Append("causes", accepted), "causes:\n- a\nfactors: [b]\n", "causes:\n- a\n- {id: x, source: accepted}\nfactors: [b]\n"},
		{"deeper", Append("causes", Text("x")), "causes:\n      - a\n\n      # more\n      - b\n", "causes:\n      - a\n\n      # more\n      - b\n      - x\n"},
		{"to mappings in braces", Append("causes", accepted), "causes:\n  - {id: a, confidence: known}\n", "causes:\n  - {id: a, confidence: known}\n  - {id: x, source: accepted}\n"},
		{"to mappings in lines", Append("causes", accepted), "causes:\n  - id: a\n    confidence: known # c\n", "causes:\n  - id: a\n    confidence: known # c\n  - id: x\n    source: accepted\n"},
		{"to a flow list", Append("causes", Text("x")), "causes: [a, 'b' ] # c\n", "causes: [a, 'b', x ] # c\n"},
		{"to an empty flow list", Append("causes", Text("x")), "causes: [ ] # c\n", "causes: [x] # c\n"},
		{"with a comma at the end", Append("causes", Text("x")), "causes: [a, ]\n", "causes: [a, x, ]\n"},
		{"over lines", Append("causes", Text("x")), "causes: [\n  a, # one\n  b # two\n]\n", "causes: [\n  a, # one\n  b, # two\n  x\n]\n"},
		{"over lines with a comma at the end", Append("causes", Text("x")), "causes: [\n  a, # one\n  b, # two\n]\n", "causes: [\n  a, # one\n  b, # two\n  x,\n]\n"},
		{"over lines, bracket behind", Append("causes", Text("x")), "causes: [a,\n  b]\n", "causes: [a,\n  b, x]\n"},
		{"to an empty value", Append("causes", Text("x")), "causes: # none yet\nimpact: [b]\n", "causes: [x] # none yet\nimpact: [b]\n"},
		{"to a null", Append("causes", Text("x")), "causes: ~\n", "causes: [x]\n"},
		{"a mapping to an empty value", Append("causes", accepted), "causes: # none yet\nimpact: [b]\n", "causes: # none yet\n  - {id: x, source: accepted}\nimpact: [b]\n"},
		{"to a single value", Append("causes", Text("x")), "causes: a # c\n", "causes: [a, x] # c\n"},
		{"a mapping to a single value", Append("causes", accepted), "causes: a # c\nid: b\n", "causes: # c\n  - a\n  - {id: x, source: accepted}\nid: b\n"},
		{"to a single mapping", Append("causes", Text("x")), "causes: {id: a}\n", "causes:\n  - {id: a}\n  - x\n"},
		{"what is there", Append("causes", accepted), "causes: [a,  x]\n", "causes: [a,  x]\n"},
		{"to an absent key", Append("causes", Text("x")), "title: a\ntrigger: [b]\n\n# more\nfactors: [c]\n", "title: a\ntrigger: [b]\ncauses: [x]\n\n# more\nfactors: [c]\n"},
		{"before all others", Append("causes", Text("x")), "own: 1\n# about\n# factors\nfactors: [c]\n", "own: 1\ncauses: [x]\n# about\n# factors\nfactors: [c]\n"},
		{"behind a block text", Set("severity", Text("sev1")), "title: a\nsummary: >-\n  b\n\n  c\n\nsource: d\n", "title: a\nsummary: >-\n  b\n\n  c\nseverity: sev1\n\nsource: d\n"},
		{"behind a block text that keeps its end", Set("severity", Text("sev1")), "summary: |+\n  b\n\nsource: d\n", "summary: |+\n  b\n\nseverity: sev1\nsource: d\n"},
		{"an unknown key", Set("own", Text("x")), "title: a\nmine: b\n# end\n", "title: a\nmine: b\nown: x\n# end\n"},
		{"to front matter without keys", Set("title", Text("x")), "# nothing\n", "# nothing\ntitle: x\n"},
		{"to indented keys", Set("status", Text("draft")), "  title: a\n  tags: [b]\n", "  title: a\n  status: draft\n  tags: [b]\n"},
		{"to a mapping in braces", Set("status", Text("draft")), "{title: a, tags: [b]}\n", "{title: a, status: draft, tags: [b]}\n"},

		{"text", Set("title", Text("x")), "title:   a  # c\n", "title:   x  # c\n"},
		{"quotes stay", Set("title", Text("it's")), "title: 'a'\ntags: [\"b\"]\n", "title: 'it''s'\ntags: [\"b\"]\n"},
		{"double quotes stay", Set("title", Text("x")), "title: \"a # b\" # c\n", "title: \"x\" # c\n"},
		{"over several lines", Set("title", Text("x")), "title: a\n  b\n\n  c # d\nid: e\n", "title: x # d\nid: e\n"},
		{"over block text", Set("summary", Text("x")), "summary: >- # c\n  a\n  b\n\nid: e\n", "summary: x\n\nid: e\n"},
		{"over a block list", Set("causes", Text("x")), "causes: # c\n  - a\n  - b\nid: e\n", "causes: x # c\nid: e\n"},
		{"the same", Set("title", Text("a: b")), "title: \"a\\u003a b\"\n", "title: \"a\\u003a b\"\n"},
		{"a list for a list", Set("causes", Texts("a", "x")), "causes:\n  - a # c\n  - b # d\n", "causes:\n  - a # c\n  - x # d\n"},
		{"a time", Set("started", Time("2024-03-05T09:02Z")), "started: 2024-03-05 # c\n", "started: 2024-03-05T09:02Z # c\n"},
		{"a year", Set("date", Time("2024")), "title: x\n", "title: x\ndate: 2024\n"},
		{"a long mapping", Set("imported", Map(Field{"source", Text("a.html")}, Field{"sha256", Text(strings.Repeat("0", 64))}, Field{"fields", Texts("title", "started")})),
			"title: a\n", "title: a\nimported:\n  source: a.html\n  sha256: \"" + strings.Repeat("0", 64) + "\"\n  fields: [title, started]\n"},
		{"empties", Set("title", Value{}), "title: a # c\n", "title: # c\n"},
		{"with the spaces of its neighbor", Append("causes", accepted), "causes:\n-   a\n", "causes:\n-   a\n-   {id: x, source: accepted}\n"},

		{"remove", Remove("causes"), "title: a\n# above\ncauses: # c\n  - a\n\n  - b # d\n# below\nid: e\n", "title: a\n# above\n# below\nid: e\n"},
		{"remove the last", Remove("title"), "title: a\n", ""},
		{"remove from braces", Remove("b"), "{a: 1, b: 2, c: 3}\n", "{a: 1, c: 3}\n"},
		{"remove what is not there", Remove("b"), "a: 1\n", "a: 1\n"},
		{"remove an entry", RemoveEntry("causes", "a"), "causes:\n  # one\n  - id: a\n    confidence: known\n  - b\n", "causes:\n  # one\n  - b\n"},
		{"remove the last entry", RemoveEntry("causes", "b"), "causes: [a, b]\n", "causes: [a]\n"},
		{"remove the first entry", RemoveEntry("causes", "a"), "causes: [ {id: a}, b ]\n", "causes: [ b ]\n"},
		{"remove the only entry", RemoveEntry("not", "a"), "id: b\nnot: [a]\n", "id: b\n"},
		{"remove on lines", RemoveEntry("causes", "b"), "causes: [\n  a, # one\n  b # two\n]\n", "causes: [\n  a # one\n]\n"},
		{"remove neighbors", RemoveEntry("causes", "a"), "causes: [a, a, b, a]\n", "causes: [b]\n"},

		{"rename", Replace("causes", "a", "x"), "causes:\n  - b\n  - a # c\n", "causes:\n  - b\n  - x # c\n"},
		{"rename text", Replace("detection_gap", "a", "x"), "detection_gap:  a # c\n", "detection_gap:  x # c\n"},
		{"rename an id", Replace("causes", "a", "x"), "causes: [ { id: a,  confidence: known }, 'b' ]\n", "causes: [ { id: x,  confidence: known }, 'b' ]\n"},
		{"rename a single mapping", Replace("causes", "a", "x"), "causes:\n  id: \"a\"\n  confidence: known\n", "causes:\n  id: \"x\"\n  confidence: known\n"},
		{"merge into a later one", Replace("causes", "a", "b"), "causes:\n  - {id: a, confidence: known} # c\n  - x\n  - b # d\n", "causes:\n  - {id: b, confidence: known} # c\n  - x\n"},
		{"merge into an earlier one", Replace("causes", "a", "b"), "causes: [b, x, {id: a, confidence: known}]\n", "causes: [b, x]\n"},
		{"rename what is not there", Replace("causes", "a", "b"), "causes: [b, b]\n", "causes: [b, b]\n"},
		{"split", ReplaceEntry("causes", "a", Text("x"), Text("z")), "causes:\n  - a # c\n  - b\n", "causes:\n  - x # c\n  - z\n  - b\n"},
		{"split into one that is there", ReplaceEntry("causes", "a", Text("x"), Text("b")), "causes: [a, b]\n", "causes: [x, b]\n"},
		{"split of a single value", ReplaceEntry("causes", "a", Text("x"), Text("z")), "causes: a\n", "causes: [x, z]\n"},

		{"inside a mapping", In("imported", RemoveEntry("fields", "title")), "imported:\n  source: a # s\n  fields: [started, title] # f\n", "imported:\n  source: a # s\n  fields: [started] # f\n"},
		{"inside braces", In("imported", RemoveEntry("fields", "title"), Set("sha256", Text("ab"))), "imported: {source: a, fields: [title]}\n", "imported: {source: a, sha256: ab}\n"},
		{"inside an absent mapping", In("related", Append("see_also", Text("x"))), "title: a\n", "title: a\nrelated: {see_also: [x]}\n"},
		{"inside lines", In("related", Append("see_also", Text("x"))), "related:\n    repeat_of:\n      - b\nnot: [a]\n", "related:\n    repeat_of:\n      - b\n    see_also: [x]\nnot: [a]\n"},
		{"the last inside", In("related", Remove("see_also")), "title: a\nrelated: {see_also: [x]}\n", "title: a\n"},

		{"quoted keys", Append("causes", Text("x")), "\"causes\" : [a]\n'title': b\n", "\"causes\" : [a, x]\n'title': b\n"},
		{"beside an anchor", Append("causes", Text("x")), "factors: &f [a]\ncauses: [b]\nimpact: *f\n", "factors: &f [a]\ncauses: [b, x]\nimpact: *f\n"},
		{"an anchor that nothing uses", Set("title", Text("x")), "title: &t a\n", "title: &t x\n"},
		{"a whole alias", Set("impact", Texts("x")), "factors: &f [a]\nimpact: *f # c\n", "factors: &f [a]\nimpact: [x] # c\n"},
		{"an entry that is an alias", Replace("impact", "a", "x"), "title: &f a\nimpact: [b, *f]\n", "title: &f a\nimpact: [b, x]\n"},
		{"a tag", Set("title", Text("x")), "title: !!str 12\n", "title: x\n"},
		{"over a merged key", Set("b", Text("x")), "a: &a {b: 1}\n<<: *a\n", "a: &a {b: 1}\nb: x\n<<: *a\n"},
		{"wide characters", Append("causes", Text("ü")), "title: Größe 原因\ncauses: [ö, 原因]\n", "title: Größe 原因\ncauses: [ö, 原因, ü]\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after, err := Edit("a.md", []byte(fence(c.before)), c.change)
			if err != nil {
				t.Fatal(err)
			}
			if want := fence(c.after); string(after) != want {
				t.Errorf("got\n%s\nwant\n%s", after, want)
			}
		})
	}
}

func TestTOML(t *testing.T) {
	for _, c := range []struct {
		name          string
		change        Change
		before, after string
	}{
		{"append", Append("causes", Text("x")), "causes = [\"a\"] # c\n", "causes = [\"a\", \"x\"] # c\n"},
		{"append on lines", Append("causes", accepted), "causes = [\n  \"a\", # c\n]\n", "causes = [\n  \"a\", # c\n  {id = \"x\", source = \"accepted\"},\n]\n"},
		{"absent above tables", Append("causes", Text("x")), "title = \"a\" # t\n\n[extra]\nb = 1\n", "title = \"a\" # t\ncauses = [\"x\"]\n\n[extra]\nb = 1\n"},
		{"absent with tables alone", Set("title", Text("x")), "[extra]\nb = 1\n", "title = \"x\"\n[extra]\nb = 1\n"},
		{"inside a table", In("extra", Set("c", Text("x"))), "[extra]\nb = 1 # c\n\n[more]\n", "[extra]\nb = 1 # c\nc = \"x\"\n\n[more]\n"},
		{"inside an empty table", In("extra", Set("c", Text("x"))), "[extra] # e\n[more]\n", "[extra] # e\nc = \"x\"\n[more]\n"},
		{"inside a list of tables", Replace("actions", "a", "x"), "[[actions]]\nid = 'a' # c\n[[actions]]\nid = \"b\"\n", "[[actions]]\nid = 'x' # c\n[[actions]]\nid = \"b\"\n"},
		{"inline table", In("imported", Remove("sha256")), "imported = {source = \"a\", sha256 = \"b\"}\n", "imported = {source = \"a\"}\n"},
		{"a date", Set("date", Time("2024-03-06")), "date = 2024-03-05 # d\n", "date = 2024-03-06 # d\n"},
		{"a time without seconds", Set("started", Time("2024-03-05T09:02Z")), "date = 2024-03-05\n", "date = 2024-03-05\nstarted = \"2024-03-05T09:02Z\"\n"},
		{"long text", Set("title", Text("x\ny")), "title = \"\"\"a\nb\"\"\" # c\n", "title = \"x\\ny\" # c\n"},
		{"remove", Remove("title"), "# t\ntitle = 'a' # c\nb = 1\n", "# t\nb = 1\n"},
		{"to a single value", Append("causes", Text("x")), "causes = 'a'\n", "causes = [\"a\", \"x\"]\n"},
		{"quotes stay", Set("title", Text("x")), "title = 'a'\n", "title = 'x'\n"},
		{"quotes that cannot stay", Set("title", Text("it's")), "title = 'a'\n", "title = \"it's\"\n"},
		{"quoted and dotted keys", Append("causes", Text("x")), "\"causes\" = []\na.b = 1\na.c = 2\n", "\"causes\" = [\"x\"]\na.b = 1\na.c = 2\n"},
		{"a value below dots", In("a", Set("b", Text("x"))), "a.b = 1\na.c = 2\n", "a.b = \"x\"\na.c = 2\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			fence := func(front string) string { return "+++\n" + front + "+++\nbody\n+++\n" }
			after, err := Edit("a.md", []byte(fence(c.before)), c.change)
			if err != nil {
				t.Fatal(err)
			}
			if want := fence(c.after); string(after) != want {
				t.Errorf("got\n%s\nwant\n%s", after, want)
			}
		})
	}
}

// The file around the front matter, and its line ends.
func TestFile(t *testing.T) {
	change := Append("causes", Text("x"))
	for _, c := range []struct{ name, before, after string }{
		{"no front matter", "# Title\n", "---\ncauses: [x]\n---\n\n# Title\n"},
		{"no front matter, blank line", "\n# Title", "---\ncauses: [x]\n---\n\n# Title"},
		{"no front matter, rules in the body", "# Title\n---\na: b\n---\n", "---\ncauses: [x]\n---\n\n# Title\n---\na: b\n---\n"},
		{"nothing", "", "---\ncauses: [x]\n---\n"},
		{"empty", "---\n---\nbody", "---\ncauses: [x]\n---\nbody"},
		{"closing line alone", "---\na: 1\n---", "---\na: 1\ncauses: [x]\n---"},
		{"dots", "---\na: 1\n...\nbody\n---\n", "---\na: 1\ncauses: [x]\n...\nbody\n---\n"},
		{"spaces behind the fence", "--- \na: 1\n---\t\nbody", "--- \na: 1\ncauses: [x]\n---\t\nbody"},
		{"byte order mark", "\ufeff---\na: 1\n---\n", "\ufeff---\na: 1\ncauses: [x]\n---\n"},
		{"byte order mark alone", "\ufeffbody\n", "\ufeff---\ncauses: [x]\n---\n\nbody\n"},
		{"CRLF", "---\r\ncauses:\r\n  - a # c\r\nimpact: b\r\n---\r\nbody\r\n", "---\r\ncauses:\r\n  - a # c\r\n  - x\r\nimpact: b\r\n---\r\nbody\r\n"},
		{"CRLF without front matter", "body\r\nbody\n", "---\r\ncauses: [x]\r\n---\r\n\r\nbody\r\nbody\n"},
		{"mixed line ends", "---\ntitle: a\r\ncauses: [b,\r\n  c]\nimpact: d\r\n---\n", "---\ntitle: a\r\ncauses: [b,\r\n  c, x]\nimpact: d\r\n---\n"},
		{"CR", "---\rtitle: a\r---\rbody", "---\rtitle: a\rcauses: [x]\r---\rbody"},
	} {
		t.Run(c.name, func(t *testing.T) {
			after, err := Edit("a.md", []byte(c.before), change)
			if err != nil {
				t.Fatal(err)
			}
			if string(after) != c.after {
				t.Errorf("got\n%q\nwant\n%q", after, c.after)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	x := Append("causes", Text("x"))
	for _, c := range []struct {
		name   string
		change Change
		src    string
		want   string
	}{
		{"broken YAML", x, "---\ntitle: [a\ncauses: [b]\n---\n", "a.md:2:8: front matter cannot be edited: bracket is not closed"},
		{"broken TOML", x, "+++\ntitle = a b\n+++\n", "a.md:2:9: front matter cannot be edited"},
		{"duplicate key", x, "---\ncauses: [a]\nid: b\ncauses: [c]\n---\n", `a.md:4:1: front matter cannot be edited: key "causes" is given twice`},
		{"open fence", x, "---\ntitle: a\n", `a.md:1: front matter opened by "---" is not closed`},
		{"a list", x, "---\n- a\n---\n", "a.md:2: front matter is a list"},
		{"alias", x, "---\nfactors: &f [a]\ncauses: *f\n---\n", "a.md:3: value is an alias"},
		{"anchor", Append("factors", Text("x")), "---\nfactors: &f [a]\ncauses: *f\n---\n", `a.md:2: value of "factors" cannot be changed without changing another`},
		{"anchor that is removed", Remove("factors"), "---\nfactors: &f [a]\ncauses: *f\n---\n", "a.md:2: "},
		{"merged key", Append("b", Text("x")), "---\na: &a {b: [y]}\n<<: *a\n---\n", "a.md:2: key \"b\" comes from a merge key"},
		{"merged key that is removed", Remove("b"), "---\na: &a {b: [y]}\n<<: *a\n---\n", "a.md:2: key \"b\" comes from a merge key"},
		{"not UTF-8", x, "---\ntitle: \xff\n---\n", "a.md: file is not UTF-8"},
		{"text where a mapping is meant", In("imported", Set("source", Text("x"))), "---\nimported: a\n---\n", `a.md:2: value of "imported" is text, no mapping`},
		{"mapping where a list is meant", x, "---\ncauses: {a: 1}\n---\n", `a.md:2: value of "causes" is a mapping, no list`},
		{"list of tables", Append("actions", Term("x", "a")), "+++\n[[actions]]\nid = \"a\"\n+++\n", "a.md:3: list is written as tables"},
		{"table", Remove("extra"), "+++\n[extra]\nid = \"a\"\n+++\n", "a.md:2: value is a table of its own"},
		{"nothing in TOML", Set("title", Value{}), "+++\ntitle = \"a\"\n+++\n", "a.md:2: "},
		{"a key given twice", Set("imported", Map(Field{"a", Text("b")}, Field{"a", Text("c")})), "---\ntitle: a\n---\n", "a.md:2: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := c.src
			after, err := Edit("a.md", []byte(c.src), c.change)
			var refusal *Refusal
			if !errors.As(err, &refusal) || !strings.HasPrefix(err.Error(), c.want) || refusal.Hint == "" {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if after != nil || c.src != before {
				t.Errorf("a refused edit changed the text: %q", after)
			}
		})
	}
}

// Text is written so that every reader of YAML takes it for that text.
func TestPlainForm(t *testing.T) {
	for text, want := range map[string]string{
		"checkout failed": "checkout failed", "it's": "it's", "a:b": "a:b", "a#b": "a#b", "http://x.y/?z": "http://x.y/?z", "16m": "16m", "v1.2": "v1.2",
		"原因": "原因", "C++": "C++", "sev1": "sev1", "+16m": "+16m", "a, b": "a, b", "~2024-03": "~2024-03",
		"": `""`, "12": `"12"`, "-1": `"-1"`, "1.5e3": `"1.5e3"`, "0x1F": `"0x1F"`, "1_000": `"1_000"`, "15:09": `"15:09"`, ".5": `".5"`, "+1": `"+1"`,
		"2024-03-05": `"2024-03-05"`, "true": `"true"`, "No": `"No"`, "y": `"y"`, "null": `"null"`, "~": `"~"`, "<<": `"<<"`, ".NaN": `".NaN"`,
		"a: b": `"a: b"`, "a:": `"a:"`, "a #b": `"a #b"`, "#a": `"#a"`, "*a": `"*a"`, "&a": `"&a"`, "- a": `"- a"`, "-a": `"-a"`, "@a": `"@a"`, "%a": `"%a"`,
		"\"a\" b": `"\"a\" b"`, "'a": `"'a"`, " a": `" a"`, "a ": `"a "`, "a\nb": `"a\nb"`, "a\tb": `"a\tb"`, `a\b`: `a\b`, "a\u0085b\u2028": `"a\u0085b\u2028"`,
		"a\u00a0b": `"a\u00A0b"`, "[a]": `"[a]"`, "{a}": `"{a}"`, "a]": "a]", "? a": `"? a"`, "\U000e0001": `"\U000E0001"`,
	} {
		for _, c := range []struct {
			change Change
			want   string
		}{
			{Set("title", Text(text)), "title: " + want + "\n"},
			{Set("tags", Texts("a", text)), ""},
			{Set("source", Map(Field{text, Text(text)})), ""},
		} {
			after, err := Edit("a.md", []byte("---\n---\n"), c.change)
			if err != nil {
				t.Errorf("%q: %v", text, err)
			} else if c.want != "" && string(after) != "---\n"+c.want+"---\n" {
				t.Errorf("%q: got %s, want %s", text, after, c.want)
			}
		}
		if _, err := Edit("a.md", []byte("+++\n+++\n"), Set("title", Text(text)), Set("tags", Texts(text))); err != nil {
			t.Errorf("TOML %q: %v", text, err)
		}
	}
}

func TestNew(t *testing.T) {
	got := New(Field{"title", Text("a: b")}, Field{"started", Time("2024-03-05T09:02Z")}, Field{"causes", List(Text("a"), accepted)})
	want := "---\ntitle: \"a: b\"\nstarted: 2024-03-05T09:02Z\ncauses:\n  - a\n  - {id: x, source: accepted}\n---\n"
	if string(got) != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if tree, err := Read("a.md", got); err != nil || tree.Get("title").Text != "a: b" {
		t.Errorf("read %v, %v", tree, err)
	}
	if tree, err := Read("a.md", []byte("# Title\n")); tree != nil || err != nil {
		t.Errorf("read %v, %v where nothing is", tree, err)
	}
}
