// Package frontmatter is the one hand that edits the front matter of incident files.
// It splices bytes where a value stands and disturbs no other: comments, the order of
// keys, quoting, line ends, a byte order mark, trailing spaces and the body stay as
// their author left them.
//
// An edit is a list of changes, made one after the other:
//
//	text, err := frontmatter.Edit(path, src,
//		frontmatter.Append("causes", frontmatter.Term("logic-bug", "accepted")),
//		frontmatter.Replace("factors", "no-alert", "alert-missing"),
//		frontmatter.Set("imported", frontmatter.Map(
//			frontmatter.Field{"source", frontmatter.Text("report.html")},
//			frontmatter.Field{"fields", frontmatter.Texts("started", "title")})))
//
// Each change finds its place in the bytes, writes the new value in the style that
// stands around it, reads the result again and compares it with the tree that was
// wanted. Where the two differ, or the place cannot be told for certain, the edit is
// refused with a *Refusal that names the line and what to do, and the text stays as
// it was. So no edit that is returned can have damaged a file.
//
// YAML between lines of --- and TOML between lines of +++ are edited. A text without
// front matter gets a fence of its own at the first value that is set. A new key goes
// where the order of content/FORMAT.md puts it among those that are there.
//
// Refused are front matter that cannot be read without a problem, keys that are given
// twice, a change inside a value that other places stand for (an anchor, an alias, a
// merge key), tables and lists of tables of TOML as a whole, and text that is not
// UTF-8. A whole alias may be set or removed.
//
// EditDocument edits a file that is YAML as a whole, such as taxonomy.yaml. Write puts
// one edited file on disk, WriteAll many of them or none.
package frontmatter

import (
	"bytes"
	"fmt"

	"faultline/site/problem"
	"faultline/site/yaml"
)

// Refusal says why an edit was not made. Nothing has been changed then.
type Refusal struct{ problem.Problem }

// Error is the problem on one line with its hint.
func (r *Refusal) Error() string {
	if r.Hint == "" {
		return r.String()
	}
	return r.String() + "; " + r.Hint
}

// Edit returns the text of a file with the changes made, and src itself where there
// is nothing to change. Path names the file in errors. An error is a *Refusal, and
// none of the changes was made.
func Edit(path string, src []byte, changes ...Change) ([]byte, error) {
	p, err := cut(path, src)
	if err != nil {
		return nil, err
	}
	return p.edit(src, changes)
}

// edit makes the changes in the page that was cut from src.
func (p *page) edit(src []byte, changes []Change) ([]byte, error) {
	root, err := p.read()
	if err != nil {
		return nil, err
	}
	changed := false
	for _, c := range each(changes) {
		want, err := p.want(root, c)
		if err != nil {
			return nil, err
		}
		if want.equal(root.value()) {
			continue
		}
		if root, err = p.change(root, c, want); err != nil {
			return nil, err
		}
		changed = true
	}
	if !changed {
		return src, nil
	}
	return p.bytes(), nil
}

// each makes changes inside a mapping changes of their own.
func each(changes []Change) []Change {
	var list []Change
	for _, c := range changes {
		if c.action != in {
			list = append(list, c)
			continue
		}
		for _, inner := range each(c.below) {
			list = append(list, In(c.key, inner))
		}
	}
	return list
}

// want is what the front matter shall say after the change. It refuses changes that do
// not fit the value that is there.
func (p *page) want(root *node, c Change) (Value, error) {
	at := root.value()
	for inner := c; ; inner = inner.below[0] {
		v, _ := at.get(inner.key)
		switch {
		case inner.action == in && v.kind != yaml.Mapping && v.kind != yaml.Null:
			return at, p.refuse(root.lineOf(c.key), fmt.Sprintf("value of %q is %s, no mapping", inner.key, v.kind), "make it a mapping first")
		case inner.action == add && v.kind == yaml.Mapping && !v.identified():
			return at, p.refuse(root.lineOf(c.key), fmt.Sprintf("value of %q is a mapping, no list", inner.key), "make it a list first")
		}
		if inner.action != in {
			return c.wanted(root.value()), nil
		}
		at = v
	}
}

// lineOf is the line of a key of the front matter.
func (n *node) lineOf(key string) int {
	for _, p := range n.parts {
		if p.key == key {
			return p.line
		}
	}
	return n.tree.Line
}

// change makes the front matter say what is wanted, and reads it again to see that it
// does.
func (p *page) change(root *node, c Change, want Value) (*node, error) {
	if p.head == nil {
		p.enclose()
	}
	e := &editor{layout: newLayout(unix(p.front), p.toml), style: style{p.toml}, setting: c.innermost() == set}
	e.mapping(root, want, ranks)
	line := root.lineOf(c.key)
	if e.refusal != nil {
		return nil, p.refuse(e.refusal.line, e.refusal.text, e.refusal.hint)
	}
	if !p.apply(e.splices) {
		return nil, p.refuse(line, fmt.Sprintf("value of %q cannot be changed in several places at once", c.key), "edit it by hand")
	}
	after, err := p.read()
	if err != nil || !after.value().equal(want) {
		return nil, p.refuse(line, fmt.Sprintf("value of %q cannot be changed without changing another", c.key),
			"an anchor, an unusual layout or an unusual character stands there: edit it by hand")
	}
	return after, nil
}

func (c Change) innermost() action {
	for c.action == in {
		c = c.below[0]
	}
	return c.action
}

// New writes front matter alone, between its two lines of ---, in the order given.
func New(fields ...Field) []byte {
	var b bytes.Buffer
	b.WriteString("---\n")
	for _, f := range fields {
		b.WriteString(style{}.field(f, 0) + "\n")
	}
	b.WriteString("---\n")
	return b.Bytes()
}

// Read returns the front matter of a text as a tree, nil where it has none. An error
// is a *Refusal: Edit would refuse the text.
func Read(path string, src []byte) (*yaml.Node, error) {
	p, err := cut(path, src)
	if err != nil || p.head == nil {
		return nil, err
	}
	root, err := p.read()
	if err != nil {
		return nil, err
	}
	return root.tree, nil
}
