package query_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"faultline/index/query"
)

// shown writes the clauses of a query: sign, field, and the terms of the words, with
// parts in brackets and divisions in braces; a phrase in quotes.
func shown(q query.Query) string {
	var clauses []string
	for _, c := range q.Clauses {
		var words []string
		for _, w := range c.Words {
			words = append(words, shownWord(w))
		}
		text := strings.Join(words, " ")
		if c.Kind == query.Phrase {
			text = `"` + text + `"`
		}
		if c.Field != "" {
			text = c.Field + "=" + c.Text + ":" + text
		}
		clauses = append(clauses, [...]string{"", "+", "-"}[c.Occur]+text)
	}
	return strings.Join(clauses, " | ")
}

func shownWord(w query.Word) string {
	text := w.Whole
	if len(w.Parts) > 0 {
		text += fmt.Sprint(w.Parts)
	}
	if len(w.Divisions) > 0 {
		text += "{" + strings.Join(w.Divisions, " ") + "}"
	}
	if w.Stop {
		text += "°"
	}
	return text
}

func TestParse(t *testing.T) {
	for _, test := range []struct{ text, want, note string }{
		{"", "", ""},
		{" \n\t", "", ""},
		{"replica was not promoted", "replica | was° | not° | promot", ""},
		{"net.core ip-forward CrashLoop v2.6", "net.core[net core] | ipforward[ip forward] | crashloop{crash loop} | v2.6[v2 6]{v 2}", ""},
		{"原因調査", "原因 | 因調 | 調査", ""},

		{`"to be or not"`, `"to° be° or° not°"`, ""},
		{`"one"`, `"one"`, ""},
		{`“curly” „so“ ＂wide＂ "mixed”`, `"cur" | "so°" | "wide" | "mix"`, ""},
		{`"" say ""`, "say", ""},
		{`"foo"bar`, `"foo" | bar`, ""},

		{"+foo -bar baz", "+foo | -bar | baz", ""},
		{`+"foo bar" -"baz qux" x`, `+"foo bar" | -"baz qux" | x`, ""},
		{"+foo/bar -原因調査 x", `+foo/bar[foo bar] | -"原因 因調 調査" | x`, ""},
		{"+foo,bar", `+"foo bar"`, ""},

		{"service:api", "service=api:api", ""},
		{"Service:API,", "service=API:api", ""},
		{`service:"API gateway" x`, `service=API gateway:"api gateway" | x`, ""},
		{`+title:x -title:"y z" title:a/b`, `+title=x:x | -title=y z:"y z" | title=a/b:a/b[a b]`, ""},
		{"service:--- x", "service=---: | x", ""},
		{"title:title:x", "title=title:x:title:x[titl x]", ""},
		{"+cause:config-change", "+cause=config-change:configchang[config chang]", ""},
		{"date:2019-07", "date=2019-07:2019-07[2019 07]", ""},

		{"panic: runtime error", "panic | runtim | error", ""},
		{"error:timeout", "error:timeout[error timeout]", ""},
		{"HTTP 503 - upstream", "http | 503 | upstream", ""},
		{"C++ and --flag, a-b", "c++ | and° | flag | ab[a b]", ""},
		{"foo +", "foo", ""},
		{"foo - + -- ++x", "foo | x", ""},
		{`5" disk "`, "5 | disk", ""},
		{"x -/path -.env", "x | path | env", ""},

		{"-foo", "foo", "ignored"},
		{"-foo -title:bar", "foo | title=bar:bar", "ignored"},
		{"exit code -1", "exit | code | 1", `quote it: -"1"`},
		{"+503 x", "503 | x", `quote it: +"503"`},
		{"title: x", "titl | x", "“title:” has no value"},
		{"x title:", "x | titl", "“title:” has no value"},
		{"date:>=2019", "date | 2019", "ranges are not part"},
		{"date:2019..2020", "date:2019[date 2019] | 2020", "ranges are not part"},
		{`"open it`, "open | it°", "before “open” is not closed"},
		{`service:"open it`, "service=open:open | it°", "before “open” is not closed"},
		{"🔥", "", "“🔥” has no word"},
		{`"+" - "`, "", "has no word"},

		{"error Error errors +error", "error | +error", ""},
		{`"a b" "A B" service:a service:A`, `"a° b" | service=a:a° | service=A:a°`, ""},
	} {
		q := query.Parse(test.text, known)
		if got := shown(q); got != test.want {
			t.Errorf("%q\n  got  %s\n  want %s", test.text, got, test.want)
		}
		if notes := strings.Join(q.Notes, "\n"); (test.note == "") != (notes == "") || !strings.Contains(notes, test.note) {
			t.Errorf("%q has the notes %q, want %q", test.text, notes, test.note)
		}
	}
}

