package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
)

// written says how each field that can be read from a text is written into front
// matter, in the order of content/FORMAT.md. Lists of statements such as timeline and
// actions are not among them: they stay in the body, where a page finds them.
var written = []struct {
	field string
	value func(*incident.Incident) (frontmatter.Value, bool)
}{
	{"title", func(i *incident.Incident) (frontmatter.Value, bool) { return frontmatter.Text(i.Title), i.Title != "" }},
	{"date", func(i *incident.Incident) (frontmatter.Value, bool) {
		return timeValue(i.Date, !i.Started.Known()) // else it is the day of that
	}},
	{"timezone", func(i *incident.Incident) (frontmatter.Value, bool) {
		if i.Timezone == nil {
			return frontmatter.Value{}, false
		}
		_, err := incident.ParseZone(*i.Timezone)
		return frontmatter.Text(*i.Timezone), err == nil
	}},
	{"started", func(i *incident.Incident) (frontmatter.Value, bool) { return timeValue(i.Started, true) }},
	{"detected", func(i *incident.Incident) (frontmatter.Value, bool) { return timeValue(i.Detected, true) }},
	{"mitigated", func(i *incident.Incident) (frontmatter.Value, bool) { return timeValue(i.Mitigated, true) }},
	{"resolved", func(i *incident.Incident) (frontmatter.Value, bool) { return timeValue(i.Resolved, true) }},
	{"duration", func(i *incident.Incident) (frontmatter.Value, bool) {
		d := i.Duration
		text := d.Least.String()
		if d.Most != d.Least {
			text += ".." + d.Most.String()
		}
		if d.Approximate {
			text = "~" + text
		}
		return frontmatter.Text(text), d.Basis == incident.Stated
	}},
	{"severity", func(i *incident.Incident) (frontmatter.Value, bool) {
		if i.Severity == nil {
			return frontmatter.Value{}, false
		}
		return frontmatter.Text(*i.Severity), true
	}},
	{"services", func(i *incident.Incident) (frontmatter.Value, bool) {
		return frontmatter.Texts(i.Services...), len(i.Services) > 0
	}},
	{"technologies", func(i *incident.Incident) (frontmatter.Value, bool) {
		return frontmatter.Texts(i.Technologies...), len(i.Technologies) > 0
	}},
}

// timeValue writes a time whose day is known.
func timeValue(t incident.Time, wanted bool) (frontmatter.Value, bool) {
	_, err := incident.ParseTime(t.String(), nil)
	return frontmatter.Time(t.String()), wanted && t.Known() && err == nil
}

// composed is an incident's file as an import writes it.
type composed struct {
	incident *incident.Incident
	text     []byte
}

// compose writes the file of a report: its text, the facts that stand in no front
// matter yet, and where all of it comes from. The incident is nil where the report
// cannot be one; a problem says why.
func (l *Library) compose(r Report) (composed, problem.List) {
	read, problems := r.Incident(l.opt)
	if read == nil {
		return composed{}, problems
	}
	var changes []frontmatter.Change
	var fields []frontmatter.Value
	for _, w := range written {
		value, ok := w.value(read)
		if !ok || !cited(read, w.field) {
			continue
		}
		changes = append(changes, frontmatter.Set(w.field, value))
		fields = append(fields, frontmatter.Text(w.field))
	}
	changes = append(changes, frontmatter.Set("imported", frontmatter.Map(
		frontmatter.Field{Key: "source", Value: frontmatter.Text(r.Key)},
		frontmatter.Field{Key: "sha256", Value: frontmatter.Text(sumOf(r.Text))},
		frontmatter.Field{Key: "fields", Value: frontmatter.List(fields...)})))
	text, err := frontmatter.Edit(r.Path, r.Text, changes...)
	var refused *frontmatter.Refusal
	if errors.As(err, &refused) {
		return composed{}, append(problems, refused.Problem)
	}
	return composed{incident: read, text: text}, problems
}

// cited reports whether the field was read from the text.
func cited(i *incident.Incident, field string) bool {
	return slices.ContainsFunc(i.Facts, func(f incident.Fact) bool { return f.Field == field })
}

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// sourceFile is the path below the library's root at which the original is kept: a
// name that no library reads as an incident.
func sourceFile(key string) string {
	name, _, _ := strings.Cut(key, "#")
	return "_sources/" + name
}
