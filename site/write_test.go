package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// files is a tree in memory.
type files map[string]string

func (f files) Paths() ([]string, error) { return slices.Collect(maps.Keys(f)), nil }

func (f files) File(path string) ([]byte, error) { return []byte(f[path]), nil }

// generation is a site of which every byte says which generation it is of, and
// which has a file that no other generation has.
func generation(name string) files {
	f := files{"index.html": name, name + "/index.html": name}
	for i := range 30 {
		f[fmt.Sprintf("incidents/%d/index.html", i)] = name
	}
	return f
}

// onDisk reads everything below dir.
func onDisk(t *testing.T, dir string) files {
	t.Helper()
	f := files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, path))
		f[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// wantSite fails unless dir holds the tree, the marker and nothing else.
func wantSite(t *testing.T, dir string, want files) {
	t.Helper()
	if !isWhole(t, dir, want) {
		t.Fatalf("%s holds %v, want %v", dir, onDisk(t, dir), want)
	}
}

func isWhole(t *testing.T, dir string, want files) bool {
	t.Helper()
	want = maps.Clone(want)
	want[Marker] = markerText
	return maps.Equal(onDisk(t, dir), want)
}

// wantAlone fails unless dir is all there is in its folder.
func wantAlone(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(dir) {
		t.Errorf("left beside %s: %v", dir, entries)
	}
}

func mustWrite(t *testing.T, w writer, dir string, tree Tree) Written {
	t.Helper()
	written, err := w.write(t.Context(), dir, tree)
	if err != nil {
		t.Fatal(err)
	}
	return written
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writers are the two ways of putting a new site in an old one's place.
var writers = map[string]writer{
	"exchange": {exchange: exchange, step: func(string) {}},
	"renames":  {exchange: func(a, b string) error { return errors.ErrUnsupported }, step: func(string) {}},
}

func TestWriteReplacesTheSite(t *testing.T) {
	for name, w := range writers {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "deep", "public")
			for _, name := range []string{"first", "second", "third"} {
				tree := generation(name)
				written := mustWrite(t, w, dir, tree)
				wantSite(t, dir, tree)
				wantAlone(t, dir)
				if !IsSite(dir) || IsSite(filepath.Dir(dir)) {
					t.Error("a site is not told from another folder")
				}
				if want := (Written{Files: 32, Bytes: int64(32 * len(name))}); written != want {
					t.Errorf("written %v, want %v", written, want)
				}
			}
		})
	}
}

func TestWriteCarriesDotFilesOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, filepath.Join(dir, ".gitignore"), "*\n")
	put(t, filepath.Join(dir, ".nojekyll"), "old")
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	tree := files{"index.html": "page", ".nojekyll": "new", ".well-known/security.txt": "mail"}
	for range 2 {
		if _, err := Write(t.Context(), dir, tree); err != nil {
			t.Fatal(err)
		}
		want := maps.Clone(tree)
		want[".gitignore"] = "*\n"
		wantSite(t, dir, want)
	}
	if info, err := os.Stat(dir); runtime.GOOS != "windows" && (err != nil || info.Mode().Perm() != 0o711) {
		t.Errorf("mode %v, %v: permissions of the folder were not kept", info.Mode(), err)
	}
}

func TestWriteRefuses(t *testing.T) {
	tests := []struct {
		name    string
		prepare func(t *testing.T, dir string)
		want    string
	}{
		{"a stranger's folder", func(t *testing.T, dir string) {
			for _, name := range []string{"a.txt", "b.txt", "c.txt", "d.txt", ".gitignore"} {
				put(t, filepath.Join(dir, name), "mine")
			}
		}, "files that faultline did not write (a.txt, b.txt, c.txt, …)"},
		{"a repository", func(t *testing.T, dir string) { put(t, filepath.Join(dir, ".git", "HEAD"), "ref") }, `did not write (.git)`},
		{"a repository in a site", func(t *testing.T, dir string) {
			put(t, filepath.Join(dir, Marker), "")
			put(t, filepath.Join(dir, ".git", "HEAD"), "ref")
		}, `did not write (.git)`},
		{"a file", func(t *testing.T, dir string) { put(t, dir, "mine") }, "it is a file: choose a folder"},
		{"a stranger's staging folder", func(t *testing.T, dir string) {
			put(t, filepath.Join(filepath.Dir(dir), ".public.next", "thesis.txt"), "mine")
		}, "holds thesis.txt: move it away"},
		{"a link to nothing", func(t *testing.T, dir string) {
			if err := os.Symlink(dir+"-not-there", dir); err != nil {
				t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
			}
		}, "a link that leads nowhere"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "public")
			test.prepare(t, dir)
			var before files
			if test.want != "a link that leads nowhere" {
				before = onDisk(t, parent)
			}
			_, err := Write(t.Context(), dir, generation("new"))
			if err == nil || !strings.Contains(err.Error(), test.want) || !strings.Contains(err.Error(), dir) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			if before != nil && !maps.Equal(onDisk(t, parent), before) {
				t.Errorf("something was changed: %v", onDisk(t, parent))
			}
		})
	}
}

