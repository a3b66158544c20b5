package incident

import (
	"io/fs"

	"faultline/site/problem"
)

// Library is one immutable snapshot of a folder of postmortems. Every page is a
// pure function of it.
type Library struct {
	FS         fs.FS // the library's root; read again only for the bytes of assets
	Config     Config
	Vocabulary *Vocabulary
	Incidents  []*Incident // by date, oldest first, undated first of all, then by id
	Assets     []*Asset    // by path
	Problems   problem.List
	AsOf       Time // newest date in the library unless the caller gave one
}

// Config is faultline.yaml. The zero value of every field is legal.
type Config struct {
	Title      string   // of the site
	BaseURL    string   // absolute, ending in a slash; "" = not known
	Severities []string // most serious first
	Timezone   string   // IANA name or offset for times written without one
	Audiences  []string
	Repository string   // URL of the repository that holds the library
	Ignore     []string // globs over slash paths: * and ? within a name, ** across folders, all else as it is
	Editor     string   // that the authoring server opens files in: a name or the form of a link
	PlainHTML  bool     // the owner wants all raw HTML shown as text, harmless elements too
}

// Asset is a file of the library that an incident shows or links to.
type Asset struct {
	Path   string // relative to the library's root, with slashes
	URL    string // relative to the site's root, with a content hash
	Width  int    // of an image, in pixels; 0 = not an image that was measured
	Height int
}
