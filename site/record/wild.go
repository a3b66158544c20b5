package record

import (
	"strings"

	"faultline/site/yaml"
)

// Front matter written for other tools is understood as it is. Where a file has
// both our key and another tool's, ours counts.

// spellings are other tools' keys for our fields. Where the value may not fit, fits
// decides.
var spellings = map[string]struct {
	key  string
	fits func(*yaml.Node) bool
}{
	"start_time":   {key: "started"}, // postmortems.app
	"end_time":     {key: "resolved"},
	"company":      {key: "organization"},
	"product":      {key: "services"},
	"uuid":         {key: "id"},
	"resolvedWhen": {key: "resolved"}, // cState
	"affected":     {key: "services"},
	"description":  {key: "summary", fits: (*yaml.Node).Scalar}, // Hugo, Jekyll, MkDocs
	"subtitle":     {key: "summary", fits: (*yaml.Node).Scalar},
}

// labels are other tools' keys for free words. They are added up.
var labels = []string{"categories", "keywords"}

// foreign are other tools' keys that say nothing of the incident. They are kept
// without a warning.
var foreign = func() map[string]bool {
	set := map[string]bool{}
	for _, key := range strings.Fields(`
		section informational pin resolved
		source_published_at source_fetched_at
		author authors layout permalink slug path weight menu type template toc lastmod updated expiryDate publishDate
		published draft category series image images cover thumbnail featured comments excerpt language lang meta links
		extra hide hero sidebar_position sidebar_label sidebar nav_order parent has_children nav_exclude redirect_from
		owner_slack last_reviewed_on review_in team_url`) {
		set[key] = true
	}
	return set
}()

// translate sorts the entries of the front matter into the fields, other tools'
// spellings included, and returns those that have no field.
func (r *reader) translate(root *yaml.Node, found []*yaml.Node) []yaml.Entry {
	var rest []yaml.Entry
	for _, e := range root.Entries {
		if i, ok := fieldIndex[e.Key]; ok && !statusPage(e) {
			found[i] = e.Value
		} else {
			rest = append(rest, e)
		}
	}
	return r.borrow(root, found, rest)
}

// statusPage reports whether an entry is cState's "resolved: true".
func statusPage(e yaml.Entry) bool { return e.Key == "resolved" && e.Value.Kind == yaml.Bool }

// borrow takes other tools' keys out of rest where our own key is absent.
func (r *reader) borrow(root *yaml.Node, found []*yaml.Node, rest []yaml.Entry) []yaml.Entry {
	var left []yaml.Entry
	for _, e := range rest {
		if !r.borrowed(e, found) {
			left = append(left, e)
		}
	}
	// cState's date is when the trouble began.
	date, started := fieldIndex["date"], fieldIndex["started"]
	if root.Get("resolvedWhen") != nil && found[started] == nil {
		found[started], found[date] = found[date], nil
	}
	return left
}

// borrowed gives the entry to one of our fields. It is false for one that no field
// takes.
func (r *reader) borrowed(e yaml.Entry, found []*yaml.Node) bool {
	if s, ok := spellings[e.Key]; ok {
		i := fieldIndex[s.key]
		if found[i] != nil || s.fits != nil && !s.fits(e.Value) {
			return false
		}
		found[i] = e.Value
		return true
	}
	for _, key := range labels {
		if e.Key == key {
			i := fieldIndex["tags"]
			found[i] = joined(found[i], e.Value)
			return true
		}
	}
	return r.sourceOf(e, found) || draftOf(e, found)
}

// joined is the list of the entries of both.
func joined(a, b *yaml.Node) *yaml.Node {
	if a == nil {
		return b
	}
	return &yaml.Node{Kind: yaml.List, Line: a.Line, Column: a.Column, Items: append(items(a)[:len(items(a)):len(items(a))], items(b)...)}
}

// sourceOf reads where a report was published from keys beside each other.
func (r *reader) sourceOf(e yaml.Entry, found []*yaml.Node) bool {
	key, ok := map[string]string{"url": "url", "archive_url": "archived"}[e.Key]
	if !ok {
		return false
	}
	i := fieldIndex["source"]
	if found[i] == nil {
		found[i] = &yaml.Node{Kind: yaml.Mapping, Line: e.Line, Column: e.Column}
	} else if found[i].Kind != yaml.Mapping || found[i].Get(key) != nil {
		return false
	}
	source := *found[i]
	source.Entries = append(source.Entries[:len(source.Entries):len(source.Entries)],
		yaml.Entry{Key: key, Line: e.Line, Column: e.Column, Value: e.Value})
	found[i] = &source
	return true
}

// draftOf reads "draft: true" and "published: false". The opposites say nothing.
func draftOf(e yaml.Entry, found []*yaml.Node) bool {
	i := fieldIndex["status"]
	if e.Key != "draft" && e.Key != "published" || e.Value.Kind != yaml.Bool || found[i] != nil {
		return false
	}
	if strings.EqualFold(e.Value.Text, "true") == (e.Key == "draft") {
		found[i] = &yaml.Node{Kind: yaml.Text, Text: "draft", Line: e.Value.Line, Column: e.Value.Column}
	}
	return true
}
