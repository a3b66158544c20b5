package render

import (
	"fmt"

	"faultline/site/pattern"
)

const (
	pageSize = 200 // incidents on one page of a group
	fullList = 300 // incidents up to which the list shows them all
)

// ListPage lists the incidents by year. A large library's list shows the newest;
// the pages of the years hold them all.
type ListPage struct {
	Page
	Sentence string
	Years    []YearOfRows
	Rest     []Link // all years, when the list does not show everything
	Shown    int    // number of incidents shown
	All      bool
}

// YearOfRows is the incidents of one year.
type YearOfRows struct {
	ID string
	Link
	Rows []Row
}

func (r *Renderer) list(p place) ListPage {
	all := r.found.Incidents()
	page := ListPage{Page: r.frame(p, "Incidents", r.librarySentence()), Sentence: r.librarySentence()}
	page.Shown, page.All = len(all), len(all) <= fullList
	if !page.All {
		page.Shown = pageSize
	}
	left := page.Shown
	for _, g := range r.found.Groups(pattern.Year) {
		link := Link{Label: groupLabel(g), URL: p.to(g.URL()), Class: "year", N: g.N()}
		if !page.All {
			page.Rest = append(page.Rest, link)
		}
		if n := min(left, g.N()); n > 0 {
			page.Years = append(page.Years, YearOfRows{g.ID, link, p.rows(g.Incidents[:n])})
			left -= n
		}
	}
	return page
}

// pageCount is the number of pages that a group of n incidents fills, at least one.
func pageCount(n int) int {
	if n <= fullList {
		return 1
	}
	return (n + pageSize - 1) / pageSize
}

// pageURL is the address of the group's page n, counted from 0.
func pageURL(g *pattern.Group, n int) string {
	if n == 0 {
		return g.URL()
	}
	return fmt.Sprintf("%s%d/", g.URL(), n+1)
}
