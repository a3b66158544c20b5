package frontmatter

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"faultline/site/lock"
)

// library is a folder with files, by path.
func library(t *testing.T, files map[string]string) *os.Root {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// holds fails unless the library has these files and no others.
func holds(t *testing.T, root *os.Root, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := root.ReadFile(name)
		got[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(got, want) {
		t.Fatalf("the library holds %q, want %q", got, want)
	}
}

func file(path, before, after string) File {
	return File{Path: path, Read: SumOf([]byte(before)), Text: []byte(after)}
}

func TestWriteReplacesOneFile(t *testing.T) {
	root := library(t, map[string]string{"incidents/a.md": "old", "b.md": "b"})
	if err := root.Chmod("incidents/a.md", 0o640); err != nil {
		t.Fatal(err)
	}
	if err := Write(root, file("incidents/a.md", "old", "new")); err != nil {
		t.Fatal(err)
	}
	holds(t, root, map[string]string{"incidents/a.md": "new", "b.md": "b"})
	if info, err := root.Stat("incidents/a.md"); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	before, _ := root.Stat("b.md")
	if err := Write(root, file("b.md", "b", "b")); err != nil {
		t.Fatal(err)
	}
	if after, _ := root.Stat("b.md"); !os.SameFile(before, after) {
		t.Error("a file that does not change was written")
	}
}

func TestWriteRefuses(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "x.md")
	if err := os.WriteFile(outside, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"a.md": "a", "dir/b.md": "b"}
	root := library(t, files)
	for name, to := range map[string]string{"out.md": outside, "up.md": "../x.md", "loop.md": "loop.md", "nowhere.md": "c.md", "folder": filepath.Dir(outside)} {
		if err := root.Symlink(to, name); err != nil {
			t.Skipf("NOT TESTED with links: %v", err)
		}
	}
	for _, c := range []struct {
		file File
		want string
	}{
		{file("a.md", "A", "new"), "the file changed since it was read"},
		{file("missing.md", "", "new"), `edit "missing.md": `},
		{file("dir", "", "new"), "it is not a regular file"},
		{file("../x.md", "x", "new"), "it is not a path inside the library"},
		{file(outside, "x", "new"), "it is not a path inside the library"},
		{file("out.md", "x", "new"), "it is a link out of the library"},
		{file("up.md", "x", "new"), "it is not a path inside the library"},
		{file("folder/x.md", "x", "new"), "path escapes from parent"},
		{file("loop.md", "x", "new"), "its links lead in a circle"},
		{file("nowhere.md", "x", "new"), `edit "nowhere.md": `},
	} {
		err := WriteAll(root, []File{file("dir/b.md", "b", "new"), c.file})
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file.Path) {
			t.Errorf("%s: got %v, want %s", c.file.Path, err, c.want)
		}
	}
	if err := Write(root, file("a.md", "A", "new")); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
	if err := WriteAll(root, []File{file("a.md", "a", "1"), file("dir/../a.md", "a", "2")}); err == nil {
		t.Error("a file was edited twice")
	}
	if text, _ := os.ReadFile(outside); string(text) != "x" {
		t.Error("a file outside the library was written")
	}
	for _, name := range []string{"out.md", "up.md", "loop.md", "nowhere.md", "folder"} {
		if err := root.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, root, files)
}

func TestWriteFollowsALinkInside(t *testing.T) {
	root := library(t, map[string]string{"shared/a.md": "a", "incidents/b.md": "b"})
	if err := root.Symlink("../shared/a.md", "incidents/a.md"); err != nil {
		t.Skipf("NOT TESTED with links: %v", err)
	}
	if err := Write(root, file("incidents/a.md", "a", "new")); err != nil {
		t.Fatal(err)
	}
	if info, err := root.Lstat("incidents/a.md"); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v, %v", info, err)
	}
	err := WriteAll(root, []File{file("incidents/a.md", "new", "1"), file("shared/a.md", "new", "2")})
	if err == nil || !strings.Contains(err.Error(), "edited twice") {
		t.Errorf("two names of one file: %v", err)
	}
	holds(t, root, map[string]string{"shared/a.md": "new", "incidents/a.md": "new", "incidents/b.md": "b"})
}

func TestWriteKeepsASecondWriterOut(t *testing.T) {
	root := library(t, map[string]string{"a.md": "a"})
	release, err := lock.Hold(filepath.Join(root.Name(), ".faultline-edit.lock"))
	if err != nil {
		t.Fatal(err)
	}
	if err := Write(root, file("a.md", "a", "new")); !errors.Is(err, ErrBusy) {
		t.Errorf("got %v, want ErrBusy", err)
	}
	release()
	holds(t, root, map[string]string{"a.md": "a"})
}

// many is a library of which every file says old, and the edit of all of them.
func many() (before, after map[string]string, edits []File) {
	before, after = map[string]string{"other.md": "other"}, map[string]string{"other.md": "other"}
	for i := range 5 {
		name := fmt.Sprintf("incidents/%d.md", i)
		before[name], after[name] = "old", "new"
		edits = append(edits, file(name, "old", "new"))
	}
	return before, after, edits
}

func TestWriteAllReplacesAll(t *testing.T) {
	before, after, edits := many()
	root := library(t, before)
	if err := WriteAll(root, edits); err != nil {
		t.Fatal(err)
	}
	holds(t, root, after)
	if repaired, err := Repair(root); repaired || err != nil {
		t.Errorf("repaired %v, %v", repaired, err)
	}
}

