package index

import (
	"slices"
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

// TestSynonymsAreShown: a hit shows and names what it says for a word, in a phrase with its
// stop words, and what it says itself rather than that.
func TestSynonymsAreShown(t *testing.T) {
	lib := &incident.Library{Incidents: []*incident.Incident{
		note("oom", "Worker gone", "Later the worker was OOMKilled, nothing else", 2020),
		note("memory", "Worker gone", "Later the worker ran out of memory, nothing else", 2019),
		note("nodes", "Pods lost", "k8s nodes of the Kubernetes cluster", 2018),
		note("other", "Shards", "shards moved", 2017), note("another", "Quorum", "quorum lost", 2016),
	}}
	x := open(t, "", lib)
	for _, test := range []struct{ q, id, passage, kind, text, asked string }{
		{"out of memory", "oom", "Later the worker was [OOMKilled], nothing else", "synonym", "OOMKilled", "out memory"},
		{"out of memory", "memory", "Later the worker [ran out of memory], nothing else", "word", "out of memory", ""},
		{"oom", "memory", "Later the worker [ran out of memory], nothing else", "synonym", "out of memory", "oom"},
		{"kuberntes", "nodes", "[k8s] nodes of the [Kubernetes] cluster", "spelling", "Kubernetes", "kuberntes"},
	} {
		r, err := x.Search(test.q, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(r.Hits, func(h Hit) bool { return h.ID == test.id })
		if at < 0 || len(r.Hits[at].Why) == 0 {
			t.Fatalf("%q: no reason for %q in %v", test.q, test.id, r.Hits)
		}
		h := r.Hits[at]
		if got := show(h.Passages[:1])[0]; got != test.passage {
			t.Errorf("%q shows %q, want %q", test.q, got, test.passage)
		}
		if why := h.Why[0]; why.Kind != test.kind || why.Text != test.text || deref(why.Asked) != test.asked {
			t.Errorf("%q: %s %q for %q, want %s %q for %q", test.q, why.Kind, why.Text, deref(why.Asked), test.kind, test.text, test.asked)
		}
	}
}
