package record

import (
	"path"
	"strings"
)

// asideNames begin the names of documents about the library, not of it.
var asideNames = []string{"readme", "format", "changelog", "license", "contributing"}

// asideFolders hold templates and themes, at any depth.
var asideFolders = map[string]bool{"templates": true, "theme": true, "node_modules": true}

// Aside reports whether a file or folder is no report by its name alone: README,
// LICENSE and the like, templates, and names that begin with "." or "_".
func Aside(name string, folder bool) bool {
	last := path.Base(name)
	if last[0] == '.' || last[0] == '_' || folder && asideFolders[last] {
		return true
	}
	if folder {
		return false
	}
	lower := strings.ToLower(last)
	for _, prefix := range asideNames {
		if strings.HasPrefix(lower, prefix) {
			return true
		}
	}
	return false
}
