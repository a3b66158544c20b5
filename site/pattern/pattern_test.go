package pattern

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
)

// library builds a library from short notes, one for each incident:
// "id date cause:a,b service:x".
func library(t *testing.T, notes ...string) *incident.Library {
	t.Helper()
	v := &incident.Vocabulary{}
	for _, id := range []string{"overload", "failed-failover", "unknown", "logic-bug"} {
		v.Set(incident.Term{Dimension: incident.Cause, ID: id, Label: strings.ToUpper(id), Definition: "defined"})
	}
	lib := &incident.Library{Vocabulary: v}
	for _, note := range notes {
		lib.Incidents = append(lib.Incidents, parse(t, note))
	}
	return lib
}

func parse(t *testing.T, note string) *incident.Incident {
	t.Helper()
	fields := strings.Fields(note)
	inc := &incident.Incident{ID: fields[0], Title: fields[0]}
	if fields[1] != "-" {
		at, err := incident.ParseTime(fields[1], nil)
		if err != nil {
			t.Fatal(err)
		}
		inc.Date = at
	}
	for _, f := range fields[2:] {
		key, value, _ := strings.Cut(f, ":")
		for _, v := range strings.Split(value, ",") {
			give(inc, key, strings.ReplaceAll(v, "_", " "))
		}
	}
	return inc
}

func give(inc *incident.Incident, key, value string) {
	switch key {
	case "service":
		inc.Services = append(inc.Services, value)
	case "tech":
		inc.Technologies = append(inc.Technologies, value)
	case "org":
		inc.Organization = &value
	case "severity":
		inc.Severity = &value
	case "repeat":
		inc.Related.RepeatOf = append(inc.Related.RepeatOf, value)
	case "unlike":
		inc.Related.NotSameAs = append(inc.Related.NotSameAs, incident.Different{ID: value})
	default:
		for _, d := range incident.Dimensions {
			if d.Field() == key {
				inc.Terms[d] = append(inc.Terms[d], tag(value))
			}
		}
	}
}

// tag reads "id", "id=yes" (effective) or "id?" (suggested).
func tag(s string) incident.Tag {
	id, effective, said := strings.Cut(s, "=")
	t := incident.Tag{ID: strings.TrimSuffix(id, "?"), Provenance: incident.Author}
	if said {
		t.Effective = &effective
	}
	if strings.HasSuffix(id, "?") {
		t.Provenance = incident.Suggested
	}
	return t
}

func show(groups []*Group) string {
	var parts []string
	for _, g := range groups {
		parts = append(parts, fmt.Sprintf("%s:%s=%d", g.ID, g.Label, g.N()))
	}
	return strings.Join(parts, " ")
}

func TestGroups(t *testing.T) {
	lib := library(t,
		"a - cause:overload service:API severity:minor",
		"b 2019-02-01 cause:logic-bug,overload service:api,C++ severity:sev1",
		"c 2020-02-01 cause:overload,overload,mystery service:API,C# severity:SEV2",
		"d 2020-03-01 cause:failed-failover? service:!!",
	)
	lib.Config.Severities = []string{"sev1", "sev2"}
	f := Find(lib)
	for _, test := range []struct {
		facet Facet
		want  string
	}{
		{Cause, "overload:OVERLOAD=3 logic-bug:LOGIC-BUG=1 mystery:mystery=1 failed-failover:FAILED-FAILOVER=0 unknown:UNKNOWN=0"},
		{Service, "api:API=3 other:!!=1 c:C#=1 c-2:C++=1"},
		{Severity, "sev1:sev1=1 sev2:SEV2=1 minor:minor=1"},
		{Year, "2020:2020=2 2019:2019=1 undated:undated=1"},
		{Team, ""},
	} {
		if got := show(f.Groups(test.facet)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.facet, got, test.want)
		}
	}
	if f.Known(Cause) != 3 || f.Known(Year) != 3 || f.Known(Team) != 0 {
		t.Errorf("known: %d %d %d", f.Known(Cause), f.Known(Year), f.Known(Team))
	}
	if newest := f.Groups(Cause)[0].Incidents[0].ID; newest != "c" {
		t.Errorf("newest first: %s", newest)
	}
}

