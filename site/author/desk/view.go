package desk

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"faultline/site/advice"
	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/scaffold"
)

// How much is shown at most: problems of the library, incidents that look alike, shared
// values that a reason names, quotes of a suggestion, and letters of a line.
const (
	mostProblems = 200
	mostSimilar  = 5
	mostReasons  = 4
	mostQuotes   = 2
	longestLine  = 200
)

// view is the desk beside one page.
type view struct {
	Token    string
	Writable bool
	Here     []fallacy // errors of the page's file, and of the library as a whole
	Held     bool      // the page is of an earlier text of its file
	All      []fallacy
	Rest     int // problems beyond All
	Errors   int
	Warnings int
	Draft    *draft // nil beside pages that are not an incident's
}

// fallacy is a problem with what stands at its place.
type fallacy struct {
	problem.Problem
	Source string       // the line
	Editor template.URL // "" for none
	Page   string       // of the incident, from the site's root on
}

// Place is the problem's place as people write it.
func (f fallacy) Place() string {
	return strings.TrimSuffix(problem.Problem{Path: f.Path, Line: f.Line, Column: f.Column, Text: "x"}.String(), ": x")
}

// draft is an incident with what there is to say of it.
type draft struct {
	Path      string
	Title     string
	Sum       string // of the file's bytes; "" where they are not those of the incident
	Editor    template.URL
	Draft     bool
	Suggested []dimension
	Note      string // why nothing is suggested
	Similar   []like
	Clocks    []fallacy
	Missing   []place[advice.Part]
	Gaps      []place[advice.Gap]
	Wordings  []place[advice.Wording]
	Unowned   []place[incident.Action]
	Words     int
	Minutes   int
}

// place is advice with the link to where it stands.
type place[T any] struct {
	Is     T
	Line   int
	Editor template.URL
}

// dimension is the suggestions of one.
type dimension struct {
	Class, Label string
	Terms        []term
}

type term struct {
	ID, Label, Definition, Confidence string
	Quotes                            []place[string]
}

// like is an incident that looks like the draft, with the reasons.
type like struct{ Title, URL, Date, Reason string }

// Render writes the desk beside the page at the path of an URL ("/incidents/x/"). Library
// is nil as long as none could be read. token goes with what the page asks to be written.
func (d *Desk) Render(w io.Writer, snapshot Library, problems problem.List, page, token string) error {
	v := view{Token: token, Writable: d.root != ""}
	r := room{desk: d, pages: map[string]string{}, lines: map[string][]string{}}
	var inc *incident.Incident
	if snapshot != nil {
		r.lib = snapshot.Library()
		inc = r.incidentOf(page)
	}
	problems = append(r.unknownEditor(), problems...)
	v.Errors, v.Warnings = problems.Count(problem.Error), problems.Count(problem.Warning)
	shown := worstFirst(problems)
	v.Rest = max(0, len(shown)-mostProblems)
	for _, p := range shown[:min(len(shown), mostProblems)] {
		v.All = append(v.All, r.fallacy(p))
	}
	for _, p := range problems {
		if p.Level == problem.Error && (p.Path == "" || inc != nil && p.Path == inc.Path) {
			f := r.fallacy(p)
			f.Page = "" // it is this one
			v.Here = append(v.Here, f)
		}
	}
	if inc != nil {
		v.Draft = r.draft(snapshot, inc, problems)
		v.Held = v.Draft.Sum == ""
	}
	return pages.ExecuteTemplate(w, "desk.html", v)
}

// unknownEditor is the problem of a library whose editor is not known.
func (r room) unknownEditor() problem.List {
	if r.lib == nil {
		return nil
	}
	_, err := ParseEditor(r.lib.Config.Editor)
	if err == nil {
		return nil
	}
	text, hint, _ := strings.Cut(err.Error(), ": ")
	return problem.List{{Rule: "unknown-editor", Level: problem.Warning, Path: "faultline.yaml", Text: text, Hint: hint}}
}

