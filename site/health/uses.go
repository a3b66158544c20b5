package health

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
)

// key is a term.
type key struct {
	dimension incident.Dimension
	id        string
}

func (k key) compare(o key) int {
	return cmp.Or(cmp.Compare(k.dimension, o.dimension), strings.Compare(k.id, o.id))
}

// uses are the incidents that have each term, by their positions in the library.
type uses struct {
	keys  []key // in order
	at    map[key][]int
	of    [][]key                       // the terms of each incident
	known [len(incident.Dimensions)]int // incidents with any term
}

func usesOf(lib *incident.Library) *uses {
	u := &uses{at: map[key][]int{}, of: make([][]key, len(lib.Incidents))}
	for n, inc := range lib.Incidents {
		for _, d := range incident.Dimensions {
			ids := inc.Given(d)
			if len(ids) > 0 {
				u.known[d]++
			}
			for _, id := range ids {
				if k := (key{d, id}); id != incident.Unknown && !slices.Contains(u.of[n], k) {
					u.of[n] = append(u.of[n], k)
					u.at[k] = append(u.at[k], n)
				}
			}
		}
	}
	for k := range u.at {
		u.keys = append(u.keys, k)
	}
	slices.SortFunc(u.keys, key.compare)
	return u
}

// with counts the other terms that come with a term.
func (u *uses) with(k key) int {
	others := map[key]bool{}
	for _, n := range u.at[k] {
		for _, other := range u.of[n] {
			others[other] = true
		}
	}
	return len(others) - 1
}

// broad returns the terms that do not tell incidents apart, the widest first.
func (u *uses) broad() []Broad {
	list := []Broad{}
	for _, k := range u.keys {
		b := Broad{Term: termOf(k), N: len(u.at[k]), Of: u.known[k.dimension], Used: len(u.keys) - 1}
		if b.N < MinBroad || float64(b.N) < BroadShare*float64(b.Of) {
			continue
		}
		if b.With = u.with(k); float64(b.With) >= BroadWith*float64(b.Used) {
			list = append(list, b)
		}
	}
	slices.SortStableFunc(list, func(a, b Broad) int { return cmp.Compare(b.N*a.Of, a.N*b.Of) })
	return list
}

// inseparable returns the pairs of terms that the same incidents have, most first.
func (u *uses) inseparable() []Pair {
	same := map[string][]key{}
	for _, k := range u.keys {
		if at := u.at[k]; len(at) >= MinTogether {
			set := fmt.Sprint(at)
			same[set] = append(same[set], k)
		}
	}
	list := []Pair{}
	for _, keys := range same {
		for i, a := range keys {
			for _, b := range keys[i+1:] {
				list = append(list, Pair{termOf(a), termOf(b), len(u.at[a])})
			}
		}
	}
	slices.SortFunc(list, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.N, a.N), a.A.key().compare(b.A.key()), a.B.key().compare(b.B.key()))
	})
	return list
}

func (t Term) key() key { return key{t.Dimension, t.ID} }

// disagreements compares authors with the text, and counts the texts that can be read.
func disagreements(lib *incident.Library, texts []text) ([]Disagreement, int) {
	counts, read := map[key]*Disagreement{}, 0
	var of [len(incident.Dimensions)]int
	for i, t := range texts {
		if !t.ok {
			continue
		}
		read++
		for _, d := range incident.Dimensions {
			if provenance(lib.Incidents[i].Terms[d]) == incident.Author {
				of[d]++
				compare(counts, lib.Incidents[i], d, t.ids[d])
			}
		}
	}
	list := []Disagreement{}
	for k, c := range counts {
		if c.AuthorOnly+c.TextOnly >= MinDisagree {
			c.Of = of[k.dimension]
			list = append(list, *c)
		}
	}
	slices.SortFunc(list, func(a, b Disagreement) int {
		return cmp.Or(cmp.Compare(b.AuthorOnly+b.TextOnly, a.AuthorOnly+a.TextOnly), a.key().compare(b.key()))
	})
	return list, read
}

// compare counts one incident in one dimension.
func compare(counts map[key]*Disagreement, inc *incident.Incident, d incident.Dimension, suggested []string) {
	at := func(id string) *Disagreement {
		k := key{d, id}
		if counts[k] == nil {
			counts[k] = &Disagreement{Term: termOf(k)}
		}
		return counts[k]
	}
	ids := inc.Given(d)
	for _, id := range ids {
		switch c := at(id); {
		case id == incident.Unknown:
		case slices.Contains(suggested, id):
			c.Both++
		default:
			c.AuthorOnly++
			c.Example = cmp.Or(c.Example, inc.Path)
		}
	}
	for _, id := range suggested {
		if c := at(id); !slices.Contains(ids, id) {
			c.TextOnly++
			c.Example = cmp.Or(c.Example, inc.Path)
		}
	}
}
