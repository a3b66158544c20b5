package index

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultline/index/query"
	"faultline/site/incident"
)

// extent is what is known of a number: it is not below low and not above high. An
// extent with low above high is unknown, or empty.
type extent struct{ low, high int }

var unknown = extent{1, 0}

func (e extent) known() bool { return e.low <= e.high }

// within reports whether all that the number may be lies in a range.
func (e extent) within(r extent) bool { return e.known() && e.low >= r.low && e.high <= r.high }

// columnField is a field of numbers: days since the first of the year 1, seconds, or
// ranks on the library's scale.
type columnField struct {
	query string
	form  string // how a value is written
	of    func(*source, scale) extent
	read  func(text string, s scale) (extent, bool)
	write func(n int, s scale) string
}

// columnFields holds every field that ranges can be of.
var columnFields = [...]columnField{
	{"date", "a date is written 2024, 2024-12 or 2024-12-31", (*source).days, readDays, writeDay},
	{"duration", "a duration is written 45s, 30m, 1h30m or 2d", (*source).seconds, readSeconds, writeSeconds},
	{"severity", "a severity is written as in the library, or as its number", (*source).rank, readRank, writeRank},
}

// columnAt is the place of a field in columnFields.
func columnAt(name string) int {
	return slices.IndexFunc(columnFields[:], func(f columnField) bool { return f.query == name })
}

// column holds the extents of a field, by document.
type column []extent

func newColumn(f columnField, sources []*source, s scale) column {
	c := make(column, len(sources))
	for n, source := range sources {
		c[n] = f.of(source, s)
	}
	return c
}

// whole is the extent of all that is known in the column.
func (c column) whole() extent {
	all := extent{math.MaxInt, math.MinInt}
	for _, e := range c {
		if e.known() {
			all = extent{min(all.low, e.low), max(all.high, e.high)}
		}
	}
	return all
}

// rangeOf returns the numbers that a clause asks for. It reports false where a bound
// is not of the field.
func (f columnField) rangeOf(c query.Clause, s scale) (extent, bool) {
	r := extent{math.MinInt, math.MaxInt}
	if c.Low.Value == "" && c.High.Value == "" {
		return unknown, false
	}
	if c.Low.Value != "" {
		low, ok := f.read(c.Low.Value, s)
		if !ok {
			return unknown, false
		}
		if r.low = low.low; c.Low.Open {
			r.low = low.high + 1
		}
	}
	if c.High.Value != "" {
		high, ok := f.read(c.High.Value, s)
		if !ok {
			return unknown, false
		}
		if r.high = high.high; c.High.Open {
			r.high = high.low - 1
		}
	}
	return r, true
}

// days are the days on which the incident may have been.
func (s *source) days(scale) extent {
	d := s.Date
	if !d.Known() || d.Precision == incident.TimeOfDay {
		return unknown
	}
	return extent{dayOf(firstDay(d.From, d.Precision)), dayOf(lastDay(firstDay(d.To, d.Precision), d.Precision))}
}

// firstDay is the first day of the year or month of a day.
func firstDay(t time.Time, precision incident.Precision) time.Time {
	switch precision {
	case incident.Year:
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	case incident.Month:
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// dayOf numbers days from 1 January of the year 1.
func dayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix()/86_400) + 719_162
}

// lastDay is the last day of the year or month that begins on a day.
func lastDay(t time.Time, precision incident.Precision) time.Time {
	switch precision {
	case incident.Year:
		return t.AddDate(1, 0, -1)
	case incident.Month:
		return t.AddDate(0, 1, -1)
	}
	return t
}

var dayForm = regexp.MustCompile(`^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$`)

// dayLayouts are the written forms of a year, month and day.
var dayLayouts = map[incident.Precision]string{incident.Year: "2006", incident.Month: "2006-01", incident.Day: "2006-01-02"}

// readDays reads a year, month or day.
func readDays(text string, _ scale) (extent, bool) {
	t, precision := nearestDay(text)
	if precision == incident.NoTime || unpadded(t.Format(dayLayouts[precision])) != unpadded(text) {
		return unknown, false
	}
	return extent{dayOf(t), dayOf(lastDay(t, precision))}, true
}

