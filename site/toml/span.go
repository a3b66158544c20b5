package toml

import (
	"bytes"
	"strings"

	"faultline/site/yaml"
)

// Spans finds the values of a document in TOML with \n line ends, in the order of the
// tree that Parse makes of it. It is false for what it does not follow. A table starts
// below the line of its header. Fixed are lists of tables, and mappings that are only
// written key by key with dots.
func Spans(src []byte) (*yaml.Span, bool) {
	if len(src) > maxBytes || deep(src) {
		return nil, false
	}
	root := &yaml.Span{Kind: yaml.Mapping}
	s := &scanner{src: src, names: map[*yaml.Span]map[string]int{}, root: root}
	table := root
	for pos := s.content(0); pos < len(src) && !s.bad; pos = s.content(pos) {
		if src[pos] == '[' {
			table, pos = s.header(pos)
		} else {
			pos = s.entry(table, pos)
		}
	}
	return root, !s.bad
}

type scanner struct {
	src   []byte
	root  *yaml.Span
	names map[*yaml.Span]map[string]int // the parts of each mapping by key
	bad   bool
}

func (s *scanner) at(pos int) byte {
	if pos < len(s.src) {
		return s.src[pos]
	}
	return '\n'
}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// content is the first place at or behind pos that is neither white space, a line end
// nor in a comment.
func (s *scanner) content(pos int) int {
	for pos < len(s.src) {
		switch c := s.src[pos]; {
		case blank(c) || c == '\n':
			pos++
		case c == '#':
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

// space is the first place at or behind pos that is no blank.
func (s *scanner) space(pos int) int {
	for blank(s.at(pos)) {
		pos++
	}
	return pos
}

// header reads [a.b] or [[a.b]] and returns the table that it begins.
func (s *scanner) header(at int) (*yaml.Span, int) {
	pos, next := at+1, false
	if s.at(pos) == '[' {
		pos, next = pos+1, true
	}
	keys, pos := s.keys(pos)
	if s.at(pos) != ']' || s.bad {
		s.bad = true
		return s.root, len(s.src)
	}
	below := min(s.lineEnd(pos)+1, len(s.src))
	table := s.root
	for i, key := range keys {
		last := i == len(keys)-1
		table = s.step(table, key, yaml.Part{Start: at, Colon: below, Table: true}, next && last)
		if last {
			table.Start, table.From, table.End, table.Fixed = below, below, below, false
		}
	}
	return table, below
}

// step goes to the table below the key, made where it is missing, as Parse does.
func (s *scanner) step(m *yaml.Span, key string, p yaml.Part, next bool) *yaml.Span {
	below := s.find(m, key)
	if below == nil {
		below = &yaml.Span{Kind: yaml.Mapping, Start: p.Colon, End: p.Colon, From: p.Colon, Fixed: true}
		if next {
			below.Kind = yaml.List
		}
		p.Value = below
		s.add(m, key, p)
	}
	if below.Kind == yaml.List && next && below.Fixed {
		item := &yaml.Span{Kind: yaml.Mapping, Start: p.Colon, End: p.Colon, From: p.Colon}
		p.Value = item
		below.Parts = append(below.Parts, p)
	}
	if below.Kind == yaml.List && below.Fixed && len(below.Parts) > 0 {
		below = below.Parts[len(below.Parts)-1].Value
	}
	if below.Kind != yaml.Mapping || below.Flow {
		s.bad = true
	}
	return below
}

func (s *scanner) find(m *yaml.Span, key string) *yaml.Span {
	if i, ok := s.names[m][key]; ok {
		return m.Parts[i].Value
	}
	return nil
}

func (s *scanner) add(m *yaml.Span, key string, p yaml.Part) {
	if s.names[m] == nil {
		s.names[m] = map[string]int{}
	}
	s.names[m][key] = len(m.Parts)
	m.Parts = append(m.Parts, p)
	if !p.Table {
		m.End = max(m.End, p.End())
	}
}

// entry reads key = value into the table and returns the place behind it.
func (s *scanner) entry(table *yaml.Span, at int) int {
	keys, pos := s.keys(at)
	if s.at(pos) != '=' || s.bad {
		s.bad = true
		return len(s.src)
	}
	colon := pos + 1
	v := s.value(s.space(colon))
	for _, key := range keys[:len(keys)-1] {
		table = s.step(table, key, yaml.Part{Start: at, Colon: colon, Table: true}, false)
	}
	last := keys[len(keys)-1]
	if s.find(table, last) != nil {
		s.bad = true
	}
	s.add(table, last, yaml.Part{Start: at, Colon: colon, Value: v})
	return v.End
}

// keys reads a key, dotted or not, and the blanks behind it.
func (s *scanner) keys(pos int) ([]string, int) {
	var keys []string
	for !s.bad {
		pos = s.space(pos)
		start := pos
		if c := s.at(pos); c == '"' || c == '\'' {
			pos = s.text(pos)
			key := string(s.src[start:pos])
			s.bad = s.bad || strings.Contains(key, `\`)
			keys = append(keys, strings.Trim(key, key[:1]))
		} else {
			for bare(s.at(pos)) {
				pos++
			}
			s.bad = s.bad || pos == start
			keys = append(keys, string(s.src[start:pos]))
		}
		if pos = s.space(pos); s.at(pos) != '.' {
			break
		}
		pos++
	}
	return keys, pos
}

func bare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_'
}

// text is the end of the text in quotes that begins at the place.
func (s *scanner) text(at int) int {
	quote := s.src[at : at+1]
	if bytes.HasPrefix(s.src[at:], bytes.Repeat(quote, 3)) {
		return s.longText(at)
	}
	for pos := at + 1; s.at(pos) != '\n'; pos++ {
		switch {
		case s.src[pos] == '\\' && quote[0] == '"':
			pos++
		case s.src[pos] == quote[0]:
			return pos + 1
		}
	}
	s.bad = true
	return len(s.src)
}

// longText is the end of text in three quotes, which may end with two more.
func (s *scanner) longText(at int) int {
	quote := s.src[at]
	for pos := at + 3; pos < len(s.src); pos++ {
		if s.src[pos] == '\\' && quote == '"' {
			pos++
			continue
		}
		run := 0
		for s.at(pos+run) == quote {
			run++
		}
		if run >= 3 {
			return pos + min(run, 5)
		}
		pos += max(0, run-1)
	}
	s.bad = true
	return len(s.src)
}

func (s *scanner) value(at int) *yaml.Span {
	v := &yaml.Span{Kind: yaml.Text, Start: at, From: at}
	switch c := s.at(at); {
	case at >= len(s.src) || c == '\n':
		s.bad = true
	case c == '"' || c == '\'':
		v.End = s.text(at)
	case c == '[' || c == '{':
		s.collection(v)
	default:
		for v.End = at; s.at(v.End) != '\n' && !strings.ContainsRune(",]}#", rune(s.at(v.End))); {
			v.End++
		}
		v.End = at + len(bytes.TrimRight(s.src[at:v.End], " \t"))
	}
	if v.End <= at {
		s.bad, v.End = true, len(s.src)
	}
	return v
}

// collection reads an array or an inline table.
func (s *scanner) collection(v *yaml.Span) {
	v.Kind, v.Flow = yaml.List, true
	end := byte(']')
	if s.src[v.Start] == '{' {
		v.Kind, end = yaml.Mapping, '}'
	}
	pos := s.content(v.Start + 1)
	for !s.bad && pos < len(s.src) && s.src[pos] != end {
		if v.Kind == yaml.Mapping {
			pos = s.entry(v, pos)
		} else {
			part := yaml.Part{Start: pos, Colon: pos, Value: s.value(pos)}
			v.Parts = append(v.Parts, part)
			pos = part.End()
		}
		if pos = s.content(pos); s.at(pos) == ',' {
			pos = s.content(pos + 1)
		} else if s.at(pos) != end {
			s.bad = true
		}
	}
	if s.at(pos) != end {
		s.bad = true
	}
	v.End = pos + 1
}
