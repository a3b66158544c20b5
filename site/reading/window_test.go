package reading

import (
	"testing"

	"faultline/site/markdown"
)

func TestWindows(t *testing.T) {
	for _, c := range []struct{ body, started, resolved string }{
		{"- Duration: 21:45 to 23:28 UTC (103 minutes)", "2020-01-02T21:45Z", "2020-01-02T23:28Z"},
		{"**Time:** 2020-01-02 23:00 - 01:30 UTC", "2020-01-02T23:00Z", "2020-01-03T01:30Z"},
		{"Outage window: 2020-01-02 23:00 UTC – 2020-01-04 01:30 UTC", "2020-01-02T23:00Z", "2020-01-04T01:30Z"},
		{"Logins were unavailable from 15:30 to 18:10 UTC.", "2020-01-02T15:30Z", "2020-01-02T18:10Z"},
		{"Between 15:30 and 18:10 UTC, requests failed.", "2020-01-02T15:30Z", "2020-01-02T18:10Z"},
		{"From January 1, 4:02 PM UTC to January 3, 3:02 PM UTC ingestion was degraded.", "2020-01-01T16:02Z", "2020-01-03T15:02Z"},
		{"Users saw errors (10:45 - 16:11 UTC).", "2020-01-02T10:45Z", "2020-01-02T16:11Z"},
		{"- Started: 2020-01-02 1600\n- Resolved: 2020-01-02 1815 hrs", "2020-01-02T16:00", "2020-01-02T18:15"},
		{"- Started: 2020-01-02 2000 users", "2020-01-02", ""},
		{"From 15:30 to 18:10 UTC we deployed.", "", ""},
		{"The outage took us from two to three hours.", "", ""},
		{"It was down from 15:30 to 16:00 UTC. It was down again from 17:30 to 18:00 UTC.", "", ""},
		{"- Duration: 103 minutes", "", ""},
		{"- Started: 20:00\n- Duration: 21:45 to 23:28", "2020-01-02T20:00", ""},
	} {
		f := Read(markdown.Parse([]byte("# Down on 2020-01-02\n\n"+c.body+"\n"), 1), Options{})
		if got := f.Started.Value.String(); got != c.started {
			t.Errorf("%q: started %q, want %q", c.body, got, c.started)
		}
		if got := f.Resolved.Value.String(); got != c.resolved {
			t.Errorf("%q: resolved %q, want %q", c.body, got, c.resolved)
		}
	}
}
