package reading

import (
	"regexp"
	"strconv"
	"strings"
)

// when is a time as written: a date, a clock or both. What is not written is 0.
type when struct {
	written          string
	year, month, day int
	clock            bool
	hour, minute     int
	second           int
	precise          bool // the second was written
	someMinute       bool // "14:??": any minute of the hour
	end              *when
	zone             string
	approximate      bool
}

func (w when) dated() bool { return w.month > 0 }

const (
	monthNames = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`
	weekdays   = `(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+)?`
	ordinal    = `(?:st|nd|rd|th)?`
	zoneNames  = `ACST|AEDT|AEST|AKDT|AKST|AWST|BRT|BST|CDT|CEST|CET|CST|CT|EDT|EEST|EET|EST|ET|HKT|HST|IST|JST|KST|MDT|MSK|MST|MT|NZDT|NZST|PDT|PHT|PST|PT|SAST|SGT|WEST|WET`
)

// The written forms of a date, each with named groups y, m, n (a month's name), d.
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`^` + `(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[^\d-]|$)`),
	regexp.MustCompile(`^(?i)` + weekdays + `(?P<n>` + monthNames + `)\.?\s+(?P<d>\d{1,2})` + ordinal + `(?:\s?[-–]\s?\d{1,2}` + ordinal + `)?(?:(?:\s*,\s*|\s+)(?P<y>\d{4}))?(?:[^\d:a-z]|$)`),
	regexp.MustCompile(`^(?i)` + weekdays + `(?P<d>\d{1,2})(?:` + ordinal + `|\.)[\s-]+(?:of\s+)?(?P<n>` + monthNames + `)\.?(?:[,\s-]+(?P<y>\d{4}))?(?:[^\da-z]|$)`),
	regexp.MustCompile(`^(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})(?:\D|$)`),
	regexp.MustCompile(`^(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日`),
}

// slashForm has the day first or the month first: only one of them above 12 tells.
var slashForm = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})(?:\D|$)`)

var (
	clockForm  = regexp.MustCompile(`^(?i)(\d{1,2})[:：](\d{2}|\?\?|xx)(?:[:：](\d{2})(?:[.,]\d+)?)?(?:\s?([ap])\.?m\b\.?)?`)
	hourForm   = regexp.MustCompile(`^(?i)(\d{1,2})()()\s?([ap])\.?m\b\.?`)
	armyForm   = regexp.MustCompile(`^(\d{2})(\d{2})()()(?:Z|\s?UTC|\s?GMT)\b`)
	letterForm = regexp.MustCompile(`^(\d{1,2})h(\d{2})()()(?:\D|$)`)
	zoneForm   = regexp.MustCompile(`^\s*\(?((?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|Z|` + zoneNames + `)(?:\b|$)(?:\s*\(((?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)\))?\)?`)
	rangeForm  = regexp.MustCompile(`^(?i)\s*(?:-|–|—|−|~|to|until|till|through)\s*`)
	aboutForm  = regexp.MustCompile(`^(?i)(?:[~≈]|about\s|around\s|approx(?:\.|imately)?\s|ca?\.\s?|circa\s|roughly\s)\s*`)
	introForm  = regexp.MustCompile(`^(?i)(?:on|at|from|by|since)\s+`)
)

// maxWhen is the length in bytes of the text in which a time is looked for.
const maxWhen = 120

// readWhen reads the time that text begins with and returns the text behind it.
func readWhen(text string) (w when, rest string, ok bool) {
	text = strings.TrimLeft(text, " \t\n[(<*_`")
	if text == "" || !beginsLikeWhen(text) {
		return when{}, text, false
	}
	r := whenReader{text: text[:min(len(text), maxWhen)], tail: text}
	r.take(introForm)
	r.about()
	r.date()
	if r.w.dated() {
		r.separator()
		r.about()
	}
	r.clock()
	if !r.w.clock && !r.w.dated() {
		return when{}, text, false
	}
	r.behind()
	r.w.written = strings.TrimRight(strings.TrimSpace(text[:r.used]), " ,;:|-–—[(")
	return r.w, text[r.used:], true
}

