package tagger

import (
	"math"
	"slices"
	"strings"

	"faultline/site/cue"
	"faultline/site/incident"
)

// hit is a cue that stands in a sentence and what it counts there.
type hit struct {
	term     int
	cue      int // index in Tagger.cues
	sentence int
	from, to int // words of the sentence
	value    float64
	effect   *string
	effected *string // effective
}

// over reports whether two hits have words in common.
func (h hit) over(other hit) bool {
	return h.sentence == other.sentence && h.from < other.to && other.from < h.to
}

// hits finds all cues and judges each where it stands.
func (t *Tagger) hits(r *reading) []hit {
	var search cue.Search
	var hits []hit
	var cues, modifiers []cue.Match
	for n := range r.sentences {
		s := &r.sentences[n]
		cues, modifiers = cues[:0], modifiers[:0]
		for _, m := range t.matcher.Find(&search, r.wordsOf(s)) {
			if t.cues[m.Pattern].term < 0 {
				modifiers = append(modifiers, m)
			} else {
				cues = append(cues, m)
			}
		}
		first := len(hits)
		for _, m := range t.longest(t.placed(s.place, cues, modifiers)) {
			hits = t.judge(r, n, m, modifiers, hits)
		}
		t.lookBack(r, n, modifiers, hits[:first])
	}
	return hits
}

// placed drops the cues that do not count where the sentence stands.
func (t *Tagger) placed(p place, cues, modifiers []cue.Match) []cue.Match {
	return slices.DeleteFunc(cues, func(m cue.Match) bool {
		c := t.cues[m.Pattern]
		return c.in != 0 && !c.in.has(t.standing(p, t.terms[c.term].dimension, modifiers))
	})
}

// standing is the place that a sentence counts as for a dimension: its own, or the one that a modifier
// gives it.
func (t *Tagger) standing(p place, d incident.Dimension, modifiers []cue.Match) place {
	for _, m := range modifiers {
		if x := &t.settings.modifiers[t.cues[m.Pattern].modifier]; x.moves && x.bears(p, d) {
			return x.as
		}
	}
	return p
}

// longest drops what stands inside a longer cue of the same dimension, and the second of
// two cues of a term in the same words.
func (t *Tagger) longest(cues []cue.Match) []cue.Match {
	if len(cues) < 2 {
		return cues
	}
	kept := make([]cue.Match, 0, len(cues))
	for _, a := range cues {
		if !slices.ContainsFunc(cues, func(b cue.Match) bool { return a != b && t.inside(a, b) }) {
			kept = append(kept, a)
		}
	}
	return kept
}

// inside reports whether b takes the words of a. A cue that counts nothing takes those of any shorter one.
func (t *Tagger) inside(a, b cue.Match) bool {
	x, y := t.cues[a.Pattern], t.cues[b.Pattern]
	if t.terms[x.term].dimension != t.terms[y.term].dimension || a.From < b.From || a.To > b.To {
		return false
	}
	if a.From == b.From && a.To == b.To && x.term == y.term {
		return t.worth(b.Pattern) > t.worth(a.Pattern) || t.worth(b.Pattern) == t.worth(a.Pattern) && b.Pattern < a.Pattern
	}
	return x.pattern.Places() < y.pattern.Places() && (y.weight == incident.NoCue || t.worth(b.Pattern) >= t.worth(a.Pattern))
}

// worth is what a cue counts before the sentence is looked at.
func (t *Tagger) worth(pattern int) float64 { return t.settings.cues[t.cues[pattern].weight] }

// judge appends the hit of a match, if it counts anything.
func (t *Tagger) judge(r *reading, n int, m cue.Match, modifiers []cue.Match, hits []hit) []hit {
	s, c := &r.sentences[n], t.cues[m.Pattern]
	x := t.terms[c.term]
	h := hit{term: c.term, cue: m.Pattern, sentence: n, from: m.From, to: m.To}
	h.value = t.worth(m.Pattern)
	if c.in == 0 || s.place == titlePlace { // otherwise the cue was written for this place
		h.value *= t.settings.dimensions[x.dimension].places[t.standing(s.place, x.dimension, modifiers)]
	}
	if s.heading {
		h.value *= t.settings.heading
	}
	if s.question && !t.settings.asked[x.id] {
		h.value *= t.settings.question
	}
	if t.settings.foreign[x.id] && r.own(r.wordsOf(s)[m.From:m.To]) {
		return hits
	}
	if c.pattern.Places() < m.To-m.From && clauses(s.text, r.wordsOf(s)[m.From:m.To]) {
		h.value *= t.settings.clauses
	}
	t.modify(r, s, &h, x.dimension, modifiers)
	if h.value == 0 {
		return hits
	}
	return append(hits, h)
}

// clauses reports whether words stand in more than one clause of their sentence.
func clauses(text string, words []cue.Word) bool { return parted(text, words, 0, len(words)-1) }

// modify applies the modifiers of the sentence that reach the hit, each at most once.
func (t *Tagger) modify(r *reading, s *sentence, h *hit, d incident.Dimension, modifiers []cue.Match) {
	var done uint64
	for _, m := range modifiers {
		n := t.cues[m.Pattern].modifier
		x := &t.settings.modifiers[n]
		if done&(1<<n) != 0 || !x.bears(s.place, d) || t.shadowed(m, d, modifiers) {
			continue
		}
		if !t.reaches(m, *h, s.text, r.wordsOf(s)) {
			continue
		}
		done |= 1 << n
		h.value *= x.factor
		h.effect, h.effected = first(h.effect, x.effect), first(h.effected, x.effective)
	}
}

