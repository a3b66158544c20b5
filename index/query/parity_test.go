package query_test

import (
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"faultline/index/query"
	"faultline/index/web/webtest"
)

// mirrorEntry offers what is compared, in the form in which it is compared.
const mirrorEntry = `
import { classOf, covers, fold, useTables } from "./fold";
import { stems } from "./expand";
import { parse } from "./parse";
import { isStop, sequence } from "./query";
import { tokens } from "./tokens";

const fields: Record<string, number> = { title: 1, service: 2, cause: 2, severity: 3, date: 4 };

export const tokensOf = (texts: string[]) =>
  texts.map((text) => tokens(text).map((t) => ({
    Term: t.term, Position: t.position, Part: t.part, Stop: isStop(t.term), Surface: text.slice(t.start, t.end),
  })));

export const queriesOf = (texts: string[]) =>
  texts.map((text) => {
    const query = parse(text, (name) => (Object.prototype.hasOwnProperty.call(fields, name) ? fields[name] : 0));
    return { Query: query, Sequences: query.clauses.map(sequence) };
  });

export const use = useTables;
export const coversOf = (texts: string[]) => texts.map((text) => covers(text));
export const stemsOf = (texts: string[]) => texts.map(stems);

export const foldsOf = (texts: string[]) => texts.map(fold);

export const classesOf = (texts: string[]) =>
  texts.map((text) => Array.from(text).map((c) => classOf(c.codePointAt(0)!)).join(""));
`

func known(field string) query.FieldKind {
	return map[string]query.FieldKind{"title": query.Text, "service": query.Values, "cause": query.Values, "severity": query.Scale, "date": query.Number}[field]
}

// mirror loads the TypeScript of the client, with all tables of characters.
func mirror(t testing.TB) *webtest.Engine {
	t.Helper()
	engine := coreMirror(t)
	if err := engine.Call(nil, "mirror.use", query.Tables()); err != nil {
		t.Fatal(err)
	}
	return engine
}

// coreMirror has the tables that the client begins with.
func coreMirror(t testing.TB) *webtest.Engine {
	t.Helper()
	fsys := fstest.MapFS{"parity.ts": {Data: []byte(mirrorEntry)}}
	for _, name := range []string{"expand.ts", "fold.ts", "lex.ts", "parse.ts", "query.ts", "stem.ts", "tables.ts", "tokens.ts"} {
		source, err := os.ReadFile(filepath.Join("../web/client", name))
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: source}
	}
	engine, err := webtest.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Load(fsys, "parity.ts", "mirror"); err != nil {
		t.Fatal(err)
	}
	return engine
}

// token is a token as it is compared: offsets differ between the languages, the
// text between them must not.
type token struct {
	Term       string
	Position   int
	Part, Stop bool
	Surface    string
}

func tokensOf(text string) []token {
	found := []token{}
	for _, t := range query.Tokens(text) {
		found = append(found, token{t.Term, t.Position, t.Part, query.IsStop(t.Term), text[t.Start:t.End]})
	}
	return found
}

// reading is a query as it is compared.
type reading struct {
	Query     query.Query
	Sequences [][]string
}

func queriesOf(text string) reading {
	read := reading{query.Parse(text, known), [][]string{}}
	for _, c := range read.Query.Clauses {
		read.Sequences = append(read.Sequences, append([]string{}, c.Sequence()...))
	}
	return read
}

// compare fails for the first texts of which both languages do not say the same.
func compare[T any](t *testing.T, engine *webtest.Engine, function string, texts []string, want func(string) T) {
	t.Helper()
	const batch = 200
	for len(texts) > 0 {
		n := min(batch, len(texts))
		var got []T
		if err := engine.Call(&got, function, texts[:n]); err != nil {
			t.Fatalf("%s: %v", function, err)
		}
		for i, text := range texts[:n] {
			if a, b := want(text), got[i]; !reflect.DeepEqual(a, b) {
				t.Fatalf("%s differs for %+q\n  Go         %+v\n  TypeScript %+v", function, text, a, b)
			}
		}
		texts = texts[n:]
	}
}

