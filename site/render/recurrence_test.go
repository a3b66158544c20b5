package render

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/pattern"
)

// again is a library whose second report says that it repeats the first, and promises the
// same; a third has nothing to do with them.
func again(t *testing.T) *incident.Library {
	t.Helper()
	alert := incident.Action{Text: "Alert on the age of every certificate of the ingress cluster"}
	report := func(id, day string, actions ...incident.Action) *incident.Incident {
		return &incident.Incident{ID: id, URL: "incidents/" + id + "/", Title: "It failed " + id, Date: at(t, day), Organization: ptr("Acme"), Actions: actions}
	}
	first, other := report("a", "2021-01-02", alert), report("c", "2021-05-06")
	second := report("b", "2021-03-04", alert, incident.Action{Text: "Buy a bigger disk"})
	second.Related.RepeatOf = []string{"a"}
	return &incident.Library{Incidents: []*incident.Incident{first, second, other}}
}

// An incident's page leads to the others of its family, and to what several reports promise.
func TestRecurrence(t *testing.T) {
	lib := again(t)
	r := renderer(t, lib, Options{})
	for _, test := range []struct {
		id            string
		before, after []string
		promised      []Repeated
	}{
		{"a", nil, []string{"It failed b"}, []Repeated{{"Alert on the age of every certificate of the ingress cluster", "promised in 2 reports", ""}}},
		{"b", []string{"It failed a"}, nil, []Repeated{{"Alert on the age of every certificate of the ingress cluster", "promised in 2 reports", ""}}},
		{"c", nil, nil, nil},
	} {
		inc := r.found.Incident(test.id)
		p := r.place(inc.URL + "index.html")
		got := r.recurrence(p, inc)
		if !slices.Equal(titles(got.Before), test.before) || !slices.Equal(titles(got.After), test.after) {
			t.Errorf("%s: seen before %q, again %q", test.id, titles(got.Before), titles(got.After))
		}
		if known := got.URL != ""; known != (len(test.before)+len(test.after) > 0) {
			t.Errorf("%s leads to %q", test.id, got.URL)
		}
		promised := r.repeated(p, inc)
		for i := range promised {
			promised[i].URL = ""
		}
		if !slices.Equal(promised, test.promised) {
			t.Errorf("%s: %+v", test.id, promised)
		}
	}
}

func titles(rows []Row) []string {
	var list []string
	for _, row := range rows {
		list = append(list, row.Title)
	}
	return list
}

// The address of a search asks for what the counting counts: the query leaves out what the
// text alone suggests, or asks for it.
func TestSearching(t *testing.T) {
	given := &pattern.Group{Facet: pattern.Cause, ID: "overload", Incidents: []*incident.Incident{{}}}
	mixed := &pattern.Group{Facet: pattern.Factor, ID: "no-alert", Incidents: given.Incidents, Suggested: []*incident.Incident{{}}}
	tried := &pattern.Group{Facet: pattern.Mitigation, ID: "rollback", Incidents: given.Incidents}
	p := renderer(t, again(t), Options{}).place("patterns/matrix/cause-by-factor/index.html")
	for _, test := range []struct {
		by     pattern.Counting
		groups []*pattern.Group
		want   string
	}{
		{pattern.People, []*pattern.Group{given, given}, "../../../search/?cause=overload&cause=overload"},
		{pattern.People, []*pattern.Group{given, mixed}, "../../../search/?cause=overload&factor=no-alert&q=-suggested%3Ano-alert"},
		{pattern.Suggested, []*pattern.Group{given, mixed}, "../../../search/?cause=overload&factor=no-alert&q=%2Bsuggested%3Ano-alert"},
		{pattern.Both, []*pattern.Group{given, mixed}, "../../../search/?cause=overload&factor=no-alert"},
		{pattern.Both, []*pattern.Group{given, tried}, "../../../search/?cause=overload&q=%2Bmitigation%3Arollback"},
	} {
		if got := p.searching(test.by, test.groups...); got != test.want {
			t.Errorf("%v: %s, want %s", test.by, got, test.want)
		}
	}
}

// Labels of an axis stand apart, those that a phone has room for too, and none leaves it.
func TestMarks(t *testing.T) {
	for _, ends := range [][2]float64{{0, 0.5}, {0, 1}, {0.3, 3.2}, {1, 6.7}, {2.1, 2.2}} {
		last := map[bool]float64{false: -1, true: -1}
		for _, m := range (axis{ends[0], ends[1]}).marks() {
			x, err := strconv.ParseFloat(strings.TrimSuffix(m.X, "%"), 64)
			if x /= 100; err != nil || x < 0 || x > 1 {
				t.Fatalf("%v: %s stands at %s (%v)", ends, m.Label, m.X, err)
			}
			if x-last[true] < labelWide-0.001 && last[true] >= 0 {
				t.Errorf("%v: %s is too near to the mark before it", ends, m.Label)
			}
			if !m.Minor && x-last[false] < labelNarrow-0.001 && last[false] >= 0 {
				t.Errorf("%v: a phone has no room for %s", ends, m.Label)
			}
			if m.Anchor != anchor(x) {
				t.Errorf("%v: %s is held at its %s", ends, m.Label, m.Anchor)
			}
			if last[true] = x; !m.Minor {
				last[false] = x
			}
		}
	}
}
