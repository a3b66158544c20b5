package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"faultline/site/incident"
)

const (
	numeral  = `\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half an?)`
	unit     = `(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)`
	quantity = `(?:\b\d+(?:[.,]\d+)?[\s-]*` + unit + `|` + numeral + `[\s-]+` + unit + `)`
	joint    = `(?:\s*,?\s*and\s+|\s*,\s*|\s*&\s*|\s*)`
	length   = quantity + `(?:` + joint + `(?:\d+(?:[.,]\d+)?[\s-]*` + unit + `|` + numeral + `[\s-]+` + unit + `))*\b`
	roughly  = `(?:about|around|approximately|approx\.?|roughly|nearly|almost|just under|just over|over|under|more than|less than|up to|at least|~|≈|c?a\.)`
)

var (
	quantityForm = regexp.MustCompile(`(?i)(?:(\d+(?:[.,]\d+)?)[\s-]*|(` + numeral + `)[\s-]+)(` + unit + `)`)
	lengthForm   = regexp.MustCompile(`^(?i)(` + roughly + `\s*)?(` + length + `)`)
	betweenForm  = regexp.MustCompile(`^(?i)(` + roughly + `\s*)?(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*(` + unit + `)\b`)
	bracketForm  = regexp.MustCompile(`(?i)\((` + roughly + `\s*)?(` + length + `)\)\s*$`)
	watchForm    = regexp.MustCompile(`^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*(?:h|hours|hrs|\(?hh:mm(?::ss)?\)?)?$`)
)

// readSpan reads the length of time that text begins with, or that stands in
// brackets at its end.
func readSpan(text string) (incident.Duration, bool) {
	text = strings.TrimSpace(text)
	if m := betweenForm.FindStringSubmatch(text); m != nil {
		least, most := amount(m[2], m[4]), amount(m[3], m[4])
		return stated(least, most, m[1] != ""), least > 0 && least <= most
	}
	if m := watchForm.FindStringSubmatch(text); m != nil {
		d := amount(m[1], "h") + amount(m[2], "m") + amount("0"+m[3], "s")
		return stated(d, d, false), d > 0
	}
	m := lengthForm.FindStringSubmatch(text)
	if m == nil {
		m = bracketForm.FindStringSubmatch(text)
	}
	if m == nil {
		return incident.Duration{}, false
	}
	d := sum(m[2])
	return stated(d, d, m[1] != ""), d >= 0 && !strings.HasSuffix(strings.ToLower(m[1]), "to ")
}

func stated(least, most time.Duration, approximate bool) incident.Duration {
	return incident.Duration{Least: incident.Span(least), Most: incident.Span(most), Approximate: approximate, Basis: incident.Stated}
}

// sum adds up the quantities of a text such as "1 hour and 50 minutes".
func sum(text string) time.Duration {
	total := time.Duration(0)
	for _, m := range quantityForm.FindAllStringSubmatch(text, -1) {
		total += amount(m[1]+m[2], m[3])
	}
	return total
}

var numerals = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// longest is more than any incident lasts; it keeps figures from overflowing.
const longest = 10 * 365 * 24

// amount is a number of units of time.
func amount(number, unit string) time.Duration {
	number = strings.ToLower(strings.ReplaceAll(number, ",", "."))
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		n = 1
		if strings.HasPrefix(number, "half") {
			n = .5
		} else if at := slices.Index(numerals, number); at > 0 {
			n = float64(at)
		}
	}
	length := map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute, 's': time.Second}[strings.ToLower(unit)[0]]
	if n*length.Hours() > longest {
		return 0
	}
	return time.Duration(n * float64(length)).Round(time.Second)
}

const (
	spanName   = `(?P<about>` + roughly + `\s+)?(?P<length>` + length + `)`
	spanReach  = 80 // bytes before a cue in which the length that belongs to it begins
	unusedName = `outage|downtime|disruption|unavailable|unusable|inaccessible|unreachable|offline|down`
)

// The sentences that state how long the incident lasted. A form is tried only where
// one of its cues stands, from reach bytes before it: to search whole texts for so
// many alternatives would cost more than all the rest of reading.
var spanSentences = []struct {
	cues  []string
	reach int
	form  *regexp.Regexp
}{
	{[]string{"last"}, 0, regexp.MustCompile(`^(?i)(?:lasted|lasts|lasting)(?:\s+for)?\s+` + spanName)},
	{strings.Split(unusedName, "|"), 0, regexp.MustCompile(`^(?i)(?:` + unusedName + `)(?:\s+(?:lasting|for|of))(?:\s+a\s+total\s+of)?\s+` + spanName)},
	{[]string{"downtime", "outage", "disruption"}, spanReach, regexp.MustCompile(`(?i)` + spanName + `[\s-]*(?:long\s+)?(?:downtime|outage|disruption)$`)},
	{[]string{"took"}, 0, regexp.MustCompile(`^(?i)took\s+` + spanName + `\s+from the start of\b`)},
}

// openingForm is a sentence that begins with how long: "For two hours, …".
var openingForm = regexp.MustCompile(`^(?i)for\s+` + spanName + `,?\s`)

// spansInProse returns the lengths of time that sentences give the incident.
func spansInProse(text string) []incident.Duration {
	lower := lowerASCII(text)
	spans := appendSpan(nil, openingForm, text)
	for _, sentence := range spanSentences {
		for _, cue := range sentence.cues {
			for at := nextWord(lower, cue, 0); at >= 0; at = nextWord(lower, cue, at+1) {
				window := text[at:]
				if sentence.reach > 0 {
					window = text[max(0, at-sentence.reach) : at+len(cue)]
				}
				spans = appendSpan(spans, sentence.form, window)
			}
		}
	}
	return spans
}

func appendSpan(spans []incident.Duration, form *regexp.Regexp, text string) []incident.Duration {
	m := form.FindStringSubmatch(text)
	if m == nil {
		return spans
	}
	if d := sum(m[form.SubexpIndex("length")]); d > 0 {
		spans = append(spans, stated(d, d, m[form.SubexpIndex("about")] != ""))
	}
	return spans
}

// nextWord returns where, at or after from, a word of text begins with cue; -1 when
// none does.
func nextWord(text, cue string, from int) int {
	for from <= len(text) {
		at := strings.Index(text[from:], cue)
		if at < 0 {
			return -1
		}
		at += from
		if at == 0 || !isWordByte(text[at-1]) {
			return at
		}
		from = at + 1
	}
	return -1
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z'
}

// lowerASCII lowers the letters A to Z alone, so that every byte keeps its place.
func lowerASCII(text string) string {
	lower := []byte(text)
	for i, b := range lower {
		if 'A' <= b && b <= 'Z' {
			lower[i] = b + 'a' - 'A'
		}
	}
	return string(lower)
}
