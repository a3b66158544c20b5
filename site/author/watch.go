package author

import (
	"context"
	"errors"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// notifier reports changes directly inside the folders that are added to it. It is
// fsnotify's watcher; tests have others.
type notifier interface {
	Add(folder string) error
	Remove(folder string) error
}

// watcher finds out which files below its roots change and hands them out in
// settled batches. Its fields belong to the goroutine of run, but for batches.
type watcher struct {
	batches chan []string // what changed, relative to its root, sorted; never empty

	roots    []string // absolute, without links
	skip     func(folder string) bool
	log      *log.Logger
	notifier notifier // nil where all folders are polled
	events   <-chan fsnotify.Event
	errs     <-chan error
	close    func() error
	every    time.Duration // how often polled folders are looked at

	watched map[string]bool    // folders that the notifier reports on
	polled  map[string]listing // folders that are looked at instead
	skipped map[string]bool    // folders that are none of ours
	pending batch
	warned  bool // of the system's limits, once
}

// newWatcher watches all folders from the moment it returns. Limits of the system
// are logged and got round by polling.
func newWatcher(cfg Config, logger *log.Logger) *watcher {
	w := &watcher{
		batches: make(chan []string),
		skip:    cfg.Skip, log: logger, close: func() error { return nil }, every: pollEvery,
		watched: map[string]bool{}, polled: map[string]listing{}, skipped: map[string]bool{},
	}
	for _, folder := range cfg.Watch {
		w.roots = append(w.roots, resolve(folder))
	}
	if !cfg.Poll {
		w.notify()
	}
	w.addRoots()
	w.pending = batch{}
	return w
}

// notify connects the watcher with the system.
func (w *watcher) notify() {
	system, err := fsnotify.NewWatcher()
	if err != nil {
		w.warn(err)
		return
	}
	w.notifier, w.close = system, system.Close
	w.events, w.errs = queue(system.Events), queue(system.Errors)
}

// resolve returns the folder's absolute path without links, as far as it exists.
func resolve(folder string) string {
	absolute, err := filepath.Abs(folder)
	if err != nil {
		return filepath.Clean(folder)
	}
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		return real
	}
	return absolute
}

// run watches until ctx is done.
func (w *watcher) run(ctx context.Context) {
	defer w.close()
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	settled := time.NewTimer(0)
	for {
		var out chan<- []string
		if w.pending.settled {
			out = w.batches
		}
		select {
		case <-ctx.Done():
			return
		case event, ok := <-w.events:
			if !ok {
				w.events = nil
			}
			w.take(event)
		case err, ok := <-w.errs:
			if !ok {
				w.errs = nil
			}
			w.fail(err)
		case <-tick.C:
			w.poll()
		case <-settled.C:
			w.pending.settled = !w.pending.empty()
		case out <- w.pending.paths(w.roots):
			w.pending = batch{}
		}
		if wait, changed := w.pending.wait(time.Now()); changed {
			settled.Reset(wait)
		}
	}
}

// take notes one report of the system. An event without a name says nothing.
func (w *watcher) take(event fsnotify.Event) {
	path := filepath.Clean(event.Name)
	switch {
	case event.Name == "", event.Op == fsnotify.Chmod, w.scratch(path), w.watched[path] && event.Op == fsnotify.Write:
		return
	case event.Has(fsnotify.Create) && isFolder(path):
		w.add(path)
	case event.Has(fsnotify.Remove), event.Has(fsnotify.Rename):
		w.vanish(path)
	case event.Has(fsnotify.Create):
		w.pending.created(path)
	default:
		w.pending.changed(path)
	}
}

// fail handles what the system says instead of a report. After an overflow nobody
// knows what has changed, so everything is looked at again.
func (w *watcher) fail(err error) {
	switch {
	case err == nil:
	case errors.Is(err, fsnotify.ErrEventOverflow):
		w.addRoots()
	default:
		w.warn(err)
	}
}

// addRoots watches everything anew. All that is found counts as changed.
func (w *watcher) addRoots() {
	for _, root := range w.roots {
		w.drop(root)
		w.add(root)
	}
}

