package sample

import (
	"testing"

	"faultline/site/incident"
	"faultline/site/taxonomy"
)

// The terms given to incidents are those of the built-in vocabulary, all of them.
func TestTermsAreOfTheVocabulary(t *testing.T) {
	given := map[incident.Dimension][]string{
		incident.Trigger: triggers, incident.Cause: causes, incident.Factor: factors, incident.Detection: detections,
		incident.Mitigation: mitigations, incident.Impact: impacts, incident.Gap: gaps,
	}
	vocabulary := taxonomy.BuiltIn()
	for dimension, ids := range given {
		for _, id := range ids {
			if _, ok := vocabulary.Lookup(dimension, id); !ok {
				t.Errorf("%s %q is not in the vocabulary", dimension, id)
			}
		}
		if known := len(vocabulary.Terms(dimension)); len(ids) < known-1 {
			t.Errorf("%s: %d of %d terms are given", dimension, len(ids), known)
		}
	}
}
