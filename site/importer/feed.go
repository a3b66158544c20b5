package importer

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/importer/page"
	"faultline/site/incident"
	"faultline/site/problem"
)

// Feeds of status pages, Atom or RSS. An entry is an incident, or one of its posts
// where several entries lead to the same page.
//
// They are read with encoding/xml, token by token, and not with a library for feeds:
// those give all entries or none, and a feed that was cut off still holds what stands
// before the cut. Entities that a document defines are not expanded.

// feedHead matches the beginning of a feed.
var feedHead = regexp.MustCompile(`(?s)^\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>\s*)*<(?:rss|feed|(?:\w+:)?RDF)[\s>]`)

func isFeed(src Source) bool { return feedHead.MatchString(head(src)) }

// feedEntry is an item of RSS or an entry of Atom.
type feedEntry struct {
	line        int
	ID          string     `xml:"id"`
	GUID        string     `xml:"guid"`
	Title       feedText   `xml:"title"`
	Links       []feedLink `xml:"link"`
	Published   string     `xml:"published"`
	Updated     string     `xml:"updated"`
	PubDate     string     `xml:"pubDate"`
	Date        string     `xml:"date"`
	Content     feedText   `xml:"content"`
	Encoded     string     `xml:"encoded"`
	Description string     `xml:"description"`
	Summary     feedText   `xml:"summary"`
	Categories  []feedTerm `xml:"category"`
}

type feedLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Text string `xml:",chardata"`
}

type feedTerm struct {
	Term string `xml:"term,attr"`
	Text string `xml:",chardata"`
}

// feedText is text, HTML or, in Atom, elements of XHTML.
type feedText struct {
	Type  string `xml:"type,attr"`
	Text  string `xml:",chardata"`
	Inner string `xml:",innerxml"`
}

// html is the text as HTML.
func (t feedText) html() string {
	if t.Type == "xhtml" {
		return t.Inner
	}
	return t.Text
}

// link is the address of the entry's page.
func (e feedEntry) link() string {
	for _, l := range e.Links {
		if l.Rel == "" || l.Rel == "alternate" {
			if s := strings.TrimSpace(l.Href + l.Text); s != "" {
				return s
			}
		}
	}
	if webAddress(strings.TrimSpace(e.GUID)) {
		return strings.TrimSpace(e.GUID)
	}
	return ""
}

// key is what the source calls the entry.
func (e feedEntry) key() string {
	for _, s := range []string{e.ID, e.GUID, e.link()} {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}

// html is the entry's text. An excerpt that says the same goes; one that says more
// stands in front.
func (e feedEntry) html() string {
	all := ""
	for _, s := range []string{e.Content.html(), e.Encoded, e.Description, e.Summary.html()} {
		if words := strings.TrimRight(plainText(s), " .…[]"); words == "" || strings.Contains(plainText(all), words) {
			continue
		}
		all = strings.TrimSuffix("<div>"+s+"</div>\n"+all, "\n")
	}
	return all
}

// readFeed reads the incidents of a feed.
func readFeed(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	f := feed{path: src.Path, problems: problems}
	f.parse([]byte(whole))
	var accounts []*account
	for _, entries := range f.grouped() {
		if a := f.incident(entries); a != nil {
			accounts = append(accounts, a)
		}
	}
	if f.maintenance > 0 {
		f.problems = append(f.problems, maintenanceNote(src.Path, f.maintenance))
	}
	reports, found := reportsOf(src, accounts)
	return reports, append(f.problems, found...)
}

type feed struct {
	path        string
	title       string
	entries     []feedEntry
	maintenance int
	problems    problem.List
}

// parse reads the title and the entries, up to where the XML is broken.
func (f *feed) parse(data []byte) {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // it is UTF-8 by now
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			if start, ok := token.(xml.StartElement); ok {
				err = f.element(decoder, start)
			}
		}
		if err != nil {
			f.broken(decoder, err)
			return
		}
	}
}

func (f *feed) element(decoder *xml.Decoder, start xml.StartElement) error {
	line, _ := decoder.InputPos()
	switch start.Name.Local {
	case "entry", "item":
		e := feedEntry{line: line}
		if err := decoder.DecodeElement(&e, &start); err != nil {
			return err
		}
		f.entries = append(f.entries, e)
	case "title":
		var t feedText
		if err := decoder.DecodeElement(&t, &start); err != nil {
			return err
		}
		if f.title == "" {
			f.title = plainText(t.html())
		}
	}
	return nil
}

func (f *feed) broken(decoder *xml.Decoder, err error) {
	line, column := decoder.InputPos()
	reason := err.Error()
	if syntax := (*xml.SyntaxError)(nil); errors.As(err, &syntax) {
		line, column, reason = syntax.Line, 0, syntax.Msg
	}
	f.problems = append(f.problems, problem.Problem{Rule: "bad-xml", Path: f.path, Line: line, Column: column,
		Text: "XML cannot be read from here on: " + reason, Hint: "get the feed again; the entries before are imported"})
}

