package index

import (
	"testing"

	"faultline/site/incident"
)

func TestTermsAreFoundByWhoGaveThem(t *testing.T) {
	v := &incident.Vocabulary{}
	v.Set(incident.Term{Dimension: incident.Cause, ID: "retry-amplification", Label: "Retry amplification", Definition: "Repeats grew the load", Aliases: []string{"thundering herd"}})
	lib := &incident.Library{Vocabulary: v}
	for _, x := range []struct {
		id string
		by incident.Provenance
	}{{"a", incident.Suggested}, {"b", incident.Author}, {"c", incident.Accepted}, {"d", ""}} {
		i := &incident.Incident{ID: x.id, Path: x.id + ".md", Title: "Outage"}
		if x.by != "" {
			i.Terms[incident.Cause] = []incident.Tag{{ID: "retry-amplification", Provenance: x.by}}
		}
		lib.Incidents = append(lib.Incidents, i)
	}
	x, err := Open("", lib)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	for query, want := range map[string]string{
		"cause:retry-amplification":       "abc",
		"by:author":                       "b",
		"by:accepted":                     "c",
		"by:suggested":                    "a",
		"suggested:retry-amplification":   "a",
		`suggested:"Retry amplification"`: "a",
		"cause:retry-amplification -suggested:retry-amplification": "bc",
		"thundering herd": "bca",
		"Retry":           "bca",
	} {
		result, err := x.Search(query, Options{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]bool{}
		ids := ""
		for _, hit := range result.Hits {
			got[hit.ID] = true
			ids += hit.ID
		}
		if len(ids) != len(want) || query == "Retry" && ids[len(ids)-1] != 'a' {
			t.Errorf("%s finds %q, want %q", query, ids, want)
		}
		for _, id := range want {
			if !got[string(id)] {
				t.Errorf("%s does not find %c", query, id)
			}
		}
	}
}
