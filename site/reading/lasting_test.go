package reading

import "testing"

func TestLengthsInProse(t *testing.T) {
	for text, want := range map[string]string{
		"Anatomy of a 36-minute downtime":                                "36 min",
		"an outage of our API, lasting 1 hour and 50 minutes.":           "1 h 50 min",
		"It lasted approximately nine hours before":                      "~9 h",
		"this made beta unusable for about 1h50m.":                       "~1 h 50 min",
		"It took 1 hour and 31 minutes from the start of it":             "1 h 31 min",
		"For about 13 minutes, between 12:17 and 12:30":                  "~13 min",
		"periodic outages of 10-30 minutes":                              "",
		"a period of 30 minutes where jobs could not run":                "30 min",
		"four incidents totaling over 14 hours of major impact":          "~14 h",
		"this incident was resolved in 2 hours and 2 minutes":            "2 h 2 min",
		"the site was down for the past week, and came back":             "~7 d",
		"it was unavailable for the last two days":                       "~2 d",
		"an outage that would last 1 minute to one that lasted 2 hours":  "2 h",
		"Total downtime was 54 hours 10 minutes":                         "2 d 6 h",
		"a 90-minute partial outage":                                     "1 h 30 min",
		"In total, this incident was resolved in 2 hours and 2 minutes":  "2 h 2 min",
		"users were unable to log in for about 40 min.":                  "~40 min",
		"requests failed for an hour and a half on Friday":               "1 h 30 min",
		"an 18-minute total internet connectivity outage":                "18 min",
		"bringing the total duration of impact to 1 hour and 53 minutes": "1 h 53 min",
		"total impact 19h12m":                                            "19 h 12 min",
		"it was fully restored within approximately 6.5 hours":           "~6 h 30 min",
		"so that for approximately 47 minutes, jobs that used it failed": "~47 min",
		"it failed to resolve for an estimated time of 10-15 minutes.":   "10 min to 15 min",
		"our provider had an outage lasting 20 hours":                    "",
		"access to their clusters was degraded for roughly 3 hours.":     "~3 h",
		"their outage lasted 20 hours":                                   "",
		"this occurred once previously and lasted 24 hours":              "",
		"users could not connect for up to 2 hours.":                     "",
		"extending what would typically be a 2 minute outage":            "",
		"pages load for 40 minutes.":                                     "",
		"a request fails if it waits for 30 seconds.":                    "",
		"it was retained for 30 days":                                    "",
		"a grace period of 30 minutes":                                   "",
		"the issue was resolved in the 2 hours build":                    "",
		"a timeout of 30 seconds":                                        "",
	} {
		got := ""
		if spans := lengthsIn(text); len(spans) > 0 {
			got = spans[0].String()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestDurationsDisagree reports two lengths that contradict each other, and takes neither.
func TestDurationsDisagree(t *testing.T) {
	for text, want := range map[string]string{
		"# Outage\n\nThe outage lasted 2 hours.\n\n## Summary\n\nIt lasted 50 minutes.\n":   "the text states two durations, \"lasted 2 hours\" here and \"lasted 50 minutes\" on line 7",
		"# Outage\n\nThe outage lasted 2 hours. It lasted 118 minutes.\n":                   "",
		"# Outage\n\nThe outage lasted about 1 hour. It lasted 50 minutes.\n":               "",
		"# Outage\n\nThe outage lasted 2 hours.\n\n## End\n\nTotal downtime was 5 hours.\n": "",
		"# Outage\n\n- Duration: 5 minutes\n- Duration: 50 minutes\n":                       "the text states two durations, \"5 minutes\" here and \"50 minutes\" on line 4",
	} {
		f := facts(text)
		got := ""
		for _, p := range f.Problems {
			if p.Rule == "durations-disagree" {
				got += p.Text
			}
		}
		if got != want || f.Duration.Known() == (want != "") {
			t.Errorf("%q: %s, problem %q, want %q", text, f.Duration.Value, got, want)
		}
	}
}
