package alert_test

import (
	"encoding/json"
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"faultline/index/alert"
	"faultline/index/web"
	"faultline/index/web/webtest"
)

var update = flag.Bool("update", false, "write the words of the client from words.txt")

const tableFile = "../web/client/alerttable.ts"

// table is words.txt as the client has it.
func table(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile("words.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("// words.txt of package alert; go test ./index/alert -update writes it.\n\nexport const wordText = [\n")
	for line := range strings.SplitSeq(string(text), "\n") {
		if line != "" && line[0] != '#' {
			quoted, err := json.Marshal(line)
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString("  " + string(quoted) + ",\n")
		}
	}
	b.WriteString("].join(\"\\n\");\n")
	return b.String()
}

func TestTableOfTheClient(t *testing.T) {
	want := table(t)
	if *update {
		if err := os.WriteFile(tableFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(tableFile); err != nil || string(got) != want {
		t.Errorf("%s is not words.txt (%v): write it with go test ./index/alert -update", tableFile, err)
	}
}

func mirror(t testing.TB) *webtest.Engine {
	t.Helper()
	engine, err := webtest.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.Load(web.Scripts(), "alert.ts", "alert"); err != nil {
		t.Fatal(err)
	}
	if err := engine.Run("function readAll(texts) { return texts.map((text) => alert.read(text)) }"); err != nil {
		t.Fatal(err)
	}
	return engine
}

// compare fails for the first texts of which both languages do not say the same.
func compare(t *testing.T, engine *webtest.Engine, texts []string) {
	t.Helper()
	var got []alert.Reading
	if err := engine.Call(&got, "readAll", texts); err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if want := alert.Read(text); !reflect.DeepEqual(want, got[i]) {
			t.Fatalf("the reading differs of %q\n  Go         %+v\n  TypeScript %+v", text, want, got[i])
		}
	}
}

func TestParityOfPastes(t *testing.T) {
	pastes := readPastes(t)
	if len(pastes) < 60 {
		t.Fatalf("%d pastes; the table has sixty at least", len(pastes))
	}
	var texts []string
	for _, p := range pastes {
		texts = append(texts, p.text)
	}
	compare(t, mirror(t), append(texts, longTexts()...))
}

// longTexts are longer than what is read of a text, and hard to cut.
func longTexts() []string {
	blank := strings.Repeat(" ", 1<<15-20)
	return []string{
		"ERROR boot failure\n" + blank + "\nERROR disk failure\n" + blank + "\n\U0001f525 ERROR quorum lost\n", strings.Repeat(" ", 1<<16-2) + "\U0001f525\U0001f525x",
		blank + strings.Repeat("\U0001f525", 40) + blank + strings.Repeat("\U0001f525", 40) + "\n",
	}
}

func TestParityOfMutations(t *testing.T) {
	m := mutator{rand.New(rand.NewPCG(3, 7)), readPastes(t)}
	engine := mirror(t)
	for range 10 {
		var texts []string
		for range 60 {
			texts = append(texts, m.text())
		}
		compare(t, engine, texts)
	}
}

// FuzzRead: any bytes are read, to a query that the grammar takes as it is meant, and in
// both languages alike.
func FuzzRead(f *testing.F) {
	for _, p := range readPastes(f) {
		f.Add(p.text)
	}
	f.Add("\xff\xfe{\"msg\":\"\\ud800\xc3\"")
	engine := mirror(f)
	f.Fuzz(func(t *testing.T, text string) {
		checkQuery(t, alert.Read(text))
		compare(t, engine, []string{strings.ToValidUTF8(text, "\ufffd")})
	})
}

// mutator makes texts of the pastes that nobody would paste.
type mutator struct {
	*rand.Rand
	pastes []paste
}

var splinters = []string{
	"{", "}", "[", "]", "\"", "\\", "{\"a\":", "\n", "\r\n", "\t", ": ", "=", "msg=", "level=error ", "error: ", "\x1b[31m", "[0m", "\x00", "> ", "- ", "* ",
	"é", "名前", "🔥", "“", "’", "\u2028", "\u202e", "\u00a0", "://", "http://", "/", "-", "--", ".", "..", "OR", "(", ")", "+", "~", "503", "exit code ", "E0220 ", "[E ",
	"at x(y.java:1)", "File \"x\", line 1", "\\u00e9", "\\ud83d", "\\n", "SQLSTATE ", "ORA-00942", "é1x2-abc1", "a1b2c3d4", "0x1f", "::1", "10.0.0.1:80", "v1.2", strings.Repeat("x", 70),
}

func (m mutator) text() string {
	text := m.pastes[m.IntN(len(m.pastes))].text
	for range m.IntN(6) {
		at, end := m.cut(text), m.cut(text)
		switch m.IntN(4) {
		case 0:
			text = text[:at] + splinters[m.IntN(len(splinters))] + text[at:]
		case 1:
			text = text[:min(at, end)] + text[max(at, end):]
		case 2:
			other := m.pastes[m.IntN(len(m.pastes))].text
			text = text[:at] + other[m.cut(other):]
		case 3:
			text = text[:at] + strings.ToUpper(text[at:])
		}
	}
	return text
}

// cut returns the offset of a character.
func (m mutator) cut(text string) int {
	at := m.IntN(len(text) + 1)
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return at
}