func TestClauseTextIsAsWritten(t *testing.T) {
	q := query.Parse(`Müller's, +ip_forward "Two  Words" `, known)
	for i, want := range []string{"Müller's", "ip_forward", "Two  Words"} {
		if got := q.Clauses[i].Text; got != want {
			t.Errorf("clause %d has the text %q, want %q", i, got, want)
		}
	}
}

func TestSequence(t *testing.T) {
	for text, want := range map[string]string{
		`"the net.core.somaxconn limit"`: "the net core somaxconn limit",
		`"CrashLoopBackOff pods"`:        "crashloopbackoff pod",
		`+v1.17`:                         "v1 17",
		`title:---`:                      "",
	} {
		if got := strings.Join(query.Parse(text, known).Clauses[0].Sequence(), " "); got != want {
			t.Errorf("the sequence of %s is %q, want %q", text, got, want)
		}
	}
}

// A phrase must be found in the text that it was copied from.
func TestSequenceStandsInTheText(t *testing.T) {
	for _, text := range []string{"set net.core.somaxconn=128 on v1.17.9", "PostgreSQL's fail-over 原因 k8s", "x509: HTTP503 / user@example.com"} {
		at := map[int][]string{}
		for _, token := range query.Tokens(text) {
			at[token.Position] = append(at[token.Position], token.Term)
		}
		for i, term := range query.Parse(`"`+text+`"`, known).Clauses[0].Sequence() {
			if !strings.Contains(" "+strings.Join(at[i], " ")+" ", " "+term+" ") {
				t.Errorf("%q: %q is not among %q at position %d", text, term, at[i], i)
			}
		}
	}
}

func TestLongQueries(t *testing.T) {
	var words []string
	for i := range 2000 {
		words = append(words, fmt.Sprintf("w%d", i+10))
	}
	for name, text := range map[string]string{
		"words": strings.Join(words, " "), "phrase": `"` + strings.Join(words, " ") + `"`, "field": "title:" + strings.Join(words, ","),
	} {
		q, n := query.Parse(text, known), 0
		for _, c := range q.Clauses {
			n += len(c.Words)
		}
		if n != 128 || len(q.Notes) != 1 || !strings.Contains(q.Notes[0], "first 128") {
			t.Errorf("%s: %d words count, notes %q", name, n, q.Notes)
		}
	}
	repeated := query.Parse(strings.Repeat("same ", 2000), known)
	if len(repeated.Clauses) != 1 || len(repeated.Notes) != 0 {
		t.Errorf("a word written often gives %s and %q", shown(repeated), repeated.Notes)
	}
}

func TestNotesAreFewAndShort(t *testing.T) {
	q := query.Parse(strings.Repeat("title: ", 50)+"-1 -2 -3 -4 -5 \"x", known)
	if len(q.Notes) != 4 {
		t.Errorf("%d notes: %q", len(q.Notes), q.Notes)
	}
	long := query.Parse(strings.Repeat("💥", 5000), known)
	if n := utf8.RuneCountInString(long.Notes[0]); n > 100 {
		t.Errorf("a note has %d characters: %s", n, long.Notes[0])
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range examples {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := query.Parse(text, known)
		positive := len(q.Clauses) == 0
		for _, c := range q.Clauses {
			if len(c.Words) == 0 && c.Field == "" {
				t.Fatalf("%q: a clause has neither words nor a field", text)
			}
			if len(c.Words) > 1 && c.Kind != query.Phrase || c.Field != "" && !known(c.Field) {
				t.Fatalf("%q: clause %+v", text, c)
			}
			positive = positive || c.Occur != query.MustNot
		}
		if !positive || q.Text != text {
			t.Fatalf("%q: %+v", text, q)
		}
		for _, c := range q.Clauses {
			for _, w := range c.Words {
				if len(w.Parts) == 1 {
					t.Fatalf("%q: a single part %+v", text, w)
				}
			}
		}
	})
}
