package importer

import (
	"encoding/json"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/tagger"
)

func TestSuggestionsStandBehindTheAuthorsTags(t *testing.T) {
	likely, yes := "likely", "yes"
	i := &incident.Incident{}
	i.Terms[incident.Cause] = []incident.Tag{{ID: "overload", Provenance: incident.Author, Confidence: &likely, Primary: true}}
	f := FactsOf("a.md", i)
	var s tagger.Suggestions
	quote := []tagger.Evidence{{Text: "It was full.", Line: 3, Anchor: "cause", Weight: 1}}
	s.Tags[incident.Cause] = []tagger.Suggestion{{ID: "bug", Confidence: 0.8, Primary: true, Evidence: quote}, {ID: "overload", Confidence: 0.5, Evidence: quote}}
	s.Tags[incident.Mitigation] = []tagger.Suggestion{{ID: "restart", Confidence: 0.7, Effective: &yes, Evidence: quote}}
	f.Suggest(s)
	got, err := json.Marshal(map[string]any{"causes": f.Causes, "mitigation": f.Mitigation, "impact": f.Terms(incident.Impact)})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"causes":[{"id":"overload","source":"author","confidence":"likely","primary":true,"effect":null,"effective":null,"evidence":[{"text":"It was full.","line":3,"anchor":"cause"}]},` +
		`{"id":"bug","source":"suggested","confidence":0.8,"primary":false,"effect":null,"effective":null,"evidence":[{"text":"It was full.","line":3,"anchor":"cause"}]}],` +
		`"impact":[],"mitigation":[{"id":"restart","source":"suggested","confidence":0.7,"primary":false,"effect":null,"effective":"yes","evidence":[{"text":"It was full.","line":3,"anchor":"cause"}]}]}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if strings.Count(string(got), "overload") != 1 {
		t.Error("a term stands twice")
	}
}
