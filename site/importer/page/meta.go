package page

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// metaOf reads what a page says of itself. The first source that says something
// counts: its own markup for machines, then what a browser adds when it saves a page.
func metaOf(doc *html.Node, src string) Page {
	tags := metaTags(doc)
	ld := linkedData(doc)
	return Page{
		Title:     firstOf(tags["og:title"], ld.Headline, tags["twitter:title"]),
		Author:    firstOf(tags["author"], ld.Author.name(), tags["dc.creator"], bylineOf(doc)),
		Publisher: firstOf(tags["og:site_name"], ld.Publisher.name(), tags["application-name"]),
		URL:       firstURL(canonical(doc), tags["og:url"], ld.URL, savedFrom(src)),
		Published: firstDay(tags["article:published_time"], ld.DatePublished, tags["datepublished"], tags["date"], tags["dc.date"], tags["pubdate"], tags["publish-date"], timeOf(doc)),
	}
}

// metaTags are the contents of the meta elements by name, in lower case.
func metaTags(doc *html.Node) map[string]string {
	tags := map[string]string{}
	for _, n := range all(doc, named("meta")) {
		for _, key := range []string{"property", "name", "itemprop"} {
			if name := strings.ToLower(attr(n, key)); name != "" && tags[name] == "" {
				tags[name] = oneLine(attr(n, "content"))
			}
		}
	}
	if strings.Contains(tags["author"], "://") {
		delete(tags, "author")
	}
	return tags
}

// linked is what of JSON-LD is read.
type linked struct {
	Headline, URL, DatePublished string
	Author, Publisher            people
	Graph                        []linked `json:"@graph"`
}

// people is a name, a thing with a name, or a list of either.
type people []struct{ Name string }

func (p *people) UnmarshalJSON(data []byte) error {
	var name string
	if json.Unmarshal(data, &name) == nil {
		*p = people{{name}}
		return nil
	}
	if list := []struct{ Name string }{}; json.Unmarshal(data, &list) == nil {
		*p = list
		return nil
	}
	one := struct{ Name string }{}
	_ = json.Unmarshal(data, &one) // of another shape: it names nobody
	*p = people{one}
	return nil
}

