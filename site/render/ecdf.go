package render

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// ECDF is a chart of how many of a group's incidents were over within which time, with
// the numbers behind it. The time runs in a logarithmic scale, as lengths of incidents
// differ by thousands. Curves are drawn in a box of ecdfWidth by ecdfHeight that is
// stretched to the page; marks stand at percentages of its width, so that their text
// keeps its size.
type ECDF struct {
	ID          string
	Title       string
	Description string
	Curves      []Curve
	Marks       []AxisMark
	Rows        []Spread
}

// Curve is a group's line.
type Curve struct {
	Class string // "first" or "second"
	Label string
	Path  string
}

// AxisMark is a length of time, or a year, on an axis.
type AxisMark struct {
	X      string
	Label  string
	Anchor string // where the label is held: "start" and "end" at the ends, else "middle"
	Minor  bool   // a narrow screen has no room for the label
}

// Spread is a distribution as a row of a table. Lengths are "" where none is known.
type Spread struct {
	Label                                  string
	URL                                    string // of the group's page, "" for none
	N, Of                                  int
	Least, Lower, Median, Upper, P90, Most string
}

const (
	ecdfWidth  = 1000
	ecdfHeight = 200
)

// lengths is incidents whose lengths are drawn.
type lengths struct {
	label, url string
	pattern.Distribution
}

// ecdf draws the groups, of which at least one incident must tell its length.
func ecdf(id, title string, groups ...lengths) ECDF {
	chart := ECDF{ID: id, Title: title}
	axis := newAxis(groups)
	var said []string
	for i, g := range groups {
		chart.Rows = append(chart.Rows, spread(g))
		if g.N == 0 {
			continue
		}
		said = append(said, fmt.Sprintf("%s: half within %s, nine of ten within %s, %s", g.label, g.Median, g.P90, sample(g.N)))
		chart.Curves = append(chart.Curves, Curve{[]string{"first", "second"}[i%2], g.label, axis.path(g.Distribution)})
	}
	chart.Description = strings.Join(said, ". ") + "."
	chart.Marks = axis.marks()
	return chart
}

func spread(g lengths) Spread {
	s := Spread{Label: g.label, URL: g.url, N: g.N, Of: g.Of}
	if g.N > 0 {
		s.Least, s.Lower, s.Median = unbroken(g.Least), unbroken(g.Lower), unbroken(g.Median)
		s.Upper, s.P90, s.Most = unbroken(g.Upper), unbroken(g.P90), unbroken(g.Most)
	}
	return s
}

// lacks says why incidents of a distribution do not tell the length: "3 do not say, 1 runs
// backwards".
func lacks(d pattern.Distribution) string {
	var parts []string
	for _, p := range []struct {
		n         int
		one, many string
	}{{d.Lacking, "does not say", "do not say"}, {d.Zones, "mixes zones", "mix zones"}, {d.Negative, "runs backwards", "run backwards"}} {
		if p.n > 0 {
			parts = append(parts, phrase.Agree(p.n, p.one, p.many))
		}
	}
	return phrase.List(parts)
}

// axis runs from one minute, or the shortest length above it, to the longest.
type axis struct{ low, high float64 } // in logarithms of minutes

func newAxis(groups []lengths) axis {
	a := axis{math.Inf(1), 0}
	for _, g := range groups {
		if g.N > 0 {
			a.low, a.high = min(a.low, logMinutes(g.Least)), max(a.high, logMinutes(g.Most))
		}
	}
	if a.low >= a.high {
		a.low, a.high = max(0, min(a.low, a.high)-1), a.high+1
	}
	return a
}

func logMinutes(s incident.Span) float64 {
	return math.Log10(max(1, time.Duration(s).Minutes()))
}

// share is how far along the axis a length is, 0 to 1.
func (a axis) share(s incident.Span) float64 { return (logMinutes(s) - a.low) / (a.high - a.low) }

// finest is the width of the narrowest step that is drawn, so that a curve has a bounded
// number of them. The steps between are drawn with the next.
const finest = 2.0

// path is the steps of the distribution, from the bottom left to the top right.
func (a axis) path(d pattern.Distribution) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M0 %d", ecdfHeight)
	steps, last := d.ECDF(), -finest
	for i, step := range steps {
		x := ecdfWidth * a.share(step.At)
		if x-last < finest && i < len(steps)-1 {
			continue
		}
		fmt.Fprintf(&b, "H%.1fV%.1f", x, ecdfHeight*(1-float64(step.N)/float64(d.N)))
		last = x
	}
	fmt.Fprintf(&b, "H%d", ecdfWidth)
	return b.String()
}

// marked are the lengths that an axis names where there is room, those first that say
// most to people.
var marked = []struct {
	span  time.Duration
	label string
}{
	{time.Hour, "1 h"}, {24 * time.Hour, "1 day"}, {time.Minute, "1 min"}, {30 * 24 * time.Hour, "1 month"}, {365 * 24 * time.Hour, "1 year"},
	{10 * time.Minute, "10 min"}, {7 * 24 * time.Hour, "1 week"}, {6 * time.Hour, "6 h"}, {3650 * 24 * time.Hour, "10 years"},
	{30 * time.Minute, "30 min"}, {2 * time.Hour, "2 h"}, {12 * time.Hour, "12 h"}, {3 * 24 * time.Hour, "3 days"}, {5 * time.Minute, "5 min"},
	{20 * time.Minute, "20 min"}, {4 * time.Hour, "4 h"}, {2 * time.Minute, "2 min"}, {14 * 24 * time.Hour, "2 weeks"}, {90 * 24 * time.Hour, "3 months"},
}

// Labels take this share of an axis as wide as a screen, and as a phone's.
const (
	labelWide   = 0.09
	labelNarrow = 0.19
)

// marks are the marks of the axis from left to right, none nearer to another than its
// label takes.
func (a axis) marks() []AxisMark {
	type placed struct {
		AxisMark
		at float64
	}
	var all []placed
	room := func(x, width float64, minor bool) bool {
		return !slices.ContainsFunc(all, func(p placed) bool { return (minor || !p.Minor) && math.Abs(p.at-x) < width })
	}
	for _, m := range marked {
		x := a.share(incident.Span(m.span))
		if x < 0 || x > 1 || !room(x, labelWide, true) {
			continue
		}
		all = append(all, placed{AxisMark{fmt.Sprintf("%.1f%%", 100*x), m.label, anchor(x), !room(x, labelNarrow, false)}, x})
	}
	slices.SortFunc(all, func(p, q placed) int { return cmp.Compare(p.at, q.at) })
	marks := make([]AxisMark, len(all))
	for i, p := range all {
		marks[i] = p.AxisMark
	}
	return marks
}

// anchor keeps a label within its axis.
func anchor(x float64) string {
	switch {
	case x < labelWide/2:
		return "start"
	case x > 1-labelWide/2:
		return "end"
	default:
		return "middle"
	}
}
