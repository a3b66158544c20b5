package reading

import (
	"strings"

	"faultline/site/markdown"
)

// minReport is the length in bytes of the text that stands above the replies to a report.
const minReport = 500

// repliesAt returns the number of the block behind which others reply to the report: that
// which ends the first post of a forum ("22 Likes"), or begins the comments of a blog
// ("3 comments"). It is the number of all blocks where none reply.
func repliesAt(blocks []markdown.Block) int {
	size := 0
	for i, b := range blocks {
		if size > minReport && (b.Kind == markdown.Paragraph || b.Kind == markdown.Heading) && endsReport(b.Text) {
			return i
		}
		size += sizeOf(b)
	}
	return len(blocks)
}

// maxReplies is the length in bytes of the longest line that counts replies.
const maxReplies = 30

func endsReport(line string) bool {
	if len(line) > maxReplies {
		return false
	}
	line = strings.TrimRight(strings.ToLower(strings.TrimSpace(line)), " :")
	if counted := strings.TrimLeft(line, "0123456789"); counted != line {
		line = "#" + counted
	}
	return words().replies[line]
}

// sizeOf is the length in bytes of a block's text.
func sizeOf(b markdown.Block) int {
	size := len(b.Text)
	for _, c := range b.Children {
		size += sizeOf(c)
	}
	return size
}
