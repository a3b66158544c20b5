package reading

import (
	"slices"
	"strings"
	"testing"
)

// TestTimesToldInProse reads the rows that sentences tell; what they do not tell of the
// incident is no row.
func TestTimesToldInProse(t *testing.T) {
	const head = "# Outage of 2020-01-21\n\n"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"at the start of a sentence": {"At 16:31 UTC we receive the first reports. A crash follows.", []string{
			"2020-01-21T16:31Z > At 16:31 UTC we receive the first reports."}},
		"in the middle": {"The rollout had begun at approximately 13:00 at a smaller scale.", []string{
			"~2020-01-21T13:00 > The rollout had begun at approximately 13:00 at a smaller scale."}},
		"in brackets": {"Adding capacity (at around 18:10 UTC) helps.", []string{"~2020-01-21T18:10Z > Adding capacity (at around 18:10 UTC) helps."}},
		"after and until": {"None failed after 19:00. It went on until 20:00.", []string{
			"2020-01-21T19:00 > None failed after 19:00.", "2020-01-21T20:00 > It went on until 20:00."}},
		"half days, with dots": {"It began at 8:04 p.m. PDT. We slept.", []string{"2020-01-21T20:04 > It began at 8:04 p.m. PDT."}},
		"from one to another":  {"Pages failed from 10:00 to 11:30 UTC.", []string{"2020-01-21T10:00Z..2020-01-21T11:30Z > Pages failed from 10:00 to 11:30 UTC."}},
		"over midnight":        {"By 23:10 it grew.\n\nIt ended at 00:20.", []string{"2020-01-21T23:10 > By 23:10 it grew.", "2020-01-22T00:20 > It ended at 00:20."}},
		"another day of the sentence": {"On January 23, users left at 14:00.\n\nAt 15:00 they came back.", []string{
			"2020-01-23T14:00 > On January 23, users left at 14:00.", "2020-01-23T15:00 > At 15:00 they came back."}},
		"a look back": {"On January 3 a deploy ran at 14:00.\n\nAt 15:00 it failed.", []string{
			"2020-01-03T14:00 > On January 3 a deploy ran at 14:00.", "2020-01-21T15:00 > At 15:00 it failed."}},
		"the day of a second clock": {"It began at 18:35 and was over by 00:30 on January 22.", []string{
			"2020-01-21T18:35 > It began at 18:35 and was over by 00:30 on January 22.", "2020-01-22T00:30 > was over by 00:30 on January 22."}},
		"a time alone": {"22 January 2020, 02:33 UTC. The grid fails. It was dark.", []string{
			"2020-01-22T02:33Z > 22 January 2020, 02:33 UTC. The grid fails."}},
		"until another day": {"From January 21, 4:02 PM to January 23, 3:02 PM it was slow.", []string{
			"2020-01-21T16:02..2020-01-23T15:02 > From January 21, 4:02 PM to January 23, 3:02 PM it was slow."}},
		"short forms end no sentence": {"It was accurate at 19:00 on Jan. 21 for approx. 5 nodes.", []string{
			"2020-01-21T19:00 > It was accurate at 19:00 on Jan. 21 for approx. 5 nodes."}},
		"a day ends a sentence": {"It was pulled at 03:40 on January 22. A fix came at 06:08.", []string{
			"2020-01-22T03:40 > It was pulled at 03:40 on January 22.", "2020-01-22T06:08 > A fix came at 06:08."}},
		"entries of a list": {"- We looked at 14:00\n- and found it at 14:20", []string{"2020-01-21T14:00 > We looked at 14:00", "2020-01-21T14:20 > and found it at 14:20"}},
		"what is known of the report": {"- First detected 2020-01-21 15:44\n- Duration: 15:44 to 16:00", []string{
			"2020-01-21T15:44 > First detected 2020-01-21 15:44"}},
		"since the start": {"At the 16 minute mark of the downtime, we found it.", []string{"+16 min > At the 16 minute mark of the downtime, we found it."}},
		"in German": {"Gegen 14:05 Uhr fiel es auf. Um 14.20 Uhr war es behoben.", []string{
			"~2020-01-21T14:05 > Gegen 14:05 Uhr fiel es auf.", "2020-01-21T14:20 > Um 14.20 Uhr war es behoben."}},
		"told twice": {"At 14:00 it broke. It broke at 14:00.", []string{"2020-01-21T14:00 > At 14:00 it broke."}},

		"habits":             {"The job runs every day at 3:00. At 03:00 the daily backup starts.", nil},
		"plans":              {"We will stop it at 15:00 tomorrow.", nil},
		"other incidents":    {"On March 3 2019 it failed at 10:00. The previous incident began at 09:00.", nil},
		"code":               {"See `at 10:00` there.\n\n```\nat 11:00\n```", nil},
		"logs":               {"2020-01-21 10:00:00,123 ERROR it failed", nil},
		"ratios and ports":   {"It went from a ratio of 12:30 to v2:10, on 10.0.0.1:8080 and host:9090.", nil},
		"lengths":            {"It was down for about 1h50m, then 1:30 hours.", nil},
		"questions":          {"Did it begin at 10:00?", nil},
		"quotes of others":   {"> It began at 10:00.", nil},
		"promises":           {"## Action items\n\n- Add what was missing at 10:00", nil},
		"when it was posted": {"Last updated at 10:00 on January 22, 2020.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tellRows(prose(facts(head + test.text + "\n").Timeline)); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestRowsAreToldOnce holds that sentences add to a timeline what it does not have, in
// the order of the clocks.
func TestRowsAreToldOnce(t *testing.T) {
	rows := facts("# Outage of 2020-01-21\n\nIt began at 15:00 and at 15:09 it was seen. At 15:10 all was dark.\n\n## Timeline\n\n- 15:09 seen\n- 15:20 over by 15:30\n").Timeline
	want := []string{"2020-01-21T15:00 > It began at 15:00 and at 15:09 it was seen.", "2020-01-21T15:09 > seen",
		"2020-01-21T15:10 > At 15:10 all was dark.", "2020-01-21T15:20 > over by 15:30"}
	if got := tellRows(rows); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if rows[0].Line != 3 || rows[0].Label != "15:00" {
		t.Errorf("line %d, label %q", rows[0].Line, rows[0].Label)
	}
}

// TestClausesWithClocks gives each clause of a sentence that tells a clock a row, and to
// the row of each what it tells.
func TestClausesWithClocks(t *testing.T) {
	for text, want := range map[string][]string{
		"The node was retired at 16:00, Prometheus went down approx 16:03.":     {"2020-01-02T16:00", "~2020-01-02T16:03"},
		"Around 9:30 UTC, records propagated and by 9:40 UTC traffic was back.": {"~2020-01-02T09:30Z", "2020-01-02T09:40Z"},
		"It was down from 15:30 to 18:10 UTC.":                                  {"2020-01-02T15:30Z..2020-01-02T18:10Z"},
		"Between 15:30 and 18:10 UTC, requests failed.":                         {"2020-01-02T15:30Z..2020-01-02T18:10Z"},
		"At 16:00 we saw 12:30 in the log.":                                     {"2020-01-02T16:00"},
	} {
		var got []string
		for _, row := range facts("# Down on 2020-01-02\n\n## Details\n\n" + text + "\n").Timeline {
			got = append(got, row.At.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	f := facts("# Down on 2020-01-02\n\nAt 16:00 the site went down, and by 16:30 it was restored.\n")
	if got := f.Started.Value.String() + " " + f.Mitigated.Value.String(); got != "2020-01-02T16:00 2020-01-02T16:30" {
		t.Error(got)
	}
}
