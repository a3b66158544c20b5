package record

import (
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/yaml"
)

// related reads the incident's relations to others.
func (r *reader) related(n *yaml.Node) {
	if !r.mapping(n, "repeat_of", "caused_by", "see_also", "not_same_as") {
		return
	}
	related := &r.incident.Related
	for _, list := range []struct {
		key string
		ids *[]string
	}{{"repeat_of", &related.RepeatOf}, {"caused_by", &related.CausedBy}, {"see_also", &related.SeeAlso}} {
		if v := n.Get(list.key); v != nil {
			*list.ids = append(*list.ids, r.names("related."+list.key, v)...)
		}
	}
	if v := n.Get("not_same_as"); v != nil {
		for _, item := range items(v) {
			r.notSameAs(item)
		}
	}
}

// prevented reads the ids of actions.
func (r *reader) prevented(n *yaml.Node) {
	for _, name := range r.names("would_have_prevented", n) {
		if !slices.Contains(r.incident.WouldHavePrevented, name) {
			r.incident.WouldHavePrevented = append(r.incident.WouldHavePrevented, name)
		}
	}
}

// names reads a list of the names of incidents or actions.
func (r *reader) names(field string, n *yaml.Node) []string {
	var names []string
	for _, item := range items(n) {
		if name, ok := r.sentence(item); ok {
			names = append(names, name)
			r.citeName(field, item, name)
		}
	}
	return names
}

// citeName records where an incident or an action is named.
func (r *reader) citeName(field string, n *yaml.Node, name string) {
	r.incident.Citations = append(r.incident.Citations, incident.Citation{Field: field, Name: name, Line: n.Line, Column: n.Column})
}

// notSameAs reads {id, because}, or an id alone.
func (r *reader) notSameAs(n *yaml.Node) {
	var d incident.Different
	if n.Kind != yaml.Mapping {
		d.ID, _ = r.scalar(n)
	} else {
		r.mapping(n, "id", "because")
		if id := r.optional(n.Get("id")); id != nil {
			d.ID = *id
		}
		if because := r.optional(n.Get("because")); because != nil {
			d.Because = *because
		}
	}
	if d.ID != "" {
		r.citeName("related.not_same_as", n, d.ID)
		r.incident.Related.NotSameAs = append(r.incident.Related.NotSameAs, d)
	}
}

// source reads where and when the report was published; a URL alone is legal, and
// may name the day.
func (r *reader) source(n *yaml.Node) {
	source := &r.incident.Source
	if n.Scalar() {
		source.URL = r.link(n)
	} else {
		r.sourceParts(n)
	}
	if !source.Published.Known() && source.URL != nil {
		source.Published = pathDay(*source.URL)
	}
}

func (r *reader) sourceParts(n *yaml.Node) {
	if !r.mapping(n, "url", "publisher", "published", "licence", "license", "archived") {
		return
	}
	licence := n.Get("licence")
	if licence == nil {
		licence = n.Get("license")
	}
	r.incident.Source = incident.Source{
		URL: r.link(n.Get("url")), Publisher: r.optional(n.Get("publisher")),
		Licence: r.optional(licence), Archived: r.link(n.Get("archived")),
	}
	if published := n.Get("published"); published != nil {
		t, _ := r.time(published)
		r.incident.Source.Published = t.Date()
	}
}

// pathDay is the day that a URL or path names, as those of posts do; unknown for none.
func pathDay(s string) incident.Time {
	m := datedPath.FindStringSubmatch(s)
	if m == nil {
		return incident.Time{}
	}
	day, _ := incident.ParseTime(strings.Join(m[1:], "-"), nil) // numbers that are no day say nothing
	return day
}

func (r *reader) imported(n *yaml.Node) {
	if !r.mapping(n, "source", "sha256", "fields") {
		return
	}
	imported := &incident.Imported{Fields: []string{}}
	if s := r.optional(n.Get("source")); s != nil {
		imported.Source = *s
	}
	if s := r.optional(n.Get("sha256")); s != nil {
		imported.SHA256 = *s
	}
	if v := n.Get("fields"); v != nil {
		imported.Fields = append(imported.Fields, r.list(v)...)
	}
	r.incident.Imported = imported
}
