package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/index/query"
	"faultline/index/web"
	"faultline/site/incident"
)

// source is an incident as the index sees it: all its text, clean, in the order in
// which it is read, whether it was written in the body or in the front matter.
type source struct {
	*incident.Incident
	vocabulary *incident.Vocabulary
	sections   []web.Section
}

func newSource(i *incident.Incident, v *incident.Vocabulary) *source {
	return &source{Incident: i, vocabulary: v, sections: sectionsOf(i)}
}

// sectionsOf returns the sections that passages are taken from: the summary unless
// the body repeats it, the body's, and the lists that only the front matter has.
func sectionsOf(i *incident.Incident) []web.Section {
	sections := make([]web.Section, 0, len(i.Sections)+1)
	for _, s := range i.Sections {
		sections = append(sections, sectionOf(s))
	}
	if summary := clean(deref(i.Summary)); summary != "" && !holds(sections, summary) {
		sections = slices.Insert(sections, 0, section("Summary", incident.SummaryAnchor, []string{summary}))
	}
	for _, list := range []web.Section{
		section("Symptoms", incident.SymptomAnchor, written(i.Symptoms)),
		section("Wrong turns", incident.WrongTurnAnchor, written(incident.NotesOf(i.WrongTurns))),
		section("Lessons", incident.LessonAnchor, lessons(i.Lessons)),
		section("Timeline", incident.TimelineAnchor, rows(i.Timeline)),
		section("Action items", incident.ActionAnchor, actions(i.Actions)),
	} {
		if len(list.Passages) > 0 {
			sections = append(sections, list)
		}
	}
	return sections
}

func sectionOf(s incident.Section) web.Section {
	section := web.Section{Heading: clean(s.Heading), Anchor: s.Anchor}
	for _, p := range s.Passages {
		if text := clean(p.Text); text != "" {
			section.Passages = append(section.Passages, web.Passage{Text: text, Code: p.Code})
		}
	}
	return section
}

// section is a section of the front matter's own, which the incident's page shows
// under the anchor.
func section(heading, anchor string, texts []string) web.Section {
	s := web.Section{Heading: heading, Anchor: anchor}
	for _, t := range texts {
		if t = clean(t); t != "" {
			s.Passages = append(s.Passages, web.Passage{Text: t})
		}
	}
	return s
}

// holds reports whether a passage contains the text.
func holds(sections []web.Section, text string) bool {
	for _, s := range sections {
		for _, p := range s.Passages {
			if strings.Contains(p.Text, text) {
				return true
			}
		}
	}
	return false
}

// written returns the notes that stand in the front matter only.
func written(notes []incident.Note) []string {
	var list []string
	for _, n := range notes {
		if n.Basis == incident.FrontMatter {
			list = append(list, n.Text)
		}
	}
	return list
}

func lessons(all []incident.Lesson) []string {
	var list []string
	for _, l := range all {
		if l.Basis == incident.FrontMatter {
			list = append(list, l.Text)
		}
	}
	return list
}

func rows(all []incident.Row) []string {
	var list []string
	for _, r := range all {
		if r.Basis == incident.FrontMatter {
			list = append(list, r.Text)
		}
	}
	return list
}

func actions(all []incident.Action) []string {
	var list []string
	for _, a := range all {
		if a.Basis == incident.FrontMatter {
			list = append(list, a.Text)
		}
	}
	return list
}

func texts(notes []incident.Note) []string {
	list := make([]string, len(notes))
	for i, n := range notes {
		list[i] = n.Text
	}
	return list
}

// passages returns the texts of prose, or of code blocks.
func (s *source) passages(code bool) []string {
	var list []string
	for _, section := range s.sections {
		for _, p := range section.Passages {
			if p.Code == code {
				list = append(list, p.Text)
			}
		}
	}
	return list
}

// headings returns the headings but for the one that is the title.
func (s *source) headings() []string {
	var list []string
	for _, section := range s.sections {
		if section.Heading != s.Title {
			list = append(list, section.Heading)
		}
	}
	return list
}

