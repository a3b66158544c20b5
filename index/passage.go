package index

import (
	"cmp"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"faultline/index/query"
	"faultline/index/web"
)

// What a passage shows, in UTF-16 code units so that a browser measures the same.
const (
	passageCount = 3
	passageWidth = 200
	edgeWidth    = 3 // punctuation kept beside the outermost words
)

// ellipsis stands where a passage is cut off.
const ellipsis = "…"

// needle is what a passage is searched for: terms at consecutive positions or, where it
// is free, of words that follow each other, stop words left out. Weight is its rarity in
// thousandths. Needles of the same part of the query stand for each other; those that
// answer for other words than their own have what was asked.
type needle struct {
	terms  []string
	weight int
	of     int
	asked  string
	free   bool
}

// match is where needles[needle] stands in a text.
type match struct{ start, end, needle int }

// window is the part of a passage that shows the most.
type window struct {
	section       int
	text          []uint16
	words         []span
	matches       []match
	start, end    int // of the matches that it shows
	weight, count int
}

// span is a stretch of a text, in UTF-16 code units.
type span struct{ start, end int }

// extract returns the passages that show the needles best, at most three, best
// first; where there is none, the first words.
func extract(sections []web.Section, needles []needle) []Passage {
	found := windows(sections, needles)
	slices.SortStableFunc(found, func(a, b window) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.count, a.count))
	})
	passages := []Passage{}
	for _, w := range found {
		if len(passages) == passageCount {
			break
		}
		p := w.cut(sections[w.section])
		same := func(other Passage) bool { return other.Text == p.Text }
		if !slices.ContainsFunc(passages, same) {
			passages = append(passages, p)
		}
	}
	if len(passages) == 0 {
		return opening(sections)
	}
	return passages
}

// windows returns the best window of every passage that has a needle.
func windows(sections []web.Section, needles []needle) []window {
	first := map[string][]int{}
	for i, n := range needles {
		first[n.terms[0]] = append(first[n.terms[0]], i)
	}
	var found []window
	for s, section := range sections {
		for _, passage := range section.Passages {
			w := newWindow(passage.Text, needles, first)
			if w.weight > 0 {
				w.section = s
				found = append(found, w)
			}
		}
	}
	return found
}

// opening is the beginning of the first passage.
func opening(sections []web.Section) []Passage {
	for _, section := range sections {
		for _, p := range section.Passages {
			w := newWindow(p.Text, nil, nil)
			if len(w.words) > 0 {
				return []Passage{w.cut(section)}
			}
		}
	}
	return []Passage{}
}

// newWindow finds the window of the text with the needles of the highest weight,
// then with the most matches, then the first.
func newWindow(text string, needles []needle, first map[string][]int) window {
	w := window{}
	tokens := query.Tokens(text)
	for i, t := range tokens {
		for _, n := range first[t.Term] {
			if last := needles[n].follow(tokens[i:]); last >= 0 {
				w.matches = append(w.matches, match{t.Start, tokens[i+last].End, n})
			}
		}
	}
	if len(w.matches) == 0 && len(needles) > 0 {
		return w
	}
	w.measure(text, tokens)
	for i := range w.matches {
		w.consider(i, needles)
	}
	return w
}

// follow returns how far from the first token, which has the first term, the last of a
// match is; -1 where there is none.
func (n needle) follow(tokens []query.Token) int {
	if n.free {
		return followFreely(tokens, n.terms)
	}
	return follow(tokens, n.terms)
}

// followFreely is follow of words that follow each other, stop words left out.
func followFreely(tokens []query.Token, terms []string) int {
	matched := 0
	for i, t := range tokens {
		if t.Part && matched > 0 || matched > 0 && query.IsStop(t.Term) {
			continue
		}
		if t.Part || t.Term != terms[matched] {
			return -1
		}
		if matched++; matched == len(terms) {
			return i
		}
	}
	return -1
}

// follow returns how far from the first token, which has the first term, the one
// with the last term is; -1 where the terms do not follow each other.
func follow(tokens []query.Token, terms []string) int {
	at := 0
	for i, term := range terms[1:] {
		position := tokens[0].Position + i + 1
		for at++; at < len(tokens) && (tokens[at].Position < position || tokens[at].Position == position && tokens[at].Term != term); at++ {
		}
		if at == len(tokens) || tokens[at].Position > position {
			return -1
		}
	}
	return at
}

