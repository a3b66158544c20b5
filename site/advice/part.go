package advice

import (
	_ "embed"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/yaml"
)

// Part is a part that the report lacks. Line is that of its heading where there is one
// with nothing below it.
type Part struct {
	Name string
	Asks string // what the part answers
	Line int
}

// Template is what incidents of one kind begin with.
type Template struct {
	Name     string
	Sections []incident.Section
}

// usual is a part of any report.
type usual struct {
	name, asks string
	kinds      []incident.SectionKind
}

//go:embed parts.yaml
var partsFile []byte

var usualParts = readParts(partsFile)

func readParts(src []byte) []usual {
	root, problems := yaml.Parse("parts.yaml", src, 1)
	if len(problems) > 0 {
		panic(problems[0].String()) // our own file
	}
	var parts []usual
	for _, n := range root.Items {
		u := usual{name: n.Get("name").Text, asks: n.Get("asks").Text}
		for _, kind := range n.Get("kinds").Items {
			u.kinds = append(u.kinds, incident.SectionKind(kind.Text))
		}
		parts = append(parts, u)
	}
	return parts
}

// missing are the parts of the template that the report was begun with, else the usual
// ones, that it has not or that say nothing yet.
func missing(inc *incident.Incident, templates []Template) []Part {
	r := report{inc, phrases(templates)}
	if t, ok := closest(inc, templates); ok {
		return r.missingOf(t)
	}
	var parts []Part
	for _, u := range usualParts {
		if line, ok := r.has("", u.kinds); !ok {
			parts = append(parts, Part{u.name, u.asks, line})
		}
	}
	return parts
}

// report is an incident of which the phrases of templates say nothing.
type report struct {
	*incident.Incident
	phrases map[string]bool
}

// phrases are the texts that templates hold for their authors to replace.
func phrases(templates []Template) map[string]bool {
	all := map[string]bool{}
	for _, t := range templates {
		for _, s := range t.Sections {
			for _, p := range s.Passages {
				all[strings.TrimSpace(p.Text)] = true
			}
		}
	}
	return all
}

// missingOf are the parts of the template that the report lacks.
func (r report) missingOf(t Template) []Part {
	var parts []Part
	for _, s := range t.Sections {
		if s.Level < 2 {
			continue
		}
		if line, ok := r.has(s.Heading, kindsOf(s.Kind)); !ok {
			parts = append(parts, Part{s.Heading, asksOf(s), line})
		}
	}
	return parts
}

// kindsOf are the kinds of sections that serve for one.
func kindsOf(kind incident.SectionKind) []incident.SectionKind {
	at := slices.IndexFunc(usualParts, func(u usual) bool { return slices.Contains(u.kinds, kind) })
	if at < 0 {
		return nil
	}
	return usualParts[at].kinds
}

// asksOf is what a section of a template asks for: its own words, else the usual ones.
func asksOf(s incident.Section) string {
	if len(s.Passages) > 0 && !s.Passages[0].Code {
		return s.Passages[0].Text
	}
	at := slices.IndexFunc(usualParts, func(u usual) bool { return slices.Contains(u.kinds, s.Kind) })
	if at < 0 {
		return ""
	}
	return usualParts[at].asks
}

// has reports whether the report says something under the heading or in a section of one of
// the kinds, or in the field of one; line is that of a heading without a text.
func (r report) has(heading string, kinds []incident.SectionKind) (line int, ok bool) {
	for n, s := range r.Sections {
		if s.Level == 0 || !(slices.Contains(kinds, s.Kind) || heading != "" && strings.EqualFold(s.Heading, heading)) {
			continue
		}
		if r.written(n) {
			return 0, true
		}
		line = s.Line
	}
	return line, slices.ContainsFunc(kinds, r.hasField)
}

// written reports whether a section says something of its own, itself or in those below it.
func (r report) written(at int) bool {
	for n, s := range r.Sections[at:] {
		if n > 0 && s.Level <= r.Sections[at].Level {
			return false
		}
		if slices.ContainsFunc(s.Passages, func(p incident.Passage) bool { return !r.phrases[strings.TrimSpace(p.Text)] }) {
			return true
		}
	}
	return false
}

// hasField reports whether the front matter says what sections of the kind do.
func (r report) hasField(kind incident.SectionKind) bool {
	switch kind {
	case incident.SummarySection:
		return r.Summary != nil && strings.TrimSpace(*r.Summary) != ""
	case incident.TimelineSection:
		return slices.ContainsFunc(r.Timeline, func(row incident.Row) bool { return row.Basis == incident.FrontMatter })
	case incident.SymptomSection:
		return slices.ContainsFunc(r.Symptoms, given)
	case incident.WrongTurnSection:
		return slices.ContainsFunc(incident.NotesOf(r.WrongTurns), given)
	case incident.LessonSection:
		return slices.ContainsFunc(r.Lessons, func(l incident.Lesson) bool { return given(l.Note) })
	case incident.ActionSection:
		return slices.ContainsFunc(r.Actions, func(a incident.Action) bool { return a.Basis == incident.FrontMatter })
	}
	return false
}

func given(n incident.Note) bool { return n.Basis == incident.FrontMatter }

// closest is the template whose headings the report has, more than half of them and more
// than of any other.
func closest(inc *incident.Incident, templates []Template) (Template, bool) {
	best, most := Template{}, 0.5
	for _, t := range templates {
		all, same := 0, 0
		for _, s := range t.Sections {
			if s.Level < 2 {
				continue
			}
			all++
			if slices.ContainsFunc(inc.Sections, func(o incident.Section) bool { return strings.EqualFold(o.Heading, s.Heading) }) {
				same++
			}
		}
		if share := float64(same) / float64(max(all, 1)); share > most {
			best, most = t, share
		}
	}
	return best, best.Name != ""
}
