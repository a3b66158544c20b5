package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestClockTable lists the clocks that are known: the sentence names the others.
func TestClockTable(t *testing.T) {
	c := clocksOf(clocked(t, "2017-10-10T15:09Z", "", "", "2017-10-11T17:09Z"))
	var got []string
	for _, row := range c.Rows {
		got = append(got, row.Name+" "+row.Time+" "+row.Since)
	}
	want := "started 10 Oct 15:09 |resolved 11 Oct 17:09 1 d 2 h"
	if rows := strings.ReplaceAll(strings.Join(got, "|"), "\u00a0", " "); rows != want {
		t.Errorf("got %s, want %s", rows, want)
	}
}

// TestClocksOfOneMoment are one moment written twice: they say nothing of a length.
func TestClocksOfOneMoment(t *testing.T) {
	c := clocksOf(clocked(t, "2017-10-10T15:09Z", "", "", "2017-10-10T15:09Z"))
	want := "10 October 2017, 15:09, UTC. The same time is given for start and end."
	if c.Sentence != want || c.Chart != nil || c.Rows != nil {
		t.Errorf("got %s with chart %v and rows %v, want %s", c.Sentence, c.Chart, c.Rows, want)
	}
}

// TestClocksOfDurationAlone say what is missing in words that fit both ends.
func TestClocksOfDurationAlone(t *testing.T) {
	inc := clocked(t, "", "", "", "")
	inc.Duration = incident.Between(at(t, "2017-10-10T15:00Z"), at(t, "2017-10-10T17:30Z"))
	want := "It lasted 2 h 30 min; its start and end are not known."
	if got := strings.ReplaceAll(clocksOf(inc).Sentence, "\u00a0", " "); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestClocksTogetherAreSaidOnce(t *testing.T) {
	got := clocksOf(clocked(t, "", "2021-11-05T09:29", "2021-11-05T10:46", "2021-11-05T10:46")).Sentence
	const want = "5 November 2021, 09:29 to 10:46, zone not known. Mitigated and resolved after 1 h 17 min, counted from when it was detected. When it started is not known."
	if text := strings.ReplaceAll(got, "\u00a0", " "); text != want {
		t.Errorf("got %s, want %s", text, want)
	}
}
