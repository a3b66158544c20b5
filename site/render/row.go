package render

import (
	"html/template"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/pattern"
)

// Row is an incident in a list.
type Row struct {
	Title        string
	Heading      template.HTML // the title, which does not break inside a date
	Language     string        // of the title, "" where it is that of the page
	URL          string
	Date         string // "2017-10-10", "undated"
	Datetime     string // "" when the date is not known
	Organization string
	Severity     string
	Services     string
	Duration     string
	Draft        bool
	Causes       []Tag
	Guessed      bool   // the text alone suggests Causes
	By           string // on a term's page: "suggested", "accepted", "" = tagged by its author
}

// Tag is a term of the vocabulary, or a name, linked to its page.
type Tag struct {
	Label      string
	URL        string
	Class      string // of its dimension
	Definition string
	Note       string // what the incident says of it: "prolonged it", "suspected"
	Suggested  bool   // no person stands behind it
}

// Count is a tag with the number of incidents behind it.
type Count struct {
	Tag
	N, Of int
}

func (p place) rows(incidents []*incident.Incident) []Row {
	rows := make([]Row, len(incidents))
	for i, inc := range incidents {
		rows[i] = p.row(inc)
	}
	return rows
}

// rowKey names what a row depends on.
type rowKey struct {
	incident *incident.Incident
	root     string
}

// row is the row of an incident, which many pages of one depth have in common.
func (p place) row(inc *incident.Incident) Row {
	key := rowKey{inc, p.root}
	if row, ok := p.r.rows.Load(key); ok {
		return row.(Row)
	}
	row := p.newRow(inc)
	p.r.rows.Store(key, row)
	return row
}

func (p place) newRow(inc *incident.Incident) Row {
	causes := p.causes(inc)
	return Row{
		Title: inc.Title, Heading: markdown.Whole(inc.Title), Language: foreign(inc), URL: p.to(inc.URL),
		Date: shortDate(inc.Date), Datetime: machineDate(inc.Date),
		Organization: text(inc.Organization), Severity: text(inc.Severity),
		Services: strings.Join(inc.Services, ", "), Duration: unbroken(inc.Duration),
		Draft: inc.Status == incident.Draft, Causes: causes,
		Guessed: len(causes) > 0 && causes[0].Suggested,
	}
}

// suggestedCauses is how many causes a list names that the text alone suggests.
const suggestedCauses = 2

func (p place) causes(inc *incident.Incident) []Tag {
	if given := p.tags(inc, incident.Cause); len(given) > 0 {
		return given
	}
	suggested := p.linked(inc.SuggestedTags(incident.Cause), incident.Cause)
	return suggested[:min(suggestedCauses, len(suggested))]
}

// foreign is the language of an incident that is not in that of the pages.
func foreign(inc *incident.Incident) string {
	if tag := text(inc.Language); tag != "en" {
		return tag
	}
	return ""
}

// text is an optional text, "" for none.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (p place) tag(g *pattern.Group) Tag {
	return Tag{Label: groupLabel(g), URL: p.to(g.URL()), Class: g.Facet.String(), Definition: g.Definition}
}

// tags returns the terms of the dimension that people gave the incident, in its order.
func (p place) tags(inc *incident.Incident, d incident.Dimension) []Tag {
	return p.linked(inc.GivenTags(d), d)
}

// linked links terms of the dimension to their pages.
func (p place) linked(terms []incident.Tag, d incident.Dimension) []Tag {
	tags := make([]Tag, 0, len(terms))
	for _, t := range terms {
		g, ok := p.r.found.Lookup(pattern.Facet(d), t.ID)
		if !ok {
			continue
		}
		tag := p.tag(g)
		tag.Note, tag.Suggested = remark(t), t.Provenance == incident.Suggested
		tags = append(tags, tag)
	}
	return tags
}

var effects = map[string]string{"enabled": "made it possible", "worsened": "made it worse", "prolonged": "prolonged it"}

// remark says what the incident says of a tag beyond naming it.
func remark(t incident.Tag) string {
	var parts []string
	if effect := effects[text(t.Effect)]; effect != "" {
		parts = append(parts, effect)
	}
	if c := text(t.Confidence); c != "" && c != "known" {
		parts = append(parts, c)
	}
	return strings.Join(parts, ", ")
}

// named returns the incident's names in a field, linked to their pages.
func (p place) named(inc *incident.Incident, f pattern.Facet) []Tag {
	var tags []Tag
	for _, g := range p.r.found.Of(inc, f) {
		tags = append(tags, p.tag(g))
	}
	return tags
}
