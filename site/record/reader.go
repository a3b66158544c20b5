package record

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// reader fills one incident.
type reader struct {
	path     string
	opt      Options
	incident *incident.Incident
	problems problem.List

	field Field          // the one that is being read
	zone  *time.Location // of clocks written without one; nil = not known
	given places         // of the front matter's clocks and duration

	isPost     bool // a blog post, of which the date is when it was published
	zoneGiven  bool // the file says what its zone is, or that nobody knows
	zoneWarned bool
}

// places are the nodes of the fields that later checks point at, by key.
type places map[string]*yaml.Node

// frontMatter reads every field of the table, then reports the keys that are not in
// it. root may be nil.
func (r *reader) frontMatter(root *yaml.Node) {
	if root == nil {
		return
	}
	r.given = places{}
	found := make([]*yaml.Node, len(fields))
	rest := r.translate(root, found)
	zone := fieldIndex["timezone"]
	r.read(zone, found[zone])
	for i, n := range found {
		if i != zone {
			r.read(i, n)
		}
	}
	for _, e := range rest {
		r.keep(e.Key, e.Value)
		r.incident.Extra[len(r.incident.Extra)-1].Aside = foreign[e.Key]
		if !foreign[e.Key] {
			r.unknownKey(e, keysOf(fields), "its value is kept as it is; FORMAT.md lists the keys that are known")
		}
	}
}

// read gives a field its value. A key without a value says nothing.
func (r *reader) read(i int, n *yaml.Node) {
	if n == nil || n.Kind == yaml.Null {
		return
	}
	r.field = fields[i].Field
	r.given[r.field.Key] = n
	fields[i].read(r, n)
}

func keysOf(fields []field) []string {
	keys := make([]string, len(fields))
	for i, f := range fields {
		keys[i] = f.Key
	}
	return keys
}

// unknownKey warns of a key that is none of those that are known. The hint stands
// where none of them is near.
func (r *reader) unknownKey(e yaml.Entry, known []string, hint string) {
	if near := problem.Nearest(e.Key, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if strings.Contains(e.Key, " ") && e.Value.Kind == yaml.Null {
		hint = "put quotes around text that holds a comma"
	}
	r.problems = append(r.problems, problem.Problem{Rule: "unknown-key", Level: problem.Warning, Path: r.path,
		Line: e.Line, Column: e.Column, Text: fmt.Sprintf("unknown key %q", e.Key), Hint: hint})
}

// report adds a problem at the node.
func (r *reader) report(level problem.Level, n *yaml.Node, rule, text, hint string) {
	p := problem.Problem{Rule: rule, Level: level, Path: r.path, Text: text, Hint: hint}
	if n != nil {
		p.Line, p.Column = n.Line, n.Column
	}
	r.problems = append(r.problems, p)
}

// wrongType reports a value, or a part of one, that is not what the field holds.
func (r *reader) wrongType(n *yaml.Node, want string) {
	part := ""
	if n != r.given[r.field.Key] {
		part = "part of "
	}
	r.report(problem.Error, n, "wrong-type",
		fmt.Sprintf("%s%q is %s where %s is expected", part, r.field.Key, n.Kind, want), r.example())
}

// illegal reports a value that is none of those that are legal.
func (r *reader) illegal(n *yaml.Node, rule, what, value string, legal []string) {
	hint := fmt.Sprintf("%s is one of %s", what, strings.Join(legal, ", "))
	if near := problem.Nearest(strings.ToLower(value), legal); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.report(problem.Error, n, rule, fmt.Sprintf("unknown %s %q", what, value), hint)
}

// example is a hint that shows the field as it is written.
func (r *reader) example() string {
	return fmt.Sprintf("write it like this: %s: %s", r.field.Key, r.field.Example)
}

// scalar reads text on one place, spaces around it removed. It is false for what is
// no text and for nothing.
func (r *reader) scalar(n *yaml.Node) (string, bool) {
	if n.Kind == yaml.Null {
		return "", false
	}
	if !n.Scalar() {
		r.wrongType(n, "text")
		return "", false
	}
	s := strings.TrimSpace(strings.Map(visible, n.Text))
	return s, s != ""
}

// visible replaces the control characters that an escape can bring into text.
func visible(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return utf8.RuneError
	}
	return r
}

// optional reads text that may be unknown.
func (r *reader) optional(n *yaml.Node) *string {
	if n == nil {
		return nil
	}
	if s, ok := r.scalar(n); ok {
		return &s
	}
	return nil
}

// items are the entries of a list; a value alone is a list of one.
func items(n *yaml.Node) []*yaml.Node {
	switch n.Kind {
	case yaml.List:
		return n.Items
	case yaml.Null:
		return nil
	}
	return []*yaml.Node{n}
}

// list reads a list of text.
func (r *reader) list(n *yaml.Node) []string {
	var values []string
	for _, item := range items(n) {
		if s, ok := r.sentence(item); ok {
			values = append(values, s)
		}
	}
	return values
}

// sentence reads an entry that is text. YAML takes "Postgres said: no" for a mapping;
// it is mended with a warning.
func (r *reader) sentence(n *yaml.Node) (string, bool) {
	if n.Kind != yaml.Mapping || len(n.Entries) != 1 || !n.Entries[0].Value.Scalar() {
		return r.scalar(n)
	}
	e := n.Entries[0]
	if e.Key == "text" {
		return r.scalar(e.Value)
	}
	r.report(problem.Warning, n, "unquoted-colon", fmt.Sprintf("colon after %q makes a key of the text before it", e.Key),
		"put quotes around the whole text")
	return strings.Map(visible, e.Key+": "+e.Value.Text), true
}

// mapping reads a value with keys of its own and warns of the keys that it does not
// have. It is false for what is no mapping.
func (r *reader) mapping(n *yaml.Node, keys ...string) bool {
	if n.Kind != yaml.Mapping {
		r.wrongType(n, "a mapping")
		return false
	}
	for _, e := range n.Entries {
		if !slices.Contains(keys, e.Key) {
			r.unknownKey(e, keys, "the keys are "+strings.Join(keys, ", "))
		}
	}
	return true
}

// link reads a URL that a page may link to.
func (r *reader) link(n *yaml.Node) *string {
	s := r.optional(n)
	if s == nil {
		return nil
	}
	if why := badLink(*s); why != "" {
		r.report(problem.Error, n, "bad-url", fmt.Sprintf("%q %s", *s, why), "write a whole URL that begins with https://")
		return nil
	}
	return s
}

// badLink says why a URL is not one to link to, "" where it is.
func badLink(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "is not a URL"
	case u.Scheme == "":
		return "is not a whole URL"
	case u.Scheme == "mailto":
		return ""
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Sprintf("has the scheme %q, which is not linked to", u.Scheme)
	case u.Host == "":
		return "has no host"
	}
	return ""
}

// keep puts a value that has no other place into Extra.
func (r *reader) keep(key string, n *yaml.Node) {
	r.incident.Extra = append(r.incident.Extra, incident.Extra{Key: key, Value: toJSON(n)})
}
