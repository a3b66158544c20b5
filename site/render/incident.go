package render

import (
	"html/template"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/pattern"
)

// similar is how many incidents that look alike a page names.
const similar = 5

// IncidentPage is one postmortem, in the order in which a responder or reviewer
// needs it.
type IncidentPage struct {
	Page
	Heading       template.HTML
	Language      string // of the report, "" where it is that of the page
	Draft         bool
	Date          string // "" when not known
	Datetime      string
	Duration      string // "" when not known
	Organizations []Tag
	Severities    []Tag
	Services      []Tag
	Technologies  []Tag
	Teams         []Tag
	Labels        []FreeWord
	Figures       []Figure // of the impact
	ServicesRead  bool     // read from the text, not given
	ProductsRead  bool     // likewise the technologies

	Again     Recurrence
	Clocks    Clocks
	Summary   template.HTML
	SummaryID string // anchor of the section that Summary replaces, "" for none
	Apart     bool   // anything of Fixed, Wrong and Detected is known
	Fixed     []Fix
	Wrong     []Note
	Symptoms  []Note
	Chain     []Step
	Untagged  bool // nobody has said anything in the vocabulary, as people have of other incidents
	Detected  Detection
	Suggested []Suggested // by dimension

	Timeline Timeline
	Report   template.HTML

	Follows  bool // anything follows the report
	Lessons  []Lessons
	Actions  Actions
	Promised []Repeated // of the actions
	Similar  []Likeness
	Related  []Relation
	Noted    []Noted
	Source   Source
}

// FreeWord is a tag outside the vocabulary, a word of the author with the search for it.
type FreeWord struct {
	Text string
	URL  string
}

// Fix is a mitigation that was tried.
type Fix struct {
	Tag
	Worked string // "worked", "did not work", "worked partly", "" when not said
	Class  string // yes, no, partly or ""
}

// Note is a short statement; URL leads to where the report makes it, "" for none.
type Note struct {
	Text string
	URL  string
}

// Step is one link of the chain from trigger to impact.
type Step struct {
	Label string
	Class string
	Tags  []Tag
}

// Detection is how the incident came to light.
type Detection struct {
	Tags []Tag
	Gap  string // definition of what kept it from being seen, "" for none
}

// Lessons are the lessons of one kind.
type Lessons struct {
	Kind  string // heading
	Notes []Note
}

// Relation is what the author says of another incident.
type Relation struct {
	Says    string // "Repeat of", "Led to", …
	Row     Row
	Because string
}

// Likeness is an incident that looks like this one.
type Likeness struct {
	Row Row
	Common
}

// Common is what two incidents share, as the clauses of one sentence, and words of both.
type Common struct {
	Titles  bool // they say nearly the same
	Clauses []Clause
	Words   []string
}

// Clause is a verb with the terms that it speaks of.
type Clause struct {
	Joint string // what stands before it: "Both ", ", ", " and "
	Verb  string
	Tags  []Tag
}

// Source is where the report was published. URLs are "" unless a browser may
// follow them.
type Source struct {
	Publisher string
	Published string // the day, "" when not known
	URL       string
	Text      string // what the author gave instead of a URL that can be followed
	Archived  string
	Licence   string
	Known     bool
}

// Named reports whether the source itself is known.
func (s Source) Named() bool { return s.URL != "" || s.Publisher != "" || s.Text != "" }

// DayAlone reports whether the day of publication is all that is known.
func (s Source) DayAlone() bool {
	return s.Published != "" && !s.Named() && s.Archived == "" && s.Licence == ""
}

func (r *Renderer) incident(p place, inc *incident.Incident) IncidentPage {
	known := inc
	inc = r.newest(inc)
	told := r.report(p, inc)
	page := IncidentPage{
		Page: r.frame(p, inc.Title, inc.Lead()), Heading: markdown.Whole(inc.Title), Language: foreign(inc), Draft: inc.Status == incident.Draft,
		Date: incidentDate(inc), Datetime: machineDate(inc.Date), Duration: unbroken(inc.Duration),
		Organizations: p.named(inc, pattern.Organization), Severities: p.named(inc, pattern.Severity),
		Services: p.named(inc, pattern.Service), Technologies: p.named(inc, pattern.Technology),
		Teams: p.named(inc, pattern.Team), Labels: p.labels(inc),
		Figures: figuresOf(inc), ServicesRead: readFrom(inc, "services"), ProductsRead: readFrom(inc, "technologies"),
		Clocks: clocksOf(inc), Summary: told.lead, Fixed: p.fixes(inc),
		Wrong: notes(incident.NotesOf(inc.WrongTurns)), Symptoms: notes(fromFrontMatter(inc.Symptoms)),
		Chain: p.chain(inc), Untagged: r.tagged && pattern.Tagged([]*incident.Incident{inc}).N == 0,
		Detected: r.detection(p, inc),
		Timeline: timelineOf(inc), Report: told.html, Lessons: lessonsOf(inc), Actions: actionsOf(inc, told), Promised: r.repeated(p, known), Again: r.recurrence(p, known),
		Similar: r.similar(p, known), Related: r.related(p, known), Noted: notedOf(inc), Source: sourceOf(inc),
	}
	page.SummaryID = told.summary
	page.Suggested = p.suggested(inc, anchors{incident.SummaryAnchor: page.SummaryID, incident.ActionAnchor: page.Actions.Anchor})
	if saysTitle(inc) {
		page.Report = ""
	}
	page.Follows = page.Actions.Sentence != "" || len(page.Lessons)+len(page.Similar)+len(page.Related)+len(page.Noted) > 0 || page.Source.Known
	page.Apart = len(page.Fixed)+len(page.Wrong)+len(page.Detected.Tags) > 0
	return page
}

