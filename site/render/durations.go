package render

import (
	"cmp"
	"fmt"
	"slices"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/pattern/stat"
	"faultline/site/phrase"
)

const durationsURL = patternsFolder + "durations/"

// mostGroups is how many groups of one facet are compared with the other incidents.
const mostGroups = 25

// DurationsPage shows how long incidents took, and where it differs.
type DurationsPage struct {
	Page
	Sentence string
	Phases   []PhaseOf
	Years    []Difference // each beside the one before it
	Few      []Difference // years of which one of the two has too few incidents to compare
	Facets   []Differences
	Fewest   int // incidents that a comparison takes
}

// PhaseOf is a part of the time that incidents took.
type PhaseOf struct {
	Label    string
	Sentence string
	Chart    ECDF
}

// Differences compares the groups of a facet with all other incidents.
type Differences struct {
	Label  string
	Groups []Difference
	Fewer  int // groups with too few incidents to compare
}

// Difference is a group beside others.
type Difference struct {
	Spread
	Says    string
	Changed bool
}

func (r *Renderer) addDurations(late map[string]route) {
	r.addLatePage(late, durationsURL+"index.html", "durations.html", func(p place) any { return r.durations(p) })
}

func (r *Renderer) durations(p place) DurationsPage {
	page := DurationsPage{Page: r.study(p, "How long it took", ""), Sentence: r.durationsSentence(), Fewest: stat.Fewest}
	all := r.found.Incidents()
	for _, phase := range pattern.Phases {
		d := pattern.Durations(all, phase)
		v := PhaseOf{Label: phase.Label(), Sentence: phaseSentence(d)}
		if d.N > 1 {
			v.Chart = ecdf("fl:"+phase.String(), phase.Label(), lengths{"All incidents", "", d})
		}
		page.Phases = append(page.Phases, v)
	}
	page.Years, page.Few = r.yearsCompared(p)
	for _, f := range []pattern.Facet{pattern.Severity, pattern.Cause, pattern.Detection, pattern.Service, pattern.Organization} {
		if d := r.differences(p, f); len(d.Groups) > 0 {
			page.Facets = append(page.Facets, d)
		}
	}
	return page
}

func (r *Renderer) durationsSentence() string {
	all := r.found.Incidents()
	if s := lastedSentence(all, "Half of the incidents that say how long they lasted"); s != "" {
		return s
	}
	return "Of " + phrase.Count(len(all), "incident") + " fewer than two say how long they lasted."
}

// phaseSentence says how long a phase took: "14 min in the median; half of them …".
func phaseSentence(d pattern.Distribution) string {
	if d.N == 0 {
		return "None of " + phrase.Count(d.Of, "incident") + " tells it."
	}
	s := fmt.Sprintf("Median %s", unbroken(d.Median))
	if d.N > 1 {
		s += fmt.Sprintf("; half of them between %s and %s, a tenth above %s", unbroken(d.Lower), unbroken(d.Upper), unbroken(d.P90))
	}
	s += fmt.Sprintf(". %s of %s tell it", phrase.Number(d.N), phrase.Count(d.Of, "incident"))
	if why := lacks(d); why != "" {
		s += "; " + why
	}
	return s + "."
}

// yearsCompared compares each year with the one before it, the newest first. few are
// those that cannot be compared.
func (r *Renderer) yearsCompared(p place) (years, few []Difference) {
	groups := r.found.Groups(pattern.Year)
	for i, g := range groups {
		if g.ID == pattern.Undated {
			continue
		}
		var before []*incident.Incident
		if i+1 < len(groups) && groups[i+1].ID != pattern.Undated {
			before = groups[i+1].Incidents
		}
		c := pattern.Compare(before, g.Incidents, pattern.Whole)
		if c.Enough {
			years = append(years, p.difference(g, c))
		} else {
			few = append(few, p.difference(g, c))
		}
	}
	return years, few
}

// differences compares the groups of the facet that have enough incidents with all others,
// those with most first.
func (r *Renderer) differences(p place, f pattern.Facet) Differences {
	tally := r.found.Tally(r.countings.usual)
	d := Differences{Label: f.Plural()}
	groups := slices.Clone(r.found.Groups(f))
	if f != pattern.Severity {
		slices.SortStableFunc(groups, func(a, b *pattern.Group) int { return cmp.Compare(tally.Count(b), tally.Count(a)) })
	}
	for _, g := range groups {
		in := tally.Incidents(g)
		if len(in) == 0 {
			continue
		}
		if pattern.Durations(in, pattern.Whole).N < stat.Fewest || len(d.Groups) == mostGroups {
			d.Fewer++
			continue
		}
		d.Groups = append(d.Groups, p.difference(g, r.found.Beside(in, pattern.Whole)))
	}
	return d
}

// difference is how long a group's incidents took beside others.
func (p place) difference(g *pattern.Group, c pattern.Comparison) Difference {
	return Difference{spread(lengths{groupLabel(g), p.to(g.URL()), c.B}), phrase.Capital(c.Words()), c.Change != 0}
}
