package taxonomy

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// check looks at what only the whole vocabulary shows. Faults stand at the term of the
// file that has them; what the base says is in order.
func (r *reader) check() {
	for _, d := range dimensions {
		r.aliases(d)
		for _, t := range slices.Clone(r.vocabulary.Terms(d)) {
			if n := r.places[place{d, t.ID}]; n != nil {
				r.references(t, n)
				r.cycle(t, n)
			}
		}
	}
}

// references drops ids that the dimension does not have.
func (r *reader) references(t incident.Term, n *yaml.Node) {
	missing := func(id, key string) bool {
		if _, ok := r.vocabulary.Lookup(t.Dimension, id); ok && id != t.ID {
			return false
		}
		if r.hidden(t.Dimension, id) {
			return true
		}
		at := n
		if v := n.Get(key); v != nil {
			at = v
		}
		text := fmt.Sprintf("%s of %q: there is no term %q", key, t.ID, id)
		if id == t.ID {
			text = fmt.Sprintf("%s of %q is the term itself", key, t.ID)
		}
		r.report(at.Line, at.Column, "taxonomy-reference", text, r.nearestTo(t.Dimension, id))
		return true
	}
	t.ConfusedWith = slices.DeleteFunc(t.ConfusedWith, func(c incident.Confusion) bool { return missing(c.ID, "confused_with") })
	if t.Parent != "" && missing(t.Parent, "parent") {
		t.Parent = ""
	}
	t.GoesWith = slices.DeleteFunc(t.GoesWith, func(value string) bool { return r.unknownCompany(t, n, value) })
	r.vocabulary.Set(t)
}

// unknownCompany reports a term that another goes with and the vocabulary does not have.
func (r *reader) unknownCompany(t incident.Term, n *yaml.Node, value string) bool {
	field, id, _ := strings.Cut(value, ":")
	at := slices.IndexFunc(dimensions[:], func(d incident.Dimension) bool { return d.Field() == field })
	if at < 0 {
		return false
	}
	d := dimensions[at]
	if _, ok := r.vocabulary.Lookup(d, id); ok || r.hidden(d, id) {
		return !ok
	}
	v := n.Get(goesWithKey)
	if v == nil {
		return true // the base says it of a term that is gone
	}
	r.report(v.Line, v.Column, "taxonomy-reference", fmt.Sprintf("goes_with of %q: there is no term %q", t.ID, value), r.nearestTo(d, id))
	return true
}

// hidden reports whether the base has the term and the file hides it.
func (r *reader) hidden(d incident.Dimension, id string) bool {
	n := r.places[place{d, id}]
	return n != nil && n.Get(hideKey) != nil
}

// cycle drops the parent of a term that is its own ancestor.
func (r *reader) cycle(t incident.Term, n *yaml.Node) {
	way := []string{t.ID}
	for at := t; ; {
		parent := r.parent(at)
		if parent == "" {
			return
		}
		way = append(way, parent)
		if parent == t.ID {
			break
		}
		if slices.Contains(way[:len(way)-1], parent) {
			return // a cycle further up, which is its members' fault
		}
		at, _ = r.vocabulary.Lookup(t.Dimension, parent)
	}
	r.report(n.Line, n.Column, "taxonomy-cycle", fmt.Sprintf("term %q is its own parent: %s", t.ID, strings.Join(way, " -> ")),
		"remove one of the parents")
	t, _ = r.vocabulary.Lookup(t.Dimension, t.ID)
	t.Parent = ""
	r.vocabulary.Set(t)
}

func (r *reader) parent(t incident.Term) string {
	current, _ := r.vocabulary.Lookup(t.Dimension, t.ID)
	return current.Parent
}

// aliases drops those that another term of the dimension has: as its alias, its id or
// its label.
func (r *reader) aliases(d incident.Dimension) {
	owner := map[string]string{}
	for _, t := range r.vocabulary.Terms(d) {
		owner[fold(t.ID)], owner[fold(t.Label)] = t.ID, t.ID
	}
	terms := slices.Clone(r.vocabulary.Terms(d))
	slices.SortStableFunc(terms, func(a, b incident.Term) int { return r.rank(a) - r.rank(b) })
	for _, t := range terms {
		t.Aliases = slices.DeleteFunc(slices.Clone(t.Aliases), func(alias string) bool {
			first, taken := owner[fold(alias)]
			if !taken || first == t.ID {
				owner[fold(alias)] = t.ID
				return false
			}
			r.claimed(t, alias, first)
			return true
		})
		r.vocabulary.Set(t)
	}
}

// rank puts the terms of the base before those of the file.
func (r *reader) rank(t incident.Term) int {
	if r.places[place{t.Dimension, t.ID}] == nil {
		return 0
	}
	return 1
}

func (r *reader) claimed(t incident.Term, alias, first string) {
	n := r.places[place{t.Dimension, t.ID}]
	if n == nil {
		n = r.places[place{t.Dimension, first}]
	}
	if n == nil {
		return
	}
	r.report(n.Line, n.Column, "taxonomy-alias", fmt.Sprintf("alias %q of %q belongs to %q", alias, t.ID, first),
		"a name can stand for one term of a dimension only; remove it from one of them")
}

// fold makes names alike that differ in case, hyphens and spaces only.
func fold(name string) string {
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, func(c rune) bool { return c == '-' || c == '_' || c == ' ' }), " "))
}

// nearestTo is a hint for an id that the dimension does not have.
func (r *reader) nearestTo(d incident.Dimension, id string) string {
	if near := problem.Nearest(id, r.vocabulary.IDs(d)); near != "" && near != id {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("write the id of another term under %s", d.Key())
}
