package reading

import (
	"strings"
	"testing"

	"faultline/site/markdown"
)

// readRows reads a report with a timeline of these entries on one day.
func readRows(rows ...string) Facts {
	return Read(markdown.Parse([]byte("# Down on 2020-01-02\n\n## Timeline\n\n- "+strings.Join(rows, "\n- ")+"\n"), 1), Options{})
}

func TestRowsThatStateClocks(t *testing.T) {
	for _, c := range []struct {
		rows                                   []string
		started, detected, mitigated, resolved string
	}{
		{[]string{"10:00 **Outage begins**", "10:05 First report", "10:30 Service is restored", "11:00 Incident resolved."}, "10:00", "10:05", "10:30", "11:00"},
		{[]string{"10:00 - Problem starts", "10:05 Detection: many alerts", "10:30 Recovery: node uncordoned", "11:00 All systems verified operational"}, "10:00", "10:05", "10:30", "11:00"},
		{[]string{"10:00 The customer impact started", "10:05 Automated monitoring detects errors", "10:30 Launches are back to normal", "11:00 The issue was declared resolved by the team"}, "10:00", "10:05", "10:30", "11:00"},
		{[]string{"10:05 Users report errors", "10:06 Customers begin to notice", "11:00 incident closed"}, "", "10:05", "", "11:00"},
		{[]string{"10:00 Deploy", "10:05 Node replaced", "10:30 We suspect that the service was not restored yet"}, "", "", "", ""},
		{[]string{"10:05 We became aware that the tests had passed", "11:00 The issue ends up in the backlog"}, "", "", "", ""},
		{[]string{"10:00 Outage begins", "10:30 Traffic recovered", "10:40 Outage begins", "10:50 Traffic recovered"}, "", "", "", ""},
		{[]string{"10:00 Incident resolved", "11:00 Outage begins"}, "", "", "", ""},
	} {
		f := readRows(c.rows...)
		for name, pair := range map[string][2]string{
			"started": {f.Started.Value.String(), c.started}, "detected": {f.Detected.Value.String(), c.detected},
			"mitigated": {f.Mitigated.Value.String(), c.mitigated}, "resolved": {f.Resolved.Value.String(), c.resolved},
		} {
			if got := strings.TrimPrefix(pair[0], "2020-01-02T"); got != pair[1] {
				t.Errorf("%q: %s %q, want %q", c.rows, name, got, pair[1])
			}
		}
	}
}

func TestLabelledRowsComeBeforeMarks(t *testing.T) {
	f := Read(markdown.Parse([]byte("# Down\n\n- Resolved: 2020-01-02 11:30\n\n## Timeline\n\n- 2020-01-02 11:00 Incident resolved\n"), 1), Options{})
	if got := f.Resolved.Value.String(); got != "2020-01-02T11:30" {
		t.Errorf("resolved %q", got)
	}
}
