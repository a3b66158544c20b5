package tagger

import (
	"cmp"
	"math"
	"slices"
	"time"

	"faultline/site/incident"
)

// best lists the terms of a dimension that are suggested, in order.
func (t *Tagger) best(d incident.Dimension, x dimension, candidates []pulled) []pulled {
	var list []pulled
	for _, p := range candidates {
		if t.terms[p.term].dimension == d && confidence(p.sum) >= x.threshold {
			list = append(list, p)
		}
	}
	slices.SortStableFunc(list, func(a, b pulled) int { return cmp.Compare(b.sum, a.sum) })
	whole := slices.Clone(list)
	list = slices.DeleteFunc(list, func(p pulled) bool { return t.excluded(p, whole) })
	list = list[:min(len(list), x.most)]
	for n := range list {
		if confidence(list[n].sum) < x.beside*confidence(list[0].sum) {
			list = list[:n]
			break
		}
	}
	switch d {
	case incident.Cause:
		slices.SortStableFunc(list, func(a, b pulled) int { return cmp.Compare(t.leads(b), t.leads(a)) })
		t.narrowFirst(list)
	case incident.Mitigation:
		slices.SortStableFunc(list, func(a, b pulled) int { return compareTold(a.at, b.at) })
	}
	return list
}

// narrowFirst puts a term before the wider one that it is a kind of: the narrower says
// more, and the words of the wider one are often said of it.
func (t *Tagger) narrowFirst(list []pulled) {
	for at, p := range list {
		wide := slices.IndexFunc(list, func(q pulled) bool { return q.term == t.terms[p.term].parent })
		if wide >= 0 && wide < at {
			copy(list[wide+1:at+1], list[wide:at])
			list[wide] = p
		}
	}
}

// excluded reports whether another term of the list, with more to speak for it, rules a term out.
func (t *Tagger) excluded(p pulled, list []pulled) bool {
	return slices.ContainsFunc(list, func(other pulled) bool {
		return t.settings.exclusive[[2]string{t.terms[p.term].id, t.terms[other.term].id}] &&
			(other.sum > p.sum || other.sum == p.sum && other.term < p.term)
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

// suggestion is what the text says of a term.
func (t *Tagger) suggestion(n int, r *reading, source *source, hits []hit, x total) Suggestion {
	s := Suggestion{ID: t.terms[n].id, Evidence: []Evidence{}}
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
