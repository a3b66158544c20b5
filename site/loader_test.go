package site

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"faultline/content"
	"faultline/site/cache"
	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/sample"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// desk is a library on disk that is edited at random.
type desk struct {
	*testing.T
	rand    *rand.Rand
	root    string
	changed []string // since the last load; nil = nobody knows
	did     []string
}

func newDesk(t *testing.T, seed uint64) *desk {
	d := &desk{T: t, rand: rand.New(rand.NewPCG(seed, 9)), root: t.TempDir()}
	d.write("faultline.yaml", "title: T\nseverities: [sev1, sev2]\n")
	for path, text := range sample.Files(6, seed+1) {
		d.write(path, string(text))
	}
	d.write("a.md", "---\ntitle: A\ndate: 2024-01-01\naliases: [old]\n---\n\n# A\n\nSee [b](sub/b.md#root-cause) and ![p](p.png) and [gone](gone.md).\n"+overloaded)
	d.write("sub/b.md", "---\ntitle: B\ndate: 2024-01-02\nrelated: {repeat_of: [a]}\n---\n\nSee [a](../a.md).\n"+overloaded)
	d.write("p.png", "no picture")
	return d
}

func (d *desk) write(name, text string) {
	d.Helper()
	path := filepath.Join(d.root, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
	if real, err := filepath.EvalSymlinks(path); err == nil { // a watcher tells of the file itself
		root, _ := filepath.EvalSymlinks(d.root)
		name, _ = filepath.Rel(root, real)
	}
	d.changed = append(d.changed, name)
}

func (d *desk) remove(name string) {
	d.Helper()
	if err := os.RemoveAll(filepath.Join(d.root, name)); err != nil {
		d.Fatal(err)
	}
	d.changed = append(d.changed, name)
}

func (d *desk) rename(from, to string) {
	d.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(d.root, to)), 0o755); err != nil {
		d.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(d.root, to)); err != nil {
		d.Fatal(err)
	}
	if err := os.Rename(filepath.Join(d.root, from), filepath.Join(d.root, to)); err != nil {
		d.Fatal(err)
	}
	d.changed = append(d.changed, from, to)
}

func (d *desk) read(name string) string {
	data, _ := os.ReadFile(filepath.Join(d.root, name))
	return string(data)
}

// reports lists the files that may be incidents.
func (d *desk) reports() []string {
	var list []string
	_ = filepath.WalkDir(d.root, func(path string, e os.DirEntry, err error) error {
		if name, _ := filepath.Rel(d.root, path); err == nil && !e.IsDir() && isIncidentName(name) {
			list = append(list, filepath.ToSlash(name))
		}
		return err
	})
	return list
}

