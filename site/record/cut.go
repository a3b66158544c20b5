package record

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"faultline/site/problem"
	"faultline/site/toml"
	"faultline/site/yaml"
)

// page is a file cut in two. front is nil where there is no front matter.
type page struct {
	front    *yaml.Node
	toml     bool // the front matter is TOML
	body     []byte
	bodyLine int
}

// cut separates front matter from the body. YAML stands between two lines of ---
// (the second may be ...), TOML between two lines of +++; the first must be the
// file's first line. A fence that is never closed, or that turns out to hold prose,
// is no front matter: the whole text stays the body.
func (r *reader) cut(text []byte) page {
	whole := page{body: text, bodyLine: 1}
	first, rest := line(text)
	fence := strings.TrimRight(string(first), " \t")
	if fence != "---" && fence != "+++" {
		return whole
	}
	front, body, lines, closed := untilFence(rest, fence)
	if !closed {
		r.openFence(fence, "no later line closes it")
		return whole
	}
	read := yaml.Parse
	if fence == "+++" {
		read = toml.Parse
	}
	node, problems := read(r.path, front, 2)
	if at := prose(front); len(problems) > 0 && at > 0 {
		r.openFence(fence, fmt.Sprintf("line %d is prose", at+1))
		return whole
	}
	r.problems = append(r.problems, problems...)
	if node != nil && node.Kind != yaml.Mapping {
		r.problems = append(r.problems, problem.Problem{Rule: "front-matter-type", Level: problem.Warning, Path: r.path, Line: node.Line, Column: node.Column,
			Text: "front matter is " + node.Kind.String(), Hint: "write key: value lines, or remove the lines of " + fence})
		return whole
	}
	return page{front: node, toml: fence == "+++", body: body, bodyLine: lines + 3}
}

func (r *reader) openFence(fence, why string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: "open-fence", Path: r.path, Line: 1, Column: 1,
		Text: fmt.Sprintf("front matter opened by %q is not closed: %s", fence, why),
		Hint: fmt.Sprintf("add a line of %s below the last key", fence),
	})
}

// line cuts the first line, without its end, from the text.
func line(text []byte) (first, rest []byte) {
	first, rest, _ = bytes.Cut(text, []byte("\n"))
	return first, rest
}

// untilFence cuts the text at the first line that closes the fence. lines is the
// number of lines above it.
func untilFence(text []byte, fence string) (front, body []byte, lines int, closed bool) {
	for at := 0; at < len(text); lines++ {
		end := bytes.IndexByte(text[at:], '\n')
		next := at + end + 1
		if end < 0 {
			end, next = len(text)-at, len(text)
		}
		l := bytes.TrimRight(text[at:at+end], " \t")
		if string(l) == fence || fence == "---" && string(l) == "..." {
			return text[:at], text[next:], lines, true
		}
		at = next
	}
	return nil, nil, 0, false
}

// proseForm matches a line that no YAML or TOML writer puts at the left margin:
// several words without a key.
var proseForm = regexp.MustCompile(`^(#{2,6} |[\pL*_>` + "`" + `][^:=]* [^:=]*$)`)

// prose returns the first line, counted from 1, that follows a blank line and is
// prose: a sign that the fence below it is a rule of the body. 0 means none.
func prose(front []byte) int {
	blank, n := false, 0
	for l := range bytes.Lines(front) {
		n++
		l = bytes.TrimRight(l, " \t\n")
		if blank && proseForm.Match(l) {
			return n
		}
		blank = len(l) == 0
	}
	return 0
}
