package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern/stat"
)

// Phase is a part of the time that an incident took.
type Phase uint8

// The phases, in the order in which an incident goes through them.
const (
	ToDetect   Phase = iota // from its beginning until it was detected
	ToMitigate              // from then until people no longer felt it
	ToResolve               // from then until it was over
	Whole                   // from its beginning to its end, or as its authors state it
)

// Phases lists the phases in order.
var Phases = [...]Phase{ToDetect, ToMitigate, ToResolve, Whole}

// String is the phase's name in URLs and JSON.
func (p Phase) String() string {
	return [...]string{"to-detect", "to-mitigate", "to-resolve", "whole"}[p]
}

// Label names the phase for people.
func (p Phase) Label() string {
	return [...]string{"Began to detected", "Detected to mitigated", "Mitigated to resolved", "Began to resolved"}[p]
}

// ends are the two clocks of the phase.
func (p Phase) ends(inc *incident.Incident) (from, to incident.Time) {
	switch p {
	case ToDetect:
		return inc.Started, inc.Detected
	case ToMitigate:
		return inc.Detected, inc.Mitigated
	case ToResolve:
		return inc.Mitigated, inc.Resolved
	default:
		return inc.Started, inc.Resolved
	}
}

// of is how long the phase of an incident took, unknown where its clocks do not tell.
func (p Phase) of(inc *incident.Incident) incident.Duration {
	if p == Whole {
		return inc.Duration
	}
	return incident.Between(p.ends(inc))
}

// longest is the length above which a duration is counted as a long one.
const longest = incident.Span(365 * 24 * time.Hour)

// Distribution is how long a phase took in a group of incidents: N of the Of incidents tell
// it. Lacking, Negative and Zones count the others. The lengths are zero when N is.
//
// There is no mean, on purpose. Durations of incidents are so skewed that one long incident
// moves the mean of a year more than all effort of a team does (Davidovič, Incident Metrics
// in SRE, 2021).
type Distribution struct {
	Phase    Phase
	N, Of    int
	Lacking  int // a clock is not known to the minute
	Negative int // the clocks run backwards
	Zones    int // one of the clocks has a zone, the other has none

	Approximate int // of N: as their authors say
	Ranged      int // of N: known only as lying between two lengths, of which the middle counts
	Long        int // of N: longer than a year

	Least, Lower, Median, Upper, P90, Most incident.Span // Lower and Upper are the quartiles

	minutes []float64 // ascending
}

// Durations takes the distribution of a phase over incidents. Quantiles are those of
// stat.Quantile.
func Durations(incidents []*incident.Incident, phase Phase) Distribution {
	d := Distribution{Phase: phase, Of: len(incidents)}
	for _, inc := range incidents {
		d.add(inc)
	}
	slices.Sort(d.minutes)
	d.summarize()
	return d
}

// summarize takes the quantiles of the minutes.
func (d *Distribution) summarize() {
	if d.N = len(d.minutes); d.N == 0 {
		return
	}
	for _, q := range []struct {
		at *incident.Span
		p  float64
	}{{&d.Least, 0}, {&d.Lower, .25}, {&d.Median, .5}, {&d.Upper, .75}, {&d.P90, .9}, {&d.Most, 1}} {
		*q.at = span(stat.Quantile(d.minutes, q.p))
	}
}

func (d *Distribution) add(inc *incident.Incident) {
	took := d.Phase.of(inc)
	if !took.Known() {
		d.lack(inc)
		return
	}
	d.minutes = append(d.minutes, inMinutes(took))
	for _, c := range []struct {
		count *int
		holds bool
	}{{&d.Approximate, took.Approximate}, {&d.Ranged, took.Least != took.Most}, {&d.Long, middle(took) > longest}} {
		if c.holds {
			*c.count++
		}
	}
}

// middle is the length that counts of one that lies between two.
func middle(took incident.Duration) incident.Span { return took.Least + (took.Most-took.Least)/2 }

func inMinutes(took incident.Duration) float64 { return time.Duration(middle(took)).Minutes() }

// lack counts an incident by why it does not tell the phase.
func (d *Distribution) lack(inc *incident.Incident) {
	switch from, to := d.Phase.ends(inc); {
	case !from.Clock() || !to.Clock():
		d.Lacking++
	case from.Zoned != to.Zoned:
		d.Zones++
	default:
		d.Negative++
	}
}

