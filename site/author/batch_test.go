package author

import (
	"fmt"
	"io"
	"log"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

func TestBatchPaths(t *testing.T) {
	lib, theme := filepath.FromSlash("/lib"), filepath.FromSlash("/theme")
	tests := []struct {
		name string
		note func(b *batch)
		want string
		wait time.Duration
	}{
		{"one save", func(b *batch) { b.changed("/lib/a.md"); b.changed("/lib/a.md") }, "a.md", quiet},
		{"a new file", func(b *batch) { b.created("/lib/x/a.md"); b.changed("/lib/x/a.md") }, "x/a.md", quiet},
		{"a rename over", func(b *batch) {
			b.created("/lib/save123")
			b.changed("/lib/save123")
			b.gone("/lib/save123")
			b.created("/lib/a.md")
		}, "a.md", quiet},
		{"a passing file alone", func(b *batch) { b.created("/lib/x"); b.gone("/lib/x") }, "x", quiet},
		{"a deletion", func(b *batch) { b.gone("/lib/a.md") }, "a.md", quietLong},
		{"gone and back", func(b *batch) { b.gone("/lib/a.md"); b.created("/lib/a.md") }, "a.md", quiet},
		{"replaced, then deleted", func(b *batch) {
			b.changed("/lib/a.md")
			b.created("/lib/a.md")
			b.gone("/lib/a.md")
		}, "a.md", quietLong},
		{"several roots", func(b *batch) { b.changed("/theme/style.css"); b.changed("/lib/a.md") }, "a.md style.css", quiet},
		{"the root itself", func(b *batch) { b.gone("/lib") }, "/lib", quietLong},
		{"a checkout", func(b *batch) {
			for i := range many + 1 {
				b.changed(fmt.Sprintf("/lib/%d.md", i))
			}
		}, "0.md 1.md 2.md 3.md 4.md 5.md 6.md 7.md 8.md", quietLong},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b batch
			test.note(&b)
			if paths := b.paths([]string{lib, theme}); paths != nil {
				t.Errorf("paths %v of a batch that has not settled", paths)
			}
			if wait, changed := b.wait(time.Unix(1, 0)); wait != test.wait || !changed {
				t.Errorf("wait %v, want %v", wait, test.wait)
			}
			if _, changed := b.wait(time.Unix(1, 0)); changed {
				t.Error("the wait changes without a change")
			}
			b.settled = true
			if got := strings.Join(b.paths([]string{lib, theme}), " "); got != test.want {
				t.Errorf("paths %q, want %q", got, test.want)
			}
		})
	}
}

// fakeWatcher is run in a bubble of fake time and told of changes by send.
func fakeWatcher(t *testing.T) (w *watcher, send func(op fsnotify.Op, names ...string)) {
	events := make(chan fsnotify.Event)
	w = &watcher{
		batches: make(chan []string), roots: []string{"/lib"}, log: log.New(io.Discard, "", 0),
		close: func() error { return nil }, every: pollEvery, events: events,
		watched: map[string]bool{}, polled: map[string]listing{}, skipped: map[string]bool{},
	}
	go w.run(t.Context())
	return w, func(op fsnotify.Op, names ...string) {
		for _, name := range names {
			events <- fsnotify.Event{Name: "/lib/" + name, Op: op}
		}
	}
}

func TestEditsSettle(t *testing.T) {
	tests := []struct {
		name string
		send func(send func(op fsnotify.Op, names ...string))
		want []string
		took time.Duration // from the first change to the batch
	}{
		{"written in place", func(send func(fsnotify.Op, ...string)) {
			send(fsnotify.Write, "a.md")
			time.Sleep(2 * time.Millisecond)
			send(fsnotify.Write, "a.md")
		}, []string{"a.md"}, 2*time.Millisecond + quiet},
		{"moved away and written anew", func(send func(fsnotify.Op, ...string)) {
			send(fsnotify.Rename, "a.md")
			time.Sleep(20 * time.Millisecond)
			send(fsnotify.Create, "a.md")
		}, []string{"a.md"}, 20*time.Millisecond + quiet},
		{"deleted", func(send func(fsnotify.Op, ...string)) { send(fsnotify.Remove, "a.md") }, []string{"a.md"}, quietLong},
		{"changed forever", func(send func(fsnotify.Op, ...string)) {
			for range 400 {
				send(fsnotify.Write, "debug.txt")
				time.Sleep(3 * time.Millisecond)
			}
		}, []string{"debug.txt"}, longest},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w, send := fakeWatcher(t)
				began := time.Now()
				go test.send(send)
				if got := <-w.batches; !slices.Equal(got, test.want) {
					t.Errorf("batch %v, want %v", got, test.want)
				}
				if took := time.Since(began); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				time.Sleep(longest) // in fake time: lets the sender finish
				select {
				case <-w.batches:
				default:
				}
			})
		})
	}
}

// A checkout that touches thousands of files with pauses is one batch.
func TestCheckoutIsOneBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, send := fakeWatcher(t)
		go func() {
			for i := range 2000 {
				send(fsnotify.Write, fmt.Sprintf("%d.md", i))
				if i%100 == 99 {
					time.Sleep(quietLong - time.Millisecond)
				}
			}
		}()
		if got := len(<-w.batches); got != 2000 {
			t.Errorf("first batch has %d of 2000 files", got)
		}
	})
}

// What changes while nobody takes the batch is added to it.
func TestWaitingBatchGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, send := fakeWatcher(t)
		send(fsnotify.Write, "a.md")
		time.Sleep(10 * quiet)
		send(fsnotify.Write, "b.md")
		time.Sleep(10 * quiet)
		if got := <-w.batches; !slices.Equal(got, []string{"a.md", "b.md"}) {
			t.Errorf("batch %v", got)
		}
	})
}

func TestNothingChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, send := fakeWatcher(t)
		send(fsnotify.Chmod, "a.md")
		send(fsnotify.Write, ".a.md.swp", "a.md~", "4913", "#a.md#", "a.md___jb_tmp___", ".DS_Store", "x/.git")
		send(fsnotify.Create|fsnotify.Write, ".#a.md")
		time.Sleep(2 * longest)
		select {
		case got := <-w.batches:
			t.Errorf("batch %v", got)
		default:
		}
	})
}
