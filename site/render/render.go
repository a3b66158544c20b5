// Package render turns a snapshot of the library and a theme into the files of the
// site. Every page is a pure function of the two: the same input gives the same
// bytes, whatever page is asked for first and from however many goroutines.
//
// # Themes
//
// A theme has three folders. A library's own theme folder is laid over the default
// one, and each of its files replaces the file of the same name alone.
//
//	templates/*.html   html/template; base.html is the frame of all pages
//	style/site.css     imports the style sheets of all pages
//	style/patterns.css further style of the pages below patterns/, of terms and of names
//	style/search.css   all the style of the search page
//	script/early.ts    runs before the page is drawn
//	script/site.ts     runs on every page
//	script/patterns.ts runs where style/patterns.css is used
//	script/search.ts   runs on the search page, as a module
//	script/refine.ts   fetched by that one after its first hits
//
// Each page has one template, which defines "main" and gets one view:
//
//	home.html          HomePage
//	incidents.html     ListPage
//	incident.html      IncidentPage
//	facet.html         FacetPage: all values of one facet
//	group.html         GroupPage: the incidents of one of them
//	vocabulary.html    VocabularyPage
//	search.html        SearchPage
//	split.html         SplitPage: a former term that several replace
//	redirect.html      PlainPage
//	not-found.html     PlainPage
//
// and below patterns/, on what recurs:
//
//	patterns.html      PatternsPage: leads to the others
//	combinations.html  CombinationsPage
//	combination.html   CombinationPage
//	matrix.html        MatrixPage
//	families.html      FamiliesPage
//	durations.html     DurationsPage
//	time.html          TimePage
//	wrong-turns.html   WrongTurnsPage
//	ledger.html        LedgerPage
//	actions.html       ActionsPage
//
// Every view embeds a Page, which is what base.html reads. All other templates are parts that
// any page can use. Beside the functions of html/template they may call count, as in
// {{count 2 "more incident"}}, and number, both of which set the thousands apart. A page that
// counts terms has one part for each way to count them, of which the style shows the one that
// is chosen. URLs in a view are complete for the page that shows them: relative, except on the
// page for unknown addresses, which may be shown at any depth.
//
// Anchors that begin with "fl:" belong to the templates; all others to reports.
package render

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"faultline/site/health"
	"faultline/site/incident"
	"faultline/site/pattern"
)

// Options say how pages are rendered. The zero value is legal.
type Options struct {
	Override fs.FS // a library's own theme folder, whose files replace those of the theme; nil = none
	Reload   bool  // every page loads _faultline/reload.js, which the authoring server answers

	Suggested health.Suggester // what the texts suggest, to hold against the authors; nil = not asked
}

// Renderer renders the pages of one snapshot. It is immutable and may be used by
// several goroutines.
type Renderer struct {
	lib       *incident.Library
	found     *pattern.Findings
	referred  map[*incident.Incident][]reference
	theme     *theme
	reload    bool
	suggested health.Suggester
	tagged    bool // a person has tagged an incident of the library
	routes    map[string]route
	redirects map[string]bool
	countings countings
	years     years // of all incidents
	studies   studies
	late      func() map[string]route // of the files that isLate tells of
	rows      *sync.Map               // rowKey -> Row
	edited    map[*incident.Incident]*incident.Incident
	again     map[string]route // pages of the edited, instead of routes
}

// route makes the bytes of one file.
type route func() ([]byte, error)

// New prepares the pages of the library. The base URL is the library's configured
// one. The error names the file and line of a theme that is broken.
func New(lib *incident.Library, themeFiles fs.FS, opt Options) (*Renderer, error) {
	t, err := openTheme(themeFiles, opt.Override)
	if err != nil {
		return nil, err
	}
	r := &Renderer{lib: lib, found: pattern.Find(lib), theme: t, reload: opt.Reload, suggested: opt.Suggested, routes: map[string]route{}, redirects: map[string]bool{}, rows: &sync.Map{}}
	r.referred = references(r.found)
	r.tagged = pattern.Tagged(lib.Incidents).N > 0
	r.countings, r.years = countingsOf(lib.Incidents), yearsOfAxis(r.found.Incidents())
	r.addAssets()
	r.addPages()
	r.addIncidents()
	r.addFacets()
	r.addFormer()
	r.addAliases()
	r.addFiles()
	r.studies, r.late = newStudies(r.found), sync.OnceValue(r.lateRoutes)
	return r, nil
}