// beginsLikeWhen is the quick answer for most texts: no.
func beginsLikeWhen(text string) bool {
	c := text[0]
	if c >= '0' && c <= '9' || strings.HasPrefix(text, "≈") || c == '~' {
		return true
	}
	word := text[:min(len(text), 3)]
	return whenWords[strings.ToLower(word)]
}

var whenWords = func() map[string]bool {
	words := map[string]bool{"on ": true, "at ": true, "by ": true, "fro": true, "sin": true, "abo": true, "aro": true, "app": true,
		"ca.": true, "c. ": true, "ca ": true, "cir": true, "rou": true}
	for _, w := range strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun") {
		words[w] = true
	}
	return words
}()

// whenReader reads one time from left to right.
type whenReader struct {
	text string // what is left, cut
	tail string // the whole text
	used int
	iso  bool // date and clock are joined by "T", so that "-05:00" is an offset and no range
	w    when
}

func (r *whenReader) skip(n int) {
	r.used += n
	r.text = r.tail[r.used:min(len(r.tail), r.used+maxWhen)]
}

// take skips a match of the form and reports whether there was one.
func (r *whenReader) take(form *regexp.Regexp) bool {
	m := form.FindStringIndex(r.text)
	if m == nil {
		return false
	}
	r.skip(m[1])
	return true
}

func (r *whenReader) about() {
	for r.take(aboutForm) {
		r.w.approximate = true
	}
}

func (r *whenReader) date() {
	year, month, day, length := readDate(r.text)
	if length > 0 {
		r.w.year, r.w.month, r.w.day = year, month, day
		r.skip(length)
	}
}

// readDate reads the date that s begins with; length 0 means that there is none.
func readDate(s string) (year, month, day, length int) {
	for _, form := range dateForms {
		m := form.FindStringSubmatchIndex(s)
		if m == nil {
			continue
		}
		for i, name := range form.SubexpNames() {
			if name == "" || m[2*i] < 0 {
				continue
			}
			group := s[m[2*i]:m[2*i+1]]
			length = max(length, m[2*i+1])
			switch name {
			case "y":
				year, _ = strconv.Atoi(group)
			case "m":
				month, _ = strconv.Atoi(group)
			case "n":
				month = 1 + strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(group[:3]))/3
			case "d":
				day, _ = strconv.Atoi(group)
			}
		}
		return validDate(year, month, day, length+suffixLength(s[length:]))
	}
	return readSlashes(s)
}

// readSlashes reads "25/12/2018" where only one order is possible.
func readSlashes(s string) (year, month, day, length int) {
	m := slashForm.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, 0, 0
	}
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ = strconv.Atoi(m[3])
	length = len(m[1]) + len(m[2]) + len(m[3]) + 2
	switch {
	case a > 12 || a == b:
		return validDate(year, b, a, length)
	case b > 12:
		return validDate(year, a, b, length)
	}
	return 0, 0, 0, 0
}

// suffixLength is the length of what belongs to a date behind its last figure.
func suffixLength(s string) int {
	for _, suffix := range [...]string{"st", "nd", "rd", "th", "日"} {
		if strings.HasPrefix(s, suffix) {
			return len(suffix)
		}
	}
	return 0
}

func validDate(year, month, day, length int) (int, int, int, int) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year != 0 && (year < 1970 || year > 2200) {
		return 0, 0, 0, 0
	}
	return year, month, day, length
}