func (p people) name() string {
	var names []string
	for _, one := range p {
		if name := oneLine(one.Name); name != "" && !strings.Contains(name, "://") {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// linkedData reads the first piece of JSON-LD that tells when a text was published.
func linkedData(doc *html.Node) linked {
	for _, n := range all(doc, func(n *html.Node) bool { return n.Data == "script" && attr(n, "type") == "application/ld+json" }) {
		if n.FirstChild == nil {
			continue
		}
		var list []linked
		var one linked
		// Fields of another shape than usual stay empty, the others count.
		_ = json.Unmarshal([]byte(n.FirstChild.Data), &one)
		_ = json.Unmarshal([]byte(n.FirstChild.Data), &list)
		for _, ld := range append(append([]linked{one}, one.Graph...), list...) {
			if ld.DatePublished != "" {
				return ld
			}
		}
	}
	return linked{}
}

func canonical(doc *html.Node) string {
	n := first(doc, func(n *html.Node) bool { return n.Data == "link" && strings.EqualFold(attr(n, "rel"), "canonical") })
	if n == nil {
		return ""
	}
	return attr(n, "href")
}

// savedForm matches the note that browsers and SingleFile leave in a page they save.
var savedForm = regexp.MustCompile(`(?is)<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(\S+)`)

func savedFrom(src string) string {
	if m := savedForm.FindStringSubmatch(src[:min(len(src), 4096)]); m != nil {
		return m[1]
	}
	return ""
}

// publishedNames are the classes of the element that says when a post was published.
var publishedNames = elements("published dt-published entry-date post-date date-published post-meta-date article-date pubdate")

func timeOf(doc *html.Node) string {
	n := first(doc, func(n *html.Node) bool {
		return has(n, "datetime") && (has(n, "pubdate") || attr(n, "itemprop") == "datePublished" ||
			slices.ContainsFunc(names(n), func(name string) bool { return publishedNames[name] }))
	})
	if n == nil {
		return ""
	}
	return attr(n, "datetime")
}

// bylineOf is the name that a page marks as its author's.
func bylineOf(doc *html.Node) string {
	n := first(doc, func(n *html.Node) bool {
		return attr(n, "rel") == "author" || attr(n, "itemprop") == "author" || slices.Contains(names(n), "author") && n.Data == "span"
	})
	if n == nil {
		return ""
	}
	return textOf(n)
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v = oneLine(v); v != "" {
			return v
		}
	}
	return ""
}

// firstURL is the first whole address on the web.
func firstURL(values ...string) string {
	for _, v := range values {
		if u, err := url.Parse(strings.TrimSpace(v)); err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" {
			u.User, u.Fragment, u.RawFragment = nil, "", ""
			return u.String()
		}
	}
	return ""
}

// firstDay is the day of the first value that begins with one that exists.
func firstDay(values ...string) string {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if t, err := time.Parse(time.DateOnly, v[:min(len(v), len(time.DateOnly))]); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// titleOf is the title of a page. It is sure when a heading says it too: what a page
// calls itself for machines often holds the site's name.
func titleOf(doc *html.Node, p Page) (title string, sure bool) {
	site := firstOf(p.Publisher, spaceOf(doc))
	head := ""
	if n := first(doc, named("title")); n != nil {
		head = textOf(n)
	}
	said := p.Title + "\n" + head
	for _, n := range all(doc, named("h1")) {
		if h := textOf(n); len(h) > len(title) && strings.Contains(said, h) && !strings.EqualFold(h, site) {
			title = h
		}
	}
	if title != "" {
		return withoutSite(title, site), true
	}
	if h := all(doc, named("h1")); p.Title == "" && len(h) == 1 && !isBlank(h[0]) {
		return textOf(h[0]), false
	}
	return withoutSite(firstOf(p.Title, head), site), false
}

// takeTitle takes the title out of the report, where it is said to begin with it.
func (p *Page) takeTitle(report *html.Node, sure bool) {
	if n := titleHeading(report); n != nil && !sure {
		p.Title = textOf(n)
	}
	if again := first(report, func(n *html.Node) bool { return (isHeading(n) || isTitle(n)) && !isBlank(n) }); again != nil && p.Title != "" && textOf(again) == p.Title {
		detach(again)
	}
}

// spaceOf is the name of the part of a wiki that a page was exported from, which the
// export puts before its title.
func spaceOf(doc *html.Node) string {
	if crumbs := first(doc, func(n *html.Node) bool { return attr(n, "id") == "breadcrumbs" }); crumbs != nil {
		if a := first(crumbs, named("a")); a != nil {
			return textOf(a)
		}
	}
	return ""
}

// titleHeading is the heading that names a report: its only one of the first level.
// Word processors mark it by a class.
func titleHeading(root *html.Node) *html.Node {
	if n := first(root, isTitle); n != nil && leads(root, n) {
		return n
	}
	if found := all(root, func(n *html.Node) bool { return n.Data == "h1" && !isBlank(n) }); len(found) == 1 {
		return found[0]
	}
	return nil
}

func isTitle(n *html.Node) bool {
	return n.Data == "p" && slices.Contains(names(n), "title") && !isBlank(n)
}

// leads reports whether no paragraph of text stands before n.
func leads(root, n *html.Node) bool {
	for d := range root.Descendants() {
		switch {
		case d == n:
			return true
		case d.Type == html.ElementNode && (d.Data == "p" || d.Data == "li" || d.Data == "td" || headingLevel(d) > 1) && !isBlank(d):
			return false
		}
	}
	return true
}

// withoutSite cuts the name of the site off a title.
func withoutSite(title, site string) string {
	for _, bar := range []string{" | ", " – ", " — ", " - ", " · ", " « ", " : "} {
		if at := strings.LastIndex(title, bar); at > 0 && (strings.EqualFold(title[at+len(bar):], site) || bar == " | ") {
			return strings.TrimSpace(title[:at])
		}
		if at := strings.Index(title, bar); at > 0 && strings.EqualFold(title[:at], site) {
			return strings.TrimSpace(title[at+len(bar):])
		}
	}
	return title
}
