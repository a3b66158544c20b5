package render

import (
	"cmp"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"faultline/site/incident"
)

// The chart is a line across the page: steady, broken where the incident started,
// lower until it was resolved, steady again. Horizontal places are percentages, so
// that text keeps its size at any width; labels are laid out for chartWidth pixels
// and more, and the table stands in for them on anything narrower.
const (
	chartWidth = 660
	lead       = 5.0 // percent of the width that is steady before the first clock
	labelStep  = 21  // pixels from one row of labels to the next
	steadyY    = 14  // Y of the line before and after
	brokenY    = 32  // Y of the line between
	letter     = 7.2 // average width of a character of a label, in pixels
)

// Chart is the four clocks to scale. X values are percentages of the width, Y
// values pixels.
type Chart struct {
	Height  int
	Lines   []Line
	Faults  []Fault
	Ticks   []Tick
	Labels  []Label
	Lengths []Label
}

// Line is a horizontal piece of the line. Class is steady, unnoticed, open, easing,
// or unknown where the line's end is not known, or band for a range.
type Line struct {
	X1, X2, Class string
	Y             int
}

// Fault is where the line breaks; Down where it starts, up where it ends.
type Fault struct {
	X, Path string
}

// Tick is a moment on the line. Vague when it is not known exactly.
type Tick struct {
	X, Class string
	Y        int
	Vague    bool
}

// Label is text below a moment, joined to it by a leader that begins at From, or
// on the stretch that it measures.
type Label struct {
	X, Name, Time string
	From, Y       int
}

// event is a clock placed on the axis.
type event struct {
	namedClock
	x, to float64 // percent; they differ for a range
	label string
	level int
}

func chartOf(clocks []namedClock) *Chart {
	events := onAxis(clocks)
	rows := stack(events)
	c := &Chart{Height: brokenY + 16 + rows*labelStep}
	start, end := find(events, "started"), find(events, "resolved")
	if start != nil && end != nil && end.x < start.x {
		end = nil
	}
	c.drawLine(events, start, end)
	c.drawTicks(events, start, end)
	c.drawLengths(events)
	return c
}

func find(events []event, name string) *event {
	for i := range events {
		if events[i].name == name {
			return &events[i]
		}
	}
	return nil
}

// onAxis puts the clocks on the axis in order of time. Enough is left free behind
// the last for the widest label.
func onAxis(clocks []namedClock) []event {
	events := make([]event, len(clocks))
	severalDays := len(days(clocks)) > 1
	var widest float64
	for i, c := range clocks {
		events[i] = event{namedClock: c, label: moment(c.at, severalDays)}
		widest = max(widest, events[i].width())
	}
	slices.SortStableFunc(events, func(a, b event) int { return a.at.From.Compare(b.at.From) })
	first, last := events[0].at.From, events[0].at.To
	for _, e := range events {
		if e.at.To.After(last) {
			last = e.at.To
		}
	}
	scale := 100 - lead - min(100*widest/chartWidth, 45)
	for i := range events {
		events[i].x = lead + scale*portion(events[i].at.From.Sub(first), last.Sub(first))
		events[i].to = lead + scale*portion(events[i].at.To.Sub(first), last.Sub(first))
	}
	return events
}

func portion(part, whole time.Duration) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (e event) width() float64 {
	return letter*float64(utf8.RuneCountInString(e.name+e.label)+1) + 10
}

// stack gives every label a row of its own where it would run into the next one,
// and returns the number of rows. Earlier labels are lower, so that no leader crosses
// a label.
func stack(events []event) int {
	rows := 1
	for i := len(events) - 1; i >= 0; i-- {
		e := &events[i]
		for j := i + 1; j < len(events); j++ {
			if e.x+100*e.width()/chartWidth > events[j].x {
				e.level = max(e.level, events[j].level+1)
			}
		}
		rows = max(rows, e.level+1)
	}
	return rows
}

// drawLine draws the line's pieces. Where the start or the end is not known, the
// broken line runs on, dotted.
func (c *Chart) drawLine(events []event, start, end *event) {
	first, last := events[0], events[len(events)-1]
	from, to := first.x, last.x
	if start != nil {
		from = start.x
		c.add(0, start.x, steadyY, "steady")
		c.Faults = append(c.Faults, Fault{percent(start.x), fmt.Sprintf("M-5 %dL5 %d", steadyY-7, brokenY+7)})
	} else {
		c.add(0, first.x, brokenY, "unknown")
	}
	if end != nil {
		to = end.x
		c.add(end.x, end.to, brokenY, "unknown")
		c.add(end.to, 100, steadyY, "steady")
		c.Faults = append(c.Faults, Fault{percent(end.to), fmt.Sprintf("M-5 %dL5 %d", brokenY+7, steadyY-7)})
	} else {
		c.add(last.x, 100, brokenY, "unknown")
	}
	stage, at := "open", from
	if find(events, "detected") != nil {
		stage = "unnoticed"
	}
	for _, e := range events {
		if e.x >= to {
			break
		}
		if e.x > at {
			c.add(at, e.x, brokenY, stage)
			at = e.x
		}
		stage = after(e, stage)
	}
	c.add(at, to, brokenY, stage)
}

// after returns how the line goes on behind an event.
func after(e event, stage string) string {
	switch e.name {
	case "detected":
		return "open"
	case "mitigated":
		return "easing"
	default:
		return stage
	}
}

func (c *Chart) add(from, to float64, y int, class string) {
	if to > from {
		c.Lines = append(c.Lines, Line{percent(from), percent(to), class, y})
	}
}

func (c *Chart) drawTicks(events []event, start, end *event) {
	for _, e := range events {
		y := brokenY
		if start != nil && e.x < start.x || end != nil && e.x > end.to {
			y = steadyY
		}
		c.add(e.x, e.to, y, "band")
		c.Ticks = append(c.Ticks, Tick{percent(e.x), e.class, y, e.at.Approximate || e.at.Range()})
		c.Labels = append(c.Labels, Label{percent(e.x), e.name, e.label, y, brokenY + 24 + e.level*labelStep})
	}
}

// drawLengths writes the time between neighbors on the line where it fits.
func (c *Chart) drawLengths(events []event) {
	for i := 1; i < len(events); i++ {
		a, b := events[i-1], events[i]
		d := incident.Between(a.at, b.at)
		text := length(d)
		if !d.Known() || (b.x-a.x)*chartWidth/100 < letter*float64(utf8.RuneCountInString(text))+8 {
			continue
		}
		c.Lengths = append(c.Lengths, Label{X: percent((a.x + b.x) / 2), Time: text, Y: brokenY - 8})
	}
}

func percent(x float64) string { return fmt.Sprintf("%.2f%%", cmp.Or(x, 0)) }