// saysTitle reports whether the report is one plain sentence that is its title too.
func saysTitle(inc *incident.Incident) bool {
	body := strings.Join(strings.Fields(inc.Body), " ")
	return strings.TrimRight(body, ".!。") == strings.TrimRight(inc.Title, ".!。") && body != "" && len(inc.Timeline) == 0
}

// incidentDate writes the day of the incident for people, and says so where it is
// that of the report.
func incidentDate(inc *incident.Incident) string {
	published := inc.Source.Published
	if inc.Date.Approximate && published.Known() && published.From.Equal(inc.Date.From) {
		return "reported " + date(published)
	}
	return date(inc.Date)
}

func (p place) labels(inc *incident.Incident) []FreeWord {
	labels := make([]FreeWord, len(inc.Labels))
	for i, text := range inc.Labels {
		query := "tag:" + text
		if strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
			query = `tag:"` + strings.ReplaceAll(text, `"`, " ") + `"`
		}
		labels[i] = FreeWord{text, p.to("search/?q=" + url.QueryEscape(query))}
	}
	return labels
}

var worked = map[string]string{"yes": "worked", "no": "did not work", "partly": "worked partly"}

func (p place) fixes(inc *incident.Incident) []Fix {
	tags := p.tags(inc, incident.Mitigation)
	fixes := make([]Fix, len(tags))
	for i, tag := range tags {
		fixes[i] = Fix{Tag: tag}
		for _, t := range inc.GivenTags(incident.Mitigation) {
			if g, _ := p.r.found.Lookup(pattern.Mitigation, t.ID); g != nil && p.to(g.URL()) == tag.URL {
				fixes[i].Class = text(t.Effective)
			}
		}
		fixes[i].Worked = worked[fixes[i].Class]
	}
	return fixes
}

func notes(list []incident.Note) []Note {
	out := make([]Note, len(list))
	for i, n := range list {
		out[i] = Note{Text: n.Text, URL: fragment(n.Anchor)}
	}
	return out
}

func fragment(anchor string) string {
	if anchor == "" {
		return ""
	}
	return "#" + anchor
}

// fromFrontMatter keeps what the report does not tell itself.
func fromFrontMatter(list []incident.Note) []incident.Note {
	return slices.DeleteFunc(slices.Clone(list), func(n incident.Note) bool { return n.Basis != incident.FrontMatter })
}

// chain is the line trigger → causes → factors → impact, without the steps that
// nobody has named.
func (p place) chain(inc *incident.Incident) []Step {
	var chain []Step
	for _, s := range []struct {
		d         incident.Dimension
		one, many string
	}{
		{incident.Trigger, "trigger", "triggers"}, {incident.Cause, "cause", "causes"},
		{incident.Factor, "factor", "factors"}, {incident.Impact, "impact", "impact"},
	} {
		tags := p.tags(inc, s.d)
		if len(tags) == 0 {
			continue
		}
		label := s.one
		if len(tags) > 1 {
			label = s.many
		}
		chain = append(chain, Step{label, s.d.String(), tags})
	}
	return chain
}

func (r *Renderer) detection(p place, inc *incident.Incident) Detection {
	d := Detection{Tags: p.tags(inc, incident.Detection)}
	gap := text(inc.DetectionGap)
	if gap == "" || gap == "none" {
		return d
	}
	d.Gap = gap
	if term, ok := r.lib.Vocabulary.Lookup(incident.Gap, gap); ok {
		d.Gap = term.Label
	}
	return d
}

var lessonKinds = []struct{ kind, heading string }{
	{"well", "What went well"}, {"wrong", "What went wrong"}, {"lucky", "Where we were lucky"}, {"", "What was learned"},
}

// lessonsOf groups the lessons that the report does not tell itself.
func lessonsOf(inc *incident.Incident) []Lessons {
	var groups []Lessons
	for _, k := range lessonKinds {
		g := Lessons{Kind: k.heading}
		for _, l := range inc.Lessons {
			if l.Kind == k.kind && l.Basis == incident.FrontMatter {
				g.Notes = append(g.Notes, Note{Text: l.Text})
			}
		}
		if len(g.Notes) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

func sourceOf(inc *incident.Incident) Source {
	s := inc.Source
	out := Source{Publisher: text(s.Publisher), Published: date(s.Published), URL: webURL(text(s.URL)), Archived: webURL(text(s.Archived)), Licence: text(s.Licence)}
	if out.URL == "" {
		out.Text = text(s.URL)
	}
	out.Known = out != Source{}
	return out
}

// webURL returns the URL when a browser may follow it from a page of the site.
func webURL(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return ""
	}
	return u.String()
}
