package tagger

import (
	"math"
	"slices"

	"faultline/site/cue"
	"faultline/site/incident"
)

// Clues are what the text of one incident says of it, before anything that is learned from
// other incidents: a pure function of the incident and the vocabulary, which may be kept.
type Clues struct {
	note       string
	candidates []candidate // terms that are suggested if others are similar enough, in order of the vocabulary
	stems      []uint32    // of the words that may tell of similarity, hashed, ascending
}

// candidate is a term with what speaks for it.
type candidate struct {
	term   int
	sum    float64
	titled float64 // of the sum, by which a title makes it the first cause
	at     moment
	found  Suggestion // without what depends on others
}

// Clues reads the incident's text.
func (t *Tagger) Clues(i *incident.Incident) *Clues { return t.clues(i, t.settings.dimensions) }

func (t *Tagger) clues(i *incident.Incident, limits [len(incident.Dimensions)]dimension) *Clues {
	r := t.reading(i)
	c := &Clues{stems: stemsOf(r.words)}
	if !r.english() {
		c.note = NotSupported
		return c
	}
	hits := t.hits(r)
	t.favor(r, hits)
	sums := t.sum(hits)
	t.settle(hits, sums)
	source := sourceOf(i)
	for n, x := range sums {
		possible := confidence(x.sum * (1 + t.settings.pull))
		if len(x.hits) > 0 && possible >= limits[t.terms[n].dimension].threshold && !slices.Contains(i.Not, t.terms[n].id) {
			c.candidates = append(c.candidates, candidate{n, x.sum, t.titled(r, hits, x), r.told(hits, x), t.suggestion(n, r, source, hits, x)})
		}
	}
	return c
}

// tells reports whether a word may tell of similarity: short words and numbers do not.
func tells(w cue.Word) bool { return len(w.Text) > 2 && w.Text[0] > '9' }

// stemsOf lists the stems of the words that may tell of similarity.
func stemsOf(words []cue.Word) []uint32 {
	stems := make([]uint32, 0, len(words))
	for _, w := range words {
		if tells(w) {
			stems = append(stems, hash(w.Stem))
		}
	}
	slices.Sort(stems)
	return slices.Clip(slices.Compact(stems))
}

// hash is FNV-1a. Two stems of one hash count as one word, which makes two reports a little
// more alike.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// titled is how much more a cause comes before others because the title names it.
func (t *Tagger) titled(r *reading, hits []hit, x total) float64 {
	sum := 0.0
	for _, at := range x.hits {
		if r.sentences[hits[at].sentence].place == titlePlace {
			sum += t.settings.titled * hits[at].value
		}
	}
	return sum
}

// pulled are a candidate's sum and the incidents that made it larger.
type pulled struct {
	*candidate
	sum     float64
	learned []string
}

// decide turns clues into suggestions, with the most similar incidents that people tagged.
func (t *Tagger) decide(c *Clues, near []similar, limits [len(incident.Dimensions)]dimension) Suggestions {
	if c.note != "" {
		return Suggestions{Note: c.note}
	}
	candidates := t.pull(c, near)
	var out Suggestions
	for _, d := range incident.Dimensions {
		for _, p := range t.best(d, limits[d], candidates) {
			s := p.found
			s.Confidence = math.Round(confidence(p.sum)*1000) / 1000
			if s.Learned = p.learned; s.Learned == nil {
				s.Learned = []string{}
			}
			out.Tags[d] = append(out.Tags[d], s)
		}
		if d == incident.Cause && len(out.Tags[d]) > 0 {
			out.Tags[d][0].Primary = true
		}
	}
	return out
}

// maxLearned is the number of incidents that are named for a suggestion.
const maxLearned = 3

// doubt is the similarity that has to be there before neighbors pull half as much as they could.
const doubt = 0.5

// pull lets the most similar incidents pull the terms that the text supports.
func (t *Tagger) pull(c *Clues, near []similar) []pulled {
	all := doubt
	for _, x := range near {
		all += x.similarity
	}
	list := make([]pulled, len(c.candidates))
	for n := range c.candidates {
		p := pulled{candidate: &c.candidates[n], sum: c.candidates[n].sum}
		share := 0.0
		for _, x := range near {
			if slices.Contains(x.terms, p.term) {
				share += x.similarity
				p.learned = append(p.learned, x.id)
			}
		}
		if share > 0 {
			p.sum *= 1 + t.settings.pull*share/all
			p.learned = p.learned[:min(len(p.learned), maxLearned)]
		}
		list[n] = p
	}
	return list
}
