package taxonomy

import (
	"cmp"
	"fmt"
	"slices"

	"faultline/site/incident"
	"faultline/site/yaml"
)

// claim notes which terms of a dimension say that they had an id before.
func (r *reader) claim(d incident.Dimension, entries []*yaml.Node) {
	for _, n := range entries {
		if n.Kind != yaml.Mapping {
			continue
		}
		id := text(n, "id")
		for _, former := range r.list(n, formerlyKey) {
			at := place{d, former.Text}
			if former.Scalar() && !slices.Contains(r.formers[at], id) {
				r.formers[at] = append(r.formers[at], id)
			}
		}
	}
}

// inherit reads the former ids of a term and gives it what the base says of them, unless
// they were split. A term that the base has keeps its own label and definition.
func (r *reader) inherit(t *incident.Term, n *yaml.Node) {
	t.Label = cmp.Or(text(n, "label"), t.Label)
	for _, former := range r.list(n, formerlyKey) {
		id := former.Text
		if !former.Scalar() || !idForm.MatchString(id) || id == t.ID {
			r.report(former.Line, former.Column, "taxonomy-formerly", fmt.Sprintf("formerly of %q has %q, no former id", t.ID, id),
				"write the id that the term had before")
			continue
		}
		t.Formerly = append(t.Formerly, id)
		if old, ok := r.known(t.Dimension, id); ok && len(r.formers[place{t.Dimension, id}]) == 1 && !r.truth(n, overrideKey) {
			absorb(t, old)
		}
	}
}

// absorb gives a term what is said of one that has become a part of it.
func absorb(t *incident.Term, old incident.Term) {
	t.Label, t.Definition = cmp.Or(t.Label, old.Label), cmp.Or(t.Definition, old.Definition)
	t.Source = cmp.Or(t.Source, old.Source)
	if t.Parent == "" && old.Parent != t.ID {
		t.Parent = old.Parent
	}
	for _, alias := range append(slices.Clone(old.Aliases), old.Label) {
		same := func(name string) bool { return fold(name) == fold(alias) }
		if !slices.ContainsFunc(t.Aliases, same) && !same(t.Label) {
			t.Aliases = append(t.Aliases, alias)
		}
	}
	t.Cues = append(t.Cues, old.Cues...)
	for _, c := range old.ConfusedWith {
		if c.ID != t.ID {
			t.ConfusedWith = append(t.ConfusedWith, c)
		}
	}
}

// rename takes former terms of the base out of the vocabulary and lets what refers to
// them refer to their successors. An id that a term still has is not a former one.
func (r *reader) rename() {
	for _, d := range dimensions {
		for _, t := range slices.Clone(r.vocabulary.Terms(d)) {
			t.Formerly = slices.DeleteFunc(slices.Clone(t.Formerly), func(id string) bool { return r.stillThere(t, id) })
			t.Parent = r.successor(t, t.Parent)
			t.ConfusedWith = slices.Clone(t.ConfusedWith)
			for i := range t.ConfusedWith {
				t.ConfusedWith[i].ID = r.successor(t, t.ConfusedWith[i].ID)
			}
			t.ConfusedWith = slices.DeleteFunc(t.ConfusedWith, func(c incident.Confusion) bool { return c.ID == "" })
			r.vocabulary.Set(t)
		}
	}
	for at := range r.formers {
		if !r.defines(at) {
			r.vocabulary.Remove(at.dimension, at.id)
		}
	}
}

// stillThere reports a former id that is the id of another term of the file.
func (r *reader) stillThere(t incident.Term, id string) bool {
	if !r.defines(place{t.Dimension, id}) {
		return false
	}
	n := r.places[place{t.Dimension, id}]
	own := r.places[place{t.Dimension, t.ID}]
	if own == nil {
		own = n
	}
	r.report(own.Line, own.Column, "taxonomy-formerly", fmt.Sprintf("former id %q of %q is that of a term", id, t.ID),
		fmt.Sprintf("line %d has it; remove the one or the other", n.Line))
	return true
}

// defines reports whether the file has a term of its own there.
func (r *reader) defines(at place) bool {
	return r.places[at] != nil && !r.hidden(at.dimension, at.id)
}

// successor is the id of the term that the id is now: "" where that is the term that
// refers to it.
func (r *reader) successor(t incident.Term, id string) string {
	if at := (place{t.Dimension, id}); len(r.formers[at]) > 0 && !r.defines(at) {
		id = r.formers[at][0]
		if id == t.ID {
			return ""
		}
	}
	return id
}
