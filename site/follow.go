package site

import (
	"sync"

	"faultline/site/incident"
)

// Follow plans the site of a library as New does, and shares with the site of the library before
// it what no edit has changed. Last may be nil.
func Follow(last *Site, lib *incident.Library, opt Options) (*Site, error) {
	if last == nil {
		return New(lib, opt)
	}
	for _, fsys := range [...]*incident.Library{last.lib, lib} {
		if own, err := themeOf(fsys.FS); own != nil || err != nil {
			return New(lib, opt)
		}
	}
	pages, ok := last.pages.Follow(lib)
	if !ok {
		return New(lib, opt)
	}
	next := *last
	next.lib, next.pages = lib, pages
	next.search = sync.OnceValues(func() (pieces, error) { return exportSearch(lib, opt) })
	return &next, nil
}
