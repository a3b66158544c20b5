package render

import (
	"cmp"
	"net/url"
	"strings"

	"faultline/site/pattern"
	"faultline/site/phrase"
)

// policy is the content security policy that every page sets for itself, for hosts
// that send no headers. A page cannot forbid being framed; that is left to headers.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"

// Page is what the frame of every page shows.
type Page struct {
	Root        string // leads from the page to the site's root; never empty, ends in a slash
	Site        string // name of the site
	Title       string // of the page; "" on the home page
	Description string // "" for none
	Canonical   string // the page's absolute URL; "" without a base URL
	Feed        string // "" without a base URL
	OpenSearch  string // description of the search for browsers; "" without a base URL
	Policy      string // content security policy
	Style       string
	Styles      []string // of this page beside it
	Early       string   // script to run before the page is drawn
	Scripts     []string // deferred
	Modules     []string
	Nav         []Link // dimensions
	Index       []Link // fields, with the number of their values
	Patterns    Link
	Incidents   string // "32 incidents"
	AsOf        string // the day the site speaks of, "" when no incident has a date
}

// PlainPage is a page that shows nothing of the library. Target is the URL that a
// redirect leads to.
type PlainPage struct {
	Page
	Target      string
	TargetTitle string
}

// Link is a link to a page of the site.
type Link struct {
	Label   string
	URL     string
	Class   string // of its dimension or field
	N       int    // how many there are behind it
	Current bool   // the page shown is this one or below it
}

// frame makes the frame of a page. Description is plain text of any length.
func (r *Renderer) frame(p place, title, description string) Page {
	page := Page{
		Root: p.root, Site: r.name(), Title: title, Description: phrase.Shorten(description, 200), Policy: policy,
		Style: p.to(r.theme.style), Early: p.to(r.theme.early), Scripts: []string{p.to(r.theme.script)},
		Incidents: phrase.Count(len(r.lib.Incidents), "incident"), AsOf: r.asOf(),
	}
	if base := r.lib.Config.BaseURL; base != "" && p.url != notFoundPath {
		page.Canonical, page.Feed, page.OpenSearch = base+p.url, p.to("feed.xml"), p.to(openSearchPath)
	}
	if r.reload {
		page.Scripts = append(page.Scripts, p.to("_faultline/reload.js"))
	}
	page.Patterns = Link{URL: p.to(patternsFolder), Current: strings.HasPrefix(p.url, patternsFolder)}
	for _, f := range pattern.Dimensions {
		link := r.facetLink(p, f)
		link.Label = phrase.Capital(f.Folder())
		page.Nav = append(page.Nav, link)
	}
	for _, f := range pattern.Fields {
		if link := r.facetLink(p, f); link.N > 0 {
			page.Index = append(page.Index, link)
		}
	}
	return page
}

func (r *Renderer) facetLink(p place, f pattern.Facet) Link {
	folder := f.Folder() + "/"
	return Link{
		Label: f.Plural(), URL: p.to(folder), Class: f.String(), N: r.inUse(f),
		Current: len(p.url) >= len(folder) && p.url[:len(folder)] == folder,
	}
}

// inUse counts the values of the facet that an incident has.
func (r *Renderer) inUse(f pattern.Facet) int {
	n := 0
	for _, g := range r.found.Groups(f) {
		if g.All() > 0 {
			n++
		}
	}
	return n
}

// asOf writes the day that the site speaks of, which is exact also where it was taken
// from an incident whose day is not.
func (r *Renderer) asOf() string {
	day := r.lib.AsOf.Date()
	day.Approximate = false
	return date(day)
}

func (r *Renderer) name() string { return cmp.Or(r.lib.Config.Title, "Faultline") }

// basePath is the path of the site on its host, "/" when it is not known.
func (r *Renderer) basePath() string {
	u, err := url.Parse(r.lib.Config.BaseURL)
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.EscapedPath()
}
