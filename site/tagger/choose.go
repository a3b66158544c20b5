package tagger

import (
	"cmp"
	"math"
	"slices"

	"faultline/site/incident"
)

// choose turns sums into suggestions.
func (t *Tagger) choose(r *reading, hits []hit, sums []total, limits [len(incident.Dimensions)]dimension) Suggestions {
	var out Suggestions
	source := sourceOf(r.incident)
	for _, d := range incident.Dimensions {
		for _, n := range t.best(d, limits[d], r.incident.Not, sums) {
			out.Tags[d] = append(out.Tags[d], t.suggestion(n, r, source, hits, sums[n]))
		}
		if d == incident.Cause && len(out.Tags[d]) > 0 {
			out.Tags[d][0].Primary = true
		}
	}
	return out
}

// best lists the terms of a dimension that are suggested, in order.
func (t *Tagger) best(d incident.Dimension, x dimension, not []string, sums []total) []int {
	var list []int
	for n, term := range t.terms {
		if term.dimension == d && len(sums[n].hits) > 0 && confidence(sums[n].sum) >= x.threshold && !slices.Contains(not, term.id) {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(sums[b].sum, sums[a].sum) })
	list = list[:min(len(list), x.most)]
	for n := range list {
		if confidence(sums[list[n]].sum) < x.beside*confidence(sums[list[0]].sum) {
			list = list[:n]
			break
		}
	}
	if d == incident.Mitigation {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(earliest(sums[a]), earliest(sums[b])) })
	}
	return list
}

// confidence is the formula of the package comment.
func confidence(sum float64) float64 { return 1 - math.Exp(-sum) }

// earliest is the first hit of a term in the order of the report.
func earliest(x total) int { return slices.Min(x.hits) }

// maxEvidence is the number of sentences that are shown for a term.
const maxEvidence = 3

func (t *Tagger) suggestion(n int, r *reading, source *source, hits []hit, x total) Suggestion {
	s := Suggestion{ID: t.terms[n].id, Confidence: math.Round(confidence(x.sum)*1000) / 1000, Evidence: []Evidence{}, Learned: x.learned}
	if s.Learned == nil {
		s.Learned = []string{}
	}
	var shown []int
	for _, at := range x.hits {
		h := hits[at]
		s.Effect = first(s.Effect, h.effect)
		s.Effective = first(s.Effective, h.effected)
		if len(shown) < maxEvidence && !slices.Contains(shown, h.sentence) {
			shown = append(shown, h.sentence)
			s.Evidence = append(s.Evidence, source.evidence(r, h))
		}
	}
	return s
}
