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
//	    aliases: [defect, code bug]
//	    cues:
//	      - bug in .. code
//	      - {cue: off by one, weight: strong}
//	      - {cue: fix .. bug, weight: weak, in: [actions, resolution]}
//	    confused_with:
//	      - {id: error-handling-bug, because: something else failed first there}
//	    goes_with: [mitigation:hotfix, tech:Sentry]
//	    parent: software-fault
//	    source: Gunawi 2016
//	    formerly: [code-defect]
//
// An id is kebab-case and, once published, keeps its meaning: tags and the URLs of
// pages rest on it. A library's own taxonomy.yaml adds terms to the built-in
// vocabulary. A factor may say what it usually does to an incident: "effect: enabled",
// worsened or prolonged. One with the id of a built-in term rewords it: label, definition, parent
// and source take the place of what the term had, aliases, cues and confused_with are added to it,
// or take its place with "override: true"; "hide: true" takes the term out. With "replace: true"
// at its top the file stands alone. incident.Unknown is legal in every dimension, listed or not.
//
// Aliases are other names that people use: an alias belongs to one term of its dimension. The
// parent is a wider term of the same dimension; where both fit the same words the narrower one is meant.
//
// What a term goes with is what comes with it by what the two mean, in either direction: an
// expiry is noticed as a fault of identity, and a synthetic probe is a tool that probes. Values
// are written as queries write them. That two such values meet is no pattern.
//
// A term keeps its meaning when its name changes: formerly lists the ids that it had before. The
// page of a former id leads to the term, tags with it are read as the term with a warning, and a
// built-in term of that id gives way, what it says of itself included where the new one says nothing else.
// A former id of several terms was split: its page names them, and tags with it must choose.
// A term with "deprecated: use overload instead" stays legal, with a warning where it is used.
//
// # How to write cues
//
// A cue is a wording that tells of a term, in the notation of package site/cue: words match by
// their stems, "a|b" is one of several words, ".." up to four words between, "expir*" the
// beginning of a word, "#" a number. The text of a cue alone counts usually, everywhere. With
// weight strong it tells the term on its own ("off by one"), with weight weak only together with others
// ("queue"), with weight against it tells that the term does not fit ("some users" of a full
// outage), and with weight none it tells nothing, but keeps its words from the shorter cues of its
// dimension ("load balancer" is no load). With in it counts only in these kinds of sections: other, summary, background,
// timeline, symptoms, trigger, cause, factors, detection, response, resolution, impact,
// wrong-turns, lessons, went-well, went-wrong, lucky, actions, or in the title: title.
//
// Write what an engineer would write of any system, not what one report says: "ran out .. memory",
// never the name of a product's bug. Write what tells the term apart from those it is confused
// with, in the tense and the person of reports: "we rolled|roll back", "was|were rolled back".
// What sections weigh, negation ("no data was lost"), doubts ("we first suspected"), and what is told of
// other incidents or of the future are the tagger's business: no cue need say "not". Many factors are told by
// promises: {cue: add .. alert|alerting, in: [actions, lessons]} tells that there was no alert.
// A cue that fits many reports that do not have the term is worse than none: try it on a whole
// library before you keep it.
package taxonomy

import (
	"fmt"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// File is the name of the vocabulary in a library's root.
const File = "taxonomy.yaml"

// dimensions are all that a vocabulary has terms in, in the order of its file.
var dimensions = [...]incident.Dimension{
	incident.Trigger, incident.Cause, incident.Factor, incident.Detection,
	incident.Gap, incident.Mitigation, incident.Impact,
}

const replaceKey = "replace"

// Read returns base with the terms of a library's taxonomy.yaml added, or the
// terms of the file alone when it says "replace: true". Base is not changed; nil
// stands for an empty one. A term that is wrong is left out and is a problem.
func Read(path string, src []byte, base *incident.Vocabulary) (*incident.Vocabulary, problem.List) {
	root, problems := yaml.Parse(path, src, 1)
	r := &reader{path: path, problems: problems, vocabulary: &incident.Vocabulary{}, places: map[place]*yaml.Node{}, formers: map[place][]string{}}
	if root != nil && root.Kind != yaml.Mapping {
		r.report(root.Line, root.Column, "taxonomy-type", fmt.Sprintf("the vocabulary is %s", root.Kind),
			"write a dimension as key, such as causes:, with a list of terms below it")
		root = nil
	}
	if base != nil && !r.replaces(root) {
		r.copy(base)
	}
	r.dimensions(root)
	r.rename()
	r.check()
	return r.vocabulary, r.problems
}

type reader struct {
	path       string
	problems   problem.List
	vocabulary *incident.Vocabulary
	base       *incident.Vocabulary // what the file adds to; nil = it stands alone
	places     map[place]*yaml.Node // of the terms that the file has
	formers    map[place][]string   // ids of the terms that had the id before
}

// place is a term.
type place struct {
	dimension incident.Dimension
	id        string
}

func (r *reader) report(line, column int, rule, text, hint string) {
	r.problems = append(r.problems, problem.Problem{
		Rule: rule, Path: r.path, Line: line, Column: column, Text: text, Hint: hint,
	})
}

func (r *reader) warn(line, column int, rule, text, hint string) {
	r.report(line, column, rule, text, hint)
	r.problems[len(r.problems)-1].Level = problem.Warning
}

// replaces reads the key that puts the file in the built-in vocabulary's place.
func (r *reader) replaces(root *yaml.Node) bool {
	return r.truth(root, replaceKey)
}

func (r *reader) copy(base *incident.Vocabulary) {
	for _, d := range dimensions {
		for _, t := range base.Terms(d) {
			r.vocabulary.Set(t)
		}
	}
	r.base = base
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
	r.warn(e.Line, e.Column, "taxonomy-key", fmt.Sprintf("unknown key %q", e.Key), hint)
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
	r.claim(d, n.Items)
	for _, entry := range n.Items {
		r.entry(d, entry)
	}
}

// entry reads one entry of a dimension's list into the vocabulary.
func (r *reader) entry(d incident.Dimension, n *yaml.Node) {
	hide := r.truth(n, hideKey)
	t, ok := r.term(d, n, hide)
	if !ok {
		return
	}
	at := place{d, t.ID}
	if first := r.places[at]; first != nil {
		r.report(n.Line, n.Column, "taxonomy-duplicate", fmt.Sprintf("term %q is defined twice", t.ID),
			fmt.Sprintf("line %d defines it already and counts; remove one of the two", first.Line))
		return
	}
	r.places[at] = n
	if hide {
		r.vocabulary.Remove(d, t.ID)
		return
	}
	r.vocabulary.Set(t)
}
