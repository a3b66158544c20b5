package pattern

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
)

func showMonths(c Calendar) string {
	var parts []string
	for _, m := range c.Months {
		part := fmt.Sprintf("%d-%d", m.Year, m.Month)
		for _, inc := range m.Incidents {
			part += " " + inc.ID
		}
		parts = append(parts, part)
	}
	return fmt.Sprintf("%s; coarse %d undated %d earlier %d later %d", strings.Join(parts, ", "), c.Coarse, c.Undated, c.Earlier, c.Later)
}

func TestMonthsHaveNoGaps(t *testing.T) {
	for _, test := range []struct {
		name  string
		notes []string
		asOf  string
		want  string
	}{
		{"to the day that the library speaks of", []string{"x -", "a 2019", "b 2019-11-30", "c 2019-11", "d 2020-01-02T00:30+09:00"}, "2020-02-01",
			"2019-11 c b, 2019-12, 2020-1 d, 2020-2; coarse 1 undated 1 earlier 0 later 0"},
		{"to the last without one", []string{"b 2019-11-30", "d 2020-01-02"}, "", "2019-11 b, 2019-12, 2020-1 d; coarse 0 undated 0 earlier 0 later 0"},
		{"up to an earlier day", []string{"b 2019-11-30", "d 2020-01-02"}, "2019-11-30", "2019-11 b; coarse 0 undated 0 earlier 0 later 1"},
		{"before all", []string{"b 2019-11-30"}, "2018", "; coarse 0 undated 0 earlier 0 later 1"},
		{"none", nil, "2020", "; coarse 0 undated 0 earlier 0 later 0"},
	} {
		lib := library(t, test.notes...)
		if test.asOf != "" {
			lib.AsOf, _ = incident.ParseTime(test.asOf, nil)
		}
		f := Find(lib)
		if got := showMonths(f.Calendar(f.Incidents())); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestASlipOfThePenMakesNoCenturies(t *testing.T) {
	f := Find(library(t, "a 0001-01-01", "b 2020-01-01"))
	if c := f.Calendar(f.Incidents()); len(c.Months) != mostMonths || c.Earlier != 1 {
		t.Errorf("%d months, %d earlier", len(c.Months), c.Earlier)
	}
}

func TestHoursAreThoseOfThePlace(t *testing.T) {
	c := Find(library(t)).Calendar([]*incident.Incident{
		at(t, "2024-01-01T23:59+09:00"), // a Monday
		at(t, "2024-01-01T23:00Z"),
		at(t, "2024-01-07T05:30"),
		at(t, "2024-01-07T05:30Z..2024-01-07T09:30Z"),
		at(t, "2024-01-07"),
		{},
	})
	if c.Hours[0][23] != 2 || c.Hours[6][5] != 1 || c.Clocked != 3 || c.InUTC != 1 || c.NoClock != 3 {
		t.Errorf("%+v", c)
	}
}

func TestNews(t *testing.T) {
	f := Find(library(t,
		"a 2018-03-01 cause:x,y", "b 2018-12-31 cause:x", "b2 2019-02-28 cause:w", "c 2019-03-01 cause:x,v", "d 2020 cause:y",
		"e 2020-12-30 cause:x service:api", "f 2021-06 cause:y,unknown", "g - cause:z", "h 2022-01-01 cause:x"))
	var got []string
	for _, y := range f.Tally(People).News() {
		part := fmt.Sprint(y.Year)
		for _, n := range y.New {
			part += " +" + n.Group.ID + "@" + n.Incident.ID
		}
		for _, r := range y.Returned {
			part += fmt.Sprintf(" %s back %s-%s %d after %d", r.Group.ID, r.Before.ID, r.After.ID, r.Days, r.Seen)
		}
		got = append(got, part)
	}
	want := "2022 x back e-h 367 after 4; 2021; 2020 +api@e x back c-e 670 after 3; 2019 +v@c; 2018"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("\n got %s\nwant %s", s, want)
	}
}
