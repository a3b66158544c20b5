package incident

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Precision is how finely a time is known.
type Precision uint8

// Precisions, from nothing known to the second.
const (
	NoTime    Precision = iota
	TimeOfDay           // a clock of no known day; From and To are on 1 January of the year 1
	Year
	Month
	Day
	Minute
	Second
)

// layouts are the written forms of each precision, without a zone.
var layouts = [...]string{TimeOfDay: "15:04", Year: "2006", Month: "2006-01", Day: "2006-01-02", Minute: "2006-01-02T15:04", Second: "2006-01-02T15:04:05"}

// Time is when something happened, as honestly as the source allows: to a
// precision, perhaps approximately, perhaps somewhere in a range, with or without
// a zone. The zero value is "unknown".
type Time struct {
	From, To    time.Time // first and last instant named; equal unless a range was given
	Precision   Precision
	Approximate bool
	Zoned       bool // the zone is known; otherwise From and To are wall clock in UTC
}

// Known reports whether anything is known of the time.
func (t Time) Known() bool { return t.Precision != NoTime }

// Clock reports whether the time is known to the minute or better, its day included.
func (t Time) Clock() bool { return t.Precision >= Minute }

// Range reports whether the time is known only as lying between two others.
func (t Time) Range() bool { return !t.From.Equal(t.To) }

// Before reports whether both times are known and all that the one may be lies before all
// that the other may be: 2023 before 2024-05, but 2024 not.
func (t Time) Before(u Time) bool {
	return t.Known() && u.Known() && !t.end().After(u.From)
}

// end is the first instant after the time.
func (t Time) end() time.Time {
	switch t.Precision {
	case Year:
		return t.To.AddDate(1, 0, 0)
	case Month:
		return t.To.AddDate(0, 1, 0)
	case Day:
		return t.To.AddDate(0, 0, 1)
	case Second:
		return t.To.Add(time.Second)
	}
	return t.To.Add(time.Minute)
}

// Date returns the day of the time, in its own zone, or the month or year where no
// more is known. The day of an approximate clock is not approximate itself, and that of
// a time of day is unknown.
func (t Time) Date() Time {
	if t.Precision == TimeOfDay {
		return Time{}
	}
	y, m, d := t.From.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Time{From: day, To: day, Precision: min(t.Precision, Day), Approximate: t.Approximate && !t.Clock()}
}

// String is the form that ParseTime reads: "~2017-10-10T15:09+01:00", "" for an
// unknown time. A time of day is "15:04" alone, which ParseTime does not read, since
// it is no time yet.
func (t Time) String() string {
	if !t.Known() {
		return ""
	}
	s := t.format(t.From)
	if t.Range() {
		s += ".." + t.format(t.To)
	}
	if t.Approximate {
		s = "~" + s
	}
	return s
}

func (t Time) format(at time.Time) string {
	layout := layouts[t.Precision]
	if t.Zoned && t.Clock() {
		layout += "Z07:00"
	}
	return at.Format(layout)
}

// MarshalJSON writes the String form, null when unknown.
func (t Time) MarshalJSON() ([]byte, error) {
	if !t.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(t.String())
}

var timeForm = regexp.MustCompile(`^(\d{4})(?:-(\d\d?)(?:-(\d\d?)(?:[T ]+(\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(.*))?)?)?$`)

// ParseTime reads a time: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDTHH:MM[:SS], a
// clock with an optional zone (Z, UTC, ±HH:MM), "~" in front for approximately,
// "a..b" for somewhere between. A clock without a zone is taken to be in zone; a
// nil zone leaves it without one. The error names what cannot be.
func ParseTime(s string, zone *time.Location) (Time, error) {
	s = strings.TrimSpace(s)
	rest, approximate := strings.CutPrefix(s, "~")
	from, to, isRange := strings.Cut(rest, "..")
	t, err := parseInstant(strings.TrimSpace(from), zone)
	if err != nil && strings.TrimSpace(from) == "" {
		return Time{}, fmt.Errorf("%q is not a time", s)
	}
	if err != nil {
		return Time{}, err
	}
	t.Approximate = approximate
	if !isRange {
		return t, nil
	}
	end, err := parseInstant(strings.TrimSpace(to), zone)
	if err != nil && strings.TrimSpace(to) == "" {
		return Time{}, fmt.Errorf("range %q has no end", s)
	}
	if err != nil {
		return Time{}, err
	}
	if end.From.Before(t.From) {
		return Time{}, fmt.Errorf("range %q ends before it begins", s)
	}
	t.To, t.Precision, t.Zoned = end.From, min(t.Precision, end.Precision), t.Zoned && end.Zoned
	return t, nil
}

func parseInstant(s string, zone *time.Location) (Time, error) {
	m := timeForm.FindStringSubmatch(s)
	if m == nil {
		return Time{}, fmt.Errorf("%q is not a time", s)
	}
	var n [6]int // year, month, day, hour, minute, second
	n[1], n[2] = 1, 1
	precision := Year
	for i, p := range [...]Precision{Year, Month, Day, Day, Minute, Second} {
		if m[i+1] != "" {
			n[i], _ = strconv.Atoi(m[i+1])
			precision = p
		}
	}
	location, zoned, err := zoneOf(m[7], zone)
	if err != nil {
		return Time{}, fmt.Errorf("%q: %w", s, err)
	}
	at := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, time.UTC)
	if at.Year() != n[0] || int(at.Month()) != n[1] || at.Day() != n[2] || at.Hour() != n[3] || at.Minute() != n[4] || n[5] > 60 {
		return Time{}, fmt.Errorf("%q does not exist", s)
	}
	at = time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], 0, location)
	return Time{From: at, To: at, Precision: precision, Zoned: zoned && precision >= Minute}, nil
}

// zoneOf reads the zone written behind a clock.
func zoneOf(s string, fallback *time.Location) (*time.Location, bool, error) {
	switch s = strings.TrimSpace(s); s {
	case "":
		if fallback == nil {
			return time.UTC, false, nil
		}
		return fallback, true, nil
	default:
		location, err := ParseZone(s)
		return location, true, err
	}
}

var offsetForm = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d\d?)(?::?(\d\d))?$`)

// ParseZone reads a zone: Z, UTC, an offset (+01:00, UTC+1) or an IANA name
// (Europe/London). Abbreviations such as PST or BST are refused, because they mean
// different offsets to different people.
func ParseZone(s string) (*time.Location, error) {
	if s == "Z" || s == "UTC" || s == "GMT" {
		return time.UTC, nil
	}
	if m := offsetForm.FindStringSubmatch(s); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi("0" + m[3])
		if hours > 14 || minutes > 59 {
			return nil, fmt.Errorf("offset %q does not exist", s)
		}
		seconds := hours*3600 + minutes*60
		if m[1] == "-" {
			seconds = -seconds
		}
		return time.FixedZone("", seconds), nil
	}
	if strings.Contains(s, "/") {
		if location, err := time.LoadLocation(s); err == nil {
			return location, nil
		}
	}
	return nil, errors.New("zone " + strconv.Quote(s) + " is not known")
}
