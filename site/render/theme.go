package render

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"faultline/site/bundle"
	"faultline/site/markdown"
	"faultline/site/phrase"
)

// pageTemplates are the templates that make a page; all others are parts.
var pageTemplates = []string{
	"home.html", "incidents.html", "incident.html", "facet.html", "group.html", "vocabulary.html", "patterns.html", "combinations.html", "combination.html", "matrix.html", "wrong-turns.html", "durations.html", "time.html", "ledger.html", "actions.html", "families.html", "split.html", "search.html", "not-found.html", "redirect.html",
}

// theme is a theme made ready: its templates parsed, its style and scripts bundled.
type theme struct {
	pages  map[string]*template.Template
	assets []asset

	// Paths of assets, relative to the site's root.
	style, early, script string
	studyStyle           string // of the pages on what recurs, beside style
	studyScript          string
	search               string
	searchStyle          string // all the style of the search page
	refine               string // what search fetches after its first hits
}

// asset is a file whose path holds a hash of its content.
type asset struct {
	path string
	data []byte
}

func openTheme(base, override fs.FS) (*theme, error) {
	files := layers{base}
	if override != nil {
		files = layers{override, base}
	}
	t := &theme{pages: map[string]*template.Template{}}
	if err := t.parse(files); err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	if err := t.bundle(files); err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	return t, nil
}

// funcs are what a template can call beside what html/template has.
var funcs = template.FuncMap{"count": phrase.Count, "number": phrase.Number}

// parse reads the parts once and each page on a copy of them, so that every page
// can define "main". Templates are named by their path, which errors then show.
func (t *theme) parse(files layers) error {
	names, err := files.list("templates", ".html")
	if err != nil {
		return err
	}
	parts := template.New("theme").Funcs(funcs)
	for _, name := range names {
		if slices.Contains(pageTemplates, name) {
			continue
		}
		if err := parseInto(parts, files, name); err != nil {
			return err
		}
	}
	for _, name := range pageTemplates {
		page, err := parts.Clone()
		if err != nil {
			return err
		}
		if err := parseInto(page, files, name); err != nil {
			return err
		}
		t.pages[name] = page
	}
	return nil
}

func parseInto(t *template.Template, files fs.FS, name string) error {
	name = "templates/" + name
	src, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	_, err = t.New(name).Parse(string(src))
	return err
}

func (t *theme) bundle(files layers) error {
	for _, s := range []struct {
		entry, name string
		before      []byte // of what the entry imports
		path        *string
	}{{"site", "style", append(markdown.StyleSheet(), '\n'), &t.style}, {"search", "search", nil, &t.searchStyle}, {"patterns", "patterns", nil, &t.studyStyle}} {
		data, err := bundle.Style(files, "style/"+s.entry+".css")
		if err != nil {
			return err
		}
		*s.path = t.add(s.name, ".css", append(s.before, data...))
	}
	for _, s := range []struct {
		name   string
		format bundle.Format
		path   *string
	}{{"early", bundle.Global, &t.early}, {"site", bundle.Global, &t.script}, {"search", bundle.Module, &t.search}, {"refine", bundle.Module, &t.refine}, {"patterns", bundle.Global, &t.studyScript}} {
		data, err := bundle.Script(files, "script/"+s.name+".ts", bundle.ScriptOptions{Format: s.format})
		if err != nil {
			return err
		}
		*s.path = t.add(s.name, ".js", data)
	}
	return nil
}

func (t *theme) add(name, ext string, data []byte) string {
	hash := sha256.Sum256(data)
	a := asset{"assets/" + name + "." + hex.EncodeToString(hash[:6]) + ext, data}
	t.assets = append(t.assets, a)
	return a.path
}

// layers are file systems laid over each other: the first that has a file gives it.
type layers []fs.FS

// Open opens the file of the first layer that has it.
func (l layers) Open(name string) (fs.File, error) {
	var first error
	for _, layer := range l {
		f, err := layer.Open(name)
		if err == nil {
			return f, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// list returns the names of the files with the extension in the folder of any
// layer, sorted.
func (l layers) list(folder, ext string) ([]string, error) {
	names := map[string]bool{}
	for _, layer := range l {
		found, err := fs.Glob(layer, path.Join(folder, "*"+ext))
		if err != nil {
			return nil, err
		}
		for _, name := range found {
			names[strings.TrimPrefix(name, folder+"/")] = true
		}
	}
	return slices.Sorted(maps.Keys(names)), nil
}