// Paths returns the path of every file that Page makes, sorted, relative to the
// site's root.
func (r *Renderer) Paths() []string {
	paths := slices.AppendSeq(slices.Collect(maps.Keys(r.routes)), maps.Keys(r.late()))
	slices.Sort(paths)
	return paths
}

// Page returns the bytes of one file. The error for a path that is not one of
// Paths is fs.ErrNotExist; any other names the file and line of the template that
// failed.
func (r *Renderer) Page(path string) ([]byte, error) {
	render, ok := r.again[path]
	if !ok {
		render, ok = r.routes[path]
	}
	if !ok && isLate(path) {
		render, ok = r.late()[path]
	}
	if !ok {
		return nil, fmt.Errorf("page %q: %w", path, fs.ErrNotExist)
	}
	data, err := render()
	if err != nil {
		return nil, fmt.Errorf("render %q: %w", path, err)
	}
	return data, nil
}

func (r *Renderer) addAssets() {
	for _, a := range r.theme.assets {
		r.routes[a.path] = func() ([]byte, error) { return a.data, nil }
	}
}

func (r *Renderer) addPages() {
	r.addPage("index.html", "home.html", func(p place) any { return r.home(p) })
	r.addPage("incidents/index.html", "incidents.html", func(p place) any { return r.list(p) })
	r.addPage("vocabulary/index.html", "vocabulary.html", func(p place) any { return r.vocabulary(p) })
	r.addPage("search/index.html", "search.html", func(p place) any { return r.searchPage(p) })
	r.addPage(notFoundPath, "not-found.html", func(p place) any {
		return PlainPage{Page: r.frame(p, "Page not found", "")}
	})
}

func (r *Renderer) addIncidents() {
	for _, inc := range r.lib.Incidents {
		r.addPage(inc.URL+"index.html", "incident.html", func(p place) any { return r.incident(p, inc) })
	}
}

func (r *Renderer) addFacets() {
	for _, facet := range slices.Concat(pattern.Dimensions, pattern.Fields) {
		r.addPage(facet.Folder()+"/index.html", "facet.html", func(p place) any { return r.facet(p, facet) })
		for _, g := range r.found.Groups(facet) {
			for n := range pageCount(g.All()) {
				r.addPage(pageURL(g, n)+"index.html", "group.html", func(p place) any { return r.group(p, g, n) })
			}
		}
	}
}

// addFiles adds what machines read. Feed and sitemap hold absolute URLs, so that
// there are none without a base URL.
func (r *Renderer) addFiles() {
	r.routes["robots.txt"] = r.robots
	if r.lib.Config.BaseURL == "" {
		return
	}
	r.routes["feed.xml"] = r.feed
	r.routes[openSearchPath] = r.openSearch
}

// addPage adds a page that view and the template of the name make.
func (r *Renderer) addPage(path, name string, view func(place) any) {
	r.routes[path] = r.page(path, name, view)
}

func (r *Renderer) page(path, name string, view func(place) any) route {
	p := r.place(path)
	return func() ([]byte, error) {
		var b bytes.Buffer
		if err := r.theme.pages[name].ExecuteTemplate(&b, "base", view(p)); err != nil {
			return nil, fmt.Errorf("templates/%s: %w", name, err)
		}
		return b.Bytes(), nil
	}
}

// place is where on the site a page stands.
type place struct {
	r    *Renderer
	url  string // of the page, relative to the site's root: "causes/overload/"
	root string // what takes a URL relative to the site's root to one for this page
}

const notFoundPath = "404.html"

func (r *Renderer) place(path string) place {
	if path == notFoundPath {
		return place{r, path, r.basePath()}
	}
	root := "./"
	if depth := strings.Count(path, "/"); depth > 0 {
		root = strings.Repeat("../", depth)
	}
	return place{r, strings.TrimSuffix(path, "index.html"), root}
}

// to returns the URL that leads from the page to url, relative to the site's root.
func (p place) to(url string) string { return p.root + url }
