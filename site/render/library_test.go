package render

import (
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// vocabulary is a small one: two terms of each dimension, one of them unused.
func vocabulary() *incident.Vocabulary {
	v := &incident.Vocabulary{}
	for _, t := range []struct {
		d           incident.Dimension
		id, label   string
		definition  string
		unused      string
		unusedLabel string
	}{
		{incident.Trigger, "hardware-fault", "Hardware fault", "A device failed", "load-test", "Load test"},
		{incident.Cause, "failed-failover", "Failed failover", "The standby did not take over", "overload", "Overload"},
		{incident.Factor, "knowledge-silo", "Knowledge silo", "Few people knew the system", "no-alert", "No alert"},
		{incident.Detection, "symptom-alert", "Symptom alert", "An alert on what people feel", "chance", "Chance"},
		{incident.Mitigation, "failover", "Failover", "Moved to the standby", "rollback", "Rollback"},
		{incident.Impact, "outage-full", "Full outage", "Nothing worked", "slow", "Slow"},
	} {
		v.Set(incident.Term{Dimension: t.d, ID: t.id, Label: t.label, Definition: t.definition})
		v.Set(incident.Term{Dimension: t.d, ID: t.unused, Label: t.unusedLabel, Definition: "Not seen"})
	}
	v.Set(incident.Term{Dimension: incident.Gap, ID: "no-monitor", Label: "No monitor"})
	return v
}

func at(t *testing.T, s string) incident.Time {
	t.Helper()
	if s == "" {
		return incident.Time{}
	}
	at, err := incident.ParseTime(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func ptr(s string) *string { return &s }

func by(id string, change ...func(*incident.Tag)) incident.Tag {
	t := incident.Tag{ID: id, Provenance: incident.Author}
	for _, c := range change {
		c(&t)
	}
	return t
}

// suggested is what the text suggests.
func suggested(id string, share float64, evidence ...incident.Evidence) incident.Tag {
	return incident.Tag{ID: id, Provenance: incident.Suggested, Share: share, Evidence: evidence}
}

// write gives the incident a body, and the sections and links that it has.
func write(inc *incident.Incident, kinds map[string]incident.SectionKind, body string) {
	inc.Body, inc.BodyLine = body, 10
	doc := markdown.Parse([]byte(body), inc.BodyLine)
	section := incident.Section{Kind: incident.OtherSection, Line: inc.BodyLine}
	for _, b := range doc.Blocks() {
		if b.Kind == markdown.Heading {
			if section.Level > 0 || len(section.Passages) > 0 {
				inc.Sections = append(inc.Sections, section)
			}
			section = incident.Section{Kind: kinds[b.Anchor], Heading: b.Text, Level: b.Level, Anchor: b.Anchor, Line: b.Line}
			continue
		}
		section.Passages = append(section.Passages, passages(b)...)
	}
	inc.Sections = append(inc.Sections, section)
	inc.Links = doc.Links(true)
}

func passages(b markdown.Block) []incident.Passage {
	if len(b.Children) == 0 {
		return []incident.Passage{{Text: b.Text, Line: b.Line, Code: b.Kind == markdown.Code}}
	}
	var all []incident.Passage
	for _, c := range b.Children {
		all = append(all, passages(c)...)
	}
	return all
}

// postgres is an incident with everything.
func postgres(t *testing.T) *incident.Incident {
	inc := &incident.Incident{
		Path: "incidents/postgres.md", ID: "postgres", URL: "incidents/postgres/", Aliases: []string{"old-id", "/blog/2017/outage.html"},
		Title: "The replica was not promoted", Summary: ptr("Three disks failed at once."), Status: incident.Published,
		Organization: ptr("GoCardless"), Services: []string{"API", "Dashboard"}, Technologies: []string{"Postgres"},
		Teams: []string{"Core"}, Severity: ptr("sev1"), Labels: []string{"database"},
		Date: at(t, "2017-10-10"), Started: at(t, "2017-10-10T15:09+01:00"), Detected: at(t, "2017-10-10T15:11+01:00"),
		Mitigated: at(t, "~2017-10-10T16:46+01:00"), Resolved: at(t, "2017-10-10T16:59+01:00"),
		DetectionGap: ptr("no-monitor"),
		Symptoms:     []incident.Note{{Text: "Every request failed", Basis: incident.FrontMatter}},
		WrongTurns:   []incident.WrongTurn{{Note: incident.Note{Text: "The invalid WAL file", Anchor: "a-red-herring", Basis: incident.Explicit}}},
		Lessons: []incident.Lesson{
			{Note: incident.Note{Text: "Automation erodes knowledge", Basis: incident.FrontMatter}, Kind: "wrong"},
			{Note: incident.Note{Text: "Told in the report", Basis: incident.Explicit}},
		},
		Actions: []incident.Action{
			{ID: "a1", Text: "Inject faults", Kind: ptr("prevent"), Status: ptr("open"), Owner: ptr("Core"), Due: at(t, "2018-01-01"), Link: ptr("https://example.org/1"), Basis: incident.FrontMatter},
			{ID: "a2", Text: "Write a runbook", Basis: incident.FrontMatter},
		},
		Related: incident.Related{SeeAlso: []string{"mail"}, NotSameAs: []incident.Different{{ID: "cache", Because: "another database"}}},
		Source:  incident.Source{URL: ptr("https://example.org/report"), Publisher: ptr("GoCardless"), Archived: ptr("https://example.org/archive"), Licence: ptr("CC BY 4.0")},
	}
	inc.Duration = incident.Between(inc.Started, inc.Resolved)
	inc.Terms[incident.Trigger] = []incident.Tag{by("hardware-fault")}
	inc.Terms[incident.Cause] = []incident.Tag{by("failed-failover"), suggested("made-up", 0.834, incident.Evidence{Text: "The WAL file\nwas", Line: 25, Anchor: "a-red-herring"}, incident.Evidence{Text: "The <replica>", Line: 2}, incident.Evidence{Text: "Three disks failed", Line: 3, Anchor: "fl:summary"})}
	inc.Terms[incident.Factor] = []incident.Tag{by("knowledge-silo", func(t *incident.Tag) { t.Effect, t.Confidence = ptr("prolonged"), ptr("likely") })}
	inc.Terms[incident.Detection] = []incident.Tag{by("symptom-alert")}
	inc.Terms[incident.Mitigation] = []incident.Tag{by("failover", func(t *incident.Tag) { t.Effective = ptr("partly") })}
	inc.Terms[incident.Impact] = []incident.Tag{by("outage-full")}
	inc.Timeline = rows(t, inc, "2017-10-10T15:09+01:00 Disks fail", "2017-10-10T15:11+01:00 An alert", "2017-10-10T16:46+01:00 Promoted by hand", "2017-10-11T09:00+01:00 A review")
	write(inc, map[string]incident.SectionKind{"summary": incident.SummarySection, "timeline": incident.TimelineSection}, `# The replica was not promoted

## Summary

Three disks failed at once.

## Timeline

- 15:09 Disks fail
- 15:11 An alert
- 16:46 Promoted by hand
- 2017-10-11 09:00 A review

#### A red herring

The WAL file, like [the mail outage](mail.md#queue), was [not it](#summary). See ![the cluster](cluster.png).
`)
	return inc
}

func rows(t *testing.T, inc *incident.Incident, lines ...string) []incident.Row {
	var out []incident.Row
	for _, line := range lines {
		when, text := line[:22], line[23:]
		out = append(out, incident.Row{At: at(t, when), Text: text, Anchor: "timeline", Basis: incident.Explicit})
	}
	return out
}

// mail shares much with postgres and knows only when it began and that it ended.
func mail(t *testing.T) *incident.Incident {
	inc := &incident.Incident{
		Path: "incidents/mail.md", ID: "mail", URL: "incidents/mail/", Title: "Mail was delayed", Status: incident.Published,
		Organization: ptr("GoCardless"), Services: []string{"api"}, Technologies: []string{"Postgres"},
		Date: at(t, "2018-05-01"), Started: at(t, "2018-05-01T10:00"), Resolved: at(t, "2018-05-01T11:30..2018-05-01T12:00"),
		Actions: []incident.Action{
			{ID: "a1", Text: "Watch the queue", Status: ptr("done"), Line: 17, Basis: incident.Explicit},
			{ID: "a2", Text: "Drain it sooner", Status: ptr("done"), Line: 18, Basis: incident.Explicit},
		},
		Related: incident.Related{CausedBy: []string{"old-id"}},
	}
	inc.Duration = incident.Between(inc.Started, inc.Resolved)
	inc.Terms[incident.Trigger] = []incident.Tag{by("hardware-fault")}
	inc.Terms[incident.Cause] = []incident.Tag{by("failed-failover")}
	write(inc, map[string]incident.SectionKind{"actions": incident.ActionSection}, "# Queue\n\nIt was full.\n\n## Actions\n\n\n- Watch the queue\n- Drain it sooner\n")
	return inc
}

// cache knows nothing but its title.
func cache() *incident.Incident {
	inc := &incident.Incident{Path: "cache.md", ID: "cache", URL: "incidents/cache/", Title: "The cache was cold", Status: incident.Draft}
	write(inc, nil, "It was cold.\n")
	return inc
}

// queue looks like postgres.
func queue(t *testing.T) *incident.Incident {
	inc := &incident.Incident{
		Path: "queue.md", ID: "待ち行列", URL: "incidents/待ち行列/", Title: "The queue's standby stayed down", Status: incident.Published,
		Technologies: []string{"postgres"}, Date: at(t, "2016-03"), Mitigated: at(t, "2016-03-02T10:00Z"),
		Duration: incident.Duration{Least: incident.Span(3 * time.Hour), Most: incident.Span(3 * time.Hour), Basis: incident.Stated},
	}
	inc.Terms[incident.Cause] = []incident.Tag{by("failed-failover")}
	inc.Terms[incident.Factor] = []incident.Tag{by("knowledge-silo")}
	inc.Terms[incident.Mitigation] = []incident.Tag{by("failover", func(t *incident.Tag) { t.Effective = ptr("no") })}
	write(inc, nil, "Nobody knew how to start it.\n")
	return inc
}

const hostile = `"><script>alert(1)</script><b style="x" onclick=y>'&`

// evil tries to break out of everything that a page shows of an incident.
func evil(t *testing.T) *incident.Incident {
	inc := &incident.Incident{
		Path: "evil.md", ID: "evil", URL: "incidents/evil/", Title: hostile, Summary: ptr(hostile), Status: incident.Published,
		Organization: ptr(hostile), Services: []string{hostile}, Technologies: []string{hostile}, Teams: []string{hostile},
		Severity: ptr(hostile), Labels: []string{hostile}, Date: at(t, "2015"), DetectionGap: ptr(hostile),
		Symptoms:   []incident.Note{{Text: hostile, Basis: incident.FrontMatter}},
		WrongTurns: []incident.WrongTurn{{Note: incident.Note{Text: hostile}}},
		Lessons:    []incident.Lesson{{Note: incident.Note{Text: hostile, Basis: incident.FrontMatter}, Kind: hostile}},
		Timeline:   []incident.Row{{Label: hostile, Text: hostile, Actor: ptr(hostile), Basis: incident.FrontMatter}},
		Actions:    []incident.Action{{Text: hostile, Owner: ptr(hostile), Kind: ptr(hostile), Link: ptr("javascript:alert(1)"), Basis: incident.FrontMatter}},
		Source:     incident.Source{URL: ptr("javascript:alert(1)"), Publisher: ptr(hostile), Archived: ptr("data:text/html,x"), Licence: ptr(hostile)},
		Aliases:    []string{"../../escape", "a\\b", "/search/client.js", "con:x", "", ".hidden", "index.html", "incidents/mail", "x.html/y"},
	}
	for _, d := range incident.Dimensions {
		inc.Terms[d] = []incident.Tag{by(hostile)}
	}
	write(inc, nil, "# "+hostile+"\n\n"+hostile+"\n\n[x](javascript:alert(1))\n\n## Main\n\n## FL: Timeline\n")
	return inc
}

// library holds all of them, oldest first and the undated one before.
func library(t *testing.T) *incident.Library {
	lib := &incident.Library{
		Config:     incident.Config{Title: "Test library", BaseURL: "https://example.org/sub/", Severities: []string{"sev1"}},
		Vocabulary: vocabulary(),
		Incidents:  []*incident.Incident{cache(), evil(t), queue(t), postgres(t), mail(t)},
		Assets:     []*incident.Asset{{Path: "incidents/cluster.png", URL: "media/a b.123.png", Width: 640, Height: 480}},
		AsOf:       at(t, "2018-05-01"),
	}
	p, m := lib.Incidents[3], lib.Incidents[4]
	for i := range p.Links {
		switch p.Links[i].Destination {
		case "mail.md#queue":
			p.Links[i].Target = incident.Target{Page: m.URL, Anchor: "actions"}
		case "#summary":
			p.Links[i].Target = incident.Target{Page: p.URL, Anchor: "summary"}
		case "cluster.png":
			p.Links[i].Target.Asset = lib.Assets[0]
		}
	}
	return lib
}