// grouped puts entries together that lead to the same page.
func (f *feed) grouped() [][]feedEntry {
	var groups [][]feedEntry
	index := map[string]int{}
	for _, e := range f.entries {
		address := e.link()
		if u, err := url.Parse(address); err == nil && u.Path != "" && u.Path != "/" {
			u.Fragment = ""
			address = u.String()
		} else {
			address = "" // the front page is that of no incident
		}
		n, again := index[address]
		if address == "" || !again {
			index[address] = len(groups)
			groups = append(groups, []feedEntry{e})
			continue
		}
		groups[n] = append(groups[n], e)
	}
	return groups
}

var (
	statusPrefix = regexp.MustCompile(`^(?i)(?:\[(investigating|identified|monitoring|update|resolved|incident)\]|(resolved|monitoring|investigating|identified)\s*[:–-])\s*`)
	maintained   = regexp.MustCompile(`(?i)^\s*(?:<[^>]*>\s*)*(?:THIS (?:IS|WAS) A SCHEDULED EVENT|SCHEDULED EVENT\b|Type:\s*(?:<[^>]*>\s*)*Maintenance)`)
	maintTitle   = regexp.MustCompile(`(?i)^\s*\[?(?:scheduled )?maintenance\]|^scheduled maintenance\b`)
	maintStatus  = regexp.MustCompile(`(?i)<strong>\s*(?:Scheduled|In progress|Verifying|Completed)\s*</strong>`)
	smallDate    = regexp.MustCompile(`(?is)<small[^>]*>(.*?)</small>`)
	strongStart  = regexp.MustCompile(`(?is)^(?:\s|<br\s*/?>|</?p[^>]*>|</?div[^>]*>)*<(?:strong|b)[^>]*>([^<]{1,40})</(?:strong|b)>\s*(?:[-–—:]|&\w+;)?\s*`)
)

// incident makes one incident of the entries on it, nil where it is maintenance.
func (f *feed) incident(entries []feedEntry) *account {
	first := entries[0]
	title := strings.TrimSpace(plainText(first.Title.html()))
	if planned := slices.ContainsFunc(entries, isMaintenance); planned || maintTitle.MatchString(title) {
		f.maintenance++
		return nil
	}
	a := &account{id: first.key(), title: oneLine(statusPrefix.ReplaceAllString(title, "")), line: first.line}
	if len(entries) > 1 {
		a.id = first.link()
		if u, err := url.Parse(a.id); err == nil {
			u.Fragment = ""
			a.id = u.String()
		}
	}
	var posts []post
	var rest []string
	for _, e := range entries {
		latest := f.latest(e)
		found, other := postsIn(e.html(), e.link(), latest)
		if len(entries) > 1 && len(found) == 0 {
			found, other = []post{{at: latest, zoned: true, status: statusIn(e), text: markdownOf(e.html(), e.link())}}, ""
		}
		posts = append(posts, found...)
		rest = append(rest, other)
	}
	inOrder(posts)
	f.write(a, posts, entries)
	a.affected(rest)
	a.paragraph(strings.TrimSpace(strings.Join(rest, "\n\n")))
	a.section("Timeline", timelineOf(posts, zoneFor(posts)))
	return a
}

var (
	affectedLine = regexp.MustCompile(`(?mi)^\W*(?:Affected components?|This incident affect(?:ed|s)):\W*(.+?)\W*$`)
	inBrackets   = regexp.MustCompile(`\s*\([^()]*\)`)
)

// affected takes the services from the line that names them: "Affected components: A,
// B".
func (a *account) affected(texts []string) {
	var names []string
	for _, m := range affectedLine.FindAllStringSubmatch(strings.Join(texts, "\n"), -1) {
		line := inBrackets.ReplaceAllString(m[1], "")
		names = append(names, strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ';' })...)
	}
	a.texts("services", names)
}

func isMaintenance(e feedEntry) bool {
	html := e.html()
	return maintained.MatchString(html) || maintStatus.MatchString(html) && !strings.Contains(html, ">Investigating<") && !strings.Contains(html, ">Identified<")
}

// statusIn is the status that the title of a post begins with.
func statusIn(e feedEntry) string {
	m := statusPrefix.FindStringSubmatch(strings.TrimSpace(plainText(e.Title.html())))
	if m == nil {
		return ""
	}
	return humanStatus(strings.ToLower(m[1] + m[2]))
}

// zoneFor is the zone of the posts, nil where it is not known.
func zoneFor(posts []post) *time.Location {
	var times []time.Time
	for _, p := range posts {
		if !p.zoned {
			return nil
		}
		times = append(times, p.at)
	}
	zone, _ := zoneOfTimes(times, "")
	return zone
}

// write sets what the feed states of the incident.
func (f *feed) write(a *account, posts []post, entries []feedEntry) {
	first := entries[len(entries)-1]
	a.text("title", a.title)
	organization := organizationOf(f.title)
	a.text("organization", organization)
	var words []string
	for _, c := range first.Categories {
		words = append(words, c.Term+c.Text)
	}
	a.texts("tags", words)
	published, known := f.stamp(first, first.Published, first.PubDate, first.Date)
	if len(posts) > 0 {
		f.times(a, posts)
	} else if known {
		a.day = published
	}
	day := ""
	if known {
		day = published.Format(time.DateOnly)
	}
	a.source(first.link(), organization, day)
}

