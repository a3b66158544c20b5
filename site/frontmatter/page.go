package frontmatter

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"faultline/site/problem"
	"faultline/site/toml"
	"faultline/site/yaml"
)

// page is a file cut in three: up to the front matter's first byte, the front matter,
// and everything from the line that closes it. head is empty where there is none.
type page struct {
	path  string
	mark  []byte // the byte order mark
	head  []byte // the line that opens the fence
	front []byte // with the line ends of the file
	tail  []byte
	eol   string
	toml  bool
	whole bool // the file is front matter as a whole
}

// name is what the part of the file that is edited is called.
func (p *page) name() string {
	if p.whole {
		return "file"
	}
	return "front matter"
}

func (p *page) refuse(line int, text, hint string) error {
	return &Refusal{problem.Problem{Rule: "front-matter-edit", Path: p.path, Line: line, Text: text, Hint: hint}}
}

// cut finds the front matter where package record finds it.
func cut(path string, src []byte) (*page, error) {
	p := &page{path: path, eol: "\n"}
	if !utf8.Valid(src) {
		return nil, p.refuse(0, "file is not UTF-8", "save it as UTF-8")
	}
	if rest, ok := bytes.CutPrefix(src, []byte("\ufeff")); ok {
		p.mark, src = src[:len(src)-len(rest)], rest
	}
	first, rest := cutLine(src)
	if eol := first[len(content(first)):]; len(eol) > 0 {
		p.eol = string(eol)
	}
	fence := strings.TrimRight(string(content(first)), " \t")
	if fence != "---" && fence != "+++" {
		p.tail = src
		return p, nil
	}
	p.head, p.toml = first, fence == "+++"
	for at := 0; at < len(rest); {
		line, _ := cutLine(rest[at:])
		if l := string(bytes.TrimRight(content(line), " \t")); l == fence || fence == "---" && l == "..." {
			p.front, p.tail = rest[:at], rest[at:]
			return p, nil
		}
		at += len(line)
	}
	return nil, p.refuse(1, "front matter opened by \""+fence+"\" is not closed", "add a line of "+fence+" below the last key")
}

// cutLine cuts the first line with its end, \n, \r\n or \r, from the text.
func cutLine(text []byte) (line, rest []byte) {
	end := bytes.IndexAny(text, "\r\n")
	switch {
	case end < 0:
		end = len(text)
	case bytes.HasPrefix(text[end:], []byte("\r\n")):
		end += 2
	default:
		end++
	}
	return text[:end], text[end:]
}

// content is a line without its end.
func content(line []byte) []byte { return bytes.TrimRight(line, "\r\n") }

// bytes puts the file together again.
func (p *page) bytes() []byte { return slices.Concat(p.mark, p.head, p.front, p.tail) }

// enclose gives a text without front matter a fence, with a blank line between it and
// the body.
func (p *page) enclose() {
	p.head = []byte("---" + p.eol)
	gap := p.eol
	if body := bytes.TrimLeft(p.tail, " \t"); len(body) == 0 || body[0] == '\n' || body[0] == '\r' {
		gap = ""
	}
	p.tail = slices.Concat([]byte("---"+p.eol+gap), p.tail)
}

// read makes the tree of the front matter with its places. It refuses what cannot be
// read without a problem, and what the two readers do not agree on.
func (p *page) read() (*node, error) {
	text := unix(p.front)
	parse, spans := yaml.Parse, yaml.Spans
	if p.toml {
		parse, spans = toml.Parse, toml.Spans
	}
	tree, problems := parse(p.path, text, 2)
	if len(problems) > 0 {
		return nil, p.unreadable(problems)
	}
	if tree != nil && tree.Kind != yaml.Mapping {
		return nil, p.refuse(tree.Line, p.name()+" is "+tree.Kind.String(), "write key: value lines")
	}
	span, ok := spans(text)
	if tree == nil && ok {
		return &node{tree: &yaml.Node{Kind: yaml.Mapping, Line: 2}, span: &yaml.Span{Kind: yaml.Mapping, Start: len(text)}}, nil
	}
	if !ok || span == nil {
		return nil, p.refuse(2, p.name()+" is laid out in a way that is not edited", "edit it by hand, or write one key: value to a line")
	}
	root, bad := newLayout(text, p.toml).join(tree, span)
	if bad != nil {
		return nil, p.refuse(bad.Line, "it cannot be told where this value begins or ends", "edit it by hand, or write it more simply")
	}
	return root, nil
}

func (p *page) unreadable(problems problem.List) error {
	first := problems[0]
	if first.Hint == "" {
		first.Hint = "mend the " + p.name() + " first"
	}
	first.Text = p.name() + " cannot be edited: " + first.Text
	return &Refusal{first}
}

// unix gives a text \n line ends, as package record does before it reads.
func unix(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
}

// splice replaces the bytes [from, to) of the front matter with \n line ends.
type splice struct {
	from, to int
	text     string
}

// apply makes the splices in the front matter. It is false where two of them meet.
func (p *page) apply(splices []splice) bool {
	slices.SortStableFunc(splices, func(a, b splice) int { return a.from - b.from })
	var out []byte
	raw, at, done := 0, 0, 0 // done: raw bytes that are copied
	skip := func(to int) {   // go on to the place in the text with \n line ends
		for ; at < to; at++ {
			if p.front[raw] == '\r' && raw+1 < len(p.front) && p.front[raw+1] == '\n' {
				raw++
			}
			raw++
		}
	}
	for _, s := range splices {
		if s.from < at {
			return false
		}
		skip(s.from)
		out = append(out, p.front[done:raw]...)
		out = append(out, strings.ReplaceAll(s.text, "\n", p.eol)...)
		skip(s.to)
		done = raw
	}
	p.front = append(out, p.front[done:]...)
	return true
}
