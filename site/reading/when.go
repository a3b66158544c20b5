package reading

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// when is a time as written: a date, a clock or both. What is not written is 0.
type when struct {
	written          string
	year, month, day int
	between          string // what stands between the numbers of a date that has the day first only in some languages
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

const zoneNames = `ACST|AEDT|AEST|AKDT|AKST|AWST|BRT|BST|CDT|CEST|CET|CST|CT|EDT|EEST|EET|EST|ET|HKT|HST|IST|JST|KST|MDT|MESZ|MEZ|MSK|MST|MT|NZDT|NZST|PDT|PHT|PST|PT|SAST|SGT|WEST|WET`

var (
	zoneForm   = regexp.MustCompile(`^\s*\(?((?:UTC|GMT)(?:\s?[+-]\s?\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2}|Z|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+|` + zoneNames + `)(?:\b|$)(?:\s*\(((?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?)\))?\)?`)
	regionForm = regexp.MustCompile(`^\s*((?:Eastern|Central|Mountain|Pacific)(?:\s+(?:Standard\s+|Daylight\s+)?Time)?)\s*(?:[:,;)–-]|$)`)
	placeForm  = regexp.MustCompile(`^\s*(\pL+(?: \pL+){0,2})\s*(?:[:,;)–-]|$)`)
	rangeForm  = regexp.MustCompile(`^\s*[-–—−~〜～]\s*`)
	aboutForm  = regexp.MustCompile(`^[~≈]\s*`)
	// restatedForm is the same clock in universal time: "13:14 EDT (17:14 UTC)".
	restatedForm = regexp.MustCompile(`^\s*\(\s*(\d{1,2}):(\d{2})\s*(?:UTC|GMT|Z)\s*\)`)
	// bareClockForm is a clock without a colon that ends what stands behind a date in full.
	bareClockForm = regexp.MustCompile(`^(?i)(?:[01]\d|2[0-3])[0-5]\d(?:\s*(?:hrs?|hours))?\s*(?:$|[,;:)\]|]|[-–—]\s)`)
	behindForm    = regexp.MustCompile(`^\s*(?:\(|,\s*|on\s+)`)
)

// maxWhen is the length in bytes of the text in which a time is looked for.
const maxWhen = 120

// beforeWhen is what may stand before a time without being part of it: spaces, signs
// that are not seen, brackets and marks.
const beforeWhen = " \t\n\u00a0\u3000\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff[(（【<*_`"

// readWhen reads the time that text begins with and returns the text behind it.
func readWhen(text string) (w when, rest string, ok bool) {
	text = strings.TrimLeft(text, beforeWhen)
	if text == "" || !beginsLikeWhen(text) {
		return when{}, text, false
	}
	r := whenReader{text: text[:min(len(text), maxWhen)], tail: text}
	r.before()
	r.about()
	r.date()
	if r.w.dated() {
		r.separator()
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
	if n := wordLength(text[:min(len(text), 2*maxName)]); words().opening[strings.ToLower(text[:n])] {
		return true
	}
	_, n := utf8.DecodeRuneInString(text)
	return n > 1 && (words().opening[text[:n]] || strings.Contains("午上下", text[:n]))
}

// whenReader reads one time from left to right.
type whenReader struct {
	text  string // what is left, cut
	tail  string // the whole text
	used  int
	iso   bool // date and clock are joined by "T", so that "-05:00" is an offset and no range
	clue  clue
	w     when
	ended bool // this is the end of a range
}

// clue is what the words in front of a number say of it.
type clue uint8

const (
	noClue    clue = iota
	clockClue      // "um": a clock, if it is written like one, with a dot too
	hourClue       // "kl.": a clock in any case
)

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

// phrase skips one of the phrases and reports whether there was one.
func (r *whenReader) phrase(p phrases) bool {
	n := p.at(r.text)
	r.skip(n)
	return n > 0
}

// before skips the words that stand in front of a time.
func (r *whenReader) before() {
	for {
		switch {
		case r.phrase(words().hour):
			r.clue = hourClue
		case r.phrase(words().clock):
			r.clue = max(r.clue, clockClue)
		case !r.phrase(words().before):
			return
		}
	}
}

func (r *whenReader) about() {
	for r.take(aboutForm) || r.phrase(words().about) {
		r.w.approximate = true
		r.before()
	}
}

// later reads the signs behind a time that make it approximate.
func (r *whenReader) later() {
	rest := strings.TrimLeft(r.text, " ")
	for _, sign := range words().later {
		if strings.HasPrefix(rest, sign) {
			r.w.approximate = true
			r.skip(len(r.text) - len(rest) + len(sign))
			return
		}
	}
	if strings.HasPrefix(r.text, "~") {
		r.w.approximate = true
		r.skip(1)
	}
}

// separator skips what stands between a date and a clock, if a clock follows.
func (r *whenReader) separator() {
	saved := *r
	r.spaces(" \t,、")
	r.weekdayBehind()
	for _, sign := range [...]string{"T", "@", "- ", "– ", "/ "} {
		if strings.HasPrefix(r.text, sign) {
			r.skip(len(sign))
			r.iso = sign == "T"
			break
		}
	}
	r.spaces(" ")
	r.before()
	r.about()
	if r.w.year > 0 && bareClockForm.MatchString(r.text) {
		r.clue = hourClue
	}
	if !r.beginsClock() {
		*r = saved
	}
}

func (r *whenReader) spaces(cutset string) {
	r.skip(len(r.text) - len(strings.TrimLeft(r.text, cutset)))
}

var weekdayForm = regexp.MustCompile(`^[(（]?(\pL[\pL\pM-]*)\.?[)）]?[,、]?\s*`)

// easternDays are the days of the week in Chinese and Japanese, one letter each.
const easternDays = "月火水木金土日一二三四五六"

// weekdayBehind skips the day of the week behind a date: "2024-03-12 (Tue)", （火）.
func (r *whenReader) weekdayBehind() {
	m := weekdayForm.FindStringSubmatch(r.text)
	if m != nil && (words().weekdays[fold(strings.ToLower(m[1]))] || utf8.RuneCountInString(m[1]) == 1 && strings.Contains(easternDays, m[1])) {
		r.skip(len(m[0]))
	}
}

// behind reads what may follow a time: a zone, the end of a range, a date, "~".
func (r *whenReader) behind() {
	r.later()
	if r.w.clock {
		r.zone()
		r.restated()
		r.rangeEnd()
		if !r.w.dated() {
			r.dateBehind()
		}
		r.later()
	}
}

func (r *whenReader) zone() {
	m := regionForm.FindStringSubmatchIndex(r.text)
	if place := placeForm.FindStringSubmatchIndex(r.text); m == nil && place != nil && words().zones[normalize(r.text[place[2]:place[3]])] != "" {
		m = place
	}
	if m != nil {
		r.w.zone = r.text[m[2]:m[3]]
		r.skip(m[3])
		return
	}
	m = zoneForm.FindStringSubmatchIndex(r.text)
	if m == nil || r.text[m[2]] == '-' && !r.iso {
		return
	}
	r.w.zone = r.text[m[2]:m[3]]
	if m[4] >= 0 {
		r.w.zone += " (" + r.text[m[4]:m[5]] + ")"
	}
	r.skip(m[1])
}

// restated reads the clock in universal time that stands behind a local one, and so
// learns the offset of its zone.
func (r *whenReader) restated() {
	m := restatedForm.FindStringSubmatch(r.text)
	if m == nil {
		return
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	offset := (r.w.minutes()-hour*60-minute+3*halfDay)%(2*halfDay) - halfDay
	if hour > 23 || minute > 59 || offset%15 != 0 {
		return
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '-', -offset
	}
	r.w.zone = strings.TrimSpace(fmt.Sprintf("%s (UTC%c%02d:%02d)", r.w.zone, sign, offset/60, offset%60))
	r.skip(len(m[0]))
}

// rangeEnd reads "- 15:10", "bis 15:10", "から15時10分".
func (r *whenReader) rangeEnd() {
	saved := *r
	joined := r.take(rangeForm)
	if !joined {
		r.spaces(" ")
		joined = r.phrase(words().until)
	}
	if !joined {
		*r = saved
		return
	}
	end := whenReader{text: r.text, tail: r.tail[r.used:], clue: r.clue, ended: true}
	end.before()
	end.about()
	end.date()
	if end.w.dated() {
		end.separator()
	}
	end.clock()
	if !end.w.clock {
		*r = saved
		return
	}
	end.later()
	end.zone()
	if r.w.zone == "" {
		r.w.zone = end.w.zone
	}
	r.w.end = &end.w
	r.skip(end.used)
}

// dateBehind reads the date that follows a clock: "10:15 (Oct 29)", "5 PM on May 3". One
// that nothing joins to it must be set off from the text: "17:53 UTC Feb 20: began".
func (r *whenReader) dateBehind() {
	saved := *r
	joined := r.take(behindForm)
	if !joined && !strings.HasPrefix(r.text, " ") {
		return
	}
	r.spaces(" ")
	r.before()
	if r.date(); !r.w.dated() || !joined && !separated(r.text) {
		*r = saved
		return
	}
	if strings.HasPrefix(r.text, ")") {
		r.skip(1)
	}
}
