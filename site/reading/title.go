package reading

import (
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// maxTitle is the length in bytes beyond which a line is no title.
const maxTitle = 200

// titleOf returns the first heading of the first level, or whatever short line
// the text begins with: a heading that names no section, a bold line, a line alone.
func titleOf(doc []markdown.Block) Found[string] {
	for _, b := range doc {
		if b.Kind == markdown.Heading && b.Level == 1 && mayBeTitle(b) {
			return Found[string]{Value: oneLine(b.Text), Line: b.Line}
		}
	}
	for _, b := range doc[:min(len(doc), 2)] {
		switch {
		case b.Kind == markdown.Heading && mayBeTitle(b):
			return Found[string]{Value: oneLine(b.Text), Line: b.Line}
		case b.Kind == markdown.Paragraph:
			if t := titleLine(linesOf(b)); t.Known() {
				return t
			}
		default:
			return Found[string]{}
		}
	}
	return Found[string]{}
}

// mayBeTitle reports whether a heading may be a title: it has text and names no section.
func mayBeTitle(b markdown.Block) bool {
	kind, _ := sectionNamed(b.Text)
	return kind == incident.OtherSection && strings.TrimSpace(b.Text) != ""
}

// titleLine returns the first line of a paragraph that looks like a title: bold, or
// without the signs of a sentence, in a paragraph of short lines.
func titleLine(lines []line) Found[string] {
	if len(lines) == 0 { // a paragraph of code spans that hold nothing
		return Found[string]{}
	}
	first := lines[0]
	text := oneLine(first.text)
	bold := len(first.spans) == 1 && first.spans[0].Style&markdown.Strong != 0
	if !bold && !plainTitle(text, lines) || text == "" || len(text) > maxTitle || knownLabel(text) {
		return Found[string]{}
	}
	if _, rest, ok := readWhen(text); ok && strings.TrimSpace(rest) == "" {
		return Found[string]{}
	}
	return Found[string]{Value: text, Line: first.at}
}

func plainTitle(text string, lines []line) bool {
	for _, l := range lines {
		if len(lines) > 1 && len(l.text) > maxTitle/3 || strings.HasSuffix(l.text, ".") || strings.HasSuffix(l.text, ",") {
			return false
		}
	}
	return !strings.HasPrefix(text, "(") && !strings.Contains(text, "://") && !strings.Contains(text, "{{")
}

func knownLabel(text string) bool {
	label, _, found := cutLabelColon(text)
	return found && words().labels[normalize(label)].fact != noFact
}
