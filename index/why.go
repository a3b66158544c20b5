package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/index/query"
	"faultline/index/web"
	"faultline/site/incident"
)

// mostReasons is how many reasons a hit has.
const mostReasons = 6

// explanation is what hits are described with.
type explanation struct {
	*Index
	needles []needle
	meant   map[string]string // by term: the word that no incident has and it was read for
	traits  map[int][]trait   // by document
	sieve   *sieve
}

// why says why an incident is a hit: by the words of the query, then by the fields that it
// names, then by the filters.
func (e explanation) why(n int, s *source, facts web.Facts) []Reason {
	list := s.reasons(facts, e.needles, e.meant)
	for _, t := range e.traits[n] {
		list = withReason(list, s.fieldReason(facts, t))
	}
	for _, r := range e.sieve.reasons(n) {
		list = withReason(list, r)
	}
	return list
}

// seeker looks for needles in the texts of an incident.
type seeker struct {
	needles []needle
	first   map[string][]int // by first term
	found   []string         // by needle: as the incident writes it, "" = not yet
}

func newSeeker(needles []needle) *seeker {
	s := &seeker{needles, map[string][]int{}, make([]string, len(needles))}
	for i, n := range needles {
		s.first[n.terms[0]] = append(s.first[n.terms[0]], i)
	}
	return s
}

// read looks for the needles that are still to be found.
func (s *seeker) read(text string) {
	tokens := query.Tokens(text)
	for i, t := range tokens {
		for _, n := range s.first[t.Term] {
			if s.found[n] != "" {
				continue
			}
			if last := s.needles[n].follow(tokens[i:]); last >= 0 {
				s.found[n] = text[t.Start:tokens[i+last].End]
			}
		}
	}
}

// reasons says why an incident is a hit: what it writes of what was searched for, the
// rarest first, or what answers for it; and for what it does not write, the terms that it is
// tagged with.
func (s *source) reasons(facts web.Facts, needles []needle, meant map[string]string) []Reason {
	k := newSeeker(needles)
	for _, text := range s.shown(facts) {
		k.read(text)
	}
	order := make([]int, len(needles))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(needles[b].weight, needles[a].weight) })
	written := k.written()
	said := map[int]bool{}
	var list []Reason
	for _, n := range order {
		of := needles[n].of
		r := k.reason(n, meant)
		if r.Text == "" && needles[n].asked == "" && !written[of] {
			r = s.tagReason(facts.Tags, needles[n])
		}
		if r.Text == "" || said[of] {
			continue
		}
		said[of] = true
		list = withReason(list, r)
	}
	return list
}

// withReason adds a reason, where there is room and no other says as much.
func withReason(list []Reason, r Reason) []Reason {
	if r.Text == "" || len(list) == mostReasons || slices.ContainsFunc(list, r.within) {
		return list
	}
	return append(list, r)
}

// written says what of the query the incident writes.
func (s *seeker) written() map[int]bool {
	written := map[int]bool{}
	for i, n := range s.needles {
		written[n.of] = written[n.of] || s.found[i] != ""
	}
	return written
}

// reason says what the incident writes of the needle with the number.
func (s *seeker) reason(n int, meant map[string]string) Reason {
	r := Reason{Kind: "word", Text: s.found[n]}
	if asked := s.needles[n].asked; asked != "" {
		r.Kind, r.Asked = "synonym", &asked
	} else if asked := meant[s.needles[n].terms[0]]; asked != "" {
		r.Kind, r.Asked = "spelling", &asked
	}
	return r
}

// within reports whether another reason says as much.
func (r Reason) within(other Reason) bool {
	return deref(r.Tag) == deref(other.Tag) && strings.Contains(query.Fold(other.Text), query.Fold(r.Text))
}

// shown returns the texts that words are looked for in, in order.
func (s *source) shown(f web.Facts) []string {
	texts := []string{s.Title}
	for _, section := range s.sections {
		texts = append(texts, section.Heading)
		for _, p := range section.Passages {
			texts = append(texts, p.Text)
		}
	}
	return slices.Concat(texts, []string{f.Organization}, f.Services, f.Names, []string{f.Severity})
}

// tagReason names the first of the tags of which the vocabulary has the needle.
func (s *source) tagReason(tags []string, n needle) Reason {
	k := newSeeker([]needle{n})
	for _, name := range tags {
		given := strings.TrimPrefix(name, "~")
		field, id, _ := strings.Cut(given, ":")
		told := termWords(s.vocabulary, given)
		words := append([]string{id}, told...)
		if given != name {
			words = slices.Delete(slices.Clone(told), min(1, len(told)), min(2, len(told)))
		}
		for _, text := range words {
			if k.read(text); k.found[0] != "" {
				return Reason{Kind: "tag", Text: append(told, id)[0], Tag: &field}
			}
		}
	}
	return Reason{}
}

// termWords returns the label, the definition, the aliases and the former ids of a term,
// named by field and id; nothing where the vocabulary does not have it.
func termWords(v *incident.Vocabulary, name string) []string {
	field, id, _ := strings.Cut(name, ":")
	for _, d := range append(incident.Dimensions[:], incident.Gap) {
		if term, ok := lookup(v, d, id); ok && d.Field() == field {
			words := []string{clean(term.Label), clean(term.Definition)}
			return append(words, cleaned(slices.Concat(term.Aliases, term.Formerly))...)
		}
	}
	return nil
}
