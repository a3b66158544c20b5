package alert

import "strings"

// lower returns the text with the ASCII letters in lower case.
func lower(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' {
			return c + 'a' - 'A'
		}
		return c
	}, text)
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
func isUpper(c byte) bool  { return c >= 'A' && c <= 'Z' }
func isBlank(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' }
func isHex(c byte) bool    { return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' }

// only reports whether the text is not empty and every byte of it is as asked.
func only(text string, asked func(byte) bool) bool {
	return text != "" && span(text, 0, asked) == len(text)
}

// span returns the offset of the first byte from start on that is not as asked.
func span(text string, start int, asked func(byte) bool) int {
	for start < len(text) && asked(text[start]) {
		start++
	}
	return start
}

// count counts the bytes of the text that are as asked.
func count(text string, asked func(byte) bool) int {
	n := 0
	for i := range len(text) {
		if asked(text[i]) {
			n++
		}
	}
	return n
}

// chunks returns what stands between blanks.
func chunks(text string) []string {
	var list []string
	for pos := span(text, 0, isBlank); pos < len(text); {
		end := span(text, pos, isInk)
		list = append(list, text[pos:end])
		pos = span(text, end, isBlank)
	}
	return list
}

func isInk(c byte) bool { return !isBlank(c) }

// keyOf returns the name of a value without case, spaces and punctuation.
func keyOf(name string) string {
	var b strings.Builder
	for i := range len(name) {
		if c := name[i]; isLetter(c) || isDigit(c) {
			b.WriteByte(c)
		}
	}
	return lower(b.String())
}

const escape = 0x1b

// clean returns the text without the sequences that color terminals, with one kind of
// space, line end and quote.
func clean(text string) string {
	var b strings.Builder
	for pos := 0; pos < len(text); {
		if end := sequenceEnd(text, pos); end > pos {
			pos = end
			continue
		}
		next := pos + 1
		for next < len(text) && text[next]&0xc0 == 0x80 {
			next++
		}
		b.WriteString(plainForm(text[pos:next]))
		pos = next
	}
	return b.String()
}

// sequenceEnd returns the end of the terminal sequence at pos, pos where there is none.
// What is left of one without its first character counts too: "[31m".
func sequenceEnd(text string, pos int) int {
	start := pos
	if text[start] == escape {
		start++
	}
	if start == len(text) || text[start] != '[' {
		return start
	}
	end := span(text, start+1, func(c byte) bool { return isDigit(c) || c == ';' })
	if end < len(text) && (text[end] == 'm' && end > start+1 || start > pos && isLetter(text[end])) {
		return end + 1
	}
	return start
}

// plainForm returns what stands for a character.
func plainForm(c string) string {
	switch c {
	case "\n", "\u2028", "\u2029", "\u0085":
		return "\n"
	case "“", "”", "„", "＂":
		return "\""
	case "’", "‘":
		return "'"
	case "\u00a0", "\u1680", "\u202f", "\u205f", "\u3000", "\ufeff", "\u200b", "\ufffd":
		return " "
	}
	switch {
	case c >= "\u2000" && c <= "\u200a", len(c) == 1 && (c[0] < ' ' || c[0] == 0x7f), c >= "\u0080" && c <= "\u009f":
		return " "
	case c >= "\u202a" && c <= "\u202e", c >= "\u2066" && c <= "\u2069", c == "\u200e", c == "\u200f":
		return ""
	}
	return c
}
