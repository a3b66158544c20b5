package reading

import (
	"cmp"
	"slices"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// maxTurn is the length in bytes beyond which a text without marks is no sentence.
const maxTurn = 900

// turns collects the sentences that tell of wrong turns.
type turns struct {
	list []incident.WrongTurn
}

// read takes the wrong turns of a leaf: sentences that say so, and what was thought
// where the same sentence or the next refutes it. A sentence that speaks of the one
// before it takes that along.
func (t *turns) read(l *leaf) {
	if !l.claims.has(turnClaim) && !l.claims.has(mistakeClaim) && !(l.claims.has(beliefClaim) && l.claims.has(refutationClaim)) {
		return
	}
	if l.block.Kind == markdown.Heading || l.told(incident.WrongTurnSection, incident.ActionSection, incident.BackgroundSection) {
		return
	}
	all := l.clauses()
	for i := 0; i < len(all); i++ {
		first, last := l.turnAt(all, i)
		if first > last || all[last].end-all[first].start > maxTurn {
			continue
		}
		t.list = append(t.list, incident.WrongTurn{Note: incident.Note{Text: l.quote(all[first].start, all[last].end), Line: l.line(all[first].start), Anchor: l.part.anchor, Basis: incident.Prose}})
		i = last
	}
}

// turnAt returns the first and the last sentence of the wrong turn that the sentence
// tells of; the first is behind the last where it tells of none.
func (l *leaf) turnAt(all []clause, i int) (first, last int) {
	s := all[i]
	response := l.told(incident.TimelineSection, incident.ResponseSection, incident.DetectionSection, incident.ResolutionSection, incident.WrongSection)
	narrative := response || l.part.weak || l.told(incident.OtherSection)
	switch {
	case s.claims.has(exceptionClaim):
	case s.claims.has(turnClaim), response && s.claims.has(mistakeClaim):
		if i > 0 && l.speaksBack(s) {
			return i - 1, i
		}
		return i, i
	case !narrative || !s.claims.has(beliefClaim):
	case s.refuted():
		return i, i
	case i+1 < len(all) && all[i+1].claims.has(refutationClaim):
		return i, i + 1
	}
	return i, i - 1
}

// speaksBack reports whether the sentence begins by speaking of the one before it.
func (l *leaf) speaksBack(c clause) bool {
	text := l.block.Text
	return claimsAll(text[c.start:wordEnd(text, c.start)], backClaim)
}

// refuted reports whether the sentence says behind what was thought that it is wrong.
func (s clause) refuted() bool {
	believed := false
	for _, h := range s.hits {
		if believed && h.claims.has(refutationClaim) {
			return true
		}
		believed = believed || h.claims.has(beliefClaim)
	}
	return false
}

// wrongTurns returns the wrong turns of their own sections and of the prose, in
// document order.
func wrongTurns(own []incident.Note, prose []incident.WrongTurn) []incident.WrongTurn {
	var all []incident.WrongTurn
	for _, n := range own {
		all = append(all, incident.WrongTurn{Note: n})
	}
	all = append(all, prose...)
	slices.SortStableFunc(all, func(a, b incident.WrongTurn) int { return cmp.Compare(a.Line, b.Line) })
	return all
}
