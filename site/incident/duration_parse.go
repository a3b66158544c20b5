package incident

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// units are the words for lengths of time, without a plural's s.
var units = map[string]time.Duration{
	"s": time.Second, "sec": time.Second, "second": time.Second,
	"m": time.Minute, "min": time.Minute, "minute": time.Minute,
	"h": time.Hour, "hr": time.Hour, "hour": time.Hour,
	"d": 24 * time.Hour, "day": 24 * time.Hour,
	"w": 7 * 24 * time.Hour, "wk": 7 * 24 * time.Hour, "week": 7 * 24 * time.Hour,
}

// maxSpan keeps arithmetic with spans far from overflow: a hundred years.
const maxSpan = 100 * 365 * 24 * time.Hour

var (
	roughly    = regexp.MustCompile(`^(?:~|≈|(?:about|around|approximately|approx\.?|almost|nearly|roughly|some|ca\.?)\s)\s*`)
	amountForm = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*([a-z]+)\.?(?:\s*,?\s*and\s+|\s*,\s*|\s*)`)
)

// ParseDuration reads a length of time as people state it: "36m", "1h50m",
// "2d 4h", "110 minutes", "1.5 hours", "~1 week", "10m..25m". Its basis is Stated.
// Years and months are refused, because their lengths differ.
func ParseDuration(s string) (Duration, error) {
	text := strings.ToLower(strings.TrimSpace(s))
	rest := roughly.ReplaceAllString(text, "")
	least, most, isRange := strings.Cut(rest, "..")
	d := Duration{Approximate: rest != text, Basis: Stated}
	var err error
	if d.Least, err = parseSpan(least); err != nil {
		return Duration{}, fmt.Errorf("%q %w", s, err)
	}
	d.Most = d.Least
	if isRange {
		if d.Most, err = parseSpan(most); err != nil {
			return Duration{}, fmt.Errorf("%q %w", s, err)
		}
	}
	if d.Most < d.Least {
		return Duration{}, fmt.Errorf("%q ends before it begins", s)
	}
	return d, nil
}

func parseSpan(s string) (Span, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return 0, errors.New("is not a length of time")
	}
	var total time.Duration
	for s != "" {
		m := amountForm.FindStringSubmatch(s)
		if m == nil {
			return 0, errors.New("is not a length of time")
		}
		unit, ok := units[m[2]]
		if !ok {
			unit, ok = units[strings.TrimSuffix(m[2], "s")]
		}
		if !ok {
			return 0, fmt.Errorf("has no unit that is known: %q", m[2])
		}
		n, err := strconv.ParseFloat(m[1], 64)
		if err != nil || n*float64(unit) > float64(maxSpan-total) {
			return 0, errors.New("is longer than a hundred years")
		}
		total += time.Duration(n * float64(unit)).Round(time.Second)
		s = s[len(m[0]):]
	}
	return Span(total), nil
}
