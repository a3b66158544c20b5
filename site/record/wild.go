package record

import (
	"regexp"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/yaml"
)

// Front matter written for other tools is understood as it is. Where a file has
// both our key and another tool's, ours counts.

// spellings are other tools' keys for our fields. Where the value may not fit, fits
// decides.
var spellings = map[string]struct {
	key  string
	fits func(*yaml.Node) bool
}{
	"start_time":   {key: "started"}, // postmortems.app
	"end_time":     {key: "resolved"},
	"company":      {key: "organization"},
	"product":      {key: "services"},
	"uuid":         {key: "id"},
	"resolvedWhen": {key: "resolved"}, // cState
	"affected":     {key: "services"},
	"lang":         {key: "language", fits: (*yaml.Node).Scalar},
	"description":  {key: "summary", fits: (*yaml.Node).Scalar}, // Hugo, Jekyll, MkDocs
	"subtitle":     {key: "summary", fits: (*yaml.Node).Scalar},
	"team":         {key: "teams"},

	"started_at": {key: "started"}, // trackers and status pages
	"start":      {key: "started"},
	"start_date": {key: "started"},

	"detected_at": {key: "detected"}, "mitigated_at": {key: "mitigated"},
	"resolved_at": {key: "resolved"}, "ended_at": {key: "resolved"}, "end": {key: "resolved"}, "end_date": {key: "resolved"},

	"components": {key: "services", fits: names}, "affected_services": {key: "services", fits: names},
	"affected_components": {key: "services", fits: names}, "service": {key: "services", fits: names}, "systems": {key: "services", fits: names},
	"technology": {key: "technologies", fits: names},
	"sev":        {key: "severity", fits: (*yaml.Node).Scalar}, "priority": {key: "severity", fits: (*yaml.Node).Scalar},
	"tldr": {key: "summary", fits: (*yaml.Node).Scalar}, "abstract": {key: "summary", fits: (*yaml.Node).Scalar},
	"org": {key: "organization", fits: (*yaml.Node).Scalar},
}

// names reports whether a value is text or a list of text.
func names(n *yaml.Node) bool {
	return n.Scalar() || n.Kind == yaml.List && !slices.ContainsFunc(n.Items, func(item *yaml.Node) bool { return !item.Scalar() })
}

// states are what other tools' status says: how far the incident is, not whether its
// report is published.
var states = strings.Fields("open investigating identified monitoring mitigated resolved closed completed complete done final postmortem reviewed approved")

// impacts are the words of status pages for how serious an incident is.
var impacts = []string{"none", "minor", "major", "critical", "maintenance"}

// nests are the keys under which Zola and Hugo keep the keys that are none of theirs.
var nests = []string{"extra", "params"}

// postKeys are keys that only blog posts have. A post's date is when it was written.
var postKeys = strings.Fields("layout permalink slug path draft author authors description excerpt lastmod taxonomies categories template")

// labels are other tools' keys for free words. They are added up.
var labels = []string{"categories", "keywords"}

// foreign are other tools' keys that say nothing of the incident. They are kept
// without a warning.
var foreign = func() map[string]bool {
	set := map[string]bool{}
	for _, key := range strings.Fields(`
		section informational pin resolved status impact
		source_fetched_at
		author authors layout permalink slug path weight menu type template toc lastmod updated expiryDate publishDate
		published draft category series image images cover thumbnail featured comments excerpt meta links
		extra params hide hero taxonomies sidebar_position sidebar_label sidebar nav_order parent has_children nav_exclude redirect_from
		owner_slack last_reviewed_on review_in team_url`) {
		set[key] = true
	}
	return set
}()

// translate sorts the entries of the front matter into the fields, other tools'
// spellings included, and returns those that have no field.
func (r *reader) translate(root *yaml.Node, found []*yaml.Node) []yaml.Entry {
	var rest []yaml.Entry
	for _, e := range root.Entries {
		if i, ok := fieldIndex[e.Key]; ok && !r.theirs(e) {
			found[i] = e.Value
		} else {
			rest = append(rest, e)
		}
	}
	left := r.borrow(root, found, rest)
	r.post(root, found)
	return left
}

// post notes that the date of a blog post is the day of its publication, unless the
// post says more about the incident's time.
func (r *reader) post(root *yaml.Node, found []*yaml.Node) {
	if found[fieldIndex["started"]] == nil {
		r.isPost = slices.ContainsFunc(postKeys, func(key string) bool { return root.Get(key) != nil })
	}
}

// theirs reports whether an entry means something else to another tool than the field
// of its name: cState's "resolved: true", and the words of status pages.
func (r *reader) theirs(e yaml.Entry) bool {
	word := strings.ToLower(e.Value.Text)
	switch e.Key {
	case "resolved":
		return e.Value.Kind == yaml.Bool
	case "status":
		return slices.Contains(states, word)
	case "impact":
		return slices.Contains(impacts, word) && (r.opt.Vocabulary == nil || !r.opt.Vocabulary.Legal(incident.Impact, word))
	}
	return false
}

// borrow takes other tools' keys out of rest where our own key is absent.
func (r *reader) borrow(root *yaml.Node, found []*yaml.Node, rest []yaml.Entry) []yaml.Entry {
	var left []yaml.Entry
	for _, e := range rest {
		if !r.borrowed(e, found) {
			left = append(left, e)
		}
		if slices.Contains(nests, e.Key) && e.Value.Kind == yaml.Mapping {
			r.borrow(root, found, e.Value.Entries)
		}
	}
	// cState's date is when the trouble began.
	date, started := fieldIndex["date"], fieldIndex["started"]
	if root.Get("resolvedWhen") != nil && found[started] == nil {
		found[started], found[date] = found[date], nil
	}
	if root.Get("start_time") != nil || root.Get("end_time") != nil {
		wholeDays(found)
	}
	return left
}

