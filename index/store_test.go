package index

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"faultline/site/incident"
)

// answers returns what the index says to a fixed set of queries.
func answers(t *testing.T, x *Index) []Result {
	t.Helper()
	g := newGadget(11)
	var all []Result
	for range 60 {
		r, err := x.Search(g.query(), Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

func sameAnswers(t *testing.T, got, want *Index) {
	t.Helper()
	a, b := answers(t, got), answers(t, want)
	for i := range a {
		if !reflect.DeepEqual(a[i], b[i]) {
			t.Fatalf("%q: got %+v, want %+v", a[i].Query, a[i], b[i])
		}
	}
}

// states returns a library and the same library after a while: incidents changed,
// removed and added.
func states() (before, after *incident.Library) {
	g := newGadget(5)
	before = g.library(40)
	after = &incident.Library{Vocabulary: before.Vocabulary, Incidents: append([]*incident.Incident(nil), before.Incidents[:30]...)}
	changed := *after.Incidents[3]
	changed.Title = "replica promoted by hand"
	after.Incidents[3] = &changed
	for n := 40; n < 47; n++ {
		after.Incidents = append(after.Incidents, g.incident(n))
	}
	return before, after
}

// closing opens a store, does something with it and closes it.
func closing(t *testing.T, dir string, lib *incident.Library, f func(x *Index)) {
	t.Helper()
	x, err := Open(dir, lib)
	if err != nil {
		t.Fatal(err)
	}
	f(x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestScoresDoNotDependOnHistory: a store that has been through another state of the
// library answers like an index made afresh, and so does the reverse.
func TestScoresDoNotDependOnHistory(t *testing.T) {
	t.Parallel()
	before, after := states()
	dir := t.TempDir()
	for _, lib := range []*incident.Library{before, after, before, after} {
		closing(t, dir, lib, func(x *Index) {
			if len(x.Notes()) > 0 {
				t.Errorf("unexpected notes %q", x.Notes())
			}
			sameAnswers(t, x, open(t, "", lib))
		})
	}
}

// TestUnchangedIncidentsAreKept: only what changed is indexed again.
func TestUnchangedIncidentsAreKept(t *testing.T) {
	before, after := states()
	dir := t.TempDir()
	closing(t, dir, before, func(*Index) {})
	store, _, err := openStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	x := newIndex(after)
	names := digests(x.sources)
	held, err := heldNames(store)
	if err != nil {
		t.Fatal(err)
	}
	kept := 0
	for _, name := range names {
		if held[name] {
			kept++
		}
	}
	if kept != 29 {
		t.Errorf("%d incidents are found again, want 29", kept)
	}
	if err := update(store, names, x.sources); err != nil {
		t.Fatal(err)
	}
	if count, _ := store.DocCount(); count != 37 {
		t.Errorf("the store holds %d incidents, want 37", count)
	}
}

// TestDamagedStoreIsMadeAnew: whatever happened to the files, the answers are right
// and a note says what was done.
func TestDamagedStoreIsMadeAnew(t *testing.T) {
	t.Parallel()
	lib, _ := states()
	fresh := open(t, "", lib)
	for name, damage := range map[string]func(t *testing.T, path string){
		"segment flipped":   flip("store/*.zap"),
		"segment cut":       cut("store/*.zap"),
		"segment gone":      gone("store/*.zap"),
		"root flipped":      flip("store/root.bolt"),
		"root cut":          cut("store/root.bolt"),
		"root empty":        write("store/root.bolt", ""),
		"meta gone":         gone("index_meta.json"),
		"meta of another":   write("index_meta.json", `{"storage":"x","index_type":"y"}`),
		"a file, no folder": replaced,
		"another format":    aged,
		"killed":            gone(sealName),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			closing(t, dir, lib, func(*Index) {})
			damage(t, filepath.Join(dir, "bleve"))
			closing(t, dir, lib, func(x *Index) {
				sameAnswers(t, x, fresh)
				if len(x.Notes()) != 1 || !strings.Contains(x.Notes()[0], "made anew") {
					t.Errorf("notes %q do not say that the store was made anew", x.Notes())
				}
			})
			closing(t, dir, lib, func(x *Index) {
				if len(x.Notes()) > 0 {
					t.Errorf("the mended store has notes %q", x.Notes())
				}
			})
		})
	}
}

// eachFile changes the bytes of the files that a pattern names.
func eachFile(t *testing.T, pattern string, change func(data []byte) []byte) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no file %q (%v)", pattern, err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, change(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func flip(pattern string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		eachFile(t, filepath.Join(path, pattern), func(data []byte) []byte {
			for i := range data {
				if i%5 == 0 {
					data[i] ^= 0x5a
				}
			}
			return data
		})
	}
}

func cut(pattern string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		eachFile(t, filepath.Join(path, pattern), func(data []byte) []byte { return data[:len(data)/2] })
	}
}

func write(name, text string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		eachFile(t, filepath.Join(path, name), func([]byte) []byte { return []byte(text) })
	}
}

func gone(pattern string) func(*testing.T, string) {
	return func(t *testing.T, path string) {
		names, _ := filepath.Glob(filepath.Join(path, pattern))
		if len(names) == 0 {
			t.Fatalf("no file %q", pattern)
		}
		for _, name := range names {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func replaced(t *testing.T, path string) {
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("not a folder"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func aged(t *testing.T, path string) {
	eachFile(t, filepath.Join(path, sealName), func(data []byte) []byte { return append([]byte("0-"), data...) })
}

// TestStoreInUse: a second process searches too.
func TestStoreInUse(t *testing.T) {
	lib, _ := states()
	dir := t.TempDir()
	closing(t, dir, lib, func(first *Index) {
		closing(t, dir, lib, func(second *Index) {
			sameAnswers(t, second, first)
			if len(second.Notes()) != 1 || !strings.Contains(second.Notes()[0], "in use") {
				t.Errorf("notes are %q", second.Notes())
			}
		})
	})
}

// TestStoreThatCannotBeKept: a folder that cannot be written is no reason not to
// search.
func TestStoreThatCannotBeKept(t *testing.T) {
	lib, _ := states()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	closing(t, file, lib, func(x *Index) {
		sameAnswers(t, x, open(t, "", lib))
		if len(x.Notes()) != 1 || !strings.Contains(x.Notes()[0], "lives in memory") {
			t.Errorf("notes are %q", x.Notes())
		}
	})
}
