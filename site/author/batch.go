package author

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// How long nothing may change before a batch is settled. Saving a file in place
// takes well under quiet; a file that vanished is often about to be replaced, and
// after many changes more are likely, so both get quietLong. A batch is handed out
// after longest even if changes go on.
const (
	quiet     = 5 * time.Millisecond
	quietLong = 50 * time.Millisecond
	longest   = time.Second
	many      = 8 // paths
)

// fate is what became of a path within a batch.
type fate uint8

const (
	edited   fate = iota // it is there, and was before as far as we know
	created              // it appeared, or was replaced by a rename
	missing              // it was there and is no longer
	fleeting             // it appeared and is gone again: mostly somebody's temporary file
)

// batch collects the paths that changed. The zero value is empty.
type batch struct {
	all     map[string]fate
	missing int       // how many are missing
	fresh   bool      // a change came since wait was asked last
	began   time.Time // when wait first saw a change
	settled bool
}

// created notes a path that appeared.
func (b *batch) created(path string) {
	if _, ok := b.all[path]; ok {
		b.note(path, edited)
		return
	}
	b.note(path, created)
}

// changed notes a file that was written to.
func (b *batch) changed(path string) {
	if b.all[path] == created {
		b.note(path, created)
		return
	}
	b.note(path, edited)
}

// gone notes a file or folder that is there no longer.
func (b *batch) gone(path string) {
	if was := b.all[path]; was == created || was == fleeting {
		b.note(path, fleeting)
		return
	}
	b.note(path, missing)
}

func (b *batch) note(path string, now fate) {
	if b.all == nil {
		b.all = map[string]fate{}
	}
	if b.all[path] == missing {
		b.missing--
	}
	if now == missing {
		b.missing++
	}
	b.all[path] = now
	b.fresh, b.settled = true, false
}

func (b *batch) empty() bool { return len(b.all) == 0 }

// wait returns how long from now the batch must stay as it is to be settled, and
// whether that has changed since it was asked last.
func (b *batch) wait(now time.Time) (time.Duration, bool) {
	if !b.fresh {
		return 0, false
	}
	b.fresh = false
	if b.began.IsZero() {
		b.began = now
	}
	needed := quiet
	if b.missing > 0 || len(b.all) > many {
		needed = quietLong
	}
	return max(0, min(needed, b.began.Add(longest).Sub(now))), true
}

// paths returns the batch's paths, sorted, with slashes, relative to the root that
// holds them. Fleeting ones are left out where there are others.
func (b *batch) paths(roots []string) []string {
	if !b.settled {
		return nil
	}
	var paths, passed []string
	for _, path := range slices.Sorted(maps.Keys(b.all)) {
		if b.all[path] == fleeting {
			passed = append(passed, relative(roots, path))
		} else {
			paths = append(paths, relative(roots, path))
		}
	}
	if len(paths) == 0 {
		return passed
	}
	return paths
}

func relative(roots []string, path string) string {
	for _, root := range roots {
		if below(root, path) {
			path = strings.TrimPrefix(path[len(root):], string(filepath.Separator))
			break
		}
	}
	return filepath.ToSlash(path)
}
