package pattern

import (
	"slices"
	"testing"

	"faultline/site/incident"
)

// One trouble that came back four times is one witness, not five.
func TestTheSameTroubleAgainIsNoPattern(t *testing.T) {
	lib := library(t, slices.Concat(
		repeated(0, 5, "cause:overload factor:retries"), repeated(100, 40, "cause:bug factor:no-tests"))...)
	before := combinationOf(t, Find(lib).Tally(People).Combinations(MiningOptions{}), "cause-overload--factor-retries")
	if before.Verdict != More || before.Repeats != 0 {
		t.Fatalf("five troubles: %+v", before)
	}
	for _, inc := range lib.Incidents[1:5] {
		inc.Related.RepeatOf = []string{lib.Incidents[0].ID}
	}
	after := combinationOf(t, Find(lib).Tally(People).Combinations(MiningOptions{}), "cause-overload--factor-retries")
	if after.Verdict != Repeated || after.Repeats != 4 || after.Verdict.Notable() {
		t.Errorf("one trouble five times: %+v", after)
	}
	f := Find(lib)
	g, _ := f.Lookup(Cause, "overload")
	if got := f.Tally(People).Companions(g, Factor)[0].Verdict; got != Repeated {
		t.Errorf("as companions they are %s, want %s", got, Repeated)
	}
}

func TestTroublesOfWhichTheFirstIsNotAmongTheIncidents(t *testing.T) {
	lib := library(t, "a 2020-01-01 cause:x", "b 2020-01-02 cause:y", "c 2020-01-03 cause:y", "d 2020-01-04 cause:y")
	lib.Incidents[1].Related.RepeatOf, lib.Incidents[2].Related.RepeatOf = []string{"a"}, []string{"a"}
	f := Find(lib)
	m := f.Tally(People).miner(MiningOptions{Support: 1})
	for id, want := range map[string]int{"x": 1, "y": 2} {
		g, _ := f.Lookup(Cause, id)
		if got := f.troubles().count(m.set(g)); got != want {
			t.Errorf("%s is behind %d troubles, want %d", id, got, want)
		}
	}
}

func TestWhatGoesTogetherByMeaningIsNotClaimed(t *testing.T) {
	lib := library(t, slices.Concat(
		repeated(0, 9, "trigger:expiry cause:identity mitigation:renew tech:TLS"), repeated(50, 30, "trigger:deploy cause:bug mitigation:rollback tech:Go"))...)
	f := Find(lib)
	c := combinationOf(t, f.Tally(People).Combinations(MiningOptions{}), "cause-identity--mitigation-renew--tech-tls--trigger-expiry")
	if c.Verdict != More {
		t.Fatalf("%+v", c)
	}
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Trigger, ID: "expiry", Definition: "defined", GoesWith: []string{"cause:identity", "tech:TLS", "cause:nobody-has"}})
	lib.Vocabulary.Set(incident.Term{Dimension: incident.Mitigation, ID: "renew", Definition: "defined", GoesWith: []string{"cause:identity"}})
	f = Find(lib)
	c = combinationOf(t, f.Tally(People).Combinations(MiningOptions{}), c.ID)
	if c.Verdict != ByMeaning || c.Words() != "seen together 9 times: one goes with the other by what they mean" {
		t.Errorf("%+v: %s", c, c.Words())
	}
	g, _ := f.Lookup(Cause, "identity")
	if got := f.Tally(People).Companions(g, Trigger)[0].Verdict; got != ByMeaning {
		t.Errorf("its companion is %s, want %s", got, ByMeaning)
	}
}

func TestNarrowerAndWiderCombinationsStandUnderTheFirst(t *testing.T) {
	a, b, c, d := &Group{ID: "a"}, &Group{ID: "b"}, &Group{ID: "c"}, &Group{ID: "d"}
	found := []Combination{
		{ID: "ab", Values: []*Group{a, b}}, {ID: "cd", Values: []*Group{c, d}}, {ID: "abc", Values: []*Group{a, b, c}},
		{ID: "abcd", Values: []*Group{a, b, c, d}}, {ID: "bc", Values: []*Group{b, c}}, {ID: "bcd", Values: []*Group{b, c, d}},
	}
	nest(found)
	var under []string
	for _, one := range found {
		under = append(under, one.Under)
	}
	if want := []string{"", "", "ab", "ab", "", "cd"}; !slices.Equal(under, want) {
		t.Errorf("under %q, want %q", under, want)
	}
}
