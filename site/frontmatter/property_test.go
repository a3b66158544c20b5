package frontmatter

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"faultline/site/record"
	"faultline/site/yaml"
)

// author writes front matter in every style that people use.
type author struct{ *rand.Rand }

func (a author) pick(of ...string) string { return of[a.IntN(len(of))] }

func (a author) chance(percent int) bool { return a.IntN(100) < percent }

func (a author) word() string {
	return a.pick("a", "b", "c", "logic-bug", "no-alert", "原因", "it's", "x y", "http://e.x/?q", "16m", "v1.2")
}

// scalar writes text, in quotes or not.
func (a author) scalar() string {
	switch w := a.word(); a.IntN(6) {
	case 0:
		return `"` + w + a.pick("", ": c", " # d", ", e", `\n`, `\"`, "]") + `"`
	case 1:
		return "'" + strings.ReplaceAll(w, "'", "''") + a.pick("", ": c", " # d", ", e", `\`, "}") + "'"
	default:
		return w
	}
}

func (a author) comment() string {
	return a.pick("", "", "", " ", " # why", "  # it's [a] {b}: \"c ", "\t# tab")
}

func (a author) flowMap() string {
	s := "{id: " + a.scalar()
	if a.chance(50) {
		s += a.pick(", ", ",", " , ") + "confidence: " + a.pick("known", "'likely'")
	}
	return s + a.pick("", " ", ", ") + "}"
}

func (a author) entry() string {
	if a.chance(30) {
		return a.flowMap()
	}
	return a.scalar()
}

func (a author) flowList() string {
	open, between, end := "[", ", ", a.pick("", " ", ", ")+"]"
	if a.chance(30) {
		pad := "\n" + strings.Repeat(" ", 1+a.IntN(5))
		open, between, end = "["+pad, ","+a.pick("", " # one")+pad, a.pick("", ",", " # last", ", # last")+a.pick("\n ", pad)+"]"
	}
	parts := make([]string, a.IntN(4))
	for i := range parts {
		parts[i] = a.entry()
	}
	if len(parts) == 0 {
		return a.pick("[]", "[ ]", "[ # none\n  ]")
	}
	return open + strings.Join(parts, between) + end
}

// blockList writes entries below the key, in its column or further to the right.
func (a author) blockList() string {
	var b strings.Builder
	b.WriteString(a.comment())
	pad := "\n" + strings.Repeat(" ", a.IntN(5))
	for range 1 + a.IntN(4) {
		if a.chance(15) {
			b.WriteString(pad + a.pick("# above", "") + "\n# left")
		}
		b.WriteString(pad + a.pick("- ", "-   "))
		switch a.IntN(5) {
		case 0:
			b.WriteString("id: " + a.scalar() + a.comment() + pad + strings.Repeat(" ", 2))
			return strings.Replace(b.String(), "-   id", "- id", 1) + "confidence: known" + a.comment()
		case 1:
			b.WriteString("x" + pad + "    y")
		default:
			b.WriteString(a.entry())
		}
		b.WriteString(a.comment())
	}
	return b.String()
}

func (a author) text() string {
	pad := "\n" + strings.Repeat(" ", 1+a.IntN(4))
	switch a.IntN(4) {
	case 0:
		return " " + a.pick("|", ">", "|-", ">-", "|+", ">-  # c") + pad + "a: b" + pad + "- c # d" + a.pick("", "\n", "\n\n"+pad+"e")
	case 1:
		return " a" + pad + "b" + a.pick("", "\n"+pad+"c")
	case 2:
		return ` "a` + pad + `b # c"`
	}
	return " " + a.scalar()
}

func (a author) mapping() string {
	pad := "\n" + strings.Repeat(" ", 2+a.IntN(3))
	if a.chance(40) {
		return " {source: a" + a.pick("", ", fields: [a, b]", ",\n  fields: [a]\n  ") + "}"
	}
	return a.comment() + pad + "source: " + a.scalar() + a.comment() + pad + "fields: " + a.pick("[a, b]", "[a]") + a.comment()
}

func (a author) value(key string) string {
	if key == "imported" {
		return a.mapping()
	}
	switch a.IntN(6) {
	case 0:
		return a.text() + a.pick("", " ")
	case 1:
		return a.pick("", " ~", " null", " # empty")
	case 2:
		return a.blockList()
	}
	return " " + a.pick(a.flowList(), a.scalar(), a.flowMap()) + a.comment()
}

// frontMatter is one of the author's, key by key: lines of comments belong to no key.
func (a author) frontMatter() (keys, blocks []string) {
	keys = []string{"title", "summary", "services", "causes", "factors", "own", "impact", "imported", "not"}
	a.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	keys = keys[:a.IntN(len(keys)+1)]
	for _, key := range keys {
		name := a.pick(key, key, key, `"`+key+`"`, "'"+key+"'")
		blocks = append(blocks, name+":"+a.value(key)+"\n")
	}
	return keys, blocks
}

// tomlValue is a value as TOML writes it.
func (a author) tomlValue(key string) string {
	word := func() string {
		w := a.word()
		return a.pick(`"`+w+a.pick("", `\"`, `\\`, ", #", `]`)+`"`, `"""`+w+`"""`, `"""`+"\n"+w+`""""`, "'"+strings.ReplaceAll(w, "'", "")+a.pick("", `\`, "}")+"'")
	}
	term := func() string {
		return a.pick(word(), `"a"`, `{id = "a"}`, `{ id="b" , source = 'accepted' }`)
	}
	switch {
	case key == "imported":
		return `{source = "a", fields = ["a", 'b']}`
	case a.chance(30):
		return a.pick(term(), "12", "true", "2024-03-05", "2024-03-05T09:02:00Z", "1.5", "[]", "[ ]")
	case a.chance(40):
		return "[\n  " + term() + ", # one\n\n  " + term() + a.pick("", ",", " # last", ", # last") + "\n]"
	}
	return "[" + term() + a.pick(", ", ",", " , ") + term() + a.pick("", ",", " ") + "]"
}

// tomlFrontMatter is one of the author's in TOML, with tables below its keys.
func (a author) tomlFrontMatter() (keys, blocks []string, tables string) {
	keys, _ = a.frontMatter()
	for _, key := range keys {
		blocks = append(blocks, a.pick("", "  ")+a.pick(key, key, `"`+key+`"`)+a.pick(" = ", "=", "  =\t")+a.tomlValue(key)+a.pick("", " ", " # why [a] 'b")+"\n")
	}
	return keys, blocks, a.pick("", "# extra\n[extra]\ncauses = [\"a\"]\n", "\n[[actions]]\nid = \"a\"\n[[actions]]\n")
}

func (a author) change(key string) Change {
	if key == "imported" {
		inner := []Change{RemoveEntry("fields", "a"), Append("fields", Text("z")), Set("sha256", Text("12")), Replace("fields", "a", "b")}
		return In(key, inner[a.IntN(len(inner))])
	}
	v := []Value{Text(a.word()), Text("12: # '\""), Term(a.word(), "accepted"), Texts("a", "q"), Time("2024-03-05T09:02Z"), Bool(true), {},
		List(Term("a", "accepted"), Text("b"))}
	one := v[a.IntN(len(v))]
	switch a.IntN(6) {
	case 0:
		return Set(key, one)
	case 1:
		return Remove(key)
	case 2:
		return Append(key, v[a.IntN(3)])
	case 3:
		return RemoveEntry(key, a.word())
	case 4:
		return ReplaceEntry(key, a.word(), v[a.IntN(3)], Text("q"))
	}
	return Replace(key, a.word(), a.word())
}

// checkEdit makes one change in one front matter and checks that the tree is the one
// that is wanted and that no byte outside the key's lines is another.
func checkEdit(t *testing.T, seed uint64) {
	a := author{rand.New(rand.NewPCG(seed, 0))}
	fence, tables := "---", ""
	keys, blocks := a.frontMatter()
	if a.chance(25) {
		fence = "+++"
		keys, blocks, tables = a.tomlFrontMatter()
	}
	eol := a.pick("\n", "\n", "\r\n", "\r")
	with := func(text string) []byte { return []byte(strings.ReplaceAll(text, "\n", eol)) }
	head, tail := a.pick("", "\ufeff")+fence+"\n", tables+a.pick(fence, fence+" \nbody\n---\n", fence+"\n\nkey: value\n")
	before := with(head + strings.Join(blocks, "") + tail)
	tree, err := Read("a.md", before)
	if err != nil {
		t.Fatalf("seed %d: %v\n%s", seed, err, before)
	}
	key := a.pick("title", "services", "causes", "factors", "own", "imported", "not")
	change := a.change(key)
	after, err := Edit("a.md", before, change)
	if err != nil {
		if !impossible(tree, change, fence == "+++") {
			t.Fatalf("seed %d: %v: %+v\n%s", seed, err, change, before)
		}
		return
	}
	want := change.wanted(valueOf(cmpNode(tree)))
	if got, err := Read("a.md", after); err != nil || !valueOf(cmpNode(got)).equal(want) {
		t.Fatalf("seed %d: %v: %+v reads otherwise\n%s\n%s", seed, err, change, before, after)
	}
	if i := slices.Index(keys, key); i >= 0 {
		from := len(with(head + strings.Join(blocks[:i], "")))
		inside(t, seed, change, before, after, from, from+len(with(blocks[i])))
		return
	}
	if prefix, suffix := common(before, after); prefix+suffix < len(before) {
		t.Fatalf("seed %d: %+v changes what is there\n%s\n%s", seed, change, before, after)
	}
	if undone, err := Edit("a.md", after, Remove(key)); err != nil || !bytes.Equal(undone, before) {
		t.Fatalf("seed %d: %+v is not undone: %v\n%s\n%s", seed, change, err, before, undone)
	}
}

// impossible reports whether a change must be refused: a mapping where a list is meant
// and nothing in TOML, which has no word for it.
func impossible(tree *yaml.Node, c Change, toml bool) bool {
	old, _ := valueOf(cmpNode(tree)).get(c.key)
	return c.action == add && old.kind == yaml.Mapping && !old.identified() || toml && c.action == set && c.values[0].kind == yaml.Null
}

func cmpNode(n *yaml.Node) *yaml.Node {
	if n == nil {
		return &yaml.Node{Kind: yaml.Mapping}
	}
	return n
}

// inside checks that the texts differ in the lines [from, to) of the first alone.
func inside(t *testing.T, seed uint64, c Change, before, after []byte, from, to int) {
	t.Helper()
	if len(after) < from || !bytes.Equal(before[:from], after[:from]) || !bytes.HasSuffix(after, before[to:]) {
		t.Fatalf("seed %d: %+v changes bytes outside the key\n%s\n%s", seed, c, before, after)
	}
	if c.action != add {
		return
	}
	old, _ := Read("a.md", before)
	if v := old.Get(c.key); v.Kind == yaml.List && len(v.Items) > 0 && !bytes.Equal(before, after) {
		word := c.values[0].text
		if id, ok := c.values[0].get("id"); ok {
			word = id.text
		}
		undone, err := Edit("a.md", after, RemoveEntry(c.key, word))
		if err != nil || !bytes.Equal(undone, before) {
			t.Fatalf("seed %d: %+v is not undone: %v\n%s\n%s\n%s", seed, c, err, before, after, undone)
		}
	}
}

// common returns how many bytes are the same at the beginning and at the end.
func common(a, b []byte) (prefix, suffix int) {
	for prefix < min(len(a), len(b)) && a[prefix] == b[prefix] {
		prefix++
	}
	for suffix < min(len(a), len(b))-prefix && a[len(a)-1-suffix] == b[len(b)-1-suffix] {
		suffix++
	}
	return prefix, suffix
}

func TestAnyChangeInAnyStyle(t *testing.T) {
	for seed := range uint64(4000) {
		checkEdit(t, seed)
	}
}

func FuzzStyle(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkEdit)
}

