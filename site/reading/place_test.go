package reading

import "testing"

// TestZonesNamed resolves names of zones and places that can mean but one zone, on the
// season of the day, and leaves abbreviations alone.
func TestZonesNamed(t *testing.T) {
	for _, c := range []struct{ text, first string }{
		{"# Down on 2016-04-11\n\n## Timeline\n\nTime (Pacific) | Description\n---|---\n14:50 | down\n15:10 | up\n", "2016-04-11T14:50-07:00"},
		{"# Down on 2016-01-11\n\n## Timeline (Pacific Time)\n\n- 14:50 down\n- 15:10 up\n", "2016-01-11T14:50-08:00"},
		{"# Down on 2016-04-11\n\n## Timeline\n\n- 14:50 Denver - down\n- 15:10 Denver - up\n", "2016-04-11T14:50-06:00"},
		{"# Down on 2016-04-11\n\n## Timeline\n\n- 7:50 AM Eastern: down\n- 8:10 AM Eastern: up\n", "2016-04-11T07:50-04:00"},
		{"# Down on 2016-04-11\n\n## Timeline\n\n- 14:50 US/Pacific down\n- 15:10 US/Pacific up\n", "2016-04-11T14:50-07:00"},
		{"# Down on 2016-04-11\n\nAll times are in Eastern Time.\n\n## Timeline\n\n- 7:50 down\n- 8:10 up\n", "2016-04-11T07:50-04:00"},
		{"# Down on 2016-04-11\n\n## Timeline (PST)\n\n- 7:50 down\n- 8:10 up\n", "2016-04-11T07:50"},
		{"# Down on 2016-04-11\n\n## Timeline (Pacific Northwest)\n\n- 7:50 down\n- 8:10 up\n", "2016-04-11T07:50"},
		{"# Down on 2016-04-11\n\n## Timeline\n\n- 7:50 Eastern division reports errors\n- 8:10 up\n", "2016-04-11T07:50"},
	} {
		f := facts(c.text)
		if len(f.Timeline) == 0 {
			t.Errorf("%q: no rows", c.text)
		} else if got := f.Timeline[0].At.String(); got != c.first {
			t.Errorf("%q: %q, want %q", c.text, got, c.first)
		}
	}
}
