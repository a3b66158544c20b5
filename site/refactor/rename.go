package refactor

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/frontmatter"
	"faultline/site/incident"
)

// Rename plans to give a term of the vocabulary another id. An empty label is made of
// the id. The term keeps all that the vocabulary says of it, its former label among its
// aliases. The error is a *Usage.
func Rename(lib *incident.Library, t Term, id, label string) (Plan, error) {
	old, known := t.lookup(lib)
	switch {
	case t.ID == id:
		return Plan{}, &Usage{fmt.Sprintf("%q is its name already", t), "write another one"}
	case t.ID == incident.Unknown || id == incident.Unknown:
		return Plan{}, unknown()
	case !known:
		return Plan{}, &Usage{fmt.Sprintf("%q is not in the vocabulary", t), "merge it into a term that is, or add it to taxonomy.yaml first"}
	}
	if _, taken := lib.Vocabulary.Lookup(t.Dimension, id); taken {
		return Plan{}, &Usage{fmt.Sprintf("there is a term %q already", Term{t.Dimension, id}), fmt.Sprintf("faultline taxonomy merge %s %s makes them one", t.ID, id)}
	}
	p := &planner{lib: lib, dimension: t.Dimension}
	p.incidents([]string{t.ID}, func(inc *incident.Incident) []frontmatter.Change { return p.respell(inc, []Term{t}, id) })
	if label == "" {
		label = labelOf(t.Dimension, id)
	}
	p.vocabulary(p.renamed(old, id, label)...)
	return p.plan, nil
}

func unknown() error {
	return &Usage{`"unknown" is legal in every dimension and has no other name`, "name a term of the vocabulary"}
}

// labelOf is the label that the built-in vocabulary has for an id, else one made of it.
func labelOf(d incident.Dimension, id string) string {
	if t, ok := builtIn().Lookup(d, id); ok {
		return t.Label
	}
	words := strings.ReplaceAll(id, "-", " ")
	first, size := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[size:]
}

// renamed changes the entry of a term in taxonomy.yaml, or adds one for a built-in term.
func (p *planner) renamed(old incident.Term, id, label string) []frontmatter.Change {
	key := p.key()
	var changes []frontmatter.Change
	if !p.defined(old.ID) {
		changes = append(changes, frontmatter.Append(key, frontmatter.Map(
			frontmatter.Field{Key: "id", Value: frontmatter.Text(id)},
			frontmatter.Field{Key: "label", Value: frontmatter.Text(label)},
			frontmatter.Field{Key: "formerly", Value: frontmatter.Texts(append(slices.Clone(old.Formerly), old.ID)...)})))
	} else {
		inside := []frontmatter.Change{frontmatter.Set("label", frontmatter.Text(label))}
		if old.Label != label {
			inside = append(inside, frontmatter.Append("aliases", frontmatter.Text(old.Label)))
		}
		inside = append(inside, frontmatter.RemoveEntry("aliases", label), frontmatter.RemoveEntry("formerly", id), frontmatter.Append("formerly", frontmatter.Text(old.ID)))
		changes = append(changes, frontmatter.Replace(key, old.ID, id), frontmatter.InEntry(key, id, inside...))
	}
	return append(changes, p.refer(old.ID, id)...)
}

// refer lets the terms that refer to one refer to others instead: the first of them
// where only one can stand.
func (p *planner) refer(id string, to ...string) []frontmatter.Change {
	var changes []frontmatter.Change
	for _, t := range p.lib.Vocabulary.Terms(p.dimension) {
		if t.ID == id {
			continue
		}
		var own []frontmatter.Change
		if slices.ContainsFunc(t.ConfusedWith, func(c incident.Confusion) bool { return c.ID == id }) {
			own = append(own, p.confuse(t.ID, id, to))
		}
		switch {
		case t.Parent != id:
		case t.ID == to[0]:
			own = append(own, frontmatter.Remove("parent"))
		default:
			own = append(own, frontmatter.Replace("parent", id, to[0]))
		}
		if len(own) > 0 {
			changes = append(changes, frontmatter.InEntry(p.key(), t.ID, own...))
		}
	}
	return changes
}

// confuse changes whom a term is confused with.
func (p *planner) confuse(term, id string, to []string) frontmatter.Change {
	others := slices.DeleteFunc(slices.Clone(to), func(other string) bool { return other == term })
	switch len(others) {
	case 0:
		return frontmatter.RemoveEntry("confused_with", id)
	case 1:
		return frontmatter.Replace("confused_with", id, others[0])
	}
	return frontmatter.ReplaceEntry("confused_with", id, texts(others)...)
}

func texts(words []string) []frontmatter.Value {
	values := make([]frontmatter.Value, len(words))
	for i, w := range words {
		values[i] = frontmatter.Text(w)
	}
	return values
}

// respell writes the id in the place of the terms of an incident.
func (p *planner) respell(inc *incident.Incident, terms []Term, id string) []frontmatter.Change {
	changes := p.authorFirst(inc, terms, id)
	for _, t := range terms {
		changes = append(changes, frontmatter.Replace(p.key(), t.ID, id))
	}
	return append(changes, p.respellNot(inc, terms, id)...)
}

// authorFirst takes tags away that were accepted in bulk where the author chose another
// of those that become one.
func (p *planner) authorFirst(inc *incident.Incident, terms []Term, id string) []frontmatter.Change {
	if p.dimension == incident.Gap {
		return nil
	}
	var accepted []frontmatter.Change
	chosen := false
	for _, tag := range inc.Terms[p.dimension] {
		if tag.ID != id && !slices.Contains(terms, Term{p.dimension, tag.ID}) {
			continue
		}
		if tag.Provenance == incident.Accepted {
			accepted = append(accepted, frontmatter.RemoveEntry(p.key(), tag.ID))
		}
		chosen = chosen || tag.Provenance == incident.Author
	}
	if !chosen {
		return nil
	}
	return accepted
}

// respellNot brings what the author rejected up to date: the new id once all the terms
// that it stands for are rejected.
func (p *planner) respellNot(inc *incident.Incident, terms []Term, id string) []frontmatter.Change {
	rejected := func(t Term) bool { return slices.Contains(inc.Not, t.ID) }
	if !slices.ContainsFunc(terms, rejected) {
		return nil
	}
	all := !slices.ContainsFunc(terms, func(t Term) bool { return !rejected(t) })
	if _, there := p.lib.Vocabulary.Lookup(p.dimension, id); there {
		all = all && rejected(Term{p.dimension, id})
	}
	var changes []frontmatter.Change
	for _, t := range terms {
		switch {
		case t.shared(p.lib):
			if all {
				changes = append(changes, frontmatter.Append("not", frontmatter.Text(id)))
			}
		case all:
			changes = append(changes, frontmatter.Replace("not", t.ID, id))
		default:
			changes = append(changes, frontmatter.RemoveEntry("not", t.ID))
		}
	}
	return changes
}
