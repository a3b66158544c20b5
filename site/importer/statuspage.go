package importer

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
)

// Statuspage's API tells incidents in JSON: incidents.json, an incident alone, or the
// array of the older API. What its fields are taken to mean:
//
//   - started_at is when the incident began. A page that has only created_at tells when
//     it was first told of, which is the day and no clock.
//   - resolved_at is when it was declared over: resolved.
//   - A post of status "monitoring" says that a fix is in and holds so far. The first
//     one that no search for the cause follows is about when users were well: mitigated,
//     with ~. A postmortem knows it better, so that nothing is written beside one.
//   - impact (none, minor, major, critical) is a severity where the library's scale has
//     the word, else a tag.
//   - Maintenance that was planned is no incident and is left out.

// statuspageKeys are keys that an incident of Statuspage has and no other JSON.
var statuspageKeys = []string{"incident_updates", "incidents[].incident_updates", "[].incident_updates", "incident.incident_updates",
	"incidents[].shortlink", "incidents[].impact", "scheduled_maintenances"}

func isStatuspage(src Source) bool {
	keys := jsonKeys(head(src))
	return hasKey(keys, statuspageKeys) || keys["page"] && keys["incidents"]
}

func hasKey(there map[string]bool, keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return there[key] })
}

type statuspagePage struct {
	Name     loose `json:"name"`
	URL      loose `json:"url"`
	TimeZone loose `json:"time_zone"`
}

type statuspageIncident struct {
	ID           loose                 `json:"id"`
	Name         loose                 `json:"name"`
	Status       loose                 `json:"status"`
	Impact       loose                 `json:"impact"`
	Created      loose                 `json:"created_at"`
	Started      loose                 `json:"started_at"`
	Resolved     loose                 `json:"resolved_at"`
	ScheduledFor loose                 `json:"scheduled_for"`
	Shortlink    loose                 `json:"shortlink"`
	Updates      []statuspageUpdate    `json:"incident_updates"`
	Components   []statuspageComponent `json:"components"`
	Postmortem   loose                 `json:"postmortem_body"`
	Published    loose                 `json:"postmortem_published_at"`
}

type statuspageUpdate struct {
	Status     loose                 `json:"status"`
	Body       loose                 `json:"body"`
	Created    loose                 `json:"created_at"`
	Displayed  loose                 `json:"display_at"`
	Components []statuspageComponent `json:"affected_components"`
}

type statuspageComponent struct {
	Name  loose `json:"name"`
	Group bool  `json:"group"`
	Old   loose `json:"old_status"`
	New   loose `json:"new_status"`
}

// readStatuspage reads the incidents of a page.
func readStatuspage(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	r := statuspageReader{jsonFile: jsonFile{path: src.Path, data: []byte(whole), problems: problems}, scale: src.Severities}
	r.each([]string{"page"}, func(_ string, raw json.RawMessage, at int) { r.decode(raw, at, &r.page) })
	r.problems = problems // each fault once: the next round meets it again
	r.each(incidentsAt(jsonKeys(whole)), func(_ string, raw json.RawMessage, at int) {
		if string(raw) != "null" {
			r.incident(raw, at)
		}
	})
	reports, found := reportsOf(src, r.accounts)
	return reports, append(append(r.problems, r.leftOut()...), found...)
}

// incidentsAt are the paths at which the file holds incidents.
func incidentsAt(keys map[string]bool) []string {
	switch {
	case keys["incident_updates"]:
		return []string{""}
	case keys["incident.incident_updates"]:
		return []string{"incident"}
	case keys["incidents"] || keys["scheduled_maintenances"]:
		return []string{"incidents[]", "scheduled_maintenances[]"}
	}
	return []string{"[]"}
}

type statuspageReader struct {
	jsonFile
	scale       []string
	page        statuspagePage
	accounts    []*account
	maintenance int
}

// planned are the states of maintenance.
var planned = []string{"scheduled", "in_progress", "verifying", "completed"}

func (r *statuspageReader) incident(raw json.RawMessage, at int) {
	var i statuspageIncident
	r.decode(raw, at, &i)
	if i.Impact == "maintenance" || i.ScheduledFor != "" || slices.Contains(planned, string(i.Status)) {
		r.maintenance++
		return
	}
	line, _ := r.place(at)
	a := &account{id: string(i.ID), title: oneLine(string(i.Name)), line: line}
	posts := r.posts(i.Updates, at)
	a.text("title", a.title)
	a.text("organization", string(r.page.Name))
	a.texts("services", servicesOf(i))
	a.grade(string(i.Impact), r.scale)
	zone := r.clocks(a, i, posts, at)
	a.source(string(i.Shortlink), string(r.page.Name), dayOf(string(i.Published)))
	r.tell(a, i, posts, zone)
	r.accounts = append(r.accounts, a)
}

// clocks sets day, zone and clocks of the incident, and returns the zone.
func (r *statuspageReader) clocks(a *account, i statuspageIncident, posts []post, at int) *time.Location {
	started, hasStart := r.time("started_at", i.Started, at)
	created, hasCreated := r.time("created_at", i.Created, at)
	resolved, hasEnd := r.time("resolved_at", i.Resolved, at)
	if !hasEnd {
		resolved, hasEnd = ended(posts)
	}
	times := withTime(withTime(nil, started, hasStart), created, hasCreated)
	for _, p := range posts {
		times = withTime(times, p.at, !p.at.IsZero())
	}
	times = withTime(times, resolved, hasEnd)
	zone, name := zoneOfTimes(times, string(r.page.TimeZone))
	if len(times) == 0 {
		return zone
	}
	a.day = times[0].In(zone)
	a.set("timezone", frontmatter.Text(name))
	if !hasStart {
		a.set("date", frontmatter.Time(a.day.Format(time.DateOnly)))
	}
	a.clock("started", started, zone, hasStart)
	if at, ok := healed(posts); ok && i.Postmortem == "" {
		a.set("mitigated", roughly(at, zone))
	}
	a.clock("resolved", resolved, zone, hasEnd)
	return zone
}

