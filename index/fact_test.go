package index

import (
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
)

// toldIncident is an incident of which everything is known that a hit shows.
func toldIncident() *incident.Incident {
	org, severity, yes, no := "Monzo", "sev1", "yes", "no"
	at := incident.Time{From: time.Date(2017, 10, 10, 16, 59, 0, 0, time.UTC), Precision: incident.Minute, Zoned: true}
	at.To = at.From
	i := &incident.Incident{ID: "a", Path: "a.md", URL: "incidents/a/", Title: "Payments down", Organization: &org, Services: []string{"API\nedge"}, Severity: &severity, Mitigated: at}
	i.Duration = incident.Duration{Least: incident.Span(110 * time.Minute), Most: incident.Span(110 * time.Minute), Approximate: true, Basis: incident.Stated}
	i.Terms[incident.Mitigation] = []incident.Tag{
		{ID: "restart", Provenance: incident.Author, Effective: &no}, {ID: "failover", Provenance: incident.Accepted}, {ID: "rollback", Provenance: incident.Author, Effective: &yes},
	}
	i.Terms[incident.Cause] = []incident.Tag{{ID: "expiry", Provenance: incident.Suggested}}
	i.Timeline = []incident.Row{{At: incident.Time{}, Text: "before"}, {At: at, Text: "We rolled  back"}}
	i.WrongTurns = []incident.WrongTurn{{Note: incident.Note{Text: "We suspected the network", Anchor: "story"}}, {Note: incident.Note{Text: "then DNS"}}}
	i.Sections = []incident.Section{{Heading: "Resolution", Anchor: "end", Kind: incident.ResolutionSection, Passages: []incident.Passage{{Text: "All was well again."}}}}
	return i
}

func toldVocabulary() *incident.Vocabulary {
	v := &incident.Vocabulary{}
	v.Set(incident.Term{Dimension: incident.Mitigation, ID: "rollback", Label: "Rolled back", Definition: "The previous version was deployed"})
	v.Set(incident.Term{Dimension: incident.Cause, ID: "expiry", Label: "Expired credential", Definition: "A secret ran out", Aliases: []string{"stale certificate"}})
	return v
}

func firstHit(t *testing.T, i *incident.Incident, q string) Hit {
	t.Helper()
	r, err := open(t, "", &incident.Library{Vocabulary: toldVocabulary(), Incidents: []*incident.Incident{i}}).Search(q, Options{Limit: 1})
	if err != nil || len(r.Hits) != 1 {
		t.Fatalf("%q: %+v, %v", q, r, err)
	}
	return r.Hits[0]
}

func TestHitSaysHowItEnded(t *testing.T) {
	h := firstHit(t, toldIncident(), "payments")
	if deref(h.Organization) != "Monzo" || deref(h.Severity) != "sev1" || deref(h.Lasted) != "~1 h 50 min" || len(h.Services) != 1 || h.Services[0] != "API edge" {
		t.Errorf("got %+v", h)
	}
	if r := h.Restored; r == nil || deref(r.Mitigation) != "Rolled back" || deref(r.Source) != "author" || deref(r.Text) != "We rolled back" {
		t.Errorf("restored by %+v", r)
	}
	if w := h.WrongTurn; w == nil || *w != (WrongTurn{"We suspected the network", "story"}) {
		t.Errorf("wrong turn %+v", w)
	}
}

// TestRemedy: what people named comes before what the text suggests, what worked before
// what did in part, and what did not work is no remedy.
func TestRemedy(t *testing.T) {
	yes, no, partly := "yes", "no", "partly"
	for _, test := range []struct {
		tags []incident.Tag
		want string
	}{
		{nil, ""},
		{[]incident.Tag{{ID: "a", Provenance: incident.Author, Effective: &no}}, ""},
		{[]incident.Tag{{ID: "a", Provenance: incident.Author, Effective: &no}, {ID: "b", Provenance: incident.Suggested}}, "b"},
		{[]incident.Tag{{ID: "a", Provenance: incident.Author, Effective: &partly}, {ID: "b", Provenance: incident.Suggested}}, "a"},
		{[]incident.Tag{{ID: "a", Effective: &partly}, {ID: "b"}, {ID: "c"}}, "b"},
		{[]incident.Tag{{ID: "a"}, {ID: "b", Effective: &yes}}, "b"},
	} {
		i := &incident.Incident{}
		i.Terms[incident.Mitigation] = test.tags
		if tag, _ := newSource(i, nil).remedy(); tag.ID != test.want {
			t.Errorf("%+v: got %q, want %q", test.tags, tag.ID, test.want)
		}
	}
}

