package pattern

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// teach adds lessons to an incident: "text" or "text|kind".
func teach(inc *incident.Incident, lessons ...string) {
	for _, l := range lessons {
		text, kind, _ := strings.Cut(l, "|")
		inc.Lessons = append(inc.Lessons, incident.Lesson{Note: incident.Note{Text: text}, Kind: kind})
	}
}

func TestLessonsOfIncidents(t *testing.T) {
	lib := library(t, "a 2024-01-01", "b 2024-01-02", "c 2024-01-03", "d 2024-01-04")
	teach(lib.Incidents[0], "Rehearse failovers of the database regularly|wrong", "Rehearse restores of backups every month")
	teach(lib.Incidents[1], "Support knew whom to call|well")
	teach(lib.Incidents[2], "Failovers of the database must be rehearsed regularly")
	teach(lib.Incidents[3], "Rehearse a failover of the databases, regularly!")
	f := Find(lib)
	var got []string
	for _, l := range f.LessonsOf([]*incident.Incident{lib.Incidents[0], lib.Incidents[2], lib.Incidents[1], {ID: "stranger", Lessons: lib.Incidents[3].Lessons}}, 99) {
		of := ""
		for _, taught := range l.Taught {
			of += " " + taught.Incident.ID
		}
		got = append(got, fmt.Sprintf("%s [%s]%s", l.Text, l.Kind, of))
	}
	want := []string{
		"Failovers of the database must be rehearsed regularly [wrong] c a",
		"Support knew whom to call [well] b",
		"Rehearse restores of backups every month [] a",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

func TestOpenActionsOfIncidents(t *testing.T) {
	lib := library(t, "a 2024-01-01 org:Acme", "b 2024-01-02 org:Acme", "c 2024-01-03 org:Acme", "d 2024-01-04 org:Umbrella")
	promise(lib.Incidents[0], "Set up alerts for certificates that expire", "", "A1")
	promise(lib.Incidents[0], "Test the failover of the database", "", "A2")
	promise(lib.Incidents[0], "Write down how to restart the proxy", "done", "A3")
	promise(lib.Incidents[1], "Test failovers of the database", "open", "B1")
	promise(lib.Incidents[2], "Test a failover of the database", "done", "C1")
	promise(lib.Incidents[2], "Set up an alert for expiring certificates: they expire", "", "C2")
	promise(lib.Incidents[3], "Set up alerts for certificates that expire", "dropped", "D1")
	f := Find(lib)
	var got []string
	for _, a := range f.OpenActions(lib.Incidents[:3], 99) {
		of := a.Promise.ID
		for _, m := range a.Here {
			of += " " + m.Action.ID
		}
		got = append(got, of)
	}
	want := []string{"set-up-alerts-for-certificates-that-expire C2 A1"}
	if !slices.Equal(got, want) {
		t.Errorf("open: %q, want %q: the failover was tested, as the last report says", got, want)
	}
	if open := f.OpenActions(lib.Incidents[:1], 99); len(open) != 1 || len(open[0].Here) != 1 || open[0].Again() != 1 {
		t.Errorf("open in the first report: %+v, want the alerts, promised again once", open)
	}
}

// quoted gives a tag of the incident sentences that support it.
func quoted(inc *incident.Incident, d incident.Dimension, n int, sentences ...string) {
	for _, s := range sentences {
		inc.Terms[d][n].Evidence = append(inc.Terms[d][n].Evidence, incident.Evidence{Text: s})
	}
}

func TestEvidenceBehindATerm(t *testing.T) {
	lib := library(t, "a 2024-01-01 cause:overload service:API", "b 2024-01-02 cause:overload?", "c 2024-01-03 cause:overload,overload?,logic-bug")
	quoted(lib.Incidents[0], incident.Cause, 0, "a1", "a2")
	quoted(lib.Incidents[1], incident.Cause, 0, "b1", "b2")
	quoted(lib.Incidents[2], incident.Cause, 0, "c1")
	quoted(lib.Incidents[2], incident.Cause, 1, "C1", "c2")
	quoted(lib.Incidents[2], incident.Cause, 2, "other")
	f := Find(lib)
	overload, _ := f.Lookup(Cause, "overload")
	for _, test := range []struct {
		counting Counting
		most     int
		want     string
		all      int
	}{
		{People, 9, "c1 a1 a2", 3},
		{People, 2, "c1 a1", 3},
		{Suggested, 9, "b1 b2", 2},
		{Both, 9, "c1 c2 b1 b2 a1 a2", 6},
		{Both, 4, "c1 c2 b1 a1", 6},
		{Both, 0, "", 6},
		{Both, -1, "", 6},
	} {
		quotes, all := f.Tally(test.counting).Evidence(overload, test.most)
		var got []string
		for _, q := range quotes {
			got = append(got, q.Evidence.Text)
		}
		if strings.Join(got, " ") != test.want || all != test.all {
			t.Errorf("%s, at most %d: %q of %d, want %q of %d", test.counting, test.most, got, all, test.want, test.all)
		}
	}
	api, _ := f.Lookup(Service, "API")
	if quotes, all := f.Tally(Both).Evidence(api, 9); quotes != nil || all != 0 {
		t.Errorf("a name has evidence: %v", quotes)
	}
}
