// Package record reads the files that people write: one incident in Markdown with
// or without front matter, and faultline.yaml.
package record

import (
	"faultline/site/incident"
	"faultline/site/problem"
)

// Options are what the library says about all its incidents.
type Options struct {
	Config     incident.Config
	Vocabulary *incident.Vocabulary // nil = terms are not checked
}

// Parse reads the incident in src. Path is relative to the library's root, with
// slashes. The incident is nil only when the file is no text at all; then a
// problem says so.
func Parse(path string, src []byte, opt Options) (*incident.Incident, problem.List) { return nil, nil }

// ParseConfig reads faultline.yaml. Fields that are wrong keep their zero value.
func ParseConfig(path string, src []byte) (incident.Config, problem.List) {
	return incident.Config{}, nil
}

// Field is one key of the front matter.
type Field struct {
	Key      string
	Type     string // as FORMAT.md writes it: "list of text"
	Required bool
	Meaning  string
}

// Fields returns every key of the front matter in the order of content/FORMAT.md.
// The caller must not change it.
func Fields() []Field { return nil }

// PathID returns the id that a file has by its path alone: the slug of the path
// without its extensions and without a leading "incidents/".
func PathID(path string) string { return path }

// URL returns the address of an incident's page, relative to the site's root.
func URL(id string) string { return "incidents/" + id + "/" }
