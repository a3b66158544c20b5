package query

import (
	"strings"
	"unicode/utf8"
)

// Token is one term of a text. Start and End are the byte offsets of the surface
// text it stands for. A token with Part set belongs to the last token before it
// that has it not: the whole.
type Token struct {
	Term       string
	Position   int
	Start, End int
	Part       bool
}

// maxTerm is the number of code points of the longest term. A longer word is cut
// off; a longer identifier has its pieces alone.
const maxTerm = 64

// Tokens returns the terms of text in order of position, a whole before its parts.
func Tokens(text string) []Token {
	s := scanner{text: text, tokens: make([]Token, 0, len(text)/4+1), terms: make([]byte, 0, len(text)+len(text)/4)}
	for s.pos < len(text) {
		switch c, size := s.at(s.pos); classOf(c) {
		case letter, digit:
			s.word()
		case pair:
			s.run()
		default:
			s.pos += size
		}
	}
	return s.finish()
}

// scanner reads surface words one after the other. All terms are kept in one
// buffer until the text is read.
type scanner struct {
	text     string
	pos      int // offset of what is read next
	position int // of the next token
	size     int // code points of the piece, or character of a run, being read

	folded []byte // the surface word being read
	atoms  []atom // and what it consists of
	joints []byte // the joiners between its pieces
	pieces []int  // and where each piece begins in atoms

	tokens []Token
	terms  []byte
	ends   []int // of each token's term in terms
}

// atom is the smallest part of a word: from and to are offsets in folded, start and
// end in the text, size counts code points.
type atom struct {
	from, to, start, end, size int
	digits                     bool
}

// at returns the code point at an offset, a separator where the text ends.
func (s *scanner) at(offset int) (rune, int) {
	if offset >= len(s.text) {
		return 0, 0
	}
	if c := s.text[offset]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[offset:])
}

// reset begins a new surface word.
func (s *scanner) reset() {
	s.folded, s.atoms, s.joints, s.pieces = s.folded[:0], s.atoms[:0], s.joints[:0], s.pieces[:0]
}

// open begins an atom at the offset of what is read next.
func (s *scanner) open(digits bool) {
	s.atoms = append(s.atoms, atom{len(s.folded), len(s.folded), s.pos, s.pos, 0, digits})
}

// take adds the code point that is read next to the open atom.
func (s *scanner) take(c rune, size int) {
	open := &s.atoms[len(s.atoms)-1]
	if s.size < maxTerm {
		s.folded = foldInto(s.folded, c)
	}
	s.pos += size
	s.size++
	open.to, open.end = len(s.folded), s.pos
	open.size++
}

// run reads a run of a script without spaces: its characters, each with its marks,
// are indexed in pairs.
func (s *scanner) run() {
	s.reset()
	for c, size := s.at(s.pos); ; c, size = s.at(s.pos) {
		class := classOf(c)
		if class == pair {
			s.size = 0
			s.open(false)
		} else if class != mark {
			break
		}
		s.take(c, size)
	}
	if len(s.atoms) == 1 {
		s.emit(0, 1, false)
		s.position++
	}
	for i := 1; i < len(s.atoms); i++ {
		s.emit(i-1, i+1, false)
		s.position++
	}
}

// word reads a surface word: pieces of letters and digits with single joiners
// between them.
func (s *scanner) word() {
	s.reset()
	s.piece()
	for s.joint() {
		s.piece()
	}
	s.contract()
	s.emitWord()
}

// piece reads letters and digits up to the next joiner or separator, in atoms.
func (s *scanner) piece() {
	first := len(s.atoms)
	s.pieces = append(s.pieces, first)
	s.size = 0
	before := byte(separator)
	for c, size := s.at(s.pos); ; c, size = s.at(s.pos) {
		kind := kindOf(c)
		if kind == separator || kind == pair {
			break
		}
		if kind == mark {
			kind = before
		} else if before == separator || s.size < maxTerm && s.borders(before, kind) {
			s.open(kind == digit)
		}
		if before == upper && kind == letter && s.plural(c) {
			s.atoms[len(s.atoms)-1].end = s.pos + size
			s.pos += size
			break
		}
		s.take(c, size)
		before = kind
	}
	s.sign(first)
	if !s.divides(first) {
		s.merge(first)
	}
}

