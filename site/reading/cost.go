package reading

import (
	"regexp"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// TurnCost returns how long a wrong turn held up those who responded, where a sentence of
// its text states it: "we spent 40 minutes chasing …", "was tried for a quarter of an
// hour", "after two hours of debugging", "it took us an hour to realize". It is unknown
// where two different lengths are stated.
func TurnCost(text string) incident.Duration {
	if !costForm.MatchString(text) {
		return incident.Duration{}
	}
	var cost incident.Duration
	disagree := false
	s := spots{phrases: spellings(), take: func(l *leaf) {
		for _, c := range l.clauses() {
			for _, stated := range l.costs(c) {
				disagree = disagree || cost.Known() && cost != stated
				cost = stated
			}
		}
	}}
	s.read(markdown.Block{Kind: markdown.Paragraph, Text: text})
	if disagree {
		return incident.Duration{}
	}
	return cost
}

// costForm matches a length of time anywhere in a text, with what makes it approximate.
var costForm = regexp.MustCompile(`(?i)(?:\b` + roughly + `\s+|~\s*)?(?:\b\d+\s*(?:-|–|to)\s*` + lengths + `|` + quarters + `|` + lengths + `)`)

// costs returns the lengths of time that the sentence gives a wrong turn.
func (l *leaf) costs(c clause) []incident.Duration {
	var found []incident.Duration
	text := l.block.Text[c.start:c.end]
	for _, m := range costForm.FindAllStringIndex(text, -1) {
		span, ok := readSpan(text[m[0]:m[1]])
		if ok && span.Most >= incident.Span(time.Minute) && l.costsTurn(c, c.start+m[0], c.start+m[1]) {
			found = append(found, span)
		}
	}
	return found
}

// costsTurn reports whether the words around a length of time, at text[start:end], say
// that it was spent on what the sentence tells.
func (l *leaf) costsTurn(c clause, start, end int) bool {
	before, behind := wordsOf(l.block.Text[c.start:start]), wordsOf(l.block.Text[end:c.end])
	switch {
	case l.claimedBefore(c, start, effortClaim, 2), l.claimedBehind(c, end, effortClaim, 2):
		return true
	case lastWord(before, 0) == "for", lastWord(before, 1) == "for":
		return l.pursuedBefore(c, start)
	case len(behind) > 0 && behind[0] == "to":
		return l.claimedBehind(c, end, insightClaim, 1) && (lastWord(before, 0) == "took" || lastWord(before, 1) == "took" || lastWord(before, 2) == "took")
	case len(behind) > 0 && behind[0] == "of":
		return l.claimedBehind(c, end, pursuitClaim, 2)
	}
	return l.claimedBehind(c, end, pursuitClaim, 0)
}

// lastWord returns the word that so many others stand behind, "" for none.
func lastWord(words []string, others int) string {
	if len(words) <= others {
		return ""
	}
	return words[len(words)-1-others]
}

// claimedBefore reports whether a phrase of the claim stands before an offset with at most
// so many words between.
func (l *leaf) claimedBefore(c clause, at int, one claim, between int) bool {
	for _, h := range c.hits {
		if h.claims.has(one) && h.end <= at && len(wordsOf(l.block.Text[h.end:at])) <= between {
			return true
		}
	}
	return false
}

// claimedBehind is claimedBefore for what stands behind an offset.
func (l *leaf) claimedBehind(c clause, at int, one claim, between int) bool {
	for _, h := range c.hits {
		if h.claims.has(one) && h.start >= at && len(wordsOf(l.block.Text[at:h.start])) <= between {
			return true
		}
	}
	return false
}

// pursuedBefore reports whether the last that is told before an offset is what people did
// to understand or end the incident, and not what the incident did to others.
func (l *leaf) pursuedBefore(c clause, at int) bool {
	pursued := false
	for _, h := range c.hits {
		switch {
		case h.end > at:
		case h.claims.has(pursuitClaim), h.claims.has(turnClaim), h.claims.has(attemptClaim), h.claims.has(actionClaim):
			pursued = true
		case h.claims.has(harmClaim), h.claims.has(countedClaim):
			pursued = false
		}
	}
	return pursued
}
