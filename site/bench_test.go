package site

import (
	"testing"
	"testing/fstest"

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