// upper is the kind of an ASCII capital, which may begin a part of a word.
const upper = 'U'

// kindOf returns upper or the class of a code point.
func kindOf(c rune) byte {
	if c >= 'A' && c <= 'Z' {
		return upper
	}
	return classOf(c)
}

// borders reports whether a part may begin at the letter or digit that is read
// next: 503 in HTTP503, Loop in CrashLoop, Server in HTTPServer.
func (s *scanner) borders(before, kind byte) bool {
	if (before == digit) != (kind == digit) {
		return true
	}
	if kind != upper {
		return false
	}
	next := s.kindAfter()
	return before == letter && (next == letter || next == upper) || before == upper && next == letter && !s.pluralAfter()
}

// kindAfter returns the kind of what follows the ASCII character that is read next.
func (s *scanner) kindAfter() byte {
	c, _ := s.at(s.pos + 1)
	return kindOf(c)
}

// pluralAfter reports whether a plural s follows the capital that is read next.
func (s *scanner) pluralAfter() bool {
	c, _ := s.at(s.pos + 1)
	after, _ := s.at(s.pos + 2)
	return c == 's' && !continues(after)
}

// plural reports whether the letter that is read next is the plural s of an
// abbreviation: VMs, IDs.
func (s *scanner) plural(c rune) bool {
	after, _ := s.at(s.pos + 1)
	return c == 's' && !continues(after) && s.atoms[len(s.atoms)-1].size > 1
}

// continues reports whether a code point continues a piece.
func continues(c rune) bool {
	class := classOf(c)
	return class == letter || class == digit || class == mark
}

// sign adds what names of one letter end in: C++, C#.
func (s *scanner) sign(first int) {
	if len(s.atoms) != 1 || s.atoms[first].size != 1 || s.atoms[first].digits {
		return
	}
	for _, sign := range []string{"++", "#"} {
		after, _ := s.at(s.pos + len(sign))
		if strings.HasPrefix(s.text[s.pos:], sign) && !continues(after) {
			for _, c := range sign {
				s.take(c, 1)
			}
			return
		}
	}
}

// divides reports whether the atoms from first on are parts that mean something:
// x509, v2, HTTP503, CrashLoopBackOff are divided; k8s, iPhone, 3f2a9c are not.
func (s *scanner) divides(first int) bool {
	single, digits, total := 0, false, 0
	for _, a := range s.atoms[first:] {
		if a.size == 1 {
			single++
		}
		digits = digits || a.digits
		total += a.size
	}
	n := len(s.atoms) - first
	switch {
	case single == 0:
		return true
	case digits:
		return n == 2 && (total > 2 || s.folded[s.atoms[first].from] == 'v')
	}
	return 2*single < n
}

// merge makes one atom of those from first on.
func (s *scanner) merge(first int) {
	last := s.atoms[len(s.atoms)-1]
	whole := &s.atoms[first]
	for _, a := range s.atoms[first+1:] {
		whole.size += a.size
		whole.digits = whole.digits || a.digits
	}
	whole.to, whole.end = last.to, last.end
	s.atoms = s.atoms[:first+1]
}

// joint reads a joiner that has a piece behind it. It reports whether there is one.
func (s *scanner) joint() bool {
	c, size := s.at(s.pos)
	joiner := joinerOf(c)
	if joiner == 0 {
		return false
	}
	next := s.pos + size
	if after, _ := s.at(next); joiner == ':' && after == ':' {
		next++
	}
	if after, _ := s.at(next); classOf(after) != letter && classOf(after) != digit {
		return false
	}
	s.joints = append(s.joints, joiner)
	s.pos = next
	return true
}

