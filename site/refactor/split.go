package refactor

import (
	"bufio"
	"bytes"
	"fmt"
	"slices"
	"strings"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
)

// Assignment says which of the parts each incident gets, by its path; no part takes the
// term away.
type Assignment map[string][]string

// Split plans to put other terms of the vocabulary in the place of one. Each incident
// that has it must be assigned. Where the term is one of its own parts, it stays in the
// vocabulary with what is left for it. The error is a *Usage.
func Split(lib *incident.Library, t Term, parts []Term, to Assignment) (Plan, error) {
	if err := CheckParts(lib, t, parts); err != nil {
		return Plan{}, err
	}
	p := &planner{lib: lib, dimension: t.Dimension}
	p.checkAssignment(t, parts, to)
	ids := idsOf(parts)
	p.incidents([]string{t.ID}, func(inc *incident.Incident) []frontmatter.Change {
		return append(p.dealt(inc, t, to[inc.Path]), p.splitNot(inc, t, ids)...)
	})
	if !slices.Contains(ids, t.ID) {
		p.vocabulary(p.divided(t, ids)...)
	}
	return p.plan, nil
}

// CheckParts reports as a *Usage what keeps a term from being split into the parts.
func CheckParts(lib *incident.Library, t Term, parts []Term) error {
	for _, part := range parts {
		if _, known := part.lookup(lib); !known || part.Dimension != t.Dimension {
			return &Usage{fmt.Sprintf("there is no %s %q to split %q into", t.Dimension.Field(), part.ID, t.ID),
				"add it to taxonomy.yaml first, with a label and a definition that tells it from the others"}
		}
	}
	switch _, known := t.lookup(lib); {
	case t.ID == incident.Unknown:
		return unknown()
	case !known:
		return &Usage{fmt.Sprintf("%q is not in the vocabulary", t), "merge it into a term that is"}
	case len(parts) < 2:
		return &Usage{fmt.Sprintf("%q is to be split into one term", t), "name two or more with --into a,b"}
	}
	return nil
}

func idsOf(terms []Term) []string {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	return ids
}

// checkAssignment refuses incidents that are assigned nothing, or what is no part.
func (p *planner) checkAssignment(t Term, parts []Term, to Assignment) {
	for _, inc := range Having(p.lib, t) {
		ids, assigned := to[inc.Path]
		switch {
		case !assigned:
			p.refuse(problem.Problem{Rule: "split", Path: inc.Path, Text: fmt.Sprintf("nothing is assigned in place of %q", t),
				Hint: "add the incident to the file of assignments, or say --rest TERM"})
		case p.dimension == incident.Gap && len(ids) > 1:
			p.refuse(problem.Problem{Rule: "split", Path: inc.Path, Text: "an incident has one detection gap, and several are assigned", Hint: "choose one"})
		}
		for _, id := range ids {
			if !slices.Contains(parts, Term{t.Dimension, id}) {
				p.refuse(problem.Problem{Rule: "split", Path: inc.Path, Text: fmt.Sprintf("%q is assigned, which is none of the parts", id),
					Hint: "the parts are " + strings.Join(idsOf(parts), ", ")})
			}
		}
	}
}

// Having returns the incidents to which a person has given the term.
func Having(lib *incident.Library, t Term) []*incident.Incident {
	var incidents []*incident.Incident
	for _, inc := range lib.Incidents {
		if slices.Contains(IDs(inc, t.Dimension), t.ID) {
			incidents = append(incidents, inc)
		}
	}
	return incidents
}

// dealt gives an incident its parts, each with the qualifiers of the term.
func (p *planner) dealt(inc *incident.Incident, t Term, ids []string) []frontmatter.Change {
	switch len(ids) {
	case 0:
		return []frontmatter.Change{frontmatter.RemoveEntry(p.key(), t.ID)}
	case 1:
		return []frontmatter.Change{frontmatter.Replace(p.key(), t.ID, ids[0])}
	}
	at := slices.IndexFunc(inc.Terms[t.Dimension], func(tag incident.Tag) bool { return tag.ID == t.ID })
	if at < 0 {
		return []frontmatter.Change{frontmatter.ReplaceEntry(p.key(), t.ID, texts(ids)...)}
	}
	values := make([]frontmatter.Value, len(ids))
	for i, id := range ids {
		values[i] = tagValue(inc.Terms[t.Dimension][at], id)
	}
	return []frontmatter.Change{frontmatter.ReplaceEntry(p.key(), t.ID, values...)}
}

