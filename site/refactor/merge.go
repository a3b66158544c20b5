package refactor

import (
	"fmt"

	"faultline/site/frontmatter"
	"faultline/site/incident"
)

// Merge plans to make terms a part of another one of their dimension, which the
// vocabulary has. Those merged may be ids that it does not have, such as misspellings.
// The error is a *Usage.
func Merge(lib *incident.Library, terms []Term, into Term) (Plan, error) {
	whole, known := into.lookup(lib)
	if !known {
		return Plan{}, &Usage{fmt.Sprintf("%q is not in the vocabulary", into), "add it to taxonomy.yaml first, or rename one of the terms to it"}
	}
	var ids []string
	for _, t := range terms {
		switch {
		case t.Dimension != into.Dimension:
			return Plan{}, &Usage{fmt.Sprintf("%q and %q are of different dimensions", t, into), "merge terms of one dimension"}
		case t == into:
			return Plan{}, &Usage{fmt.Sprintf("%q cannot be merged into itself", t), "name the terms to merge first and the one that stays last"}
		case t.ID == incident.Unknown || into.ID == incident.Unknown:
			return Plan{}, unknown()
		}
		ids = append(ids, t.ID)
	}
	p := &planner{lib: lib, dimension: into.Dimension}
	p.incidents(ids, func(inc *incident.Incident) []frontmatter.Change { return p.respell(inc, terms, into.ID) })
	p.vocabulary(p.merged(terms, whole)...)
	return p.plan, nil
}

// merged changes taxonomy.yaml: the whole tells that its parts were terms, and takes
// over what the file says of them.
func (p *planner) merged(terms []Term, whole incident.Term) []frontmatter.Change {
	key := p.key()
	var changes, inside []frontmatter.Change
	for _, t := range terms {
		old, known := t.lookup(p.lib)
		if !known {
			continue
		}
		for _, former := range append(old.Formerly, old.ID) {
			inside = append(inside, frontmatter.Append("formerly", frontmatter.Text(former)))
		}
		if p.defined(old.ID) {
			inside = append(inside, takeOver(old)...)
			changes = append(changes, frontmatter.RemoveEntry(key, old.ID))
		}
		changes = append(changes, p.refer(old.ID, whole.ID)...)
	}
	if len(inside) == 0 {
		return changes
	}
	if !p.defined(whole.ID) {
		changes = append(changes, frontmatter.Append(key, frontmatter.Map(frontmatter.Field{Key: "id", Value: frontmatter.Text(whole.ID)})))
	}
	return append(changes, frontmatter.InEntry(key, whole.ID, inside...))
}

// takeOver adds the names and cues of a term to another.
func takeOver(old incident.Term) []frontmatter.Change {
	var changes []frontmatter.Change
	for _, name := range append([]string{old.Label}, old.Aliases...) {
		changes = append(changes, frontmatter.Append("aliases", frontmatter.Text(name)))
	}
	for _, c := range old.Cues {
		changes = append(changes, frontmatter.Append("cues", cueValue(c)))
	}
	return changes
}

// cueValue writes a cue as taxonomy.yaml has it.
func cueValue(c incident.Cue) frontmatter.Value {
	if c.Weight == incident.UsualCue && len(c.In) == 0 {
		return frontmatter.Text(c.Text)
	}
	fields := []frontmatter.Field{{Key: "cue", Value: frontmatter.Text(c.Text)}}
	if c.Weight != incident.UsualCue {
		fields = append(fields, frontmatter.Field{Key: "weight", Value: frontmatter.Text(c.Weight.String())})
	}
	if len(c.In) > 0 {
		kinds := make([]string, len(c.In))
		for i, k := range c.In {
			kinds[i] = string(k)
		}
		fields = append(fields, frontmatter.Field{Key: "in", Value: frontmatter.Texts(kinds...)})
	}
	return frontmatter.Map(fields...)
}

// Deprecate plans to discourage a term: it stays legal, and a warning with the advice
// stands wherever it is used. The advice is a clause such as "use overload instead". The
// error is a *Usage.
func Deprecate(lib *incident.Library, t Term, advice string) (Plan, error) {
	old, known := t.lookup(lib)
	switch {
	case t.ID == incident.Unknown:
		return Plan{}, unknown()
	case !known:
		return Plan{}, &Usage{fmt.Sprintf("%q is not in the vocabulary", t), "merge it into a term that is"}
	case advice == "":
		return Plan{}, &Usage{"a deprecated term needs advice", `write what to do instead, such as --use overload or --because "it says nothing that the trigger does not say"`}
	case old.Deprecated == advice:
		return Plan{}, nil
	}
	p := &planner{lib: lib, dimension: t.Dimension}
	set := frontmatter.Set("deprecated", frontmatter.Text(advice))
	var changes []frontmatter.Change
	if !p.defined(t.ID) {
		changes = append(changes, frontmatter.Append(p.key(), frontmatter.Map(frontmatter.Field{Key: "id", Value: frontmatter.Text(t.ID)})))
	}
	p.vocabulary(append(changes, frontmatter.InEntry(p.key(), t.ID, set))...)
	return p.plan, nil
}
