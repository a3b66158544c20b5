package cue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/index/query"
)

// Word is a word of a text. Text is in lower case, Stem is what cues match; Start and
// End are byte offsets. Of a contraction both words have the offsets of the whole.
type Word struct {
	Text, Stem string
	Start, End int
}

// articles are words that neither texts nor cues have.
var articles = set("a an the our its their your my his her")

// stopWords tell nothing on their own. They are stems.
var stopWords = set(`am and are as at be been being but by can could did do doe does done for from had has have he how i if in into is
	it may might more most no nor not of on onli only or other over she should so some such than that them then there these
	they this those to too us very was we were what when where which while who whi will with would you`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// maxWord is the number of bytes beyond which a word is left out: no cue holds it.
const maxWord = 48

// Words appends the words of a text to list. It is linear in the text.
func Words(text string, list []Word) []Word {
	for pos := 0; pos < len(text); {
		start := pos
		for pos < len(text) && wordByte(text, &pos) {
		}
		if pos > start {
			list = appendWord(list, text, start, pos)
			continue
		}
		_, size := utf8.DecodeRuneInString(text[pos:])
		pos += size
	}
	return list
}

// wordByte moves over a character that belongs to a word. An apostrophe does between letters.
func wordByte(text string, pos *int) bool {
	c := text[*pos]
	if c < utf8.RuneSelf {
		if letter(c) || digit(c) || c == '\'' && *pos > 0 && letter(text[*pos-1]) && *pos+1 < len(text) && letter(text[*pos+1]) {
			*pos++
			return true
		}
		return false
	}
	r, size := utf8.DecodeRuneInString(text[*pos:])
	if r == '’' && *pos > 0 && letter(text[*pos-1]) && *pos+size < len(text) && letter(text[*pos+size]) {
		*pos += size
		return true
	}
	if unicode.IsLetter(r) || unicode.IsMark(r) {
		*pos += size
		return true
	}
	return false
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// appendWord appends a word, or the two of a contraction.
func appendWord(list []Word, text string, start, end int) []Word {
	if end-start > maxWord {
		return list
	}
	word := strings.ToLower(text[start:end])
	if strings.ContainsAny(word, "'’") {
		verb, rest := contraction(strings.ReplaceAll(word, "’", "'"))
		if verb != "" && !articles[verb] {
			list = append(list, newWord(verb, start, end))
		}
		if rest != "" {
			list = append(list, newWord(rest, start, end))
		}
		return list
	}
	if word == "cannot" {
		return append(list, newWord("can", start, end), newWord("not", start, end))
	}
	if articles[word] {
		return list
	}
	return append(list, newWord(word, start, end))
}

// The short words behind an apostrophe, and the verbs that lose letters before "n't".
var (
	endings = map[string]string{"ll": "will", "ve": "have", "re": "are", "m": "am"}
	verbs   = map[string]string{"wo": "will", "ca": "can", "sha": "shall"}
)

// contraction returns the two words of a contraction; of a possessive the first alone.
func contraction(word string) (first, second string) {
	if verb, ok := strings.CutSuffix(word, "n't"); ok {
		if full, irregular := verbs[verb]; irregular {
			verb = full
		}
		return verb, "not"
	}
	first, second, _ = strings.Cut(word, "'")
	return first, endings[second]
}

func newWord(text string, start, end int) Word {
	return Word{text, query.Stem(text), start, end}
}

// IsStop reports whether the word is a common English one that tells nothing on its own.
func IsStop(w Word) bool { return stopWords[w.Stem] }
