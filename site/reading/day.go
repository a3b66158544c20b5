package reading

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
)

// statedDay returns the day that a row or the title states.
func (r *reader) statedDay() Found[incident.Time] {
	if d := pick(r.statements, dateFact, r.asDate); d.Known() {
		return d
	}
	if d := r.dayOfAll(); d.Known() {
		return d
	}
	if d, ok := r.asDate(r.title.Value); ok {
		return Found[incident.Time]{Value: d, Line: r.title.Line}
	}
	return Found[incident.Time]{}
}

// dateOf returns the day of the incident: as stated, else that of the first clock, or
// of the report's opening.
func (r *reader) dateOf() Found[incident.Time] {
	if d := r.statedDay(); d.Known() && !r.writtenOn(d.Value) && !r.outvoted(d.Value) {
		return d
	}
	for _, clock := range [...]Found[incident.Time]{r.facts.Started, r.facts.Detected} {
		if clock.Value.Date().Known() {
			return Found[incident.Time]{Value: clock.Value.Date(), Line: clock.Line}
		}
	}
	if d := r.dateInOpening(); d.Known() && !r.writtenOn(d.Value) {
		return d
	}
	return Found[incident.Time]{}
}

// dayOfMarks returns the day of the clocks that rows gave, else that of the first row,
// else the month that the text states. The first row may tell of what was there long before.
func (r *reader) dayOfMarks() Found[incident.Time] {
	first := dayOfRows(r.facts.Timeline)
	for _, clock := range [...]Found[incident.Time]{r.facts.Started, r.facts.Detected} {
		if day := clock.Value.Date(); day.Known() && day.From.Equal(first.Value.From) {
			break
		} else if day.Known() {
			return Found[incident.Time]{Value: day, Line: clock.Line}
		}
	}
	if first.Known() {
		return first
	}
	if told := r.dayTold(); told.Known() {
		return told
	}
	return r.monthStated()
}

// dayTold returns the day of the first sentence that tells on which one it was noticed or
// did not work.
func (r *reader) dayTold() Found[incident.Time] {
	for _, p := range r.parts {
		if p.posts || inside(p, incident.ActionSection, incident.LessonSection, incident.WellSection, incident.WrongSection, incident.LuckySection, incident.BackgroundSection) {
			continue
		}
		for _, b := range p.blocks {
			if b.Kind != markdown.Paragraph || !strings.ContainsAny(b.Text, "0123456789") {
				continue
			}
			for _, s := range sentencesOf(b, masked(b)) {
				if day, ok := r.asDate(s.masked); ok && tellsOfIncident(s.masked) && reportOf(s.masked).head&(detectSignal|harmSignal) != 0 {
					return Found[incident.Time]{Value: day, Line: lineAt(b, s.start), Quote: oneLine(b.Text[s.start:s.end])}
				}
			}
		}
	}
	return Found[incident.Time]{}
}

// allEventsForm begins the sentence that gives all rows their day.
var allEventsForm = regexp.MustCompile(`^(?i)(?:unless\s+(?:otherwise\s+)?(?:noted|stated|specified|indicated|mentioned)(?:\s+otherwise)?,?\s+)?(?:all|the\s+following|these|below)\s[^.]{0,40}?\b(?:events?|times?|timestamps?|entries)\b[^.]{0,40}?\bon\s+`)

// dayOfAll returns the day that a sentence of a timeline gives all its rows.
func (r *reader) dayOfAll() Found[incident.Time] {
	for _, p := range r.parts {
		for _, b := range p.blocks {
			if b.Kind != markdown.Paragraph || p.kind != incident.TimelineSection {
				continue
			}
			text := oneLine(b.Text)
			if at := allEventsForm.FindStringIndex(text); at != nil {
				if day, known := r.asDate(text[at[1]:]); known {
					return Found[incident.Time]{Value: day, Line: b.Line}
				}
			}
		}
	}
	return Found[incident.Time]{}
}

// outvoted reports whether both the name of the file and the rows are of the same day,
// which is not the one stated: a title may be that of another report.
func (r *reader) outvoted(day incident.Time) bool {
	rows := dayOfRows(r.facts.Timeline)
	return !r.filed.IsZero() && rows.Known() && !day.From.Equal(r.filed) && midnight(rows.Value.From.Date()).Equal(r.filed)
}

// writtenOn reports whether the stated day is that of the report: the timeline was over
// before it.
func (r *reader) writtenOn(day incident.Time) bool {
	rows := 0
	for _, row := range r.facts.Timeline {
		if row.At.Date().Known() && !row.At.Date().From.Before(day.From) {
			return false
		}
		if row.At.Date().Known() {
			rows++
		}
	}
	return rows >= formRows
}

