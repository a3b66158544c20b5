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
func Words(text string, list []Word) []Word { return new(Reader).Words(text, list) }

// Reader reads words and remembers those that it has read: most words of a report stand in
// others too. The zero value is ready; it must not be shared between goroutines.
type Reader struct {
	seen map[string][]Word // by the word as written, without places
}

// maxSeen bounds what a reader remembers.
const maxSeen = 1 << 14

// Words appends the words of a text to list.
func (r *Reader) Words(text string, list []Word) []Word {
	if r.seen == nil {
		r.seen = map[string][]Word{}
	}
	for pos := 0; pos < len(text); {
		start := pos
		for pos < len(text) && wordByte(text, &pos) {
		}
		if pos > start {
			list = r.appendWord(list, text[start:pos], start)
			continue
		}
		_, size := utf8.DecodeRuneInString(text[pos:])
		pos += size
	}
	return list
}

// appendWord appends what a word as written stands for.
func (r *Reader) appendWord(list []Word, written string, start int) []Word {
	words, ok := r.seen[written]
	if !ok {
		words = wordsOf(written)
		if len(r.seen) < maxSeen {
			r.seen[strings.Clone(written)] = words
		}
	}
	for _, w := range words {
		list = append(list, Word{w.Text, w.Stem, start, start + len(written)})
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

// wordsOf returns the word, or the two of a contraction; none for an article.
func wordsOf(written string) []Word {
	if len(written) > maxWord {
		return nil
	}
	word := strings.ToLower(written)
	first, second := word, ""
	switch {
	case word == "cannot":
		first, second = "can", "not"
	case bare[word]:
		first, second = contraction(strings.TrimSuffix(word, "nt") + "n't")
	case strings.ContainsAny(word, "'’"):
		first, second = contraction(strings.ReplaceAll(word, "’", "'"))
	}
	var words []Word
	for _, w := range [...]string{first, second} {
		if w != "" && !articles[w] {
			words = append(words, Word{Text: w, Stem: query.Stem(w)})
		}
	}
	return words
}

// The short words behind an apostrophe, and the verbs that lose letters before "n't".
var (
	endings = map[string]string{"ll": "will", "ve": "have", "re": "are", "m": "am"}
	verbs   = map[string]string{"wo": "will", "ca": "can", "sha": "shall"}
)

// bare are contractions as they are written in haste.
var bare = set("dont didnt doesnt isnt wasnt werent arent couldnt wouldnt shouldnt hasnt havent hadnt cant")

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

// IsStop reports whether the word is a common English one that tells nothing on its own.
func IsStop(w Word) bool { return stopWords[w.Stem] }