// worstFirst orders problems by their level, and else as they are.
func worstFirst(problems problem.List) problem.List {
	sorted := slices.Clone(problems)
	slices.SortStableFunc(sorted, func(a, b problem.Problem) int { return int(a.Level) - int(b.Level) })
	return sorted
}

// room is what one rendering looks up.
type room struct {
	desk  *Desk
	lib   *incident.Library
	pages map[string]string   // by path of the file
	lines map[string][]string // of files, by path
}

// incidentOf is the incident whose page has the address.
func (r room) incidentOf(page string) *incident.Incident {
	page = strings.TrimPrefix(strings.TrimSuffix(page, "index.html"), "/")
	var found *incident.Incident
	for _, inc := range r.lib.Incidents {
		r.pages[inc.Path] = inc.URL
		if inc.URL == page {
			found = inc
		}
	}
	return found
}

func (r room) fallacy(p problem.Problem) fallacy {
	f := fallacy{Problem: p}
	if p.Path != "" {
		f.Editor = r.desk.link(r.lib, p.Path, p.Line, p.Column)
		f.Source = r.line(p.Path, p.Line)
	}
	if url := r.pages[p.Path]; url != "" {
		f.Page = "/" + url
	}
	return f
}

// line is a line of a file of the library as it stands there now, "" for none.
func (r room) line(path string, number int) string {
	if r.lib == nil || number < 1 {
		return ""
	}
	lines, ok := r.lines[path]
	if !ok {
		src, err := fs.ReadFile(r.lib.FS, path)
		if text, _, isText := record.Decode(path, src); err == nil && isText {
			lines = strings.Split(string(text), "\n")
		}
		r.lines[path] = lines
	}
	if number > len(lines) {
		return ""
	}
	return shorten(lines[number-1])
}

func shorten(line string) string {
	if utf8.RuneCountInString(line) <= longestLine {
		return line
	}
	return string([]rune(line)[:longestLine]) + "…"
}

// draft is what there is to say of an incident.
func (r room) draft(snapshot Library, inc *incident.Incident, problems problem.List) *draft {
	a := advice.Of(inc, r.templates())
	d := &draft{
		Path: inc.Path, Title: inc.Title, Draft: inc.Status == incident.Draft, Sum: r.sum(inc),
		Editor: r.desk.link(r.lib, inc.Path, 1, 1), Words: a.Words, Minutes: a.Minutes,
		Missing:  placed(r, inc, a.Missing, func(p advice.Part) int { return p.Line }),
		Gaps:     placed(r, inc, a.Gaps, func(g advice.Gap) int { return g.To.Line }),
		Wordings: placed(r, inc, a.Wordings, func(w advice.Wording) int { return w.Line }),
		Unowned:  placed(r, inc, a.Unowned, func(a incident.Action) int { return a.Line }),
	}
	for _, p := range problems {
		if p.Path == inc.Path && slices.Contains(clockRules, p.Rule) {
			d.Clocks = append(d.Clocks, r.fallacy(p))
		}
	}
	for _, c := range a.Clocks {
		d.Clocks = append(d.Clocks, r.fallacy(problem.Problem{Path: inc.Path, Line: c.Line, Text: c.Text, Hint: c.Hint}))
	}
	d.Suggested, d.Note = r.suggested(inc), noteOf(inc, problems)
	for _, l := range snapshot.Similar(inc, mostSimilar) {
		d.Similar = append(d.Similar, like{l.Incident.Title, "/" + l.Incident.URL, l.Incident.Date.Date().String(), reason(l.Common)})
	}
	return d
}

// clockRules are the rules of problems that say that times do not add up.
var clockRules = []string{"clock-order", "timeline-order", "duration-differs", "durations-disagree", "bad-time", "no-timezone", "no-day"}

func placed[T any](r room, inc *incident.Incident, list []T, line func(T) int) []place[T] {
	var out []place[T]
	for _, x := range list {
		out = append(out, place[T]{x, line(x), r.desk.link(r.lib, inc.Path, line(x), 1)})
	}
	return out
}

