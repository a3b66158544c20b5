package query_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"faultline/index/query"
)

// shown writes the clauses of a query: sign, field, and the terms of the words, with
// parts in brackets and divisions in braces; a phrase in quotes.
func shown(q query.Query) string {
	return shownList(q.Clauses, " | ")
}

func shownList(list []query.Clause, between string) string {
	var clauses []string
	for _, c := range list {
		clauses = append(clauses, [...]string{"", "+", "-"}[c.Occur]+shownClause(c))
	}
	return strings.Join(clauses, between)
}

func shownClause(c query.Clause) string {
	var words []string
	for _, w := range c.Words {
		words = append(words, shownWord(w))
	}
	text := strings.Join(words, " ")
	switch c.Kind {
	case query.Phrase:
		text = `"` + text + `"`
	case query.Prefix:
		text += "*"
	case query.Typo:
		text += "~" + strings.Repeat("!", c.Edits)
	case query.Range:
		text = c.Low.Value + edge(c.Low) + ".." + edge(c.High) + c.High.Value
	case query.Group:
		return "(" + shownList(c.Clauses, " | ") + ")"
	case query.Choice:
		return "(" + shownList(c.Clauses, " OR ") + ")"
	}
	if c.Field != "" {
		text = c.Field + "=" + c.Text + ":" + text
	}
	return text
}

func edge(b query.Bound) string {
	if b.Open {
		return "!"
	}
	return ""
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
		{"date:2019-07", "date=2019-07:2019-07..2019-07", ""},
		{"date:>=2019", "date=>=2019:2019..", ""},
		{"date:<2019-07,", "date=<2019-07:..!2019-07", ""},
		{"date:2019..2021 x", "date=2019..2021:2019..2021 | x", ""},
		{"-date:..2021 x", "-date=..2021:..2021 | x", ""},
		{"severity:<=2 severity:sev2 severity:a..b", "severity=<=2:..2 | severity=sev2:sev2{sev 2} | severity=a..b:a..b", ""},
		{"date:2019..2020..2021", "date=2019..2020..2021:2019..2020..2021", ""},

		{"replic* title:Fail-ov* +ip_for* -v1.* x", "replic* | title=Fail-ov:failov* | +ip_for* | -v1.* | x", ""},
		{"service:pay* 障* 障害* can't*", "service=pay:* | 障* | 障害* | cant*", ""},
		{"replcia~ +replica~2 title:x509~1", "replcia~ | +replica~!! | title=x509:x509~!", ""},
		{"**bold** a*b *x foo(x)* net.core~", "bold | a° | b | x | foo | net.core[net core]", ""},
		{"C* ab~", "c | ab", "“C*” is too short"},

		{"a b OR c d", "a° | (b OR c) | d", ""},
		{"a OR b OR c", "(a° OR b OR c)", ""},
		{"+a OR b", "+(a° OR b)", ""},
		{"a OR -b", "(a° OR (-b))", ""},
		{"foo,bar OR 原因調査", `("foo bar" OR "原因 因調 調査")`, ""},
		{"cause:x OR cause:y z", "(cause=x:x OR cause=y:y) | z", ""},
		{"cause:(x OR y) title:(a b)", "(cause=x:x OR cause=y:y) | (title=a:a° | title=b:b)", ""},
		{"this or that and OR, x", "this° | or° | that° | and° | x", ""},
		{"a or b", "a° | or° | b", ""},
		{"(a b) c", "a° | b | c", ""},
		{"((a))", "a°", ""},
		{"-(a b) c", "-(a° | b) | c", ""},
		{"-(a) c", "-a° | c", ""},
		{"-(-a) c", "-(-a°) | c", ""},
		{"+(a OR b) (+c -d)", "+(a° OR b) | (+c | -d)", ""},
		{"(a OR b) OR (c d)", "(a° OR b OR (c | d))", ""},
		{"(a OR b)c", "(a° OR b) | c", ""},
		{"() ( ) x main() f(x)y", "x | main | f | y", ""},
		{"(cause:x OR y)", "(cause=x:x OR y)", ""},
		{"date:(2019 OR >=2021)", "(date=2019:2019..2019 OR date=>=2021:2021..)", ""},
		{`("a b" OR c)`, `("a° b" OR c)`, ""},

		{"(a b", "a° | b", "“(” is not closed"},
		{"a) b", "a° | b", "“)” closes nothing"},
		{"cause:(a b", "caus | a° | b", "“(” is not closed"},
		{"-((a b) c", "a° | b | c", "“(” is not closed"},
		{"OR a", "or° | a°", "“OR” stands between"},
		{"a OR", "a° | or°", "“OR” stands between"},
		{"a OR OR b", "a° | or° | b", "“OR” stands between"},
		{"OR", "or°", "“OR” stands between"},
		{"+ - ( ) OR", "or°", "“OR” stands between"},
		{"title:>=x y", "titl | x | y", "“title” has no order"},

		{"panic: runtime error", "panic | runtim | error", ""},
		{"error:timeout", "error:timeout[error timeout]", ""},
		{"HTTP 503 - upstream", "http | 503 | upstream", ""},
		{"C++ and --flag, a-b", "c++ | and° | flag | ab[a b]", ""},
		{"foo +", "foo", ""},
		{"foo - + -- ++x", "foo | x", ""},
		{`5" disk "`, "5 | disk", ""},
		{"x -/path -.env", "x | path | env", ""},

		{"-foo", "-foo", "only excludes"},
		{"-foo -title:bar", "-foo | -title=bar:bar", "only excludes"},
		{"exit code -1", "exit | code | 1", `quote it: -"1"`},
		{"+503 x", "503 | x", `quote it: +"503"`},
		{"title: x", "titl | x", "“title:” has no value"},
		{"x title:", "x | titl", "“title:” has no value"},
		{`"open it`, "open | it°", "before “open” is not closed"},
		{`service:"open it`, "service=open:open | it°", "before “open” is not closed"},
		{"→", "", "“→” has no word"},
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
	long := query.Parse(strings.Repeat("→", 5000), known)
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
		if q.Text != text || len(q.Notes) > 4 {
			t.Fatalf("%q: %+v", text, q)
		}
		if words := sound(t, q.Clauses, 0); words > 128 {
			t.Fatalf("%q: %d words", text, words)
		}
	})
}