func TestSuggestionsAreCountedApart(t *testing.T) {
	f := Find(library(t, "a 2019 cause:brand-new?,brand-new?", "b 2020 cause:overload,brand-new?", "c 2021 cause:overload?,brand-new", "d 2022 cause:overload?"))
	for id, want := range map[string]string{"brand-new": "1 and 2 of 3: c b a", "overload": "1 and 2 of 3: d c b"} {
		g, ok := f.Lookup(Cause, id)
		if !ok {
			t.Fatalf("%s has no group", id)
		}
		var all []string
		for _, inc := range f.Members(g) {
			all = append(all, inc.ID)
		}
		if got := fmt.Sprintf("%d and %d of %d: %s", g.N(), len(g.Suggested), g.All(), strings.Join(all, " ")); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if f.Known(Cause) != 2 || f.Suggested(Cause) != 2 || f.Suggested(Factor) != 0 {
		t.Errorf("%d known, %d suggested", f.Known(Cause), f.Suggested(Cause))
	}
}

func TestProvenanceIsTheBestOfAny(t *testing.T) {
	f := Find(library(t, "a 2019 cause:overload? factor:x", "b 2020 cause:overload?", "c 2021 cause:overload", "d 2022 service:api"))
	f.Incident("a").Terms[Factor][0].Provenance = incident.Accepted
	if got := ProvenanceOf(f.Incidents()); got != (Provenance{Author: 1, Accepted: 1, Suggested: 1, Of: 4}) {
		t.Errorf("library: %+v", got)
	}
	g, _ := f.Lookup(Cause, "overload")
	if got := g.Provenance(); got != (Provenance{Author: 1, Suggested: 2, Of: 3}) {
		t.Errorf("group: %+v", got)
	}
	if api, _ := f.Lookup(Service, "api"); api.Provenance() != (Provenance{Of: 1}) || api.By(f.Incident("d")) != "" {
		t.Error("a name has no provenance")
	}
	if texts, _ := Find(library(t, "a 2019 cause:overload? service:api", "b 2020 cause:overload?")).Lookup(Cause, "overload"); len(texts.Telling()) != 2 {
		t.Error("without people texts tell")
	}
}

func TestTextsRecurWherePeopleGaveNothing(t *testing.T) {
	f := Find(library(t, "a 2019 cause:logic-bug,unknown? factor:test-gap?", "b 2020 cause:logic-bug?,unknown? factor:test-gap", "c 2020 cause:overload?", "d 2020 cause:overload?", "e 2021 cause:overload? detection:alert,page?", "f 2021 detection:alert,page?", "g 2022 detection:page?"))
	if got := show(f.Recurring()); got != "overload:OVERLOAD=0 test-gap:test-gap=1 alert:alert=2" {
		t.Errorf("what people gave first, else texts: %s", got)
	}
}

func TestLongNamesFitAFileName(t *testing.T) {
	f := Find(library(t, "a 2020 service:"+strings.Repeat("é", 300)))
	if id := f.Groups(Service)[0].ID; len(id) > 100 || strings.ToValidUTF8(id, "") != id {
		t.Errorf("%q", id)
	}
}

func TestCompanions(t *testing.T) {
	f := Find(library(t,
		"a 2019 cause:overload service:api,web",
		"b 2020 cause:overload service:api",
		"c 2021 cause:overload",
		"d 2021 cause:logic-bug service:web",
	))
	g, _ := f.Lookup(Cause, "overload")
	var got []string
	for _, c := range f.Tally(People).Companions(g, Service) {
		got = append(got, fmt.Sprintf("%s %d of %d", c.Group.ID, c.N, c.Of))
	}
	if want := []string{"api 2 of 2", "web 1 of 2"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if same := f.Tally(People).Companions(g, Cause); len(same) != 0 {
		t.Errorf("a term does not come with itself: %v", same)
	}
}

func TestRecurring(t *testing.T) {
	f := Find(library(t,
		"a 2019 cause:logic-bug,unknown factor:test-gap",
		"b 2020 cause:logic-bug,overload,unknown",
		"c 2021 cause:overload,unknown",
	))
	if got := show(f.Recurring()); got != "overload:OVERLOAD=2" {
		t.Errorf("equally frequent: the newest first, never unknown, never once: %s", got)
	}
}

func TestRecurringNames(t *testing.T) {
	f := Find(library(t,
		"a 2019 service:api,web org:Shop tech:redis",
		"b 2020 service:api,web org:Shop tech:redis",
		"c 2021 service:api,db org:Bank tech:redis",
		"d 2021 service:db org:Shop",
	))
	if got := show(f.RecurringNames(2)); got != "shop:Shop=3 api:api=3 db:db=2 redis:redis=3" {
		t.Errorf("the most frequent of each, never all incidents, never one: %s", got)
	}
	if got := show(Find(library(t, "a 2019 org:Shop", "b 2020 org:Shop")).RecurringNames(2)); got != "" {
		t.Errorf("what all incidents share tells nothing: %s", got)
	}
}

func TestShares(t *testing.T) {
	incidents := library(t,
		"a 2019 detection:customer-report mitigation:rollback=no",
		"b 2020 detection:symptom-alert,customer-report mitigation:rollback=partly",
		"c 2021 detection:unknown mitigation:rollback",
		"d 2021 detection:Social-or-press?",
		"e 2021 detection:social-or-press mitigation:restart=yes,rollback=yes",
	)
	f := Find(incidents)
	if got := NoticedByCustomers(f.Incidents()); got != (Share{2, 3}) {
		t.Errorf("noticed by customers: %v", got)
	}
	g, _ := f.Lookup(Mitigation, "rollback")
	if got := g.Worked(); got != (Share{2, 3}) {
		t.Errorf("worked: %v", got)
	}
	if got := Tagged(f.Incidents()); got != (Share{4, 5}) {
		t.Errorf("tagged: %v", got)
	}
}

func minutes(n int) incident.Span { return incident.Span(n) * incident.Span(time.Minute) }

func TestSimilar(t *testing.T) {
	lib := library(t, append(repeated(0, 20, "cause:another"),
		"alike 2018 cause:failed-failover tech:postgres",
		"rarer 2019 cause:failed-failover tech:pacemaker impact:outage",
		"vague 2019 impact:outage detection:alert",
		"once 2019 cause:failed-failover",
		"declared 2019 cause:failed-failover tech:postgres",
		"distinct 2019 cause:failed-failover tech:postgres unlike:me",
		"undecided 2019 cause:unknown,unknown tech:redis",
		"platform 2018 tech:pacemaker detection:alert",
		"me 2020 cause:failed-failover tech:postgres,pacemaker impact:outage detection:alert repeat:declared",
	)...)
	f := Find(lib)
	var got []string
	for _, like := range f.Similar(f.Incident("me"), 5) {
		var shared []string
		for _, g := range like.Shared {
			shared = append(shared, g.ID)
		}
		got = append(got, like.Incident.ID+": "+strings.Join(shared, ","))
	}
	want := []string{"rarer: pacemaker,failed-failover,outage", "alike: failed-failover,postgres"}
	if !slices.Equal(got, want) {
		t.Errorf("\n got %v\nwant %v", got, want)
	}
	if limited := f.Similar(f.Incident("me"), 1); len(limited) != 1 || limited[0].Incident.ID != "rarer" {
		t.Errorf("limit: %v", limited)
	}
}

func TestFindIsDeterministic(t *testing.T) {
	build := func() []string {
		var notes []string
		for i := range 60 {
			notes = append(notes, fmt.Sprintf("i%02d 20%02d cause:c%d,c%d service:S%d,s%d", i, 10+i%9, i%7, i%5, i%4, i%4))
		}
		f := Find(library(t, notes...))
		var out []string
		for _, facet := range slices.Concat(Dimensions, Fields) {
			out = append(out, show(f.Groups(facet)))
		}
		for _, inc := range f.Incidents() {
			for _, like := range f.Similar(inc, 5) {
				out = append(out, fmt.Sprint(inc.ID, like.Incident.ID, like.Words)+show(groupsOf(like.Shared)))
			}
		}
		return out
	}
	first := build()
	for range 5 {
		if again := build(); !reflect.DeepEqual(first, again) {
			t.Fatal("two runs differ")
		}
	}
}

func groupsOf(shared []Shared) []*Group {
	var groups []*Group
	for _, s := range shared {
		groups = append(groups, s.Group)
	}
	return groups
}

func TestEmptyLibrary(t *testing.T) {
	f := Find(&incident.Library{})
	if len(f.Recurring())+len(f.Incidents())+len(f.Groups(Year)) != 0 || f.Incident("x") != nil {
		t.Error("an empty library has no findings")
	}
}

// TestNamesThatWindowsKeeps holds that no page is in a folder that is a device.
func TestNamesThatWindowsKeeps(t *testing.T) {
	for _, g := range Find(library(t, "a 2020 service:Con,AUX,lpt1,console")).Groups(Service) {
		if incident.Reserved(g.ID) {
			t.Errorf("service %q has the id %q", g.Label, g.ID)
		}
	}
}
