package pattern

import (
	"fmt"
	"testing"
)

func showOutcomes(outcomes []Outcome) string {
	s := ""
	for _, o := range outcomes {
		s += fmt.Sprintf("%s: %d worked, %d partly, %d in vain, %d unsaid of %d; ", o.Group.ID, o.Worked, o.Partly, o.Vain, o.Unsaid, o.N())
	}
	return s
}

func TestWhatMitigationsWorkFor(t *testing.T) {
	f := Find(library(t,
		"a 2019 cause:overload,overload mitigation:rollback=no,scale-up=yes impact:outage",
		"b 2020 cause:overload mitigation:rollback=yes,scale-up=partly",
		"c 2021 cause:bug mitigation:rollback",
		"d 2021 cause:bug? mitigation:rollback?",
		"e 2022 cause:unknown mitigation:rollback=yes",
	))
	rollback, _ := f.Lookup(Mitigation, "rollback")
	overload, _ := f.Lookup(Cause, "overload")
	for _, test := range []struct {
		got  []Outcome
		want string
	}{
		{f.Tally(People).WorksFor(rollback, Cause), "overload: 1 worked, 0 partly, 1 in vain, 0 unsaid of 2; bug: 0 worked, 0 partly, 0 in vain, 1 unsaid of 1; "},
		{f.Tally(Both).WorksFor(rollback, Cause), "overload: 1 worked, 0 partly, 1 in vain, 0 unsaid of 2; bug: 0 worked, 0 partly, 0 in vain, 2 unsaid of 2; "},
		{f.Tally(People).Remedies(overload), "scale-up: 1 worked, 1 partly, 0 in vain, 0 unsaid of 2; rollback: 1 worked, 0 partly, 1 in vain, 0 unsaid of 2; "},
		{f.Tally(People).WorksFor(rollback, Mitigation), "scale-up: 1 worked, 0 partly, 1 in vain, 0 unsaid of 2; "},
		{f.Tally(People).WorksFor(overload, Cause), ""},
		{f.Tally(Suggested).Remedies(overload), ""},
	} {
		if got := showOutcomes(test.got); got != test.want {
			t.Errorf("\n got %s\nwant %s", got, test.want)
		}
	}
}

func TestCausesBehindAnImpact(t *testing.T) {
	f := Find(library(t, "a 2019 impact:outage cause:x,y", "b 2020 impact:outage cause:x", "c 2021 impact:outage cause:unknown", "d 2021 impact:slow cause:z"))
	g, _ := f.Lookup(Impact, "outage")
	got := ""
	for _, c := range f.Tally(People).Behind(g) {
		got += fmt.Sprintf("%s %d of %d (%.2f to %.2f); ", c.Group.ID, c.N, c.Of, c.Share().Low, c.Share().High)
	}
	if want := "x 2 of 2 (0.34 to 1.00); y 1 of 2 (0.09 to 0.91); "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
