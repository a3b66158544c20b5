package index

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
)

// options makes filters, an order and facets to be counted.
func (g gadget) options() Options {
	opt := Options{Limit: 7, Sort: Sort(g.one("", "", "relevance", "newest", "oldest", "longest", "shortest"))}
	for g.IntN(3) > 0 && len(opt.Facets) < 4 {
		opt.Facets = append(opt.Facets, g.one(FacetNames()...))
	}
	for g.IntN(2) == 0 {
		opt.Within = append(opt.Within, g.within())
	}
	return opt
}

func (g gadget) within() Filter {
	field := g.one(FacetNames()...)
	values := map[string][]string{
		"cause": {"config-change", "Configuration  Change", "capacity", "expired-certificate", "expired-certificat"}, "factor": {"staging-differs", "no-alert", "single-expert"},
		"service": {"Payments API", "payments api", "checkout", "zurich gateway", "payments", "unheard\x00of"}, "tech": {"PostgreSQL", "c++", "データベース", "Linux"},
		"org": {"Monzo", "hosted graphite", "Zürich Bank", "zürich"}, "severity": {"SEV-1", "sev-2", "minor", "major"},
		"year": {"2015", "2016", "2017", "2018", "2024"}, "by": {"author", "suggested", "none", "nobody", "accepted"},
		"lasted": {"m15", "h1", "h4", "d1", "more", "a day or more", "1h"}, "trigger": {"deploy", "", "  "},
	}[field]
	return Filter{field, g.one(values...)}
}

// TestParityWithOptions: the browser filters, counts and orders as the command line does.
func TestParityWithOptions(t *testing.T) {
	t.Parallel()
	g := newGadget(5)
	lib := g.library(60)
	lib.Config.Severities = []string{"SEV-1", "SEV-2"}
	lib.Incidents[7].Terms = incident.Incident{}.Terms
	x := open(t, "", lib)
	e := client(t, x)
	found := 0
	const asked = 600
	for n := range asked {
		q := g.query()
		if n%3 == 0 {
			q = g.one("", "", g.words(1, 3))
		}
		found += min(1, compareWith(t, x, e, q, g.options()))
		if t.Failed() {
			return
		}
	}
	if t.Logf("%d of %d searches find something", found, asked); found < asked/4 {
		t.Errorf("only %d of %d searches find anything", found, asked)
	}
}

// crowded is a library with more services than are counted: the incident with the number has
// a service of its own, and every third the commonest beside it.
func crowded(count int) *incident.Library {
	lib := &incident.Library{}
	for n := range count {
		i := &incident.Incident{ID: fmt.Sprint("i", n), Path: fmt.Sprintf("i%03d.md", n), URL: fmt.Sprintf("incidents/i%d/", n), Title: "Outage", Services: []string{fmt.Sprintf("svc-%04d", n)}}
		if n%3 == 0 {
			i.Services = append(i.Services, "Common")
		}
		lib.Incidents = append(lib.Incidents, i)
	}
	return lib
}

// TestManyValues: a facet counts so many values and no more, and all of them can be
// filtered by.
func TestManyValues(t *testing.T) {
	t.Parallel()
	x := open(t, "", crowded(400))
	e := client(t, x)
	opt := Options{Limit: 3, Facets: []string{"service"}}
	r, err := x.Search("", opt)
	if err != nil {
		t.Fatal(err)
	}
	f := r.Facets[0]
	if f.Values[0] != (FacetValue{"Common", "Common", 134, false}) || len(f.Values) != mostCounted || f.More != 401-mostCounted {
		t.Errorf("%d values are counted, the first %+v, and %d are not", len(f.Values), f.Values[0], f.More)
	}
	opt.Within = []Filter{{"service", "svc-0399"}, {"service", "svc-0001"}}
	if r, err = x.Search("", opt); err != nil || r.Total != 2 || r.Facets[0].Values[mostCounted] != (FacetValue{"svc-0399", "svc-0399", 1, true}) {
		t.Errorf("rare values find %d (%v)", r.Total, err)
	}
	for _, value := range []string{"svc-0399", "SVC-0398", "common", "svc-9999"} {
		compareWith(t, x, e, "outage", Options{Limit: 3, Facets: opt.Facets, Within: []Filter{{"service", value}}})
	}
}

