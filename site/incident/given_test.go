package incident

import (
	"encoding/json"
	"fmt"
	"testing"
)

func TestGivenAndStrays(t *testing.T) {
	gap := "no-monitor"
	i := &Incident{DetectionGap: &gap, Extra: []Extra{
		{Key: "causes", Value: json.RawMessage(`["x", {"id": "y", "effect": "z"}, 3, {"no": 1}]`)},
		{Key: "detection_gap", Value: json.RawMessage(`"odd"`)}, {Key: "own", Value: json.RawMessage(`["z"]`)},
	}}
	i.Terms[Cause] = []Tag{{ID: "a", Provenance: Author}, {ID: "b", Provenance: Suggested}, {ID: "c", Provenance: Accepted}}
	got := fmt.Sprint(i.Given(Cause), i.Strays(Cause), i.Given(Gap), i.Strays(Gap), i.Given(Impact), i.Strays(Impact), (&Incident{}).Given(Gap))
	if want := "[a c] [x y] [no-monitor] [odd] [] [] []"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