// measure turns the text and the byte offsets in it into UTF-16 code units.
func (w *window) measure(text string, tokens []query.Token) {
	units := make([]int, len(text)+1)
	w.text = make([]uint16, 0, len(text))
	for i, r := range text {
		for b := range utf8.RuneLen(r) {
			units[i+b] = len(w.text)
		}
		w.text = utf16.AppendRune(w.text, r)
	}
	units[len(text)] = len(w.text)
	for _, t := range tokens {
		w.words = append(w.words, span{units[t.Start], units[t.End]})
	}
	for i, m := range w.matches {
		w.matches[i].start, w.matches[i].end = units[m.start], units[m.end]
	}
	if len(w.words) > 0 {
		w.start, w.end = w.words[0].start, w.words[0].start
	}
}

// consider takes the window that begins with a match if it is the best so far.
func (w *window) consider(first int, needles []needle) {
	start := w.matches[first].start
	weight, count, end := 0, 0, 0
	seen := map[int]bool{}
	for _, m := range w.matches[first:] {
		if m.start > start+passageWidth {
			break
		}
		if m.end > start+passageWidth && count > 0 {
			continue
		}
		if of := needles[m.needle].of; !seen[of] {
			seen[of] = true
			weight += needles[m.needle].weight
		}
		count++
		end = max(end, m.end)
	}
	if weight > w.weight || weight == w.weight && count > w.count {
		w.weight, w.count, w.start, w.end = weight, count, start, min(end, start+passageWidth)
	}
}

// cut returns the window as a passage, with as many words around it as there is
// room for.
func (w *window) cut(section web.Section) Passage {
	start, end := w.frame()
	p := Passage{Heading: section.Heading, Anchor: section.Anchor}
	if start > 0 {
		p.add(ellipsis+" ", false)
	}
	at := start
	for _, m := range w.hits(start, end) {
		p.add(w.slice(at, m.start), false)
		p.add(w.slice(m.start, m.end), true)
		at = m.end
	}
	p.add(w.slice(at, end), false)
	if end < len(w.text) {
		p.add(" "+ellipsis, false)
	}
	return p
}

// add appends a part to the passage.
func (p *Passage) add(text string, hit bool) {
	if text == "" {
		return
	}
	p.Text += text
	if last := len(p.Parts) - 1; last >= 0 && p.Parts[last].Hit == hit {
		p.Parts[last].Text += text
		return
	}
	p.Parts = append(p.Parts, Part{Text: text, Hit: hit})
}

// frame returns where the passage is cut from the text.
func (w *window) frame() (start, end int) {
	start = w.before(w.start - max(0, passageWidth-(w.end-w.start))/2)
	end = w.after(start + passageWidth)
	if last := w.after(len(w.text)); end == last {
		start = w.before(end - passageWidth)
	}
	if start == w.before(0) && start <= edgeWidth {
		start = 0
	}
	for range edgeWidth {
		if end < len(w.text) && w.text[end] != ' ' {
			end++
		}
	}
	if start < end && end < len(w.text) && utf16.IsSurrogate(rune(w.text[end-1])) && w.text[end-1] < 0xdc00 {
		end--
	}
	return start, end
}

// before returns the start of the first word from at, the window's at the latest.
func (w *window) before(at int) int {
	start := w.start
	for _, word := range w.words {
		if word.start >= at {
			start = min(start, word.start)
		}
	}
	return start
}

// after returns the end of the last word up to at, the window's at the earliest.
func (w *window) after(at int) int {
	end := w.end
	for _, word := range w.words {
		if word.end <= at {
			end = max(end, word.end)
		}
	}
	return end
}

// hits returns the matches between start and end, those that touch as one.
func (w *window) hits(start, end int) []span {
	var hits []span
	for _, m := range w.matches {
		if m.start < start || m.start >= end {
			continue
		}
		m.end = min(m.end, end)
		if last := len(hits) - 1; last >= 0 && m.start <= hits[last].end {
			hits[last].end = max(hits[last].end, m.end)
			continue
		}
		hits = append(hits, span{m.start, m.end})
	}
	return hits
}

func (w *window) slice(start, end int) string {
	return string(utf16.Decode(w.text[start:end]))
}
