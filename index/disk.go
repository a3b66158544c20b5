package index

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"faultline/site/lock"
)

// lockWait is how long bleve waits for another process to let go of a store. Our own lock
// keeps others out, but not all file systems have locks of its kind.
const lockWait = "200ms"

// errInUse says that another process has the store open.
var errInUse = errors.New("in use")

// kept is a store on disk, which nobody else has open.
type kept struct {
	bleveIndex
	path    string
	release func()
}

type bleveIndex = bleve.Index // one that can be embedded beside its method Index

// Close closes the store and seals it.
func (k *kept) Close() error {
	defer k.release()
	if err := k.bleveIndex.Close(); err != nil {
		return err
	}
	return seal(k.path)
}

// discard closes the store and removes it.
func (k *kept) discard() error {
	defer k.release()
	return errors.Join(k.bleveIndex.Close(), os.RemoveAll(k.path))
}

// openStore opens the store of dir or makes it. Whatever is wrong with it is no
// reason not to search: it is made anew, or memory is used instead, and the note
// says so.
func openStore(dir string) (store bleve.Index, note string, err error) {
	if dir == "" {
		store, err = newMemory()
		return store, "", err
	}
	release, err := hold(dir)
	if err != nil {
		return inMemory(dir, err)
	}
	path := storePath(dir)
	store, err = oldStore(path)
	if errors.Is(err, errInUse) {
		release()
		return inMemory(dir, err)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		note = fmt.Sprintf("the search index in %q was made anew: %v", dir, err)
	}
	if err != nil {
		store, err = newStore(path)
	}
	if err != nil {
		release()
		return inMemory(dir, err)
	}
	return &kept{store, path, release}, note, nil
}

// inMemory makes an index in memory, as the store of dir cannot be had.
func inMemory(dir string, why error) (store bleve.Index, note string, err error) {
	note = fmt.Sprintf("the search index cannot be kept in %q and lives in memory: %v", dir, why)
	if errors.Is(why, errInUse) {
		note = fmt.Sprintf("the search index in %q is in use by another process; this one keeps its own in memory", dir)
	}
	store, err = newMemory()
	return store, note, err
}

// storePath is where the store of a folder is: what is below it is the store's own.
func storePath(dir string) string { return filepath.Join(dir, "bleve") }

// hold keeps other processes out of the store of a folder until release is called.
func hold(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	release, err = lock.Hold(filepath.Join(dir, "lock"))
	if errors.Is(err, lock.ErrBusy) {
		err = errInUse
	}
	return release, err
}

// newMemory makes an empty index in memory.
func newMemory() (bleve.Index, error) {
	return bleve.NewUsing("", newMapping(), scorch.Name, scorch.Name, nil)
}

// newStore makes an empty store in place of what is at path. Nothing is left where it
// cannot.
func newStore(path string) (bleve.Index, error) {
	if err := os.RemoveAll(path); err != nil {
		return nil, err
	}
	store, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, map[string]any{"bolt_timeout": lockWait})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(path))
	}
	return store, nil
}

// oldStore opens the store at path if it is as it was sealed. Damage may show as an
// error, as a panic of bleve or as a fault of mapped memory.
func oldStore(path string) (store bleve.Index, err error) {
	if _, err := os.Lstat(path); err != nil {
		return nil, err
	}
	if err := checkSeal(path); err != nil {
		return nil, err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if fault := recover(); fault != nil {
			store, err = nil, fmt.Errorf("it was damaged (%v)", fault)
		}
	}()
	store, err = bleve.OpenUsing(path, map[string]any{"bolt_timeout": lockWait})
	if err != nil && strings.Contains(err.Error(), "timeout") {
		return nil, errInUse
	}
	if err != nil {
		return nil, fmt.Errorf("it was damaged (%w)", err)
	}
	return store, nil
}

// sealName is the file in which a store says what it was like when it was closed:
// its format on the first line, then the name, size and CRC-32 of every file. Of a
// snapshot that cannot be read bleve goes back to an older one without a word.
const sealName = "seal"

// seal seals the store at path, which must be closed.
func seal(path string) error {
	text, err := sealOf(path)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(path, sealName), []byte(text), 0o600)
}

// checkSeal reports a store that is not as it was sealed.
func checkSeal(path string) error {
	held, _ := os.ReadFile(filepath.Join(path, sealName))
	if first, _, _ := strings.Cut(string(held), "\n"); len(held) > 0 && first != format() {
		return errors.New("it was written by another version")
	}
	text, err := sealOf(path)
	if err != nil || text != string(held) {
		return errors.New("it was damaged, or not closed")
	}
	return nil
}

// sealOf returns the text of the seal for the files as they are.
func sealOf(path string) (string, error) {
	text := format() + "\n"
	err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == filepath.Join(path, sealName) {
			return err
		}
		if !entry.Type().IsRegular() {
			return fmt.Errorf("%q is no file", name) // reading it may never end
		}
		data, err := os.ReadFile(name)
		text += fmt.Sprintf("%q %d %08x\n", filepath.Base(name), len(data), crc32.ChecksumIEEE(data))
		return err
	})
	return text, err
}