// tagValue writes a tag under another id.
func tagValue(tag incident.Tag, id string) frontmatter.Value {
	fields := []frontmatter.Field{{Key: "id", Value: frontmatter.Text(id)}}
	add := func(key string, value *string) {
		if value != nil {
			fields = append(fields, frontmatter.Field{Key: key, Value: frontmatter.Text(*value)})
		}
	}
	add("confidence", tag.Confidence)
	add("effect", tag.Effect)
	add("effective", tag.Effective)
	if source := string(tag.Provenance); tag.Provenance == incident.Accepted {
		add("source", &source)
	}
	if len(fields) == 1 {
		return frontmatter.Text(id)
	}
	return frontmatter.Map(fields...)
}

// splitNot rejects the parts of a term that was rejected.
func (p *planner) splitNot(inc *incident.Incident, t Term, ids []string) []frontmatter.Change {
	if !slices.Contains(inc.Not, t.ID) {
		return nil
	}
	if !t.shared(p.lib) {
		return []frontmatter.Change{frontmatter.ReplaceEntry("not", t.ID, texts(ids)...)}
	}
	var changes []frontmatter.Change
	for _, id := range ids {
		changes = append(changes, frontmatter.Append("not", frontmatter.Text(id)))
	}
	return changes
}

// divided takes the term out of taxonomy.yaml; its parts tell of it.
func (p *planner) divided(t Term, ids []string) []frontmatter.Change {
	key := p.key()
	changes := append(p.refer(t.ID, ids...), frontmatter.RemoveEntry(key, t.ID))
	for _, id := range ids {
		if !p.defined(id) {
			changes = append(changes, frontmatter.Append(key, frontmatter.Map(frontmatter.Field{Key: "id", Value: frontmatter.Text(id)})))
		}
		changes = append(changes, frontmatter.InEntry(key, id, frontmatter.Append("formerly", frontmatter.Text(t.ID))))
	}
	return changes
}

// Worksheet writes the incidents that have the term, one a line with tabs between path,
// the terms to assign and the title, for people to fill in and ParseAssignment to read.
func Worksheet(lib *incident.Library, t Term, parts []Term) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s is split. Write for each incident one or several of %s, with commas between them, or - for none.\n", t, strings.Join(idsOf(parts), ", "))
	for _, inc := range Having(lib, t) {
		fmt.Fprintf(&b, "%s\t?\t%s\n", inc.Path, strings.Join(strings.Fields(inc.Title), " "))
	}
	return b.Bytes()
}

// ParseAssignment reads a worksheet that was filled in. Lines of "?" assign nothing.
func ParseAssignment(name string, src []byte, lib *incident.Library) (Assignment, problem.List) {
	to := Assignment{}
	var problems problem.List
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(src, []byte("\ufeff"))))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimRight(lines.Text(), "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		columns := strings.Split(line, "\t")
		report := func(text, hint string) {
			problems = append(problems, problem.Problem{Rule: "assignment", Path: name, Line: n, Text: text, Hint: hint})
		}
		path := strings.TrimSpace(columns[0])
		_, twice := to[path]
		switch {
		case len(columns) < 2:
			report("line has no tab", "write the path, a tab and the terms")
		case twice:
			report(fmt.Sprintf("%q is assigned twice", path), "put the terms into one line, with commas between them")
		case !slices.ContainsFunc(lib.Incidents, func(i *incident.Incident) bool { return i.Path == path }):
			report(fmt.Sprintf("there is no incident %q", path), "write the path of its file below the library's root")
		default:
			assign(to, path, columns[1])
		}
	}
	if err := lines.Err(); err != nil {
		problems = append(problems, problem.Problem{Rule: "assignment", Path: name, Text: err.Error(), Hint: "write one incident a line"})
	}
	return to, problems
}

func assign(to Assignment, path, terms string) {
	terms = strings.TrimSpace(terms)
	if terms == "?" || terms == "" {
		return
	}
	to[path] = []string{}
	for id := range strings.SplitSeq(terms, ",") {
		if id = strings.TrimSpace(id); id != "" && id != "-" && !slices.Contains(to[path], id) {
			to[path] = append(to[path], id)
		}
	}
}
