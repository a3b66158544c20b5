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

// Issues of GitHub come as `gh issue list --json …` and `gh issue view --json …` write
// them, or as the REST API does. What they are taken to mean:
//
//   - An issue whose body has headings is a report. It was published on the day on
//     which the issue was opened, and its comments talk about it.
//   - Any other issue was opened while the incident ran: its comments up to the closing
//     are its timeline, opening and closing too, its day that of the incident.
//   - An issue of Upptime was opened by the monitor that found a site down (detected)
//     and closed when the site was up again (resolved), "after 12 minutes" (duration).

func isGitHub(src Source) bool {
	keys := jsonKeys(head(src))
	for _, at := range []string{"", "[].", "items[]."} {
		if keys[at+"number"] && keys[at+"title"] && (keys[at+"body"] || keys[at+"state"] || keys[at+"createdAt"]) {
			return true
		}
	}
	return false
}

type githubIssue struct {
	Number      loose           `json:"number"`
	Title       loose           `json:"title"`
	Body        loose           `json:"body"`
	Labels      []githubLabel   `json:"labels"`
	Author      githubUser      `json:"author"`
	User        githubUser      `json:"user"`
	CreatedAt   loose           `json:"createdAt"`
	Created     loose           `json:"created_at"`
	ClosedAt    loose           `json:"closedAt"`
	Closed      loose           `json:"closed_at"`
	URL         loose           `json:"url"`
	HTMLURL     loose           `json:"html_url"`
	Comments    json.RawMessage `json:"comments"` // in the REST API only their number
	PullRequest json.RawMessage `json:"pull_request"`
}

type githubUser struct {
	Login loose `json:"login"`
}

type githubComment struct {
	Author    githubUser `json:"author"`
	User      githubUser `json:"user"`
	Body      loose      `json:"body"`
	CreatedAt loose      `json:"createdAt"`
	Created   loose      `json:"created_at"`
}

// githubLabel is a label, or its name alone.
type githubLabel string

// UnmarshalJSON implements json.Unmarshaler.
func (l *githubLabel) UnmarshalJSON(b []byte) error {
	var label struct {
		Name loose `json:"name"`
	}
	if b[0] == '{' {
		err := json.Unmarshal(b, &label)
		*l = githubLabel(label.Name)
		return err
	}
	return (*loose)(l).UnmarshalJSON(b)
}

// issueReader reads the issues of one file.
type issueReader struct {
	jsonFile
	scale       []string
	accounts    []*account
	pulls       int
	maintenance int
	uncounted   int // comments that the file only counts
}

// readGitHub reads the issues of a file, pull requests left out.
func readGitHub(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	r := issueReader{jsonFile: jsonFile{path: src.Path, data: []byte(whole), problems: problems}, scale: src.Severities}
	at := "[]"
	switch keys := jsonKeys(whole); {
	case keys["number"]:
		at = ""
	case keys["items"]:
		at = "items[]"
	}
	r.each([]string{at}, func(_ string, raw json.RawMessage, at int) {
		if string(raw) != "null" {
			r.issue(raw, at)
		}
	})
	reports, found := reportsOf(src, r.accounts)
	return reports, append(append(r.problems, r.leftOut()...), found...)
}

func (r *issueReader) issue(raw json.RawMessage, at int) {
	var i githubIssue
	r.decode(raw, at, &i)
	i.URL = cmp.Or(i.HTMLURL, i.URL)
	labels := labelsOf(i)
	switch {
	case len(i.PullRequest) > 0 && string(i.PullRequest) != "null" || strings.Contains(string(i.URL), "/pull/"):
		r.pulls++
	case slices.Contains(labels, "maintenance") && slices.Contains(labels, "status") || strings.Contains(string(i.Body), "expectedDown:"):
		r.maintenance++ // of Upptime
	default:
		line, _ := r.place(at)
		a := &account{id: string(i.Number), title: oneLine(string(i.Title)), line: line}
		t := ticket{
			author: string(cmp.Or(i.Author.Login, i.User.Login)), body: strings.TrimSpace(lineEnds.Replace(string(i.Body))),
			posts: r.comments(i, at),
		}
		t.opened, t.known = r.time("createdAt", cmp.Or(i.CreatedAt, i.Created), at)
		t.closed, t.over = r.time("closedAt", cmp.Or(i.ClosedAt, i.Closed), at)
		t.tell(a, labels, r.scale, string(i.URL))
		r.accounts = append(r.accounts, a)
	}
}

// ticket is an issue as it was worked on.
type ticket struct {
	author, body   string
	opened, closed time.Time
	known, over    bool   // whether opened and closed are known
	posts          []post // its comments
}

// day is that on which the issue was opened, "" where that is not known.
func (t ticket) day() string {
	if !t.known {
		return ""
	}
	return t.opened.UTC().Format(time.DateOnly)
}

// tell writes what the issue says into the account.
func (t ticket) tell(a *account, labels, scale []string, address string) {
	down := downForm.FindStringSubmatch(t.body)
	isReport := down == nil && headings.MatchString(t.body)
	if down != nil {
		a.title = strings.TrimLeft(a.title, "🛑⚠️🟥🟨 ")
	}
	if t.known && !isReport {
		a.day = t.opened
	}
	a.text("title", a.title)
	a.severity(labels, scale)
	a.texts("tags", labels)
	switch {
	case down != nil:
		t.monitored(a, down[1])
	case !isReport && t.known:
		a.set("timezone", frontmatter.Text("UTC"))
		a.set("date", frontmatter.Time(t.day()))
	}
	a.source(address, "", t.day())
	a.paragraph(t.body)
	switch {
	case down != nil:
		a.section("Timeline", timelineOf(append(t.opening(), t.posts...), time.UTC))
	case isReport:
		a.section("Comments", quoted(t.posts))
	default:
		t.timeline(a)
	}
}