// shelved is a library whose facets are known by heart, oldest first.
func shelved() *incident.Library {
	v := &incident.Vocabulary{}
	v.Set(incident.Term{Dimension: incident.Cause, ID: "failed-failover", Label: "Failover failed", Formerly: []string{"promotion-failed", "outage-of-old"}})
	v.Set(incident.Term{Dimension: incident.Cause, ID: "capacity", Label: "capacity", Formerly: []string{"outage-of-old"}})
	lib := &incident.Library{Vocabulary: v, Config: incident.Config{Severities: []string{"critical", "major", "minor"}}}
	add := func(id, date, severity, cause string, by incident.Provenance, lasted ...time.Duration) {
		i := &incident.Incident{ID: id, Path: id + ".md", URL: "incidents/" + id + "/", Title: "Outage " + id, Services: []string{"api"}}
		if from, err := time.Parse("2006-01-02", date); err == nil {
			i.Date = incident.Time{From: from, To: from, Precision: incident.Day}
		}
		if severity != "" {
			i.Severity = &severity
		}
		if cause != "" {
			i.Terms[incident.Cause] = []incident.Tag{{ID: cause, Provenance: by}}
		}
		if len(lasted) > 0 {
			i.Duration = incident.Duration{Least: incident.Span(lasted[0]), Most: incident.Span(lasted[len(lasted)-1]), Basis: incident.Stated}
		}
		lib.Incidents = append(lib.Incidents, i)
	}
	add("u", "", "strange", "", "")
	add("a", "2019-03-01", "minor", "failed-failover", incident.Author, 15*time.Minute)
	add("b", "2019-05-01", "Minor", "capacity", incident.Suggested, 10*time.Minute, 20*time.Minute)
	add("c", "2021-01-01", "critical", "failed-failover", incident.Accepted, 24*time.Hour)
	add("d", "2021-01-01", "major", "failed-failover", incident.Suggested, 3*time.Hour)
	lib.Incidents[3].Services = nil
	return lib
}

// counted writes a facet as value=count, with a "!" behind those that are chosen.
func counted(f Facet) string {
	var list []string
	for _, v := range f.Values {
		list = append(list, v.Value+"="+fmt.Sprint(v.Count)+strings.Repeat("!", map[bool]int{true: 1}[v.Chosen]))
	}
	return strings.Join(list, " ")
}

func TestFacets(t *testing.T) {
	x := open(t, "", shelved())
	for _, test := range []struct {
		q, facet, within, want string
	}{
		{"", "cause", "", "failed-failover=3 capacity=1"},
		{"", "severity", "", "critical=1 major=1 Minor=2 strange=1"},
		{"", "year", "", "2021=2 2019=2"},
		{"", "by", "", "suggested=2 accepted=1 author=1 none=1"},
		{"", "lasted", "", "h1=1 h4=1 more=1"},
		{"", "trigger", "", ""},
		{"date:2019", "cause", "", "capacity=1 failed-failover=1"},
		{"", "cause", "cause=capacity", "failed-failover=3 capacity=1!"},
		{"", "year", "cause=failed-failover", "2021=2 2019=1"},
		{"", "year", "cause=failed-failover,cause=capacity", "2021=2 2019=2"},
		{"", "year", "cause=Failover failed,year=2019", "2021=2 2019=1!"},
		{"", "cause", "year=2019,cause=failed-failover,severity=MINOR", "capacity=1 failed-failover=1!"},
		{"", "cause", "year=2021,cause=capacity", "failed-failover=2 capacity=0!"},
		{"", "cause", "cause=failed", "failed-failover=3 capacity=1 failed=0!"},
		{"", "year", "cause=Promotion-Failed", "2021=2 2019=1"},
		{"", "cause", "cause=outage-of-old", "failed-failover=3! capacity=1!"},
		{"nothing-of-the-kind", "cause", "", ""},
	} {
		opt := Options{Facets: []string{test.facet}}
		for field, rest, _ := strings.Cut(test.within, ","); field != ""; field, rest, _ = strings.Cut(rest, ",") {
			name, value, _ := strings.Cut(field, "=")
			opt.Within = append(opt.Within, Filter{name, value})
		}
		r, err := x.Search(test.q, opt)
		if err != nil {
			t.Fatal(err)
		}
		if got := counted(r.Facets[0]); got != test.want {
			t.Errorf("%q within %q counts %s %q, want %q", test.q, test.within, test.facet, got, test.want)
		}
	}
	r, _ := x.Search("", Options{Facets: []string{"cause"}})
	if want := (FacetValue{"failed-failover", "Failover failed", 3, false}); r.Facets[0].Values[0] != want || r.Facets[0].Label != "Cause" {
		t.Errorf("a facet is %+v", r.Facets[0])
	}
}

