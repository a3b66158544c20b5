package reading

import (
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
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
		{[]string{"10:05 Users report errors", "10:06 Customers begin to notice", "11:00 incident closed"}, "", "10:05", "11:00", "11:00"},
		{[]string{"10:00 Deploy", "10:05 Node replaced", "10:30 We suspect it was not restored yet"}, "", "", "", ""},
		{[]string{"10:00 Outage begins", "10:30 Traffic recovered", "10:40 Outage begins again", "10:50 Traffic recovered"}, "10:00", "", "10:50", "10:50"},
		{[]string{"09:00 Maintenance", "10:00 New version deployed to production", "10:10 Alert fires", "10:20 We try to roll back", "10:30 Rolled back", "10:40 Requests succeed"}, "10:00", "10:10", "10:30", "10:40"},
		{[]string{"09:00 New version deployed to staging", "10:10 Alert fires", "10:40 Fix deployed"}, "", "10:10", "10:40", "10:40"},
		{[]string{"10:00 Alert fires", "10:05 Another alert", "10:20 The service is down", "10:40 The service is back up"}, "", "10:00", "10:40", "10:40"},
		{[]string{"10:00 Requests fail", "10:40 The service is back up"}, "10:00", "", "10:40", "10:40"},
		{[]string{"09:00 Nothing to see", "10:00 Requests fail", "10:40 The fix did not help", "10:50 Errors are gone, no errors since"}, "10:00", "10:00", "10:50", "10:50"},
		{[]string{"10:00 Requests fail", "10:05 Alert fires", "10:30 Restored", "10:35 Some small jobs fail", "10:40 Incident closed"}, "10:00", "10:05", "10:30", "10:40"},
		{[]string{"10:00 Requests fail", "10:05 Alert fires", "10:30 Rolled back", "12:00 Permanent fix deployed", "13:00 Retrospective"}, "10:00", "10:05", "10:30", "12:00"},
		{[]string{"10:05 Alert fires", "10:30 We see that it will be restored soon", "10:40 We expect to be back up"}, "", "10:05", "", ""},
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

// TestLengthsSpeakForRows lets the lengths that a text states tell which rows are
// meant.
func TestLengthsSpeakForRows(t *testing.T) {
	rows := "# Down on 2020-01-02\n\n## Timeline\n\n- 10:00 New version deployed\n- 10:20 Lunch\n- 10:30 Alert fires\n- 10:40 Customers report errors\n- 11:00 Rolled back\n- 11:30 Service restored\n\n"
	for _, c := range []struct{ stats, started, detected, mitigated string }{
		{"", "", "10:30", "11:00"},
		{"- Time to detection: 40 minutes\n- Time to recovery: 90 minutes\n", "10:00", "10:40", "11:30"},
		{"- Time to detection: 30 minutes\n- Time to recovery: 90 minutes\n", "10:00", "10:30", "11:30"},
		{"- Time to detection: 0 minutes\n", "10:30", "10:30", "11:00"},
		{"- Time to recovery: 60 minutes\n", "", "10:30", "11:30"},
		{"- Time to detection: N/A\n", "", "10:30", "11:00"},
	} {
		f := Read(markdown.Parse([]byte(rows+c.stats), 1), Options{})
		got := [3]string{clockOnly(f.Started), clockOnly(f.Detected), clockOnly(f.Mitigated)}
		if want := [3]string{c.started, c.detected, c.mitigated}; got != want {
			t.Errorf("%q: %q, want %q", c.stats, got, want)
		}
	}
}

func clockOnly(f Found[incident.Time]) string {
	return strings.TrimPrefix(f.Value.String(), "2020-01-02T")
}

// TestLabelledClocksWithoutStart takes no start beside labelled clocks but from a row
// that tells of harm before the labelled detection.
func TestLabelledClocksWithoutStart(t *testing.T) {
	for first, want := range map[string]string{"Requests fail": "2020-01-02T10:00", "New version deployed": "", "Customers report errors": ""} {
		f := facts("# Down\n\n- First detected: 2020-01-02 10:30\n- Resolved: 2020-01-02 11:30\n\n## Timeline\n\n- 2020-01-02 10:00 " + first + "\n- 10:35 Requests fail\n- 11:30 Restored\n")
		if got := f.Started.Value.String(); got != want {
			t.Errorf("%q: started %q, want %q", first, got, want)
		}
	}
}

// TestLabelledRowIsOneClock takes no row for a clock whose label says that it is another.
func TestLabelledRowIsOneClock(t *testing.T) {
	f := facts("# Down\n\n## Timeline\n\n- Fault occurs 2020-01-02 10:00\n- Incident declared 2020-01-02 10:10\n- Resolved 2020-01-02 11:30\n")
	if f.Mitigated.Known() || f.Resolved.Value.String() != "2020-01-02T11:30" {
		t.Errorf("mitigated %q, resolved %q", f.Mitigated.Value, f.Resolved.Value)
	}
}

func TestSignals(t *testing.T) {
	if _, problems := readSignals(signalsFile); len(problems) > 0 {
		t.Error(problems)
	}
	for _, faulty := range []string{"en:\n  unknown: word\n", "en:\n  harm: down; down\n", "en:\n  harm: … down\n", "en:\n  harm: do*\n", "en: [\n"} {
		if _, problems := readSignals([]byte(faulty)); len(problems) == 0 {
			t.Errorf("%q has no problem", faulty)
		}
	}
	for text, want := range map[string]signal{
		"Service restored.":                       restoreSignal,
		"Service was not restored":                harmSignal,
		"Service will be restored":                0,
		"No errors since":                         restoreSignal,
		"The site is down. It is back up":         restoreSignal,
		"It is back up. The site is down":         harmSignal,
		"Scaled the pods down to 0":               0,
		"Some pods fail":                          0,
		"https://example.org/outage":              0,
		"Only a partial recovery":                 0,
		"Launches aren't working again":           harmSignal,
		"Incident declared over; issue closed it": 0,
	} {
		if got := reportOf(text).stand; got != want {
			t.Errorf("%q: %b, want %b", text, got, want)
		}
	}
}

// TestRowsOfSecurityIncidents reads rows that tell of attacks and leaks, whose end is that
// the door is shut.
func TestRowsOfSecurityIncidents(t *testing.T) {
	for _, c := range []struct {
		rows                                   []string
		started, detected, mitigated, resolved string
	}{
		{[]string{"09:00 Version 1.3 released, the first with malware", "10:00 Inbound report from a researcher", "11:00 Security quarantines the project"}, "09:00", "10:00", "11:00", "11:00"},
		{[]string{"10:00 Security receives an email from the owner", "10:30 An admin disables the attacker's account", "12:00 Admins close the incident"}, "", "10:00", "10:30", "12:00"},
		{[]string{"10:00 A researcher reports the leaked token", "10:20 The token was destroyed", "12:00 Audit complete, no unauthorized actions"}, "", "10:00", "10:20", "10:20"},
		{[]string{"09:00 Builds fail", "09:10 Alert fires", "09:40 Site back online", "12:00 Builds that failed during the outage are queued"}, "09:00", "09:10", "09:40", "09:40"},
	} {
		f := readRows(c.rows...)
		got := []string{clockOnly(f.Started), clockOnly(f.Detected), clockOnly(f.Mitigated), clockOnly(f.Resolved)}
		if want := []string{c.started, c.detected, c.mitigated, c.resolved}; !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", c.rows, got, want)
		}
	}
}

