package record

import (
	"path"
	"regexp"
	"strings"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
	"faultline/site/reading"
)

// text takes from the body what the front matter leaves open.
func (r *reader) text(doc *markdown.Document) {
	for _, p := range doc.Check(r.opt.Config.RawHTML) {
		p.Path = r.path
		r.problems = append(r.problems, p)
	}
	i := r.incident
	i.Links = doc.Links()
	facts := reading.Read(doc, reading.Options{Zone: r.zone, Day: r.day()})
	if facts.Sections != nil {
		i.Sections = facts.Sections
	}
	r.title(facts)
	i.Summary = either(i.Summary, facts.Summary)
	i.Timezone = either(i.Timezone, facts.Timezone)
	if known, ok := r.knownSeverity(facts.Severity.Value); ok && facts.Severity.Known() && i.Severity == nil {
		i.Severity = &known
	}
	r.times(facts)
	r.statements(facts)
}

// either is the front matter's text, else that of the body.
func either(given *string, read reading.Found[string]) *string {
	if given == nil && read.Known() && read.Value != "" {
		return &read.Value
	}
	return given
}

func (r *reader) title(facts reading.Facts) {
	i := r.incident
	if i.Title == "" && facts.Title.Known() {
		i.Title = facts.Title.Value
	}
	if i.Title == "" {
		i.Title = fileTitle(r.path)
		r.report(problem.Warning, nil, "no-title", "incident has no title", "add title: to the front matter, or a heading with one #")
	}
}

var datePrefix = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[-_ ]*`)

// fileTitle makes a title of a file's name.
func fileTitle(file string) string {
	name := trimExtensions(path.Base(file))
	if bare := datePrefix.ReplaceAllString(name, ""); bare != "" {
		name = bare
	}
	if !strings.Contains(name, " ") {
		name = strings.NewReplacer("-", " ", "_", " ").Replace(name)
	}
	if name = strings.TrimSpace(name); name == "" {
		return path.Base(file)
	}
	return name
}

// times settles clocks, date and duration. Clocks of the text that contradict those
// of the front matter are left aside: one of the two is of something else.
func (r *reader) times(facts reading.Facts) {
	r.checkClocks()
	i := r.incident
	read := [4]reading.Found[incident.Time]{facts.Started, facts.Detected, facts.Mitigated, facts.Resolved}
	for n, c := range clocks(i) {
		if c.at.Known() || !read[n].Known() {
			continue
		}
		*c.at = read[n].Value
		if r.contradicts(n) {
			*c.at = incident.Time{}
		}
	}
	r.settleDate(facts)
	r.settleDuration(facts)
}

// contradicts reports whether the clock, which was read from the text, cannot be
// true beside those of the front matter.
func (r *reader) contradicts(n int) bool {
	all := clocks(r.incident)
	for other, c := range all {
		if r.given[c.key] == nil || other == n {
			continue
		}
		if other < n && earlier(*all[n].at, *c.at) || other > n && earlier(*c.at, *all[n].at) {
			return true
		}
	}
	return false
}

// settleDate takes the day of the first known clock, else the date of the front
// matter, of the text, of the file's name.
func (r *reader) settleDate(facts reading.Facts) {
	i := r.incident
	if !i.Date.Known() {
		i.Date = facts.Date.Value
	}
	if m := datePrefix.FindStringSubmatch(path.Base(r.path)); !i.Date.Known() && m != nil {
		i.Date, _ = incident.ParseTime(m[1], nil) // a number that is no date says nothing
	}
	for _, c := range clocks(i) {
		if c.at.Known() {
			i.Date = *c.at
			break
		}
	}
	if i.Date.Known() {
		i.Date = i.Date.Date()
		return
	}
	r.report(problem.Warning, nil, "no-date", "incident has no date", "add date: or started: to the front matter")
}

// settleDuration takes the front matter's statement, its clocks, the text's
// statement, and at last the clocks of both.
func (r *reader) settleDuration(facts reading.Facts) {
	r.checkDuration()
	i := r.incident
	clocksGiven := r.given["started"] != nil && r.given["resolved"] != nil
	switch computed := incident.Between(i.Started, i.Resolved); {
	case i.Duration.Known():
	case clocksGiven && computed.Known():
		i.Duration = computed
	case facts.Duration.Known():
		i.Duration = facts.Duration.Value
	default:
		i.Duration = computed
	}
}

// statements takes the lists that the front matter does not have.
func (r *reader) statements(facts reading.Facts) {
	i := r.incident
	i.Symptoms = orText(i.Symptoms, facts.Symptoms)
	i.WrongTurns = orText(i.WrongTurns, facts.WrongTurns)
	i.Lessons = orText(i.Lessons, facts.Lessons)
	i.Timeline = orText(i.Timeline, facts.Timeline)
	i.Actions = orText(i.Actions, facts.Actions)
	r.numberActions()
}

func orText[T any](given, read []T) []T {
	if len(given) == 0 && len(read) > 0 {
		return read
	}
	return given
}

// finish warns of what a reader would miss.
func (r *reader) finish(empty bool) {
	switch {
	case empty:
		r.problems = problem.List{{Rule: "empty-file", Level: problem.Warning, Path: r.path,
			Text: "file is empty", Hint: "write the report, or remove the file"}}
	case r.incident.Summary == nil:
		r.report(problem.Note, nil, "no-summary", "incident has no summary", "add summary: to the front matter, or a section with that name")
	}
}