// TestFiltersByFormerNames: an address that filters by a term's former name goes on to find
// what the term does, in the browser too.
func TestFiltersByFormerNames(t *testing.T) {
	x := open(t, "", shelved())
	e := client(t, x)
	for value, want := range map[string]int{"promotion-failed": 3, "PROMOTION-FAILED": 3, "outage-of-old": 4} {
		opt := Options{Limit: 9, Facets: []string{"cause"}, Within: []Filter{{"cause", value}}}
		if got := compareWith(t, x, e, "", opt); got != want {
			t.Errorf("cause=%s finds %d, want %d", value, got, want)
		}
	}
}

// TestFiltersAsQueries: what a filter finds can also be typed, as the package comment says.
func TestFiltersAsQueries(t *testing.T) {
	x := open(t, "", shelved())
	for filter, q := range map[Filter]string{
		{"cause", "failed-failover"}: "cause:failed-failover", {"severity", "minor"}: "severity:minor", {"year", "2021"}: "date:2021",
		{"by", "suggested"}: "by:suggested", {"by", "none"}: "by:none", {"service", "api"}: "service:api",
		{"lasted", "m15"}: "duration:<15m", {"lasted", "h1"}: "duration:>=15m duration:<1h", {"lasted", "h4"}: "duration:>=1h duration:<4h",
		{"lasted", "d1"}: "duration:>=4h duration:<1d", {"lasted", "more"}: "duration:>=1d",
	} {
		filtered, err := x.Search("", Options{Limit: 9, Sort: Newest, Within: []Filter{filter}})
		typed, err2 := x.Search(q, Options{Limit: 9, Sort: Newest})
		if err != nil || err2 != nil || ids(filtered) != ids(typed) {
			t.Errorf("%v finds %q, and %s %q (%v, %v)", filter, ids(filtered), q, ids(typed), err, err2)
		}
	}
}

func TestSorts(t *testing.T) {
	x := open(t, "", shelved())
	for by, want := range map[Sort]string{
		"": "c d b a u", Relevance: "c d b a u", Newest: "c d b a u", Oldest: "a b d c u", Longest: "c d b a u", Shortest: "b a d c u",
	} {
		r, err := x.Search("outage", Options{Limit: 9, Sort: by})
		if err != nil || ids(r) != want {
			t.Errorf("%q gives %q, want %q (%v)", by, ids(r), want, err)
		}
		if r, _ := x.Search("outage", Options{Limit: 2, Sort: by}); ids(r) != want[:3] || r.Total != 5 || r.Hits[0].Score == 0 {
			t.Errorf("%q limited gives %q of %d", by, ids(r), r.Total)
		}
	}
}