// tell writes the postmortem, where there is one, and the posts.
func (r *statuspageReader) tell(a *account, i statuspageIncident, posts []post, zone *time.Location) {
	heading := "Timeline"
	if report := strings.TrimSpace(proper(string(i.Postmortem))); report != "" {
		if timelineHeading.MatchString(report) {
			heading = "Status updates" // the report has a better one
		}
		if strings.HasPrefix(report, "#") {
			a.paragraph(report)
		} else {
			a.section("Postmortem", report)
		}
		posts = slices.DeleteFunc(posts, func(p post) bool {
			return p.status == "Postmortem" && (p.text == "" || strings.TrimSpace(p.text) == report)
		})
	}
	a.section(heading, timelineOf(posts, zone))
}

// grade says how serious the page calls the incident: a severity of the scale, else a
// tag.
func (a *account) grade(impact string, scale []string) {
	if impact = oneLine(impact); impact == "" {
		return
	}
	for _, s := range scale {
		if strings.EqualFold(s, impact) {
			a.text("severity", s)
			return
		}
	}
	a.texts("tags", []string{"impact-" + incident.Slug(impact)})
}

// clock sets one of the four clocks where it is known.
func (a *account) clock(key string, at time.Time, zone *time.Location, ok bool) {
	if ok {
		a.set(key, instant(at, zone))
	}
}

// posts are the updates in the order of time.
func (r *statuspageReader) posts(updates []statuspageUpdate, at int) []post {
	var posts []post
	for _, u := range updates {
		p := post{status: humanStatus(string(u.Status)), text: proper(string(u.Body))}
		p.at, p.zoned = r.time("display_at", cmp.Or(u.Displayed, u.Created), at)
		if changed := changes(u.Components); changed != "" {
			p.text = strings.TrimSpace(p.text + "\n\n" + changed)
		}
		if p.status != "" || p.text != "" {
			posts = append(posts, p)
		}
	}
	inOrder(posts)
	return posts
}

// changes says how the state of components changed with an update.
func changes(components []statuspageComponent) string {
	var list []string
	for _, c := range components {
		if c.Name != "" && c.Old != c.New && c.New != "" {
			list = append(list, fmt.Sprintf("%s: %s", oneLine(string(c.Name)), strings.ToLower(humanStatus(string(c.New)))))
		}
	}
	if list == nil {
		return ""
	}
	return "Components: " + strings.Join(list, "; ") + "."
}

// servicesOf are the components that the incident names, groups of them left out.
func servicesOf(i statuspageIncident) []string {
	var names []string
	for _, c := range i.Components {
		if !c.Group {
			names = append(names, string(c.Name))
		}
	}
	for _, u := range i.Updates {
		for _, c := range u.Components {
			names = append(names, string(c.Name))
		}
	}
	return names
}

// time reads a time of the incident at a place. One that cannot be is a problem.
func (r *jsonFile) time(key string, s loose, at int) (time.Time, bool) {
	if s == "" {
		return time.Time{}, false
	}
	t, err := incident.ParseTime(string(s), time.UTC)
	if err != nil || !t.Clock() {
		r.report(problem.Warning, at, "bad-time", fmt.Sprintf("%s %q is no time", key, s), "mend it in the source, or write it into the imported file")
		return time.Time{}, false
	}
	return t.From, true
}

// dayOf is the day of a time, "" where there is none.
func dayOf(s string) string {
	t, err := incident.ParseTime(s, time.UTC)
	if err != nil || t.Precision < incident.Day {
		return ""
	}
	return t.From.Format(time.DateOnly)
}

func (r *statuspageReader) leftOut() problem.List {
	if r.maintenance == 0 {
		return nil
	}
	return problem.List{maintenanceNote(r.path, r.maintenance)}
}

// maintenanceNote says that maintenance is left out.
func maintenanceNote(path string, n int) problem.Problem {
	return problem.Problem{Rule: "left-out", Level: problem.Note, Path: path,
		Text: fmt.Sprintf("scheduled maintenance is no incident: %d left out", n), Hint: "write a report of your own where one went wrong"}
}

var (
	timelineHeading = regexp.MustCompile(`(?mi)^#{1,6} .*\btimeline\b`)

	lineBreak = regexp.MustCompile(`(?i)<br\s*/?>\n?`)
	wrapped   = regexp.MustCompile(`(?is)^<(?:p|div|ul|ol|h[1-6]|table|blockquote|span|strong|b)\b.*</\w+>$`)
)

// proper is a text that people wrote into a form, as Markdown: HTML becomes Markdown
// where all of it is HTML, and breaks of lines become lines.
func proper(s string) string {
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	if wrapped.MatchString(s) {
		return markdownOf(s, "")
	}
	return lineBreak.ReplaceAllString(s, "\n")
}

func withTime(times []time.Time, at time.Time, ok bool) []time.Time {
	if !ok {
		return times
	}
	return append(times, at)
}
