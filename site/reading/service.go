package reading

import (
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// services collects the names in rows labelled as what was affected.
type services struct {
	list []Found[string]
	row  int // line of the table's row whose first cell is such a label
}

// read takes the names behind a label of a leaf: "Affected services: API, Dashboard", a
// row of a table, or the list under a heading.
func (s *services) read(l *leaf) {
	if s.row == l.block.Line && l.block.Kind == markdown.Cell {
		s.add(l.block.Text, l.block.Line)
		s.row = 0
		return
	}
	if !l.claims.has(affectedClaim) && !l.claims.has(componentClaim) || l.told(incident.ActionSection, incident.LessonSection, incident.BackgroundSection) {
		return
	}
	for _, h := range l.hits {
		if h.claims.has(affectedClaim) || h.claims.has(componentClaim) {
			s.label(l, h)
		}
	}
}

// label takes what stands behind a label that begins a line. One that does not say that
// they were affected needs its colon.
func (s *services) label(l *leaf, h hit) {
	text := l.block.Text
	if h.start > 0 && text[h.start-1] != '\n' {
		return
	}
	rest := strings.TrimLeft(text[h.end:], " *")
	switch {
	case strings.HasPrefix(rest, ":"):
		value, _, _ := strings.Cut(rest[1:], "\n")
		s.add(value, l.line(h.start))
	case rest != "" || h.start > 0:
	case l.block.Kind == markdown.Heading && (h.claims.has(affectedClaim) || l.part.label):
		s.below(l.part.blocks)
	case l.block.Kind == markdown.Cell && h.claims.has(affectedClaim):
		s.row = l.block.Line
	}
}

// below takes the names that stand under a heading: the entries of its first list, or
// its first line.
func (s *services) below(blocks []markdown.Block) {
	if len(blocks) == 0 {
		return
	}
	switch b := blocks[0]; b.Kind {
	case markdown.Paragraph:
		s.add(b.Text, b.Line)
	case markdown.List:
		for _, e := range b.Children {
			s.add(firstText(e), e.Line)
		}
	}
}

const (
	maxServiceSize  = 50 // bytes of a service's name
	maxServiceWords = 5
)

// add takes the names of a list such as "API, Dashboard and e-mail". A text in which
// anything is too long for a name states none.
func (s *services) add(text string, line int) {
	text = strings.TrimSuffix(oneLine(text), ".")
	var names []Found[string]
	for _, name := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == '、' || r == '•' }) {
		name = strings.TrimPrefix(strings.Trim(name, " *`"), "and ")
		first, second, both := strings.Cut(name, " and ")
		if both && len(strings.Fields(name)) <= maxServiceWords {
			names = append(names, Found[string]{first, line, first})
			name = second
		}
		if len(name) > maxServiceSize || len(strings.Fields(name)) > maxServiceWords || strings.ContainsAny(name, ".!?:") && strings.Contains(name, " ") {
			return
		}
		names = append(names, Found[string]{name, line, name})
	}
	for _, n := range names {
		if n.Value != "" && !claimsAll(n.Value, allClaim) && !s.has(n.Value) {
			s.list = append(s.list, n)
		}
	}
}

func (s *services) has(name string) bool {
	for _, n := range s.list {
		if strings.EqualFold(n.Value, name) {
			return true
		}
	}
	return false
}
