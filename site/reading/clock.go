package reading

import (
	"regexp"
	"strconv"
	"strings"
)

// The written forms of a clock, with the groups hour, minute, second, half of the
// day.
var (
	clockForm   = regexp.MustCompile(`^(?i)(\d{1,2})[:：](\d{2}|\?\?|xx)(?:[:：](\d{2})(?:[.,]\d+)?)?(?:\s?([ap])\.?m\b\.?)?`)
	hourForm    = regexp.MustCompile(`^(?i)(\d{1,2})()()\s?([ap])\.?m\b\.?`)
	armyForm    = regexp.MustCompile(`^(\d{2})(\d{2})()()(?:Z|\s?UTC|\s?GMT)\b`)
	letterForm  = regexp.MustCompile(`^(\d{1,2})h(\d{2})()()(?:\D|$)`)
	wordForm    = regexp.MustCompile(`^(\d{1,2})(?:[.:](\d{2}))?()()\s?\pL`)        // 14.05 Uhr
	dottedForm  = regexp.MustCompile(`^(\d{1,2})\.(\d{2})()()(?:[^\d.]|\.\D|\.?$)`) // kl. 14.05
	spacedForm  = regexp.MustCompile(`^(\d{1,2})\s?h(?:\s?(\d{2}))?()()(?:[^\pL\d]|$)`)
	digitsForm  = regexp.MustCompile(`^(\d{2})(\d{2})()()(?:\D|$)`) // kl. 1405
	countForm   = regexp.MustCompile(`^(\d{1,2})()()()(?:[^\d.:]|[.:]\D|[.:]?$)`)
	easternForm = regexp.MustCompile(`^(?:(午前|午後|上午|下午)\s*)?(\d{1,2})\s*([時时點点])(?:\s*(\d{1,2})\s*分(?:\s*(\d{1,2})\s*秒)?|(半))?`)
)

// wholeForms are clocks wherever they stand.
var wholeForms = []*regexp.Regexp{clockForm, hourForm, armyForm, letterForm}

// clock reads the clock that the text begins with.
func (r *whenReader) clock() {
	if r.easternClock() || r.clockOf(wholeForms...) {
		r.spacedPhrase(words().oclock, words().behind)
		return
	}
	if r.clockBefore(wordForm, words().oclock) || r.clue == noClue {
		return
	}
	if r.clockBefore(wordForm, words().behind) || r.clockOf(dottedForm, spacedForm) {
		r.spacedPhrase(words().oclock, words().behind)
		return
	}
	if r.clue == hourClue {
		r.clockOf(digitsForm, countForm)
	}
}

func (r *whenReader) beginsClock() bool {
	ahead := *r
	ahead.clock()
	return ahead.w.clock
}

// clockOf reads a clock of one of the forms.
func (r *whenReader) clockOf(forms ...*regexp.Regexp) bool {
	for _, form := range forms {
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
			return false
		}
		if form != clockForm && form != hourForm {
			m[1] = clockEnd(form, m) // what proves the form is not part of the clock
		}
		r.skip(m[1])
		return true
	}
	return false
}

// clockEnd is where the last number of a clock ends, or the letter that stands for
// missing minutes.
func clockEnd(form *regexp.Regexp, m []int) int {
	if m[5] > 0 && m[5] > m[4] {
		return m[5]
	}
	if form == spacedForm {
		return m[1] - 1
	}
	return m[3]
}

// clockBefore reads a clock that one of the phrases stands behind.
func (r *whenReader) clockBefore(form *regexp.Regexp, p phrases) bool {
	m := form.FindStringSubmatchIndex(r.text)
	if m == nil {
		return false
	}
	end := clockEnd(form, m)
	rest := strings.TrimLeft(r.text[end:], " ")
	if p.at(rest) == 0 || !r.clockOf(form) {
		return false
	}
	r.spacedPhrase(p)
	return true
}

// spacedPhrase skips one of the phrases, the space in front of it included but not
// that behind it.
func (r *whenReader) spacedPhrase(sets ...phrases) {
	rest := strings.TrimLeft(r.text, " ")
	for _, p := range sets {
		if n := p.at(rest); n > 0 {
			r.skip(len(r.text) - len(rest) + len(strings.TrimRight(rest[:n], " \t")))
			return
		}
	}
}

// easternClock reads 14時05分, 午後2時半 and the like. 2時間 is a length of time, and
// 3点 may be three of anything.
func (r *whenReader) easternClock() bool {
	m := easternForm.FindStringSubmatch(r.text)
	if m == nil || strings.HasPrefix(r.text[len(m[0]):], "間") {
		return false
	}
	exact := m[1] != "" || m[4] != "" || m[6] != ""
	if !exact && !strings.Contains("時时", m[3]) && !strings.HasPrefix(r.text[len(m[0]):], "钟") && !strings.HasPrefix(r.text[len(m[0]):], "鐘") {
		return false
	}
	minute := m[4]
	if m[6] != "" {
		minute = "30"
	}
	half := map[string]string{"午前": "a", "上午": "a", "午後": "p", "下午": "p"}[m[1]]
	hour := m[2]
	if half == "a" && hour == "0" {
		half = ""
	}
	if !r.w.setClock(hour, minute, m[5], half) {
		return false
	}
	r.skip(len(m[0]))
	if rest := strings.TrimLeft(r.text, "钟鐘"); rest != r.text {
		r.skip(len(r.text) - len(rest))
	}
	return true
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
