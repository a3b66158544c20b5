package reading

import (
	"slices"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// notesOf returns the statements of the sections of a kind: the entries of their
// lists, else their first paragraph, which the others explain.
func notesOf(parts []*part, kind incident.SectionKind) []incident.Note {
	var notes []incident.Note
	for _, p := range parts {
		if p.kind != kind {
			continue
		}
		own := p.notes()
		if !p.hasList() {
			own = own[:min(len(own), 1)]
		}
		notes = append(notes, own...)
	}
	return notes
}

func (p *part) hasList() bool {
	return slices.ContainsFunc(p.blocks, func(b markdown.Block) bool { return b.Kind == markdown.List })
}

func (p *part) notes() []incident.Note {
	var entries, paragraphs []incident.Note
	for _, b := range p.blocks {
		switch b.Kind {
		case markdown.List:
			for _, e := range b.Children {
				entries = p.appendNote(entries, firstText(e), e.Line)
			}
		case markdown.Paragraph:
			paragraphs = p.appendNote(paragraphs, oneLine(b.Text), b.Line)
		}
	}
	if len(entries) > 0 {
		return entries
	}
	return paragraphs
}

func (p *part) appendNote(notes []incident.Note, text string, line int) []incident.Note {
	if text == "" {
		return notes
	}
	return append(notes, incident.Note{Text: text, Line: line, Anchor: p.anchor, Basis: incident.Explicit})
}

// lessonsOf returns what was learned, in document order: what stands in the sections
// made for it, and the lists among the actions that are introduced so.
func lessonsOf(parts []*part) []incident.Lesson {
	kinds := map[incident.SectionKind]string{
		incident.LessonSection: "", incident.WellSection: "well", incident.WrongSection: "wrong", incident.LuckySection: "lucky",
	}
	var lessons []incident.Lesson
	for _, p := range parts {
		kind, ok := kinds[p.kind]
		if !ok {
			if p.kind == incident.ActionSection {
				lessons = p.appendTaught(lessons)
			}
			continue
		}
		for _, n := range p.notes() {
			lessons = append(lessons, incident.Lesson{Note: n, Kind: kind})
		}
	}
	return lessons
}

// appendTaught adds the entries of lists among the actions that hold lessons.
func (p *part) appendTaught(lessons []incident.Lesson) []incident.Lesson {
	for n, b := range p.blocks {
		if b.Kind != markdown.List || !taught(p.blocks, n) {
			continue
		}
		list := &part{anchor: p.anchor, blocks: []markdown.Block{b}}
		for _, note := range list.notes() {
			lessons = append(lessons, incident.Lesson{Note: note})
		}
	}
	return lessons
}
