// Package content is the example library: real incidents of public record, each
// retold in our own words from the report that its source names. FORMAT.md in this
// folder is the manual for authors.
package content

import "embed"

// Library is the example library; its root is the library's root.
//
//go:embed all:incidents faultline.yaml FORMAT.md
var Library embed.FS
