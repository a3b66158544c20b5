package render

import (
	"regexp"
	"strings"
)

var (
	linked   = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*\)`) // a link or image of Markdown, with its text
	emphatic = regexp.MustCompile(`(\*\*|__|\x60)([^*_\x60]+)(\*\*|__|\x60)`)
)

// unmarked is a sentence of a report without the marks of Markdown, for pages that quote many:
// the text of links alone, and none of a link that the sentence's end has cut off.
func unmarked(sentence string) string {
	s := linked.ReplaceAllString(sentence, "$1")
	s = emphatic.ReplaceAllString(s, "$2")
	if open := strings.LastIndexByte(s, '['); open > 0 && strings.IndexByte(s[open:], ']') < 0 {
		s = strings.TrimRight(s[:open], " (") + " …"
	}
	return s
}
