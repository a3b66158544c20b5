package score

import (
	"cmp"
	"slices"

	"faultline/site/importer"
	"faultline/site/incident"
)

// Dimension is how well the terms of one dimension are found.
type Dimension struct {
	Name string `json:"name"`
	Hits
	Terms []Term `json:"terms"` // the most labelled first
}

// Term is how well one term is found.
type Term struct {
	ID string `json:"id"`
	Hits
}

// Hits counts terms: found rightly, found wrongly, missed.
type Hits struct {
	Right  int `json:"right"`
	Wrong  int `json:"wrong"`
	Missed int `json:"missed"`
}

// Labels is how often people gave the terms.
func (h Hits) Labels() int { return h.Right + h.Missed }

// Precision is the share of what is found that is right.
func (h Hits) Precision() float64 { return Share{h.Right, h.Right + h.Wrong}.Value() }

// Recall is the share of what people gave that is found.
func (h Hits) Recall() float64 { return Share{h.Right, h.Labels()}.Value() }

// F1 is the harmonic mean of precision and recall.
func (h Hits) F1() float64 {
	return Share{2 * h.Right, 2*h.Right + h.Wrong + h.Missed}.Value()
}

// measureTerms compares the terms of one dimension over all reports.
func measureTerms(d incident.Dimension, labels []Label, read map[string]importer.Facts) Dimension {
	hits := map[string]*Hits{}
	for _, l := range labels {
		for _, t := range l.terms(d) {
			hits[string(t)] = &Hits{}
		}
	}
	for _, l := range labels {
		given, found := set(l.terms(d), term.id), set(read[l.Path].Terms(d), tagID)
		for id, h := range hits {
			switch {
			case given[id] && found[id]:
				h.Right++
			case given[id]:
				h.Missed++
			case found[id]:
				h.Wrong++
			}
		}
	}
	return sum(d, hits)
}

func (t term) id() string { return string(t) }

func tagID(t importer.TagFacts) string { return t.ID }

func set[T any](list []T, id func(T) string) map[string]bool {
	ids := map[string]bool{}
	for _, t := range list {
		ids[id(t)] = true
	}
	return ids
}

func sum(d incident.Dimension, hits map[string]*Hits) Dimension {
	all := Dimension{Name: d.Key(), Terms: []Term{}}
	for id, h := range hits {
		all.Right, all.Wrong, all.Missed = all.Right+h.Right, all.Wrong+h.Wrong, all.Missed+h.Missed
		all.Terms = append(all.Terms, Term{id, *h})
	}
	slices.SortFunc(all.Terms, func(a, b Term) int {
		return cmp.Or(cmp.Compare(b.Labels(), a.Labels()), cmp.Compare(a.ID, b.ID))
	})
	return all
}