// Whatever the text, an edit is refused or does what it says, and the body stays.
func FuzzEdit(f *testing.F) {
	for _, seed := range []string{
		"---\ncauses:\n  - a # c\n  - {id: b}\n---\nbody", "+++\ncauses = [\"a\"]\n[extra]\nb = 1\n+++\n", "\ufeff---\r\na: |+\r\n  b\r\n\r\ncauses: [a,\r\n b]\r\n---\r\n",
		"---\na: &x [1]\ncauses: *x\n<<: {b: 1}\n---\n", "---\n? a\n: b\n---\n", "# body\n---\n", "---\n{a: b, c}\n---\n", "---\na: !!str 1\nb: !t\n- c\n---\n", "---\n---\n",
	} {
		f.Add([]byte(seed), "causes", "a", uint8(2))
	}
	f.Fuzz(func(t *testing.T, src []byte, key, word string, action uint8) {
		change := [...]Change{Set(key, Text(word)), Remove(key), Append(key, Term(word, "accepted")), RemoveEntry(key, word),
			ReplaceEntry(key, word, Text("x"), Text("y")), Replace(key, word, "x"), In(key, Set(word, Texts(word)))}[action%7]
		tree, err := Read("a.md", src)
		if err != nil {
			return
		}
		after, err := Edit("a.md", src, change)
		if err != nil {
			return
		}
		got, err := Read("a.md", after)
		if want := change.wanted(valueOf(cmpNode(tree))); err != nil || !valueOf(cmpNode(got)).equal(want) {
			t.Fatalf("%+v reads otherwise: %v\n%q\n%q", change, err, src, after)
		}
		old, _ := cut("a.md", src)
		if page, err := cut("a.md", after); err != nil || !bytes.HasSuffix(after, old.tail) || old.head != nil && !bytes.Equal(old.tail, page.tail) {
			t.Fatalf("%+v changes the body: %v\n%q\n%q", change, err, src, after)
		}
	})
}

