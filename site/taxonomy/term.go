package taxonomy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"faultline/site/cue"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// The keys of a term.
const (
	hideKey     = "hide"
	overrideKey = "override"
	formerlyKey = "formerly"
	goesWithKey = "goes_with"
)

var termKeys = []string{"id", "label", "definition", "aliases", "cues", "confused_with", goesWithKey, "parent", "source", "effect", formerlyKey, "deprecated", hideKey, overrideKey}

// maxID is the length of the longest id: a disk takes names of 255 bytes.
const maxID = 100

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// term reads one term, on top of what the base says of it. It is false for one that cannot be used;
// of one to hide only the id counts.
func (r *reader) term(d incident.Dimension, n *yaml.Node, hide bool) (incident.Term, bool) {
	if n.Kind != yaml.Mapping {
		r.report(n.Line, n.Column, "taxonomy-type", "term is "+n.Kind.String(), "write id, label and definition")
		return incident.Term{}, false
	}
	id := text(n, "id")
	if !r.checkID(n, id) {
		return incident.Term{}, false
	}
	r.unknownKeys(n)
	t, known := r.known(d, id)
	switch {
	case hide:
		if !known {
			r.report(n.Line, n.Column, "taxonomy-hide", fmt.Sprintf("there is no term %q to hide", id), r.nearestTo(d, id))
		}
		return t, known
	case r.truth(n, overrideKey):
		t.Aliases, t.Cues, t.ConfusedWith, t.GoesWith = nil, nil, nil, nil
	}
	t.Dimension, t.ID = d, id
	r.inherit(&t, n)
	r.fill(&t, n)
	return t, r.complete(n, t)
}

// known is the term of the base, its lists copied.
func (r *reader) known(d incident.Dimension, id string) (incident.Term, bool) {
	if r.base == nil {
		return incident.Term{}, false
	}
	t, ok := r.base.Lookup(d, id)
	t.Aliases, t.Cues = slices.Clone(t.Aliases), slices.Clone(t.Cues)
	t.ConfusedWith, t.GoesWith = slices.Clone(t.ConfusedWith), slices.Clone(t.GoesWith)
	return t, ok
}

func (r *reader) checkID(n *yaml.Node, id string) bool {
	if len(id) > maxID {
		r.report(n.Line, n.Column, "taxonomy-id", fmt.Sprintf("id of %d letters is longer than %d", len(id), maxID),
			"shorten it; it is a part of the page's address")
		return false
	}
	if !idForm.MatchString(id) {
		r.report(n.Line, n.Column, "taxonomy-id", fmt.Sprintf("id %q is not kebab-case", id),
			"write lower-case letters a to z and digits with hyphens between them, such as logic-bug")
		return false
	}
	return true
}

func (r *reader) unknownKeys(n *yaml.Node) {
	for _, e := range n.Entries {
		if slices.Contains(termKeys, e.Key) {
			continue
		}
		hint := "the keys of a term are " + strings.Join(termKeys, ", ")
		if near := problem.Nearest(e.Key, termKeys); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		r.warn(e.Line, e.Column, "taxonomy-key", fmt.Sprintf("unknown key %q", e.Key), hint)
	}
}

// fill reads what a term says of itself.
func (r *reader) fill(t *incident.Term, n *yaml.Node) {
	for key, field := range map[string]*string{"label": &t.Label, "definition": &t.Definition, "parent": &t.Parent, "source": &t.Source, "effect": &t.Effect, "deprecated": &t.Deprecated} {
		if s := text(n, key); s != "" {
			*field = s
		}
	}
	r.checkEffect(t, n)
	r.company(t, n)
	for _, alias := range r.list(n, "aliases") {
		if !alias.Scalar() || strings.TrimSpace(alias.Text) == "" {
			r.report(alias.Line, alias.Column, "taxonomy-type", "alias is "+alias.Kind.String(), "write it as text; put it in quotes where it holds a colon")
			continue
		}
		t.Aliases = append(t.Aliases, strings.TrimSpace(alias.Text))
	}
	for _, entry := range r.list(n, "cues") {
		if c, ok := r.cue(entry); ok {
			t.Cues = append(t.Cues, c)
		}
	}
	for _, entry := range r.list(n, "confused_with") {
		if c := confusion(entry); c.ID != "" {
			t.ConfusedWith = append(t.ConfusedWith, c)
		} else {
			r.report(entry.Line, entry.Column, "taxonomy-type", "confused_with has "+entry.Kind.String(), "write the id of a term, or {id: …, because: …}")
		}
	}
}

