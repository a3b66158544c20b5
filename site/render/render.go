// Package render turns a snapshot of the library and a theme into pages.
package render

import (
	"io/fs"

	"faultline/site/incident"
)

// Options say how pages are rendered. The zero value is legal.
type Options struct {
	Override fs.FS // a library's own theme folder, whose files replace those of the theme; nil = none
	Reload   bool  // every page loads _faultline/reload.js, which the authoring server answers
}

// Renderer renders the pages of one snapshot. It is immutable and may be used by
// several goroutines.
type Renderer struct{}

// New prepares the pages of the library. The base URL is the library's
// configured one. The error names the file and line of a theme that is broken.
func New(lib *incident.Library, theme fs.FS, opt Options) (*Renderer, error) { return &Renderer{}, nil }

// Paths returns the path of every file that Page makes, sorted, relative to the
// site's root.
func (r *Renderer) Paths() []string { return nil }

// Page returns the bytes of one file. The error for a path that is not one of
// Paths is fs.ErrNotExist.
func (r *Renderer) Page(path string) ([]byte, error) { return nil, fs.ErrNotExist }
