package incident

import (
	"encoding/json"
	"testing"
)

func TestTagsAreExportedWithWhoSaysSo(t *testing.T) {
	likely, enabled := "likely", "enabled"
	i := &Incident{}
	i.Terms[Cause] = []Tag{{ID: "a", Provenance: Author, Confidence: &likely, Primary: true, Share: 0.9, Evidence: []Evidence{{"It leaked.", 12, "cause"}}}}
	i.Terms[Factor] = []Tag{{ID: "b", Provenance: Suggested, Share: 0.75, Effect: &enabled, Learned: []string{"other"}}}
	for d, want := range map[Dimension]string{
		Cause:  `[{"id":"a","source":"author","confidence":"likely","primary":true,"effect":null,"effective":null,"evidence":[{"text":"It leaked.","line":12,"anchor":"cause"}]}]`,
		Factor: `[{"id":"b","source":"suggested","confidence":0.75,"primary":false,"effect":"enabled","effective":null,"evidence":[],"learned":["other"]}]`,
	} {
		if got, err := json.Marshal(i.Terms[d]); err != nil || string(got) != want {
			t.Errorf("%s: %s, %v; want %s", d, got, err, want)
		}
	}
	if len(i.GivenTags(Cause)) != 1 || len(i.SuggestedTags(Cause)) != 0 || len(i.GivenTags(Factor)) != 0 || len(i.SuggestedTags(Factor)) != 1 {
		t.Error("what people gave is mixed up with what the text suggests")
	}
}
