package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// hit is a phrase that a leaf block holds, at text[start:end].
type hit struct {
	*spelling
	start, end int
	linked     bool // in the text of a link
}

// leaf is a paragraph, a cell or a heading with the phrases in it.
type leaf struct {
	part   *part
	block  markdown.Block
	hits   []hit
	claims claimSet // of the hits
}

// spot finds the phrases of the title, where the text does not hold it, and of all
// leaf blocks. Each that has any goes to take, in document order. The leaf is only valid until
// take returns.
func spot(title Found[string], parts []*part, take func(*leaf)) {
	s := spots{phrases: spellings(), take: take}
	s.leaf.part = parts[0]
	s.read(markdown.Block{Kind: markdown.Heading, Text: title.Value, Line: title.Line})
	for _, p := range parts {
		s.leaf.part = p
		if p.title != "" {
			s.read(markdown.Block{Kind: markdown.Heading, Text: p.title, Line: p.line})
		}
		for _, b := range p.blocks {
			s.blocks(b)
		}
	}
}

// spots is the one pass over the words of a document.
type spots struct {
	leaf
	phrases *spotter
	take    func(*leaf)
	buffer  []byte
	row     int // line of the last leaf that was taken; the cells behind it are, too
}

func (s *spots) blocks(b markdown.Block) {
	switch b.Kind {
	case markdown.Paragraph, markdown.Cell:
		s.read(b)
	case markdown.Code, markdown.HTML:
		return
	}
	for _, c := range b.Children {
		s.blocks(c)
	}
}

// read spots the phrases of one leaf.
func (s *spots) read(b markdown.Block) {
	s.block, s.hits, s.claims = b, s.hits[:0], 0
	text := b.Text
	for i := 0; i < len(text); {
		end := s.readWord(text, i)
		switch {
		case end == i:
			i++
		case strings.HasPrefix(text[end:], "://"):
			i = addressEnd(text, end)
		default:
			i = s.word(text, i, end)
		}
	}
	if len(s.hits) > 0 || b.Kind == markdown.Cell && b.Line == s.row {
		s.take(&s.leaf)
		s.row = b.Line
	}
}

// plainByte has the small letter of each ASCII letter, and the figures.
var plainByte = func() (to [256]byte) {
	for c := range to {
		if r := unicode.ToLower(rune(c)); r < utf8.RuneSelf && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') {
			to[c] = byte(r)
		}
	}
	return to
}()

// readWord reads the word that begins at start into the buffer and returns its end.
func (s *spots) readWord(text string, start int) int {
	s.buffer = s.buffer[:0]
	end := start
	for end < len(text) && plainByte[text[end]] > 0 {
		s.buffer = append(s.buffer, plainByte[text[end]])
		end++
	}
	if end == len(text) || text[end] < utf8.RuneSelf && text[end] != '\'' {
		return end
	}
	end = wordEnd(text, start)
	s.buffer = appendWord(s.buffer[:0], text[start:end])
	return end
}

// word spots the phrase that begins with the word text[start:end] and returns where to
// go on: behind the name of a technology, else behind the word, for phrases overlap.
func (s *spots) word(text string, start, end int) int {
	if !s.phrases.begins[beginHash(s.buffer)] {
		return end
	}
	next := end
	var taken claimSet
	list := s.phrases.phrases[string(s.buffer)]
	for i := range list {
		p := &list[i]
		if p.claims&^taken == 0 {
			continue
		}
		stop := s.match(p, text, start, end)
		if stop < 0 || p.name != "" && !apart(text, start, stop) {
			continue
		}
		s.hits = append(s.hits, hit{spelling: p, start: start, end: stop, linked: s.inLink(start)})
		s.claims |= p.claims
		taken |= p.claims
		if p.name != "" {
			next = stop
		}
	}
	return next
}

// claimsOf returns what the phrases of a text say.
func claimsOf(text string) claimSet {
	s := spots{phrases: spellings(), take: func(*leaf) {}}
	s.read(markdown.Block{Kind: markdown.Paragraph, Text: text})
	return s.claims
}

// claimsAll reports whether a text says one of the claims that are asked for, and
// nothing else.
func claimsAll(text string, one claim) bool {
	return spellings().asked[strings.Join(wordsOf(text), " ")].has(one)
}

// match returns where the phrase ends whose first word is text[start:end], -1 where
// the text goes on differently.
func (s *spots) match(p *spelling, text string, start, end int) int {
	for _, want := range p.rest {
		from := end
		for from < len(text) && from-end < 2 && strings.IndexByte(" ,-./\n", text[from]) >= 0 {
			from++
		}
		if from == len(text) || plainByte[text[from]] != want[0] && text[from] < utf8.RuneSelf {
			return -1
		}
		if end = s.readWord(text, from); end == from || string(s.buffer) != want {
			return -1
		}
	}
	if p.exact != "" && text[start:end] != p.exact && strings.Join(strings.Fields(text[start:end]), " ") != p.exact {
		return -1
	}
	return end
}

// apart reports whether a name stands for itself: it is no piece of an address, of a
// host's name, of a file's name or of a mention.
func apart(text string, start, end int) bool {
	if start > 0 && strings.IndexByte(".@_~$", text[start-1]) >= 0 {
		return false
	}
	if end == len(text) {
		return true
	}
	switch text[end] {
	case '@', '_', '=':
		return false
	case '.', ':':
		r, _ := utf8.DecodeRuneInString(text[end+1:])
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}
	return true
}

// inLink reports whether the offset of the leaf's text lies in a link's text.
func (l *leaf) inLink(offset int) bool {
	for _, s := range l.block.Spans {
		if offset < len(s.Text) {
			return s.Link != ""
		}
		offset -= len(s.Text)
	}
	return false
}

// line is the line of the file on which the offset of the leaf's text stands.
func (l *leaf) line(offset int) int { return lineAt(l.block, offset) }

// quote returns the words of the leaf as they stand, on one line.
func (l *leaf) quote(start, end int) string { return oneLine(l.block.Text[start:end]) }

// told reports whether the leaf stands in a section of one of the kinds.
func (l *leaf) told(kinds ...incident.SectionKind) bool {
	for _, k := range kinds {
		if l.part.kind == k {
			return true
		}
	}
	return false
}

// wordEnd returns where the word ends that begins at start: at the first character
// that is neither letter, digit nor an apostrophe between letters; start for no word.
// Letters of scripts without spaces between words are no words.
func wordEnd(text string, start int) int {
	i := start
	for i < len(text) {
		c := text[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			i++
			continue
		case c == '\'' && i > start && i+1 < len(text) && letterByte(text[i+1]):
			i++
			continue
		case c < utf8.RuneSelf:
			return i
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == '’' && i > start && i+size < len(text) && letterByte(text[i+size]) || r < 0x2e80 && (unicode.IsLetter(r) || unicode.IsMark(r)) {
			i += size
			continue
		}
		return i
	}
	return i
}

func letterByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// appendWord appends the word as phrases hold it: in lower case, without apostrophes
// and what marks a possessive.
func appendWord(to []byte, word string) []byte {
	for _, possessive := range [...]string{"'s", "’s"} {
		word = strings.TrimSuffix(word, possessive)
	}
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			if c != '\'' {
				to = append(to, c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(word[i:])
		if r != '’' {
			to = utf8.AppendRune(to, unicode.ToLower(r))
		}
		i += size
	}
	return to
}

// addressEnd returns where an address ends: at the next space.
func addressEnd(text string, from int) int {
	if n := strings.IndexAny(text[from:], " \n\t"); n >= 0 {
		return from + n
	}
	return len(text)
}
