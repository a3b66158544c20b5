package pattern

import (
	"slices"
	"time"

	"faultline/site/incident"
)

// mostMonths is how many months a calendar shows at most: a date of the year 1 is a slip of
// the pen, and must not make twenty thousand empty months.
const mostMonths = 600

// Month is a month with its incidents, newest first.
type Month struct {
	Year      int
	Month     time.Month
	Incidents []*incident.Incident
}

// Calendar is when incidents happened.
type Calendar struct {
	// Months run without a gap from that of the first incident to the one that the library
	// speaks of (Library.AsOf).
	Months  []Month
	Coarse  int // incidents of which no more than the year is known
	Undated int // and not even that
	Earlier int // before the first month that is shown
	Later   int // after the last one

	// Hours are the incidents that began on a day of the week, Monday first, in an hour of the
	// day, by the clock of the place where they are told.
	Hours   [7][24]int
	Clocked int // all incidents in Hours
	InUTC   int // of Clocked: told in UTC, which may not be the place's own clock
	NoClock int // incidents of which the hour that they began in is not known
}

// Calendar returns when the incidents happened, which must be newest first.
func (f *Findings) Calendar(incidents []*incident.Incident) Calendar {
	var c Calendar
	for _, inc := range incidents {
		c.addHour(inc.Started)
	}
	c.fill(f.datedOf(incidents, &c), f.asOf)
	return c
}

// datedOf returns the incidents of which the month is known, the oldest first, and counts
// the others.
func (f *Findings) datedOf(incidents []*incident.Incident, c *Calendar) []*incident.Incident {
	var dated []*incident.Incident
	for _, inc := range incidents {
		switch day := inc.Date.Date(); {
		case !day.Known():
			c.Undated++
		case day.Precision < incident.Month:
			c.Coarse++
		default:
			dated = append(dated, inc)
		}
	}
	slices.SortStableFunc(dated, func(a, b *incident.Incident) int { return int(monthOf(a.Date) - monthOf(b.Date)) })
	return dated
}

// month numbers the months from the year 0 on.
type month int

func monthOf(t incident.Time) month {
	y, m, _ := t.From.Date()
	return month(12*y + int(m) - 1)
}

func (c *Calendar) fill(dated []*incident.Incident, asOf incident.Time) {
	if len(dated) == 0 {
		return
	}
	last := monthOf(dated[len(dated)-1].Date)
	if asOf.Known() {
		last = monthOf(asOf)
	}
	first := max(monthOf(dated[0].Date), last-mostMonths+1)
	for m := first; m <= last; m++ {
		c.Months = append(c.Months, Month{Year: int(m) / 12, Month: time.Month(m%12 + 1)})
	}
	for _, inc := range dated {
		switch m := monthOf(inc.Date); {
		case m < first:
			c.Earlier++
		case m > last:
			c.Later++
		default:
			in := &c.Months[m-first]
			in.Incidents = append(in.Incidents, inc)
		}
	}
}

// addHour counts an incident by the hour in which it began. A beginning that lies somewhere
// in more than an hour has none.
func (c *Calendar) addHour(began incident.Time) {
	if !began.Clock() || began.To.Sub(began.From) > time.Hour {
		c.NoClock++
		return
	}
	c.Clocked++
	c.Hours[(int(began.From.Weekday())+6)%7][began.From.Hour()]++
	if began.Zoned && began.From.Location() == time.UTC {
		c.InUTC++
	}
}

// FirstSeen is a value's first incident.
type FirstSeen struct {
	Group    *Group
	Incident *incident.Incident
}

// Return is a value that came back after a year or more without an incident. What was seen
// fewer than Least times had not come to stay, so that it cannot come back.
type Return struct {
	Group         *Group
	Before, After *incident.Incident // between which it was silent
	Days          int
	Seen          int // incidents before the silence
}

// YearNews is what a year brought: values never seen before, and those that came back.
type YearNews struct {
	Year     int
	New      []FirstSeen // the first first
	Returned []Return    // likewise
}

// News returns what each year with incidents brought in the facets of Mined, newest year
// first. Incidents of which the month is not known do not count. In the year that follows a
// library's first incident all is new, so that nothing is called so.
func (t *Tally) News() []YearNews {
	first := t.firstDay()
	years := map[int]*YearNews{}
	in := func(inc *incident.Incident) *YearNews {
		y := inc.Date.From.Year()
		if years[y] == nil {
			years[y] = &YearNews{Year: y}
		}
		return years[y]
	}
	for _, v := range t.values {
		if slices.Contains(Mined, v.group.Facet) {
			t.newsOf(v, first, in)
		}
	}
	var news []YearNews
	for _, y := range years {
		slices.SortStableFunc(y.New, func(a, b FirstSeen) int { return a.Incident.Date.From.Compare(b.Incident.Date.From) })
		slices.SortStableFunc(y.Returned, func(a, b Return) int { return a.After.Date.From.Compare(b.After.Date.From) })
		news = append(news, *y)
	}
	slices.SortFunc(news, func(a, b YearNews) int { return b.Year - a.Year })
	return news
}

// firstDay is the last day that the date of the library's first incident may mean.
func (t *Tally) firstDay() time.Time {
	for _, inc := range slices.Backward(t.found.incidents) { // the oldest first
		if inc.Date.Date().Precision >= incident.Month {
			return lastDay(inc.Date)
		}
	}
	return time.Time{}
}

func (t *Tally) newsOf(v *value, first time.Time, in func(*incident.Incident) *YearNews) {
	var last *incident.Incident
	seen := 0
	for _, at := range slices.Backward(v.at) { // the oldest first
		inc := t.found.incidents[at]
		if inc.Date.Date().Precision < incident.Month {
			continue
		}
		year := in(inc)
		switch {
		case last == nil && yearAfter(first, inc.Date):
			year.New = append(year.New, FirstSeen{v.group, inc})
		case seen >= Least && yearAfter(lastDay(last.Date), inc.Date):
			year.Returned = append(year.Returned, Return{v.group, last, inc, days(last.Date, inc.Date), seen})
		}
		last = inc
		seen++
	}
}

// yearAfter reports whether a date is a year or more after a day, whichever of its days is
// meant.
func yearAfter(day time.Time, t incident.Time) bool {
	return !day.AddDate(1, 0, 0).After(t.Date().From)
}

func days(before, after incident.Time) int {
	return int(after.Date().From.Sub(lastDay(before)) / (24 * time.Hour))
}

// lastDay is the last day that a date may mean.
func lastDay(t incident.Time) time.Time {
	y, m, d := t.To.Date()
	if t.Precision == incident.Month {
		m, d = m+1, 0
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
