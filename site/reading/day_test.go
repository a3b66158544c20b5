package reading

import (
	"slices"
	"testing"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// filed is the day that a report's file is named after.
func filed(t *testing.T, day string) incident.Time {
	t.Helper()
	at, err := incident.ParseTime(day, nil)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// TestDayOfTheFile gives the day that a file is named after to what the text leaves
// without one.
func TestDayOfTheFile(t *testing.T) {
	for _, c := range []struct{ body, date, started string }{
		{"# Down\n\nOn 28th February logins went down, from 15:30 to 18:10 UTC.", "2024-02-28", "2024-02-28T15:30Z"},
		{"# Down\n\nLogins were down from 15:30 to 18:10 UTC.", "2024-02-28", "2024-02-28T15:30Z"},
		{"# Down\n\nOn 26 February 2024 logins were down from 15:30 to 18:10 UTC.", "2024-02-26", "2024-02-26T15:30Z"},
		{"# 2023-11-05, down\n\n## Timeline\n\n- 2024-02-28 10:00 Outage begins\n- 11:00 Restored", "2024-02-28", "2024-02-28T10:00"},
		{"# 2023-11-05, down\n\n## Timeline\n\n- 2024-02-26 10:00 Outage begins\n- 11:00 Restored", "2023-11-05", "2024-02-26T10:00"},
	} {
		f := Read(markdown.Parse([]byte(c.body+"\n"), 1), Options{Filed: filed(t, "2024-02-28")})
		if got := f.Date.Value.String(); got != c.date {
			t.Errorf("%q: date %q, want %q", c.body, got, c.date)
		}
		if got := f.Started.Value.String(); got != c.started {
			t.Errorf("%q: started %q, want %q", c.body, got, c.started)
		}
	}
}

// TestDayOfAllEvents keeps to the day that the text gives all events, whatever row
// states one of its own.
func TestDayOfAllEvents(t *testing.T) {
	f := facts(`# Down

## Timeline

Unless otherwise noted all events happened on 2019-10-21, and all times are in UTC.

- **2019-10-20 00:55: builds fail**
- **01:38: alerts fire**
- 02:06: back online
`)
	var got []string
	for _, row := range f.Timeline {
		got = append(got, row.At.String())
	}
	if want := []string{"2019-10-20T00:55Z", "2019-10-21T01:38Z", "2019-10-21T02:06Z"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := f.Date.Value.String(); got != "2019-10-21" {
		t.Errorf("date %q", got)
	}
}

// TestDayOfClocks takes the day of the incident from its clocks, not from a row that
// tells of what was there long before.
func TestDayOfClocks(t *testing.T) {
	for _, c := range []struct{ rows, date string }{
		{"- 2021-09-01 11:34 New route written\n- 2021-09-06 08:00 All services return 404 errors\n- 2021-09-06 08:05 Alert fires\n- 2021-09-06 09:08 Restored\n\n## Stats\n\n- Time to detection: 5 minutes", "2021-09-06"},
		{"- 2021-09-01 11:34 Lunch\n- 2021-09-06 08:05 Team notified by a customer\n- 2021-09-06 08:30 Team looks into it", "2021-09-06"},
		{"- 2021-09-01 11:34 Lunch\n- 2021-09-02 11:34 Dinner", "2021-09-01"},
	} {
		if got := facts("# Down\n\n## Timeline\n\n" + c.rows + "\n").Date.Value.String(); got != c.date {
			t.Errorf("%q: %q, want %q", c.rows, got, c.date)
		}
	}
}

// TestYearOfTheTitle gives its year to dates that have none.
func TestYearOfTheTitle(t *testing.T) {
	for _, c := range []struct{ text, date string }{
		{"# The great outage of 2019\n\nOn February 14th the site went down.\n", "2019-02-14"},
		{"# The great outage of 2019\n\nOn December 14th the site went down.\n", "2019-12-14"},
		{"# The great outage of 2019\n\nIt was bad.\n\n## What happened\n\nWe built it on May 3rd.\n\nI was alerted to the problem on Thursday, February 14th.\n", "2019-02-14"},
		{"# Report 2019-12\n\nOn February 14th the site went down.\n", ""},
		{"# The great outage\n\nOn February 14th the site went down.\n", ""},
	} {
		if got := facts(c.text).Date.Value.String(); got != c.date && !(c.date == "" && len(got) < len("2019-02-14")) {
			t.Errorf("%q: %q, want %q", c.text, got, c.date)
		}
	}
}