// monthStated returns the month that the title or the report's opening states.
func (r *reader) monthStated() Found[incident.Time] {
	if m, ok := monthIn(r.title.Value); ok {
		return Found[incident.Time]{Value: m, Line: r.title.Line}
	}
	for _, b := range opening(r.parts) {
		text := oneLine(b.Text)
		if at := inMonthForm.FindStringIndex(text); at != nil {
			if m, ok := monthIn(text[at[0]:at[1]]); ok {
				return Found[incident.Time]{Value: m, Line: b.Line}
			}
		}
	}
	return Found[incident.Time]{}
}

// inMonthForm matches the word by which a sentence puts what happened into a month: a
// month without it is one of publication as often as not.
var inMonthForm = regexp.MustCompile(`(?i)\b(?:in|during|im|en|em|nel|i)\s+(?:(?:early|mid|late)[- ])?\pL+,?\s+(?:de\s+)?\d{4}\b`)

// monthIn finds a month with its year: "since November 2018".
func monthIn(text string) (incident.Time, bool) {
	names := strings.Fields(text)
	for i := 1; i < len(names); i++ {
		year, err := strconv.Atoi(strings.Trim(names[i], ".,;:!?()"))
		month := words().months[fold(strings.ToLower(strings.Trim(names[i-1], ".,(")))]
		if err == nil && month.month > 0 && year >= 1970 && year <= 2200 {
			at := midnight(year, time.Month(month.month), 1)
			return incident.Time{From: at, To: at, Precision: incident.Month}, true
		}
	}
	return incident.Time{}, false
}

// dayOfRows returns the day of the first dated row, of the last where the rows stand
// newest first.
func dayOfRows(rows []incident.Row) Found[incident.Time] {
	var first, last Found[incident.Time]
	for _, row := range rows {
		if !row.At.Date().Known() {
			continue
		}
		last = Found[incident.Time]{Value: row.At.Date(), Line: row.Line}
		if !first.Known() {
			first = last
		}
	}
	if last.Value.From.Before(first.Value.From) {
		return last
	}
	return first
}

// dateInOpening returns the first date of the report's first paragraphs. One that
// stands alone is when the report was published.
func (r *reader) dateInOpening() Found[incident.Time] {
	for _, b := range opening(r.parts) {
		text := oneLine(b.Text)
		if _, rest, ok := readWhen(text); ok && strings.TrimSpace(rest) == "" {
			continue
		}
		if d, ok := r.asDate(text); ok {
			return Found[incident.Time]{Value: d, Line: b.Line}
		}
	}
	return Found[incident.Time]{}
}

// setDays finds the day of the incident and one near it: the one given, else what
// the text states; a date in the middle of the text only tells the year.
func (r *reader) setDays(opt Options, doc []markdown.Block) {
	if opt.Filed.Precision >= incident.Day {
		r.filed = midnight(opt.Filed.From.Date())
	}
	given := opt.Day
	if given.Known() && given.Precision >= incident.Day {
		r.day = midnight(given.From.Date())
		r.near = r.day
		return
	}
	r.near = r.fullDate(r.title.Value)
	for _, at := range [...]incident.Time{opt.Near, opt.Filed} {
		if r.near.IsZero() && at.Known() {
			r.near = midnight(at.From.Date())
		}
	}
	if r.near.IsZero() {
		r.near = yearOf(r.title.Value)
	}
	if r.near.IsZero() {
		eachLine(doc, func(l line) bool {
			r.near = r.fullDate(outsideCode(l))
			return r.near.IsZero()
		})
	}
	for _, d := range [...]Found[incident.Time]{r.statedDay(), pick(r.statements, startedFact, r.asDate), r.dateInOpening()} {
		if d.Known() && r.day.IsZero() {
			r.day = d.Value.From
		}
	}
	if r.day.IsZero() {
		r.day = r.filed
	}
	r.held = r.dayOfAll().Known()
}

// yearForm is a year that a title names as such: "The great outage of 2019".
var yearForm = regexp.MustCompile(`(?:^|\s)((?:19|20)\d\d)(?:[\s,.:!?)]|$)`)

// yearOf returns the middle of the year that a title names, from which no day of that
// year is farther than those of others.
func yearOf(title string) time.Time {
	m := yearForm.FindStringSubmatch(title)
	if m == nil {
		return time.Time{}
	}
	year, _ := strconv.Atoi(m[1])
	return midnight(year, time.July, 2)
}

func outsideCode(l line) string {
	var b strings.Builder
	for _, s := range l.spans {
		if s.Style&markdown.Verbatim == 0 {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// fullDate returns the first date of a text that has its year.
func (c calendar) fullDate(text string) time.Time {
	if w, ok := dateIn(text); ok && w.year > 0 {
		return c.dayOf(w, time.Time{})
	}
	return time.Time{}
}
