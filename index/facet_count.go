package index

import (
	"cmp"
	"slices"

	"faultline/index/query"
)

// sieve is the filters of one search, and the facets to be counted. The client's facet.ts
// says the same, line by line.
type sieve struct {
	*Index
	counted []int            // places of the facets in facetFields
	within  []int            // those with filters, as they come
	chosen  map[int][]int    // by facet: places of the values that filters ask for
	absent  map[int][]string // by facet: values that filters ask for and no incident has
	missed  []uint16         // by document: the facets with filters that it does not pass, a bit each
	notes   []string
}

// newSieve reads the options of a search. It fails where one is a name of nothing.
func (x *Index) newSieve(opt Options) (*sieve, error) {
	s := &sieve{Index: x, chosen: map[int][]int{}, absent: map[int][]string{}, missed: make([]uint16, len(x.sources))}
	if err := opt.Sort.check(); err != nil {
		return nil, err
	}
	for _, name := range opt.Facets {
		at, err := facetAt(name)
		if err != nil {
			return nil, err
		}
		s.counted = append(s.counted, at)
	}
	for _, f := range opt.Within {
		at, err := facetAt(f.Field)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(s.within, at) {
			s.within = append(s.within, at)
		}
		s.choose(at, f.Value)
	}
	for _, at := range s.within {
		s.sift(at)
	}
	return s, nil
}

// choose enters a filter. A note says so where no incident has the value.
func (s *sieve) choose(at int, value string) {
	facet := s.facet(at)
	if places := facet.find(value); len(places) > 0 {
		s.chosen[at] = append(s.chosen[at], places...)
		return
	}
	if value = clean(value); slices.Contains(s.absent[at], value) {
		return
	}
	s.absent[at] = append(s.absent[at], value)
	note := "“" + facetFields[at].name + ":" + query.Clip(value) + "” is a value that no incident has"
	if near := facet.nearest(value); near != "" {
		note += "; the nearest is “" + near + "”"
	}
	s.notes = append(s.notes, note)
}

// nearest returns the value that is nearest to one that no incident has.
func (f *facet) nearest(value string) string {
	var values []string
	for _, t := range f.values[:f.counted] {
		values = append(values, t.value)
	}
	return nearestValue(fold(value), values)
}

// sift marks the incidents that have none of the facet's chosen values.
func (s *sieve) sift(at int) {
	facet := s.facet(at)
	chosen := make([]bool, len(facet.values))
	for _, place := range s.chosen[at] {
		chosen[place] = true
	}
	for doc := range s.missed {
		if !slices.ContainsFunc(facet.of(doc), func(place int32) bool { return chosen[place] }) {
			s.missed[doc] |= 1 << at
		}
	}
}

// pass reports whether an incident passes all filters but those of some facets.
func (s *sieve) pass(doc int, but uint16) bool { return s.missed[doc]&^but == 0 }

// reasons says which chosen value of each filtered facet an incident has.
func (s *sieve) reasons(doc int) []Reason {
	var list []Reason
	for _, at := range s.within {
		facet := s.facet(at)
		for _, place := range facet.of(doc) {
			if slices.Contains(s.chosen[at], int(place)) {
				t := facet.values[place]
				list = append(list, Reason{Kind: "field", Text: cmp.Or(t.label, t.value), Tag: &facetFields[at].name})
				break
			}
		}
	}
	return list
}

// passed returns those of the answers that pass all filters.
func (s *sieve) passed(answers []int) []int {
	return slices.DeleteFunc(slices.Clone(answers), func(doc int) bool { return !s.pass(doc, 0) })
}

// count counts the answers to a query, whether or not they pass the filters.
func (r *Result) count(s *sieve, answers []int) {
	for _, at := range s.counted {
		r.Facets = append(r.Facets, s.count(at, answers))
	}
}

// count counts the answers by the values of a facet, under the filters of all others.
func (s *sieve) count(at int, answers []int) Facet {
	facet, field := s.facet(at), facetFields[at]
	counts := make([]int, len(facet.values))
	for _, doc := range answers {
		if !s.pass(doc, 1<<at) {
			continue
		}
		for _, place := range facet.of(doc) {
			counts[place]++
		}
	}
	result := Facet{Name: field.name, Label: field.label, Values: []FacetValue{}, More: len(facet.values) - facet.counted}
	for place, t := range facet.values {
		chosen := slices.Contains(s.chosen[at], place)
		if chosen || place < facet.counted && counts[place] > 0 {
			result.Values = append(result.Values, FacetValue{t.value, t.label, counts[place], chosen})
		}
	}
	if field.inOrder == nil {
		slices.SortStableFunc(result.Values, func(a, b FacetValue) int { return cmp.Compare(b.Count, a.Count) })
	}
	for _, value := range s.absent[at] {
		result.Values = append(result.Values, FacetValue{value, value, 0, true})
	}
	return result
}
