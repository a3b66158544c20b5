package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"faultline/site/incident"
	"faultline/site/sample"
)

// sampleLibrary is a file system of n generated incidents of 7 to 8 KB.
func sampleLibrary(n int) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range sample.Files(n, 1) {
		fsys[name] = &fstest.MapFile{Data: text}
	}
	return fsys
}

// BenchmarkLoad reads 1,000 incidents.
func BenchmarkLoad(b *testing.B) {
	fsys := sampleLibrary(1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(fsys, LoadOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLoading measures a library on disk: read from nothing, read by a second process from the
// cache of the first, and after an edit of one report, up to its page.
func BenchmarkLoading(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		d := newBenchDesk(b, n)
		b.Run(fmt.Sprintf("cold/%d", n), func(b *testing.B) {
			for b.Loop() {
				d.open("", nil)
			}
		})
		cache := filepath.Join(d.root, CacheFolder)
		d.open(cache, nil)
		if err := d.Save(); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("warm/%d", n), func(b *testing.B) {
			for b.Loop() {
				d.open(cache, nil)
			}
		})
		b.Run(fmt.Sprintf("warm to the first page/%d", n), func(b *testing.B) {
			for b.Loop() {
				d.page(nil, d.open(cache, nil), "index.html")
			}
		})
		lib := d.open(cache, nil)
		inc := lib.Incidents[n/2]
		last := d.page(nil, lib, inc.URL+"index.html")
		b.Run(fmt.Sprintf("edit to its page/%d", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				d.write(inc.Path, inc.Front+inc.Body+fmt.Sprintf("\nThe frobnicator %d failed.\n", i))
				last = d.page(last, d.open(cache, []string{inc.Path}), inc.URL+"index.html")
			}
		})
	}
}

// benchDesk is a generated library on disk.
type benchDesk struct {
	*testing.B
	*Loader
	root string
}

func newBenchDesk(b *testing.B, n int) *benchDesk {
	d := &benchDesk{B: b, root: b.TempDir()}
	old := time.Now().Add(-time.Hour)
	for name, file := range sampleLibrary(n) {
		d.write(name, string(file.Data))
		if err := os.Chtimes(filepath.Join(d.root, name), old, old); err != nil {
			b.Fatal(err)
		}
	}
	return d
}

func (d *benchDesk) write(name, text string) {
	path := filepath.Join(d.root, name)
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
		d.Fatal(err)
	}
}

// open loads the library again, or, where nobody knows what changed, in another process.
func (d *benchDesk) open(cache string, changed []string) *incident.Library {
	if changed == nil {
		d.Loader = NewLoader(LoadOptions{Drafts: true, Suggest: true}, d.root, cache)
	}
	fsys, err := Open(d.root)
	if err != nil {
		d.Fatal(err)
	}
	lib, err := d.Load(fsys, changed)
	if err != nil {
		d.Fatal(err)
	}
	return lib
}

func (d *benchDesk) page(last *Site, lib *incident.Library, path string) *Site {
	s, err := Follow(last, lib, Options{})
	if err != nil {
		d.Fatal(err)
	}
	if _, err := s.File(path); err != nil {
		d.Fatal(err)
	}
	return s
}

// BenchmarkPages renders the pages of 1,000 incidents, on one processor.
func BenchmarkPages(b *testing.B) {
	lib, err := Load(sampleLibrary(1000), LoadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s, err := New(lib, Options{})
		if err != nil {
			b.Fatal(err)
		}
		for _, path := range s.pages.Paths() {
			if _, err := s.File(path); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkSearch indexes 1,000 incidents in memory and exports the index.
func BenchmarkSearch(b *testing.B) {
	lib, err := Load(sampleLibrary(1000), LoadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := exportSearch(lib, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
