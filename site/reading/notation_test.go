package reading

import (
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestNotationsOfRows reads a timeline in every notation that authors write one in. A
// row is written as its time, the label where there is none, ">", the actor in brackets
// and its text.
func TestNotationsOfRows(t *testing.T) {
	const head = "# Outage of 2020-01-21\n\n"
	const section = head + "## Timeline\n\n"
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"bullets with a clock": {head + "Text.\n\n  • 15:09: detects\n\n  • 15:11: evidence\n\n  • 15:17: power off\n", []string{
			"2020-01-21T15:09 > detects", "2020-01-21T15:11 > evidence", "2020-01-21T15:17 > power off"}},
		"headings": {section + "### 15:36\n\nIt began.\n\n### 15:40\n\nIt ended.\n", []string{
			"2020-01-21T15:36 > It began.", "2020-01-21T15:40 > It ended."}},
		"a remark on the time": {section + "### 15:36 (maybe earlier?)\n\nIt began.\n\n### 15:40\n\nIt ended.\n", []string{
			"~2020-01-21T15:36 > It began.", "2020-01-21T15:40 > It ended."}},
		"a link in front": {section + "### 15:36\n\n[Chat](https://x.example/y)\n\nIt began.\n\n### 15:40\n\n[Chat](https://x.example/z)\n", []string{
			"2020-01-21T15:36 > It began.", "2020-01-21T15:40 > Chat"}},
		"table": {section + "| Time | Event |\n|---|---|\n| 2020-01-21 15:36 | began |\n| 2020-01-21 15:40 | [ended](https://x.example/y) |\n", []string{
			"2020-01-21T15:36 > began", "2020-01-21T15:40 > ended"}},
		"table without its bars": {head + "Timeline\n\n2020-01-21 15:36 | began\n2020-01-21 15:40 | ended\n", []string{
			"2020-01-21T15:36 > began", "2020-01-21T15:40 > ended"}},
		"label in front": {section + "- First detected: 2023-11-01 10:15\n- Repaired: 2023-11-01 10:41\n- Resolved 2023-11-01 10:55\n", []string{
			"2023-11-01T10:15 > First detected", "2023-11-01T10:41 > Repaired", "2023-11-01T10:55 > Resolved"}},
		"bold clock and actor": {section + "- **18:53** `@nova` declares an incident\n- **18:59** `@kim` rolls back\n", []string{
			"2020-01-21T18:53 > (nova) declares an incident", "2020-01-21T18:59 > (kim) rolls back"}},
		"half days": {section + "2018-08-22, 03:26pm: began\n\n2018-08-22, 04:01pm: ended\n", []string{
			"2018-08-22T15:26 > began", "2018-08-22T16:01 > ended"}},
		"day first": {section + "27-05-2025 14:31 – began\n\n27-05-2025 15:31 – ended\n", []string{
			"2025-05-27T14:31 > began", "2025-05-27T15:31 > ended"}},
		"date behind": {section + "* 11:10 6th Nov 2023 - began\n* 12:40 6th Nov 2023 - ended\n", []string{
			"2023-11-06T11:10 > began", "2023-11-06T12:40 > ended"}},
		"date behind the zone": {section + "17:53 UTC Feb 20: began\n\n01:10 UTC Feb 21: ended\n", []string{
			"2020-02-20T17:53Z > began", "2020-02-21T01:10Z > ended"}},
		"posted behind the text": {"Network\n\nResolved\nAll well.\nPosted Oct 12, 2017 - 23:57 UTC\nIdentified\nWe know.\nPosted Oct 12, 2017 - 17:12 UTC\n", []string{
			"2017-10-12T17:12Z > Identified: We know.", "2017-10-12T23:57Z > Resolved: All well."}},
		"inline": {head + "It broke. Timeline 14:10: Engineers deploy a service. It fails. 14:12: We rolled back. See 12:30 pm. 14:16: We announce it.\n", []string{
			"2020-01-21T14:10 > Engineers deploy a service. It fails.", "2020-01-21T14:12 > We rolled back. See 12:30 pm.", "2020-01-21T14:16 > We announce it."}},
		"updates": {head + "[Update - 2020-01-22 07h30 UTC]\nStill full.\n\n[Update - 2020-01-21 21h00 UTC]\nFilling.\n\n[Update - 2020-01-21 14:00 UTC]\nDown.\n", []string{
			"2020-01-21T14:00Z > Down.", "2020-01-21T21:00Z > Filling.", "2020-01-22T07:30Z > Still full."}},
		"a row until another day": {section + "- 21 Jan 16:02 - 23 Jan 15:02: slow\n- 17:00: well\n", []string{
			"2020-01-21T16:02..2020-01-23T15:02 > slow", "2020-01-23T17:00 > well"}},
		"over midnight": {section + "- 23:50 began\n- 00:10 got worse\n- 01:00 ended\n", []string{
			"2020-01-21T23:50 > began", "2020-01-22T00:10 > got worse", "2020-01-22T01:00 > ended"}},
		"newest first": {section + "- 01:00 ended\n- 00:10 got worse\n- 23:50 began\n", []string{
			"2020-01-20T23:50 > began", "2020-01-21T00:10 > got worse", "2020-01-21T01:00 > ended"}},
		"minutes since the start": {section + "- T+0: began\n- T+16m: found\n- T+00:36: ended\n", []string{
			"+0 s > began", "+16 min > found", "+36 min > ended"}},
		"no day at all": {"# Outage\n\n## Timeline\n\n- 14:10 began\n- 14:20 ended\n", []string{"14:10 > began", "14:20 > ended"}},
		"no entries":    {head + "Text at 14:10: it says so, and 14:12 too. Nothing more.\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tellRows(explicit(facts(test.text).Timeline)); !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

// TestRowsKeepTheirLinks holds that each row has the links of its own text.
func TestRowsKeepTheirLinks(t *testing.T) {
	const x, y = "https://example.org/x", "https://example.org/y"
	for _, text := range []string{
		"- 15:09 [seen](" + x + ")\n- 15:10 *[**mended**](" + y + ")*\n",
		"| Time | Event |\n|---|---|\n| 15:09 | [seen](" + x + ") |\n| 15:10 | " + y + " |\n",
		"15:09 [seen](" + x + ")\n15:10 ended, as\n[told](" + y + ")\n",
		"## Story\n\nAt 15:09 it was [seen](" + x + "). At 15:10 it [ended](" + y + ").\n",
	} {
		rows := facts("# Outage of 2020-01-21\n\n## Timeline\n\n" + text).Timeline
		if len(rows) != 2 || !slices.Equal(rows[0].Links, []string{x}) || !slices.Equal(rows[1].Links, []string{y}) {
			t.Errorf("%q: %+v", text, rows)
		}
	}
}

func explicit(rows []incident.Row) []incident.Row { return ofBasis(rows, incident.Explicit) }

func prose(rows []incident.Row) []incident.Row { return ofBasis(rows, incident.Prose) }

func ofBasis(rows []incident.Row, basis incident.Basis) []incident.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r incident.Row) bool { return r.Basis != basis })
}

func tellRows(rows []incident.Row) []string {
	var list []string
	for _, r := range rows {
		at := r.At.String()
		if r.Offset != nil {
			at = "+" + r.Offset.String()
		} else if at == "" {
			at = r.Label
		}
		if r.Actor != nil {
			at += " > (" + *r.Actor + ")"
		} else {
			at += " >"
		}
		list = append(list, at+" "+r.Text)
	}
	return list
}
