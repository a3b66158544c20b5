package render

import (
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

const timeURL = patternsFolder + "time/"

// TimePage shows when incidents happened, what each year brought and what happened on
// each day of the year.
type TimePage struct {
	Page
	Sentence string
	Months   Months
	Week     Week
	Choices  []Choice
	News     []NewsVariant
	Days     []DayOfYear // for the script that picks today's
}

// Months is a chart of incidents by month. X and Width are percentages.
type Months struct {
	Description string
	Bars        []MonthBar
	Ticks       []AxisMark // years
	Highest     int
	Rows        []Link // years with their incidents
	Left        string // incidents that are not shown, and why
}

// MonthBar is a month. Height is in percent of the highest one's.
type MonthBar struct {
	X, Width, Y, Height string
	Title               string
}

// Week is a table of the hours of the week in which incidents began.
type Week struct {
	Sentence string
	Hours    []string
	Days     []WeekDay
}

// WeekDay is a day with the incidents of each hour.
type WeekDay struct {
	Name  string
	Hours []HourOf
}

// HourOf is an hour of a day. Heat is 0 to 4.
type HourOf struct{ N, Heat int }

// NewsVariant is what the years brought under one counting.
type NewsVariant struct {
	Class   string
	Years   []NewsOfYear // the newest
	Earlier []NewsOfYear
}

// NewsOfYear is the incidents of a year that brought a term, the newest first.
type NewsOfYear struct {
	Year    string
	Brought []Brought
}

// Brought is an incident with the terms that were new with it, or came back.
type Brought struct {
	Row           Row
	New, Returned []Arrival
}

// Arrival is a term that was new, or that came back.
type Arrival struct {
	Tag  Tag
	Says string // "after 2 years", "" where it was new
}

// DayOfYear is a day with its incidents of all years. Key is "06-30".
type DayOfYear struct {
	Key  string
	Rows []Row
}

func (r *Renderer) addTime(late map[string]route) {
	r.addLatePage(late, timeURL+"index.html", "time.html", func(p place) any { return r.time(p) })
}

func (r *Renderer) time(p place) TimePage {
	calendar := r.found.Calendar(r.found.Incidents())
	page := TimePage{Page: r.study(p, "When it happened", ""), Sentence: r.timeSentence(calendar), Choices: r.choices()}
	page.Months, page.Week = r.months(p, calendar), week(calendar)
	for _, c := range r.countings.all {
		page.News = append(page.News, r.news(p, c))
	}
	page.Days = p.daysOfYear(r.found.Incidents())
	return page
}

// timeSentence says in which month most incidents happened and in which hours.
func (r *Renderer) timeSentence(c pattern.Calendar) string {
	busiest := pattern.Month{}
	n, equals := 0, 0
	for _, m := range c.Months {
		n += len(m.Incidents)
		switch {
		case len(m.Incidents) > len(busiest.Incidents):
			busiest, equals = m, 1
		case len(m.Incidents) == len(busiest.Incidents):
			equals++
		}
	}
	if n == 0 {
		return "Of no incident the month is known."
	}
	s := fmt.Sprintf("%s of known month in %s, at most %s in one month", phrase.Count(n, "incident"), phrase.Count(len(c.Months), "month"), phrase.Number(len(busiest.Incidents)))
	if equals > 1 {
		return s + "."
	}
	return fmt.Sprintf("%s: in %s %d.", s, busiest.Month, busiest.Year)
}

func (r *Renderer) months(p place, c pattern.Calendar) Months {
	m := Months{Left: leftOut(c)}
	for _, month := range c.Months {
		m.Highest = max(m.Highest, len(month.Incidents))
	}
	width := 100 / float64(max(1, len(c.Months)))
	for i, month := range c.Months {
		if n := len(month.Incidents); n > 0 {
			height := 100 * float64(n) / float64(m.Highest)
			m.Bars = append(m.Bars, MonthBar{percent(float64(i) * width), percent(max(0.2, width*0.85)), percent(100 - height), percent(height), fmt.Sprintf("%s %d: %s", month.Month, month.Year, phrase.Count(n, "incident"))})
		}
	}
	m.Ticks = yearMarks(c.Months)
	for _, g := range r.found.Groups(pattern.Year) {
		m.Rows = append(m.Rows, Link{Label: groupLabel(g), URL: p.to(g.URL()), N: g.N()})
	}
	m.Description = r.timeSentence(c)
	return m
}

// yearMarks name the years at their first months. The first of the months is not named where the
// next year begins so soon that the two names would run into each other, and a name near the end
// is written before its mark.
func yearMarks(months []pattern.Month) []AxisMark {
	var marks []AxisMark
	for i, month := range months {
		switch at := float64(i) / float64(len(months)); {
		case month.Month != 1 && (i > 0 || float64(13-month.Month) < nameWidth*float64(len(months)) && int(13-month.Month) < len(months)):
		case at > 1-nameWidth:
			marks = append(marks, AxisMark{X: percent(100 * at), Label: yearName(month.Year), Anchor: "end"})
		default:
			marks = append(marks, AxisMark{X: percent(100 * at), Label: yearName(month.Year), Anchor: "start"})
		}
	}
	return thinned(marks, mostTicks)
}

// nameWidth is the part of an axis that the name of a year takes on a narrow screen.
const nameWidth = 0.12

// mostTicks is how many years an axis names.
const mostTicks = 12

// thinned keeps every nth mark, so that at most limit are left.
func thinned(marks []AxisMark, limit int) []AxisMark {
	step := (len(marks) + limit - 1) / limit
	var kept []AxisMark
	for i, m := range marks {
		if i%max(1, step) == 0 {
			kept = append(kept, m)
		}
	}
	return kept
}

// yearName writes a year, which has no thousands apart.
func yearName(year int) string { return fmt.Sprint(year) }

// leftOut says which incidents the months do not show.
func leftOut(c pattern.Calendar) string {
	var parts []string
	for _, p := range []struct {
		n   int
		why string
	}{{c.Undated, "without a date"}, {c.Coarse, "of which only the year is known"}, {c.Earlier, "earlier"}, {c.Later, "later than the day the library speaks of"}} {
		if p.n > 0 {
			parts = append(parts, phrase.Number(p.n)+" "+p.why)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return "Not shown: " + phrase.List(parts) + "."
}

var weekdays = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func week(c pattern.Calendar) Week {
	w := Week{Sentence: weekSentence(c)}
	most := 0
	for _, day := range c.Hours {
		most = max(most, slices.Max(day[:]))
	}
	for hour := range 24 {
		w.Hours = append(w.Hours, fmt.Sprintf("%02d", hour))
	}
	for d, hours := range c.Hours {
		day := WeekDay{Name: weekdays[d]}
		for _, n := range hours {
			h := HourOf{N: n}
			if n > 0 {
				h.Heat = 1 + min(3, 4*(n-1)/max(1, most))
			}
			day.Hours = append(day.Hours, h)
		}
		w.Days = append(w.Days, day)
	}
	return w
}

// weekSentence says how many begin in working hours, and of how many the hour is known.
func weekSentence(c pattern.Calendar) string {
	if c.Clocked == 0 {
		return "Of no incident the hour in which it began is known."
	}
	working := 0
	for _, hours := range c.Hours[:5] {
		for _, n := range hours[9:17] {
			working += n
		}
	}
	s := fmt.Sprintf("%s of the %s with a known beginning began from Monday to Friday between 9 and 17 o’clock, which are 40 of the week’s 168 hours (24\u00a0%%): %.0f\u00a0%%.",
		phrase.Number(working), phrase.Count(c.Clocked, "incident"), 100*float64(working)/float64(c.Clocked))
	if c.InUTC > 0 {
		s += fmt.Sprintf(" %s told in UTC, which may not be the clock on the wall.", phrase.Agree(c.InUTC, "is", "are"))
	}
	if c.NoClock > 0 {
		s += fmt.Sprintf(" Of %s the hour is not known.", phrase.Number(c.NoClock))
	}
	return s
}

// newsOf are the facets of which the page says what was new; the first year is left out,
// as everything is new in it.
var newsOf = []pattern.Facet{pattern.Trigger, pattern.Cause, pattern.Factor}

// newestYears is how many years of news are not folded.
const newestYears = 2

func (r *Renderer) news(p place, c pattern.Counting) NewsVariant {
	v := NewsVariant{Class: c.String()}
	all := r.found.Tally(c).News()
	for i, year := range all {
		if i == len(all)-1 {
			year.New = nil
		}
		brought := p.brought(year)
		switch news := (NewsOfYear{yearName(year.Year), brought}); {
		case len(brought) == 0:
		case len(v.Years) < newestYears:
			v.Years = append(v.Years, news)
		default:
			v.Earlier = append(v.Earlier, news)
		}
	}
	return v
}

// brought gathers what was new in a year, or came back, by its incidents.
func (p place) brought(year pattern.YearNews) []Brought {
	by := map[*incident.Incident]*Brought{}
	var order []*incident.Incident
	of := func(inc *incident.Incident) *Brought {
		if by[inc] == nil {
			by[inc] = &Brought{Row: p.row(inc)}
			order = append(order, inc)
		}
		return by[inc]
	}
	for _, n := range year.New {
		if slices.Contains(newsOf, n.Group.Facet) {
			b := of(n.Incident)
			b.New = append(b.New, Arrival{Tag: p.tag(n.Group)})
		}
	}
	for _, back := range year.Returned {
		if slices.Contains(newsOf, back.Group.Facet) {
			b := of(back.After)
			b.Returned = append(b.Returned, Arrival{p.tag(back.Group), "after " + quiet(back.Days)})
		}
	}
	slices.SortStableFunc(order, func(a, b *incident.Incident) int { return b.Date.From.Compare(a.Date.From) })
	var list []Brought
	for _, inc := range order {
		list = append(list, *by[inc])
	}
	return list
}

// quiet writes days of silence, of which there are many.
func quiet(days int) string {
	if years := days / 365; years > 1 {
		return fmt.Sprintf("%d years", years)
	}
	return fmt.Sprintf("%d months", days/30)
}

// mostOfDay is how many incidents of one day of the year are listed.
const mostOfDay = 10

func (p place) daysOfYear(incidents []*incident.Incident) []DayOfYear {
	by := map[string]int{}
	var days []DayOfYear
	for _, inc := range incidents {
		day := inc.Date.Date()
		if day.Precision < incident.Day {
			continue
		}
		key := day.From.Format("01-02")
		at, ok := by[key]
		if !ok {
			at = len(days)
			by[key] = at
			days = append(days, DayOfYear{Key: key})
		}
		if len(days[at].Rows) < mostOfDay {
			days[at].Rows = append(days[at].Rows, p.row(inc))
		}
	}
	slices.SortFunc(days, func(a, b DayOfYear) int { return strings.Compare(a.Key, b.Key) })
	return days
}
