package importer

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// order says whether the times of a column have the day or the month first.
type order uint8

const (
	unsure order = iota
	dayFirst
	monthFirst
)

var (
	numericDate = regexp.MustCompile(`^(\d{1,2})([/.-])(\d{1,2})[/.-](\d{4}|\d\d)(?:,?[T ]+(.+))?$`)
	yearFirst   = regexp.MustCompile(`^(\d{4})/(\d{1,2})/(\d{1,2})(.*)$`)
	namedDate   = regexp.MustCompile(`^(?:\p{L}+,? )?(?:(\d{1,2})(?:st|nd|rd|th)? (\p{L}{3,9})\.?|(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?),? (\d{4})(?:,?(?: at)? (.+))?$`)
	clockForm   = regexp.MustCompile(`^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*([AaPp]\.?[Mm]\.?)?\s*(\S*)$`)
)

// orders finds for every column whether a date in it can have but one order. Columns
// that leave it open follow the others where those agree.
func (s *sheet) orders(rows [][]string) {
	s.dayFirst = map[int]order{}
	for _, row := range rows {
		for n, cell := range row {
			m := numericDate.FindStringSubmatch(strings.TrimSpace(cell))
			if m == nil || n >= len(s.fields) {
				continue
			}
			first, _ := strconv.Atoi(m[1])
			second, _ := strconv.Atoi(m[3])
			switch {
			case m[2] == "." || first > 12 && second <= 12:
				s.dayFirst[n] = dayFirst
			case second > 12 && first <= 12:
				s.dayFirst[n] = monthFirst
			}
		}
	}
	seen := map[order]bool{}
	for _, o := range s.dayFirst {
		seen[o] = true
	}
	for n := range s.fields {
		if s.dayFirst[n] == unsure && len(seen) == 1 {
			s.dayFirst[n] = dayFirst
			if seen[monthFirst] {
				s.dayFirst[n] = monthFirst
			}
		}
	}
}

// tableTime writes a time of a table as the front matter has it. Where day and month
// cannot be told apart it is false, with both readings.
func tableTime(s string, o order) (t, readings string, ok bool) {
	s = oneLine(s)
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		s = fmt.Sprintf("%s-%02s-%02s%s", m[1], m[2], m[3], m[4])
	}
	if m := namedDate.FindStringSubmatch(s); m != nil {
		month, known := monthOf(m[2] + m[3])
		if !known {
			return "", "", false
		}
		day, _ := strconv.Atoi(m[1] + m[4])
		t, ok = withClock(fmt.Sprintf("%s-%02d-%02d", m[5], month, day), m[6])
		return t, "", ok
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return numericTime(m, o)
	}
	if len(s) > len("2006-01-02") && strings.ContainsAny(s[10:11], "T ") {
		t, ok = withClock(s[:10], s[11:])
		return t, "", ok
	}
	return s, "", s != ""
}

// numericTime writes a time whose day and month are numbers.
func numericTime(m []string, o order) (t, readings string, ok bool) {
	year := m[4]
	if len(year) == 2 {
		year = "20" + year
	}
	days := fmt.Sprintf("%s-%02s-%02s", year, m[3], m[1])
	months := fmt.Sprintf("%s-%02s-%02s", year, m[1], m[3])
	switch {
	case o == dayFirst || days == months:
		t, ok = withClock(days, m[5])
	case o == monthFirst:
		t, ok = withClock(months, m[5])
	default:
		return "", days + " or " + months, false
	}
	return t, "", ok
}

// withClock adds a clock, with its zone, to a day.
func withClock(day, clock string) (string, bool) {
	if clock = strings.TrimSpace(clock); clock == "" {
		return day, true
	}
	m := clockForm.FindStringSubmatch(clock)
	if m == nil {
		return "", false
	}
	hour, _ := strconv.Atoi(m[1])
	if half := strings.ToLower(m[4]); half != "" {
		if hour < 1 || hour > 12 {
			return "", false
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	}
	zone := m[5]
	if zone == "UTC" || zone == "GMT" {
		zone = "Z"
	}
	return fmt.Sprintf("%sT%02d:%s%s", day, hour, m[2], zone), true
}
