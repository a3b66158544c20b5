package render

import (
	"strings"
	"testing"
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

// TestClocksOfOneMoment are no range.
func TestClocksOfOneMoment(t *testing.T) {
	c := clocksOf(clocked(t, "2017-10-10T15:09Z", "", "", "2017-10-10T15:09Z"))
	if want := "10 October 2017, 15:09, UTC. Resolved at once. When it was detected or mitigated is not known."; c.Sentence != want {
		t.Errorf("got %s, want %s", c.Sentence, want)
	}
}