// shadowed reports whether the modifier stands inside a longer one of the same reach: "not only".
func (t *Tagger) shadowed(m cue.Match, d incident.Dimension, all []cue.Match) bool {
	of := uint8(1) << d
	return slices.ContainsFunc(all, func(other cue.Match) bool {
		x := &t.settings.modifiers[t.cues[other.Pattern].modifier]
		return x.reach == t.reachOf(m) && (x.of == 0 || x.of&of != 0) && other.From <= m.From && other.To >= m.To && t.cues[other.Pattern].pattern.Places() > t.cues[m.Pattern].pattern.Places()
	})
}

func (t *Tagger) reachOf(m cue.Match) reach {
	return t.settings.modifiers[t.cues[m.Pattern].modifier].reach
}

// reaches reports whether the modifier at m bears on the hit's words. In the gap of a cue
// it does, but not where it is a word of the cue itself.
func (t *Tagger) reaches(m cue.Match, h hit, text string, words []cue.Word) bool {
	x := &t.settings.modifiers[t.cues[m.Pattern].modifier]
	if m.From < h.to && h.from < m.To && !x.qualifies() {
		own := t.cues[h.cue].pattern
		return x.reach == behindReach && m.From > h.from && m.To < h.to &&
			!slices.ContainsFunc(words[m.From:m.To], func(w cue.Word) bool { return own.Has(w.Stem) })
	}
	switch x.reach {
	case behindReach:
		return m.To <= h.from && h.from-m.To <= x.words && !parted(text, words, m.To-1, h.from)
	case aheadReach:
		return h.to <= m.From && m.From-h.to <= x.words && !parted(text, words, h.to-1, m.From)
	}
	return true
}

// partings are words that begin another thought.
var partings = map[string]bool{"but": true, "howev": true, "although": true, "though": true, "becaus": true}

// parted reports whether punctuation or a word between two words of a sentence parts them.
func parted(text string, words []cue.Word, from, to int) bool {
	for n := from + 1; n < to; n++ {
		if partings[words[n].Stem] {
			return true
		}
	}
	start, end := words[from].End, words[to].Start
	return start < end && strings.ContainsAny(text[start:end], ",;:()|")
}

// lookBack applies the modifiers that speak of the sentence before: "This did not help."
func (t *Tagger) lookBack(r *reading, n int, modifiers []cue.Match, hits []hit) {
	if len(modifiers) == 0 || r.sentences[n].opens {
		return
	}
	for _, m := range modifiers {
		x := &t.settings.modifiers[t.cues[m.Pattern].modifier]
		if x.reach != nextReach || t.shadowed(m, incident.Mitigation, modifiers) {
			continue
		}
		for k := len(hits) - 1; k >= 0 && hits[k].sentence == n-1; k-- {
			h := &hits[k]
			if x.bears(r.sentences[n].place, t.terms[h.term].dimension) {
				h.value *= x.factor
				h.effect, h.effected = first(h.effect, x.effect), first(h.effected, x.effective)
			}
		}
	}
}

func first(a, b *string) *string {
	if a != nil {
		return a
	}
	return b
}

// total is what speaks for one term.
type total struct {
	sum     float64
	hits    []int // indices, the strongest first
	against []int
	learned []string
}

// maxHits bounds what counts for a term, whatever the text repeats.
const maxHits = 200

// sum adds up the hits of each term.
func (t *Tagger) sum(hits []hit) []total {
	sums := make([]total, len(t.terms))
	for n, h := range hits {
		if x := &sums[h.term]; len(x.hits) < maxHits {
			x.hits = append(x.hits, n)
		}
	}
	for n := range sums {
		t.addUp(hits, &sums[n])
	}
	return sums
}

// addUp computes the sum of a total from its hits. Those that speak against it come last and stay
// out of the list.
func (t *Tagger) addUp(hits []hit, x *total) {
	x.hits = append(x.hits, x.against...)
	slices.SortStableFunc(x.hits, func(a, b int) int {
		switch {
		case hits[a].value > hits[b].value:
			return -1
		case hits[a].value < hits[b].value:
			return 1
		}
		return a - b
	})
	x.sum = 0
	for n, at := range x.hits {
		repeats := 0
		for _, before := range x.hits[:n] {
			if hits[before].cue == hits[at].cue {
				repeats++
			}
		}
		x.sum += hits[at].value * math.Pow(t.settings.repeat, float64(repeats))
	}
	if n := slices.IndexFunc(x.hits, func(at int) bool { return hits[at].value < 0 }); n >= 0 {
		x.hits, x.against = x.hits[:n], x.hits[n:]
	}
	if x.sum = max(x.sum, 0); x.sum == 0 {
		x.hits = nil
	}
}

// settle takes from the weaker of two terms that are confused with each other the words
// that both rest on.
func (t *Tagger) settle(hits []hit, sums []total) {
	for _, pair := range t.rivals {
		a, b := pair.a, pair.b
		if sums[a].sum == 0 || sums[b].sum == 0 {
			continue
		}
		if !pair.parent && sums[b].sum > sums[a].sum {
			a, b = b, a
		}
		before := len(sums[b].hits)
		sums[b].hits = slices.DeleteFunc(sums[b].hits, func(x int) bool {
			return slices.ContainsFunc(sums[a].hits, func(y int) bool { return hits[x].over(hits[y]) })
		})
		if len(sums[b].hits) < before {
			t.addUp(hits, &sums[b])
		}
	}
}
