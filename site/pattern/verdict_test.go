package pattern

import (
	"testing"

	"faultline/site/pattern/stat"
)

func TestDecimalsTellSomething(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 1e-9: "under 0.001", .001: "0.001", .0432: "0.04", .0949: "0.09", .0951: "0.1", 2.649: "2.6", 9.949: "9.9", 9.96: "10", 31.4: "31"} {
		if got := decimal(x); got != want {
			t.Errorf("%g: %s, want %s", x, got, want)
		}
	}
}

func TestVerdictsInPlainWords(t *testing.T) {
	table := stat.Table{Both: 3, A: 13, B: 20, N: 100}
	for v, want := range map[Verdict]string{
		Chance:    "seen together 3 times, 2.6 expected: no more than chance",
		TooFew:    "seen together 3 times: too few to say",
		Perhaps:   "seen together 3 times, 2.6 expected: may be chance, as so many were tried that some must look like this",
		ByWording: "seen together 3 times, 2.6 expected: more than chance, but one sentence tells of both",
		More:      "seen together 3 times, 2.6 expected: 1.2 times as often as by chance (0.3 to 2.5)",
	} {
		if got := words(v, table); got != want {
			t.Errorf("%s: %s", v, got)
		}
	}
	for v := TooFew; v <= LessOften; v++ {
		if v.String() == "" || v.Notable() != (v >= More) {
			t.Errorf("%d: %s", v, v)
		}
	}
}

// TestJudge holds where claims begin.
func TestJudge(t *testing.T) {
	for _, test := range []struct {
		both int
		p, q float64
		want Verdict
	}{{2, 0, 0, TooFew}, {3, .01, .05, More}, {3, .01, .051, Perhaps}, {3, .05, .5, Perhaps}, {3, .06, .5, Chance}} {
		if got := judge(stat.Table{Both: test.both, A: 9, B: 9, N: 90}, test.p, test.q); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}
