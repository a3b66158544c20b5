package alert

import (
	"strings"
	"unicode/utf8"
)

// token is a word of a statement. A joined one follows the word before it directly.
type token struct {
	text   string
	joined bool
	small  bool // a small word or one of every alert: counts in phrases only
	stop   bool // small, and does not begin or end a phrase
	part   bool // of the name of a host or resource: tells less
}

// scanner reads the words of a statement.
type scanner struct {
	*words
	left   *omissions
	tokens []token
	apart  bool   // something stood since the last word
	web    bool   // the statement speaks of answers to requests
	before string // the last word in lower case, taken or not
}

// edges is what stands around words.
const edges = "[](){}<>:|*,.;!\"'`"

// tokens returns the words of a statement that may tell.
func (d *divider) tokens(text string) []token {
	s := scanner{words: d.words, left: d.left, apart: true}
	for _, chunk := range chunks(text) {
		s.web = s.web || d.has("web", lower(strings.Trim(chunk, edges)))
	}
	for pos := span(text, 0, isBlank); pos < len(text); {
		end := span(text, pos, isInk)
		s.chunk(text[pos:end])
		pos = span(text, end, isBlank)
		s.apart = s.apart || pos > end+1 || pos > end && text[end] == '\t'
	}
	return s.tokens
}

// separators divide what stands between blanks.
const separators = "()[]{}<>\"`,;|=!?*\\&^~$%"

// chunk reads what stands between blanks.
func (s *scanner) chunk(text string) {
	if strings.Contains(text, "://") {
		s.url(text)
		return
	}
	for text != "" {
		end := span(text, 0, func(c byte) bool { return strings.IndexByte(separators, c) < 0 })
		s.piece(text[:end])
		if end < len(text) {
			s.apart = s.apart || text[end] != '"' && text[end] != '`'
			end++
		}
		text = text[end:]
	}
}

// marks are trimmed from what stands between separators.
const marks = "'.:-_/+#@"

// piece reads what stands between separators.
func (s *scanner) piece(text string) {
	word := strings.Trim(text, marks)
	if word == "" {
		s.apart = s.apart || text != ""
		return
	}
	s.apart = s.apart || text[0] != word[0] && text[0] != '\''
	if text[0] == '/' {
		s.path(word)
	} else {
		s.word(word)
	}
	s.apart = s.apart || strings.IndexByte(".:", text[len(text)-1]) >= 0
}

// word reads a word by its form.
func (s *scanner) word(word string) {
	switch {
	case s.has("secret", s.before) && count(word, isDigit) > 0:
		s.drop("secrets", "…")
	case s.isCode(word):
		s.add(word, false)
	case isKlog(word), isShouted(word) && s.levelOf(lower(word)) != unstated:
		s.apart, s.before = true, lower(word)
	case isIPv4(word), strings.IndexByte(word, '@') > 0:
		s.drop("addresses", word)
	case isTime(word):
		s.drop("times", word)
	case isNumber(word):
		s.drop("numbers", word)
	case isIPv6(word):
		s.drop("addresses", word)
	case isID(word), isOverlong(word):
		s.drop("ids", word)
	case strings.IndexByte(word, '/') >= 0:
		s.path(word)
	case s.isHost(word):
		s.host(word)
	case isPlaceOfCode(word), isAbbreviated(word):
		s.drop("places in code", word)
	default:
		s.name(word)
	}
}

// drop leaves a word out.
func (s *scanner) drop(what, word string) {
	s.left.add(what, word)
	s.apart, s.before = true, lower(word)
}

// add takes a word.
func (s *scanner) add(word string, part bool) {
	folded := lower(word)
	stop := s.has("small", folded) || len(word) == 1 // one byte
	s.tokens = append(s.tokens, token{word, !s.apart, stop || s.has("common", folded), stop, part})
	s.apart, s.before = false, folded
}

// isCode reports whether a word is a code that is kept: the status of an answer, a
// number behind "error", ORA-00942.
func (s *scanner) isCode(word string) bool {
	switch {
	case len(word) == 3 && (word[0] == '4' || word[0] == '5') && (only(word, isDigit) || word[1:] == "xx"):
		return s.web || s.has("coded", s.before)
	case only(word, isDigit):
		return len(word) >= 2 && len(word) <= 5 && s.has("coded", s.before)
	case s.before == "sqlstate":
		return len(word) == 5 && only(word, func(c byte) bool { return isDigit(c) || isUpper(c) })
	}
	start := span(word, 0, isUpper)
	digits := strings.TrimPrefix(word[start:], "-")
	return start >= 2 && len(digits) >= 4 && only(digits, func(c byte) bool { return isDigit(c) || c == '-' })
}

// isHost reports whether a word is the name of a host: db-1.prod.internal:5432.
func (s *scanner) isHost(word string) bool {
	name, port, _ := strings.Cut(word, ":")
	labels := strings.Split(name, ".")
	last := len(labels) - 1
	if last == 0 || port != "" && !only(port, isDigit) || !only(name, isHostByte) {
		return false
	}
	return s.has("domain", labels[last]) && !s.has("api", labels[last-1]+"."+labels[last])
}

func isHostByte(c byte) bool {
	return isDigit(c) || c >= 'a' && c <= 'z' || c == '.' || c == '-' || c == '_'
}

// host takes the parts of a host's name that may tell what it is there for.
func (s *scanner) host(word string) {
	s.left.add("hosts", word)
	name, _, _ := strings.Cut(word, ":")
	s.parts(strings.ReplaceAll(name, "-", "."), ".")
}

// parts takes the parts of a name that are no places and have no digits.
func (s *scanner) parts(name, separator string) {
	s.apart = true
	for _, part := range strings.Split(name, separator) {
		if utf8.RuneCountInString(part) > 2 && !s.has("place", lower(part)) && count(part, isDigit) == 0 {
			s.add(part, true)
			s.apart = true
		}
	}
}

// url takes what the host of a URL may tell.
func (s *scanner) url(text string) {
	_, rest, _ := strings.Cut(text, "://")
	name := lower(rest)
	name = strings.Trim(name[:span(name, 0, isHostByte)], ".")
	s.drop("addresses", text)
	if s.isHost(name) {
		s.host(name)
	}
}

// path takes the last name of a path; two words with a slash are a name.
func (s *scanner) path(word string) {
	at := strings.LastIndexByte(word, '/')
	if strings.IndexByte(word, '/') == at && at > 0 && count(word, isDigit) == 0 {
		s.name(word)
		return
	}
	s.left.add("paths", word)
	s.parts(word[at+1:], "/")
}

// name takes a name; of one that ends in ids its parts: web-7f9c6d5b8c-x2k9p.
func (s *scanner) name(word string) {
	list := strings.Split(word, "-")
	kept := len(list)
	for len(list) > 1 && kept > 0 && isSuffix(list[kept-1]) {
		kept--
	}
	if kept == len(list) {
		s.add(clip(word, longestWord, ""), false)
		return
	}
	s.left.add("ids", word)
	s.parts(strings.Join(list[:kept], "-"), "-")
}