// terms returns the words of the vocabulary for the tags that people gave, so that a
// question about a pattern meets the incidents that show it.
func (s *source) terms() []string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, tag := range s.GivenTags(d) {
			list = append(list, termTexts(s.vocabulary, d, tag.ID)...)
		}
	}
	if s.DetectionGap != nil {
		list = append(list, termTexts(s.vocabulary, incident.Gap, *s.DetectionGap)...)
	}
	return list
}

func termTexts(v *incident.Vocabulary, d incident.Dimension, id string) []string {
	if term, ok := lookup(v, d, id); ok {
		return append([]string{term.ID, term.Label, term.Definition}, term.Aliases...)
	}
	return []string{id}
}

// lookup finds a term in a vocabulary that may be missing.
func lookup(v *incident.Vocabulary, d incident.Dimension, id string) (incident.Term, bool) {
	if v == nil {
		return incident.Term{}, false
	}
	return v.Lookup(d, id)
}

// names returns what the incident's parts and people are called, and how severe it was.
func (s *source) names() []string {
	return slices.Concat([]string{deref(s.Organization)}, s.Services, s.Technologies, s.Teams, s.Labels, []string{deref(s.Severity)})
}

// tagged returns the ids and labels of the incident's terms of a dimension, whoever says so.
func tagged(d incident.Dimension) func(*source) []string {
	return func(s *source) []string {
		var list []string
		for _, tag := range s.Terms[d] {
			list = append(list, idAndLabel(s.vocabulary, d, tag.ID)...)
		}
		return list
	}
}

func (s *source) gap() []string {
	if s.DetectionGap == nil {
		return nil
	}
	return idAndLabel(s.vocabulary, incident.Gap, *s.DetectionGap)
}

func idAndLabel(v *incident.Vocabulary, d incident.Dimension, id string) []string {
	if term, ok := lookup(v, d, id); ok {
		return []string{id, term.Label}
	}
	return []string{id}
}

// alsoCalled returns what the terms of a dimension are called too: their aliases, and the
// ids that they had before.
func alsoCalled(d incident.Dimension) func(*source) []string {
	return func(s *source) []string {
		var list []string
		for _, tag := range s.Terms[d] {
			list = append(list, otherNames(s.vocabulary, d, tag.ID)...)
		}
		return list
	}
}

func (s *source) gapAlso() []string {
	return otherNames(s.vocabulary, incident.Gap, deref(s.DetectionGap))
}

func otherNames(v *incident.Vocabulary, d incident.Dimension, id string) []string {
	term, _ := lookup(v, d, id)
	return slices.Concat(term.Aliases, term.Formerly)
}

// length is the size of the incident's text in bytes, which is what long and short
// reports are compared by.
func (s *source) length() int {
	n := len(s.Title)
	for _, section := range s.sections {
		n += len(section.Heading)
		for _, p := range section.Passages {
			n += len(p.Text)
		}
	}
	return n
}

// terms returns what an exact field of the incident is indexed by, sorted: every
// folded value and, of a name, the terms of its words.
func (f exactField) terms(s *source) []string {
	var list []string
	for _, value := range f.values(s) {
		if value = fold(value); value == "" {
			continue
		}
		list = append(list, value)
		if f.names {
			for _, token := range query.Tokens(value) {
				list = append(list, token.Term)
			}
			list = append(list, query.BuiltInSynonyms().Answers(query.Wholes(value))...)
		}
	}
	if f.also != nil {
		for _, value := range f.also(s) {
			list = append(list, fold(value))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// fold makes values of exact fields comparable.
func fold(value string) string { return query.Fold(clean(value)) }

// clean returns text as one line of valid UTF-8: runs of spaces and control
// characters are one space, none at the ends.
func clean(text string) string {
	if isClean(text) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isClean reports whether clean would change nothing.
func isClean(text string) bool {
	before := ' '
	for i, r := range text {
		if r == ' ' && before == ' ' || r != ' ' && (unicode.IsSpace(r) || unicode.IsControl(r)) {
			return false
		}
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], "\ufffd") {
			return false
		}
		before = r
	}
	return before != ' ' || text == ""
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
