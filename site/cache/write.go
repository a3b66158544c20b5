package cache

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"time"
)

// prepare makes the folder of a cache. No repository takes notice of one that it makes.
func prepare(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, ".gitignore"), []byte("*\n"), 0o644)
}

// replace writes a file beside its place and renames it, so that nobody reads half of it.
func replace(path string, fill func(write func([]byte) error) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), temporary+"*")
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<18)
	err = fill(func(data []byte) error {
		_, err := w.Write(data)
		return err
	})
	if err = errors.Join(err, w.Flush(), f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what went wrong before is told
		return err
	}
	sweep(filepath.Dir(path))
	return nil
}

const (
	temporary = ".writing-"
	abandoned = time.Hour // the age of a file that nobody is writing any longer
)

// sweep removes what writers left that were killed.
func sweep(dir string) {
	left, _ := filepath.Glob(filepath.Join(dir, temporary+"*")) // fails for malformed patterns only
	for _, path := range left {
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(path) // another process may have been faster
		}
	}
}
