package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"

	"faultline/index"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/render"
	"faultline/themes"
)

// CacheFolder is where a library keeps what can be computed again, below its root.
const CacheFolder = ".faultline"

// Options say how a site is made from a library.
type Options struct {
	Cache  string            // folder that keeps the search index between runs; "" = in memory
	Reload bool              // pages reload when the authoring server says so
	Stage  func(name string) // told of each stage of a build as it begins; nil = nobody listens
}

func (o Options) stage(name string) {
	if o.Stage != nil {
		o.Stage(name)
	}
}

// Site is the web site of one snapshot: every file that it has, rendered when it is
// asked for. It is immutable and may be used by several goroutines.
type Site struct {
	lib    *incident.Library
	pages  *render.Renderer
	assets map[string]*incident.Asset // by URL
	search func() (pieces, error)     // built once, when first asked for
}

// pieces are the files of the static search index, by path.
type pieces struct {
	files map[string][]byte
	notes []string
}

// New plans the site of the library with the default theme, whose files the
// library's folder theme replaces one by one. The error is a broken theme's.
func New(lib *incident.Library, opt Options) (*Site, error) {
	override, err := themeOf(lib.FS)
	if err != nil {
		return nil, err
	}
	pages, err := render.New(lib, themes.Default(), render.Options{Override: override, Reload: opt.Reload, Suggested: told})
	if err != nil {
		return nil, err
	}
	s := &Site{lib: lib, pages: pages, assets: map[string]*incident.Asset{}}
	for _, asset := range lib.Assets {
		s.assets[asset.URL] = asset
	}
	s.search = sync.OnceValues(func() (pieces, error) { return exportSearch(lib, opt) })
	return s, nil
}

// themeOf returns the library's own theme folder, nil when it has none.
func themeOf(fsys fs.FS) (fs.FS, error) {
	if info, err := fs.Stat(fsys, "theme"); err != nil || !info.IsDir() {
		return nil, nil
	}
	return fs.Sub(fsys, "theme")
}

// heapGrowth is by how many percent memory may grow between collections while the search
// is indexed, which is when a build needs most: less than half of Go's own.
const heapGrowth = 40

func exportSearch(lib *incident.Library, opt Options) (pieces, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(heapGrowth))
	opt.stage("index")
	x, err := OpenIndex(lib, opt.Cache)
	if err != nil {
		return pieces{}, err
	}
	opt.stage("search pieces")
	exported, err := x.Pieces()
	if err := errors.Join(err, x.Close()); err != nil {
		return pieces{}, fmt.Errorf("export the search index: %w", err)
	}
	p := pieces{files: make(map[string][]byte, len(exported)), notes: x.Notes()}
	for _, file := range exported {
		p.files[file.Path] = file.Data
	}
	return p, nil
}

// OpenIndex opens the search index of the library, kept in the folder cache. A
// folder that cannot be written, or an empty name, gives an index in memory.
func OpenIndex(lib *incident.Library, cache string) (*index.Index, error) {
	dir := ""
	if cache != "" && os.MkdirAll(cache, 0o755) == nil {
		dir = filepath.Join(cache, "index")
	}
	x, err := index.Open(dir, lib)
	if err != nil {
		return nil, fmt.Errorf("open the search index: %w", err)
	}
	return x, nil
}

// Paths returns the path of every file of the site, sorted.
func (s *Site) Paths() ([]string, error) {
	search, err := s.search()
	if err != nil {
		return nil, err
	}
	paths := slices.Clone(s.pages.Paths())
	for path := range search.files {
		paths = append(paths, path)
	}
	for url := range s.assets {
		paths = append(paths, url)
	}
	slices.Sort(paths)
	return paths, nil
}

// File returns the bytes of one file of the site; fs.ErrNotExist when it has no
// such file.
func (s *Site) File(path string) ([]byte, error) {
	if asset, ok := s.assets[path]; ok {
		return fs.ReadFile(s.lib.FS, asset.Path)
	}
	page, err := s.pages.Page(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return page, err
	}
	search, err := s.search()
	if err != nil {
		return nil, err
	}
	if data, ok := search.files[path]; ok {
		return data, nil
	}
	return nil, fmt.Errorf("%q: %w", path, fs.ErrNotExist)
}

// Problems are those of the library and those that came up in making the site of it.
func (s *Site) Problems() problem.List {
	problems := slices.Clone(s.lib.Problems)
	if s.lib.Config.BaseURL == "" {
		problems = append(problems, problem.Problem{Rule: "no-base-url", Level: problem.Note, Path: ConfigFile,
			Text: "without a base URL the site has no feed and no sitemap",
			Hint: "set base_url in faultline.yaml, or give --base-url"})
	}
	problems.Sort()
	return problems
}
