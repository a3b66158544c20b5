package importer

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/problem"
)

// format is one way in which incidents are written down.
type format struct {
	name   string
	detect func(Source) bool
	read   func(Source) ([]Report, problem.List)
}

// formats are tried in this order; the last one takes any text.
var formats = []format{
	{"statuspage", isStatuspage, readStatuspage},
	{"statuspage-history", isHistory, readHistory},
	{"feed", isFeed, readFeed},
	{"github", isGitHub, readGitHub},
	{"html", isHTML, readHTML},
	{"csv", isCSV, readCSV},
	{"list", isList, readList},
	{"text", isPlainText, readPlainText},
	{"markdown", isText, readMarkdown},
}

// Formats are the names of the formats.
func Formats() []string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return names
}

// CheckFormat is an error for the name of no format. "" is legal.
func CheckFormat(name string) error {
	if name == "" || slices.Contains(Formats(), name) {
		return nil
	}
	return fmt.Errorf("unknown format %q", name)
}

// Read makes reports of a source. Name forces a format, "" detects it. Where there is
// no report, a problem says why.
func Read(src Source, name string) ([]Report, problem.List) {
	for _, f := range formats {
		if f.name == name || name == "" && f.detect(src) {
			return f.read(src)
		}
	}
	return nil, problem.List{{Rule: "unknown-format", Path: src.Path, Text: "file is in no format that is read",
		Hint: fmt.Sprintf("name it with --format: %s", strings.Join(Formats(), ", "))}}
}