func TestWriteRefusesTheRoot(t *testing.T) {
	root, _ := filepath.Abs(string(filepath.Separator))
	if _, err := Write(t.Context(), root, generation("new")); err == nil || !strings.Contains(err.Error(), "root of a file system") {
		t.Errorf("error %v", err)
	}
}

func TestWriteFollowsALink(t *testing.T) {
	parent := t.TempDir()
	real, link := filepath.Join(parent, "real"), filepath.Join(parent, "public")
	mustWrite(t, writers["exchange"], real, generation("old"))
	if err := os.Symlink("real", link); err != nil {
		t.Skipf("SKIPPED: this file system has no symbolic links: %v", err)
	}
	mustWrite(t, writers["exchange"], link, generation("new"))
	wantSite(t, real, generation("new"))
	if target, err := os.Readlink(link); target != "real" {
		t.Errorf("the link now is %q, %v", target, err)
	}
}

func TestCheckPaths(t *testing.T) {
	tests := []struct {
		paths []string
		want  string // part of the error; "" = none
	}{
		{[]string{"index.html", "incidents/原因/index.html", "con/aux.txt", ".nojekyll", "a/b", "A/c"}, ""},
		{[]string{"../escape"}, `"../escape" is not a path inside the site`},
		{[]string{"a/../../b"}, "not a path inside"},
		{[]string{"/etc/passwd"}, "not a path inside"},
		{[]string{"a//b"}, "not a path inside"},
		{[]string{"a/"}, "not a path inside"},
		{[]string{""}, "not a path inside"},
		{[]string{"."}, "not a path inside"},
		{[]string{`..\escape`}, "not every system can store"},
		{[]string{"a\x00b"}, "not every system can store"},
		{[]string{Marker}, "the marker's own"},
		{[]string{"a", "a"}, `"a" is there twice`},
		{[]string{"incidents/Redis/index.html", "incidents/redis/index.html"}, "one file on systems that ignore case"},
		{[]string{"Σ", "ς"}, "ignore case"},
		{[]string{"caf\u00e9", "cafe\u0301"}, "ignore case"},
		{[]string{"a", "a/b"}, "a folder of the other"},
		{[]string{"a/b/c", "A"}, "a folder of the other"},
	}
	for _, test := range tests {
		err := checkPaths(test.paths)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("checkPaths(%q) = %v, want %q", test.paths, err, test.want)
		}
	}
}

// broken is a tree of which some files cannot be rendered.
type broken struct {
	files
	paths []string
}

func (b broken) File(path string) ([]byte, error) {
	if slices.Contains(b.paths, path) {
		return nil, errors.New("no such template")
	}
	return b.files.File(path)
}

func TestWriteKeepsTheOldSiteOnFailure(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	old := generation("old")
	mustWrite(t, writers["exchange"], dir, old)

	_, err := Write(t.Context(), dir, broken{generation("new"), []string{"incidents/7/index.html"}})
	if err == nil || !strings.Contains(err.Error(), `render "incidents/7/index.html": no such template`) {
		t.Errorf("error %v", err)
	}
	wantSite(t, dir, old)
	wantAlone(t, dir)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Write(ctx, dir, generation("new")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that it was canceled", err)
	}
	wantSite(t, dir, old)
	wantAlone(t, dir)
}

// A second rename that fails must bring the old site back.
func TestWritePutsTheOldSiteBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	w := writers["renames"]
	mustWrite(t, w, dir, generation("old"))
	w.step = func(name string) {
		if name == "old site set aside" {
			os.RemoveAll(filepath.Join(filepath.Dir(dir), ".public.next"))
		}
	}
	if _, err := w.write(t.Context(), dir, generation("new")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	wantSite(t, dir, generation("old"))
	wantAlone(t, dir)
}

// calling is a tree that calls a function when its first file is rendered.
type calling struct {
	files
	called *atomic.Bool
	call   func()
}

func (c calling) File(path string) ([]byte, error) {
	if !c.called.Swap(true) {
		c.call()
	}
	return c.files.File(path)
}

func TestWriteIsAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var second error
	first := calling{generation("first"), new(atomic.Bool), func() {
		_, second = Write(t.Context(), dir, generation("second"))
	}}
	mustWrite(t, writers["exchange"], dir, first)
	if !errors.Is(second, ErrBusy) {
		t.Errorf("the second writer got %v, want ErrBusy", second)
	}
	wantSite(t, dir, first.files)
	wantAlone(t, dir)
}

