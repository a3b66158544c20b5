package index

import (
	"testing"

	"faultline/site/incident"
)

// TestSynonyms: a word finds what says it otherwise, after what says it, unless it is
// insisted on; compounds find their synonyms on either side.
func TestSynonyms(t *testing.T) {
	lib := &incident.Library{Incidents: []*incident.Incident{
		note("short", "Nodes lost", "the k8s nodes were lost", 2021),
		note("long", "Nodes lost", "the kubernetes nodes were lost", 2020),
		note("oom", "Worker killed", "it was OOMKilled", 2020),
		note("full", "Writes fail", "no space left on device", 2020),
		note("balancer", "Traffic", "the load balancer had no targets", 2019),
		note("lb", "Traffic", "the LB had no targets", 2020),
		note("apart", "Traffic", "load on every balancer", 2021),
	}}
	x := open(t, "", lib)
	for q, want := range map[string]string{
		"kubernetes":      "long short",
		"k8s":             "short long",
		"+kubernetes":     "long",
		`"kubernetes"`:    "long",
		"nodes -k8s":      "long",
		"kuber*":          "long",
		"out of memory":   "oom",
		"disk full":       "full",
		"load balancer":   "balancer apart lb",
		"title:k8s":       "",
		"\"no space\" lb": "lb full balancer",
	} {
		r, err := x.Search(q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if got := ids(r); got != want {
			t.Errorf("%q finds %q, want %q", q, got, want)
		}
	}
}
