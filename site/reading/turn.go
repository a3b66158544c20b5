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

// turnClaims are the claims of which a leaf that tells of a wrong turn has one.
const turnClaims claimSet = 1<<turnClaim | 1<<mistakeClaim | 1<<refutationClaim | 1<<heldClaim | 1<<vainClaim | 1<<failedClaim

// read takes the wrong turns of a leaf: sentences that say so, what was thought where the
// same sentence or the next refutes it, and what was tried in vain. A sentence that speaks
// of the one before it takes that along.
func (t *turns) read(l *leaf) {
	if l.claims&turnClaims == 0 || l.block.Kind == markdown.Heading || l.told(incident.WrongTurnSection, incident.ActionSection) {
		return
	}
	all := l.clauses()
	for i := 0; i < len(all); i++ {
		first, last := l.turnAt(all, i)
		if first > last || all[last].end-all[first].start > maxTurn {
			continue
		}
		text := l.quote(all[first].start, all[last].end)
		t.list = append(t.list, incident.WrongTurn{
			Note: incident.Note{Text: text, Line: l.line(all[first].start), Anchor: l.part.anchor, Basis: incident.Prose},
			Cost: TurnCost(text),
		})
		i = last
	}
}

// turnAt returns the first and the last sentence of the wrong turn that the sentence
// tells of; the first is behind the last where it tells of none.
func (l *leaf) turnAt(all []clause, i int) (first, last int) {
	s := all[i]
	refutedNext := i+1 < len(all) && all[i+1].claims.has(refutationClaim)
	switch {
	case s.claims.has(exceptionClaim):
	case l.tellsTurn(s):
		if i > 0 && l.speaksBack(s) {
			return i - 1, i
		}
		return i, i
	case !l.narrates():
	case s.claims.has(beliefClaim) && s.follows(refutationClaim, beliefClaim):
		return i, i
	case s.claims.has(beliefClaim) && refutedNext:
		return i, i + 1
	case (l.tries(s) || l.responds()) && i+1 < len(all) && all[i+1].claims.has(vainClaim) && l.speaksBack(all[i+1]):
		return i, i + 1
	}
	return i, i - 1
}

// tellsTurn reports whether the sentence tells of a wrong turn by itself.
func (l *leaf) tellsTurn(s clause) bool {
	switch {
	case s.claims.has(turnClaim):
		return true
	case l.told(incident.BackgroundSection):
		return false
	case l.responds() && s.claims.has(mistakeClaim), s.follows(heldClaim, firstClaim):
		return true
	}
	return l.inVain(s)
}

// responds reports whether the leaf stands where the response is told.
func (l *leaf) responds() bool {
	return l.told(incident.TimelineSection, incident.ResponseSection, incident.DetectionSection, incident.ResolutionSection, incident.WrongSection)
}

// narrates reports whether the leaf stands where what happened may be told.
func (l *leaf) narrates() bool {
	return l.responds() || l.part.weak || l.told(incident.OtherSection)
}

// inVain reports whether the sentence says behind what was tried that it did not help.
func (l *leaf) inVain(s clause) bool {
	if s.follows(vainClaim, attemptClaim) || s.follows(failedClaim, attemptClaim) || s.follows(vainClaim, actionClaim) {
		return true
	}
	for n, h := range s.hits {
		rest := clause{hits: s.hits[n:]}
		switch {
		case h.claims.has(tryClaim) && l.remedies(s, h):
			return rest.follows(vainClaim, tryClaim) || rest.follows(failedClaim, tryClaim)
		case h.claims.has(trialClaim) && (l.responds() || l.remedies(s, h)):
			return rest.follows(vainClaim, trialClaim)
		}
	}
	return false
}

// tries reports whether the sentence says that something was tried.
func (l *leaf) tries(s clause) bool {
	if s.claims.has(attemptClaim) || s.claims.has(actionClaim) {
		return true
	}
	return slices.ContainsFunc(s.hits, func(h hit) bool {
		return (h.claims.has(tryClaim) || h.claims.has(trialClaim)) && l.remedies(s, h)
	})
}

// remedies reports whether the phrase stands in front of what is tried against incidents.
func (l *leaf) remedies(s clause, h hit) bool {
	next := nextWordIn(l.block.Text[:s.end], h.end)
	return claimsAll(next, remedyClaim)
}

// nextWordIn returns the word of text that begins behind an offset and one space.
func nextWordIn(text string, at int) string {
	if at++; at >= len(text) {
		return ""
	}
	return text[at:wordEnd(text, at)]
}

// speaksBack reports whether the sentence begins by speaking of the one before it.
func (l *leaf) speaksBack(c clause) bool {
	text := l.block.Text[:c.end]
	end := wordEnd(text, c.start)
	if claimsAll(text[c.start:end], backClaim) {
		return true
	}
	for end < len(text) && (text[end] == ' ' || text[end] == ',' || text[end] == '\n') {
		end++
	}
	return claimsAll(text[c.start:wordEnd(text, end)], backClaim)
}

// follows reports whether a phrase of the one claim stands behind one of the other.
func (s clause) follows(claim, other claim) bool {
	end := -1 // of the first phrase of the other claim
	for _, h := range s.hits {
		if end >= 0 && h.start >= end && h.claims.has(claim) {
			return true
		}
		if end < 0 && h.claims.has(other) {
			end = h.end
		}
	}
	return false
}

// wrongTurns returns the wrong turns of their own sections and of the prose, in
// document order.
func wrongTurns(own []incident.Note, prose []incident.WrongTurn) []incident.WrongTurn {
	var all []incident.WrongTurn
	for _, n := range own {
		all = append(all, incident.WrongTurn{Note: n, Cost: TurnCost(n.Text)})
	}
	all = append(all, prose...)
	slices.SortStableFunc(all, func(a, b incident.WrongTurn) int { return cmp.Compare(a.Line, b.Line) })
	return all
}
