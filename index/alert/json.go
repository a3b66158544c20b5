package alert

import (
	"strings"
	"unicode/utf8"
)

// longestKey is the length of the longest key by which an object is known, in bytes.
const longestKey = 80

// objectStart returns the offset of the first JSON object of the text, its length where
// there is none.
func objectStart(text string) int {
	for pos := 0; pos < len(text); pos++ {
		if text[pos] == '{' && isObject(text[pos+1:]) {
			return pos
		}
	}
	return len(text)
}

// isObject reports whether a key and a colon follow.
func isObject(text string) bool {
	start := span(text[:min(len(text), longestKey)], 0, isBlank)
	if start == len(text) || text[start] != '"' {
		return false
	}
	end := span(text[:min(len(text), start+longestKey)], start+1, func(c byte) bool { return c < 0x80 && c != '"' })
	after := span(text[:min(len(text), end+longestKey)], min(end+1, len(text)), isBlank)
	return after < len(text) && text[after] == ':'
}

// object reads the values of the object that the text begins with, as far as it is one,
// and returns where it ends.
func (d *divider) object(text string, depth int) int {
	var groups []int
	key, pos, mute := "", 0, 0 // mute: from which depth on nothing is read, 0 for none
	for pos < len(text) {
		switch c := text[pos]; {
		case c == '{':
			groups = append(groups, d.group())
			if mute == 0 && (d.has("where", key) || d.has("party", key)) {
				mute = len(groups)
			}
			pos++
		case c == '[':
			groups = append(groups, groups[len(groups)-1])
			pos++
		case c == '}' || c == ']':
			pos++
			if groups = groups[:len(groups)-1]; len(groups) == 0 {
				return pos
			}
			if len(groups) < mute {
				mute = 0
			}
		case c == ',' || isBlank(c):
			pos++
		default:
			value, end := scalar(text, pos)
			if end == pos {
				return pos
			}
			pos = span(text, end, isBlank)
			if c == '"' && pos < len(text) && text[pos] == ':' {
				key = keyOf(value)
				pos++
			} else if mute == 0 {
				d.value(key, value, groups[len(groups)-1], depth)
			}
		}
	}
	return pos
}

// scalar reads a string, number or name and returns its end, pos where there is none.
func scalar(text string, pos int) (string, int) {
	if text[pos] == '"' {
		return quoted(text, pos)
	}
	end := span(text, pos, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '+' || c == '-' || c == '.' })
	return text[pos:end], end
}

// quoted reads the string whose quote stands at pos, and returns the offset behind it.
// One that is not closed reaches to the end of the text.
func quoted(text string, pos int) (string, int) {
	var b strings.Builder
	for pos++; pos < len(text) && text[pos] != '"'; {
		if text[pos] == '\\' && pos+1 < len(text) {
			c, size := escaped(text, pos+1)
			b.WriteString(c)
			pos += 1 + size
			continue
		}
		end := span(text, pos, func(c byte) bool { return c != '"' && c != '\\' })
		end = max(end, pos+1)
		b.WriteString(text[pos:end])
		pos = end
	}
	return b.String(), min(pos+1, len(text))
}

// escaped returns what stands behind a backslash means, and its length.
func escaped(text string, pos int) (string, int) {
	switch text[pos] {
	case 'n', 'r':
		return "\n", 1
	case 't', 'b', 'f':
		return "\t", 1
	case 'u':
		if pos+5 <= len(text) && only(text[pos+1:pos+5], isHex) {
			return codePoint(text[pos+1 : pos+5]), 5
		}
	}
	_, size := utf8.DecodeRuneInString(text[pos:])
	return text[pos : pos+size], size
}

// codePoint returns the character with the hexadecimal number; halves of others are
// replaced.
func codePoint(digits string) string {
	n := rune(0)
	for i := range len(digits) {
		n = n*16 + rune(strings.IndexByte("0123456789abcdef", lower(digits)[i]))
	}
	if n >= 0xd800 && n < 0xe000 {
		n = utf8.RuneError
	}
	return string(n)
}
