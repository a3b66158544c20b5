package cue

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/index/query"
)

// Word is a word of a text with its place. Start and End are byte offsets; of a contraction
// both words have the offsets of the whole.
type Word struct {
	*Form
	Start, End int
}

// Form is what all words that are written alike share. Text is in lower case, Stem is what
// cues match.
type Form struct {
	Text, Stem string
	matcher    *Matcher // that symbols are of
	symbols    []int32
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
	matcher *Matcher           // nil = of none
	seen    map[string][]*Form // by the word as written
}

// maxSeen bounds what a reader remembers.
const maxSeen = 1 << 14

// Words appends the words of a text to list.
func (r *Reader) Words(text string, list []Word) []Word {
	if r.seen == nil {
		r.seen = map[string][]*Form{}
	}
	for pos := 0; pos < len(text); {
		start := pos
		for pos < len(text) && wordByte(text, &pos) {
		}
		if end := addressEnd(text, start, pos); end > pos {
			pos = end
			continue
		}
		if pos > start {
			pos = percentEnd(text, pos)
			for _, form := range r.forms(text[start:pos]) {
				list = append(list, Word{form, start, pos})
			}
			continue
		}
		_, size := utf8.DecodeRuneInString(text[pos:])
		pos += size
	}
	return list
}

// percentEnd takes in the sign behind a number.
func percentEnd(text string, pos int) int {
	if pos < len(text) && text[pos] == '%' && digit(text[pos-1]) {
		return pos + 1
	}
	return pos
}

// domains end the names of hosts that are written without a scheme.
var domains = set("com org net io dev gov edu co uk eu de app cloud")

// addressEnd is the end of the web address whose first word stands from start to pos, pos where
// there is none: "https://a.example/x", "www.a.example", "a.com/x".
func addressEnd(text string, start, pos int) int {
	if pos == start || pos >= len(text) || text[pos] != ':' && text[pos] != '.' && text[pos] != '-' {
		return pos
	}
	host := pos
	for host < len(text) && (letter(text[host]) || digit(text[host]) || text[host] == '.' || text[host] == '-') {
		host++
	}
	name := text[start:host]
	switch {
	case strings.HasPrefix(text[pos:], "://"), strings.HasPrefix(name, "www."):
	case strings.HasPrefix(text[host:], "/") && strings.Contains(name, ".") && domains[strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])]:
	default:
		return pos
	}
	if n := strings.IndexAny(text[pos:], " \t\n\r<>\"|)]}"); n >= 0 {
		return pos + n
	}
	return len(text)
}

// forms returns what a word as written stands for.
func (r *Reader) forms(written string) []*Form {
	forms, ok := r.seen[written]
	if ok {
		return forms
	}
	forms = formsOf(written)
	for _, f := range forms {
		if r.matcher != nil {
			f.matcher, f.symbols = r.matcher, r.matcher.symbolsOf(f, nil)
		}
	}
	if len(r.seen) < maxSeen {
		r.seen[strings.Clone(written)] = forms
	}
	return forms
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

// formsOf returns the form of a word, or the two of a contraction; none for an article.
func formsOf(written string) []*Form {
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
	var forms []*Form
	for _, w := range [...]string{first, second} {
		if w != "" && !articles[w] {
			forms = append(forms, &Form{Text: strings.Clone(w), Stem: query.Stem(w)})
		}
	}
	return forms
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
