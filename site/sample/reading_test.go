package sample

import (
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
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

// What is read from a sample must be what was put into it.
func TestSamplesAreReadWithoutProblems(t *testing.T) {
	config, problems := record.ParseConfig("faultline.yaml", []byte(Config))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	opt := record.Options{Config: config, Vocabulary: taxonomy.BuiltIn()}
	for path, data := range Files(100, 1) {
		inc, problems := record.Parse(path, data, opt)
		if len(problems) > 0 {
			t.Errorf("%v", problems)
		}
		if rows := len(inc.Timeline); rows < 8 || rows > 15 {
			t.Errorf("%s: %d timeline rows were read", path, rows)
		}
		if len(inc.Actions) < 3 || len(inc.Symptoms) == 0 || !inc.Started.Known() || !inc.Mitigated.Known() {
			t.Errorf("%s: %d actions, %d symptoms, started %v, mitigated %v", path, len(inc.Actions), len(inc.Symptoms), inc.Started, inc.Mitigated)
		}
	}
}
