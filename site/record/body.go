package record

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/problem"
	"faultline/site/reading"
)

// text takes from the body what the front matter leaves open.
func (r *reader) text(doc *markdown.Document) {
	for _, p := range doc.Check(!r.opt.Config.PlainHTML) {
		p.Path = r.path
		r.problems = append(r.problems, p)
	}
	i := r.incident
	i.Links = doc.Links(!r.opt.Config.PlainHTML)
	facts := reading.Read(doc, reading.Options{Zone: r.zone, Told: r.zoneGiven || !r.opt.Imported, Day: r.incidentDay(), Near: r.near(), Filed: r.filed(), Title: r.titleGiven()})
	for _, p := range facts.Problems {
		p.Path = r.path
		r.problems = append(r.problems, p)
	}
	if facts.Sections != nil {
		i.Sections = facts.Sections
	}
	i.Summary = orRead(i.Summary, facts.Summary)
	r.title(facts)
	if i.Language == nil && facts.Language != "" {
		i.Language = &facts.Language
	}
	i.Timezone = orRead(i.Timezone, facts.Timezone)
	if known, ok := r.knownSeverity(facts.Severity.Value); ok && facts.Severity.Known() && i.Severity == nil {
		i.Severity = &known
	}
	r.times(facts)
	r.statements(facts)
	i.Services = r.orNames("services", i.Services, facts.Services)
	i.Technologies = r.orNames("technologies", i.Technologies, facts.Technologies)
	i.Figures = orText(i.Figures, facts.Figures)
}

// incidentDay is the day that the front matter gives the incident, which the date of a
// post does not.
func (r *reader) incidentDay() incident.Time {
	if r.isPost {
		return incident.Time{}
	}
	return r.day()
}

// near is a day near the incident: its own, else that of the report's publication.
func (r *reader) near() incident.Time {
	if day := r.day(); day.Known() {
		return day
	}
	return r.incident.Source.Published
}

// filed is the day that the file is named after, unless it is that of a post.
func (r *reader) filed() incident.Time {
	if r.isPost {
		return incident.Time{}
	}
	return pathDate(r.path)
}

// titleGiven is the title of the front matter with its line.
func (r *reader) titleGiven() reading.Found[string] {
	if n := r.given["title"]; n != nil && r.incident.Title != "" {
		return reading.Found[string]{Value: r.incident.Title, Line: n.Line}
	}
	return reading.Found[string]{}
}

// orRead is the front matter's text, else that of the body.
func orRead(given *string, read reading.Found[string]) *string {
	if given == nil && read.Known() && read.Value != "" {
		return &read.Value
	}
	return given
}

// orNames is the front matter's list, empty ones included, else that of the body.
func (r *reader) orNames(key string, given []string, read []reading.Found[string]) []string {
	if r.given[key] != nil {
		return given
	}
	for _, name := range read {
		given = append(given, name.Value)
		cite(r.incident, key, name)
	}
	return given
}

func (r *reader) title(facts reading.Facts) {
	i := r.incident
	if i.Title == "" && facts.Title.Known() {
		i.Title = facts.Title.Value
		cite(i, "title", facts.Title)
	}
	if i.Title == "" {
		if i.Title = fileTitle(r.path); machineName(i.Title) {
			i.Title = cmp.Or(firstSentence(i.Lead()), i.Title)
		}
		r.report(problem.Warning, nil, "no-title", "incident has no title", "add title: to the front matter, or a heading with one #")
	}
}

var datePrefix = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[-_ ]*`)

// pageNames are the names of files that are called after their folder.
var pageNames = []string{"index", "_index", "report", "postmortem"}

// fileTitle makes a title of a file's name.
func fileTitle(file string) string {
	name := trimExtensions(path.Base(file))
	if folder := path.Base(path.Dir(file)); slices.Contains(pageNames, strings.ToLower(name)) && folder != "." {
		name = folder
	}
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

// pathDate is the day that the name of the file, or that of its folder, begins with.
func pathDate(file string) incident.Time {
	for _, name := range [...]string{path.Base(file), path.Base(path.Dir(file))} {
		if m := datePrefix.FindStringSubmatch(name); m != nil {
			if day, err := incident.ParseTime(subjectDate(name, m[1]), nil); err == nil {
				return day
			}
		}
	}
	return incident.Time{}
}

var isoDate = regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`)

// subjectDate returns the last date of a file's name where it is before the first:
// behind the day on which a report was written stands the day that it is about.
func subjectDate(name, written string) string {
	all := isoDate.FindAllString(name, -1)
	if len(all) > 1 && all[len(all)-1] < written {
		return all[len(all)-1]
	}
	return written
}

