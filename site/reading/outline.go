package reading

import (
	"strings"
	"unicode"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// part is a heading, or a bold label that stands in for one, with the blocks below
// it up to the next.
type part struct {
	kind   incident.SectionKind // its own, else that of the part it belongs to
	own    bool                 // the name says the kind
	weak   bool                 // the name is used for want of a better one
	title  string
	level  int // of the heading; 0 = the text before the first one
	label  bool
	anchor string // of the nearest heading
	line   int
	parent *part
	posts  bool // it holds posts of a status page
	blocks []markdown.Block
}

// outline cuts a document into parts, in document order.
type outline struct {
	parts   []*part
	heading *part // the open heading
	current *part // the open heading or label
	posts   bool  // the text holds posts of a status page
}

// outlineOf builds the outline. title is the line of the document's title, whose
// words name no section.
func outlineOf(blocks []markdown.Block, title int) []*part {
	root := &part{kind: incident.OtherSection}
	o := outline{parts: []*part{root}, heading: root, current: root, posts: hasPosts(blocks)}
	for _, b := range blocks {
		if len(o.parts) == 1 && len(root.blocks) == 0 && root.line == 0 {
			root.line = b.Line
		}
		o.add(b, title)
	}
	settle(o.parts)
	return o.parts
}

func (o *outline) add(b markdown.Block, title int) {
	switch {
	case b.Kind == markdown.Heading:
		o.open(b, title)
	case o.posts && b.Kind == markdown.Paragraph && !o.current.posts && isPost(b):
		o.openPosts(b)
	case b.Kind == markdown.Paragraph && b.Line != title && (o.labelled(b) || o.plainHeading(b)):
	case b.Kind == markdown.List && !b.Ordered:
		o.addList(b)
	default:
		o.current.blocks = append(o.current.blocks, b)
	}
}

// plainHeading starts a part for a line of plain text that is a section's name and
// nothing else, as in reports that were pasted without their headings.
func (o *outline) plainHeading(b markdown.Block) bool {
	if strings.ContainsAny(b.Text, "\n.,;") || len(strings.Fields(b.Text)) > maxName {
		return false
	}
	kind, weak := sectionNamed(b.Text)
	if kind == incident.OtherSection {
		return false
	}
	o.current = o.label(oneLine(b.Text), kind, b.Line)
	o.current.weak = weak
	return true
}

// spansOf returns the spans of a leaf block, also where it is plain.
func spansOf(b markdown.Block) []markdown.Span {
	if b.Spans == nil {
		return []markdown.Span{{Text: b.Text, Line: b.Line}}
	}
	return b.Spans
}

// open starts the part of a heading, below the nearest higher one.
func (o *outline) open(b markdown.Block, title int) {
	above := o.heading
	for above.level >= b.Level && above.parent != nil {
		above = above.parent
	}
	p := &part{title: oneLine(b.Text), level: b.Level, anchor: b.Anchor, line: b.Line, parent: above, kind: incident.OtherSection}
	if b.Line != title {
		p.kind, p.weak = sectionNamed(p.title)
		if o.posts && states[normalize(p.title)] {
			p.kind, p.weak, p.posts = incident.TimelineSection, false, true
		}
		p.own = p.kind != incident.OtherSection
	}
	o.parts = append(o.parts, p)
	o.heading, o.current = p, p
}

// labelled starts a part for a paragraph that begins with a bold label: any that is
// nothing else, and one with text behind it whose label names a section.
func (o *outline) labelled(b markdown.Block) bool {
	label, rest, ok := cutLabel(b)
	if !ok {
		return false
	}
	kind, weak := sectionNamed(label)
	if rest.Text != "" && (kind == incident.OtherSection || weak) {
		return false
	}
	p := o.label(label, kind, b.Line)
	if rest.Text != "" {
		p.blocks = append(p.blocks, rest)
	}
	o.current = p
	return true
}

// openPosts starts the part of a status page's posts, which belong to no section of
// the report above them.
func (o *outline) openPosts(b markdown.Block) {
	o.current = o.label("", incident.TimelineSection, b.Line)
	o.current.parent, o.current.posts = o.parts[0], true
	o.current.blocks = append(o.current.blocks, b)
}

func (o *outline) label(title string, kind incident.SectionKind, line int) *part {
	p := &part{title: title, label: true, level: 7, anchor: o.heading.anchor, line: line, parent: o.heading, kind: kind, own: kind != incident.OtherSection}
	o.parts = append(o.parts, p)
	return p
}

// addList keeps a list as it is, but for entries whose label names a section:
// "- **Resolution**: we restarted it". What follows the last of these belongs to it.
func (o *outline) addList(list markdown.Block) {
	rest, current := list, o.current
	rest.Children = nil
	for _, entry := range list.Children {
		label, text, ok := entryLabel(entry)
		kind, weak := sectionNamed(label)
		if !ok || kind == incident.OtherSection || weak || inside(o.heading, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection) {
			rest.Children = append(rest.Children, entry)
			o.current = current
			continue
		}
		p := o.label(label, kind, entry.Line)
		if text.Text != "" {
			p.blocks = append(p.blocks, text)
		}
		p.blocks = append(p.blocks, entry.Children[1:]...)
		o.current = p
	}
	if len(rest.Children) > 0 {
		current.blocks = append(current.blocks, rest)
	}
}

// entryLabel returns the bold label of a list entry and the text behind it.
func entryLabel(entry markdown.Block) (label string, rest markdown.Block, ok bool) {
	if len(entry.Children) == 0 || entry.Children[0].Kind != markdown.Paragraph {
		return "", markdown.Block{}, false
	}
	return cutLabel(entry.Children[0])
}

// maxLabel is the number of words beyond which bold text is emphasis, not a label.
const maxLabel = 8

// cutLabel splits a paragraph into the bold label that it begins with and the text
// behind it. A label is followed by a colon or by nothing.
func cutLabel(b markdown.Block) (label string, rest markdown.Block, ok bool) {
	n := 0
	for n < len(b.Spans) && b.Spans[n].Style&markdown.Strong != 0 {
		label += b.Spans[n].Text
		n++
	}
	label = strings.TrimSpace(label)
	if label == "" || strings.Contains(label, "\n") || len(strings.Fields(label)) > maxLabel {
		return "", b, false
	}
	rest = b
	rest.Spans = append([]markdown.Span(nil), b.Spans[n:]...)
	rest.Text = textOf(rest.Spans)
	text := strings.TrimLeft(rest.Text, " \t\n")
	after, colon := strings.CutPrefix(text, ":")
	if !colon {
		after, colon = strings.CutPrefix(text, "：")
	}
	if text != "" && !colon && !strings.HasSuffix(label, ":") && !strings.HasSuffix(label, "：") {
		return "", b, false
	}
	if !colon {
		after = text
	}
	return strings.TrimRight(label, ":： "), without(rest, len(rest.Text)-len(strings.TrimLeft(after, " \t\n"))), true
}

// without returns the block without the first n bytes of its text.
func without(b markdown.Block, n int) markdown.Block {
	b.Text = b.Text[n:]
	for n > 0 && len(b.Spans) > 0 {
		if s := &b.Spans[0]; len(s.Text) > n {
			s.Text = s.Text[n:]
			break
		}
		n -= len(b.Spans[0].Text)
		b.Spans = b.Spans[1:]
	}
	if len(b.Spans) > 0 {
		b.Line = b.Spans[0].Line
	}
	return b
}

func textOf(spans []markdown.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// settle gives every part its final kind: a weak name counts only where the kind
// has no better section, and a nameless part is of the kind it stands under.
func settle(parts []*part) {
	strong := map[incident.SectionKind]bool{}
	for _, p := range parts {
		if p.own && !p.weak {
			strong[p.kind] = true
		}
	}
	for _, p := range parts {
		if p.weak && strong[p.kind] {
			p.kind, p.own = incident.OtherSection, false
		}
		if !p.own && p.parent != nil {
			p.kind = p.parent.kind
		}
	}
}

// inside reports whether the part, or one that it stands under, is of one of the
// kinds.
func inside(p *part, kinds ...incident.SectionKind) bool {
	for ; p != nil; p = p.parent {
		for _, k := range kinds {
			if p.kind == k {
				return true
			}
		}
	}
	return false
}

// line is one line of a leaf block.
type line struct {
	text  string
	spans []markdown.Span
	at    int
}

// linesOf splits a leaf block at its line ends.
func linesOf(b markdown.Block) []line {
	var lines []line
	open := false
	for _, s := range spansOf(b) {
		if !open {
			lines = append(lines, line{at: s.Line})
			open = true
		}
		last := &lines[len(lines)-1]
		text, broken := strings.CutSuffix(s.Text, "\n")
		s.Text = text
		last.text += text
		last.spans = append(last.spans, s)
		open = !broken
	}
	for i := range lines {
		lines[i].text = strings.TrimSpace(strings.Map(plainSpace, lines[i].text))
	}
	return lines
}

// plainSpace makes one space of all that look like it: word processors put others
// between numbers and units, and in front of PM.
func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// oneLine replaces every run of space by one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// cells returns the texts of a table row.
func cells(row markdown.Block) []string {
	texts := make([]string, len(row.Children))
	for i, c := range row.Children {
		texts[i] = oneLine(c.Text)
	}
	return texts
}

// firstText returns the paragraph that a list entry begins with, as one line.
func firstText(entry markdown.Block) string {
	if len(entry.Children) == 0 || entry.Children[0].Kind != markdown.Paragraph {
		return ""
	}
	return oneLine(entry.Children[0].Text)
}