// TestKilledWriter is the process that TestWriteSurvivesKills starts and that kills
// itself at the step it is told.
func TestKilledWriter(t *testing.T) {
	dir, step := os.Getenv("FAULTLINE_TEST_DIR"), os.Getenv("FAULTLINE_TEST_KILL_AT")
	if dir == "" {
		t.Skip("runs in a process of its own")
	}
	die := func() {
		self, _ := os.FindProcess(os.Getpid())
		self.Kill()
		select {}
	}
	w := writers[os.Getenv("FAULTLINE_TEST_WRITER")]
	w.step = func(name string) {
		if name == step {
			die()
		}
	}
	tree := calling{generation(os.Getenv("FAULTLINE_TEST_GENERATION")), new(atomic.Bool), func() { w.step("rendering") }}
	mustWrite(t, w, dir, tree)
	t.Fatalf("step %q never came", step)
}

// kill runs a writer in a process of its own that is killed at the step.
func kill(t *testing.T, writer, dir, generation, step string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestKilledWriter$")
	cmd.Env = append(os.Environ(), "FAULTLINE_TEST_DIR="+dir, "FAULTLINE_TEST_KILL_AT="+step,
		"FAULTLINE_TEST_WRITER="+writer, "FAULTLINE_TEST_GENERATION="+generation)
	out, err := cmd.CombinedOutput()
	if err == nil || strings.Contains(string(out), "FAIL") {
		t.Fatalf("the writer was not killed at %q: %v\n%s", step, err, out)
	}
}

// Whatever points runs are killed at, one after the other, the next run, even if
// it fails to render, leaves a whole site and clears what they left.
func TestWriteSurvivesKills(t *testing.T) {
	tests := []struct {
		writer string
		steps  []string
		want   string // generation that is found afterwards
	}{
		{"exchange", []string{"prepared"}, "old"},
		{"exchange", []string{"rendering"}, "old"},
		{"exchange", []string{"staged"}, "old"},
		{"exchange", []string{"exchanged"}, "new0"},
		{"exchange", []string{"partly cleared"}, "new0"},
		{"exchange", []string{"staged", "partly cleared"}, "old"},
		{"exchange", []string{"exchanged", "partly cleared", "rendering"}, "new0"},
		{"renames", []string{"rendering"}, "old"},
		{"renames", []string{"staged"}, "old"},
		{"renames", []string{"journal written"}, "old"},
		{"renames", []string{"old site set aside"}, "new0"},
		{"renames", []string{"new site in place"}, "new0"},
		{"renames", []string{"journal removed"}, "new0"},
		{"renames", []string{"partly cleared"}, "new0"},
		{"renames", []string{"old site set aside", "old site set aside"}, "new1"},
		{"renames", []string{"old site set aside", "partly cleared"}, "new0"},
		{"renames", []string{"journal written", "partly cleared", "staged"}, "old"},
	}
	for _, test := range tests {
		t.Run(test.writer+": "+strings.Join(test.steps, ", "), func(t *testing.T) {
			t.Parallel()
			if test.writer == "exchange" && runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
				t.Skip("SKIPPED: this system cannot exchange two folders in one step")
			}
			dir := filepath.Join(t.TempDir(), "public")
			mustWrite(t, writers[test.writer], dir, generation("old"))
			for i, step := range test.steps {
				kill(t, test.writer, dir, fmt.Sprintf("new%d", i), step)
				if test.writer == "exchange" && !isWhole(t, dir, generation(test.want)) {
					t.Fatalf("not whole right after the kill at %q: %v", step, onDisk(t, dir))
				}
			}
			if _, err := Write(t.Context(), dir, broken{generation("unborn"), []string{"index.html"}}); err == nil {
				t.Fatal("a broken tree was written")
			}
			wantSite(t, dir, generation(test.want))
			wantAlone(t, dir)
			mustWrite(t, writers[test.writer], dir, generation("last"))
			wantSite(t, dir, generation("last"))
			wantAlone(t, dir)
		})
	}
}

// The first build has no old site to keep, and must not leave half a new one.
func TestFirstWriteSurvivesKills(t *testing.T) {
	for _, step := range []string{"prepared", "rendering", "staged"} {
		dir := filepath.Join(t.TempDir(), "public")
		kill(t, "exchange", dir, "new", step)
		if exists(dir) {
			t.Errorf("killed at %q, the first build left %v", step, onDisk(t, dir))
		}
		mustWrite(t, writers["exchange"], dir, generation("next"))
		wantSite(t, dir, generation("next"))
		wantAlone(t, dir)
	}
}
