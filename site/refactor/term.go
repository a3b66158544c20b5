package refactor

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
)

// Term is a term of the vocabulary, or an id that incidents have in its dimension although
// the vocabulary does not know it.
type Term struct {
	Dimension incident.Dimension
	ID        string
}

// String writes the term as a query does: "cause:overload".
func (t Term) String() string { return t.Dimension.Field() + ":" + t.ID }

// dimensions are all that have terms.
var dimensions = append(slices.Clone(incident.Dimensions[:]), incident.Gap)

// Find returns the term that the word names: an id, or with its dimension
// "cause:overload" where several have it. The error is a *Usage.
func Find(lib *incident.Library, word string) (Term, error) {
	id, among := word, dimensions
	if field, rest, ok := strings.Cut(word, ":"); ok {
		d := slices.IndexFunc(dimensions, func(d incident.Dimension) bool { return field == d.Field() || field == d.Key() })
		if d < 0 {
			return Term{}, &Usage{fmt.Sprintf("unknown dimension %q", field), "the dimensions are " + fields()}
		}
		id, among = rest, dimensions[d:d+1]
	}
	found := having(among, id, func(d incident.Dimension) bool { _, ok := lib.Vocabulary.Lookup(d, id); return ok })
	if len(found) == 0 {
		found = having(among, id, func(d incident.Dimension) bool { return isUsed(lib, d, id) })
	}
	switch len(found) {
	case 0:
		return Term{}, &Usage{fmt.Sprintf("there is no term %q", word), nearest(lib, among, id)}
	case 1:
		return found[0], nil
	}
	return Term{}, &Usage{fmt.Sprintf("several dimensions have a term %q", word), "write " + choices(found)}
}

func having(among []incident.Dimension, id string, has func(incident.Dimension) bool) []Term {
	var found []Term
	for _, d := range among {
		if has(d) {
			found = append(found, Term{d, id})
		}
	}
	return found
}

func fields() string {
	var names []string
	for _, d := range dimensions {
		names = append(names, d.Field())
	}
	return strings.Join(names, ", ")
}

func choices(terms []Term) string {
	var names []string
	for _, t := range terms {
		names = append(names, t.String())
	}
	return strings.Join(names, " or ")
}

func nearest(lib *incident.Library, among []incident.Dimension, id string) string {
	for _, d := range among {
		if near := problem.Nearest(id, lib.Vocabulary.IDs(d)); near != "" {
			return fmt.Sprintf("did you mean %q?", Term{d, near})
		}
	}
	return `see "faultline taxonomy list"`
}

// isUsed reports whether an incident has the id, known or not.
func isUsed(lib *incident.Library, d incident.Dimension, id string) bool {
	return slices.ContainsFunc(lib.Incidents, func(inc *incident.Incident) bool { return slices.Contains(IDs(inc, d), id) })
}

// IDs returns the ids that people gave the incident in the dimension: those of the
// vocabulary in their order, then others.
func IDs(inc *incident.Incident, d incident.Dimension) []string {
	return append(inc.Given(d), inc.Strays(d)...)
}

// lookup returns what the vocabulary says of a term.
func (t Term) lookup(lib *incident.Library) (incident.Term, bool) {
	return lib.Vocabulary.Lookup(t.Dimension, t.ID)
}

// shared reports whether another dimension has a term of the id, so that "not", which
// names no dimension, may mean that.
func (t Term) shared(lib *incident.Library) bool {
	return slices.ContainsFunc(dimensions, func(d incident.Dimension) bool {
		_, ok := lib.Vocabulary.Lookup(d, t.ID)
		return ok && d != t.Dimension
	})
}