// company reads what a term goes with.
func (r *reader) company(t *incident.Term, n *yaml.Node) {
	for _, entry := range r.list(n, goesWithKey) {
		if field, value, ok := strings.Cut(entry.Text, ":"); entry.Scalar() && ok && slices.Contains(companyFields, field) && value != "" {
			t.GoesWith = append(t.GoesWith, entry.Text)
			continue
		}
		r.report(entry.Line, entry.Column, "taxonomy-goes-with", fmt.Sprintf("goes_with %q of term %q", entry.Text, t.ID),
			"write a value as queries do, such as trigger:expiry or tech:Pingdom; the fields are "+strings.Join(companyFields, ", "))
	}
}

// companyFields are those of the values that a term may go with: the dimensions and what was hit.
var companyFields = func() []string {
	var fields []string
	for _, d := range incident.Dimensions {
		fields = append(fields, d.Field())
	}
	return append(fields, "service", "tech")
}()

// checkEffect reports an effect that factors do not have.
func (r *reader) checkEffect(t *incident.Term, n *yaml.Node) {
	v := n.Get("effect")
	if v == nil || t.Dimension == incident.Factor && slices.Contains(incident.Effects, t.Effect) {
		return
	}
	r.report(v.Line, v.Column, "taxonomy-effect", fmt.Sprintf("effect %q of term %q", v.Text, t.ID), "only factors have one: "+strings.Join(incident.Effects, ", "))
	t.Effect = ""
}

func confusion(n *yaml.Node) incident.Confusion {
	if n.Scalar() {
		return incident.Confusion{ID: strings.TrimSpace(n.Text)}
	}
	return incident.Confusion{ID: text(n, "id"), Because: text(n, "because")}
}

// complete reports a term that misses what every term has.
func (r *reader) complete(n *yaml.Node, t incident.Term) bool {
	complete := true
	for _, f := range []struct{ key, value string }{{"label", t.Label}, {"definition", t.Definition}} {
		if f.value == "" {
			r.report(n.Line, n.Column, "taxonomy-"+f.key, fmt.Sprintf("term %q has no %s", t.ID, f.key),
				"add one as text; put it in quotes where it holds a colon")
			complete = false
		}
	}
	return complete
}

var cueWeights = map[string]incident.CueWeight{
	"": incident.UsualCue, "usual": incident.UsualCue, "strong": incident.StrongCue, "weak": incident.WeakCue,
	"against": incident.AgainstCue, "none": incident.NoCue,
}

// cue reads and checks one cue.
func (r *reader) cue(n *yaml.Node) (incident.Cue, bool) {
	c := incident.Cue{Text: text(n, "cue")}
	if n.Scalar() {
		c.Text = n.Text
	}
	if _, err := cue.Parse(c.Text); err != nil {
		r.report(n.Line, n.Column, "taxonomy-cue", fmt.Sprintf("cue %q: %v", c.Text, err), "write words as a report would say it, such as: ran out .. memory")
		return c, false
	}
	weight, ok := cueWeights[text(n, "weight")]
	if !ok {
		r.report(n.Line, n.Column, "taxonomy-cue", fmt.Sprintf("weight %q", text(n, "weight")), "write strong, usual, weak, against or none")
		return c, false
	}
	c.Weight = weight
	for _, e := range r.list(n, "in") {
		kind := incident.SectionKind(e.Text)
		if kind != incident.InTitle && !slices.Contains(incident.SectionKinds[:], kind) {
			r.report(e.Line, e.Column, "taxonomy-cue", fmt.Sprintf("unknown kind of section %q", e.Text), nearestKind(e.Text))
			return c, false
		}
		c.In = append(c.In, kind)
	}
	return c, true
}

func nearestKind(word string) string {
	names := make([]string, len(incident.SectionKinds))
	for i, k := range incident.SectionKinds {
		names[i] = string(k)
	}
	names = append(names, string(incident.InTitle))
	if near := problem.Nearest(word, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "the kinds are " + strings.Join(names, ", ")
}

// list returns the entries of the key; a single entry is a list of one.
func (r *reader) list(n *yaml.Node, key string) []*yaml.Node {
	v := n.Get(key)
	switch {
	case v == nil || v.Kind == yaml.Null:
		return nil
	case v.Kind == yaml.List:
		return v.Items
	}
	return []*yaml.Node{v}
}

// truth reads a key that is true or false.
func (r *reader) truth(n *yaml.Node, key string) bool {
	v := n.Get(key)
	if v != nil && v.Kind != yaml.Bool {
		r.report(v.Line, v.Column, "taxonomy-type", fmt.Sprintf("%q is %s", key, v.Kind), "write true or false")
	}
	return v != nil && v.Kind == yaml.Bool && strings.EqualFold(v.Text, "true")
}

// text is the scalar of the key, "" when there is none.
func text(n *yaml.Node, key string) string {
	if v := n.Get(key); v.Scalar() {
		return strings.TrimSpace(v.Text)
	}
	return ""
}