// times sets day, zone and clocks of the posts.
func (f *feed) times(a *account, posts []post) {
	zone := zoneFor(posts)
	if zone == nil {
		f.problems = append(f.problems, problem.Problem{Rule: "unknown-timezone", Level: problem.Warning, Path: f.path, Line: a.line,
			Text: fmt.Sprintf("zone of the times of %q is not known", a.title), Hint: "write timezone: into the imported file"})
		a.day = posts[0].at
		a.set("timezone", frontmatter.Text("unknown"))
		a.set("date", frontmatter.Time(a.day.Format(time.DateOnly)))
		return
	}
	times := []time.Time{posts[0].at, posts[len(posts)-1].at}
	_, name := zoneOfTimes(times, "")
	a.day = posts[0].at.In(zone)
	a.set("timezone", frontmatter.Text(name))
	a.set("date", frontmatter.Time(a.day.Format(time.DateOnly)))
	if at, ok := healed(posts); ok {
		a.set("mitigated", roughly(at, zone))
	}
	at, ok := ended(posts)
	a.clock("resolved", at, zone, ok)
}

var pageWords = regexp.MustCompile(`(?i)\s*(?:[-–—|:]\s*)?(?:(?:service |system |platform )?status(?: page)?|incidents?|history|incident history|status history|feed|updates)\s*$`)

// organizationOf takes the words for a status page off a feed's title: "Example Status
// - Incident History".
func organizationOf(title string) string {
	for range 4 { // "Status Page - Incident History"
		title = strings.TrimSpace(pageWords.ReplaceAllString(title, ""))
	}
	return title
}

// latest is the last that the entry tells of a time, zero where it tells nothing.
func (f *feed) latest(e feedEntry) time.Time {
	var last time.Time
	for _, s := range []string{e.Published, e.Updated, e.PubDate, e.Date} {
		if at, ok := feedTime(s); ok && at.After(last) {
			last = at
		}
	}
	return last
}

// stamp is the first of the times that is written. One that cannot be is a problem.
func (f *feed) stamp(e feedEntry, written ...string) (time.Time, bool) {
	for _, s := range written {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		at, ok := feedTime(s)
		if !ok {
			f.problems = append(f.problems, problem.Problem{Rule: "bad-time", Level: problem.Warning, Path: f.path, Line: e.line,
				Text: fmt.Sprintf("%q is no time", s), Hint: "write date: into the imported file"})
			continue
		}
		return at, true
	}
	return time.Time{}, false
}

// feedTime reads a time of Atom or RSS.
func feedTime(s string) (time.Time, bool) {
	s = strings.TrimSpace(s)
	if t, err := incident.ParseTime(s, time.UTC); err == nil {
		return t.From, t.Clock()
	}
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if zone, ok := pageZone(s[i+1:]); ok {
			s = s[:i+1] + time.Unix(0, 0).In(zone).Format("-0700")
		}
	}
	at, err := mail.ParseDate(s)
	return at, err == nil
}

// postsIn reads the posts of an entry: pieces of HTML with a date in <small> before or
// behind them. What stands before the first date, or is in no post, is returned as
// Markdown.
func postsIn(html, base string, latest time.Time) (posts []post, rest string) {
	marks := smallDate.FindAllStringSubmatchIndex(html, -1)
	marks = slices.DeleteFunc(marks, func(m []int) bool {
		_, _, ok := whenPosted(plainText(html[m[2]:m[3]]), latest)
		return !ok
	})
	if len(marks) == 0 {
		return nil, markdownOf(html, base)
	}
	before := strings.TrimSpace(plainText(html[:marks[0][0]])) == "" || !strongStart.MatchString(html[:marks[0][0]])
	for n, m := range marks {
		from, to := m[1], len(html)
		if n+1 < len(marks) {
			to = marks[n+1][0]
		}
		if !before {
			from, to = 0, m[0]
			if n > 0 {
				from = marks[n-1][1]
			}
		}
		posts = append(posts, postOf(html[from:to], base, plainText(html[m[2]:m[3]]), latest))
	}
	if before {
		return posts, markdownOf(html[:marks[0][0]], base)
	}
	return posts, markdownOf(html[marks[len(marks)-1][1]:], base)
}

func postOf(html, base, date string, latest time.Time) post {
	p := post{}
	p.at, p.zoned, _ = whenPosted(date, latest)
	if m := strongStart.FindStringSubmatchIndex(html); m != nil {
		p.status = humanStatus(plainText(html[m[2]:m[3]]))
		html = html[m[1]:]
	}
	p.text = markdownOf(html, base)
	return p
}

// markdownOf makes Markdown of a piece of HTML. Links are relative to the page at base.
func markdownOf(html, base string) string { return strings.TrimSpace(page.Fragment(html, base)) }
