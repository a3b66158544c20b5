package reading

import (
	"regexp"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// A status page tells of an incident in posts: the state in a line of its own, what
// there is to say, and when that was posted ("Posted Oct 12, 2017 - 23:57 UTC").

// states are the states of a post.
var states = map[string]bool{
	"investigating": true, "identified": true, "monitoring": true, "update": true, "resolved": true, "verifying": true, "mitigated": true,
	"scheduled": true, "in progress": true, "completed": true, "postmortem": true,
}

var postedForm = regexp.MustCompile(`^(?i)(?:posted|updated)\s`)

// postedAt returns when a line says that a post was made.
func postedAt(line string) (when, bool) {
	if len(line) > maxWhen || !postedForm.MatchString(line) {
		return when{}, false
	}
	w, ok := dateIn(line)
	return w, ok && w.clock
}

// hasPosts reports whether a text holds posts of a status page.
func hasPosts(blocks []markdown.Block) bool {
	posts := 0
	for _, b := range blocks {
		if b.Kind != markdown.Paragraph {
			continue
		}
		for _, l := range linesOf(b) {
			if _, ok := postedAt(l.text); ok {
				posts++
			}
		}
	}
	return posts > 1
}

// isPost reports whether a block begins the posts of a status page: a state, or when
// the report above it was posted.
func isPost(b markdown.Block) bool {
	first := linesOf(b)[0].text
	_, posted := postedAt(first)
	return posted || states[normalize(first)]
}

// maxPost is the length in bytes beyond which the paragraphs of a post are left out.
const maxPost = 200

// postsOf reads the posts of a status page as the rows of a timeline, in document
// order, which is newest first on most of them.
func postsOf(parts []*part, c calendar) []incident.Row {
	p := postReader{calendar: c}
	for _, part := range parts {
		p.part = part
		if part.posts && part.level > 0 && states[normalize(part.title)] {
			p.begin(part.title)
		}
		for _, b := range part.blocks {
			if part.posts && b.Kind == markdown.Paragraph {
				for _, l := range linesOf(b) {
					p.line(l)
				}
			}
		}
	}
	return p.rows
}

// fromPost reports whether a row was read from a post, whose time is not that of what
// it tells.
func fromPost(row incident.Row) bool {
	state, _, found := strings.Cut(row.Text, ":")
	return found && states[normalize(state)]
}

// postReader reads one post after the other. state is "" where none is open.
type postReader struct {
	calendar
	part  *part
	state string
	text  string
	rows  []incident.Row
}

func (p *postReader) begin(state string) { p.state, p.text = strings.TrimSpace(state), "" }

func (p *postReader) line(l line) {
	if states[normalize(l.text)] {
		p.begin(l.text)
		return
	}
	w, ok := postedAt(l.text)
	if !ok {
		if len(p.text) < maxPost {
			p.text = strings.TrimSpace(p.text + " " + oneLine(l.text))
		}
		return
	}
	if p.state != "" && p.text != "" {
		p.rows = append(p.rows, incident.Row{
			At: p.resolve(w, p.dayOf(w, p.day)), Label: w.written, Text: p.state + ": " + p.text,
			Line: l.at, Anchor: p.part.anchor, Basis: incident.Explicit,
		})
	}
	p.begin("")
}
