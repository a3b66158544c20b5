package index

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// TestStoresSharedByMany: of processes that search at once one keeps the store and the
// others do without; none takes what another is writing for damage.
func TestStoresSharedByMany(t *testing.T) {
	t.Parallel()
	lib, _ := states()
	dir, fresh := t.TempDir(), open(t, "", lib)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 3 {
				x, err := Open(dir, lib)
				if err != nil {
					t.Error(err)
					return
				}
				for _, note := range x.Notes() {
					if !strings.Contains(note, "in use by another process") {
						t.Errorf("unexpected note %q", note)
					}
				}
				sameAnswers(t, x, fresh)
				if err := x.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	closing(t, dir, lib, func(x *Index) {
		if len(x.Notes()) > 0 {
			t.Errorf("what is left has the notes %q", x.Notes())
		}
	})
}

// storeFiles are the files of a closed store, relative to it.
func storeFiles(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	path := storePath(dir)
	err := filepath.WalkDir(path, func(name string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, err = filepath.Rel(path, name)
			names = append(names, name)
		}
		return err
	})
	if err != nil || len(names) < 4 {
		t.Fatalf("the store has the files %q (%v)", names, err)
	}
	return names
}

// TestAnyFileOfAStoreDamaged: of whatever file something is lost or changed, however
// little, the store is made anew.
func TestAnyFileOfAStoreDamaged(t *testing.T) {
	t.Parallel()
	lib := newGadget(5).library(6)
	dir, fresh := t.TempDir(), open(t, "", lib)
	closing(t, dir, lib, func(*Index) {})
	for name, damage := range map[string]func(name string, data []byte) error{
		"a flipped bit": func(name string, data []byte) error { data[len(data)/2] ^= 1; return os.WriteFile(name, data, 0o600) },
		"a byte less":   func(name string, data []byte) error { return os.WriteFile(name, data[:len(data)-1], 0o600) },
		"nothing":       func(name string, _ []byte) error { return os.WriteFile(name, nil, 0o600) },
		"no file":       func(name string, _ []byte) error { return os.Remove(name) },
		"unreadable":    func(name string, _ []byte) error { return os.Chmod(name, 0) },
		"a folder": func(name string, _ []byte) error {
			os.Remove(name)
			return os.MkdirAll(filepath.Join(name, "sub"), 0o700)
		},
		"a device": func(name string, _ []byte) error { os.Remove(name); return os.Symlink(os.DevNull, name) },
	} {
		if name == "unreadable" && os.Geteuid() <= 0 { // everything can be read by root, and on Windows
			continue
		}
		for i := range storeFiles(t, dir) {
			file := storeFiles(t, dir)[i]
			path := filepath.Join(storePath(dir), file)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, data); err != nil {
				t.Fatal(err)
			}
			closing(t, dir, lib, func(x *Index) {
				sameAnswers(t, x, fresh)
				if len(x.Notes()) != 1 || !strings.Contains(x.Notes()[0], "made anew") {
					t.Errorf("%s in place of %s: notes %q", name, file, x.Notes())
				}
			})
		}
	}
}
