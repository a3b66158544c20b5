package pattern

import (
	"fmt"
	"slices"
	"testing"

	"faultline/site/incident"
)

// promise adds an action to the incident: "text", "text|status" or "text|status|id".
func promise(inc *incident.Incident, text, status, id string) {
	a := incident.Action{ID: id, Text: text}
	if status != "" {
		a.Status = &status
	}
	inc.Actions = append(inc.Actions, a)
}

// strikes are written "id says".
func strikes(p *Promise) []string {
	var list []string
	for _, s := range p.Struck {
		list = append(list, s.Incident.ID+" "+string(s.Says))
	}
	return list
}

func TestActionsPromisedAgain(t *testing.T) {
	lib := library(t)
	lib.Incidents = shippers(t)
	promise(lib.Incidents[0], "Implement priority classes for critical workloads: they can go short of memory", "", "")
	promise(lib.Incidents[0], "Add tests", "", "")
	promise(lib.Incidents[2], "Implement priority classes for critical workloads: this has been scheduled", "", "")
	promise(lib.Incidents[3], "Add tests", "", "")
	promise(lib.Incidents[4], "Implement a priority class for the critical workloads", "done", "")
	l := Find(lib).Ledger()
	first := l.Promises[0]
	if first.Again() != 2 || first.ID != "implement-priority-classes-for-critical-workloads" {
		t.Errorf("promise %q was made again %d times, want the priority classes twice", first.ID, first.Again())
	}
	if first.Status() != "done" || first.Open() {
		t.Errorf("status %q, open %v: the last report says that it is done", first.Status(), first.Open())
	}
	if len(l.Promises) != 3 {
		t.Errorf("%d promises, want 3: two words do not make two actions one", len(l.Promises))
	}
	if l.Actions != 5 || l.Reports != 4 || len(l.Untraceable) != 4 {
		t.Errorf("%d actions of %d reports, %d untraceable; want 5, 4 and 4", l.Actions, l.Reports, len(l.Untraceable))
	}
}

func TestOtherOrganizationsPromiseNothingAgain(t *testing.T) {
	lib := library(t)
	lib.Incidents = shippers(t)
	other := "Umbrella"
	lib.Incidents[1].Organization = &other
	for _, inc := range lib.Incidents[:2] {
		promise(inc, "Set up notifications of downtime", "", "")
	}
	if l := Find(lib).Ledger(); len(l.Promises) != 2 {
		t.Errorf("%d promises, want one for each organization", len(l.Promises))
	}
}

func TestIncidentsThatStruckWhileAnActionWasOpen(t *testing.T) {
	lib := library(t)
	lib.Incidents = shippers(t)
	promise(lib.Incidents[0], "Alert when no logs are shipped", "", "A1")
	promise(lib.Incidents[0], "Restart the shipper", "done", "")
	promise(lib.Incidents[0], "Give the alert a better name", "", "")
	lib.Incidents[2].Related.RepeatOf = []string{"logs1"}
	lib.Incidents[3].WouldHavePrevented = []string{"logs1#A1"}
	f := Find(lib)
	l := f.Ledger()
	want := []string{"logs2 repeats", "certs prevented", "logs3 resembles"}
	if got := strikes(l.Promises[0]); !slices.Equal(got, want) {
		t.Errorf("struck %v, want %v", got, want)
	}
	if got := strikes(l.Promises[1]); got != nil {
		t.Errorf("an action that was done was struck by %v", got)
	}
	if got, want := strikes(l.Promises[2]), []string{"logs2 repeats"}; !slices.Equal(got, want) {
		t.Errorf("an action against something else was struck by %v, want %v", got, want)
	}
}

// A name that several earlier reports have, or only later ones, strikes nothing.
func TestDoubtfulNamesOfActionsStrikeNothing(t *testing.T) {
	lib := library(t, "a 2024-01-01", "b 2024-01-02", "c 2024-01-03", "d 2024-01-04")
	promise(lib.Incidents[0], "Alert when no logs are shipped", "", "A1")
	promise(lib.Incidents[1], "Renew certificates before they expire", "", "A1")
	promise(lib.Incidents[1], "Test the backups every week", "", "B2")
	promise(lib.Incidents[3], "Page somebody at night", "", "D1")
	lib.Incidents[2].WouldHavePrevented = []string{"A1", "D1", "B2", "nobody#A1"}
	var got []string
	for _, p := range Find(lib).Ledger().Promises {
		for _, s := range strikes(p) {
			got = append(got, p.Made[0].Action.ID+" "+s)
		}
	}
	if want := []string{"B2 c prevented"}; !slices.Equal(got, want) {
		t.Errorf("struck %q, want %q", got, want)
	}
}

func TestProblemsKnownBefore(t *testing.T) {
	lib := library(t)
	lib.Incidents = shippers(t)
	promise(lib.Incidents[0], "Alert when no logs are shipped", "", "")
	lib.Incidents[2].Terms[incident.Factor] = []incident.Tag{{ID: "known-issue-open", Provenance: incident.Suggested}}
	f := Find(lib)
	l := f.Ledger()
	if len(l.Known) != 1 || l.Known[0].Incident.ID != "logs2" || len(l.Known[0].Earlier) != 1 || l.Known[0].Earlier[0].ID != "logs1" || len(l.Known[0].Promised) != 1 {
		t.Errorf("known before: %+v, want logs2 after logs1 and its action", l.Known)
	}
}

func TestIDsOfPromisesAreUnique(t *testing.T) {
	lib := library(t, "a 2024-01-01", "b 2024-01-02")
	for _, inc := range lib.Incidents {
		for range 3 {
			promise(inc, "Add tests", "", "")
			promise(inc, "…", "", "")
		}
	}
	seen := map[string]bool{}
	for _, p := range Find(lib).Ledger().Promises {
		if seen[p.ID] || p.ID == "" {
			t.Errorf("id %q is not unique", p.ID)
		}
		seen[p.ID] = true
	}
}

// The ledger compares no more than it must: at ten times the actions it takes about ten
// times as long.
func BenchmarkLedger(b *testing.B) {
	for _, n := range []int{1000, 10000} {
		lib := &incident.Library{}
		for i := range n {
			inc := &incident.Incident{ID: fmt.Sprint(i), Title: fmt.Sprintf("Outage %d of service %d", i, i%97)}
			for a := range 5 {
				promise(inc, fmt.Sprintf("Add alert %d for the queue %d of service %d before release %d", a, i%311, i%97, i%1009), "", "")
			}
			lib.Incidents = append(lib.Incidents, inc)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for range b.N {
				f := Find(lib)
				f.Ledger()
			}
		})
	}
}
