package importer

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"

	"faultline/site/incident"
)

// Status pages write times for people: "Oct 12, 17:12 UTC", without a year, with the
// abbreviation of the page's zone.

// pageZones are the offsets in hours that such abbreviations mean. A page's software
// writes them after its zone's rules, so that PST is never the time of a summer. Those
// that zones with different offsets share are left out: IST is India's and Ireland's.
var pageZones = map[string]float64{
	"UTC": 0, "GMT": 0, "UT": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
	"JST": 9, "KST": 9, "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}

// pageZone reads the zone behind a time: an abbreviation or an offset ("GMT+2", "-03").
// It is false for one that is not known.
func pageZone(s string) (*time.Location, bool) {
	if hours, ok := pageZones[strings.ToUpper(s)]; ok {
		if hours == 0 {
			return time.UTC, true
		}
		return time.FixedZone("", int(hours*3600)), true
	}
	zone, err := incident.ParseZone(s)
	return zone, err == nil && s != ""
}

var (
	pageTime = `(?:(\p{L}{3,9})\.?\s+(\d{1,2})(?:,?\s+(\d{4}))?\s*[,-]?\s+)?(\d{1,2}):(\d\d)(?::\d\d)?(?:\s*([AaPp])\.?[Mm]\.?)?`
	pageForm = regexp.MustCompile(`^` + pageTime + `(?:\s+([\p{L}\d+:-]+))?$`)
	spanForm = regexp.MustCompile(`^` + pageTime + `(?:\s+-\s+` + pageTime + `)?(?:\s+([\p{L}\d+:-]+))?$`)
)

// whenPosted reads a time with its day. The year, where it is not written, is the last
// in which the time is not after the latest that it can be.
func whenPosted(s string, latest time.Time) (at time.Time, zoned, ok bool) {
	m := pageForm.FindStringSubmatch(oneLine(s))
	if m == nil || m[1] == "" || m[3] == "" && latest.IsZero() {
		return time.Time{}, false, false
	}
	zone, zoned := pageZone(m[7])
	if !zoned {
		zone = time.UTC
	}
	year, _ := strconv.Atoi(m[3])
	if year != 0 {
		at, ok = clockOn(m[1:7], year, zone)
		return at, zoned, ok
	}
	for year = latest.Year() + 1; year > latest.Year()-8; year-- {
		if at, ok = clockOn(m[1:7], year, zone); ok && !at.After(latest.Add(24*time.Hour)) {
			return at, zoned, true
		}
	}
	return time.Time{}, false, false
}

// clockOn makes a time of month, day, year, hour, minute and half of the day. It is
// false for one that does not exist.
func clockOn(m []string, year int, zone *time.Location) (time.Time, bool) {
	month, ok := monthOf(m[0])
	day, _ := strconv.Atoi(m[1])
	hour, _ := strconv.Atoi(m[3])
	minute, _ := strconv.Atoi(m[4])
	switch half := strings.ToLower(m[5]); {
	case half == "":
	case hour < 1 || hour > 12:
		return time.Time{}, false
	default:
		hour %= 12
		if half == "p" {
			hour += 12
		}
	}
	at := time.Date(year, month, day, hour, minute, 0, 0, zone)
	return at, ok && at.Day() == day && hour < 24 && minute < 60
}

func monthOf(s string) (time.Month, bool) {
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		if name := strings.ToLower(m.String()); len(s) >= 3 && strings.HasPrefix(name, s) || s == "sept" && m == time.September {
			return m, true
		}
	}
	return 0, false
}

// pageSpan is a span as the history of a page shows it.
type pageSpan struct {
	from, to time.Time
	zoned    bool
}

// spanOf reads "Aug 10, 00:17 - 01:30 UTC" or "Dec 31, 22:28 - Jan 1, 08:17 PST" in the
// year in which it ended. A single time begins and ends.
func spanOf(s, year string) (pageSpan, bool) {
	m := spanForm.FindStringSubmatch(oneLine(s))
	y, err := strconv.Atoi(year)
	if m == nil || m[1] == "" || err != nil || y < 1990 || y > 9999 {
		return pageSpan{}, false
	}
	zone, zoned := pageZone(m[13])
	if !zoned {
		zone = time.UTC
	}
	last := m[7:13]
	switch {
	case last[3] == "":
		last = m[1:7]
	case last[0] == "":
		last = append([]string{m[1], m[2], m[3]}, last[3:]...)
	}
	from, ok := clockOn(m[1:7], y, zone)
	to, alsoOK := clockOn(last, y, zone)
	if ok && alsoOK && from.After(to) {
		from, ok = clockOn(m[1:7], y-1, zone)
	}
	return pageSpan{from, to, zoned}, ok && alsoOK
}

var anyTag = regexp.MustCompile(`<[^<>]*>`)

// plainText is the text of a short piece of HTML.
func plainText(s string) string {
	return oneLine(html.UnescapeString(anyTag.ReplaceAllString(s, "")))
}