// reports are the files below the folder that the library would read.
func reports(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !slices.Contains([]string{".md", ".markdown", ".txt"}, filepath.Ext(path)) {
			return err
		}
		files[path], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// checkReport accepts a term in a real report and takes it back.
func checkReport(path string, src []byte) error {
	tree, err := Read(path, src)
	if err != nil {
		return err
	}
	inc, problems := record.Parse(path, src, record.Options{})
	if inc == nil {
		return fmt.Errorf("%v", problems)
	}
	if (inc.BodyLine > 1) != (tree != nil) {
		return fmt.Errorf("the body begins on line %d", inc.BodyLine)
	}
	for _, key := range []string{"causes", "services", "tags", "keywords", "not"} {
		there := tree.Get(key)
		after, err := Edit(path, src, Append(key, Term("some-term", "accepted")))
		if err != nil {
			return err
		}
		undo := RemoveEntry(key, "some-term")
		if there == nil {
			undo = Remove(key)
		}
		back, err := Edit(path, after, undo)
		switch {
		case err != nil:
			return err
		case there != nil && there.Kind != yaml.List || tree == nil: // its form changes
		case !bytes.Equal(back, src):
			return fmt.Errorf("%s is not as it was:\n%s", key, back)
		}
	}
	return nil
}

func TestContent(t *testing.T) {
	files := reports(t, filepath.Join("..", "..", "content", "incidents"))
	if len(files) < 30 {
		t.Fatalf("only %d incidents", len(files))
	}
	for path, src := range files {
		if err := checkReport(path, src); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestCorpus(t *testing.T) {
	shared := os.Getenv("FAULTLINE_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	folder := filepath.Join(shared, "corpus")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("NOT TESTED on real reports: set FAULTLINE_SHARED to the folder that holds corpus/ (%v)", err)
	}
	fronts, refused := 0, 0
	for path, src := range reports(t, folder) {
		if bytes.HasPrefix(src, []byte("---")) || bytes.HasPrefix(src, []byte("+++")) {
			fronts++
		}
		if err := checkReport(path, src); err != nil {
			refused++
			t.Logf("%s: %v", path, err)
		}
	}
	t.Logf("%d reports with front matter, %d refused", fronts, refused)
	if fronts < 300 || refused > 5 {
		t.Errorf("%d of %d are refused", refused, fronts)
	}
}
