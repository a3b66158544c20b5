package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// errNotAFile is why a pipe, a device or a socket is not read.
var errNotAFile = errors.New("not a regular file")

// folder reads the root of a library. It opens files and folders alone, because
// opening a pipe could wait for ever, and its errors name paths relative to the
// root.
type folder struct{ root fs.FS }

// Open returns the file system of the library's root. It refuses to read anything
// outside of it, also through symbolic links.
func Open(root string) (fs.FS, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("open library: %w", err)
	}
	return folder{r.FS()}, nil
}

func (f folder) Open(name string) (fs.File, error) {
	info, err := fs.Stat(f.root, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errNotAFile}
	}
	return f.root.Open(name)
}

// ReadFile reads a whole file.
func (f folder) ReadFile(name string) ([]byte, error) {
	info, err := fs.Stat(f.root, name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "read", Path: name, Err: errNotAFile}
	}
	if err != nil {
		return nil, err
	}
	return fs.ReadFile(f.root, name)
}

// ReadDir lists a folder, sorted by name.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(f.root, name) }

// Stat follows symbolic links inside the library.
func (f folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.root, name) }

// Lstat tells of a symbolic link itself.
func (f folder) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.root, name) }

// ReadLink returns what a symbolic link leads to.
func (f folder) ReadLink(name string) (string, error) { return fs.ReadLink(f.root, name) }
