package site

import (
	"errors"
	"fmt"
	"path/filepath"
)

// ErrLibrary says that a folder for the site would cost the library its files.
var ErrLibrary = errors.New("the library lies there")

// Apart returns an error that wraps ErrLibrary when the site must not be written to
// out: when out is the library's root or holds it, even inside an older site, and when
// it is the folder of incidents or lies in it, which would no longer be read.
// Symbolic links are followed.
func Apart(root, out string) error {
	library, err := settled(root)
	if err != nil {
		return err
	}
	site, err := settled(out)
	if err != nil {
		return err
	}
	if within(site, library) || within(filepath.Join(library, "incidents"), site) {
		return fmt.Errorf("write site to %q: %w", out, ErrLibrary)
	}
	return nil
}

// settled returns the absolute path with the links of its existing part followed.
func settled(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for at := path; ; at = filepath.Dir(at) {
		if real, err := filepath.EvalSymlinks(at); err == nil {
			return filepath.Join(real, rest), nil
		}
		if at == filepath.Dir(at) {
			return path, nil
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// within reports whether the path is the folder or lies in it.
func within(folder, path string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && filepath.IsLocal(relative)
}