// sound fails where a clause is not one that package query promises, and counts words.
func sound(t *testing.T, clauses []query.Clause, depth int) int {
	t.Helper()
	words := 0
	for _, c := range clauses {
		nests := c.Kind == query.Group || c.Kind == query.Choice
		switch {
		case nests && len(c.Clauses) == 0 || !nests && len(c.Clauses) > 0 || depth > 2*16+2,
			!nests && len(c.Words) == 0 && c.Field == "",
			len(c.Words) > 1 && c.Kind != query.Phrase,
			c.Field != "" && known(c.Field) == query.NoField,
			c.Kind == query.Range && known(c.Field) < query.Scale:
			t.Fatalf("clause %+v", c)
		}
		words += len(c.Words) + sound(t, c.Clauses, depth+1)
		for _, w := range c.Words {
			if len(w.Parts) == 1 {
				t.Fatalf("a single part %+v", w)
			}
		}
	}
	return words
}

// TestStems: a beginning that is longer than the stem finds the word all the same.
func TestStems(t *testing.T) {
	for beginning, want := range map[string]string{
		"replicat": "replic", "recovery": "recoveri", "certificat": "certif", "promoti": "promot", "connectio": "connect",
		"conne": "conn", "db": "", "ip_forw": "", "原因": "",
	} {
		if got := query.Stems(beginning); want != "" && !slices.Contains(got, want) || want == "" && len(got) > 0 {
			t.Errorf("the stems of %q are %q, want %q", beginning, got, want)
		}
	}
}

// TestNesting: a thousand parentheses are no more trouble than one.
func TestNesting(t *testing.T) {
	deep := strings.Repeat("(", 1000) + "a OR b" + strings.Repeat(")", 1000)
	if got := shown(query.Parse(deep, known)); got != "(a° OR b)" {
		t.Errorf("got %s", got)
	}
	signed := query.Parse(strings.Repeat("-(x ", 1000)+strings.Repeat(")", 1000), known)
	if len(signed.Notes) == 0 || sound(t, signed.Clauses, 0) == 0 {
		t.Errorf("got %s with %q", shown(signed), signed.Notes)
	}
	open := query.Parse(strings.Repeat("(", 1000)+"a", known)
	if shown(open) != "a°" || len(open.Notes) != 1 {
		t.Errorf("got %s with %q", shown(open), open.Notes)
	}
}