// sum names the bytes of the incident's file, where they are those it was read from.
func (r room) sum(inc *incident.Incident) string {
	src, err := fs.ReadFile(r.lib.FS, inc.Path)
	if err != nil {
		return ""
	}
	if text, _, ok := record.Decode(inc.Path, src); !ok || string(text) != inc.Front+inc.Body {
		return ""
	}
	return digits(frontmatter.SumOf(src))
}

// templates are those that incidents of the library begin with.
func (r room) templates() []advice.Template {
	kinds, err := scaffold.Kinds(r.lib.FS)
	if err != nil {
		return nil
	}
	var list []advice.Template
	for _, k := range kinds {
		if inc, _ := record.Parse(scaffold.Folder+"/"+k.Name+".md", []byte(k.Text), record.Options{}); inc != nil {
			list = append(list, advice.Template{Name: k.Name, Sections: inc.Sections})
		}
	}
	return list
}

// noteOf says why nothing is suggested, "" where that is the text's doing.
func noteOf(inc *incident.Incident, problems problem.List) string {
	at := slices.IndexFunc(problems, func(p problem.Problem) bool { return p.Path == inc.Path && p.Rule == "language-not-tagged" })
	if at < 0 {
		return ""
	}
	return problems[at].Text
}

// suggested are the terms that the text suggests beyond those that people gave.
func (r room) suggested(inc *incident.Incident) []dimension {
	if inc.Told == nil {
		return nil
	}
	var list []dimension
	for _, d := range incident.Dimensions {
		group := dimension{Class: d.Field(), Label: d.Label()}
		for _, x := range inc.Told[d] {
			known, ok := r.lib.Vocabulary.Lookup(d, x.ID)
			if !ok || known.Deprecated != "" || slices.Contains(inc.Given(d), x.ID) || slices.Contains(inc.Not, x.ID) {
				continue
			}
			t := term{ID: x.ID, Label: known.Label, Definition: known.Definition, Confidence: fmt.Sprintf("%.2f", x.Share)}
			for _, e := range x.Evidence[:min(len(x.Evidence), mostQuotes)] {
				t.Quotes = append(t.Quotes, place[string]{strings.Join(strings.Fields(e.Text), " "), e.Line, r.desk.link(r.lib, inc.Path, e.Line, 1)})
			}
			group.Terms = append(group.Terms, t)
		}
		if len(group.Terms) > 0 {
			list = append(list, group)
		}
	}
	return list
}

// reason says what two incidents share: "Both have the cause Overload and the factors No
// alert and Manual step, which their texts suggest. Both speak of checkout."
func reason(c pattern.Common) string {
	var says []string
	if shared := c.Shared[:min(len(c.Shared), mostReasons)]; len(shared) > 0 {
		says = append(says, "Both have "+phrase.List(facets(shared))+guessed(shared)+".")
	}
	if c.Titles {
		says = append(says, "Their titles say nearly the same.")
	}
	if len(c.Words) > 0 {
		says = append(says, "Both speak of "+phrase.List(c.Words)+".")
	}
	return strings.Join(says, " ")
}

// facets names what is shared facet by facet, in the order of the first of each.
func facets(shared []pattern.Shared) []string {
	var order []pattern.Facet
	labels := map[pattern.Facet][]string{}
	for _, s := range shared {
		if labels[s.Facet] == nil {
			order = append(order, s.Facet)
		}
		labels[s.Facet] = append(labels[s.Facet], s.Label)
	}
	var list []string
	for _, f := range order {
		name := f.Label()
		if len(labels[f]) > 1 {
			name = f.Plural()
		}
		list = append(list, "the "+strings.ToLower(name)+" "+strings.Join(labels[f], " and "))
	}
	return list
}

// guessed says how much of what is shared only the texts suggest.
func guessed(shared []pattern.Shared) string {
	n := 0
	for _, s := range shared {
		if s.Guessed {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case len(shared):
		return ", as their texts suggest"
	}
	return ", in part as their texts suggest"
}