func compareAll(t *testing.T, texts []string) {
	t.Helper()
	engine := mirror(t)
	compare(t, engine, "mirror.tokensOf", texts, tokensOf)
	compare(t, engine, "mirror.queriesOf", texts, queriesOf)
}

func TestParityOfExamples(t *testing.T) {
	compareAll(t, examples)
}

func TestParityOfGeneratedTexts(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(6, 28))}
	var texts []string
	for range 2000 {
		texts = append(texts, g.text())
	}
	texts = append(texts, g.long(10_000), strings.Repeat("a", 10_000), strings.Repeat("é́", 5_000), strings.Repeat("a.", 5_000), strings.Repeat(`"`, 10_000))

	compareAll(t, texts)
}

func TestParityOfEveryWord(t *testing.T) {
	engine := mirror(t)
	var texts []string
	for _, word := range stemmed {
		texts = append(texts, word[0])
	}
	for _, stem := range stems {
		for _, ending := range endings {
			texts = append(texts, stem+ending)
		}
	}
	compare(t, engine, "mirror.tokensOf", texts, tokensOf)
	compare(t, engine, "mirror.stemsOf", append(texts[:800], "replicat", "recovery", "Co", "é", "hopp"), query.Stems)
}

// Every assigned code point outside the ideographs of the higher planes, which are
// all alike.
func TestParityOfEveryCharacter(t *testing.T) {
	var texts []string
	for _, planes := range [][2]rune{{0, 0xd7ff}, {0xe000, 0x20100}, {0xe0000, 0xe0200}, {utf8.MaxRune - 16, utf8.MaxRune}} {
		for c := planes[0]; c <= planes[1]; c += 256 {
			var b strings.Builder
			for i := c; i < c+256 && i <= planes[1]; i++ {
				b.WriteRune(i)
			}
			texts = append(texts, b.String())
		}
	}
	engine := mirror(t)
	compare(t, engine, "mirror.foldsOf", texts, query.Fold)
	compare(t, engine, "mirror.classesOf", texts, query.ClassesOf)
	compare(t, engine, "mirror.tokensOf", texts, tokensOf)
}

// TestParityOfTheCore: what the client says to cover it reads as Go does.
func TestParityOfTheCore(t *testing.T) {
	engine := coreMirror(t)
	var texts, covered []string
	for c := rune(0); c < 0x3100; c++ {
		texts = append(texts, "x"+string(c)+"y "+string(c))
	}
	var covers []bool
	if err := engine.Call(&covers, "mirror.coversOf", texts); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if covers[i] {
			covered = append(covered, text)
		}
	}
	if len(covered) != 0x580+0x50 {
		t.Errorf("%d characters are covered", len(covered))
	}
	compare(t, engine, "mirror.tokensOf", covered, tokensOf)
	compare(t, engine, "mirror.foldsOf", covered, query.Fold)
}

// Words of real reports, each once, as between spaces no word knows its neighbors,
// and their headings and first lines as queries.
func TestParityOfRealText(t *testing.T) {
	shared := os.Getenv("FAULTLINE_SHARED")
	if shared == "" {
		shared = "../../../shared"
	}
	texts, err := reports(os.DirFS(shared), "corpus")
	if err != nil {
		t.Skipf("SKIPPED: no corpus of real reports to compare: %v (set FAULTLINE_SHARED)", err)
	}
	words, lines := map[string]bool{}, map[string]bool{}
	for _, text := range texts {
		for _, word := range strings.Fields(text) {
			words[word] = true
		}
		rest := text
		for range 3 {
			var line string
			line, rest, _ = strings.Cut(rest, "\n")
			lines[line] = true
		}
	}
	engine := mirror(t)
	compare(t, engine, "mirror.tokensOf", joined(slices.Sorted(maps.Keys(words)), 20), tokensOf)
	compare(t, engine, "mirror.queriesOf", slices.Sorted(maps.Keys(lines)), queriesOf)
}

