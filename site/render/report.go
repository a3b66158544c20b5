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
	lead    template.HTML // the summary, "" where there is none or the report opens with it
	summary string        // anchor of the summary that was left out, "" for none
	actions string        // likewise of the actions
}

func (r *Renderer) report(p place, inc *incident.Incident) told {
	options := markdown.HTMLOptions{
		Resolve: resolver(p, inc), RawHTML: !r.lib.Config.PlainHTML, TopLevel: 2,
		Title: inc.Title,
	}
	doc, t := r.parse(inc)
	t.html = doc.HTML(options)
	switch {
	case t.summary != "":
		at := slices.IndexFunc(inc.Sections, func(s incident.Section) bool { return s.Anchor == t.summary })
		lead := keep(inc.Body, linesOf(inc, at).below(inc.Sections[at].Passages[0].Line-inc.BodyLine))
		t.lead = markdown.Parse([]byte(lead), inc.BodyLine).HTML(options)
	case inc.Summary != nil && !opensWithSummary(inc):
		t.lead = template.HTML("<p>" + template.HTMLEscapeString(*inc.Summary) + "</p>")
	}
	return t
}

// parse reads the body without the sections that the page shows elsewhere, unless
// leaving them out would change anything else.
func (r *Renderer) parse(inc *incident.Incident) (*markdown.Document, told) {
	cut, t := repeated(inc)
	if len(cut) > 0 {
		doc := markdown.Parse([]byte(without(inc, cut)), inc.BodyLine)
		if slices.Equal(anchorsOf(doc), anchorsLeft(inc, cut)) {
			return doc, t
		}
	}
	return markdown.Parse([]byte(inc.Body), inc.BodyLine), told{}
}

// span is a run of lines of a body, counted from 0: the first, and the one behind
// the last.
type span struct{ first, end int }

func (s span) below(line int) span { return span{max(s.first, line), s.end} }

// linesOf returns the lines on which a section stands, its heading among them.
func linesOf(inc *incident.Incident, section int) span {
	end := 1 + strings.Count(inc.Body, "\n")
	if section+1 < len(inc.Sections) {
		end = max(0, min(end, inc.Sections[section+1].Line-inc.BodyLine))
	}
	return span{min(max(0, inc.Sections[section].Line-inc.BodyLine), end), end}
}

// textOf returns the text of a section, with its heading.
func textOf(inc *incident.Incident, section int) string {
	at := linesOf(inc, section)
	return strings.Join(strings.SplitAfter(inc.Body, "\n")[at.first:at.end], "")
}

// without returns the body with the lines of the sections emptied, so that all
// others keep their number.
func without(inc *incident.Incident, cut []int) string {
	lines := strings.SplitAfter(inc.Body, "\n")
	for _, i := range cut {
		at := linesOf(inc, i)
		for l := at.first; l < at.end; l++ {
			lines[l] = "\n"
		}
	}
	return strings.Join(lines, "")
}

// keep returns the body with all lines but those of the span emptied.
func keep(body string, at span) string {
	lines := strings.SplitAfter(body, "\n")
	for l := range lines {
		if l < at.first || l >= at.end {
			lines[l] = "\n"
		}
	}
	return strings.Join(lines, "")
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
		case s.Kind == incident.SummarySection && t.summary == "" && isSummary(inc, i):
			t.summary = s.Anchor
		default:
			continue
		}
		cut = append(cut, i)
	}
	actions := listed(inc)
	if len(actions) > 0 {
		t.actions = inc.Sections[actions[0]].Anchor
	}
	return append(cut, actions...), t
}

// listed returns the positions of the sections that hold the actions and nothing else,
// with the empty heading above them. It is empty unless that is so of all.
func listed(inc *incident.Incident) []int {
	var found []int
	for i, s := range inc.Sections {
		if s.Kind != incident.ActionSection {
			continue
		}
		parent := len(s.Passages) == 0 && i+1 < len(inc.Sections) && inc.Sections[i+1].Level > s.Level
		if s.Anchor == "" || len(found) > 0 && i != found[len(found)-1]+1 {
			return nil
		}
		if !parent && !isActions(inc, s) || holdsMore.MatchString(textOf(inc, i)) {
			return nil
		}
		found = append(found, i)
	}
	return found
}

// maxLead is the length in bytes up to which a summary stands at the head of its
// page, and up to which text stands before a summary that a report opens with.
const maxLead = 1500

// isSummary reports whether the page can show the section at its head: the summary
// is of it, and it is short and needs nothing of the text around it.
func isSummary(inc *incident.Incident, section int) bool {
	length, found := 0, false
	for _, p := range inc.Sections[section].Passages {
		length += len(p.Text)
		if p.Code {
			return false
		}
		found = found || strings.TrimSpace(p.Text) == text(inc.Summary)
	}
	return found && length <= maxLead && !leansOut.MatchString(textOf(inc, section))
}

// leansOut matches text that needs, or gives, something elsewhere: references, their
// definitions and footnotes. A name in brackets may be one.
var leansOut = regexp.MustCompile(`\[\^|\][ \t]*(?:[^( \t]|$)|(?m:^[ >]*\[[^\]]+\]:)|<(?:/|!|[a-zA-Z][a-zA-Z0-9]*[\s/>])`)

// opensWithSummary reports whether the report's own words come to the summary so
// soon that a page need not say it first.
func opensWithSummary(inc *incident.Incident) bool {
	length, summary := 0, strings.Join(strings.Fields(*inc.Summary), " ")
	for _, s := range inc.Sections {
		for _, p := range s.Passages {
			if strings.HasSuffix(p.Text, summary) {
				return true
			}
			if length += len(p.Text); length > maxLead {
				return false
			}
		}
	}
	return false
}

// maxPromise is the length in bytes up to which an action is one promise. A longer one
// is a paragraph of the report, which must not go into a cell.
const maxPromise = 300

// isActions reports whether each passage of the section is one of the incident's
// actions, and no more.
func isActions(inc *incident.Incident, s incident.Section) bool {
	lines := map[int]bool{}
	for _, a := range inc.Actions {
		if a.Basis != incident.FrontMatter {
			lines[a.Line] = len(a.Text) <= maxPromise
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
		case t.Page != "":
			url := p.to(escapePath(t.Page))
			if t.Page == inc.URL && t.Anchor != "" {
				url = ""
			}
			return markdown.Resolved{URL: url + fragment(t.Anchor)}, true
		default:
			return markdown.Resolved{}, false
		}
	}
}