func span(minutes float64) incident.Span {
	return incident.Span(minutes * float64(time.Minute))
}

// Step is a length of time that N of a distribution's incidents took at most.
type Step struct {
	At incident.Span
	N  int
}

// ECDF returns the empirical distribution function, one step for each different length.
func (d Distribution) ECDF() []Step {
	var steps []Step
	for _, s := range stat.Steps(d.minutes) {
		steps = append(steps, Step{span(s.X), s.N})
	}
	return steps
}

// Comparison is how the median length of a phase differs between two groups of incidents.
type Comparison struct {
	A, B       Distribution
	Difference incident.Span // the median of B less that of A
	Low, High  incident.Span // the interval of the difference, zero where Enough is not
	Enough     bool          // both groups have the stat.Fewest incidents that a comparison takes
	Change     int           // +1: B takes longer, -1: B is over sooner, 0: no detectable change
}

// Compare compares the medians of two groups by the bootstrap (stat.CompareMedians). Incidents
// that are in both groups make it see less change than there is.
func Compare(a, b []*incident.Incident, phase Phase) Comparison {
	return compare(Durations(a, phase), Durations(b, phase))
}

func compare(a, b Distribution) Comparison {
	c := Comparison{A: a, B: b}
	d := stat.CompareMedians(c.A.minutes, c.B.minutes)
	if c.A.N > 0 && c.B.N > 0 {
		c.Difference = span(d.Estimate)
	}
	c.Low, c.High, c.Enough, c.Change = span(d.Interval.Low), span(d.Interval.High), d.Enough, d.Change()
	return c
}

// Beside compares the incidents, each of which must be of the library and named once, with all
// others of the library: these are A of the comparison, those given B. It is Compare without
// the work of measuring all others again for every group.
func (f *Findings) Beside(incidents []*incident.Incident, phase Phase) Comparison {
	in := stat.NewSet(len(f.incidents))
	for _, inc := range incidents {
		in.Add(int(f.position[inc]))
	}
	b := Durations(incidents, phase)
	return compare(f.measured[phase]().without(in, b), b)
}

// measured is how long a phase took in all incidents of a library.
type measured struct {
	Distribution
	at []int32 // the incidents' positions, in the order of the distribution's minutes
}

func (f *Findings) measure(phase Phase) measured {
	all := measured{Distribution: Durations(f.incidents, phase)}
	for at, inc := range f.incidents {
		if phase.of(inc).Known() {
			all.at = append(all.at, int32(at))
		}
	}
	slices.SortStableFunc(all.at, func(a, b int32) int {
		return cmp.Compare(inMinutes(phase.of(f.incidents[a])), inMinutes(phase.of(f.incidents[b])))
	})
	return all
}

// without is the distribution of all incidents but those of a set, which have one of their
// own.
func (m measured) without(in stat.Set, own Distribution) Distribution {
	d := Distribution{
		Phase: m.Phase, Of: m.Of - own.Of, Lacking: m.Lacking - own.Lacking, Negative: m.Negative - own.Negative, Zones: m.Zones - own.Zones,
		Approximate: m.Approximate - own.Approximate, Ranged: m.Ranged - own.Ranged, Long: m.Long - own.Long,
		minutes: make([]float64, 0, m.N-own.N),
	}
	for i, at := range m.at {
		if !in.Has(int(at)) {
			d.minutes = append(d.minutes, m.minutes[i])
		}
	}
	d.summarize()
	return d
}

// Words says in plain words what the comparison shows.
func (c Comparison) Words() string {
	switch {
	case !c.Enough:
		return fmt.Sprintf("no detectable change: %d and %d incidents are too few to compare, each takes %d", c.A.N, c.B.N, stat.Fewest)
	case c.Change > 0:
		return fmt.Sprintf("longer by %s in the median (%s to %s)", c.Difference, c.Low, c.High)
	case c.Change < 0:
		return fmt.Sprintf("shorter by %s in the median (%s to %s)", -c.Difference, -c.High, -c.Low)
	default:
		return fmt.Sprintf("no detectable change: the median differs by %s, anything from %s to %s would fit", c.Difference, c.Low, c.High)
	}
}