func TestQueryOfNothing(t *testing.T) {
	x := open(t, "", shelved())
	for q, opt := range map[string]Options{"": {Facets: []string{"year"}}, "?!": {Within: []Filter{{"service", "api"}}}} {
		opt.Limit = 2
		if r, err := x.Search(q, opt); err != nil || r.Total < 4 || r.Hits[0].Score != 0 || r.Hits[0].ID == "u" {
			t.Errorf("%q with %+v finds %d: %q (%v)", q, opt, r.Total, ids(r), err)
		}
	}
	if r, err := x.Search("", Options{Limit: 2, Sort: Newest}); err != nil || r.Total != 0 || r.Facets != nil {
		t.Errorf("an empty query finds %d (%v)", r.Total, err)
	}
}

// TestUnknownOptions: both sides refuse a name of nothing, in the same words.
func TestUnknownOptions(t *testing.T) {
	x := open(t, "", shelved())
	e := client(t, x)
	for want, opt := range map[string]Options{
		`no facet "colour"`: {Facets: []string{"year", "colour"}}, `no facet "title"`: {Within: []Filter{{"title", "a"}}},
		`no order "best"`: {Sort: "best"}, `no facet "constructor"`: {Facets: []string{"constructor"}},
	} {
		if _, err := x.Search("", opt); err == nil || err.Error() != want {
			t.Errorf("%+v: %v, want %s", opt, err, want)
		}
		if err := e.Call(nil, "search", "/sub/path", "", optionsOf(opt)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v in the client: %v, want %s", opt, err, want)
		}
	}
}

// TestFacetsOfNothing: a library without incidents has facets without values.
func TestFacetsOfNothing(t *testing.T) {
	x := open(t, "", &incident.Library{})
	e := client(t, x)
	compareWith(t, x, e, "outage", Options{Facets: FacetNames(), Within: []Filter{{"cause", "nope"}}, Sort: Oldest})
}

// TestFacetPieces: a facet costs its own piece, once, and nothing where nobody asks for it;
// of a damaged one the counts are missing, which a note says, and a filter by it is refused.
func TestFacetPieces(t *testing.T) {
	t.Parallel()
	h := newHost(t, open(t, "", newGadget(3).library(30)))
	e := newClient(t, h.fetch)
	read := func() (facets int) {
		for path := range h.sent {
			facets += not(string(h.files[path][:4]) != "FLTF")
		}
		return facets
	}
	search := func(opt Options) error {
		return e.Call(nil, "search", "/sub/path/", "replica", optionsOf(opt))
	}
	for i, step := range []struct {
		opt  Options
		want int
	}{
		{Options{}, 0}, {Options{Sort: Longest}, 0}, {Options{Facets: []string{"cause"}}, 1},
		{Options{Within: []Filter{{"cause", "capacity"}}}, 1}, {Options{Facets: FacetNames()}, len(facetFields)},
	} {
		if err := search(step.opt); err != nil || read() != step.want {
			t.Errorf("step %d: %d pieces of facets are read, want %d (%v)", i, read(), step.want, err)
		}
	}
	for path, data := range h.files {
		if strings.HasSuffix(path, ".bin") && string(data[:4]) == "FLTF" {
			h.files[path] = data[:len(data)-1]
		}
	}
	e = newClient(t, h.fetch)
	if err := search(Options{Within: []Filter{{"cause", "capacity"}}}); err == nil || !strings.Contains(err.Error(), "pieces/") {
		t.Errorf("a filter by a damaged facet: %v", err)
	}
	var got answer
	err := e.Call(&got, "search", "/sub/path/", "replica", optionsOf(Options{Limit: 7, Facets: []string{"cause", "year"}}))
	if err != nil || len(got.Hits) == 0 || len(got.Facets) != 0 || len(got.Notes) != 2 || !strings.HasPrefix(got.Notes[0], "“cause” is not counted: search cannot read ") {
		t.Errorf("damaged facets are counted %s (%v)", told(got), err)
	}
}
