package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"faultline/site/lock"
)

// IsSite reports whether the folder was written by Write, so that it is output and
// not part of a library.
func IsSite(folder string) bool {
	_, err := os.Lstat(filepath.Join(folder, Marker))
	return err == nil
}

// place is where a site is written: dir, and beside it, on the same file system,
// the names that Write needs. All of them are absolute and free of links.
type place struct {
	dir     string
	next    string // the staging folder; after an exchange, the old site
	old     string // the old site, where two renames take the place of an exchange
	journal string // exists while two renames are under way
	lock    string // held while somebody writes
}

// placeOf resolves dir once and makes the folder above it.
func placeOf(dir string) (place, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return place{}, err
	}
	if exists(dir) {
		if dir, err = filepath.EvalSymlinks(dir); err != nil {
			return place{}, fmt.Errorf("it is a link that leads nowhere: %w", err)
		}
	}
	parent, name := filepath.Dir(dir), filepath.Base(dir)
	if parent == dir {
		return place{}, errors.New("it is the root of a file system: choose a folder below it")
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return place{}, err
	}
	if parent, err = filepath.EvalSymlinks(parent); err != nil {
		return place{}, err
	}
	beside := func(suffix string) string { return filepath.Join(parent, "."+name+suffix) }
	return place{
		dir:  filepath.Join(parent, name),
		next: beside(".next"), old: beside(".old"), journal: beside(".journal"), lock: beside(".lock"),
	}, nil
}

// hold takes the lock, which the system releases when the process ends.
func (p place) hold() (release func(), err error) {
	release, err = lock.Hold(p.lock)
	if errors.Is(err, lock.ErrBusy) {
		return nil, ErrBusy
	}
	return release, err
}

// repair brings the place back to one whole site, whatever point the last run was
// killed at. A journal says that the staged site is whole, so where dir is missing
// the exchange is finished; without a journal the staging folder is worth nothing.
func (p place) repair(step func(string)) error {
	if exists(p.journal) {
		if err := p.finish(); err != nil {
			return err
		}
	}
	for _, leftover := range []string{p.next, p.old} {
		if err := clearLeftover(leftover, step); err != nil {
			return fmt.Errorf("clear what an earlier run left: %w", err)
		}
	}
	return nil
}

func (p place) finish() error {
	for _, whole := range []string{p.next, p.old} {
		if exists(p.dir) || !exists(whole) {
			continue
		}
		if err := os.Rename(whole, p.dir); err != nil {
			return fmt.Errorf("finish the exchange of an earlier run: %w", err)
		}
	}
	return os.Remove(p.journal)
}

// clearLeftover removes a staging folder, unless it is somebody else's.
func clearLeftover(dir string, step func(string)) error {
	if !exists(dir) {
		return nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if stranger := strangers(entries); len(stranger) > 0 {
		return fmt.Errorf("%q holds %s: move it away", dir, some(stranger))
	}
	return removeTree(dir, step)
}

// inspect looks at what is in dir and returns the names of the files to carry over
// into the new tree.
func (p place) inspect(paths []string) (carried []string, err error) {
	info, err := os.Lstat(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.IsDir() {
		return nil, errors.New("it is a file: choose a folder")
	}
	entries, err := os.ReadDir(p.dir)
	if err != nil {
		return nil, err
	}
	if stranger := strangers(entries); len(stranger) > 0 {
		return nil, fmt.Errorf("%w (%s)", ErrOccupied, some(stranger))
	}
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasPrefix(name, ".") || name == Marker || makes(paths, name) {
			continue
		}
		if !entry.Type().IsRegular() {
			return nil, fmt.Errorf("%w (%s)", ErrOccupied, name)
		}
		carried = append(carried, name)
	}
	return carried, nil
}

// strangers returns the names of entries that make a folder somebody else's: none
// where the marker is among them, else all that do not begin with a dot.
func strangers(entries []fs.DirEntry) []string {
	var names []string
	for _, entry := range entries {
		if entry.Name() == Marker {
			return nil
		}
		if !strings.HasPrefix(entry.Name(), ".") {
			names = append(names, entry.Name())
		}
	}
	return names
}

// some writes at most three of the names.
func some(names []string) string {
	shown := strings.Join(names[:min(3, len(names))], ", ")
	if len(names) > 3 {
		shown += ", …"
	}
	return shown
}

// makes reports whether one of the sorted paths is name or lies below it.
func makes(paths []string, name string) bool {
	if _, found := slices.BinarySearch(paths, name); found {
		return true
	}
	i, _ := slices.BinarySearch(paths, name+"/")
	return i < len(paths) && strings.HasPrefix(paths[i], name+"/")
}

// prepare makes the staging folder with the marker, which comes first, so that
// what a killed run leaves is known to be ours, and the carried files.
func (p place) prepare(carried []string) error {
	mode := fs.FileMode(0o755)
	if info, err := os.Stat(p.dir); err == nil {
		mode = info.Mode().Perm()
	}
	if err := os.Mkdir(p.next, 0o755); err != nil {
		return err
	}
	if err := os.Chmod(p.next, mode|0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(p.next, Marker), []byte(markerText), 0o644); err != nil {
		return err
	}
	for _, name := range carried {
		if err := carry(filepath.Join(p.dir, name), filepath.Join(p.next, name)); err != nil {
			return err
		}
	}
	return nil
}

// carry copies one file with its permissions.
func carry(from, to string) error {
	info, err := os.Stat(from)
	if err != nil {
		return err
	}
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, info.Mode().Perm())
}
