package pattern

import (
	"strconv"

	"faultline/site/incident"
)

// Facet is one way to group incidents: a dimension of the vocabulary, or a field.
type Facet uint8

// The facets. Those of the dimensions come first and in the dimensions' order.
const (
	Trigger Facet = iota
	Cause
	Factor
	Detection
	Mitigation
	Impact
	Service
	Technology
	Team
	Organization
	Severity
	Year
	facetCount
)

// Dimensions and Fields list the facets of either sort, in the order of pages.
var (
	Dimensions = []Facet{Trigger, Cause, Factor, Detection, Mitigation, Impact}
	Fields     = []Facet{Service, Technology, Team, Organization, Severity, Year}
)

var fieldNames = [facetCount]struct{ folder, label, plural, class string }{
	Service:      {"services", "Service", "Services", "service"},
	Technology:   {"technologies", "Technology", "Technologies", "tech"},
	Team:         {"teams", "Team", "Teams", "team"},
	Organization: {"organizations", "Organization", "Organizations", "org"},
	Severity:     {"severities", "Severity", "Severities", "severity"},
	Year:         {"years", "Year", "Years", "year"},
}

// Dimension returns the dimension that the facet groups by; false for a field.
func (f Facet) Dimension() (incident.Dimension, bool) {
	return incident.Dimension(f), f <= Impact
}

// Folder is the first part of the URLs of the facet's pages: "causes".
func (f Facet) Folder() string {
	if d, ok := f.Dimension(); ok {
		return d.Folder()
	}
	return fieldNames[f].folder
}

// Label is the facet's name for people, in the singular.
func (f Facet) Label() string {
	if d, ok := f.Dimension(); ok {
		return d.Label()
	}
	return fieldNames[f].label
}

// Plural is the facet's name for people, in the plural.
func (f Facet) Plural() string {
	if d, ok := f.Dimension(); ok {
		return d.Plural()
	}
	return fieldNames[f].plural
}

// String is the facet's query field, which is also its class in the theme.
func (f Facet) String() string {
	if d, ok := f.Dimension(); ok {
		return d.Field()
	}
	return fieldNames[f].class
}

// Undated is the id of the group of incidents whose year is not known.
const Undated = "undated"

// values returns what the incident has in the facet: ids of terms, or names as
// written. Suggested tags do not count.
func values(inc *incident.Incident, f Facet) []string {
	if d, ok := f.Dimension(); ok {
		return inc.Given(d)
	}
	switch f {
	case Service:
		return inc.Services
	case Technology:
		return inc.Technologies
	case Team:
		return inc.Teams
	case Organization:
		return optional(inc.Organization)
	case Severity:
		return optional(inc.Severity)
	default:
		return []string{year(inc)}
	}
}

func optional(s *string) []string {
	if s == nil {
		return nil
	}
	return []string{*s}
}

func year(inc *incident.Incident) string {
	if !inc.Date.Known() {
		return Undated
	}
	return strconv.Itoa(inc.Date.From.Year())
}
