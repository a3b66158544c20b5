package yaml

import "bytes"

// Span is where a value stands in the bytes of its document: [Start, End), without
// the white space and comments around it. Parse says what a document means, Spans
// where it stands; who edits one must find that the two agree.
//
// An empty value has both ends right behind its colon or dash. A collection without
// brackets ends where its last value does.
type Span struct {
	Kind       Kind // Null, List, Mapping, or Text for every scalar
	Start, End int
	From       int    // Start, or where the anchor and tag before the value begin
	Flow       bool   // in brackets or braces
	Anchor     bool   // other places may stand for the same value
	Tag        bool   // a type stands before the value
	Alias      bool   // the value stands elsewhere
	Fixed      bool   // no part can be added or taken away without rewriting others
	Parts      []Part // of a list or mapping, in order
}

// Part is one entry of a list or mapping with its place.
type Part struct {
	Start int  // of the key, of the dash, or of the value of a list in brackets
	Colon int  // behind the colon or dash; behind the key where it has neither
	Bare  bool // a key without a colon, as in {a, b}
	Merge bool // the key is "<<"
	Table bool // in TOML: written below a header of its own, or key by key with dots
	Value *Span
}

// End is where the part ends.
func (p Part) End() int { return max(p.Colon, p.Value.End) }

// Spans finds the values of a document in YAML with \n line ends. It is false for a
// document that is not a mapping, and for the rare forms that it does not follow
// (keys that are no plain or quoted text, a mapping without braces in a list with
// brackets). The span of an empty document is nil.
func Spans(src []byte) (*Span, bool) {
	if len(src) > maxBytes {
		return nil, false
	}
	s := &scanner{src: src}
	at := s.content(0)
	if at == len(src) {
		return nil, true
	}
	root := s.block(0, -1, false, false)
	if s.bad || root.Kind != Mapping || s.content(root.End) != len(src) {
		return nil, false
	}
	return root, true
}

// scanner follows the layout of a document. What it cannot follow makes it bad; then
// every function returns at once.
type scanner struct {
	src   []byte
	depth int
	bad   bool
}

func (s *scanner) fail(at int) *Span {
	s.bad = true
	return &Span{Start: at, End: len(s.src), From: at}
}

// at is the byte at the place, a line end behind the last.
func (s *scanner) at(pos int) byte {
	if pos < len(s.src) {
		return s.src[pos]
	}
	return '\n'
}

