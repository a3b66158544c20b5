// Package phrase makes the small words of English sentences: numbers with what they count,
// lists, and texts cut short. Pages, reports and commands say them alike.
package phrase

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Number writes a number with its thousands apart: "12,000".
func Number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Count writes a number of things: "1 incident", "12,000 incidents". The thing must have a
// plural in s; Agree writes all others.
func Count(n int, thing string) string { return Agree(n, thing, thing+"s") }

// Agree writes a number with the words that agree with it: "1 gives", "3 give".
func Agree(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// List joins words: "a", "a and b", "a, b and c". It is "" for none.
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// Capital begins a text with a capital letter; "" stays "".
func Capital(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return strings.ToUpper(s[:size]) + s[size:]
}

// Sentence puts a capital in front and a full stop behind; "" stays "".
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	return Capital(s) + "."
}

// Shorten cuts a text behind its last word within limit runes, and says so with an ellipsis.
// White space becomes single spaces. What has no space in the second half of that is cut
// within a word.
func Shorten(s string, limit int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	cut := string([]rune(s)[:limit])
	if at := strings.LastIndexByte(cut, ' '); at > len(cut)/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.–-") + "…"
}
