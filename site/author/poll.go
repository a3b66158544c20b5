package author

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// pollEvery is how often folders are looked at that the system does not watch.
const pollEvery = time.Second

// listing is what a look into a folder finds: names of sources, with what changes
// when they are edited. It is nil for a folder that is not there.
type listing map[string]stamp

type stamp struct {
	size     int64
	modified time.Time
	folder   bool
}

// list looks into a folder.
func (w *watcher) list(folder string) listing {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	found := listing{}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || w.scratch(filepath.Join(folder, entry.Name())) {
			continue
		}
		s := stamp{folder: info.IsDir()}
		if !s.folder {
			s.size, s.modified = info.Size(), info.ModTime()
		}
		found[entry.Name()] = s
	}
	return found
}

// poll looks into all folders that the system does not watch.
func (w *watcher) poll() {
	for _, folder := range slices.Sorted(maps.Keys(w.polled)) {
		before, listed := w.polled[folder]
		if !listed {
			continue // dropped with a folder above it
		}
		now := w.list(folder)
		switch {
		case now == nil && before != nil:
			w.vanish(folder)
		case now != nil && before == nil:
			w.add(folder)
			w.pending.changed(folder)
		default:
			w.polled[folder] = now
			w.compare(folder, before, now)
		}
	}
}

// compare notes what differs between two looks into a folder.
func (w *watcher) compare(folder string, before, now listing) {
	for name, old := range before {
		if current, ok := now[name]; !ok || current.folder != old.folder {
			w.vanish(filepath.Join(folder, name))
		}
	}
	for name, current := range now {
		path := filepath.Join(folder, name)
		switch old, ok := before[name]; {
		case ok && old == current:
		case current.folder:
			w.add(path)
		default:
			w.pending.changed(path)
		}
	}
}