// nearestDay reads a year, month or day, of which month and day may be too high or 0.
func nearestDay(text string) (time.Time, incident.Precision) {
	m := dayForm.FindStringSubmatch(text)
	if m == nil || m[1] == "0000" {
		return time.Time{}, incident.NoTime
	}
	year, _ := strconv.Atoi(m[1])
	month, day, precision := 1, 1, incident.Year
	if m[2] != "" {
		month, _ = strconv.Atoi(m[2])
		precision = incident.Month
	}
	if m[3] != "" {
		day, _ = strconv.Atoi(m[3])
		precision = incident.Day
	}
	month = min(max(month, 1), 12)
	first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return first.AddDate(0, 0, min(max(day, 1), first.AddDate(0, 1, -1).Day())-1), precision
}

// unpadded is a date without zeros before month and day.
func unpadded(text string) string { return strings.ReplaceAll(text, "-0", "-") }

func writeDay(n int, _ scale) string {
	return time.Unix(int64(n-719_162)*86_400, 0).UTC().Format("2006-01-02")
}

// seconds is how long the incident lasted.
func (s *source) seconds(scale) extent {
	d := s.Duration
	if !d.Known() || d.Least < 0 {
		return unknown
	}
	return extent{int(time.Duration(d.Least) / time.Second), int(time.Duration(d.Most) / time.Second)}
}

var (
	durationForm = regexp.MustCompile(`^(?:\d{1,6}(?:\.\d{1,3})?[wdhms])+$|^\d{1,6}$`)
	durationPart = regexp.MustCompile(`([\d.]+)([wdhms]?)`)
	unitForm     = regexp.MustCompile(`(w|d|h|m|s)(?:eeks?|ays?|ours?|rs?|inutes?|ins?|ecs?|econds?)?`)
)

var unitSeconds = map[string]float64{"w": 604_800, "d": 86_400, "h": 3600, "m": 60, "": 60, "s": 1}

// readSeconds reads a length of time; a number without a unit means minutes.
func readSeconds(text string, _ scale) (extent, bool) {
	text = unitForm.ReplaceAllString(strings.ReplaceAll(fold(text), " ", ""), "$1")
	if !durationForm.MatchString(text) {
		return unknown, false
	}
	sum := 0
	for _, part := range durationPart.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.ParseFloat(part[1], 64)
		sum += int(math.Floor(float64(n*unitSeconds[part[2]]) + 0.5))
	}
	return extent{sum, sum}, true
}

// writeSeconds writes a length of time as a query has it, its two largest units.
func writeSeconds(n int, _ scale) string {
	text := ""
	for _, unit := range []string{"d", "h", "m", "s"} {
		size := int(unitSeconds[unit])
		if n >= size || text == "" && size == 1 {
			text += strconv.Itoa(n/size) + unit
		}
		n %= size
		if text != "" && (n == 0 || len(text) > 3) {
			break
		}
	}
	return text
}

// scale gives folded severities their ranks, the most serious the lowest.
type scale map[string]int

var lastNumber = regexp.MustCompile(`\d{1,6}$`)

// newScale ranks the library's severities: by the numbers that they end in if all do,
// else by their places. A library that names no scale has that of the numbers in use.
func newScale(named []string, sources []*source) scale {
	s := scale{}
	for _, source := range sources {
		if severity := fold(deref(source.Severity)); len(named) == 0 && lastNumber.MatchString(severity) {
			s[severity], _ = strconv.Atoi(lastNumber.FindString(severity))
		}
	}
	numbered := !slices.ContainsFunc(named, func(name string) bool { return !lastNumber.MatchString(fold(name)) })
	for i, name := range named {
		name = fold(name)
		if s[name] = i + 1; numbered {
			s[name], _ = strconv.Atoi(lastNumber.FindString(name))
		}
	}
	return s
}

// rank is that of the incident's severity.
func (s *source) rank(by scale) extent {
	if rank, ok := by[fold(deref(s.Severity))]; ok {
		return extent{rank, rank}
	}
	return unknown
}

var rankForm = regexp.MustCompile(`^\d{1,6}$`)

// readRank reads a name of the scale or a number.
func readRank(text string, s scale) (extent, bool) {
	text = fold(text)
	if rank, ok := s[text]; ok {
		return extent{rank, rank}, true
	}
	if !rankForm.MatchString(text) {
		return unknown, false
	}
	rank, _ := strconv.Atoi(text)
	return extent{rank, rank}, true
}

// writeRank names the rank: of several names the first.
func writeRank(n int, s scale) string {
	var names []string
	for name, rank := range s {
		if rank == n {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return fmt.Sprint(n)
	}
	return slices.Min(names)
}
