package main

import (
	"os"

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
	return load(root, opt)
}

// load opens and reads the library at root.
func load(root string, opt site.LoadOptions) (*incident.Library, error) {
	fsys, err := site.Open(root)
	if err != nil {
		return nil, err
	}
	return site.Load(fsys, opt)
}
