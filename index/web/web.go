// Package web is search without a server: static pieces of an index and the client
// that reads them in a browser.
package web

// File is one file of the site. Path is relative to the site's root, with slashes.
type File struct {
	Path string
	Data []byte
}

// Section is what passages are taken from: a heading with its anchor, "" where it
// has none, and the passages below it.
type Section struct {
	Heading, Anchor string
	Passages        []Passage
}

// Passage is one paragraph, list entry, table row or code block: one line of valid
// UTF-8.
type Passage struct {
	Text string
	Code bool
}
