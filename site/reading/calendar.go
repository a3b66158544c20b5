package reading

import (
	"strings"
	"time"

	"faultline/site/incident"
)

// calendar turns written times into instants.
type calendar struct {
	day  time.Time      // of the incident, for clocks without a date; zero = unknown
	near time.Time      // a day near the incident, for dates without a year; zero = unknown
	zone *time.Location // of clocks written without one; nil = unknown
	held bool           // rows without a date are on the day, whatever row above them has one

	dayFirst string // what stands between the numbers of dates that begin with the day
}

// dayOf returns the midnight, in UTC, of the day that w is on: its own, else the
// carried one. It is zero where neither is known.
func (c calendar) dayOf(w when, carried time.Time) time.Time {
	if !w.dated() {
		return carried
	}
	if w.between != "" && !strings.Contains(c.dayFirst, w.between) {
		return time.Time{}
	}
	if w.year > 0 {
		return midnight(w.year, time.Month(w.month), w.day)
	}
	near := c.near
	if near.IsZero() {
		near = carried
	}
	if near.IsZero() {
		return time.Time{}
	}
	best := time.Time{}
	for year := near.Year() - 1; year <= near.Year()+1; year++ {
		day := midnight(year, time.Month(w.month), w.day)
		if !day.IsZero() && (best.IsZero() || day.Sub(near).Abs() < best.Sub(near).Abs()) {
			best = day
		}
	}
	return best
}

// midnight returns the start of a day in UTC, zero when there is no such day.
func midnight(year int, month time.Month, day int) time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day {
		return time.Time{}
	}
	return t
}

// resolve returns the instant of w on the day, the time of day alone where the day is
// not known.
func (c calendar) resolve(w when, day time.Time) incident.Time {
	if day.IsZero() && (!w.clock || w.dated()) {
		return incident.Time{}
	}
	if !w.clock {
		return incident.Time{From: day, To: day, Precision: incident.Day, Approximate: w.approximate}
	}
	zone := c.zone
	if own, ok := parseZone(w.zone); ok {
		zone = own
	} else if w.zone != "" {
		zone = nil
	}
	t := incident.Time{From: w.on(day, zone), Precision: incident.Minute, Approximate: w.approximate, Zoned: zone != nil}
	t.To = t.From
	if w.precise {
		t.Precision = incident.Second
	}
	if w.someMinute {
		t.To = t.From.Add(59 * time.Minute)
	}
	if w.end != nil {
		last := w.end.on(c.dayOf(*w.end, day), zone)
		if last.Before(t.From) && !w.end.dated() {
			last = last.AddDate(0, 0, 1)
		}
		if !last.Before(t.From) {
			t.To, t.Approximate = last, t.Approximate || w.end.approximate
		}
	}
	if day.IsZero() {
		t.Precision = incident.TimeOfDay
	}
	return t
}

// on returns the clock of w on the day, in the zone.
func (w when) on(day time.Time, zone *time.Location) time.Time {
	if zone == nil {
		zone = time.UTC
	}
	return time.Date(day.Year(), day.Month(), day.Day(), w.hour, w.minute, w.second, 0, zone)
}

// parseZone reads a zone as authors write it. Abbreviations such as PST are not a
// zone, because they mean different offsets to different people, unless the offset
// stands behind them.
func parseZone(written string) (*time.Location, bool) {
	if name := words().zones[normalize(written)]; name != "" {
		written = name
	}
	if _, behind, found := strings.Cut(written, "("); found {
		written = strings.TrimRight(behind, ") ")
	}
	written = strings.ReplaceAll(strings.TrimSpace(written), " ", "")
	if written == "" {
		return nil, false
	}
	location, err := incident.ParseZone(written)
	return location, err == nil
}
