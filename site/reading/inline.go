package reading

import (
	"regexp"
	"slices"
	"strings"

	"faultline/site/markdown"
)

// Text that lost its line breaks holds a whole timeline in one paragraph: "14:10: We
// deploy it. 14:12: We roll back.". A clock with a colon behind it begins each row.

// label is a time that a row of such a paragraph begins with: its text stands from
// behind to the next label.
type inlineLabel struct {
	when         when
	start, after int
}

// inlineEntries reads the rows of a paragraph that holds several of them on one line.
// The last one goes on for no longer than the longest of the others, since what tells
// where it ends was lost as well.
func (p *part) inlineEntries(b markdown.Block) []entry {
	labels := clockLabels(b.Text)
	if len(labels) < formRows || len(labels) <= linesTimed(b) {
		return nil
	}
	labels = append(agoLabels(b.Text[:labels[0].start]), labels...)
	var list []entry
	longest := 0
	for i, l := range labels {
		end := len(b.Text)
		if i+1 < len(labels) {
			end = labels[i+1].start
			longest = max(longest, end-l.after)
		} else if end-l.after > longest {
			end = l.after + sentenceEnd(b.Text[l.after:], longest)
		}
		list = append(list, entry{when: l.when, text: oneLine(b.Text[l.after:end]), line: lineAt(b, l.start), anchor: p.anchor})
	}
	return list
}

// clockLabels finds the clocks of a text that a colon and a space follow.
func clockLabels(text string) []inlineLabel {
	var labels []inlineLabel
	for at := 0; ; {
		colon := strings.Index(text[at:], ": ")
		if colon < 0 {
			return labels
		}
		colon += at
		at = colon + 1
		if l, ok := clockLabel(text, colon); ok {
			labels = append(labels, l)
		}
	}
}

// maxClock is the length in bytes of the longest clock with its zone: "12:05:33 a.m. AEST".
const maxClock = 20

// clockLabel reads the clock that ends at a colon.
func clockLabel(text string, colon int) (inlineLabel, bool) {
	inner := strings.LastIndexByte(text[max(0, colon-maxClock):colon], ':')
	if inner < 0 {
		return inlineLabel{}, false
	}
	start := max(0, colon-maxClock) + inner
	for start > 0 && (text[start-1] >= '0' && text[start-1] <= '9' || text[start-1] == ':') {
		start--
	}
	w, rest, ok := readWhen(text[start:])
	if !ok || !w.clock || start > 0 && text[start-1] != ' ' && text[start-1] != '\n' || len(text)-len(rest) != colon {
		return inlineLabel{}, false
	}
	return inlineLabel{w, start, colon + len(": ")}, true
}

// linesTimed counts the lines of a block that begin with a clock.
func linesTimed(b markdown.Block) int {
	n := 0
	for _, l := range linesOf(b) {
		if w, _, ok := readWhen(l.text); ok && w.clock {
			n++
		}
	}
	return n
}

// agoForm is a time before the incident that a row begins with: "Two weeks ago: …".
var agoForm = regexp.MustCompile(`(?i)(?:\b(?:about|around|approximately)\s+)?(?:\b\d{1,3}|` + numeral + `)\s+` + unit + `\s+(?:ago|earlier|before|prior)\s?(?::|\s[-–—])\s`)

// agoLabels finds the times before the incident in what stands in front of a timeline.
func agoLabels(text string) []inlineLabel {
	if !strings.Contains(text, ": ") {
		return nil
	}
	var labels []inlineLabel
	for _, m := range agoForm.FindAllStringIndex(text, -1) {
		written := strings.TrimRight(text[m[0]:m[1]], " :-–—\n")
		labels = append(labels, inlineLabel{when{written: written}, m[0], m[1]})
	}
	return labels
}

// readAgo reads the time before the incident that a row begins with.
func readAgo(text string) (entry, bool) {
	head := text[:min(len(text), maxLabelSize)]
	if !strings.ContainsAny(head, ":-–—") {
		return entry{}, false
	}
	m := agoForm.FindStringIndex(head)
	if m == nil || m[0] > 0 {
		return entry{}, false
	}
	return entry{when: when{written: strings.TrimRight(head[:m[1]], " :-–—")}, text: strings.TrimSpace(text[m[1]:])}, true
}

// sentenceEnd returns where the sentence ends in which the n-th byte of a text stands.
func sentenceEnd(text string, n int) int {
	for at := n; at < len(text); at++ {
		if strings.IndexByte(".!?", text[at]) >= 0 && (at+1 == len(text) || text[at+1] == ' ' || text[at+1] == '\n') {
			return at + 1
		}
	}
	return len(text)
}

// lineAt returns the line of the file on which a byte of a block's text stands.
func lineAt(b markdown.Block, at int) int {
	for _, s := range spansOf(b) {
		if at < len(s.Text) {
			return s.Line
		}
		at -= len(s.Text)
	}
	return b.Line
}

var actorForm = regexp.MustCompile(`^@([\pL\d][\pL\d_.-]*)[:,]?\s+(\pL+)`)

// cutActor splits a row's text into the person it begins with and what that person did:
// "@nova declares an incident". Of several persons none is the actor.
func cutActor(text string) (actor *string, rest string) {
	if !strings.HasPrefix(text, "@") {
		return nil, text
	}
	m := actorForm.FindStringSubmatchIndex(text)
	if m == nil || slices.Contains([]string{"and", "or", "with"}, text[m[4]:m[5]]) {
		return nil, text
	}
	name := text[m[2]:m[3]]
	return &name, text[m[4]:]
}
