// Package taxonomy reads and checks vocabularies: the terms that incidents are
// described with, in six dimensions and the gap in detection.
//
// A vocabulary is a YAML mapping from the key of a dimension to its terms:
//
//	causes:
//	  - id: logic-bug
//	    label: Logic bug
//	    definition: The code does the wrong thing for valid input
//
// An id is kebab-case and, once published, keeps its meaning: tags and the URLs of
// pages rest on it. A library's own taxonomy.yaml adds terms to the built-in
// vocabulary and rewords those with the same id; with "replace: true" it stands
// alone. incident.Unknown is legal in every dimension, listed or not.
package taxonomy

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// File is the name of the vocabulary in a library's root.
const File = "taxonomy.yaml"

//go:embed taxonomy.yaml
var builtIn []byte

// dimensions are all that a vocabulary has terms in, in the order of its file.
var dimensions = [...]incident.Dimension{
	incident.Trigger, incident.Cause, incident.Factor, incident.Detection,
	incident.Gap, incident.Mitigation, incident.Impact,
}

const replaceKey = "replace"

// BuiltIn returns the vocabulary that Faultline ships. Each call returns a new one.
func BuiltIn() *incident.Vocabulary {
	v, _ := Read(File, builtIn, nil) // a test holds the file free of problems
	return v
}

// Read returns base with the terms of a library's taxonomy.yaml added, or the
// terms of the file alone when it says "replace: true". Base is not changed; nil
// stands for an empty one. A term that is wrong is left out and is a problem.
func Read(path string, src []byte, base *incident.Vocabulary) (*incident.Vocabulary, problem.List) {
	root, problems := yaml.Parse(path, src, 1)
	r := &reader{path: path, problems: problems, vocabulary: &incident.Vocabulary{}}
	if root != nil && root.Kind != yaml.Mapping {
		r.report(root.Line, root.Column, "taxonomy-type", fmt.Sprintf("the vocabulary is %s", root.Kind),
			"write a dimension as key, such as causes:, with a list of terms below it")
		root = nil
	}
	if base != nil && !r.replaces(root) {
		r.copy(base)
	}
	r.dimensions(root)
	return r.vocabulary, r.problems
}

type reader struct {
	path       string
	problems   problem.List
	vocabulary *incident.Vocabulary
}

func (r *reader) report(line, column int, rule, text, hint string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: rule, Path: r.path, Line: line, Column: column, Text: text, Hint: hint,
	})
}

// replaces reads the key that puts the file in the built-in vocabulary's place.
func (r *reader) replaces(root *yaml.Node) bool {
	n := root.Get(replaceKey)
	if n != nil && n.Kind != yaml.Bool {
		r.report(n.Line, n.Column, "taxonomy-type", fmt.Sprintf("%q is %s", replaceKey, n.Kind), "write true or false")
	}
	return n != nil && strings.EqualFold(n.Text, "true")
}

func (r *reader) copy(base *incident.Vocabulary) {
	for _, d := range dimensions {
		for _, t := range base.Terms(d) {
			r.vocabulary.Set(t)
		}
	}
}

func (r *reader) dimensions(root *yaml.Node) {
	if root == nil {
		return
	}
	byKey := map[string]incident.Dimension{}
	keys := []string{replaceKey}
	for _, d := range dimensions {
		byKey[d.Key()] = d
		keys = append(keys, d.Key())
	}
	for _, e := range root.Entries {
		d, ok := byKey[e.Key]
		switch {
		case ok:
			r.terms(d, e.Value)
		case e.Key != replaceKey:
			r.unknown(e, keys)
		}
	}
}

// unknown warns of a key that is no dimension.
func (r *reader) unknown(e yaml.Entry, keys []string) {
	hint := "the dimensions are " + strings.Join(keys[1:], ", ")
	if near := problem.Nearest(e.Key, keys); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.report(e.Line, e.Column, "taxonomy-key", fmt.Sprintf("unknown key %q", e.Key), hint)
	r.problems[len(r.problems)-1].Level = problem.Warning
}

// terms reads the list of a dimension.
func (r *reader) terms(d incident.Dimension, n *yaml.Node) {
	if n.Kind == yaml.Null {
		return
	}
	if n.Kind != yaml.List {
		r.report(n.Line, n.Column, "taxonomy-type", fmt.Sprintf("%q is %s", d.Key(), n.Kind),
			"write a list of terms, each with id, label and definition")
		return
	}
	lines := map[string]int{} // of the ids in this file
	for _, entry := range n.Items {
		t, ok := r.term(d, entry)
		if !ok {
			continue
		}
		if first, taken := lines[t.ID]; taken {
			r.report(entry.Line, entry.Column, "taxonomy-duplicate", fmt.Sprintf("term %q is defined twice", t.ID),
				fmt.Sprintf("line %d defines it already and counts; remove one of the two", first))
			continue
		}
		lines[t.ID] = entry.Line
		r.vocabulary.Set(t)
	}
}

// maxID is the length of the longest id: a disk takes names of 255 bytes.
const maxID = 100

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// term reads one term. It is false for one that cannot be used.
func (r *reader) term(d incident.Dimension, n *yaml.Node) (incident.Term, bool) {
	if n.Kind != yaml.Mapping {
		r.report(n.Line, n.Column, "taxonomy-type", "term is "+n.Kind.String(), "write id, label and definition")
		return incident.Term{}, false
	}
	t := incident.Term{Dimension: d, ID: text(n, "id"), Label: text(n, "label"), Definition: text(n, "definition")}
	if len(t.ID) > maxID {
		r.report(n.Line, n.Column, "taxonomy-id", fmt.Sprintf("id of %d letters is longer than %d", len(t.ID), maxID),
			"shorten it; it is a part of the page's address")
		return incident.Term{}, false
	}
	if !idForm.MatchString(t.ID) {
		r.report(n.Line, n.Column, "taxonomy-id", fmt.Sprintf("id %q is not kebab-case", t.ID),
			"write lower-case letters a to z and digits with hyphens between them, such as logic-bug")
		return incident.Term{}, false
	}
	complete := true
	for _, f := range []struct{ key, value string }{{"label", t.Label}, {"definition", t.Definition}} {
		if f.value == "" {
			r.report(n.Line, n.Column, "taxonomy-"+f.key, fmt.Sprintf("term %q has no %s", t.ID, f.key),
				"add one as text; put it in quotes where it holds a colon")
			complete = false
		}
	}
	return t, complete
}

// text is the scalar of the key, "" when there is none.
func text(n *yaml.Node, key string) string {
	if v := n.Get(key); v.Scalar() {
		return strings.TrimSpace(v.Text)
	}
	return ""
}
