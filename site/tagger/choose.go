package tagger

import (
	"cmp"
	"math"
	"slices"
	"time"

	"faultline/site/incident"
)

// choose turns sums into suggestions.
func (t *Tagger) choose(r *reading, hits []hit, sums []total, limits [len(incident.Dimensions)]dimension) Suggestions {
	var out Suggestions
	source := sourceOf(r.incident)
	for _, d := range incident.Dimensions {
		for _, n := range t.best(r, d, limits[d], hits, sums) {
			out.Tags[d] = append(out.Tags[d], t.suggestion(n, r, source, hits, sums[n]))
		}
		if d == incident.Cause && len(out.Tags[d]) > 0 {
			out.Tags[d][0].Primary = true
		}
	}
	return out
}

// best lists the terms of a dimension that are suggested, in order.
func (t *Tagger) best(r *reading, d incident.Dimension, x dimension, hits []hit, sums []total) []int {
	not := r.incident.Not
	var list []int
	for n, term := range t.terms {
		if term.dimension == d && len(sums[n].hits) > 0 && confidence(sums[n].sum) >= x.threshold && !slices.Contains(not, term.id) {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(sums[b].sum, sums[a].sum) })
	list = slices.DeleteFunc(list, func(n int) bool { return t.excluded(n, list, sums) })
	list = list[:min(len(list), x.most)]
	for n := range list {
		if confidence(sums[list[n]].sum) < x.beside*confidence(sums[list[0]].sum) {
			list = list[:n]
			break
		}
	}
	switch d {
	case incident.Cause:
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(t.leads(r, hits, b, sums[b]), t.leads(r, hits, a, sums[a])) })
		t.narrowFirst(list)
	case incident.Mitigation:
		slices.SortStableFunc(list, func(a, b int) int { return compareTold(r.told(hits, sums[a]), r.told(hits, sums[b])) })
	}
	return list
}

// narrowFirst puts a term before the wider one that it is a kind of: the narrower says
// more, and the words of the wider one are often said of it.
func (t *Tagger) narrowFirst(list []int) {
	for at, n := range list {
		if wide := slices.Index(list, t.terms[n].parent); wide >= 0 && wide < at {
			copy(list[wide+1:at+1], list[wide:at])
			list[wide] = n
		}
	}
}

// excluded reports whether another term of the list, with more to speak for it, rules a term out.
func (t *Tagger) excluded(n int, list []int, sums []total) bool {
	return slices.ContainsFunc(list, func(other int) bool {
		return t.settings.exclusive[[2]string{t.terms[n].id, t.terms[other].id}] &&
			(sums[other].sum > sums[n].sum || sums[other].sum == sums[n].sum && other < n)
	})
}

// confidence is the formula of the package comment.
func confidence(sum float64) float64 { return 1 - math.Exp(-sum) }

// moment is when a report tells of a term: by the clock of a row, or where in the text.
type moment struct {
	clock *time.Time // nil = no row with a clock tells of it
	hit   int        // the first one
}

func (r *reading) told(hits []hit, x total) moment {
	at := moment{hit: slices.Min(x.hits)}
	for _, n := range x.hits {
		if clock := r.clockAt(&r.sentences[hits[n].sentence]); clock != nil && (at.clock == nil || clock.Before(*at.clock)) {
			at.clock = clock
		}
	}
	return at
}

// clockAt is the clock of the row that a sentence stands in, nil for none.
func (r *reading) clockAt(s *sentence) *time.Time {
	if s.place != placeOf(incident.TimelineSection) {
		return nil
	}
	for n := range r.incident.Timeline {
		if row := &r.incident.Timeline[n]; row.Line == s.line && row.At.Known() {
			return &row.At.From
		}
	}
	return nil
}

// compareTold orders what rows tell by their clocks, and before what the text alone tells, in its order.
func compareTold(a, b moment) int {
	switch {
	case a.clock == nil && b.clock == nil:
		return a.hit - b.hit
	case a.clock == nil:
		return 1
	case b.clock == nil:
		return -1
	}
	return cmp.Or(a.clock.Compare(*b.clock), a.hit-b.hit)
}

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
		if len(s.Evidence) == maxEvidence || slices.Contains(shown, h.sentence) {
			continue
		}
		shown = append(shown, h.sentence)
		if e := source.evidence(r, h); !slices.ContainsFunc(s.Evidence, e.sameWords) {
			s.Evidence = append(s.Evidence, e)
		}
	}
	s.Effect = first(s.Effect, t.terms[n].effect)
	return s
}

// sameWords reports whether the report says the same twice.
func (e Evidence) sameWords(other Evidence) bool { return e.Text == other.Text }
