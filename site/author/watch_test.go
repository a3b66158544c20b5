package author

import (
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// deadline is how long a test waits for what must come.
const deadline = 20 * time.Second

// tree is a folder that a test edits.
type tree struct {
	t    *testing.T
	root string
}

func newTree(t *testing.T, files ...string) tree {
	t.Helper()
	x := tree{t, filepath.Join(resolve(t.TempDir()), "library")}
	x.ok(os.Mkdir(x.root, 0o755))
	for _, name := range files {
		x.write(name, "as it was at first")
	}
	return x
}

func (x tree) ok(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x tree) path(name string) string { return filepath.Join(x.root, filepath.FromSlash(name)) }

func (x tree) write(name, text string) {
	x.t.Helper()
	x.ok(os.MkdirAll(filepath.Dir(x.path(name)), 0o755))
	x.ok(os.WriteFile(x.path(name), []byte(text), 0o644))
}

// save replaces the file in one step, so that nobody reads half of it.
func (x tree) save(name, text string) {
	x.t.Helper()
	x.write(".saving", text)
	x.move(".saving", name)
}

func (x tree) move(from, to string) { x.t.Helper(); x.ok(os.Rename(x.path(from), x.path(to))) }

func (x tree) remove(name string) { x.t.Helper(); x.ok(os.RemoveAll(x.path(name))) }

// watching runs a watcher and collects what it finds.
type watching struct {
	t    *testing.T
	from *watcher
	seen map[string]bool
}

func watch(t *testing.T, cfg Config) *watching {
	t.Helper()
	return run(t, newWatcher(cfg, log.New(orDiscard(cfg.Log), "", 0)))
}

func run(t *testing.T, w *watcher) *watching {
	w.every = 20 * time.Millisecond
	var group sync.WaitGroup
	group.Go(func() { w.run(t.Context()) })
	t.Cleanup(group.Wait) // the context is done before this is called
	return &watching{t, w, map[string]bool{}}
}

// until waits for the paths to be seen, and forgets all that were.
func (w *watching) until(paths ...string) {
	w.t.Helper()
	timeout := time.After(deadline)
	for !w.all(paths) {
		select {
		case batch := <-w.from.batches:
			for _, path := range batch {
				w.seen[path] = true
			}
		case <-timeout:
			w.t.Fatalf("saw %v, want %v", slices.Sorted(maps.Keys(w.seen)), paths)
		}
	}
}

func (w *watching) all(paths []string) bool {
	return !slices.ContainsFunc(paths, func(path string) bool { return !w.seen[path] })
}

func (w *watching) forget() { clear(w.seen) }

// nothingBut writes a last file, and fails if anything else was seen before it.
func (w *watching) nothingBut(x tree, paths ...string) {
	w.t.Helper()
	x.write("last.md", "last")
	w.until(append(paths, "last.md")...)
	for path := range w.seen {
		if path != "last.md" && !slices.Contains(paths, path) {
			w.t.Errorf("saw %q", path)
		}
	}
}

// Every way in which editors and people change files is noticed.
func TestWaysOfSaving(t *testing.T) {
	tests := []struct {
		name string
		edit func(x tree)
		want []string
	}{
		{"in place", func(x tree) { x.write("a.md", "new") }, []string{"a.md"}},
		{"in a folder", func(x tree) { x.write("2020/q1/b.md", "new") }, []string{"2020/q1/b.md"}},
		{"rename over", func(x tree) { x.write("a.md.1234", "new"); x.move("a.md.1234", "a.md") }, []string{"a.md"}},
		{"vim", func(x tree) {
			x.write("4913", "")
			x.remove("4913")
			x.move("a.md", "a.md~")
			x.write("a.md", "new")
			x.remove("a.md~")
		}, []string{"a.md"}},
		{"JetBrains", func(x tree) {
			x.write("a.md___jb_tmp___", "new")
			x.move("a.md", "a.md___jb_old___")
			x.move("a.md___jb_tmp___", "a.md")
			x.remove("a.md___jb_old___")
		}, []string{"a.md"}},
		{"hidden temporary", func(x tree) { x.write(".a.md.tmp", "new"); x.move(".a.md.tmp", "a.md") }, []string{"a.md"}},
		{"new file", func(x tree) { x.write("n.md", "new") }, []string{"n.md"}},
		{"deleted", func(x tree) { x.remove("a.md") }, []string{"a.md"}},
		{"moved", func(x tree) { x.move("a.md", "2020/a.md") }, []string{"a.md", "2020/a.md"}},
		{"moved out of sight", func(x tree) { x.move("a.md", "../a.md") }, []string{"a.md"}},
		{"deep new folder", func(x tree) { x.write("2021/q1/week3/n.md", "new") }, []string{"2021/q1/week3/n.md"}},
		{"folder moved", func(x tree) { x.move("2020", "archive") }, []string{"2020", "archive/q1/b.md"}},
		{"folder deleted", func(x tree) { x.remove("2020") }, []string{"2020"}},
		{"link", func(x tree) { x.ok(os.Symlink("a.md", x.path("l.md"))) }, []string{"l.md"}},
	}
	for _, poll := range []bool{false, true} {
		for _, test := range tests {
			t.Run(fmt.Sprintf("poll=%v/%s", poll, test.name), func(t *testing.T) {
				t.Parallel()
				x := newTree(t, "a.md", "2020/q1/b.md")
				w := watch(t, Config{Watch: []string{x.root}, Poll: poll})
				test.edit(x)
				w.until(test.want...)
				w.forget()
				x.write("then.md", "later edits are seen too")
				w.until("then.md")
			})
		}
	}
}

func TestFoldersComeAndGo(t *testing.T) {
	t.Parallel()
	x := newTree(t, "2020/q1/b.md")
	w := watch(t, Config{Watch: []string{x.root}})
	for i := range 3 {
		from, to := fmt.Sprintf("20%d", 20+i), fmt.Sprintf("20%d", 21+i)
		x.move(from, to)
		w.until(from, to+"/q1/b.md")
		w.forget()
		x.write(to+"/q1/b.md", fmt.Sprint("in the moved folder ", i))
		w.until(to + "/q1/b.md")
		w.forget()
	}
	x.remove("2023")
	w.until("2023")
	w.forget()
	x.write("2023/q1/b.md", "back")
	w.until("2023/q1/b.md")
	w.forget()
	x.write("2023/q1/b.md", "and edited")
	w.until("2023/q1/b.md")
}

// Folders and files that are made while the folder above them is being added must
// not be missed.
func TestNewFoldersAreNotMissed(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	w := watch(t, Config{Watch: []string{x.root}})
	var want []string
	for i := range 100 {
		name := fmt.Sprintf("a%d/b/c/d/n.md", i)
		x.write(name, "new")
		want = append(want, name)
	}
	w.until(want...)
}

func TestManyFiles(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	var names []string
	for i := range 2000 {
		names = append(names, fmt.Sprintf("%d/%d.md", i%20, i))
	}
	for _, name := range names {
		x.write(name, "as it was at first")
	}
	w := watch(t, Config{Watch: []string{x.root}})
	for _, name := range names {
		x.write(name, "checked out")
	}
	w.until(names...)
}

func TestRootComesBack(t *testing.T) {
	t.Parallel()
	for _, poll := range []bool{false, true} {
		x := newTree(t, "a.md")
		w := watch(t, Config{Watch: []string{x.root}, Poll: poll})
		x.move("", "../elsewhere")
		w.until(filepath.ToSlash(x.root))
		w.forget()
		x.ok(os.Rename(filepath.Join(filepath.Dir(x.root), "elsewhere"), x.root))
		w.until("a.md")
		w.forget()
		x.write("a.md", "edited after it came back")
		w.until("a.md")
	}
}

func TestRootThatDoesNotExistYet(t *testing.T) {
	t.Parallel()
	x := newTree(t)
	later := tree{t, x.path("theme")}
	w := watch(t, Config{Watch: []string{later.root}})
	later.write("style.css", "new")
	w.until("style.css")
}

func TestLinkedRoot(t *testing.T) {
	t.Parallel()
	x := newTree(t, "real/a.md")
	x.ok(os.Symlink("real", x.path("link")))
	w := watch(t, Config{Watch: []string{x.path("link")}})
	x.write("real/a.md", "new")
	w.until("a.md")
}

func TestScratchIsNoEdit(t *testing.T) {
	t.Parallel()
	x := newTree(t, "a.md", ".git/HEAD", ".faultline/index/store")
	w := watch(t, Config{Watch: []string{x.root}})
	for _, name := range []string{".a.md.swp", "a.md~", "4913", ".#a.md", "#a.md#", ".DS_Store", ".git/HEAD", ".git/index.lock",
		".faultline/index/store", ".public.next/index.html", "node_modules/x/readme.md"} {
		x.write(name, "new")
	}
	x.remove("4913")
	x.remove(".public.next")
	w.nothingBut(x)
}

// A site that is built inside the library, and exchanged there, is no edit.
func TestBuiltSiteIsNoEdit(t *testing.T) {
	t.Parallel()
	isSite := func(folder string) bool {
		_, err := os.Lstat(filepath.Join(folder, "marker"))
		return err == nil
	}
	for _, poll := range []bool{false, true} {
		x := newTree(t, "a.md", "public/marker", "public/index.html")
		w := watch(t, Config{Watch: []string{x.root}, Skip: isSite, Poll: poll})
		for range 3 {
			x.write(".next/index.html", "new")
			x.write(".next/marker", "")
			x.move("public", ".old")
			x.move(".next", "public")
			x.remove(".old")
			x.write("public/index.html", "by hand")
		}
		w.nothingBut(x)
	}
}

// limited fails like the system does when it watches enough.
type limited struct {
	*fsnotify.Watcher
	left int
	err  error
}

func (l *limited) Add(folder string) error {
	if l.left--; l.left < 0 {
		return &os.PathError{Op: "watch", Path: folder, Err: l.err}
	}
	return l.Watcher.Add(folder)
}

func TestWatchLimits(t *testing.T) {
	t.Parallel()
	tests := []struct {
		err  error
		want string
	}{
		{syscall.ENOSPC, "raise fs.inotify.max_user_watches"},
		{syscall.EMFILE, "raise fs.inotify.max_user_instances"},
		{syscall.EIO, "input/output error"},
	}
	for _, test := range tests {
		x := newTree(t, "a/a.md", "b/b.md", "c/c.md")
		system, err := fsnotify.NewWatcher()
		x.ok(err)
		var logged strings.Builder
		w := &watcher{
			batches: make(chan []string), roots: []string{x.root}, log: log.New(&logged, "", 0),
			notifier: &limited{system, 2, test.err}, events: queue(system.Events), errs: queue(system.Errors), close: system.Close,
			watched: map[string]bool{}, polled: map[string]listing{}, skipped: map[string]bool{},
		}
		w.addRoots()
		w.pending = batch{}
		if text := logged.String(); !strings.Contains(text, test.want) || strings.Count(text, "\n") != 1 {
			t.Errorf("logged %q, want one line with %q", text, test.want)
		}
		watching := run(t, w)
		for _, name := range []string{"a/a.md", "b/b.md", "c/c.md", "c/new/d.md"} {
			x.write(name, "edited")
		}
		watching.until("a/a.md", "b/b.md", "c/c.md", "c/new/d.md")
	}
}

// silent reports nothing, like a system whose queue has overflowed.
type silent struct{}

func (silent) Add(string) error    { return nil }
func (silent) Remove(string) error { return nil }

func TestOverflowLooksAtEverything(t *testing.T) {
	t.Parallel()
	x := newTree(t, "a.md")
	errs := make(chan error, 1)
	w := &watcher{
		batches: make(chan []string), roots: []string{x.root}, log: log.New(os.Stderr, "", 0),
		notifier: silent{}, errs: errs, close: func() error { return nil },
		watched: map[string]bool{}, polled: map[string]listing{}, skipped: map[string]bool{},
	}
	w.addRoots()
	w.pending = batch{}
	watching := run(t, w)
	x.write("b/b.md", "lost")
	errs <- fsnotify.ErrEventOverflow
	watching.until("a.md", "b/b.md")
}
