package main

import (
	"cmp"
	"os"
	"path/filepath"

	"faultline/site"
	"faultline/site/incident"
)

// findRoot returns the root of the library that the flags and the working folder name.
func (s *shared) findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	return site.FindRoot(dir, s.library)
}

// load reads the library that the flags and the working folder name.
func (s *shared) load(opt site.LoadOptions) (*incident.Library, error) {
	root, err := s.findRoot()
	if err != nil {
		return nil, err
	}
	return s.loadAt(root, opt, "")
}

// loadAt reads the library at root, with what is kept of it in the folder cache, or in the library's
// own for "".
func (s *shared) loadAt(root string, opt site.LoadOptions, cache string) (*incident.Library, error) {
	fsys, err := site.Open(root)
	if err != nil {
		return nil, err
	}
	if !s.noCache {
		cache = cmp.Or(cache, s.cacheOf(root))
	}
	loader := site.NewLoader(opt, root, cache)
	lib, err := loader.Load(fsys, nil)
	if err == nil {
		remember(loader)
	}
	return lib, err
}

// cacheOf is the folder that keeps what was computed of the library at root, "" for none.
func (s *shared) cacheOf(root string) string {
	if s.noCache || root == "" {
		return ""
	}
	return filepath.Join(root, site.CacheFolder)
}

// remember keeps what was read for the next run. Where it cannot, that run takes longer.
func remember(loader *site.Loader) { _ = loader.Save() }

// load opens and reads the library at root, with nothing that is kept of it.
func load(root string, opt site.LoadOptions) (*incident.Library, error) {
	fsys, err := site.Open(root)
	if err != nil {
		return nil, err
	}
	return site.Load(fsys, opt)
}