// separator skips what stands between a date and a clock.
func (r *whenReader) separator() {
	rest := strings.TrimLeft(r.text, " \t,")
	for _, word := range [...]string{"T", "at ", "@", "- ", "– ", "um ", "/ "} {
		if after, ok := strings.CutPrefix(rest, word); ok && beginsClock(strings.TrimLeft(after, " ")) {
			rest, r.iso = strings.TrimLeft(after, " "), word == "T"
			break
		}
	}
	if beginsClock(rest) {
		r.skip(len(r.text) - len(rest))
	}
}

func beginsClock(s string) bool {
	s = aboutForm.ReplaceAllString(s, "")
	return clockForm.MatchString(s) || hourForm.MatchString(s) || armyForm.MatchString(s) || letterForm.MatchString(s)
}

func (r *whenReader) clock() {
	for _, form := range [...]*regexp.Regexp{clockForm, hourForm, armyForm, letterForm} {
		m := form.FindStringSubmatchIndex(r.text)
		if m == nil {
			continue
		}
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return r.text[m[2*i]:m[2*i+1]]
		}
		if !r.w.setClock(group(1), group(2), group(3), strings.ToLower(group(4))) {
			return
		}
		if form == armyForm || form == letterForm {
			m[1] = m[5] // what proves the form is not part of the clock
		}
		r.skip(m[1])
		return
	}
}

// setClock takes the parts of a clock as written; false means that there is no such
// time of day.
func (w *when) setClock(hour, minute, second, half string) bool {
	h, _ := strconv.Atoi(hour)
	m, err := strconv.Atoi("0" + minute)
	s, _ := strconv.Atoi("0" + second)
	if half != "" && (h <= 12 || half == "a") { // 17:14pm is 17:14
		if h < 1 || h > 12 {
			return false
		}
		h %= 12
		if half == "p" {
			h += 12
		}
	}
	if h > 24 || m > 59 || s > 60 || h == 24 && (m > 0 || s > 0) {
		return false
	}
	w.clock, w.hour, w.minute, w.second = true, h, m, s
	w.precise, w.someMinute = second != "", err != nil
	return true
}

// behind reads what may follow a time: a zone, the end of a range, a date, "~".
func (r *whenReader) behind() {
	if r.w.clock {
		r.zone()
		r.rangeEnd()
		if !r.w.dated() {
			r.dateBehind()
		}
	}
	if rest, ok := strings.CutPrefix(r.text, "~"); ok {
		r.w.approximate = true
		r.skip(len(r.text) - len(rest))
	}
}

func (r *whenReader) zone() {
	m := zoneForm.FindStringSubmatchIndex(r.text)
	if m == nil || r.text[m[2]] == '-' && !r.iso {
		return
	}
	r.w.zone = r.text[m[2]:m[3]]
	if m[4] >= 0 {
		r.w.zone += " (" + r.text[m[4]:m[5]] + ")"
	}
	r.skip(m[1])
}

func (r *whenReader) rangeEnd() {
	m := rangeForm.FindStringIndex(r.text)
	if m == nil {
		return
	}
	end := whenReader{text: r.text[m[1]:], tail: r.tail[r.used+m[1]:]}
	end.about()
	end.date()
	if end.w.dated() {
		end.separator()
	}
	end.clock()
	if !end.w.clock {
		return
	}
	end.zone()
	if r.w.zone == "" {
		r.w.zone = end.w.zone
	}
	r.w.end = &end.w
	r.skip(m[1] + end.used)
}

var dateBehindForm = regexp.MustCompile(`^(?i)\s*(?:\(|,\s*|on\s+)`)

// dateBehind reads the date that follows a clock: "10:15 (Oct 29)", "5 PM on May 3".
func (r *whenReader) dateBehind() {
	m := dateBehindForm.FindStringIndex(r.text)
	if m == nil {
		return
	}
	year, month, day, length := readDate(r.text[m[1]:])
	if length == 0 {
		return
	}
	r.w.year, r.w.month, r.w.day = year, month, day
	r.skip(m[1] + length)
	if strings.HasPrefix(r.text, ")") {
		r.skip(1)
	}
}
