package frontmatter

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"
)

// EditDocument is Edit for a file that is YAML as a whole, one mapping. A file that is
// changed ends with a line end afterwards.
func EditDocument(path string, src []byte, changes ...Change) ([]byte, error) {
	p, err := cutDocument(path, src)
	if err != nil {
		return nil, err
	}
	text, err := p.edit(src, changes)
	if refusal := (*Refusal)(nil); errors.As(err, &refusal) && len(p.head) == 0 && refusal.Line > 0 {
		refusal.Line-- // there is no fence above
	}
	return text, err
}

// cutDocument takes the whole file for front matter, but for a line of --- at its top.
func cutDocument(path string, src []byte) (*page, error) {
	p := &page{path: path, eol: "\n", head: []byte{}, whole: true}
	if !utf8.Valid(src) {
		return nil, p.refuse(0, "file is not UTF-8", "save it as UTF-8")
	}
	if rest, ok := bytes.CutPrefix(src, []byte("\ufeff")); ok {
		p.mark, src = []byte("\ufeff"), rest
	}
	first, rest := cutLine(src)
	if eol := first[len(content(first)):]; len(eol) > 0 {
		p.eol = string(eol)
	}
	if strings.TrimRight(string(content(first)), " \t") == "---" {
		p.head, src = first, rest
	}
	p.front = bytes.Clone(src)
	if len(src) > 0 && len(content(src)) == len(src) {
		p.front = append(p.front, p.eol...)
	}
	return p, nil
}
