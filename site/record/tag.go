package record

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// terms reads the tags of a dimension: ids, or mappings with an id and what is said
// of it. Ids outside the vocabulary are kept in Extra.
func (r *reader) terms(d incident.Dimension, n *yaml.Node) {
	unknown := &yaml.Node{Kind: yaml.List}
	for _, item := range items(n) {
		tag, ok := r.tag(d, item)
		tag.ID = r.current(d, tag.ID, item)
		switch {
		case !ok:
		case !r.legal(d, tag.ID, item):
			unknown.Items = append(unknown.Items, item)
		case r.has(d, tag.ID):
			r.report(problem.Warning, item, "repeated-term", fmt.Sprintf("%s %q is given twice", d.Field(), tag.ID), "remove one of the two")
		default:
			tag.Primary = d == incident.Cause && len(r.incident.Terms[d]) == 0
			r.incident.Terms[d] = append(r.incident.Terms[d], tag)
		}
	}
	if len(unknown.Items) > 0 {
		r.keep(d.Key(), unknown)
	}
}

func (r *reader) has(d incident.Dimension, id string) bool {
	return slices.ContainsFunc(r.incident.Terms[d], func(t incident.Tag) bool { return t.ID == id })
}

// tag reads one term with its qualifiers.
func (r *reader) tag(d incident.Dimension, n *yaml.Node) (incident.Tag, bool) {
	tag := incident.Tag{Provenance: incident.Author}
	if n.Kind != yaml.Mapping {
		id, ok := r.scalar(n)
		tag.ID = id
		return tag, ok
	}
	keys := []string{"id", "confidence", "source"}
	switch d {
	case incident.Factor:
		keys = append(keys, "effect")
	case incident.Mitigation:
		keys = append(keys, "effective")
	}
	r.mapping(n, keys...)
	if id := n.Get("id"); id != nil {
		tag.ID, _ = r.scalar(id)
	}
	if tag.ID == "" {
		r.report(problem.Error, n, "wrong-type", fmt.Sprintf("entry of %q has no id", r.field.Key), r.example())
		return tag, false
	}
	tag.Confidence = r.qualifier(n, "confidence", incident.Confidences)
	if d == incident.Factor {
		tag.Effect = r.qualifier(n, "effect", incident.Effects)
	}
	if d == incident.Mitigation {
		tag.Effective = r.qualifier(n, "effective", incident.Effectives)
	}
	if source := r.qualifier(n, "source", provenances); source != nil {
		tag.Provenance = incident.Provenance(*source)
	}
	return tag, true
}

// provenances are those that front matter may claim; suggestions are computed.
var provenances = []string{string(incident.Author), string(incident.Accepted)}

// qualifier reads a key whose values are few.
func (r *reader) qualifier(n *yaml.Node, key string, legal []string) *string {
	v := n.Get(key)
	s := r.optional(v)
	if s != nil && !slices.Contains(legal, *s) {
		r.illegal(v, "unknown-"+key, key, *s, legal)
		return nil
	}
	return s
}

// current is the id that a term has now. It warns of one that was renamed, or that shall
// not be used any more.
func (r *reader) current(d incident.Dimension, id string, n *yaml.Node) string {
	v := r.opt.Vocabulary
	if v == nil {
		return id
	}
	if t, ok := v.Lookup(d, id); ok {
		if t.Deprecated != "" {
			r.report(problem.Warning, n, "deprecated-term", fmt.Sprintf("%s %q is deprecated", d.Field(), id), t.Deprecated)
		}
		return id
	}
	now := v.Former(d, id)
	if len(now) != 1 {
		return id
	}
	r.report(problem.Warning, n, "renamed-term", fmt.Sprintf("%s %q is called %q now", d.Field(), id, now[0].ID), fmt.Sprintf("write %q", now[0].ID))
	return now[0].ID
}

// legal reports an id that the vocabulary does not have in the dimension, with the
// dimension that has it or the nearest id.
func (r *reader) legal(d incident.Dimension, id string, n *yaml.Node) bool {
	v := r.opt.Vocabulary
	if v == nil || v.Legal(d, id) {
		return true
	}
	hint := "taxonomy.yaml of the library can add it"
	if parts := v.Former(d, id); len(parts) > 1 {
		hint = "it was split: write " + anyOf(parts)
	} else if near := problem.Nearest(id, v.IDs(d)); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if other, ok := home(v, id); ok {
		hint = fmt.Sprintf("it is a term of %q", other.Key())
	}
	level := problem.Error
	if strings.Contains(strings.TrimSpace(id), " ") {
		level = problem.Warning // words for people, which other tools keep under the same keys
		hint = "write the ids of terms, and the words into the report"
	}
	r.report(level, n, "unknown-term", fmt.Sprintf("unknown %s %q", d.Field(), id), hint)
	return false
}

// anyOf lists the ids of terms that one can choose from.
func anyOf(terms []incident.Term) string {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	return strings.Join(ids, " or ")
}

// home is the dimension that has a term with the id.
func home(v *incident.Vocabulary, id string) (incident.Dimension, bool) {
	for d := incident.Trigger; d <= incident.Gap; d++ {
		if _, ok := v.Lookup(d, id); ok {
			return d, true
		}
	}
	return 0, false
}

func (r *reader) detectionGap(n *yaml.Node) {
	all := items(n)
	if len(all) > 1 {
		r.wrongType(n, "one term")
		return
	}
	for _, item := range all {
		tag, ok := r.tag(incident.Gap, item)
		tag.ID = r.current(incident.Gap, tag.ID, item)
		switch {
		case !ok:
		case r.legal(incident.Gap, tag.ID, item):
			r.incident.DetectionGap = &tag.ID
		default:
			r.keep(r.field.Key, item)
		}
	}
}
