package render

import (
	"html/template"
	"regexp"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// told is the report as its page shows it. A section of which every word stands
// elsewhere on the page is left out; its place keeps the section's anchor.
type told struct {
	html    template.HTML
	summary string // anchor of the summary that was left out, "" for none
	actions string // likewise of the actions
}

func (r *Renderer) report(p place, inc *incident.Incident) told {
	doc, t := r.parse(inc)
	t.html = doc.HTML(markdown.HTMLOptions{
		Resolve: resolver(p, inc), RawHTML: r.lib.Config.RawHTML, TopLevel: 2,
		OmitTitle: beginsWithTitle(inc),
	})
	return t
}

// parse reads the body without the sections that the page shows elsewhere, unless
// leaving them out would change anything else.
func (r *Renderer) parse(inc *incident.Incident) (*markdown.Document, told) {
	whole := func() (*markdown.Document, told) { return markdown.Parse([]byte(inc.Body), inc.BodyLine), told{} }
	cut, t := repeated(inc)
	if len(cut) == 0 {
		return whole()
	}
	body, ok := without(inc, cut)
	if !ok {
		return whole()
	}
	doc := markdown.Parse([]byte(body), inc.BodyLine)
	if !slices.Equal(anchorsOf(doc), anchorsLeft(inc, cut)) {
		return whole()
	}
	return doc, t
}

func anchorsOf(doc *markdown.Document) []string {
	var anchors []string
	for _, b := range doc.Blocks() {
		if b.Kind == markdown.Heading {
			anchors = append(anchors, b.Anchor)
		}
	}
	return anchors
}

func anchorsLeft(inc *incident.Incident, cut []int) []string {
	var anchors []string
	for i, s := range inc.Sections {
		if s.Level > 0 && !slices.Contains(cut, i) {
			anchors = append(anchors, s.Anchor)
		}
	}
	return anchors
}

// repeated returns the positions of the sections that say nothing but what the
// page shows elsewhere.
func repeated(inc *incident.Incident) ([]int, told) {
	var cut []int
	var t told
	for i, s := range inc.Sections {
		if s.Anchor == "" || i+1 < len(inc.Sections) && inc.Sections[i+1].Level > s.Level {
			continue
		}
		switch {
		case s.Kind == incident.SummarySection && t.summary == "" && isSummary(inc, s):
			t.summary = s.Anchor
		case s.Kind == incident.ActionSection && t.actions == "" && isActions(inc, s):
			t.actions = s.Anchor
		default:
			continue
		}
		cut = append(cut, i)
	}
	return cut, t
}

func isSummary(inc *incident.Incident, s incident.Section) bool {
	return len(s.Passages) == 1 && !s.Passages[0].Code && strings.TrimSpace(s.Passages[0].Text) == text(inc.Summary)
}

// isActions reports whether each passage of the section is one of the incident's
// actions.
func isActions(inc *incident.Incident, s incident.Section) bool {
	lines := map[int]bool{}
	for _, a := range inc.Actions {
		if a.Basis != incident.FrontMatter {
			lines[a.Line] = true
		}
	}
	for _, p := range s.Passages {
		if p.Code || !lines[p.Line] {
			return false
		}
	}
	return len(s.Passages) > 0
}

// holdsMore matches text whose form says more than its words: links, images, code,
// emphasis, footnotes and HTML.
var holdsMore = regexp.MustCompile("[\\[\\]`<]|\\*\\w|__|https?:")

// without returns the body with the lines of the sections emptied, so that all
// others keep their number. It is false where that would lose something.
func without(inc *incident.Incident, cut []int) (string, bool) {
	lines := strings.SplitAfter(inc.Body, "\n")
	for _, i := range cut {
		first, end := inc.Sections[i].Line-inc.BodyLine, len(lines)
		if i+1 < len(inc.Sections) {
			end = inc.Sections[i+1].Line - inc.BodyLine
		}
		if first < 0 || first >= end || end > len(lines) || holdsMore.MatchString(strings.Join(lines[first:end], "")) {
			return "", false
		}
		for l := first; l < end; l++ {
			lines[l] = "\n"
		}
	}
	return strings.Join(lines, ""), true
}

// beginsWithTitle reports whether the body begins with a heading that repeats the
// page's own.
func beginsWithTitle(inc *incident.Incident) bool {
	for _, s := range inc.Sections {
		if s.Level > 0 {
			return strings.EqualFold(strings.Join(strings.Fields(s.Heading), " "), strings.Join(strings.Fields(inc.Title), " "))
		}
		if len(s.Passages) > 0 {
			return false
		}
	}
	return false
}

// resolver leads the links of the body to the pages and files that the library
// found for them.
func resolver(p place, inc *incident.Incident) func(string, bool) (markdown.Resolved, bool) {
	targets := make(map[string]incident.Target, len(inc.Links))
	for _, link := range inc.Links {
		targets[link.Destination] = link.Target
	}
	return func(dest string, _ bool) (markdown.Resolved, bool) {
		t := targets[dest]
		switch {
		case t.Asset != nil:
			return markdown.Resolved{URL: p.to(escapePath(t.Asset.URL)), Width: t.Asset.Width, Height: t.Asset.Height}, true
		case t.Incident != nil:
			url := p.to(escapePath(t.Incident.URL))
			if t.Incident == inc && t.Anchor != "" {
				url = ""
			}
			return markdown.Resolved{URL: url + fragment(t.Anchor)}, true
		default:
			return markdown.Resolved{}, false
		}
	}
}
