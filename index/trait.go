package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/index/query"
	"faultline/index/web"
)

// trait is a value that a query asks for and an incident has: folded, "" of a range.
type trait struct{ field, value string }

// asking lists the steps that ask for values and ranges.
func asking(steps []step) []step {
	var list []step
	for _, s := range steps {
		switch {
		case s.Occur == query.MustNot:
		case s.Kind == query.Group || s.Kind == query.Choice:
			list = append(list, asking(s.steps)...)
		case s.Kind == query.Range || isExact(s.Field):
			list = append(list, s)
		}
	}
	return list
}

// traits returns what documents have of all that steps ask for, one trait for each step.
func (e *evaluation) traits(steps []step, docs []int) (map[int][]trait, error) {
	traits, told := map[int][]trait{}, map[int]int{}
	for _, doc := range docs {
		told[doc] = 0
	}
	for n, s := range asking(steps) {
		err := e.holders(s, func(doc int, value string) {
			if steps, shown := told[doc]; shown && steps <= n {
				traits[doc] = append(traits[doc], trait{s.Field, value})
				told[doc] = n + 1
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return traits, nil
}

// holders calls f for the documents that have what a step asks for, with the value.
func (e *evaluation) holders(s step, f func(doc int, value string)) error {
	if s.Kind == query.Range {
		for doc, extent := range e.columns[columnAt(s.Field)] {
			if extent.within(s.within) {
				f(doc, "")
			}
		}
		return nil
	}
	field := exactFields[queryFields[s.Field].at]
	for _, value := range s.values() {
		docs, err := e.postings.exact(field, value)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			f(doc, value)
		}
	}
	if !field.names || len(s.Words) == 0 {
		return nil
	}
	found := newMatches(len(e.norms))
	err := e.exactWords(s.Sequence(), field, &found)
	for _, doc := range found.docs {
		f(doc, fold(s.Text))
	}
	return err
}

// fieldReason says that the incident has a trait.
func (s *source) fieldReason(facts web.Facts, t trait) Reason {
	return Reason{Kind: "field", Text: s.worded(facts, t), Tag: &t.field}
}

// worded is a trait as people read it: what the incident calls it.
func (s *source) worded(facts web.Facts, t trait) string {
	switch t.field {
	case "date":
		return s.Date.String()
	case "duration":
		return facts.Lasted
	case "severity":
		return facts.Severity
	case "id":
		return s.ID
	case "org":
		return facts.Organization
	case "service":
		return nameOf(facts.Services, t.value)
	case "tech", "team", "tag":
		return nameOf(facts.Names, t.value)
	}
	return cmp.Or(s.labelOf(facts.Tags, t), t.value)
}

// nameOf returns the first of the names that is the folded value, else the first with its
// words, else the value: one that stands for another.
func nameOf(names []string, value string) string {
	at := slices.IndexFunc(names, func(name string) bool { return fold(name) == value })
	if at < 0 {
		at = slices.IndexFunc(names, func(name string) bool { return hasWords(name, value) })
	}
	if at < 0 {
		return value
	}
	return names[at]
}

// hasWords reports whether a name has the term, or all terms of a folded value.
func hasWords(name, value string) bool {
	terms, asked := tokenTerms(name), tokenTerms(value)
	missing := func(term string) bool { return !slices.Contains(terms, term) }
	return !missing(value) || len(asked) > 0 && !slices.ContainsFunc(asked, missing)
}

func tokenTerms(text string) []string {
	var terms []string
	for _, t := range query.Tokens(text) {
		terms = append(terms, t.Term)
	}
	return terms
}

// labelOf returns the label of the first of the tags that has the trait, "" for none.
func (s *source) labelOf(tags []string, t trait) string {
	for _, name := range tags {
		given := strings.TrimPrefix(name, "~")
		field, id, _ := strings.Cut(given, ":")
		if given != name && t.field == "suggested" {
			field = t.field
		}
		told := append(termWords(s.vocabulary, given), "", "")
		names := slices.Concat([]string{id, told[0]}, told[2:])
		if field == t.field && slices.ContainsFunc(names, func(name string) bool { return fold(name) == t.value }) {
			return cmp.Or(told[0], id)
		}
	}
	return ""
}
