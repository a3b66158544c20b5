package index

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
)

// Filter is a condition beside the query: the incident has the value in the facet of that
// name. A value counts as it is written, as people call it or, of a term, by an id that it
// had before, case and diacritics aside.
type Filter struct{ Field, Value string }

// Facet is what the answers are, counted: its values with how many answers have each,
// under the query and the filters of all other facets.
type Facet struct {
	Name   string       `json:"name"`
	Label  string       `json:"label"`
	Values []FacetValue `json:"values"` // those that answers have, and the chosen ones
	More   int          `json:"more"`   // values of the library too rare to be counted
}

// FacetValue is one value of a facet. Chosen says that a filter asks for it.
type FacetValue struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Count  int    `json:"count"`
	Chosen bool   `json:"chosen"`
}

// mostCounted is how many values of a facet are counted, those that most incidents have.
// The others can be filtered by.
const mostCounted = 250

// term is a value of a facet: as a filter names it, and as people do.
type term struct{ value, label string }

// facetField is a field by which answers are counted and filtered. In order are its
// values, or nil where they are listed by count; former are the names that one had before.
type facetField struct {
	name, label string
	of          func(*Index, int) []term
	inOrder     func(a, b term, s scale) int
	former      func(v *incident.Vocabulary, value string) []string
}

// facetFields holds every facet.
var facetFields = [...]facetField{
	{incident.Trigger.Field(), incident.Trigger.Label(), termsOf(incident.Trigger), nil, formerIDs(incident.Trigger)},
	{incident.Cause.Field(), incident.Cause.Label(), termsOf(incident.Cause), nil, formerIDs(incident.Cause)},
	{incident.Factor.Field(), incident.Factor.Label(), termsOf(incident.Factor), nil, formerIDs(incident.Factor)},
	{"service", "Service", namesOf(func(s *source) []string { return s.Services }), nil, nil},
	{"tech", "Technology", namesOf(func(s *source) []string { return s.Technologies }), nil, nil},
	{"org", "Organization", namesOf(func(s *source) []string { return []string{deref(s.Organization)} }), nil, nil},
	{"severity", "Severity", namesOf(func(s *source) []string { return []string{deref(s.Severity)} }), bySeverity, nil},
	{"year", "Year", (*Index).year, func(a, b term, _ scale) int { return strings.Compare(b.value, a.value) }, nil},
	{"by", "Who tagged it", (*Index).taggers, nil, nil},
	{"lasted", "How long it lasted", (*Index).band, byBand, nil},
}

// FacetNames lists the facets there are. The names are those by which a query asks for the
// same, as far as there is one.
func FacetNames() []string {
	var names []string
	for _, f := range facetFields {
		names = append(names, f.name)
	}
	return names
}

// facetAt is the place of a facet in facetFields.
func facetAt(name string) (int, error) {
	at := slices.IndexFunc(facetFields[:], func(f facetField) bool { return f.name == name })
	if at < 0 {
		return 0, fmt.Errorf("no facet %q", name)
	}
	return at, nil
}

// termsOf returns the incident's terms of a dimension, whoever says so.
func termsOf(d incident.Dimension) func(*Index, int) []term {
	return func(x *Index, n int) []term {
		var list []term
		for _, tag := range x.sources[n].Terms[d] {
			t := term{clean(tag.ID), clean(tag.ID)}
			if known, ok := lookup(x.sources[n].vocabulary, d, tag.ID); ok {
				t.label = clean(known.Label)
			}
			list = append(list, t)
		}
		return list
	}
}

// formerIDs returns the ids that a term of a dimension had before.
func formerIDs(d incident.Dimension) func(*incident.Vocabulary, string) []string {
	return func(v *incident.Vocabulary, id string) []string {
		term, _ := lookup(v, d, id)
		return term.Formerly
	}
}

// namesOf returns names, which say themselves what they are called.
func namesOf(of func(*source) []string) func(*Index, int) []term {
	return func(x *Index, n int) []term {
		var list []term
		for _, name := range of(x.sources[n]) {
			list = append(list, term{clean(name), clean(name)})
		}
		return list
	}
}

// year is the one in which the incident was for certain.
func (x *Index) year(n int) []term {
	days := x.columns[columnAt("date")][n]
	if !days.known() {
		return nil
	}
	first, last := writeDay(days.low, nil)[:4], writeDay(days.high, nil)[:4]
	if first != last {
		return nil
	}
	return []term{{first, first}}
}

// taggerLabels say who stands behind terms.
var taggerLabels = map[string]string{
	string(incident.Author): "Its authors", string(incident.Accepted): "Accepted suggestions",
	string(incident.Suggested): "Suggested by the text", untagged: "Nobody",
}

func (x *Index) taggers(n int) []term {
	var list []term
	for _, by := range x.sources[n].provenances() {
		list = append(list, term{by, taggerLabels[by]})
	}
	return list
}

// band is a run of durations, from its least up to that of the next.
type band struct {
	term
	least int // seconds
}

var bands = [...]band{
	{term{"m15", "under 15 min"}, 0},
	{term{"h1", "15 min to 1 h"}, 15 * 60},
	{term{"h4", "1 to 4 h"}, 3600},
	{term{"d1", "4 to 24 h"}, 4 * 3600},
	{term{"more", "a day or more"}, 24 * 3600},
}

// band is that in which the incident's duration lies for certain.
func (x *Index) band(n int) []term {
	lasted := x.columns[columnAt("duration")][n]
	for i, b := range slices.Backward(bands[:]) {
		if lasted.known() && lasted.low >= b.least {
			if i+1 < len(bands) && lasted.high >= bands[i+1].least {
				return nil
			}
			return []term{b.term}
		}
	}
	return nil
}

func byBand(a, b term, _ scale) int {
	place := func(t term) int { return slices.IndexFunc(bands[:], func(b band) bool { return b.term == t }) }
	return cmp.Compare(place(a), place(b))
}

// bySeverity puts what the scale does not have behind all that it has.
func bySeverity(a, b term, s scale) int {
	rankA, knownA := s[fold(a.value)]
	rankB, knownB := s[fold(b.value)]
	if knownA != knownB {
		return map[bool]int{true: -1, false: 1}[knownA]
	}
	return cmp.Compare(rankA, rankB)
}
