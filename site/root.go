package site

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ConfigFile marks the root of a library; it may be empty.
const ConfigFile = "faultline.yaml"

// ErrNoLibrary says that no library was named and none was found.
var ErrNoLibrary = errors.New("no library here")

// FindRoot returns the absolute root of the library: named where it is not empty,
// else the nearest folder from dir upward that holds a faultline.yaml, else the
// folder content below dir. The error is ErrNoLibrary when there is none of these.
func FindRoot(dir, named string) (string, error) {
	if named != "" {
		root, err := filepath.Abs(filepath.Join(base(dir, named), named))
		if err != nil {
			return "", err
		}
		return root, isFolder(root)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for at := dir; ; at = filepath.Dir(at) {
		if _, err := os.Stat(filepath.Join(at, ConfigFile)); err == nil {
			return at, nil
		}
		if at == filepath.Dir(at) {
			break
		}
	}
	if content := filepath.Join(dir, "content"); isFolder(content) == nil {
		return content, nil
	}
	return "", ErrNoLibrary
}

// base is the folder that a path given on the command line is relative to.
func base(dir, named string) string {
	if filepath.IsAbs(named) {
		return ""
	}
	return dir
}

func isFolder(path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return fmt.Errorf("open library: %w", err)
	case !info.IsDir():
		return fmt.Errorf("open library: %q is not a folder", path)
	default:
		return nil
	}
}
