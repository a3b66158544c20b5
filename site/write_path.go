package site

import (
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strings"

	"faultline/site/incident"
)

// checkPaths finds paths that would leave the site's folder, mean different files
// on different systems, or take each other's place.
func checkPaths(paths []string) error {
	files := make(map[string]string, len(paths)) // folded path -> path
	for _, name := range paths {
		if err := checkPath(name); err != nil {
			return err
		}
		key := incident.Fold(name)
		if other, ok := files[key]; ok {
			return clash(other, name)
		}
		files[key] = name
	}
	for _, name := range paths {
		for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
			if other, ok := files[incident.Fold(folder)]; ok {
				return clash(other, name)
			}
		}
	}
	return nil
}

func checkPath(name string) error {
	switch {
	case !fs.ValidPath(name) || name == ".":
		return fmt.Errorf("%q is not a path inside the site", name)
	case strings.ContainsAny(name, "\\\x00"):
		return fmt.Errorf("path %q holds a character that not every system can store", name)
	case runtime.GOOS == "windows" && strings.Contains(name, ":"):
		return fmt.Errorf("path %q holds a colon, which Windows cannot store", name)
	case name == Marker:
		return fmt.Errorf("path %q is the marker's own", name)
	}
	return nil
}

func clash(a, b string) error {
	if a == b {
		return fmt.Errorf("path %q is there twice", a)
	}
	return fmt.Errorf("paths %q and %q are one file on systems that ignore case, or one is a folder of the other: rename one", a, b)
}