// edits are what is done to a library, by name.
var edits = []struct {
	name string
	do   func(d *desk, name, text string)
}{
	{"say more", func(d *desk, name, text string) {
		d.write(name, text+"\nThe disk was full because nobody watched it.\n")
	}},
	{"a new word", func(d *desk, name, text string) {
		d.write(name, text+fmt.Sprintf("\nA qqx%d failed.\n", d.rand.IntN(9)))
	}},
	{"a link", func(d *desk, name, text string) {
		to := []string{"a.md", "/sub/b.md", "p.png", "nowhere.md", "#root-cause", "/a", "notes.txt", "../x.png"}
		d.write(name, text+"\n[l]("+to[d.rand.IntN(len(to))]+")\n")
	}},
	{"a heading", func(d *desk, name, text string) {
		d.write(name, text+fmt.Sprintf("\n## Heading %d\n\nText.\n", d.rand.IntN(3)))
	}},
	{"front matter", func(d *desk, name, text string) {
		lines := []string{"id: same", "aliases: [old, older]", "causes: [overload]", "trigger: [deploy]", "status: draft", "date: 2023-05-05",
			"related: {see_also: [a, nobody]}", "audience: internal", "severity: sev9", "would_have_prevented: [A1]", "actions: [{id: A1, text: Do}]", "language: de"}
		d.write(name, strings.Replace(text, "---\n", "---\n"+lines[d.rand.IntN(len(lines))]+"\n", 1))
	}},
	{"break", func(d *desk, name, text string) { d.write(name, strings.Replace(text, "---\n", "---\ntitle: [\n", 1)) }},
	{"mend", func(d *desk, name, text string) { d.write(name, strings.ReplaceAll(text, "---\ntitle: [\n", "---\n")) }},
	{"empty", func(d *desk, name, text string) { d.write(name, "") }},
	{"delete", func(d *desk, name, text string) { d.remove(name) }},
	{"copy", func(d *desk, name, text string) { d.write(fmt.Sprintf("sub/copy%d.md", d.rand.IntN(5)), text) }},
	{"rename", func(d *desk, name, text string) { d.rename(name, fmt.Sprintf("sub/deep/n%d.md", d.rand.IntN(5))) }},
	{"move a folder", func(d *desk, name, text string) {
		if at, ok := strings.CutPrefix(name, "sub/"); ok && d.read("sub/"+at) != "" {
			d.rename("sub", "moved")
		}
	}},
	{"a built site", func(d *desk, name, text string) { d.write("sub/"+Marker, "") }},
	{"no built site", func(d *desk, name, text string) { d.remove("sub/" + Marker) }},
	{"an asset", func(d *desk, name, text string) { d.write("p.png", fmt.Sprint("picture ", d.rand.IntN(3))) }},
	{"no asset", func(d *desk, name, text string) { d.remove("p.png") }},
	{"a stranger", func(d *desk, name, text string) { d.write("notes.txt", fmt.Sprintln("some words", d.rand.IntN(3))) }},
	{"a symbolic link", func(d *desk, name, text string) {
		if d.read("linked.md") == "" && os.Symlink(name, filepath.Join(d.root, "linked.md")) == nil {
			d.changed = append(d.changed, "linked.md")
		}
	}},
	{"settings", func(d *desk, name, text string) {
		lines := []string{"title: U\n", "timezone: Europe/Berlin\n", "ignore: [sub/**]\n", "severities: [sev9]\n", "raw_html: false\n", ""}
		d.write("faultline.yaml", lines[d.rand.IntN(len(lines))])
	}},
	{"vocabulary", func(d *desk, name, text string) {
		d.write("taxonomy.yaml", fmt.Sprintf("causes:\n  - {id: mine%d, label: Mine, definition: Of ours, cues: [nobody watched]}\n", d.rand.IntN(2)))
	}},
	{"nothing told", func(d *desk, name, text string) {
		d.write(name, text+"\nUntold.\n")
		d.changed = nil
	}},
}

func (d *desk) edit() {
	names := d.reports()
	for range 1 + d.rand.IntN(2) {
		e := edits[d.rand.IntN(len(edits))]
		name := names[d.rand.IntN(len(names))]
		text := d.read(name)
		if text == "" && len(d.reports()) < 3 {
			continue
		}
		told := d.changed != nil
		e.do(d, name, text)
		if !told {
			d.changed = nil
		}
		d.did = append(d.did, e.name+" "+name)
		if names = d.reports(); len(names) == 0 {
			d.write("a.md", "A report.\n")
			names = d.reports()
		}
	}
}

// load loads with the loader and afresh, and compares.
func (d *desk) load(l *Loader) {
	d.Helper()
	fsys, err := Open(d.root)
	if err != nil {
		d.Fatal(err)
	}
	got, err := l.Load(fsys, d.changed)
	if err != nil {
		d.Fatal(err)
	}
	d.changed = []string{}
	opt := l.opt
	opt.Hold = false
	want, err := Load(fsys, opt)
	if err != nil {
		d.Fatal(err)
	}
	compare(d, got, want)
	if d.Failed() {
		d.Fatalf("after %q", d.did)
	}
}