// add watches the folder and all below it. Each folder is watched before it is
// read, so that no file can appear unnoticed; the files found count as changed.
func (w *watcher) add(folder string) {
	_ = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil: // it vanished, or is not ours to read
		case entry.IsDir():
			if w.scratch(path) || w.skips(path) {
				return fs.SkipDir
			}
			w.watch(path)
		case !w.scratch(path):
			w.pending.changed(path)
		}
		return nil
	})
}

// skips reports whether the folder is none of ours, and remembers it, so that its
// vanishing, a build's exchange for one, is not taken for an edit.
func (w *watcher) skips(folder string) bool {
	if w.skip == nil || slices.Contains(w.roots, folder) || !w.skip(folder) {
		delete(w.skipped, folder)
		return false
	}
	w.skipped[folder] = true
	return true
}

// vanish notes that a file or folder is gone.
func (w *watcher) vanish(path string) {
	if w.skipped[path] {
		return
	}
	w.drop(path)
	w.pending.gone(path)
}

// watch watches one folder, by polling where the system does not.
func (w *watcher) watch(folder string) {
	if w.notifier != nil {
		err := w.notifier.Add(folder)
		if err == nil {
			w.watched[folder] = true
			delete(w.polled, folder)
			return
		}
		if !errors.Is(err, fs.ErrNotExist) {
			w.warn(err)
		}
	}
	w.polled[folder] = w.list(folder)
}

// drop forgets a folder that is gone, and all below it. A root is looked for until
// it is back.
func (w *watcher) drop(folder string) {
	for path := range w.watched {
		if path == folder || below(folder, path) {
			_ = w.notifier.Remove(path) // mostly it is gone already
			delete(w.watched, path)
		}
	}
	for path := range w.polled {
		if path == folder || below(folder, path) {
			delete(w.polled, path)
		}
	}
	for _, root := range w.roots {
		if root == folder || below(folder, root) {
			w.polled[root] = nil
		}
	}
}

// warn says once why a folder is polled, and what can be done about it.
func (w *watcher) warn(err error) {
	if w.warned {
		return
	}
	w.warned = true
	switch {
	case errors.Is(err, syscall.ENOSPC):
		w.log.Printf("the system watches no more folders, so some are looked at once a second: raise fs.inotify.max_user_watches")
	case errors.Is(err, syscall.EMFILE):
		w.log.Printf("the system opens no more files, so some folders are looked at once a second: raise fs.inotify.max_user_instances, or the limit of ulimit -n")
	default:
		w.log.Printf("watch files: %v; where that fails, folders are looked at once a second", err)
	}
}

// scratch reports whether path, below a root, is what editors leave behind.
func (w *watcher) scratch(path string) bool {
	return isScratch(filepath.Base(path)) && !slices.Contains(w.roots, path)
}

// isScratch knows the names of what editors and systems leave beside the files that
// people write: hidden files (vim's swap files, Emacs's locks, .DS_Store, .git), vim's
// probe 4913, backups, autosaves, and the temporary files of JetBrains and others.
func isScratch(name string) bool {
	switch {
	case strings.HasPrefix(name, "."), strings.HasSuffix(name, "~"), name == "4913", name == "node_modules":
		return true
	case strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true
	}
	for _, suffix := range []string{".swp", ".swx", ".tmp", ".bak", "___jb_tmp___", "___jb_old___"} {
		if strings.HasSuffix(name, suffix) {
			return true
		}
	}
	return false
}

func isFolder(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}

// below reports whether path lies inside folder.
func below(folder, path string) bool {
	return strings.HasPrefix(path, strings.TrimSuffix(folder, string(filepath.Separator))+string(filepath.Separator))
}

// queue hands on what it receives without ever keeping the sender waiting, because
// fsnotify may wait for its reader while it holds the lock that Add needs.
func queue[T any](in <-chan T) <-chan T {
	out := make(chan T)
	go func() {
		defer close(out)
		var waiting []T
		for in != nil || len(waiting) > 0 {
			var send chan<- T
			var first T
			if len(waiting) > 0 {
				send, first = out, waiting[0]
			}
			select {
			case v, ok := <-in:
				if !ok {
					return // closed: nobody listens any longer
				}
				waiting = append(waiting, v)
			case send <- first:
				waiting = waiting[1:]
			}
		}
	}()
	return out
}