// TestRestoredFitsALine: a long row is left out in favor of the resolution, and of long
// wrong turns the first words are shown.
func TestRestoredFitsALine(t *testing.T) {
	i := toldIncident()
	i.Timeline[1].Text = strings.Repeat("long ", 60)
	i.WrongTurns[0].Text = strings.Repeat("word, ", 60)
	f := newSource(i, nil).facts()
	if f.Restored != "All was well again." || f.Remedy != "rollback" {
		t.Errorf("restored %q by %q", f.Restored, f.Remedy)
	}
	if !fits(strings.TrimSuffix(f.Wrong, ellipsis)) || !strings.HasSuffix(f.Wrong, "word…") {
		t.Errorf("wrong turn %q", f.Wrong)
	}
	i.Sections[0].Passages[0].Text = i.Timeline[1].Text
	if f := newSource(i, nil).facts(); f.Restored != "" {
		t.Errorf("restored %q", f.Restored)
	}
}

func TestHitSaysWhy(t *testing.T) {
	x := func(kind, text, asked, tag string) Reason { return Reason{kind, text, known(asked), known(tag)} }
	for q, want := range map[string][]Reason{
		"payment":          {x("word", "Payments", "", "")},
		"paymnets":         {x("spelling", "Payments", "paymnets", "")},
		"monzo":            {x("word", "Monzo", "", "")},
		"certificate":      {x("tag", "Expired credential", "", "cause")},
		"version deployed": {x("tag", "Rolled back", "", "mitigation")},
		"cause:expiry":     {x("field", "Expired credential", "", "cause")},
	} {
		got := firstHit(t, toldIncident(), q).Why
		if !sameReasons(got, want) {
			t.Errorf("%s: got %v, want %v", q, got, want)
		}
	}
}

// TestHitSaysWhichFields: a hit that a field, a range or a filter found says what it has of
// it, as people read it; and what is excluded or that it does not have is no reason.
func TestHitSaysWhichFields(t *testing.T) {
	x := func(tag, text string) Reason { return Reason{"field", text, nil, &tag} }
	i := toldIncident()
	i.Services, i.Teams, i.Labels = []string{"API gateway", "API", "Card payments"}, []string{"Edge"}, []string{"Edge lessons"}
	i.Date = incident.Time{From: time.Date(2017, 10, 10, 0, 0, 0, 0, time.UTC), To: time.Date(2017, 10, 10, 0, 0, 0, 0, time.UTC), Precision: incident.Day}
	i.Aliases = []string{"old-name"}
	index := open(t, "", &incident.Library{Vocabulary: toldVocabulary(), Incidents: []*incident.Incident{i}})
	e := client(t, index)
	for _, test := range []struct {
		q      string
		within []Filter
		want   []Reason
	}{
		{"cause:expiry", nil, []Reason{x("cause", "Expired credential")}},
		{`cause:"stale certificate"`, nil, []Reason{x("cause", "Expired credential")}},
		{"mitigation:ro*", nil, []Reason{x("mitigation", "Rolled back")}},
		{"mitigation:restart", nil, []Reason{x("mitigation", "restart")}},
		{"suggested:expiry", nil, []Reason{x("suggested", "Expired credential")}},
		{"by:author", nil, []Reason{x("by", "author")}},
		{"service:api", nil, []Reason{x("service", "API")}},
		{"service:payment", nil, []Reason{x("service", "Card payments")}},
		{"team:edge tag:lessons", nil, []Reason{x("team", "Edge"), x("tag", "Edge lessons")}},
		{"org:monzo id:old-name severity:SEV1", nil, []Reason{x("org", "Monzo"), x("id", "a"), x("severity", "sev1")}},
		{"date:>=2016 duration:>1h", nil, []Reason{x("date", "2017-10-10"), x("duration", "~1 h 50 min")}},
		{"(cause:expiry OR cause:other) -service:other", nil, []Reason{x("cause", "Expired credential")}},
		{"payments date:2017", nil, []Reason{{"word", "Payments", nil, nil}, x("date", "2017-10-10")}},
		{"", []Filter{{"year", "2017"}, {"cause", "expiry"}, {"year", "2016"}}, []Reason{x("year", "2017"), x("cause", "Expired credential")}},
		{"cause:expiry", []Filter{{"cause", "expiry"}}, []Reason{x("cause", "Expired credential")}},
	} {
		r, err := index.Search(test.q, Options{Limit: 1, Within: test.within})
		if err != nil || len(r.Hits) != 1 {
			t.Fatalf("%q: %+v, %v", test.q, r, err)
		}
		if got := r.Hits[0].Why; !sameReasons(got, test.want) {
			t.Errorf("%s %v: got %s, want %s", test.q, test.within, reasonsTold(got), reasonsTold(test.want))
		}
		compareWith(t, index, e, test.q, Options{Limit: 1, Within: test.within})
	}
}

func reasonsTold(list []Reason) string {
	var told []string
	for _, r := range list {
		told = append(told, strings.Join([]string{r.Kind, deref(r.Tag), r.Text, deref(r.Asked)}, " "))
	}
	return strings.Join(told, "; ")
}

func sameReasons(a, b []Reason) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Text != b[i].Text || deref(a[i].Asked) != deref(b[i].Asked) || deref(a[i].Tag) != deref(b[i].Tag) {
			return false
		}
	}
	return true
}
