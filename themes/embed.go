// Package themes holds the default theme: templates/*.html, style/*.css and
// script/*.ts. A library replaces it file by file with a folder of the same shape.
package themes

import (
	"embed"
	"io/fs"
)

//go:embed default
var files embed.FS

// Default returns the default theme, with the folders templates, style and script
// at its root.
func Default() fs.FS {
	theme, err := fs.Sub(files, "default")
	if err != nil {
		panic(err) // only for an invalid path, and this one is a constant
	}
	return theme
}
