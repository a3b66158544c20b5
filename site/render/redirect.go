package render

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"faultline/site/incident"
	"faultline/site/pattern"
)

// addAliases makes a page at every old address that leads to the new one. An
// address that is in use, or that cannot be a file everywhere, is left out.
func (r *Renderer) addAliases() {
	used := occupied{}
	for file := range r.routes {
		used.add(file)
	}
	for _, inc := range r.lib.Incidents {
		for _, alias := range inc.Aliases {
			file := aliasPath(alias)
			if file == "" || used.clash(file) {
				continue
			}
			used.add(file)
			r.redirects[file] = true
			r.addPage(file, "redirect.html", func(p place) any { return r.redirect(p, inc.Title, inc.URL) })
		}
	}
}

// redirect is a page that leads to the one at url, relative to the site's root.
func (r *Renderer) redirect(p place, title, url string) PlainPage {
	page := PlainPage{Page: r.frame(p, title, ""), Target: p.to(url), TargetTitle: title}
	page.Canonical, page.Scripts = page.Target, nil
	if base := r.lib.Config.BaseURL; base != "" {
		page.Canonical = base + url
	}
	return page
}

// SplitPage stands where a term was that has been split into others.
type SplitPage struct {
	Page
	Kind  string // of the term: "Cause"
	ID    string // that the term had
	Terms []Tag
}

// addFormer makes a page at the address of every id that a term of the vocabulary had
// before. It leads to the term, or names those that the term was split into.
func (r *Renderer) addFormer() {
	for _, facet := range pattern.Dimensions {
		d, _ := facet.Dimension()
		for _, t := range r.lib.Vocabulary.Terms(d) {
			for _, id := range t.Formerly {
				file := facet.Folder() + "/" + id + "/index.html"
				if _, used := r.routes[file]; used || !fs.ValidPath(file) {
					continue
				}
				r.redirects[file] = true
				if now := r.lib.Vocabulary.Former(d, id); len(now) > 1 {
					r.addPage(file, "split.html", func(p place) any { return r.split(p, facet, id, now) })
					continue
				}
				r.addPage(file, "redirect.html", func(p place) any { return r.redirect(p, t.Label, facet.Folder()+"/"+t.ID+"/") })
			}
		}
	}
}

func (r *Renderer) split(p place, f pattern.Facet, id string, now []incident.Term) SplitPage {
	page := SplitPage{Page: r.frame(p, id, ""), Kind: f.Label(), ID: id}
	for _, t := range now {
		if g, ok := r.found.Lookup(f, t.ID); ok {
			page.Terms = append(page.Terms, p.tag(g))
		}
	}
	return page
}

// occupied holds the folded paths that are in use: false = a file, true = a folder.
type occupied map[string]bool

func (o occupied) add(file string) {
	file = incident.Fold(file)
	o[file] = false
	for folder := path.Dir(file); folder != "."; folder = path.Dir(folder) {
		o[folder] = true
	}
}

// clash reports whether a file cannot stand beside those in use, on a disk that
// ignores case.
func (o occupied) clash(file string) bool {
	file = incident.Fold(file)
	_, taken := o[file]
	for folder := path.Dir(file); !taken && folder != "."; folder = path.Dir(folder) {
		isFolder, used := o[folder]
		taken = used && !isFolder
	}
	return taken
}

// reserved are the folders and files that others make.
var reserved = []string{"assets", "media", "search", "_faultline", "robots.txt", "feed.xml", "sitemap.xml"}

// aliasPath is the file of an old address: an incident's old id, or a path from
// the site's root. It is empty when there can be no such file.
func aliasPath(alias string) string {
	alias = strings.Trim(alias, "/")
	if !strings.Contains(alias, "/") {
		alias = "incidents/" + alias
	}
	if path.Ext(alias) != ".html" {
		alias += "/index.html"
	}
	parts := strings.Split(alias, "/")
	if !fs.ValidPath(alias) || slices.Contains(reserved, incident.Fold(parts[0])) || slices.ContainsFunc(parts, unfit) {
		return ""
	}
	if slices.ContainsFunc(parts[:len(parts)-1], func(folder string) bool { return path.Ext(folder) == ".html" }) {
		return ""
	}
	return alias
}

// unfit reports whether some file system or host would not take the name.
func unfit(name string) bool {
	return strings.HasPrefix(name, ".") || len(name) > 200 || strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || strings.ContainsRune(`\:*?"<>|`, r)
	})
}
