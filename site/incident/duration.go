package incident

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Span is a length of time. Its JSON form is a number of minutes.
type Span time.Duration

// MarshalJSON writes minutes.
func (s Span) MarshalJSON() ([]byte, error) {
	return json.Marshal(time.Duration(s).Minutes())
}

// String writes a length of time for people: "36 min", "1 h 50 min", "7 d 4 h".
// Two units are enough; seconds are shown below two minutes only.
func (s Span) String() string {
	d := time.Duration(s)
	if d < 0 {
		return "−" + Span(-d).String()
	}
	if d < 2*time.Minute && d%time.Minute != 0 || d == 0 {
		return fmt.Sprintf("%d s", d/time.Second)
	}
	minutes := int(d.Round(time.Minute) / time.Minute)
	days, hours, minutes := minutes/1440, minutes/60%24, minutes%60
	var parts []string
	for _, p := range []struct {
		n    int
		unit string
	}{{days, "d"}, {hours, "h"}, {minutes, "min"}} {
		if p.n > 0 && len(parts) < 2 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.unit))
		} else if len(parts) > 0 {
			break
		}
	}
	return strings.Join(parts, " ")
}

// DurationBasis says where a duration comes from.
type DurationBasis string

// A duration is stated by the author or computed from two clocks.
const (
	Stated   DurationBasis = "stated"
	Computed DurationBasis = "computed"
)

// Duration is how long something lasted: between Least and Most, which are equal
// where the clocks are exact. The zero value, with an empty basis, is "unknown".
type Duration struct {
	Least, Most Span
	Approximate bool
	Basis       DurationBasis
}

// Known reports whether the duration is known.
func (d Duration) Known() bool { return d.Basis != "" }

// String writes the duration for people: "~1 h 30 min", "10 min to 25 min".
func (d Duration) String() string {
	if !d.Known() {
		return ""
	}
	s := d.Least.String()
	if d.Least != d.Most {
		s += " to " + d.Most.String()
	}
	if d.Approximate {
		s = "~" + s
	}
	return s
}

// MarshalJSON writes minutes and their basis, null when unknown.
func (d Duration) MarshalJSON() ([]byte, error) {
	if !d.Known() {
		return []byte("null"), nil
	}
	return json.Marshal(struct {
		Minutes     Span          `json:"minutes"`
		Most        Span          `json:"most_minutes"`
		Approximate bool          `json:"approximate"`
		Basis       DurationBasis `json:"basis"`
		Text        string        `json:"text"`
	}{d.Least, d.Most, d.Approximate, d.Basis, d.String()})
}

// Between returns the time from one clock to another. It is unknown unless both
// are clocks, either both with a zone or both without, and the second is not
// before the first.
func Between(from, to Time) Duration {
	if !from.Clock() || !to.Clock() || from.Zoned != to.Zoned || to.To.Before(from.From) {
		return Duration{}
	}
	return Duration{
		Least:       Span(max(0, to.From.Sub(from.To))),
		Most:        Span(to.To.Sub(from.From)),
		Approximate: from.Approximate || to.Approximate,
		Basis:       Computed,
	}
}