// reports returns the texts of all files below a folder.
func reports(fsys fs.FS, folder string) ([]string, error) {
	var texts []string
	err := fs.WalkDir(fsys, folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		source, err := fs.ReadFile(fsys, path)
		texts = append(texts, strings.ToValidUTF8(string(source), "\ufffd"))
		return err
	})
	return texts, err
}

// joined returns the words in texts of n words.
func joined(words []string, n int) []string {
	var texts []string
	for group := range slices.Chunk(words, n) {
		texts = append(texts, strings.Join(group, " "))
	}
	return texts
}

// FuzzParity: the two languages read every text alike.
func FuzzParity(f *testing.F) {
	for _, text := range examples {
		f.Add(text)
	}
	g := generator{rand.New(rand.NewPCG(5, 5))}
	for range 200 {
		f.Add(g.text())
	}
	engine := mirror(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\ufffd")
		compare(t, engine, "mirror.queriesOf", []string{text}, queriesOf)
	})
}

// generator makes texts that hold what real queries hold, and what they never do.
type generator struct{ *rand.Rand }

// blocks are ranges of code points that letters, marks and signs are drawn from.
var blocks = [][2]rune{
	{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {0, 0x7f}, {0x80, 0x24f}, {0x300, 0x36f}, {0x370, 0x52f}, {0x590, 0x6ff}, {0x900, 0x97f},
	{0xe00, 0xeff}, {0x1000, 0x109f}, {0x1100, 0x11ff}, {0x1780, 0x17ff}, {0x1e00, 0x1fff}, {0x2000, 0x206f}, {0x2070, 0x218f},
	{0x3000, 0x30ff}, {0x4e00, 0x9fff}, {0xac00, 0xd7a3}, {0xe000, 0xe010}, {0xfb00, 0xfb06}, {0xfe00, 0xfe0f}, {0xff00, 0xffef},
	{0x10400, 0x1044f}, {0x1d400, 0x1d7ff}, {0x1f300, 0x1faff}, {0x20000, 0x20010}, {0xe0100, 0xe01ef},
}

var joiners = []string{"", "", "", ".", "_", "-", "/", "@", ":", "::", "'", "’", "\u00ad", "\u200d", "++", "#", "=", "--", "..", "s"}

var spaces = []string{" ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u200b", "\x00", ", ", ". ", " - "}

var openings = []string{
	"", "", "", "", "+", "-", "\"", "“", "„", "title:", "service:", "Cause:", "date:", "error:", "+title:", "-service:\"", "-\"", "+\"",
	"--", "(", "date:>=", "title:\"", "\u0301",
	"(", "(", "-(", "+(", "title:(", "((", "OR ", "OR ", "OR ( ", "severity:<=", "date:..", "date:2019..", "severity:", "service:a..",
}

func pick[T any](g generator, list []T) T { return list[g.IntN(len(list))] }

func (g generator) text() string {
	var b strings.Builder
	for range g.IntN(5) + 1 {
		b.WriteString(pick(g, openings) + g.word() + pick(g, []string{"", "", "\"", "”", ",", "+", "'s", ")", ")", "))", "*", "~", "~2", "()"}) + pick(g, spaces))
	}
	return b.String()
}

func (g generator) word() string {
	var b strings.Builder
	for range g.IntN(4) + 1 {
		b.WriteString(g.piece() + pick(g, joiners))
	}
	return b.String()
}

func (g generator) piece() string {
	switch g.IntN(4) {
	case 0:
		return pick(g, stems) + pick(g, endings)
	case 1:
		return pick(g, examples)
	case 2:
		return strings.ToUpper(pick(g, stems)[:1]) + pick(g, endings)
	}
	block := pick(g, blocks)
	text := make([]rune, g.IntN(6)+1)
	for i := range text {
		text[i] = block[0] + rune(g.IntN(int(block[1]-block[0])+1))
	}
	return string(text)
}

func (g generator) long(n int) string {
	var b strings.Builder
	for b.Len() < n {
		b.WriteString(g.text())
	}
	return b.String()
}