// Somebody saves a file while the others are put in place: that text stays, and the
// others get theirs back.
func TestWriteAllGivesWay(t *testing.T) {
	before, _, edits := many()
	root := library(t, before)
	n := 0
	w := writer{root: root, step: func(name string) {
		if name != "in place" {
			return
		}
		if n++; n == 2 {
			if err := root.WriteFile("incidents/3.md", []byte("theirs"), 0o644); err != nil {
				t.Error(err)
			}
		}
	}}
	if err := w.write(edits); !errors.Is(err, ErrChanged) {
		t.Errorf("got %v, want ErrChanged", err)
	}
	before["incidents/3.md"] = "theirs"
	holds(t, root, before)
}

// TestKilledWriter is the process that the tests below start and that kills itself at
// the step it is told.
func TestKilledWriter(t *testing.T) {
	dir, step := os.Getenv("FAULTLINE_TEST_DIR"), os.Getenv("FAULTLINE_TEST_KILL_AT")
	if dir == "" {
		t.Skip("runs in a process of its own")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	left, _ := strconv.Atoi(os.Getenv("FAULTLINE_TEST_KILL_COUNT"))
	_, _, edits := many()
	w := writer{root: root, step: func(name string) {
		if name != step {
			return
		}
		if left--; left < 0 {
			self, _ := os.FindProcess(os.Getpid())
			self.Kill()
			select {}
		}
	}}
	t.Fatalf("step %q never came: %v", step, w.write(edits))
}

// kill edits the library in a process of its own that is killed when the step comes
// for the count-th time.
func kill(t *testing.T, root *os.Root, step string, count int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestKilledWriter$")
	cmd.Env = append(os.Environ(), "FAULTLINE_TEST_DIR="+root.Name(), "FAULTLINE_TEST_KILL_AT="+step, "FAULTLINE_TEST_KILL_COUNT="+strconv.Itoa(count))
	out, err := cmd.CombinedOutput()
	if err == nil || strings.Contains(string(out), "FAIL") {
		t.Fatalf("the writer was not killed at %q: %v\n%s", step, err, out)
	}
}

// Whatever points runs are killed at, one after the other, the library holds all of
// the old texts or all of the new ones, and nothing else.
func TestWriteAllSurvivesKills(t *testing.T) {
	type point struct {
		step  string
		count int
	}
	var tests []struct {
		points []point
		done   bool
	}
	add := func(done bool, points ...point) {
		tests = append(tests, struct {
			points []point
			done   bool
		}{points, done})
	}
	add(false, point{"journal written", 0})
	for n := range 5 {
		add(false, point{"staged", n})
		add(false, point{"in place", n})
		add(true, point{"partly cleared", n})
	}
	add(true, point{"journal closed", 0})
	add(false, point{"in place", 4}, point{"put back", 0}, point{"put back", 2})
	add(false, point{"in place", 2}, point{"put back", 1}, point{"in place", 1})
	for _, test := range tests {
		t.Run(fmt.Sprint(test.points), func(t *testing.T) {
			before, after, edits := many()
			root := library(t, before)
			for _, p := range test.points {
				kill(t, root, p.step, p.count)
			}
			repaired, err := Repair(root)
			if err != nil || !repaired {
				t.Fatalf("repaired %v, %v", repaired, err)
			}
			if test.done {
				holds(t, root, after)
				return
			}
			holds(t, root, before)
			if err := WriteAll(root, edits); err != nil {
				t.Fatal(err)
			}
			holds(t, root, after)
		})
	}
}

// A file that a person edited after a kill is not overwritten.
func TestRepairLeavesLaterEdits(t *testing.T) {
	before, _, edits := many()
	root := library(t, before)
	kill(t, root, "in place", 3)
	if err := root.WriteFile("incidents/1.md", []byte("theirs"), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := WriteAll(root, edits)
		if err == nil || !strings.Contains(err.Error(), `move "incidents/.1.md.faultline-old" over it or away`) {
			t.Fatalf("got %v", err)
		}
	}
	if err := root.Remove("incidents/.1.md.faultline-old"); err != nil {
		t.Fatal(err)
	}
	if _, err := Repair(root); err != nil {
		t.Fatal(err)
	}
	before["incidents/1.md"] = "theirs"
	holds(t, root, before)
}

func BenchmarkEdit(b *testing.B) {
	src, err := os.ReadFile(filepath.Join("..", "..", "content", "incidents", "2017-10-10-gocardless-postgres-failover.md"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Edit("a.md", src, Append("causes", Term("some-term", "accepted"))); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteAll(b *testing.B) {
	root, err := os.OpenRoot(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer root.Close()
	texts := [2]string{strings.Repeat("a", 8000), strings.Repeat("b", 8000)}
	for i := range 500 {
		if err := root.WriteFile(fmt.Sprintf("%d.md", i), []byte(texts[0]), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for n := 0; b.Loop(); n++ {
		var edits []File
		for i := range 500 {
			edits = append(edits, file(fmt.Sprintf("%d.md", i), texts[n%2], texts[(n+1)%2]))
		}
		if err := WriteAll(root, edits); err != nil {
			b.Fatal(err)
		}
	}
}
