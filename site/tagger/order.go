package tagger

import "faultline/site/incident"

// firsts are the sentences that first tell of a dimension, in places that tell of it: of the report, and of
// its timeline. -1 = none does.
type firsts struct {
	sentence, row [len(incident.Dimensions)]int
}

// tellingPlace is the weight from which a place tells of a dimension.
const tellingPlace = 0.6

func (t *Tagger) firsts(r *reading, hits []hit) firsts {
	var f firsts
	for d := range f.row {
		f.sentence[d], f.row[d] = -1, -1
	}
	for _, h := range hits {
		d := t.terms[h.term].dimension
		at := r.sentences[h.sentence].place
		if h.value <= 0 || t.settings.dimensions[d].places[at] < tellingPlace {
			continue
		}
		if f.sentence[d] < 0 {
			f.sentence[d] = h.sentence
		}
		if f.row[d] < 0 && at == placeOf(incident.TimelineSection) {
			f.row[d] = h.sentence
		}
	}
	return f
}

// favor weighs hits by the order of the report. Who is named first noticed it, what is named first was hurt:
// the sentence in which a report first tells of a dimension counts more, and the rows of a timeline behind the first
// that does count less. What rows tell behind the first that tells of the detection did not trigger it.
func (t *Tagger) favor(r *reading, hits []hit) {
	f := t.firsts(r, hits)
	for n := range hits {
		h := &hits[n]
		d := t.terms[h.term].dimension
		x := &t.settings.dimensions[d]
		if h.value <= 0 {
			continue
		}
		if h.sentence == f.sentence[d] {
			h.value *= x.first
		}
		if r.sentences[h.sentence].place == placeOf(incident.TimelineSection) {
			if f.row[d] >= 0 && h.sentence > f.row[d] {
				h.value *= x.later
			}
			if noticed := f.row[incident.Detection]; d == incident.Trigger && noticed >= 0 && h.sentence > noticed {
				h.value *= t.settings.noticed
			}
		}
	}
}

// leads is how far a cause comes before others in the chain of causes: what speaks for it, more where the title
// names it, less where it is of the kind that other causes bring about.
func (t *Tagger) leads(p pulled) float64 {
	sum := p.sum + p.titled
	if t.settings.consequences[t.terms[p.term].id] {
		sum *= t.settings.consequence
	}
	return sum
}
