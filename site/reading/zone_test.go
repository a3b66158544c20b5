package reading

import (
	"slices"
	"testing"
)

// TestZonesOfHeadings gives the zone of a heading to the clocks below it that have
// none, and to no others.
func TestZonesOfHeadings(t *testing.T) {
	f := facts(`# CT outage

## Timeline (in UTC)

### 3 May 2024

- 22:05: down
- 22:10 CEST: reported

### 23:00-23:59 UTC+1: second wave

- 23:10: down again

## Third wave

- 2024-05-04 10:00 first
- 10:05 second
- 10:10 third
`)
	var got []string
	for _, row := range f.Timeline {
		got = append(got, row.At.String())
	}
	want := []string{
		"2024-05-03T22:05Z", "2024-05-03T22:10", "2024-05-03T23:00+01:00..2024-05-03T23:59+01:00", "2024-05-03T23:10+01:00",
		"2024-05-04T10:00", "2024-05-04T10:05", "2024-05-04T10:10",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}
