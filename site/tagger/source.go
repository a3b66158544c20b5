package tagger

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
)

// source finds sentences in the file that they were read from.
type source struct {
	text  string
	lines []int // offsets of the lines of text
}

func sourceOf(i *incident.Incident) *source {
	s := &source{text: i.Body, lines: []int{0}}
	if i.Front != "" {
		s.text = i.Front + i.Body
	}
	for n := 0; n < len(s.text); {
		end := strings.IndexByte(s.text[n:], '\n')
		if end < 0 {
			break
		}
		n += end + 1
		s.lines = append(s.lines, n)
	}
	return s
}

// evidence quotes the sentence of a hit. A sentence that cannot be found in the source as a whole is
// quoted by the words of the cue, else by the line on which it begins.
func (s *source) evidence(r *reading, h hit) Evidence {
	sentence := &r.sentences[h.sentence]
	e := Evidence{Line: sentence.line, Anchor: sentence.anchor, Weight: h.value}
	from, to := s.passage(sentence.line)
	for _, text := range quotes(r, sentence, h) {
		if start, end, ok := find(s.text[from:to], text); ok {
			e.Text, e.Line = s.text[from+start:from+end], 1+strings.Count(s.text[:from+start], "\n")
			return e
		}
	}
	e.Text = cutQuote(strings.TrimSpace(s.text[from:s.lineEnd(sentence.line)]))
	return e
}

// quotes lists what to look for: the sentence, then the words of the cue.
func quotes(r *reading, s *sentence, h hit) []string {
	words := r.wordsOf(s)
	cue := s.text[words[h.from].Start:words[h.to-1].End]
	if len(s.text) > maxQuote {
		return []string{around(s.text, words[h.from].Start, words[h.to-1].End), cue}
	}
	return []string{s.text, cue}
}

// maxQuote is the length in bytes of the longest quote; longer sentences are cut between words.
const maxQuote = 400

// around is the part of a long sentence that holds the bytes from start to end.
func around(text string, start, end int) string {
	room := max(0, maxQuote-(end-start)) / 2
	from, to := max(0, start-room), min(len(text), end+room)
	if from > 0 {
		from += max(0, strings.IndexByte(text[from:start], ' ')+1)
	}
	if to < len(text) {
		if n := strings.LastIndexByte(text[end:to], ' '); n >= 0 {
			to = end + n
		}
	}
	return validCut(text, from, to)
}

func validCut(text string, from, to int) string {
	for from < len(text) && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && to > from && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[from:max(from, to)]
}

func cutQuote(text string) string {
	if len(text) <= maxQuote {
		return text
	}
	return validCut(text, 0, maxQuote)
}

// maxPassage is the number of lines below a passage's first in which its sentences are looked for.
const maxPassage = 200

// passage returns the part of the text that begins on a line of the file.
func (s *source) passage(line int) (from, to int) {
	n := s.index(line)
	if n+maxPassage < len(s.lines) {
		return s.lines[n], s.lines[n+maxPassage]
	}
	return s.lines[n], len(s.text)
}

// lineEnd is the offset of the end of a line of the file.
func (s *source) lineEnd(line int) int {
	if n := s.index(line); n+1 < len(s.lines) {
		return s.lines[n+1]
	}
	return len(s.text)
}

func (s *source) index(line int) int { return min(max(line-1, 0), len(s.lines)-1) }

// find looks for plain text in Markdown: as it stands, else its letters and digits in
// their order, with marks, spaces and the addresses of links between them.
func find(body, text string) (start, end int, ok bool) {
	if n := strings.Index(body, text); n >= 0 {
		return n, n + len(text), true
	}
	text = strings.TrimFunc(text, func(c rune) bool { return !wordRune(c) })
	if text == "" {
		return 0, 0, false
	}
	first, size := utf8.DecodeRuneInString(text)
	for from := 0; from < len(body); {
		n := strings.IndexRune(body[from:], first)
		if n < 0 {
			return 0, 0, false
		}
		if end, ok := follow(body, from+n, text); ok {
			start, end = widen(body, from+n, end)
			return start, end, true
		}
		from += n + size
	}
	return 0, 0, false
}

// maxMarks is the number of marks that are quoted with the first and the last word.
const maxMarks = 4

// widen takes in the marks that open directly before a quote and close directly behind it.
func widen(body string, start, end int) (int, int) {
	for n := 0; n < maxMarks && start > 0 && strings.IndexByte("*_`[(\"~", body[start-1]) >= 0; n++ {
		start--
	}
	for n := 0; n < maxMarks && end < len(body) && strings.IndexByte("*_`)\"~.!?", body[end]) >= 0; n++ {
		end++
	}
	if quoted := body[start:end]; strings.LastIndexByte(quoted, '[') > strings.LastIndexByte(quoted, ']') && strings.HasPrefix(body[end:], "](") {
		end += skip(body[end:], "", 1)
	}
	return start, end
}

func wordRune(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }

// maxBetween is the number of bytes of marks between two characters of a text, addresses aside.
const maxBetween = 24

// follow matches text, from the offset on.
func follow(body string, at int, text string) (end int, ok bool) {
	between := 0
	for n := 0; n < len(text); {
		want, size := utf8.DecodeRuneInString(text[n:])
		if !wordRune(want) {
			n += size
			continue
		}
		for {
			if at >= len(body) || between > maxBetween {
				return 0, false
			}
			have, width := utf8.DecodeRuneInString(body[at:])
			if have == want {
				at, between = at+width, 0
				break
			}
			if wordRune(have) {
				return 0, false
			}
			skipped := skip(body[at:], text[n:], width)
			at += skipped
			if skipped == width {
				between += width
			}
		}
		n += size
	}
	return at, true
}

// skip is the length of what stands between words at the beginning of body: the address of a link,
// a tag, a character reference, or the one character. Text is what is to be found next: what stands in
// angle brackets may be a part of it.
func skip(body, text string, width int) int {
	body = body[:min(len(body), maxSkip)]
	end := -1
	switch {
	case strings.HasPrefix(body, "]("):
		end = strings.IndexByte(body, ')')
	case strings.HasPrefix(body, "]["):
		end = strings.IndexByte(body[1:], ']') + 1
	case body[0] == '<':
		if end = strings.IndexByte(body, '>'); end > shortTag && strings.HasPrefix(text, body[1:end]) {
			end = -1
		}
	case body[0] == '&':
		end = strings.IndexByte(body[:min(len(body), 10)], ';')
	}
	if end <= 0 || strings.Contains(body[:end], "\n\n") {
		return width
	}
	return end + 1
}

// shortTag is the length of "<b>": in longer brackets the text decides. maxSkip is that of the
// longest address.
const (
	shortTag = 2
	maxSkip  = 2000
)