// joinerOf returns the ASCII form of a joiner, 0 for any other code point.
func joinerOf(c rune) byte {
	switch c {
	case '.', '_', '-', '/', '@', ':', '\'':
		return byte(c)
	case '’', '＇':
		return '\''
	case '‐', '‑':
		return '-'
	}
	return 0
}

// contract takes the ending behind a last apostrophe from its word ("user's") or
// joins it to it ("don't").
func (s *scanner) contract() {
	n := len(s.pieces)
	if n < 2 || s.joints[n-2] != '\'' || s.pieces[n-1] != len(s.atoms)-1 {
		return
	}
	last := s.atoms[len(s.atoms)-1]
	before := &s.atoms[len(s.atoms)-2]
	switch string(s.folded[last.from:last.to]) {
	case "s":
	case "t", "d", "m", "re", "ve", "ll":
		before.to, before.size = last.to, before.size+last.size
	default:
		return
	}
	before.end = last.end
	s.atoms, s.pieces, s.joints = s.atoms[:len(s.atoms)-1], s.pieces[:n-1], s.joints[:n-2]
}

// emitWord writes the tokens of a surface word: the whole, then its pieces at
// consecutive positions, each with the parts that it is divided into.
func (s *scanner) emitWord() {
	n := len(s.pieces)
	whole := n > 1 && s.emitWhole()
	for i, first := range s.pieces {
		end := len(s.atoms)
		if i+1 < n {
			end = s.pieces[i+1]
		}
		s.emit(first, end, whole)
		for a := first; end-first > 1 && a < end; a++ {
			s.emit(a, a+1, true)
		}
		s.position++
	}
}

// emitWhole writes the whole of a word of several pieces. It reports whether the
// whole is short enough to be a term.
func (s *scanner) emitWhole() bool {
	size, digits := len(s.joints), false
	for _, a := range s.atoms {
		size += a.size
		digits = digits || a.digits
	}
	if size > maxTerm {
		return false
	}
	from := len(s.terms)
	for i, first := range s.pieces {
		to := s.atoms[len(s.atoms)-1].to
		if i+1 < len(s.pieces) {
			to = s.atoms[s.pieces[i+1]-1].to
		}
		if i > 0 && s.written(s.joints[i-1], digits) {
			s.terms = append(s.terms, s.joints[i-1])
		}
		s.terms = append(s.terms, s.folded[s.atoms[first].from:to]...)
	}
	s.push(from, s.atoms[0].start, s.atoms[len(s.atoms)-1].end, false)
	return true
}

// written reports whether a joiner is part of the whole's term. An apostrophe is
// not, nor are the hyphens of plain compounds: fail-over is failover.
func (s *scanner) written(joint byte, digits bool) bool {
	if joint != '-' || digits {
		return joint != '\''
	}
	for _, j := range s.joints {
		if j != '-' && j != '\'' {
			return true
		}
	}
	return false
}

// emit writes a token of the atoms from first up to end.
func (s *scanner) emit(first, end int, part bool) {
	from := len(s.terms)
	a, b := s.atoms[first], s.atoms[end-1]
	s.terms = append(s.terms, s.folded[a.from:b.to]...)
	s.push(from, a.start, b.end, part)
}

// push makes a token of the term that begins at from.
func (s *scanner) push(from, start, end int, part bool) {
	if plain(s.terms[from:]) {
		s.terms = s.terms[:from+len(stem(s.terms[from:]))]
	}
	s.tokens = append(s.tokens, Token{Position: s.position, Start: start, End: end, Part: part})
	s.ends = append(s.ends, len(s.terms))
}

// plain reports whether a term consists of the letters a to z.
func plain(term []byte) bool {
	for _, c := range term {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// finish gives every token its term.
func (s *scanner) finish() []Token {
	terms, from := string(s.terms), 0
	for i := range s.tokens {
		s.tokens[i].Term = terms[from:s.ends[i]]
		from = s.ends[i]
	}
	return s.tokens
}
