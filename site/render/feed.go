package render

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
)

const (
	feedLength    = 50     // entries of the feed
	sitemapLength = 50_000 // addresses that the protocol allows in one sitemap
)

// atom is a feed of RFC 4287.
type atom struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string      `xml:"title"`
	ID      string      `xml:"id"`
	Updated string      `xml:"updated"`
	Author  *person     `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type person struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	Title   string   `xml:"title"`
	ID      string   `xml:"id"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Author  *person  `xml:"author"` // nil for the feed's
	Summary string   `xml:"summary,omitempty"`
}

// feed lists the newest incidents that have a date. An entry is updated on the day
// of its incident: the library knows no other, and a build must not ask the clock.
func (r *Renderer) feed() ([]byte, error) {
	base := r.lib.Config.BaseURL
	f := atom{
		Title: r.name(), ID: base, Updated: stamp(r.lib.AsOf), Author: &person{r.name()},
		Links: []atomLink{
			{"self", "application/atom+xml", base + "feed.xml"},
			{"alternate", "text/html", base},
		},
	}
	for _, inc := range r.found.Incidents() {
		if !inc.Date.Known() || len(f.Entries) == feedLength {
			break
		}
		page := base + escapePath(inc.URL)
		f.Entries = append(f.Entries, atomEntry{
			Title: inc.Title, ID: page, Updated: stamp(inc.Date), Link: atomLink{"alternate", "text/html", page},
			Author: author(inc), Summary: inc.Lead(),
		})
	}
	if len(f.Entries) > 0 {
		f.Updated = f.Entries[0].Updated
	}
	return document(f)
}

func author(inc *incident.Incident) *person {
	if text(inc.Organization) == "" {
		return nil
	}
	return &person{*inc.Organization}
}

// stamp writes a time as RFC 3339 wants it; an unknown one is the epoch.
func stamp(t incident.Time) string {
	if !t.Known() {
		return time.Unix(0, 0).UTC().Format(time.RFC3339)
	}
	return t.From.Format(time.RFC3339)
}

func document(v any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	encoder := xml.NewEncoder(&b)
	encoder.Indent("", " ")
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

type sitemap struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []address `xml:"url"`
}

type sitemapIndex struct {
	XMLName  xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Sitemaps []address `xml:"sitemap"`
}

type address struct {
	Location string `xml:"loc"`
}

// addSitemaps lists every page that is not a redirect, those of late among them, to which
// it adds.
func (r *Renderer) addSitemaps(late map[string]route) {
	var pages []address
	for _, paths := range []map[string]route{r.routes, late} {
		for path := range paths {
			if folder, ok := strings.CutSuffix(path, "index.html"); ok && !r.redirects[path] {
				pages = append(pages, address{r.lib.Config.BaseURL + escapePath(folder)})
			}
		}
	}
	slices.SortFunc(pages, func(a, b address) int { return strings.Compare(a.Location, b.Location) })
	r.splitSitemap(late, pages, sitemapLength)
}

// splitSitemap adds sitemaps of at most limit pages; an index names them when there is
// more than one.
func (r *Renderer) splitSitemap(routes map[string]route, pages []address, limit int) {
	if len(pages) <= limit {
		routes["sitemap.xml"] = func() ([]byte, error) { return document(sitemap{URLs: pages}) }
		return
	}
	var index sitemapIndex
	for part := range slices.Chunk(pages, limit) {
		name := fmt.Sprintf("sitemap-%d.xml", len(index.Sitemaps)+1)
		index.Sitemaps = append(index.Sitemaps, address{r.lib.Config.BaseURL + name})
		routes[name] = func() ([]byte, error) { return document(sitemap{URLs: part}) }
	}
	routes["sitemap.xml"] = func() ([]byte, error) { return document(index) }
}

func (r *Renderer) robots() ([]byte, error) {
	s := "User-agent: *\nAllow: /\n"
	if base := r.lib.Config.BaseURL; base != "" {
		s += "\nSitemap: " + base + "sitemap.xml\n"
	}
	return []byte(s), nil
}

// escapePath makes a path with letters of any script fit for an absolute URL.
func escapePath(path string) string { return (&url.URL{Path: path}).EscapedPath() }
