package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestLanguageOfWhatIsWritten holds that what authors wrote has its language where it
// differs from that of the pages: screen readers speak it and browsers hyphenate by it.
func TestLanguageOfWhatIsWritten(t *testing.T) {
	german := &incident.Incident{ID: "de", URL: "incidents/de/", Title: "Störung", Summary: ptr("Nichts ging."), Language: ptr("de")}
	english := &incident.Incident{ID: "en", URL: "incidents/en/", Title: "Outage", Language: ptr("en")}
	write(german, nil, "Text.\n")
	write(english, nil, "Text.\n")
	r := renderer(t, &incident.Library{Vocabulary: vocabulary(), Incidents: []*incident.Incident{german, english}}, Options{})
	for path, n := range map[string]int{"incidents/de/index.html": 3, "incidents/en/index.html": 0, "incidents/index.html": 1} {
		if got := strings.Count(page(t, r, path), ` lang="de"`); got != n {
			t.Errorf("%s: %d elements in German, want %d", path, got, n)
		}
	}
	if got := strings.Count(page(t, r, "incidents/en/index.html"), ` lang="`); got != 1 {
		t.Errorf("%d elements of the page in English give their language", got)
	}
}
