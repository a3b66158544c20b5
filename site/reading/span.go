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
	ones     = `one|two|three|four|five|six|seven|eight|nine`
	numeral  = `\b(?:half an?|an?|` + ones + `|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twenty|thirty|forty|fifty|sixty|ninety)(?:-(?:` + ones + `))?)`
	unit     = `(?:weeks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)`
	andHalf  = `(?:\s+and\s+a\s+half)?`
	counted  = `(?:\d+(?:[.,]\d+)?` + andHalf + `[\s-]*` + unit + `|` + numeral + andHalf + `[\s-]+` + unit + andHalf + `)`
	quantity = `\b` + counted
	quarters = `\b(?:an?|one|three)\s+quarters?\s+of\s+an\s+hour\b`
	joint    = `(?:\s*,?\s*and\s+|\s*,\s*|\s*&\s*|\s*)`
	lengths  = quantity + `(?:` + joint + counted + `)*\b`
	roughly  = `(?:about|around|approximately|approx\.?|roughly|nearly|almost|just under|just over|over|under|more than|less than|up to|at least|some|~|≈|c?a\.)`
)

var (
	quantityForm = regexp.MustCompile(`(?i)(?:(\d+(?:[.,]\d+)?)(` + andHalf + `)[\s-]*|(` + numeral + `)(` + andHalf + `)[\s-]+)(` + unit + `)(` + andHalf + `)`)
	lengthForm   = regexp.MustCompile(`^(?i)(?:a\s+total\s+of\s+)?(` + roughly + `\s*)?(` + lengths + `)`)
	betweenForm  = regexp.MustCompile(`^(?i)(` + roughly + `\s*)?(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*(` + unit + `)\b`)
	bracketForm  = regexp.MustCompile(`(?i)\((` + roughly + `\s*)?(` + lengths + `)\)\s*$`)
	watchForm    = regexp.MustCompile(`^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?\s*(?:h|hours|hrs|\(?hh:mm(?::ss)?\)?)?$`)
)

// readSpan reads the length of time that text begins with, or that stands in
// brackets at its end.
func readSpan(text string) (incident.Duration, bool) {
	text = strings.TrimSpace(text)
	if d, ok := readQuarters(text); ok {
		return d, true
	}
	if m := betweenForm.FindStringSubmatch(text); m != nil {
		least, most := amount(m[2], m[4]), amount(m[3], m[4])
		return stated(least, most, m[1] != ""), least > 0 && least <= most
	}
	if m := watchForm.FindStringSubmatch(text); m != nil {
		d := amount(m[1], "h") + amount(m[2], "m") + amount("0"+m[3], "s")
		return stated(d, d, false), d > 0
	}
	m := lengthForm.FindStringSubmatch(text)
	if l := readLength(text); m == nil && l.used > 0 || m != nil && l.used > len(m[0]) {
		return stated(l.span, l.span, l.approximate), true
	}
	if m == nil {
		m = bracketForm.FindStringSubmatch(text)
	}
	if m == nil {
		return incident.Duration{}, false
	}
	d := sum(m[2])
	return stated(d, d, m[1] != ""), d >= 0 && !strings.HasSuffix(strings.ToLower(m[1]), "to ")
}

var quarterForm = regexp.MustCompile(`^(?i)(` + roughly + `\s*)?(` + quarters + `)`)

// readQuarters reads the quarters of an hour that a text begins with.
func readQuarters(text string) (incident.Duration, bool) {
	m := quarterForm.FindStringSubmatch(text)
	if m == nil {
		return incident.Duration{}, false
	}
	d := 15 * time.Minute
	if strings.HasPrefix(strings.ToLower(m[2]), "three") {
		d *= 3
	}
	return stated(d, d, m[1] != ""), true
}

// length is a length of time as written in any language: "2 Stunden 30 Minuten".
type length struct {
	span        time.Duration
	approximate bool
	used        int // bytes of the text; 0 = there is none
}

var numberForm = regexp.MustCompile(`^\d+(?:[.,]\d+)?`)

// readLength reads the quantities that text begins with.
func readLength(text string) length {
	r := whenReader{text: text, tail: text}
	r.about()
	l := length{approximate: r.w.approximate}
	for rest := text[r.used:]; ; {
		number := numberForm.FindString(rest)
		unit, behind := cutUnit(strings.TrimLeft(rest[len(number):], " -\u00a0"))
		if number == "" || unit == 0 {
			return l
		}
		l.span += amount(number, string(unit))
		l.used = len(text) - len(behind)
		rest = nextQuantity(behind)
	}
}

// cutUnit returns the unit that text begins with, 0 for none, and the text behind it.
func cutUnit(text string) (unit byte, behind string) {
	units := words().units
	n := wordLength(text)
	if unit := units[fold(strings.ToLower(text[:n]))]; unit != 0 {
		return unit, strings.TrimPrefix(text[n:], ".")
	}
	for i := n; i > 0; i-- {
		if unit := units[text[:i]]; unit != 0 && unspaced(text[:i]) {
			return unit, text[i:]
		}
	}
	return 0, text
}

// nextQuantity skips what joins two quantities: a comma, or a short word.
func nextQuantity(text string) string {
	rest := strings.TrimLeft(text, " ,、\u00a0")
	n := wordLength(rest)
	if rest == "" || rest[0] >= '0' && rest[0] <= '9' || n == 0 || n > 6 {
		return rest
	}
	return strings.TrimLeft(rest[n:], " ")
}

func stated(least, most time.Duration, approximate bool) incident.Duration {
	return incident.Duration{Least: incident.Span(least), Most: incident.Span(most), Approximate: approximate, Basis: incident.Stated}
}

// sum adds up the quantities of a text such as "1 hour and 50 minutes".
func sum(text string) time.Duration {
	total := time.Duration(0)
	for _, m := range quantityForm.FindAllStringSubmatch(text, -1) {
		total += amount(m[1]+m[3], m[5])
		if m[2]+m[4]+m[6] != "" {
			total += amount("half a", m[5])
		}
	}
	return total
}

var (
	numerals = []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
		"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
)

// numberNamed is the number that a word names: "half a", "an", "twenty-five".
func numberNamed(word string) float64 {
	if strings.HasPrefix(word, "half") {
		return .5
	}
	ten, one, _ := strings.Cut(word, "-")
	if at := slices.Index(tens, ten); at > 0 {
		return float64(10*at + max(0, slices.Index(numerals, one)))
	}
	return float64(max(1, slices.Index(numerals, word)))
}

// longest is more than any incident lasts; it keeps figures from overflowing.
const longest = 10 * 365 * 24

// amount is a number of units of time.
func amount(number, unit string) time.Duration {
	number = strings.ToLower(strings.ReplaceAll(number, ",", "."))
	n, err := strconv.ParseFloat(number, 64)
	if err != nil {
		n = numberNamed(number)
	}
	length := map[byte]time.Duration{'w': 7 * 24 * time.Hour, 'd': 24 * time.Hour, 'h': time.Hour, 'm': time.Minute, 's': time.Second}[strings.ToLower(unit)[0]]
	if n*length.Hours() > longest {
		return 0
	}
	return time.Duration(n * float64(length)).Round(time.Second)
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