// compare fails where two libraries, or their pages, differ.
func compare(d *desk, got, want *incident.Library) {
	d.Helper()
	if !reflect.DeepEqual(got.Problems, want.Problems) {
		d.Errorf("problems:\n%v\nwant\n%v", got.Problems, want.Problems)
	}
	if g, w := ids(got), ids(want); !slices.Equal(g, w) {
		d.Errorf("incidents %q, want %q", g, w)
		return
	}
	for n, inc := range got.Incidents {
		if !reflect.DeepEqual(inc, want.Incidents[n]) {
			d.Errorf("%s: %s", inc.Path, differences(*inc, *want.Incidents[n]))
		}
	}
	got.FS, want.FS = nil, nil
	if !d.Failed() && !reflect.DeepEqual(got, want) {
		d.Errorf("libraries differ in what is no incident")
	}
}

// differences tells the fields in which two incidents differ.
func differences(got, want incident.Incident) string {
	var b strings.Builder
	a, z := reflect.ValueOf(got), reflect.ValueOf(want)
	for n := range a.NumField() {
		if x, y := a.Field(n).Interface(), z.Field(n).Interface(); !reflect.DeepEqual(x, y) {
			fmt.Fprintf(&b, "%s: %.500s\nwant %.500s\n", a.Type().Field(n).Name, fmt.Sprintf("%+v", x), fmt.Sprintf("%+v", y))
		}
	}
	return b.String()
}

// TestLoadingAgain holds that a loader gives what a fresh load gives, whatever was edited, with and
// without a cache, and from one process to the next.
func TestLoadingAgain(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			d := newDesk(t, seed)
			opt := LoadOptions{Drafts: seed%2 == 0, Suggest: seed%3 > 0}
			folder := filepath.Join(d.root, CacheFolder)
			l := NewLoader(opt, d.root, folder)
			for round := range 20 {
				d.load(l)
				if round%5 == 4 {
					if err := l.Save(); err != nil {
						t.Fatal(err)
					}
				}
				if round%10 == 9 {
					l = NewLoader(opt, d.root, folder)
				}
				d.edit()
			}
		})
	}
}

// TestPagesAfterLoadingAgain holds that pages are the same too, when they are made of those before.
func TestPagesAfterLoadingAgain(t *testing.T) {
	d := newDesk(t, 77)
	l := NewLoader(LoadOptions{Drafts: true, Suggest: true}, "", "")
	var last *Site
	shared := 0
	for round := range 24 {
		fsys, err := Open(d.root)
		if err != nil {
			t.Fatal(err)
		}
		again, err := l.Load(fsys, d.changed)
		if err != nil {
			t.Fatal(err)
		}
		d.changed = []string{}
		fresh, err := Load(fsys, l.opt)
		if err != nil {
			t.Fatal(err)
		}
		before := last
		if last, err = Follow(before, again, Options{}); err != nil {
			t.Fatal(err)
		}
		if before != nil && last.pages.Findings() == before.pages.Findings() {
			shared++
		}
		s, err := New(fresh, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, want := pagesOf(t, last), pagesOf(t, s)
		for path := range want {
			if got[path] != want[path] {
				t.Fatalf("round %d: %s differs after %q", round, path, d.did)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("round %d: %d pages, want %d, after %q", round, len(got), len(want), d.did)
		}
		if name := d.reports()[round%len(d.reports())]; round%2 == 0 {
			d.did = append(d.did, "a sentence in "+name)
			d.write(name, strings.TrimSuffix(d.read(name), "\n")+" Nothing else was said.\n")
		} else {
			d.edit()
		}
	}
	if shared < 4 {
		t.Errorf("%d edits of sentences left patterns as they were", shared)
	}
}

func pagesOf(t *testing.T, s *Site) map[string]string {
	t.Helper()
	pages := map[string]string{}
	for _, path := range s.pages.Paths() {
		page, err := s.File(path)
		if err != nil {
			t.Fatal(err)
		}
		pages[path] = string(page)
	}
	return pages
}

// TestUnchangedIncidentsAreShared holds that an edit of one report costs nothing of the others.
func TestUnchangedIncidentsAreShared(t *testing.T) {
	d := newDesk(t, 1)
	l := NewLoader(LoadOptions{Suggest: true}, "", "")
	fsys, err := Open(d.root)
	if err != nil {
		t.Fatal(err)
	}
	first, err := l.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	frame := l.frame
	d.write("sub/b.md", d.read("sub/b.md")+"\nMore.\n")
	second, err := l.Load(fsys, []string{"sub/b.md"})
	if err != nil {
		t.Fatal(err)
	}
	for n, inc := range second.Incidents {
		if edited := inc.Path == "sub/b.md"; edited == (inc == first.Incidents[n]) {
			t.Errorf("%s is shared: %t", inc.Path, !edited)
		}
	}
	if l.frame != frame {
		t.Error("all incidents are related anew")
	}
}

// TestMemoryStaysFlat holds that a loader and its sites forget what was edited.
func TestMemoryStaysFlat(t *testing.T) {
	d := newDesk(t, 3)
	l := NewLoader(LoadOptions{Suggest: true}, "", "")
	var last *Site
	edit := func(n int) {
		name := d.reports()[n%3]
		d.write(name, fmt.Sprintf("---\ntitle: T\ndate: 2024-01-01\ncauses: [overload]\n---\n\nWord%d failed.\n%s", n, strings.Repeat("Some more words of it.\n", 2000)))
		fsys, err := Open(d.root)
		if err != nil {
			t.Fatal(err)
		}
		lib, err := l.Load(fsys, []string{name})
		if err != nil {
			t.Fatal(err)
		}
		if last, err = Follow(last, lib, Options{}); err != nil {
			t.Fatal(err)
		}
		if _, err = last.File(lib.Incidents[0].URL + "index.html"); err != nil {
			t.Fatal(err)
		}
	}
	heap := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc) / 1e6
	}
	for n := range 10 {
		edit(n)
	}
	before := heap()
	for n := range 100 {
		edit(n)
	}
	if after := heap(); after > before+3 { // each edit writes 46 kB, and what is read of it takes more
		t.Errorf("memory grew from %.1f to %.1f MB", before, after)
	}
}

