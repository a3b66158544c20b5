package reading

import (
	"regexp"
	"strconv"
	"strings"
)

// The written forms of a date, with the named groups y, m, d, n (a month's name), w
// (a day of the week), o and p (the words between the parts) and s (what separates
// numbers whose order is not the same everywhere).
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`^(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:[^\d-]|$)`),
	regexp.MustCompile(`^(?:(?P<y>\d{4})\s*年\s*)?(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?`),
	regexp.MustCompile(`^(?:(?P<w>` + nameForm + `)\.?,?\s+)?(?P<n>` + monthForm + `)\.?\s+(?P<d>\d{1,2})` + ordinal + `(?:\s?[-–]\s?(?:` + monthForm + `\.?\s+)?\d{1,2}` + ordinal + `)?(?:(?:\s*,\s*|\s+)(?P<y>\d{4}))?(?:[^\d:\pL]|:(?:\D|$)|$)`),
	regexp.MustCompile(`^(?:(?P<w>` + nameForm + `)\.?,?\s+(?:den\s+|d\.\s*)?)?(?P<d>\d{1,2})(?:` + ordinal + `|er|º|ª|°)(?:\.\s*|[\s-]+)(?:(?P<o>\pL{1,4})\s+)?(?P<n>` + monthForm + `)\.?(?:[,\s-]+(?:(?P<p>\pL{1,4})\s+)?(?P<y>\d{4}))?(?:[^\d\pL]|$|г|年)`),
	regexp.MustCompile(`^(?P<d>\d{1,2})(?P<s>[./-])\s?(?P<m>\d{1,2})[./-]\s?(?P<y>\d{4})(?:\D|$)`),
}

const (
	nameForm  = `\pL[\pL\pM-]{1,16}`
	monthForm = `\pL[\pL\pM]{1,16}`
	ordinal   = `(?:st|nd|rd|th)?`
)

// date reads the date that the text begins with.
func (r *whenReader) date() {
	for i, form := range dateForms {
		m := form.FindStringSubmatchIndex(r.text)
		if m == nil {
			continue
		}
		w, length, ok := dateOf(form, m, r.text)
		if !ok || i == monthFirstForm && !words().months[monthKey(form, m, r.text)].first {
			continue
		}
		r.w.year, r.w.month, r.w.day, r.w.between = w.year, w.month, w.day, w.between
		r.skip(length + suffixLength(r.text[length:]))
		return
	}
}

// monthFirstForm is the place of the form that only some languages use.
const monthFirstForm = 2

func monthKey(form *regexp.Regexp, m []int, text string) string {
	i := form.SubexpIndex("n")
	return fold(strings.ToLower(text[m[2*i]:m[2*i+1]]))
}

// dateOf returns the date of a match and its length. It is false for words that are
// no month, and for a day that no month has.
func dateOf(form *regexp.Regexp, m []int, text string) (w when, length int, ok bool) {
	short := false
	for i, name := range form.SubexpNames() {
		if name == "" || m[2*i] < 0 {
			continue
		}
		group := text[m[2*i]:m[2*i+1]]
		length = max(length, m[2*i+1])
		switch name {
		case "y":
			w.year, _ = strconv.Atoi(group)
		case "m":
			w.month, _ = strconv.Atoi(group)
		case "d":
			w.day, _ = strconv.Atoi(group)
		case "s":
			w.between = group
		case "n":
			month := words().months[fold(strings.ToLower(group))]
			w.month, short = month.month, month.short
		case "w":
			if !words().weekdays[fold(strings.ToLower(group))] {
				return when{}, 0, false
			}
		case "o", "p":
			if !words().of[strings.ToLower(group)] {
				return when{}, 0, false
			}
		}
	}
	mixed := w.between != "" && strings.Count(text[:length], w.between) != 2
	w.settleOrder()
	valid := !mixed && w.month >= 1 && w.month <= 12 && w.day >= 1 && w.day <= 31 && (w.year == 0 || w.year >= 1970 && w.year <= 2200)
	return w, length, valid && !(short && w.year == 0)
}

// settleOrder finds out which of two numbers is the month where the numbers tell.
func (w *when) settleOrder() {
	switch {
	case w.between == "" || w.day > 12 || w.day == w.month:
		w.between = ""
	case w.month > 12 && w.between == "/":
		w.day, w.month, w.between = w.month, w.day, ""
	}
}

// suffixLength is the length of what belongs to a date behind its last figure.
func suffixLength(s string) int {
	for _, suffix := range [...]string{"st", "nd", "rd", "th", "日", "号", "號", " года", " г.", "г.", " г", " r.", "年"} {
		if strings.HasPrefix(s, suffix) {
			return len(suffix)
		}
	}
	return 0
}