func white(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// content is the first place at or behind pos that is neither white space nor in a
// comment.
func (s *scanner) content(pos int) int {
	for pos < len(s.src) {
		switch c := s.src[pos]; {
		case white(c):
			pos++
		case c == '#' && (pos == 0 || white(s.src[pos-1])):
			pos = s.lineEnd(pos)
		default:
			return pos
		}
	}
	return len(s.src)
}

func (s *scanner) lineEnd(pos int) int {
	if i := bytes.IndexByte(s.src[pos:], '\n'); i >= 0 {
		return pos + i
	}
	return len(s.src)
}

// column is how many bytes stand before pos on its line.
func (s *scanner) column(pos int) int { return pos - 1 - bytes.LastIndexByte(s.src[:pos], '\n') }

func (s *scanner) sameLine(from, to int) bool { return bytes.IndexByte(s.src[from:to], '\n') < 0 }

// dash reports whether an entry of a block list begins at the place.
func (s *scanner) dash(at int) bool { return s.at(at) == '-' && white(s.at(at+1)) }

// block reads the value behind a colon or dash. parent is the column of the mapping
// or list that the value belongs to; inList says that it is a list, where a collection
// may begin on the same line, and inMapping that it is a mapping, whose lists may
// stand in its own column.
func (s *scanner) block(pos, parent int, inMapping, inList bool) *Span {
	if s.depth++; s.depth > maxDepth {
		s.bad = true
	}
	defer func() { s.depth-- }()
	v := &Span{Start: pos, End: pos, From: pos}
	at := s.content(pos)
	marked := false
	for !s.bad && s.below(pos, at, parent, inMapping) {
		if c := s.src[at]; c != '&' && c != '!' {
			break
		} else if c == '&' {
			v.Anchor = true
		} else {
			v.Tag = true
		}
		if !marked {
			v.From, marked = at, true
		}
		for !white(s.at(at)) {
			at++
		}
		pos, v.Start, v.End = at, at, at
		at = s.content(at)
	}
	if s.bad || !s.below(pos, at, parent, inMapping) {
		return v
	}
	found := s.blockValue(at, parent, inList || !s.sameLine(pos, at) || parent < 0)
	found.Anchor, found.Tag, found.From = v.Anchor, v.Tag, found.Start
	if marked {
		found.From = v.From
	}
	return found
}

// below reports whether what stands at the place belongs to the value that is awaited
// at pos.
func (s *scanner) below(pos, at, parent int, inMapping bool) bool {
	if at == len(s.src) {
		return false
	}
	column := s.column(at)
	return s.sameLine(pos, at) || column > parent || column == parent && inMapping && s.dash(at)
}

// blockValue reads the value that begins at the place. first says that a block
// collection may begin there.
func (s *scanner) blockValue(at, parent int, first bool) *Span {
	_, _, key := s.key(at)
	switch c := s.src[at]; {
	case s.dash(at):
		if !first {
			return s.fail(at)
		}
		return s.list(at)
	case key:
		if !first {
			return s.fail(at)
		}
		return s.mapping(at)
	case c == '?' && white(s.at(at+1)):
		return s.fail(at)
	case c == '*':
		return s.alias(at)
	case c == '[' || c == '{':
		return s.flow(at)
	case c == '|' || c == '>':
		return s.literal(at, parent)
	case c == '"' || c == '\'':
		return s.quoted(at)
	}
	return s.plain(at, parent)
}

// key finds the end of a key that begins at the place and the end of its colon.
func (s *scanner) key(at int) (end, colon int, ok bool) {
	switch c := s.src[at]; {
	case c == '"' || c == '\'':
		quote := &scanner{src: s.src[:s.lineEnd(at)]}
		end = quote.quoted(at).End
		if quote.bad {
			return 0, 0, false
		}
	case bytes.IndexByte([]byte("[]{}|>*&!%@`#,"), c) >= 0:
		return 0, 0, false
	default:
		end = s.plainKey(at)
	}
	for colon = end; s.at(colon) == ' ' || s.at(colon) == '\t'; {
		colon++
	}
	return end, colon + 1, s.at(colon) == ':' && white(s.at(colon+1))
}

// plainKey is the end of the text before the first colon that ends a key, or before a
// comment or the line's end.
func (s *scanner) plainKey(at int) int {
	end := at
	for pos := at; s.at(pos) != '\n'; pos++ {
		c := s.src[pos]
		if c == ':' && white(s.at(pos+1)) || c == '#' && white(s.src[pos-1]) {
			break
		}
		if !white(c) {
			end = pos + 1
		}
	}
	return end
}

func (s *scanner) mapping(at int) *Span {
	m := &Span{Kind: Mapping, Start: at}
	column := s.column(at)
	for !s.bad {
		end, colon, ok := s.key(at)
		if !ok {
			return s.fail(at)
		}
		p := Part{Start: at, Colon: colon, Merge: string(s.src[at:end]) == "<<", Value: s.block(colon, column, true, false)}
		m.Parts, m.End = append(m.Parts, p), p.End()
		if at, ok = s.next(m.End, column); !ok || s.dash(at) {
			break
		}
	}
	return m
}

func (s *scanner) list(at int) *Span {
	l := &Span{Kind: List, Start: at}
	column := s.column(at)
	for ok := true; ok && !s.bad; {
		p := Part{Start: at, Colon: at + 1, Value: s.block(at+1, column, false, true)}
		l.Parts, l.End = append(l.Parts, p), p.End()
		if at, ok = s.next(l.End, column); ok && !s.dash(at) {
			break
		}
	}
	return l
}

// next is where the part behind pos begins, if it stands in the column. What stands
// further to the right belongs to nothing.
func (s *scanner) next(pos, column int) (int, bool) {
	at := s.content(pos)
	if at == len(s.src) {
		return at, false
	}
	if s.sameLine(pos, at) || s.column(at) > column {
		s.bad = true
	}
	return at, s.column(at) == column
}

func (s *scanner) scalar(at, end int) *Span { return &Span{Kind: Text, Start: at, End: end, From: at} }

func (s *scanner) alias(at int) *Span {
	end := at
	for !white(s.at(end)) && bytes.IndexByte([]byte(",[]{}"), s.src[end]) < 0 {
		end++
	}
	a := s.scalar(at, end)
	a.Alias = true
	return a
}

// quoted reads text in quotes, over several lines if need be.
func (s *scanner) quoted(at int) *Span {
	quote := s.src[at]
	for pos := at + 1; pos < len(s.src); pos++ {
		switch {
		case s.src[pos] == '\\' && quote == '"':
			pos++
		case s.src[pos] != quote:
		case quote == '\'' && s.at(pos+1) == '\'':
			pos++
		default:
			return s.scalar(at, pos+1)
		}
	}
	return s.fail(at)
}

// literal reads the text of | or >: the lines that are indented as its first, with the
// blank lines at its end where a + keeps them. A digit says how far it is indented.
func (s *scanner) literal(at, parent int) *Span {
	end := s.lineEnd(at)
	header, _, _ := bytes.Cut(s.src[at:end], []byte("#"))
	keep := bytes.IndexByte(header, '+') >= 0
	v := s.scalar(at, at+len(bytes.TrimRight(header, " \t")))
	least := parent + 1
	first := bytes.IndexAny(header, "123456789") < 0
	for end < len(s.src) {
		line := end + 1
		end = s.lineEnd(line)
		text := bytes.TrimLeft(s.src[line:end], " ")
		indent := end - line - len(text)
		switch {
		case len(bytes.TrimSpace(text)) == 0:
			if keep && end < len(s.src) {
				v.End = end
			}
			continue
		case indent < least:
			return v
		case first:
			least, first = indent, false
		}
		v.End = end
	}
	return v
}

// plain reads text without quotes and the lines that continue it.
func (s *scanner) plain(at, parent int) *Span {
	v := s.scalar(at, s.plainLine(at))
	for {
		at = v.End
		for s.at(at) == ' ' || s.at(at) == '\t' {
			at++
		}
		if at == len(s.src) || s.src[at] == '#' {
			return v
		}
		for at < len(s.src) && white(s.src[at]) {
			at++
		}
		if at == len(s.src) || s.src[at] == '#' || s.column(at) <= parent {
			return v
		}
		v.End = s.plainLine(at)
	}
}

// plainLine is the end of plain text on its line.
func (s *scanner) plainLine(at int) int {
	end := at
	for pos := at; s.at(pos) != '\n'; pos++ {
		if s.src[pos] == '#' && pos > at && white(s.src[pos-1]) {
			break
		}
		if !white(s.src[pos]) {
			end = pos + 1
		}
	}
	return end
}

// flow reads a list in brackets or a mapping in braces.
func (s *scanner) flow(at int) *Span {
	if s.depth++; s.depth > maxDepth {
		return s.fail(at)
	}
	defer func() { s.depth-- }()
	v := &Span{Kind: List, Start: at, From: at, Flow: true}
	end := byte(']')
	if s.src[at] == '{' {
		v.Kind, end = Mapping, '}'
	}
	pos := s.content(at + 1)
	for !s.bad && pos < len(s.src) && s.src[pos] != end {
		p := s.flowPart(pos, v.Kind == Mapping)
		v.Parts = append(v.Parts, p)
		pos = s.content(p.End())
		if s.at(pos) == ',' {
			pos = s.content(pos + 1)
		} else if s.at(pos) != end {
			return s.fail(at)
		}
	}
	if s.bad || pos == len(s.src) {
		return s.fail(at)
	}
	v.End = pos + 1
	return v
}

func (s *scanner) flowPart(at int, keyed bool) Part {
	first := s.flowValue(at)
	if !keyed {
		return Part{Start: at, Colon: at, Value: first}
	}
	p := Part{Start: at, Merge: string(s.src[first.Start:first.End]) == "<<"}
	if first.Kind != Text || first.Alias || first.From != first.Start {
		s.bad = true
	}
	pos := s.content(first.End)
	if p.Bare = s.at(pos) != ':'; p.Bare {
		p.Colon = first.End
		p.Value = &Span{Start: p.Colon, End: p.Colon, From: p.Colon}
		return p
	}
	p.Colon = pos + 1
	p.Value = &Span{Start: p.Colon, End: p.Colon, From: p.Colon}
	if pos = s.content(p.Colon); s.at(pos) != ',' && s.at(pos) != '}' {
		p.Value = s.flowValue(pos)
	}
	return p
}

// flowValue reads a value between brackets or braces.
func (s *scanner) flowValue(at int) *Span {
	from, anchor, tag := at, false, false
	for s.at(at) == '&' || s.at(at) == '!' {
		anchor, tag = anchor || s.at(at) == '&', tag || s.at(at) == '!'
		for !white(s.at(at)) && s.at(at) != ',' {
			at++
		}
		at = s.content(at)
	}
	var v *Span
	switch c := s.at(at); {
	case at >= len(s.src) || bytes.IndexByte([]byte(",]}:"), c) >= 0 && (c != ':' || white(s.at(at+1))):
		return s.fail(from)
	case c == '[' || c == '{':
		v = s.flow(at)
	case c == '"' || c == '\'':
		v = s.quoted(at)
	case c == '*':
		v = s.alias(at)
	default:
		v = s.scalar(at, s.flowPlain(at))
	}
	v.From, v.Anchor, v.Tag = from, anchor, tag
	return v
}

// flowPlain is the end of plain text between brackets or braces.
func (s *scanner) flowPlain(at int) int {
	end := at
	for pos := at; pos < len(s.src); pos++ {
		c := s.src[pos]
		switch {
		case bytes.IndexByte([]byte(",[]{}"), c) >= 0,
			c == ':' && (white(s.at(pos+1)) || bytes.IndexByte([]byte(",[]{}"), s.at(pos+1)) >= 0),
			c == '#' && white(s.src[pos-1]):
			return end
		case !white(c):
			end = pos + 1
		}
	}
	return end
}
