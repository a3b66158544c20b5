package pattern

import (
	"fmt"
	"slices"
	"testing"

	"faultline/site/incident"
)

// report is an incident with a title and a lead.
func report(t *testing.T, note, title, lead string) *incident.Incident {
	t.Helper()
	inc := parse(t, note)
	inc.Title, inc.Summary = title, &lead
	return inc
}

// shippers are three reports on the same failure and two on others.
func shippers(t *testing.T) []*incident.Incident {
	t.Helper()
	return []*incident.Incident{
		report(t, "logs1 2021-01-05 tech:Fluentd cause:misconfiguration org:Acme", "Logs not shipped to the archive", "Fluentd stopped shipping the logs of all pods to the archive."),
		report(t, "deploy 2021-03-01 tech:Helm cause:deployment-error org:Acme", "Deployment of checkout failed", "A chart with a wrong value was deployed."),
		report(t, "logs2 2022-01-31 tech:Fluentd cause:misconfiguration org:acme", "Logs are not shipped to the archive", "After an upgrade Fluentd shipped no logs to the archive."),
		report(t, "certs 2022-05-01 tech:Traefik cause:expired-credential org:Acme", "Certificate expired", "Browsers refused the storefront."),
		report(t, "logs3 2023-04-11 tech:Fluentd cause:misconfiguration org:Acme", "Logs from two nodes not shipped", "Fluentd on two nodes had stopped shipping logs to the archive."),
	}
}

// ids are those of the families' incidents.
func ids(families []*Family) [][]string {
	var all [][]string
	for _, f := range families {
		var list []string
		for _, inc := range f.Incidents {
			list = append(list, inc.ID)
		}
		all = append(all, list)
	}
	return all
}

func TestFamiliesOfIncidentsThatLookAlike(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(list []*incident.Incident)
		want   [][]string
	}{
		{"alike", func([]*incident.Incident) {}, [][]string{{"logs1", "logs2", "logs3"}}},
		{"of another organization", func(list []*incident.Incident) { other := "Umbrella"; list[2].Organization = &other }, [][]string{{"logs1", "logs3"}}},
		{"kept apart by the later one's author", func(list []*incident.Incident) {
			list[4].Related.NotSameAs = []incident.Different{{ID: "logs2", Because: "another shipper"}}
		}, [][]string{{"logs1", "logs2"}}},
		{"kept apart by the earlier one's author", func(list []*incident.Incident) {
			list[0].Related.NotSameAs = []incident.Different{{ID: "logs2"}, {ID: "logs3"}}
		}, [][]string{{"logs2", "logs3"}}},
		{"declared, though nothing is alike", func(list []*incident.Incident) {
			list[3].Related.RepeatOf = []string{"deploy"}
		}, [][]string{{"logs1", "logs2", "logs3"}, {"deploy", "certs"}}},
		{"declared against what an author keeps apart", func(list []*incident.Incident) {
			list[3].Related.RepeatOf = []string{"deploy"}
			list[1].Related.NotSameAs = []incident.Different{{ID: "certs"}}
		}, [][]string{{"logs1", "logs2", "logs3"}, {"deploy", "certs"}}},
		{"declared in a circle", func(list []*incident.Incident) {
			list[1].Related.RepeatOf = []string{"certs"}
			list[3].Related.RepeatOf = []string{"deploy", "certs"}
		}, [][]string{{"logs1", "logs2", "logs3"}, {"deploy", "certs"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			lib := library(t)
			lib.Incidents = shippers(t)
			test.change(lib.Incidents)
			if got := ids(Find(lib).Families()); !slices.EqualFunc(got, test.want, slices.Equal[[]string]) {
				t.Errorf("families %v, want %v", got, test.want)
			}
		})
	}
}

func TestTieSaysWhatTwoIncidentsShare(t *testing.T) {
	lib := library(t)
	lib.Incidents = shippers(t)
	tie := Find(lib).Families()[0].Ties[0]
	if tie.Earlier.ID != "logs1" || tie.Incident.ID != "logs2" || tie.Kind != Alike || !tie.Titles || tie.Days != 391 || !tie.Dated {
		t.Errorf("tie is %+v, want logs2 to logs1, alike with the same title, 391 days apart", tie)
	}
	var shared []string
	for _, g := range tie.Shared {
		shared = append(shared, g.Group.Label)
	}
	if !slices.Equal(shared, []string{"misconfiguration", "Fluentd"}) {
		t.Errorf("shared %v, want the cause and the technology", shared)
	}
	if len(tie.Words) > 0 {
		t.Errorf("words %v, want none, as the titles say them", tie.Words)
	}
}

func TestWordsInCommonTellWhatReportsAreAbout(t *testing.T) {
	lib := library(t)
	list := shippers(t)
	for _, i := range []int{0, 4} {
		list[i].Title += " of another cluster"
	}
	lib.Incidents = []*incident.Incident{list[0], list[4]}
	words := Find(lib).Families()[0].Ties[0].Words
	if !slices.Contains(words, "shipped") || slices.Contains(words, "stopped") || slices.Contains(words, "to") || slices.Contains(words, "another") {
		t.Errorf("words %v, want those of a title, and no stop word", words)
	}
}

func TestDatesAndNamesMakeNoTitlesAlike(t *testing.T) {
	for _, titles := range [][2]string{
		{"Incident on 2020-02-12", "Incident on 2020-02-18"},
		{"Outage, 12 February 2020", "Outage, 18 February 2020"},
		{"February 12th, 2020 outage", "Feb 18, 2020 outage"},
		{"Acme outage", "Acme outage"},
	} {
		lib := library(t)
		for i, title := range titles {
			note := [...]string{"a 2020-02-12 tech:Pingdom cause:overload org:Acme", "b 2020-02-18 tech:Pingdom cause:logic-bug org:Acme"}[i]
			lead := [...]string{"The cluster was destroyed.", "Dashboards could not be reached."}[i]
			lib.Incidents = append(lib.Incidents, report(t, note, title, lead))
		}
		for i := range 4 { // one word that many titles have is a form
			lib.Incidents = append(lib.Incidents, report(t, fmt.Sprintf("c%d 2021-01-01 org:Umbrella", i), "Incident outage", ""))
		}
		for _, family := range Find(lib).Families() {
			if family.ID() == "a" {
				t.Errorf("%q makes families %v", titles, ids([]*Family{family}))
			}
		}
	}
}

func TestOneIncidentReportedTwiceIsSaidToBe(t *testing.T) {
	lib := library(t)
	list := shippers(t)
	list[2].Title, list[2].Summary, list[2].Date = list[0].Title, list[0].Summary, list[0].Date
	lib.Incidents = []*incident.Incident{list[0], list[2]}
	families := Find(lib).Families()
	if len(families) != 1 || families[0].Ties[0].Kind != Twice {
		t.Errorf("families %v, want one of a report told twice", ids(families))
	}
}

func TestNoFamiliesWhereThereIsNothingToCompare(t *testing.T) {
	for _, notes := range [][]string{nil, {"a 2024-01-01 cause:overload"}, {"a - cause:overload", "b - cause:overload", "c - cause:overload"}} {
		lib := library(t, notes...)
		for _, inc := range lib.Incidents {
			inc.Title = ""
		}
		if got := Find(lib).Families(); len(got) > 0 {
			t.Errorf("%v makes families %v", notes, ids(got))
		}
	}
}