// TestHeldIncidents holds that a report that is being written stays what it was while its front
// matter is broken, and that its problems tell so.
func TestHeldIncidents(t *testing.T) {
	d := newDesk(t, 1)
	l := NewLoader(LoadOptions{Hold: true}, d.root, filepath.Join(d.root, CacheFolder))
	whole := d.read("a.md")
	for _, step := range []struct{ text, title, rule string }{
		{whole, "A", ""},
		{strings.Replace(whole, "title: A", "title: [", 1), "A", "yaml-syntax"},
		{strings.Replace(whole, "title: A", "title: [ {", 1), "A", "yaml-syntax"},
		{"", "A", "empty-file"},
		{strings.Replace(whole, "title: A", "title: Mended", 1), "Mended", ""},
	} {
		d.write("a.md", step.text)
		fsys, err := Open(d.root)
		if err != nil {
			t.Fatal(err)
		}
		lib, err := l.Load(fsys, []string{"a.md"})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(lib.Incidents, func(i *incident.Incident) bool { return i.Path == "a.md" })
		if lib.Incidents[at].Title != step.title {
			t.Errorf("%q: title %q, want %q", step.text, lib.Incidents[at].Title, step.title)
		}
		said := ""
		for _, p := range lib.Problems {
			if p.Path == "a.md" && halfRead[p.Rule] {
				said = p.Rule
			}
		}
		if said != step.rule {
			t.Errorf("%q: problem %q, want %q", step.text, said, step.rule)
		}
		if err := l.Save(); err != nil {
			t.Fatal(err)
		}
		if step.rule != "" { // nobody else holds what only this loader remembers
			d.changed = nil
			d.load(NewLoader(LoadOptions{}, d.root, filepath.Join(d.root, CacheFolder)))
		}
	}
}

// aged makes all files old enough for their stamps to be believed.
func (d *desk) aged() {
	old := time.Now().Add(-time.Hour)
	for _, name := range d.reports() {
		if err := os.Chtimes(filepath.Join(d.root, name), old, old); err != nil {
			d.Fatal(err)
		}
	}
}