// wholeDays makes days of the clocks where the first stands at midnight sharp: tools
// that have no form for a day write it so.
func wholeDays(found []*yaml.Node) {
	started, resolved := fieldIndex["started"], fieldIndex["resolved"]
	if found[started] != nil && !atMidnight(found[started], "00:00:00") {
		return
	}
	for _, i := range []int{started, resolved} {
		if n := found[i]; n != nil && (atMidnight(n, "00:00:00") || atMidnight(n, "23:59:59")) {
			day := *n
			day.Text = n.Text[:len("2006-01-02")]
			found[i] = &day
		}
	}
}

// atMidnight reports whether the value is a time in UTC, or in no zone, at the clock.
func atMidnight(n *yaml.Node, clock string) bool {
	const day = "2006-01-02T"
	return n.Scalar() && len(n.Text) >= len(day) && strings.TrimRight(n.Text[len(day):], "Z.0") == strings.TrimRight(clock, "0")
}

// borrowed gives the entry to one of our fields. It is false for one that no field
// takes.
func (r *reader) borrowed(e yaml.Entry, found []*yaml.Node) bool {
	if i := fieldIndex["severity"]; e.Key == "impact" && found[i] == nil && r.theirs(e) {
		found[i] = e.Value
		return true
	}
	if s, ok := spellings[e.Key]; ok {
		i := fieldIndex[s.key]
		if found[i] != nil || s.fits != nil && !s.fits(e.Value) {
			return false
		}
		found[i] = e.Value
		if e.Key == "product" {
			found[i] = split(e.Value)
		}
		return true
	}
	for _, key := range labels {
		if e.Key == key {
			i := fieldIndex["tags"]
			found[i] = joined(found[i], e.Value)
			return true
		}
	}
	return r.sourceOf(e, found) || draftOf(e, found) || r.noticeOf(e, found)
}

// split makes a list of names that are written in one text: "EC2, EBS, and RDS".
// Commas in brackets stand inside a name.
func split(n *yaml.Node) *yaml.Node {
	if n.Kind != yaml.Text || !strings.Contains(n.Text, ", ") {
		return n
	}
	all := &yaml.Node{Kind: yaml.List, Line: n.Line, Column: n.Column}
	depth := 0
	for _, name := range strings.FieldsFunc(n.Text, func(c rune) bool {
		depth += strings.Count("([", string(c)) - strings.Count(")]", string(c))
		return c == ',' && depth <= 0
	}) {
		name = strings.TrimPrefix(strings.TrimSpace(name), "and ")
		all.Items = append(all.Items, &yaml.Node{Kind: yaml.Text, Text: name, Line: n.Line, Column: n.Column})
	}
	return all
}

// noticeOf labels a notice that cState shows without calling it an incident.
func (r *reader) noticeOf(e yaml.Entry, found []*yaml.Node) bool {
	if e.Key != "informational" || !strings.EqualFold(e.Value.Text, "true") {
		return false
	}
	i := fieldIndex["tags"]
	found[i] = joined(found[i], &yaml.Node{Kind: yaml.Text, Text: e.Key, Line: e.Line, Column: e.Column})
	return true
}

// joined is the list of the entries of both.
func joined(a, b *yaml.Node) *yaml.Node {
	if a == nil {
		return b
	}
	return &yaml.Node{Kind: yaml.List, Line: a.Line, Column: a.Column, Items: append(items(a)[:len(items(a)):len(items(a))], items(b)...)}
}

// sourceKeys are other tools' keys for the parts of the source.
var sourceKeys = map[string]string{
	"url": "url", "archive_url": "archived", "source_published_at": "published", "publishDate": "published", "path": "published",
}

// datedPath matches the path of a post that names its day.
var datedPath = regexp.MustCompile(`(?:^|/)(\d{4})[/-](\d\d)[/-](\d\d)(?:[/-]|$)`)

// sourceOf reads where and when a report was published from keys beside each other.
func (r *reader) sourceOf(e yaml.Entry, found []*yaml.Node) bool {
	key, ok := sourceKeys[e.Key]
	if !ok {
		return false
	}
	if e.Key == "path" {
		day := pathDay(e.Value.Text)
		if !day.Known() {
			return false
		}
		e.Value = &yaml.Node{Kind: yaml.Text, Text: day.String(), Line: e.Value.Line, Column: e.Value.Column}
	}
	i := fieldIndex["source"]
	if found[i] == nil {
		found[i] = &yaml.Node{Kind: yaml.Mapping, Line: e.Line, Column: e.Column}
	} else if found[i].Kind != yaml.Mapping || found[i].Get(key) != nil {
		return false
	}
	source := *found[i]
	source.Entries = append(source.Entries[:len(source.Entries):len(source.Entries)],
		yaml.Entry{Key: key, Line: e.Line, Column: e.Column, Value: e.Value})
	found[i] = &source
	return true
}

// draftOf reads "draft: true" and "published: false". The opposites say nothing.
func draftOf(e yaml.Entry, found []*yaml.Node) bool {
	i := fieldIndex["status"]
	if e.Key != "draft" && e.Key != "published" || e.Value.Kind != yaml.Bool || found[i] != nil {
		return false
	}
	if strings.EqualFold(e.Value.Text, "true") == (e.Key == "draft") {
		found[i] = &yaml.Node{Kind: yaml.Text, Text: "draft", Line: e.Value.Line, Column: e.Value.Column}
	}
	return true
}
