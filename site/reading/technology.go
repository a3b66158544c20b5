package reading

import (
	"cmp"
	"slices"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// leastMentions are enough for a technology that is named in passing.
const leastMentions = 2

// telling are the sections that tell of the incident itself.
var telling = []incident.SectionKind{
	incident.SummarySection, incident.CauseSection, incident.TriggerSection, incident.FactorSection, incident.TimelineSection, incident.SymptomSection,
	incident.ImpactSection, incident.DetectionSection, incident.ResponseSection, incident.ResolutionSection,
}

// technologies counts the mentions of each technology.
type technologies struct {
	mentions []mention
	numbers  map[string]int // name -> index of mentions
}

// mention is what a text says of one technology.
type mention struct {
	found   Found[string] // its first firm mention
	count   int
	firm    bool // a mention that is certainly one
	central bool // a firm mention where the text tells what failed
}

// read counts the names in a leaf. One in the text of a link,
// or outside the sections that tell of the incident, is in passing.
func (t *technologies) read(l *leaf, title int) {
	if !l.claims.has(technologyClaim) {
		return
	}
	central := l.block.Line == title || l.told(telling...)
	for i, h := range l.hits {
		if h.name == "" || i > 0 && h.start < l.hits[i-1].end && l.hits[i-1].name != "" {
			continue
		}
		t.count(l, h, central && !h.linked)
	}
}

func (t *technologies) count(l *leaf, h hit, central bool) {
	n, known := t.numbers[h.name]
	if !known {
		if t.numbers == nil {
			t.numbers = map[string]int{}
		}
		n = len(t.mentions)
		t.numbers[h.name] = n
		t.mentions = append(t.mentions, mention{found: Found[string]{Value: h.name}})
	}
	m := &t.mentions[n]
	m.count++
	if firm := !h.common || !l.opens(h.start); firm && !m.firm {
		m.firm = true
		m.found.Line, m.found.Quote = l.line(h.start), l.quote(h.start, h.end)
	}
	m.central = m.central || central && m.firm
}

// opens reports whether a word stands where any is written with a capital.
func (l *leaf) opens(start int) bool {
	text := l.block.Text
	for start > 0 {
		start--
		switch c := text[start]; {
		case c == ' ' || c == '\n' || c == '"' || c == '(' || c == '*':
		default:
			return c == '.' || c == '!' || c == '?' || c == ':'
		}
	}
	return l.block.Kind != markdown.Heading
}

// found returns the technologies that take part, the most mentioned first.
func (t *technologies) found() []Found[string] {
	slices.SortStableFunc(t.mentions, func(a, b mention) int { return cmp.Compare(b.count, a.count) })
	var list []Found[string]
	for _, m := range t.mentions {
		if m.firm && (m.central || m.count >= leastMentions) {
			list = append(list, m.found)
		}
	}
	return list
}
