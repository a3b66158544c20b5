// Package advice says what the author of a postmortem may still want to do before others
// read it: parts that are missing, clocks and rows that leave questions, words that look
// for somebody at fault, promises that nobody made. It is for whoever writes; a library is
// as good without following it, and so nothing of it is a problem.
//
// What to look for is data: parts.yaml has the parts of a report, wordings.yaml the words
// with kinder ones.
package advice

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"faultline/site/incident"
)

// Advice is what there is to say of one incident. Lines are of its file; 0 = not there.
type Advice struct {
	Missing  []Part
	Clocks   []Remark
	Gaps     []Gap
	Wordings []Wording
	Unowned  []incident.Action // promised, and neither done nor dropped
	Words    int
	Minutes  int // of reading, 1 at least where there is a word
}

// Remark is a fault with what to do about it.
type Remark struct {
	Line int
	Text string
	Hint string
}

// Gap is a long time between two rows of the timeline that follow each other.
type Gap struct {
	From, To incident.Row
	Length   incident.Span
}

// Of is the advice on the incident. The templates are those that incidents of its library
// begin with.
func Of(inc *incident.Incident, templates []Template) Advice {
	a := Advice{
		Missing: missing(inc, templates), Clocks: clocks(inc), Gaps: gaps(inc.Timeline),
		Wordings: wordings(inc), Words: words(inc),
	}
	for _, action := range inc.Actions {
		if (action.Owner == nil || strings.TrimSpace(*action.Owner) == "") && !settled(action) {
			a.Unowned = append(a.Unowned, action)
		}
	}
	a.Minutes = (a.Words + wordsPerMinute - 1) / wordsPerMinute
	return a
}

func settled(a incident.Action) bool {
	return a.Status != nil && (*a.Status == "done" || *a.Status == "dropped")
}

// clocks tells which of the four clocks nobody gave, and of rows that are out of order.
// What front matter says against itself is a problem already.
func clocks(inc *incident.Incident) []Remark {
	var remarks, unknown = []Remark(nil), []string(nil)
	for _, c := range []struct {
		key string
		at  incident.Time
	}{{"started", inc.Started}, {"detected", inc.Detected}, {"mitigated", inc.Mitigated}, {"resolved", inc.Resolved}} {
		if !c.at.Known() {
			unknown = append(unknown, c.key)
		}
	}
	if len(unknown) > 0 {
		remarks = append(remarks, Remark{Text: "not known: " + strings.Join(unknown, ", "), Hint: "give the time, ~ in front of one that is approximate"})
	}
	var last incident.Row
	for _, row := range told(inc.Timeline) {
		if row.Basis != incident.FrontMatter && row.At.Before(last.At) {
			remarks = append(remarks, Remark{row.Line, "row at " + row.Label + " is before the row above it", "order the rows, and write the date of a row on another day"})
		}
		last = row
	}
	return remarks
}

// told are the rows that the authors made rows of and gave a clock.
func told(rows []incident.Row) []incident.Row {
	return slices.DeleteFunc(slices.Clone(rows), func(r incident.Row) bool { return r.Basis == incident.Prose || !r.At.Clock() })
}

// What silence of a timeline is told of: so long, and the longest so many.
const (
	longSilence = time.Hour
	mostGaps    = 3
)

// gaps are the longest silences of the timeline, in its order.
func gaps(rows []incident.Row) []Gap {
	var found []Gap
	rows = told(rows)
	for n := 1; n < len(rows); n++ {
		silence := rows[n].At.From.Sub(rows[n-1].At.To)
		if silence >= longSilence && rows[n].At.Zoned == rows[n-1].At.Zoned {
			found = append(found, Gap{rows[n-1], rows[n], incident.Span(silence)})
		}
	}
	for len(found) > mostGaps {
		shortest := slices.IndexFunc(found, func(g Gap) bool {
			return !slices.ContainsFunc(found, func(o Gap) bool { return o.Length < g.Length })
		})
		found = slices.Delete(found, shortest, shortest+1)
	}
	return found
}

// wordsPerMinute is how fast people read reports on a screen.
const wordsPerMinute = 220

// words counts the words of the report, code left out. Of scripts without spaces two
// letters are a word.
func words(inc *incident.Incident) int {
	n := 0
	for _, s := range inc.Sections {
		for _, p := range s.Passages {
			if !p.Code {
				n += wordsOf(p.Text)
			}
		}
	}
	return n
}

func wordsOf(text string) int {
	words, dense, inside := 0, 0, false
	for _, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			dense++
			inside = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if !inside {
				words++
			}
			inside = true
		case unicode.IsSpace(r):
			inside = false
		}
	}
	return words + (dense+1)/2
}
