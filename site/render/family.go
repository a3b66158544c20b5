package render

import (
	"fmt"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

const familiesURL = patternsFolder + "repeats/"

// mostFamilies is how many families one page shows.
const mostFamilies = 50

// mostMembers is how many incidents of a family it shows, the oldest.
const mostMembers = 60

// FamiliesPage shows the incidents that look like the same one again.
type FamiliesPage struct {
	Page
	Sentence string
	Families []Family
	Apart    []Apart // on the first page alone
	Pages    []Link
}

// Apart is two incidents of which an author says that they are not the same.
type Apart struct {
	Row, Other Row
	Because    string
}

// Family is incidents that look like the same one again, oldest first.
type Family struct {
	ID      string
	Heading string // what all have in common, or the oldest one's title
	Says    string // how many, over how long
	Members []Member
	More    int // that are not shown
}

// Member is an incident of a family. Why it belongs to an earlier one is empty for the
// first.
type Member struct {
	Row    Row
	After  string // "8 days later"
	Why    []Why
	Common // with the earlier one
}

// Why is a sentence on how an incident is tied to an earlier one.
type Why struct {
	Says string
	To   Row
}

func (r *Renderer) addFamilies(late map[string]route) {
	families := r.found.Families()
	for n := range max(1, (len(families)+mostFamilies-1)/mostFamilies) {
		r.addLatePage(late, numbered(familiesURL, n)+"index.html", "families.html", func(p place) any { return r.families(p, n) })
	}
}

func (r *Renderer) families(p place, n int) FamiliesPage {
	all := r.found.Families()
	page := FamiliesPage{Page: r.study(p, "The same again", ""), Sentence: r.familiesSentence(all), Pages: p.pages(familiesURL, n, len(all), mostFamilies)}
	if n == 0 {
		page.Apart = r.keptApart(p)
	}
	for _, f := range all[n*mostFamilies : min(len(all), (n+1)*mostFamilies)] {
		page.Families = append(page.Families, p.family(f))
	}
	return page
}

func (r *Renderer) keptApart(p place) []Apart {
	var list []Apart
	for _, inc := range r.found.Incidents() {
		for _, d := range inc.Related.NotSameAs {
			if other := r.found.Incident(d.ID); other != nil && other != inc && len(list) < mostFamilies {
				list = append(list, Apart{p.row(inc), p.row(other), d.Because})
			}
		}
	}
	return list
}

func (r *Renderer) familiesSentence(all []*pattern.Family) string {
	if len(all) == 0 {
		return "No two of " + phrase.Count(len(r.lib.Incidents), "incident") + " look like the same one again."
	}
	n := 0
	for _, f := range all {
		n += len(f.Incidents)
	}
	return fmt.Sprintf("%s look like one that came before, or like one that came after it, in %s.", share(n, len(r.lib.Incidents)), phrase.Agree(len(all), "family", "families"))
}

func (p place) family(f *pattern.Family) Family {
	first, last := f.Incidents[0], f.Incidents[len(f.Incidents)-1]
	v := Family{ID: f.ID(), Heading: first.Title, Says: phrase.Count(len(f.Incidents), "incident")}
	if years := yearsOf([]*incident.Incident{last, first}); years != "" {
		v.Says += ", " + years
	}
	v.More = beyond(len(f.Incidents), mostMembers)
	for _, inc := range f.Incidents[:len(f.Incidents)-v.More] {
		m := Member{Row: p.row(inc)}
		for _, t := range f.Ties {
			if t.Incident == inc {
				p.bind(&m, t)
			}
		}
		v.Members = append(v.Members, m)
	}
	return v
}

// bind tells of a tie to an earlier incident.
func (p place) bind(m *Member, t pattern.Tie) {
	m.Why = append(m.Why, Why{tieSays[t.Kind], p.row(t.Earlier)})
	if m.Clauses == nil {
		m.Common = p.common(t.Common)
	}
	if t.Dated && m.After == "" {
		m.After = daysLater(t.Days)
	}
}

var tieSays = map[pattern.TieKind]string{
	pattern.Declared: "is said by its report to repeat",
	pattern.Alike:    "looks like",
	pattern.Twice:    "is told in nearly the same words as, and may be the same incident as",
}

func daysLater(days int) string {
	switch {
	case days == 0:
		return "the same day"
	case days == 1:
		return "a day later"
	case days < 60:
		return fmt.Sprintf("%d days later", days)
	case days < 730:
		return fmt.Sprintf("%d months later", (days+15)/30)
	default:
		return fmt.Sprintf("%d years later", (days+182)/365)
	}
}
