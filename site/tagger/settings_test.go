package tagger

import (
	"strings"
	"testing"
)

func TestSettingsAreFreeOfFaults(t *testing.T) {
	s, err := readSettings(weightsFile, modifiersFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.modifiers) == 0 || len(s.modifiers) > 64 || len(s.labels) == 0 {
		t.Errorf("%d modifiers, %d labels", len(s.modifiers), len(s.labels))
	}
	for _, m := range s.modifiers {
		if m.id == "" || len(m.patterns) == 0 || m.factor < 0 {
			t.Errorf("modifier %+v", m)
		}
	}
}

func TestFaultsOfSettings(t *testing.T) {
	for _, c := range []struct{ weights, modifiers, want string }{
		{strings.Replace(string(weightsFile), "repeat:", "repat:", 1), "", `"repeat" is missing`},
		{strings.Replace(string(weightsFile), "title: 1,", "titel: 1,", 1), "", `unknown place "titel"`},
		{string(weightsFile), "modifiers:\n  - {id: a, reach: far, cues: [not]}\n", `line 2: reach "far"`},
		{string(weightsFile), "modifiers:\n  - {id: a, reach: sentence, of: [cause], cues: [not]}\n", `unknown dimension "cause"`},
		{string(weightsFile), "modifiers:\n  - {id: a, reach: sentence, cues: [.. not]}\n", `".." must stand`},
	} {
		if _, err := readSettings([]byte(c.weights), []byte(c.modifiers)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