// TestDamagedCaches holds that nothing in the folder of the cache can change a library.
func TestDamagedCaches(t *testing.T) {
	d := newDesk(t, 5)
	d.aged()
	folder := filepath.Join(d.root, CacheFolder)
	fill := func() {
		d.changed = nil
		l := NewLoader(LoadOptions{Suggest: true}, d.root, folder)
		d.load(l)
		if err := l.Save(); err != nil {
			t.Fatal(err)
		}
	}
	fill()
	for round := range 40 {
		files, _ := filepath.Glob(filepath.Join(folder, "reports", "*"))
		for _, path := range files {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			switch at := d.rand.IntN(len(data) + 1); round % 4 {
			case 0:
				data = bytes.Clone(data)
				for n := at; n < len(data); n += len(data) {
					data[n] ^= 1 << d.rand.IntN(8)
				}
			case 1:
				data = data[:at]
			case 2:
				data = slices.Concat(data[:at], []byte("foreign"), data[at:])
			case 3:
				data = bytes.Repeat([]byte{0}, len(data))
			}
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		fill()
	}
}

// TestCacheIsBelieved holds that a second process parses nothing.
func TestCacheIsBelieved(t *testing.T) {
	d := newDesk(t, 5)
	d.aged()
	folder := filepath.Join(d.root, CacheFolder)
	for process := range 2 {
		d.changed = nil
		l := NewLoader(LoadOptions{Suggest: true}, d.root, folder)
		d.load(l)
		for name, r := range l.reports {
			if r.kept != (process == 1) || r.cluesKept != (process == 1) {
				t.Errorf("process %d: %s comes from the cache: %t, its clues: %t", process, name, r.kept, r.cluesKept)
			}
		}
		if err := l.Save(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLoadersAtOnce holds that processes may share a cache.
func TestLoadersAtOnce(t *testing.T) {
	d := newDesk(t, 6)
	folder := filepath.Join(d.root, CacheFolder)
	want, err := Load(os.DirFS(d.root), LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 5 {
				l := NewLoader(LoadOptions{Suggest: true}, d.root, folder)
				got, err := l.Load(os.DirFS(d.root), nil)
				if err != nil || !reflect.DeepEqual(got.Incidents, want.Incidents) {
					t.Errorf("a library differs: %v", err)
				}
				if err := l.Save(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// TestCachesThatCannotBeWritten holds that a library is read all the same.
func TestCachesThatCannotBeWritten(t *testing.T) {
	d := newDesk(t, 7)
	d.write("file", "")
	l := NewLoader(LoadOptions{}, d.root, filepath.Join(d.root, "file", "below"))
	d.changed = nil
	d.load(l)
	if l.Save() == nil {
		t.Error("nothing tells that the cache cannot be written")
	}
	d.write("a.md", "A report.\n")
	d.load(l)
}

// TestReportsAreKeptAsTheyAre holds that every report of the example library, and generated ones,
// come back from bytes as they were.
func TestReportsAreKeptAsTheyAre(t *testing.T) {
	v := taxonomy.BuiltIn()
	tags := tagger.New(v, tagger.Options{})
	check := func(path string, src []byte) {
		inc, problems := record.Parse(path, src, record.Options{Vocabulary: v})
		want := parsed{inc, problems}
		data, err := parsedCodec.Encode(&want)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		if got, err := parsedCodec.Decode(data); err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", path, err, got, want)
		}
		clues := tags.Clues(inc)
		if data, err = cluesCodec.Encode(clues); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if got, err := cluesCodec.Decode(data); err != nil || !reflect.DeepEqual(got, clues) {
			t.Errorf("%s: %v\n%+v\nwant\n%+v", path, err, got, clues)
		}
	}
	for path, src := range sample.Files(50, 3) {
		check(path, src)
	}
	found, err := walk(content.Library, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range found.incidents {
		src, err := optional(content.Library, at.path)
		if err != nil {
			t.Fatal(err)
		}
		check(at.path, src)
	}
	if _, ok := cache.Open("", "e").Find(cache.Key{}); ok {
		t.Error("a cache that is none finds something")
	}
}
