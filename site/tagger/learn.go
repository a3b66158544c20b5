package tagger

import (
	"cmp"
	"math"
	"slices"

	"faultline/site/cue"
	"faultline/site/incident"
)

// memory holds what people tagged, to be recalled by similarity. An incident is as similar to a
// remembered one as the share of its most telling stems, by weight, that the other has.
type memory struct {
	ids      []string
	at       map[string]int     // of an incident in ids, by path
	terms    [][]int            // by incident: what people gave it
	postings map[string][]int32 // stem -> incidents, in order
	weight   map[string]float64 // of a stem: its inverse document frequency
}

// The size of a memory: how many incidents are remembered (the last ones of the library), how
// many stems are looked up, and in how many incidents a stem may stand to tell something.
const (
	maxRemembered = 2000
	telling       = 32
	maxCommon     = 128
)

// learn remembers the incidents that people tagged.
func (t *Tagger) learn(library []*incident.Incident) memory {
	m := memory{at: map[string]int{}, postings: map[string][]int32{}, weight: map[string]float64{}}
	var remembered []*incident.Incident
	for _, i := range slices.Backward(library) {
		if len(t.given(i)) > 0 && len(remembered) < maxRemembered {
			remembered = append(remembered, i)
		}
	}
	for n, i := range remembered {
		m.at[i.Path] = n
		m.ids, m.terms = append(m.ids, i.ID), append(m.terms, t.given(i))
		for _, w := range t.reading(i).words {
			if list := m.postings[w.Stem]; tells(w) && (len(list) == 0 || list[len(list)-1] != int32(n)) {
				m.postings[w.Stem] = append(list, int32(n))
			}
		}
	}
	for s, list := range m.postings {
		if len(list) > maxCommon {
			delete(m.postings, s)
			continue
		}
		m.weight[s] = math.Log(1 + float64(len(remembered))/float64(len(list)))
	}
	return m
}

// given lists the terms that people gave an incident.
func (t *Tagger) given(i *incident.Incident) []int {
	var terms []int
	for _, d := range incident.Dimensions {
		for _, tag := range i.Terms[d] {
			n, ok := t.at[d][tag.ID]
			if ok && (tag.Provenance == incident.Author || tag.Provenance == incident.Accepted) {
				terms = append(terms, n)
			}
		}
	}
	return terms
}

// tells reports whether a word may tell of similarity: short words and numbers do not.
func tells(w cue.Word) bool { return len(w.Text) > 2 && w.Text[0] > '9' }

// mostTelling lists the stems to look an incident up by: those that remembered incidents other than
// itself have.
func (m *memory) mostTelling(r *reading, own bool) []string {
	var known []string
	for _, w := range r.words {
		if n := len(m.postings[w.Stem]); n > 1 || n == 1 && !own {
			known = append(known, w.Stem)
		}
	}
	slices.SortFunc(known, func(a, b string) int { return cmp.Or(cmp.Compare(m.weight[b], m.weight[a]), cmp.Compare(a, b)) })
	known = slices.Compact(known)
	return known[:min(len(known), telling)]
}

// neighbor is a remembered incident and how similar it is, from 0 to 1.
type neighbor struct {
	n          int
	similarity float64
}

// neighbors returns the most similar incidents, the most similar first, the incident itself left out.
func (m *memory) neighbors(i *incident.Incident, r *reading, most int) []neighbor {
	if len(m.ids) == 0 {
		return nil
	}
	self, own := m.at[i.Path]
	similar, all := make([]float64, len(m.ids)), 0.0
	for _, s := range m.mostTelling(r, own) {
		all += m.weight[s]
		for _, n := range m.postings[s] {
			similar[n] += m.weight[s]
		}
	}
	if own {
		similar[self] = 0
	}
	return m.nearest(similar, all, most)
}

// nearest lists the incidents with the highest sums, as shares of all.
func (m *memory) nearest(similar []float64, all float64, most int) []neighbor {
	list := make([]neighbor, 0, most+1)
	for n, x := range similar {
		if x == 0 || len(list) == most && x/all < list[most-1].similarity {
			continue
		}
		list = append(list, neighbor{n, x / all})
		slices.SortFunc(list, func(a, b neighbor) int {
			return cmp.Or(cmp.Compare(b.similarity, a.similarity), cmp.Compare(m.ids[a.n], m.ids[b.n]))
		})
		list = list[:min(len(list), most)]
	}
	return list
}

// maxLearned is the number of incidents that are named for a suggestion.
const maxLearned = 3

// doubt is the similarity that has to be there before neighbors pull half as much as they could.
const doubt = 0.5

// recall lets the most similar incidents pull the terms that the text supports.
func (t *Tagger) recall(i *incident.Incident, r *reading, sums []total) {
	near := t.memory.neighbors(i, r, t.settings.neighbors)
	all, share := doubt, map[int]float64{}
	for _, x := range near {
		all += x.similarity
		for _, n := range t.memory.terms[x.n] {
			if sums[n].sum > 0 {
				share[n] += x.similarity
				sums[n].learned = append(sums[n].learned, t.memory.ids[x.n])
			}
		}
	}
	for n, s := range share {
		sums[n].sum *= 1 + t.settings.pull*s/all
		sums[n].learned = sums[n].learned[:min(len(sums[n].learned), maxLearned)]
	}
}
