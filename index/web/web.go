// Package web is search without a server: static pieces of an index and the client
// that reads them in a browser.
package web

// File is one file of the site. Path is relative to the site's root, with slashes.
type File struct {
	Path string
	Data []byte
}