// headings matches a line that is a heading.
var headings = regexp.MustCompile(`(?m)^(?:#{1,6} \S|\S.*\n(?:===+|---+)$)`)

// severity sets the severity that one of the labels is, alone or behind a colon or the
// like: "severity: sev1".
func (a *account) severity(labels, scale []string) {
	for _, s := range scale {
		for _, l := range labels {
			if strings.EqualFold(l, s) || strings.HasSuffix("-"+incident.Slug(l), "-"+incident.Slug(s)) && strings.HasPrefix(strings.ToLower(l), "sev") {
				a.text("severity", s)
				return
			}
		}
	}
}

func labelsOf(i githubIssue) []string {
	var names []string
	for _, l := range i.Labels {
		names = append(names, string(l))
	}
	return names
}

var (
	// downForm matches the body of an issue that Upptime opened.
	downForm = regexp.MustCompile("^In \\[`[0-9a-f]{5,40}`\\]\\([^)\\s]*\\),? (.+?) \\([^)]*\\)? (?:was|is|experienced) \\*{0,2}(?:down|degraded)")
	// upForm matches the comment with which it closes the issue.
	upForm = regexp.MustCompile(`^\*\*Resolved:\*\* .* (?:is back up|performance has improved) in \[[^\]]*\]\([^)\s]*\)(?: after (.+?))?\.?$`)
)

// monitored sets what Upptime states: the site, when its monitor saw it down, when up
// again, and after how long.
func (t ticket) monitored(a *account, site string) {
	a.texts("services", []string{site})
	a.set("timezone", frontmatter.Text("UTC"))
	a.clock("detected", t.opened, time.UTC, t.known)
	up, over := t.closed, t.over
	for _, p := range t.posts {
		m := upForm.FindStringSubmatch(p.text)
		if m == nil {
			continue
		}
		if !p.at.IsZero() {
			up, over = p.at, true
		}
		if _, err := incident.ParseDuration(m[1]); err == nil {
			a.text("duration", m[1])
		}
	}
	a.clock("resolved", up, time.UTC, over)
}

// timeline writes the comments on an issue that was open while the incident ran: those
// up to its closing as a timeline, the others as they stand.
func (t ticket) timeline(a *account) {
	during, after := t.opening(), []post(nil)
	for _, p := range t.posts {
		if t.over && p.at.After(t.closed) || headings.MatchString(p.text) {
			after = append(after, p)
			continue
		}
		during = append(during, p)
	}
	if t.over {
		during = append(during, post{at: t.closed, zoned: true, text: "The issue was closed"})
	}
	inOrder(during)
	a.section("Timeline", timelineOf(during, time.UTC))
	a.section("Comments", quoted(after))
}

// opening is the row that says who opened the issue, when that is known.
func (t ticket) opening() []post {
	if !t.known {
		return nil
	}
	if t.author == "" {
		return []post{{at: t.opened, zoned: true, text: "The issue was opened"}}
	}
	return []post{{at: t.opened, zoned: true, actor: t.author, text: "opened the issue"}}
}

// comments are those of the issue in the order of time.
func (r *issueReader) comments(i githubIssue, at int) []post {
	var comments []githubComment
	if c := i.Comments; len(c) > 0 && c[0] == '[' {
		r.decode(c, at, &comments)
	} else if len(c) > 0 && c[0] >= '1' && c[0] <= '9' {
		r.uncounted++
	}
	var posts []post
	for _, c := range comments {
		p := post{actor: string(cmp.Or(c.Author.Login, c.User.Login)), text: strings.TrimSpace(lineEnds.Replace(string(c.Body)))}
		p.at, p.zoned = r.time("createdAt", cmp.Or(c.CreatedAt, c.Created), at)
		if p.text != "" {
			posts = append(posts, p)
		}
	}
	inOrder(posts)
	return posts
}

// quoted writes comments as they stand, each below its writer and time.
func quoted(posts []post) string {
	var b strings.Builder
	for _, p := range posts {
		who := cmp.Or(p.actor, "Somebody")
		if !p.at.IsZero() {
			who += " on " + p.at.UTC().Format("2006-01-02 at 15:04 UTC")
		}
		fmt.Fprintf(&b, "**%s:**\n\n%s\n\n", who, quote(p.text))
	}
	return b.String()
}

// quote puts a text into a quotation, so that its headings are none of the report.
func quote(text string) string {
	return "> " + strings.ReplaceAll(strings.ReplaceAll(text, "\n", "\n> "), "\n> \n", "\n>\n")
}

// leftOut notes what is no incident, and what the file does not hold.
func (r *issueReader) leftOut() problem.List {
	var problems problem.List
	note := func(n int, text, hint string) {
		if n > 0 {
			problems = append(problems, problem.Problem{Rule: "left-out", Level: problem.Note, Path: r.path, Text: fmt.Sprintf(text, n), Hint: hint})
		}
	}
	note(r.pulls, "pull requests are no incidents: %d left out", "import an issue that tells of the incident")
	note(r.uncounted, "comments are counted and not held by the file; issues without theirs: %d", "get them with gh issue list --json number,title,body,state,labels,createdAt,closedAt,comments,url,author")
	if r.maintenance > 0 {
		problems = append(problems, maintenanceNote(r.path, r.maintenance))
	}
	return problems
}
