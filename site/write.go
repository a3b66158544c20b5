package site

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
)

// Marker is the name of the file that says that a folder was written by Write,
// which may therefore replace all of it. Whatever reads a library must leave
// folders that hold it alone: they are output.
const Marker = ".faultline-site"

const markerText = "Written by faultline build, which replaces everything in this folder but files whose names begin with a dot.\n"

// ErrBusy is returned by Write while another process writes to the same folder.
var ErrBusy = errors.New("another build is writing there")

// ErrOccupied is returned by Write for a folder whose files would be lost.
var ErrOccupied = errors.New("it holds files that faultline did not write")

// Tree is a site as files. Paths are relative and slash-separated, each once, in
// any order. File returns the bytes of one of them and must be safe for concurrent
// use.
type Tree interface {
	Paths() ([]string, error)
	File(path string) ([]byte, error)
}

// Written says what Write put on disk, its own marker and carried files left out.
type Written struct {
	Files int
	Bytes int64
}

// Write makes dir hold the files of t and nothing else, in one step: who looks at
// dir sees the whole old site or the whole new one, whether Write succeeds, fails
// or is killed.
//
// Files are rendered concurrently into a staging folder beside dir (".NAME.next"),
// which is then exchanged with dir by the one system call that some systems have
// for it. Elsewhere two renames do it under a journal (".NAME.journal"); killed
// between the two, dir is missing until the next Write, which repairs it before
// anything else. What a killed run leaves behind the next one clears away. A lock
// (".NAME.lock"), which dies with its process, keeps a second Write out: ErrBusy.
//
// A folder that holds files but not the Marker is refused, because its files would
// be lost. Files whose names begin with a dot (.gitignore, a worktree's .git) do
// not count and are carried over where t has no file of that name; a dot-folder that
// t does not fill is refused. A dir that is a symbolic link is written where the link
// leads.
//
// Nothing is flushed to the device: a site is made again in less time than 10,000
// calls of fsync take. A killed process loses nothing that way; after a power cut
// within seconds of a build, build again.
//
// Errors name the path and what was tried. They are faults of the machine or of
// the caller, never of an author's content.
func Write(ctx context.Context, dir string, t Tree) (Written, error) {
	w := writer{exchange: exchange, step: func(string) {}}
	written, err := w.write(ctx, dir, t)
	if err != nil {
		return Written{}, fmt.Errorf("write site to %q: %w", dir, err)
	}
	return written, nil
}

// writer holds what tests replace. exchange swaps two folders in one step or fails
// with errors.ErrUnsupported; step is told of each point at which a kill leaves a
// different state behind.
type writer struct {
	exchange func(a, b string) error
	step     func(name string)
}

func (w writer) write(ctx context.Context, dir string, t Tree) (Written, error) {
	paths, err := t.Paths()
	if err != nil {
		return Written{}, err
	}
	paths = slices.Sorted(slices.Values(paths))
	if err := checkPaths(paths); err != nil {
		return Written{}, err
	}
	p, err := placeOf(dir)
	if err != nil {
		return Written{}, err
	}
	release, err := p.hold()
	if err != nil {
		return Written{}, err
	}
	defer release()
	if err := p.repair(w.step); err != nil {
		return Written{}, err
	}
	carried, err := p.inspect(paths)
	if err != nil {
		return Written{}, err
	}
	written, err := w.stage(ctx, p, t, paths, carried)
	if err == nil {
		err = explain(w.install(p))
	}
	// Staging is the new tree after a failure and the old one after success. What
	// cannot be removed now is removed, or reported, by the next run.
	_ = removeTree(p.next, w.step)
	return written, err
}

// stage renders the tree into the staging folder.
func (w writer) stage(ctx context.Context, p place, t Tree, paths, carried []string) (Written, error) {
	if err := p.prepare(carried); err != nil {
		return Written{}, err
	}
	w.step("prepared")
	if err := makeFolders(p.next, paths); err != nil {
		return Written{}, err
	}
	var bytes atomic.Int64
	err := forEach(ctx, paths, func(name string) error {
		data, err := t.File(name)
		if err != nil {
			return fmt.Errorf("render %q: %w", name, err)
		}
		bytes.Add(int64(len(data)))
		return os.WriteFile(filepath.Join(p.next, filepath.FromSlash(name)), data, 0o644)
	})
	if err != nil {
		return Written{}, err
	}
	w.step("staged")
	return Written{Files: len(paths), Bytes: bytes.Load()}, nil
}

// install puts the staged tree in the place of the old one, which is left in the
// staging folder or, by two renames, in a folder of its own that is removed here.
func (w writer) install(p place) error {
	if !exists(p.dir) {
		return os.Rename(p.next, p.dir)
	}
	err := w.exchange(p.next, p.dir)
	if !errors.Is(err, errors.ErrUnsupported) {
		w.step("exchanged")
		return err
	}
	return w.installByRenames(p)
}

// installByRenames is killed at any point and repaired by place.repair.
func (w writer) installByRenames(p place) error {
	note := "The new site is whole; the next build finishes the exchange.\n"
	if err := os.WriteFile(p.journal, []byte(note), 0o644); err != nil {
		return err
	}
	w.step("journal written")
	if err := os.Rename(p.dir, p.old); err != nil {
		return errors.Join(err, os.Remove(p.journal))
	}
	w.step("old site set aside")
	if err := os.Rename(p.next, p.dir); err != nil {
		if back := os.Rename(p.old, p.dir); back != nil {
			return errors.Join(err, back) // the journal stays, for the next run
		}
		return errors.Join(err, os.Remove(p.journal))
	}
	w.step("new site in place")
	if err := os.Remove(p.journal); err != nil {
		return err
	}
	w.step("journal removed")
	_ = removeTree(p.old, w.step)
	return nil
}

// explain adds what to do to the two errors of folders that no one may rename:
// mount points, and folders of a container's image.
func explain(err error) error {
	if errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.EXDEV) {
		return fmt.Errorf("%w: it cannot be exchanged as a whole, choose a folder below it", err)
	}
	return err
}

// makeFolders makes every folder that the files need.
func makeFolders(root string, paths []string) error {
	last := "."
	for _, name := range paths {
		folder := path.Dir(name)
		if folder == last {
			continue
		}
		last = folder
		if err := os.MkdirAll(filepath.Join(root, filepath.FromSlash(folder)), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// forEach calls do for every path on as many goroutines as there are processors
// and stops early on failure. Of several failures it returns the first by path.
func forEach(ctx context.Context, paths []string, do func(path string) error) error {
	var next atomic.Int64
	var stop atomic.Bool
	failures := make([]error, len(paths))
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(paths)) && !stop.Load() && ctx.Err() == nil; i = next.Add(1) - 1 {
				if failures[i] = do(paths[i]); failures[i] != nil {
					stop.Store(true)
				}
			}
		})
	}
	group.Wait()
	if i := slices.IndexFunc(failures, func(err error) bool { return err != nil }); i >= 0 {
		return failures[i]
	}
	return context.Cause(ctx)
}

// exists reports whether there is anything of that name. A link to nothing is
// something.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// removeTree removes a folder, its marker last, so that what a killed run leaves
// is still known to be ours. It is no error if there is none.
func removeTree(dir string, step func(string)) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if entry.Name() == Marker || strings.HasPrefix(entry.Name(), ".") && !entry.IsDir() {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
		step("partly cleared")
	}
	return os.RemoveAll(dir)
}
