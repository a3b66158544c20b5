package reading

import (
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// sectionsOf returns the sections of the document as authors see them: one for
// each heading. Blocks that a label took stand in their heading's section.
func sectionsOf(doc []markdown.Block, parts []*part) []incident.Section {
	var sections []incident.Section
	for _, p := range parts {
		if !p.label && (p.level > 0 || p == parts[0]) {
			sections = append(sections, incident.Section{Kind: p.kind, Heading: p.title, Level: p.level, Anchor: p.anchor, Line: p.line, Passages: []incident.Passage{}})
		}
	}
	at := 0
	for _, b := range doc {
		if b.Kind == markdown.Heading {
			at++
			continue
		}
		sections[at].Passages = appendPassages(sections[at].Passages, b)
	}
	if len(sections[0].Passages) == 0 {
		sections = sections[1:]
	}
	return sections
}

// appendPassages adds the passages of a block: one for each paragraph, list entry,
// table row and code block.
func appendPassages(list []incident.Passage, b markdown.Block) []incident.Passage {
	switch b.Kind {
	case markdown.Row:
		return appendText(list, strings.Join(cells(b), " | "), b.Line)
	case markdown.Code:
		if strings.TrimSpace(b.Text) == "" {
			return list
		}
		return append(list, incident.Passage{Text: b.Text, Line: b.Line, Code: true})
	case markdown.Paragraph, markdown.HTML, markdown.Heading:
		return appendText(list, oneLine(b.Text), b.Line)
	}
	for _, c := range b.Children {
		list = appendPassages(list, c)
	}
	return list
}

func appendText(list []incident.Passage, text string, line int) []incident.Passage {
	if strings.Trim(text, " |") == "" {
		return list
	}
	return append(list, incident.Passage{Text: text, Line: line})
}