// TestStatedLengthsOutweighWords takes rows that lie exactly as far apart as the text
// says, though words speak for others.
func TestStatedLengthsOutweighWords(t *testing.T) {
	rows := "# Down on 2020-01-02\n\n## Timeline\n\n- 07:30 Version deployed\n- 09:30 Users report missing logs\n- 10:46 All pods killed\n- 10:48 We have no nodes\n- 11:01 Nodes are healthy again\n\n- Time to detection: 2 minutes\n- Time to recovery: 13 minutes\n"
	f := facts(rows)
	if got, want := [3]string{clockOnly(f.Started), clockOnly(f.Detected), clockOnly(f.Mitigated)}, [3]string{"10:46", "10:48", "11:01"}; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestClocksOfProse reads the clocks of reports that tell everything in sentences.
func TestClocksOfProse(t *testing.T) {
	whole := facts("On 2020-01-02 at 14:25, the network began to malfunction. The system stabilized around 23:30. Nobody noticed.\n")
	if whole.Detected.Known() || clockOnly(whole.Mitigated) != "~2020-01-02T23:30" {
		t.Errorf("detected %q, mitigated %q", whole.Detected.Value, whole.Mitigated.Value)
	}
	for text, want := range map[string][4]string{
		"GitHub had an outage starting at 10:00 and lasting 2 hours, until all was restored. At 10:10 users reported errors. All services were reported healthy by 12:00.": {"10:00", "10:10", "12:00", "12:00"},
		"At 10:10 users reported errors. Between 10:20 and 10:50, we went on to stabilize it. It was restored by 11:00.":                                                   {"", "10:10", "11:00", "11:00"},
		"This incident, which began at 09:00 and was largely resolved by 10:00, hit many.":                                                                                 {"09:00", "", "10:00", "10:00"},
		"At 09:00 we deployed changes. As a result, requests failed. At 09:10 we got an alert. By 09:40 it was restored.":                                                  {"09:00", "09:10", "09:40", "09:40"},
		"Starting at 09:00 we upgraded the fleet.": {"", "", "", ""},
	} {
		f := facts("# Down on 2020-01-02\n\n## Details\n\n" + text + "\n")
		got := [4]string{clockOnly(f.Started), clockOnly(f.Detected), clockOnly(f.Mitigated), clockOnly(f.Resolved)}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
