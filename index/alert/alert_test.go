package alert_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"faultline/index/alert"
	"faultline/index/query"
)

// paste is a text of testdata/pastes.txtar with what its reading must have.
type paste struct{ name, text, want string }

func readPastes(t testing.TB) []paste {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/pastes.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var list []paste
	for i := 0; i+1 < len(archive.Files); i += 2 {
		text, want := archive.Files[i], archive.Files[i+1]
		if want.Name != text.Name+"/want" {
			t.Fatalf("%q is followed by %q", text.Name, want.Name)
		}
		list = append(list, paste{text.Name, string(text.Data), string(want.Data)})
	}
	return list
}

func TestReadings(t *testing.T) {
	for _, p := range readPastes(t) {
		t.Run(p.name, func(t *testing.T) {
			r := alert.Read(p.text)
			checkQuery(t, r)
			for want := range strings.Lines(p.want) {
				name, value, _ := strings.Cut(strings.TrimSpace(want), ":")
				if !fulfills(t, r, name, strings.TrimSpace(value)) {
					t.Errorf("%q is not so of %q: %s", strings.TrimSpace(want), r.Kinds, r.Query)
				}
			}
		})
	}
}

// fulfills reports whether a reading has what a line of a paste's want says.
func fulfills(t *testing.T, r alert.Reading, name, value string) bool {
	t.Helper()
	switch name {
	case "kind":
		return slices.Contains(r.Kinds, value)
	case "has":
		return strings.Contains(strings.ToLower(r.Query), strings.ToLower(value))
	case "not":
		return !strings.Contains(r.Query, value)
	case "first":
		return strings.HasPrefix(r.Query, value) && (value != "" || r.Query == "")
	}
	t.Fatalf("a paste wants %q", name)
	return false
}

// checkQuery fails unless the grammar reads the query as words and phrases, each of
// which the reading names.
func checkQuery(t *testing.T, r alert.Reading) {
	t.Helper()
	everything := func(string) query.FieldKind { return query.Text }
	parsed := query.Parse(r.Query, everything)
	if len(parsed.Clauses) > 0 && len(parsed.Notes) > 0 {
		t.Errorf("%q has notes: %q", r.Query, parsed.Notes)
	}
	for _, c := range parsed.Clauses {
		if c.Kind != query.Plain && c.Kind != query.Phrase || c.Occur != query.Should || c.Field != "" {
			t.Errorf("%q asks for more than words: %+v", r.Query, c)
		}
	}
	if len(r.Sought) > 40 || len(r.Query) > 20_000 {
		t.Errorf("%d words and phrases are searched for", len(r.Sought))
	}
	if (r.Query == "") != (len(r.Sought) == 0) {
		t.Errorf("the query is %q, sought %v", r.Query, r.Sought)
	}
}

func TestLongTextIsCut(t *testing.T) {
	line := "2031-01-01T00:00:00Z INFO request 4412 done in 12ms\n"
	quiet := strings.Repeat(line, 10_000)
	r := alert.Read("ERROR boot failure\n" + quiet + "ERROR disk failure\n" + quiet + "ERROR 🔥 quorum failure\n")
	if !slices.ContainsFunc(r.Notes, func(note string) bool { return strings.Contains(note, "first and last 32,768") }) {
		t.Errorf("nothing is said of the rest: %q", r.Notes)
	}
	if !strings.Contains(r.Query, "boot") || strings.Contains(r.Query, "disk") || !strings.Contains(r.Query, "quorum") {
		t.Errorf("query is %q", r.Query)
	}
}

// TestTimeIsLinear: no text takes much longer than others of its length.
func TestTimeIsLinear(t *testing.T) {
	for _, unit := range []string{
		"a", " ", "\n", "{", "[", "\"", "\\", "{\"", "{\"a\":", "{\"a\":\"", "a=", "a=\"", "msg=", "msg=\"", "msg: ", "error: ", ":", "-", "a-", "a1", "a.", "/a", "://", "x://a ",
		"\x1b[", "\x1b[0;", "[0", "> ", "* ", "Caused by: ", "level=error msg=\"x\" ", "at ", "é", "\xff", "{\"msg\":\"{\\\"msg\\\":", "reason=(", "503 ",
	} {
		text := strings.Repeat(unit, 1<<20/len(unit))
		start := time.Now()
		r := alert.Read(text)
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("a megabyte of %q took %v", unit, took)
		}
		checkQuery(t, r)
	}
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("2031-02-03 04:05:06.789 ERROR [exec-12] c.e.OrderController : order 8123 of 9f86d081884c failed: connection refused\n", 9_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		alert.Read(text)
	}
}