// machineForm matches names that machines give: UUIDs, hashes and numbers.
var machineForm = regexp.MustCompile(`^(?i)[0-9a-f]{8}(?: [0-9a-f]{4}){3} [0-9a-f]{12}$|^[0-9a-f]{12,}$|^[\d ._#-]+$`)

// machineName reports whether a title made of a file's name says nothing to people.
func machineName(title string) bool { return machineForm.MatchString(title) }

const (
	maxSentence = 110 // characters of a sentence that is a title as it stands
	cutSentence = 90  // characters that are left of a longer one
)

// sentenceEnd matches where a sentence ends. Abbreviations and version numbers go
// on in small letters or figures.
var sentenceEnd = regexp.MustCompile(`[.!?。！？][)"”]?(?:\s+["“(]?\p{Lu}|\s*$)|[。！？]`)

// looseEnd matches the small words at the end of a cut that lean on what was cut off.
var looseEnd = regexp.MustCompile(`(?: \p{Ll}{1,3})+$`)

// firstSentence returns the first sentence of a text without its full stop. Where it is
// too long for a title, it is cut behind a clause, or else behind a word.
func firstSentence(text string) string {
	if end := sentenceEnd.FindStringIndex(text); end != nil {
		text = text[:end[0]]
	}
	runes := []rune(text)
	if len(runes) <= maxSentence {
		return text
	}
	cut := string(runes[:cutSentence])
	for _, end := range [...]string{", ", "; ", ": ", " – ", " - ", " (", " "} {
		if at := strings.LastIndex(cut, end); at > len(cut)/2 {
			cut = cut[:at]
			break
		}
	}
	return strings.TrimRight(looseEnd.ReplaceAllString(cut, ""), " ,;:(–-") + "…"
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
			continue
		}
		cite(i, c.key, read[n])
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
// matter, of the text, of the file's name; at last, as about then, the day on which
// the report was published. A clock of the text that is not the start may be of a
// later day than the incident, and so may the end that stands beside a date. A start that was read from a
// row does not move the day that the text states.
func (r *reader) settleDate(facts reading.Facts) {
	i := r.incident
	if r.writtenLater(facts.Date.Value) {
		i.Source.Published, i.Date = i.Date.Date(), incident.Time{}
	}
	if !i.Date.Known() && facts.Date.Known() {
		i.Date = facts.Date.Value
		cite(i, "date", facts.Date)
	}
	if !i.Date.Known() {
		i.Date = pathDate(r.path)
	}
	if published := i.Source.Published; !i.Date.Known() && published.Known() {
		i.Date = published
		i.Date.Approximate = true
	}
	dated := r.given["date"] != nil && i.Date.Known()
	for _, c := range clocks(i) {
		late := c.key == "mitigated" || c.key == "resolved"
		if ofDay := c.key == "started" && !facts.Date.Known() || r.given[c.key] != nil && !(late && dated) || !i.Date.Known(); c.at.Known() && ofDay {
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

// maxWriting is how long after an incident a post on it may be dated for the date
// that its text states to be believed.
const maxWriting = 400 * 24 * time.Hour

// writtenLater reports whether the date of a post is not that of the incident: the
// text states an earlier day.
func (r *reader) writtenLater(stated incident.Time) bool {
	date := r.incident.Date
	if !r.isPost || !date.Known() || !stated.Known() || stated.Precision < incident.Day {
		return false
	}
	lag := date.Date().From.Sub(stated.Date().From)
	return lag > 0 && lag <= maxWriting
}

// settleDuration takes the front matter's statement, its clocks, the text's
// statement, and at last the clocks of both.
func (r *reader) settleDuration(facts reading.Facts) {
	r.checkDuration()
	i := r.incident
	clocksGiven := r.given["started"] != nil && r.given["resolved"] != nil
	switch computed := incident.Between(i.Started, i.Resolved); {
	case i.Duration.Known():
	case clocksGiven && computed.Known() && computed.Most > 0:
		i.Duration = computed
	case facts.Duration.Known():
		i.Duration = facts.Duration.Value
		cite(i, "duration", facts.Duration)
	case computed.Most > 0: // one clock written twice is no length of time
		i.Duration = computed
	}
}

// cite records the place of the text that states a field.
func cite[T any](i *incident.Incident, key string, found reading.Found[T]) {
	if found.Known() {
		i.Facts = append(i.Facts, incident.Fact{Field: key, Line: found.Line, Quote: found.Quote})
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
	case r.incident.Lead() == "":
		r.report(problem.Note, nil, "no-summary", "incident has no summary", "add summary: to the front matter, or a section with that name")
	}
}
