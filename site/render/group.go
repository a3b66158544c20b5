package render

import (
	"fmt"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// GroupPage shows the incidents that share a term or a name.
type GroupPage struct {
	Page
	Facet      Link // the page above
	Kind       string
	Class      string
	Label      string
	Definition string // "" for a name
	Advice     string // what to use instead of a deprecated term
	Sentence   string // on the first page alone, as are Studies
	Studies    []GroupStudy
	Choices    []Choice // where some of the incidents have the term from people, others from their text
	Rows       []Row
	Range      string // "201 to 400 of 5,000", "" when all are shown
	Pages      []Link
}

func (r *Renderer) group(p place, g *pattern.Group, n int) GroupPage {
	title := groupLabel(g)
	page := GroupPage{
		Page:  r.study(p, pageTitle(g, title, n), g.Definition),
		Facet: r.facetLink(p, g.Facet), Kind: g.Facet.Label(), Class: g.Facet.String(),
		Label: title, Definition: g.Definition,
	}
	if d, ok := g.Facet.Dimension(); ok {
		t, _ := r.lib.Vocabulary.Lookup(d, g.ID)
		page.Advice = t.Deprecated
	}
	if n == 0 {
		page.Sentence, page.Studies = r.groupSentence(g), r.groupStudies(p, g)
	}
	if g.N() > 0 && len(g.Suggested) > 0 {
		page.Choices = r.choices()
	}
	members, total := r.found.Members(g), pageCount(g.All())
	if total == 1 {
		page.Rows = p.members(g, members)
		return page
	}
	first, end := n*pageSize, min((n+1)*pageSize, len(members))
	page.Rows = p.members(g, members[first:end])
	page.Range = fmt.Sprintf("%s to %s of %s", phrase.Number(first+1), phrase.Number(end), phrase.Number(len(members)))
	for i := range total {
		page.Pages = append(page.Pages, Link{Label: phrase.Number(i + 1), URL: p.to(pageURL(g, i)), Current: i == n})
	}
	return page
}

// members lists incidents of the group with who gave them its term.
func (p place) members(g *pattern.Group, incidents []*incident.Incident) []Row {
	rows := p.rows(incidents)
	for i, inc := range incidents {
		if by := g.By(inc); by != incident.Author {
			rows[i].By = string(by)
		}
	}
	return rows
}

// groupLabel is the name of the group for people.
func groupLabel(g *pattern.Group) string {
	if g.Facet == pattern.Year && g.ID == pattern.Undated {
		return "Date not known"
	}
	return g.Label
}

// pageTitle tells pages of one group apart in a browser's tabs and in search
// results.
func pageTitle(g *pattern.Group, title string, n int) string {
	title += " · " + g.Facet.Label()
	if n > 0 {
		title += fmt.Sprintf(" · page %d", n+1)
	}
	return title
}

// groupSentence opens a group's page: how many, when, who noticed, how long.
func (r *Renderer) groupSentence(g *pattern.Group) string {
	all := phrase.Count(len(r.lib.Incidents), "incident")
	if g.All() == 0 {
		return "Not seen yet in " + all + "."
	}
	s := fmt.Sprintf("%s of %s", phrase.Number(g.All()), all)
	switch {
	case g.N() == 0:
		s = "Suggested by the text of " + s
	case g.Facet <= pattern.Technology:
		s = "Seen in " + s
	}
	if years := yearsOf(r.found.Members(g)); years != "" && g.Facet != pattern.Year {
		s += ", " + years
	}
	s += saidBy(g)
	if !studied(g) {
		s += r.told(g.Telling())
	}
	return s
}

// saidBy says who gave a term to the incidents of its group, and ends the sentence.
func saidBy(g *pattern.Group) string {
	by := g.Provenance()
	switch {
	case g.N() == 0:
		return "; nobody has confirmed it."
	case by.Accepted+by.Suggested == 0:
		return "."
	}
	s := fmt.Sprintf("; %s tagged by their authors", phrase.Number(by.Author))
	if by.Accepted > 0 {
		s += fmt.Sprintf(", %s accepted in bulk", phrase.Number(by.Accepted))
	}
	if by.Suggested > 0 {
		s += fmt.Sprintf(", %s suggested from the text alone", phrase.Number(by.Suggested))
	}
	return s + "."
}

// told says of incidents who noticed and how long they lasted.
func (r *Renderer) told(incidents []*incident.Incident) string {
	var s string
	if noticed := pattern.NoticedByCustomers(incidents); noticed.N > 0 {
		s += fmt.Sprintf(" Customers noticed %s of the %s that say how they came to light.", phrase.Number(noticed.N), phrase.Number(noticed.Of))
	}
	if lasted := pattern.Durations(incidents, pattern.Whole); lasted.N > 0 {
		s += fmt.Sprintf(" Median %s to resolve, %s.", unbroken(lasted.Median), sample(lasted.N))
	}
	return s
}

// workedSentence says in how many incidents a mitigation helped.
func workedSentence(g *pattern.Group) string {
	worked := g.Worked()
	if worked.Of == 0 {
		return ""
	}
	return fmt.Sprintf(" It helped in %s of the %s that say whether it did.", phrase.Number(worked.N), phrase.Number(worked.Of))
}
