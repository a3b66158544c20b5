package record

import (
	"fmt"
	"regexp"
	"slices"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

// Field is one key of the front matter. Required says that a warning tells when
// neither the front matter nor the text gives it.
type Field struct {
	Key      string
	Type     string // as content/FORMAT.md writes it: "list of text"
	Required bool
	Example  string // the value as written after the key
	Meaning  string // one sentence without a full stop
}

// Fields returns every key of the front matter in the order of content/FORMAT.md.
func Fields() []Field {
	list := make([]Field, len(fields))
	for i, f := range fields {
		list[i] = f.Field
	}
	return list
}

// field is a key with the function that reads its value, which is never null.
type field struct {
	Field
	read func(r *reader, n *yaml.Node)
}

// fields is the one table of the front matter. The time zone is read first, since
// every time builds on it; apart from that, a field stands below those that it
// builds on.
var fields = []field{
	{Field{"id", "id", false, "checkout-outage", "Stable name of the incident in URLs and links; the file's path where it is absent"}, (*reader).id},
	{Field{"aliases", "list of paths", false, "[old-name]", "Former ids and addresses, which lead to the incident"}, (*reader).aliases},
	{Field{"title", "text", true, "Checkout failed for all customers", "What happened, in one line"},
		(*reader).givenTitle},
	{Field{"summary", "text", false, "The checkout returned errors for 36 minutes.", "What happened, in a few sentences for people who were not there"},
		(*reader).summary},
	{Field{"status", "draft or published", false, "published", "Whether the incident is part of the published library"}, (*reader).status},
	{Field{"audience", "text", false, "internal", "Who may read the incident, one of the library's audiences"}, (*reader).audience},
	{Field{"language", "language tag", false, "de", "What language the report is written in; from the text where it is absent and clear"}, (*reader).language},
	{Field{"organization", "text", false, "Example Shop", "Whose incident it was"},
		optional(func(i *incident.Incident) **string { return &i.Organization })},
	{Field{"services", "list of text", false, "[Checkout, API]", "What was affected, by the names its users know"},
		list(func(i *incident.Incident) *[]string { return &i.Services })},
	{Field{"technologies", "list of text", false, "[PostgreSQL, Kubernetes]", "The software, hardware and suppliers that played a part"},
		list(func(i *incident.Incident) *[]string { return &i.Technologies })},
	{Field{"teams", "list of text", false, "[Payments]", "Who responded or owned what failed"},
		list(func(i *incident.Incident) *[]string { return &i.Teams })},
	{Field{"severity", "text", false, "sev1", "How serious it was, one of the library's severities"}, (*reader).severity},
	{Field{"tags", "list of text", false, "[black-friday]", "Free words, outside the vocabulary"},
		list(func(i *incident.Incident) *[]string { return &i.Labels })},
	{Field{"timezone", "time zone", false, "Europe/London", "Zone of the times written without one; unknown where the source does not say"}, (*reader).timezone},
	{Field{"date", "time", true, "2017-10-10", "Day of the incident where no clock is known"}, (*reader).date},
	{Field{"started", "time", false, "2017-10-10T15:09+01:00", "When it began to harm"},
		clock(func(i *incident.Incident) *incident.Time { return &i.Started })},
	{Field{"detected", "time", false, "2017-10-10T15:12+01:00", "When somebody or something noticed"},
		clock(func(i *incident.Incident) *incident.Time { return &i.Detected })},
	{Field{"mitigated", "time", false, "~2017-10-10T16:40+01:00", "When the harm was over for most"},
		clock(func(i *incident.Incident) *incident.Time { return &i.Mitigated })},
	{Field{"resolved", "time", false, "2017-10-10T16:59+01:00", "When everything was as before"},
		clock(func(i *incident.Incident) *incident.Time { return &i.Resolved })},
	{Field{"duration", "duration", false, "1h50m", "How long it lasted, where the clocks do not say or the source states it"}, (*reader).duration},
	{Field{"trigger", "list of terms", false, "[deploy]", "What changed or happened just before"}, terms(incident.Trigger)},
	{Field{"causes", "list of terms", false, "[{id: logic-bug, confidence: likely}]", "The mechanisms that failed, the primary one first"}, terms(incident.Cause)},
	{Field{"factors", "list of terms", false, "[{id: no-alert, effect: prolonged}]", "What made it possible, worse or longer"}, terms(incident.Factor)},
	{Field{"detection", "list of terms", false, "[customer-report]", "How it was noticed"}, terms(incident.Detection)},
	{Field{"detection_gap", "term", false, "no-monitor", "Why it was not noticed sooner"}, (*reader).detectionGap},
	{Field{"mitigation", "list of terms", false, "[{id: rollback, effective: yes}]", "What was done to restore service, in order"}, terms(incident.Mitigation)},
	{Field{"impact", "list of terms", false, "[outage-partial]", "What people lost"}, terms(incident.Impact)},
	{Field{"symptoms", "list of text", false, "[Every request returned an error]", "What was seen, in the words of those who saw it"},
		notes(func(i *incident.Incident) *[]incident.Note { return &i.Symptoms })},
	{Field{"wrong_turns", "list of wrong turns", false, "[{text: The full disk was suspected, cost: 40m}]",
		"What was believed or tried and turned out wrong; cost is how long it held up the response, as far as the report says"}, (*reader).wrongTurns},
	{Field{"lessons", "list of lessons", false, "[{text: The alert reached the right team, kind: well}]", "What was learned; kind is well, wrong or lucky"}, (*reader).lessons},
	{Field{"timeline", "list of rows", false, `[{at: "15:09", text: The primary failed, actor: Pacemaker}]`,
		"What happened when; at is a time, a clock on the incident's day, or an offset such as +16m"}, (*reader).timeline},
	{Field{"actions", "list of actions", false, "[{id: A1, text: Test the failover monthly, owner: Core, status: open, due: 2017-12-01}]",
		"What was promised, with kind, owner, status, due and link where they are known"}, (*reader).actions},
	{Field{"related", "relations", false, "{repeat_of: [checkout-2016], see_also: [api-2017]}",
		"Other incidents by id: repeat_of, caused_by, see_also, and not_same_as with the reason under because"}, (*reader).related},
	{Field{"would_have_prevented", "list of action ids", false, "[checkout-2016#A1]", "The actions of earlier reports that would have prevented the incident, by id"}, (*reader).prevented},
	{Field{"not", "list of text", false, "[overload]", "Suggested terms that the author rejected"},
		list(func(i *incident.Incident) *[]string { return &i.Not })},
	{Field{"source", "source", false, "{url: https://example.com/report, publisher: Example Shop}",
		"Where the report was published: url, publisher, published (the day), licence and archived"}, (*reader).source},
	{Field{"imported", "import", false, "{source: report.html, sha256: 9f86d0, fields: [started]}",
		"What a machine read from a source and no person has edited: source, sha256 and fields"}, (*reader).imported},
}

// fieldIndex finds a field by its key.
var fieldIndex = func() map[string]int {
	index := make(map[string]int, len(fields))
	for i, f := range fields {
		index[f.Key] = i
	}
	return index
}()

// optional reads text that may be unknown.
func optional(at func(*incident.Incident) **string) func(*reader, *yaml.Node) {
	return func(r *reader, n *yaml.Node) { *at(r.incident) = r.optional(n) }
}

// list reads a list of text, each text once.
func list(at func(*incident.Incident) *[]string) func(*reader, *yaml.Node) {
	return func(r *reader, n *yaml.Node) {
		values := at(r.incident)
		for _, s := range r.list(n) {
			if !slices.Contains(*values, s) {
				*values = append(*values, s)
			}
		}
	}
}

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$`)

// language reads a tag that a page can give to browsers and screen readers.
func (r *reader) language(n *yaml.Node) {
	s := r.optional(n)
	if s == nil {
		return
	}
	if !languageTag.MatchString(*s) {
		r.report(problem.Warning, n, "unknown-language", fmt.Sprintf("%q is not the tag of a language", *s), "write a tag such as en, de or pt-BR")
		return
	}
	r.incident.Language = s
}

func clock(at func(*incident.Incident) *incident.Time) func(*reader, *yaml.Node) {
	return func(r *reader, n *yaml.Node) { *at(r.incident) = r.clock(n) }
}

func terms(d incident.Dimension) func(*reader, *yaml.Node) {
	return func(r *reader, n *yaml.Node) { r.terms(d, n) }
}

func notes(at func(*incident.Incident) *[]incident.Note) func(*reader, *yaml.Node) {
	return func(r *reader, n *yaml.Node) {
		for _, item := range items(n) {
			if s, ok := r.sentence(item); ok {
				*at(r.incident) = append(*at(r.incident), r.note(item, s))
			}
		}
	}
}
