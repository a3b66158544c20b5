package pattern

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
)

func lasting(least, most int) *incident.Incident {
	return &incident.Incident{Duration: incident.Duration{Least: minutes(least), Most: minutes(most), Basis: incident.Stated}}
}

// at is an incident with the four clocks, "-" for one that is not known.
func at(t *testing.T, clocks ...string) *incident.Incident {
	t.Helper()
	inc := &incident.Incident{}
	for i, field := range []*incident.Time{&inc.Started, &inc.Detected, &inc.Mitigated, &inc.Resolved} {
		if i >= len(clocks) || clocks[i] == "-" {
			continue
		}
		clock, err := incident.ParseTime(clocks[i], nil)
		if err != nil {
			t.Fatal(err)
		}
		*field = clock
	}
	inc.Duration = incident.Between(inc.Started, inc.Resolved)
	return inc
}

func showDistribution(d Distribution) string {
	return fmt.Sprintf("%d of %d, lacking %d negative %d zones %d, approximate %d ranged %d long %d: %s %s %s %s %s %s",
		d.N, d.Of, d.Lacking, d.Negative, d.Zones, d.Approximate, d.Ranged, d.Long, d.Least, d.Lower, d.Median, d.Upper, d.P90, d.Most)
}

func TestDurationsOfWholeIncidents(t *testing.T) {
	for _, test := range []struct {
		name      string
		incidents []*incident.Incident
		want      string
	}{
		{"none", nil, "0 of 0, lacking 0 negative 0 zones 0, approximate 0 ranged 0 long 0: 0 s 0 s 0 s 0 s 0 s 0 s"},
		{"unknown alone", []*incident.Incident{{}}, "0 of 1, lacking 1 negative 0 zones 0, approximate 0 ranged 0 long 0: 0 s 0 s 0 s 0 s 0 s 0 s"},
		{"odd, with a range", []*incident.Incident{lasting(90, 90), lasting(10, 30), {}, lasting(60, 60)},
			"3 of 4, lacking 1 negative 0 zones 0, approximate 0 ranged 1 long 0: 20 min 40 min 1 h 1 h 15 min 1 h 24 min 1 h 30 min"},
		{"even", []*incident.Incident{lasting(10, 10), lasting(20, 20)},
			"2 of 2, lacking 0 negative 0 zones 0, approximate 0 ranged 0 long 0: 10 min 13 min 15 min 18 min 19 min 20 min"},
		{"two years", []*incident.Incident{lasting(1051200, 1051200)},
			"1 of 1, lacking 0 negative 0 zones 0, approximate 0 ranged 0 long 1: 730 d 730 d 730 d 730 d 730 d 730 d"},
	} {
		if got := showDistribution(Durations(test.incidents, Whole)); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

func TestPhasesSayWhyTheyAreNotKnown(t *testing.T) {
	incidents := []*incident.Incident{
		at(t, "2020-01-01T10:00Z", "2020-01-01T10:10Z", "~2020-01-01T10:40Z", "2020-01-01T11:00Z"),
		at(t, "2020-01-01T10:00Z", "2020-01-01T09:30Z", "2020-01-01T10:00", "2022-01-01T11:00"),
		at(t, "2020-01-01", "2020-01-01T09:30Z", "-", "2020-01-01T11:00Z"),
		at(t, "2020-01-01T10:00Z..2020-01-01T10:10Z", "2020-01-01T10:30Z", "2020-01-01T10:30Z", "-"),
	}
	for phase, want := range map[Phase]string{
		ToDetect:   "2 of 4, lacking 1 negative 1 zones 0, approximate 0 ranged 1 long 0: 10 min 14 min 18 min 21 min 24 min 25 min",
		ToMitigate: "2 of 4, lacking 1 negative 0 zones 1, approximate 1 ranged 0 long 0: 0 s 8 min 15 min 23 min 27 min 30 min",
		ToResolve:  "2 of 4, lacking 2 negative 0 zones 0, approximate 1 ranged 0 long 1: 20 min 182 d 18 h 365 d 12 h 548 d 6 h 657 d 22 h 731 d 1 h",
		Whole:      "1 of 4, lacking 2 negative 0 zones 1, approximate 0 ranged 0 long 0: 1 h 1 h 1 h 1 h 1 h 1 h",
	} {
		if got := showDistribution(Durations(incidents, phase)); got != want {
			t.Errorf("%s:\n got %s\nwant %s", phase, got, want)
		}
	}
}

func TestECDFRisesAtEveryLength(t *testing.T) {
	d := Durations([]*incident.Incident{lasting(5, 5), lasting(3, 3), lasting(5, 5), {}}, Whole)
	if got := fmt.Sprint(d.ECDF()); got != fmt.Sprint([]Step{{minutes(3), 1}, {minutes(5), 3}}) {
		t.Error(got)
	}
	if steps := (Distribution{}).ECDF(); steps != nil {
		t.Error(steps)
	}
}

func TestCompareSaysWhatItCanDetect(t *testing.T) {
	group := func(from, n int) (incidents []*incident.Incident) {
		for i := range n {
			incidents = append(incidents, lasting(from+i, from+i))
		}
		return incidents
	}
	for _, test := range []struct {
		name   string
		a, b   []*incident.Incident
		change int
		words  string
	}{
		{"none", nil, nil, 0, "no detectable change: 0 and 0 incidents are too few to compare, each takes 6"},
		{"few and far apart", group(10, 5), group(9000, 50), 0, "no detectable change: 5 and 50 incidents are too few to compare, each takes 6"},
		{"the same", group(10, 30), group(10, 30), 0, "no detectable change: the median differs by 0 s, anything from "},
		{"longer", group(10, 30), group(60, 30), 1, "longer by 50 min in the median ("},
		{"shorter", group(60, 30), group(10, 30), -1, "shorter by 50 min in the median ("},
	} {
		c := Compare(test.a, test.b, Whole)
		if c.Change != test.change || !strings.HasPrefix(c.Words(), test.words) {
			t.Errorf("%s: %d, %s", test.name, c.Change, c.Words())
		}
		if again := Compare(test.a, test.b, Whole); again.Low != c.Low || again.High != c.High {
			t.Errorf("%s: two runs differ", test.name)
		}
	}
}

func TestALengthOfADayKeepsItsSeconds(t *testing.T) {
	if d := Durations([]*incident.Incident{{Duration: incident.Duration{Least: incident.Span(90 * time.Second), Most: incident.Span(90 * time.Second), Basis: incident.Computed}}}, Whole); d.Median != incident.Span(90*time.Second) {
		t.Error(d.Median)
	}
}

// TestBesideIsCompareWithTheOthers holds the fast way to compare a group with all others to
// the plain one.
func TestBesideIsCompareWithTheOthers(t *testing.T) {
	lib := &incident.Library{}
	for i := range 40 {
		inc := lasting(i*i%37, i*i%37+i%3)
		switch i % 8 {
		case 5:
			inc = &incident.Incident{}
		case 6:
			inc = at(t, "2024-03-05T10:00Z", "-", "-", "2024-03-05T09:00Z")
		case 7:
			inc = at(t, "2024-03-05T10:00Z", "-", "-", "2024-03-05T11:00")
		}
		lib.Incidents = append(lib.Incidents, inc)
	}
	f := Find(lib)
	for size := range 40 {
		in, others := f.Incidents()[:size], f.Incidents()[size:]
		for _, phase := range Phases {
			got, want := f.Beside(in, phase), Compare(others, in, phase)
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%d incidents, %s:\n got %v\nwant %v", size, phase, got, want)
			}
		}
	}
}
