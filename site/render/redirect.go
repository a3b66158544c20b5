package render

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode"

	"faultline/site/incident"
)

// addAliases makes a page at every old address that leads to the new one. An
// address that is in use, or that cannot be a file everywhere, is left out.
func (r *Renderer) addAliases() {
	for _, inc := range r.lib.Incidents {
		for _, alias := range inc.Aliases {
			file := aliasPath(alias)
			if _, taken := r.routes[file]; file == "" || taken {
				continue
			}
			r.redirects[file] = true
			r.addPage(file, "redirect.html", func(p place) any { return r.redirect(p, inc) })
		}
	}
}

func (r *Renderer) redirect(p place, inc *incident.Incident) PlainPage {
	page := PlainPage{Page: r.frame(p, inc.Title, ""), Target: p.to(inc.URL), TargetTitle: inc.Title}
	page.Canonical, page.Scripts = page.Target, nil
	if base := r.lib.Config.BaseURL; base != "" {
		page.Canonical = base + inc.URL
	}
	return page
}

// reserved are the folders whose files others make.
var reserved = []string{"assets", "media", "search", "_faultline"}

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
	if !fs.ValidPath(alias) || slices.Contains(reserved, parts[0]) || slices.ContainsFunc(parts, unfit) {
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
