package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/site/incident"
)

// facet is a field's values and which incidents have them.
type facet struct {
	values  []facetTerm // those that are counted, then the others, both in the order in which equals are listed
	counted int
	first   []int32 // by document, where its places begin, and where the last one's end
	places  []int32 // in values
}

// facetTerm is a value with its folded forms, and the names that it had before.
type facetTerm struct {
	term
	key, name string
	former    []string
}

// of returns the places of a document's values.
func (f *facet) of(doc int) []int32 { return f.places[f.first[doc]:f.first[doc+1]] }

// find returns the places of what a filter names: counted values before others, by the
// value or, failing that, by what people call it, or all that had the name before.
func (f *facet) find(value string) []int {
	asked := fold(value)
	if places := find(f.values[:f.counted], asked, 0); places != nil {
		return places
	}
	return find(f.values[f.counted:], asked, f.counted)
}

func find(list []facetTerm, asked string, from int) (places []int) {
	at := slices.IndexFunc(list, func(t facetTerm) bool { return t.key == asked })
	if at < 0 {
		at = slices.IndexFunc(list, func(t facetTerm) bool { return t.name == asked })
	}
	if at >= 0 {
		return []int{from + at}
	}
	for at, t := range list {
		if slices.ContainsFunc(t.former, func(name string) bool { return fold(name) == asked }) {
			places = append(places, from+at)
		}
	}
	return places
}

// spread is the folded value that several terms have in common, with the incidents that
// have it.
type spread struct {
	forms map[term]int // how many incidents write it so
	docs  int
}

// written is the form that most incidents have, the first of equals.
func (s spread) written() term {
	var best term
	for t, count := range s.forms {
		if more := count - s.forms[best]; more > 0 || more == 0 && byLabel(t, best) < 0 {
			best = t
		}
	}
	return best
}

// byLabel orders terms as people look for them.
func byLabel(a, b term) int {
	return cmp.Or(strings.Compare(fold(a.label), fold(b.label)), strings.Compare(a.label, b.label), strings.Compare(a.value, b.value))
}

// newFacet reads the field of all incidents.
func newFacet(field facetField, x *Index, v *incident.Vocabulary) *facet {
	keys, found := make([][]string, len(x.sources)), map[string]spread{}
	for n := range x.sources {
		for _, t := range field.of(x, n) {
			key := fold(t.value)
			if key == "" || slices.Contains(keys[n], key) {
				continue
			}
			keys[n] = append(keys[n], key)
			s := found[key]
			if s.forms == nil {
				s.forms = map[term]int{}
			}
			s.forms[t]++
			s.docs++
			found[key] = s
		}
	}
	f := &facet{}
	f.values, f.counted = listed(found, field, x.scale)
	for i, t := range f.values {
		if field.former != nil {
			f.values[i].former = field.former(v, t.value)
		}
	}
	f.place(keys)
	return f
}

// listed returns the values that are counted, then the others, in the facet's order.
func listed(found map[string]spread, field facetField, s scale) (list []facetTerm, counted int) {
	for key, of := range found {
		t := of.written()
		list = append(list, facetTerm{term: t, key: key, name: fold(t.label)})
	}
	order := func(a, b facetTerm) int {
		if field.inOrder != nil {
			if c := field.inOrder(a.term, b.term, s); c != 0 {
				return c
			}
		}
		return byLabel(a.term, b.term)
	}
	slices.SortFunc(list, func(a, b facetTerm) int {
		return cmp.Or(cmp.Compare(found[b.key].docs, found[a.key].docs), order(a, b))
	})
	counted = min(mostCounted, len(list))
	slices.SortFunc(list[:counted], order)
	slices.SortFunc(list[counted:], order)
	return list, counted
}

// place enters the values of every incident, in their order.
func (f *facet) place(keys [][]string) {
	at := map[string]int32{}
	for i, t := range f.values {
		at[t.key] = int32(i)
	}
	f.first = make([]int32, 1, len(keys)+1)
	for _, of := range keys {
		for _, key := range of {
			f.places = append(f.places, at[key])
		}
		slices.Sort(f.places[f.first[len(f.first)-1]:])
		f.first = append(f.first, int32(len(f.places)))
	}
}
