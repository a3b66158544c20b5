package score

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"

	"faultline/site/importer"
	"faultline/site/incident"
)

// fact says how one fact is compared. Compare reports whether the label states it,
// whether a value is claimed, and whether that is right.
type fact struct {
	name    string
	compare func(l *Label, read importer.Facts) (stated, claimed, right bool)
}

var facts = []fact{
	{"date", func(l *Label, r importer.Facts) (bool, bool, bool) {
		return sameText(l.Date, r.Date, len("2006-01-02"))
	}},
	{"started", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameText(l.Started, r.Started, minute) }},
	{"detected", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameText(l.Detected, r.Detected, minute) }},
	{"mitigated", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameText(l.Mitigated, r.Mitigated, minute) }},
	{"resolved", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameText(l.Resolved, r.Resolved, minute) }},
	{"duration", func(l *Label, r importer.Facts) (bool, bool, bool) {
		return l.Minutes != nil, r.DurationMinutes != nil, l.Minutes != nil && r.DurationMinutes != nil && near(*l.Minutes, *r.DurationMinutes, 5, .05)
	}},
	{"timeline rows", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameCount(l.Rows, len(explicit(r))) }},
	{"first and last row", sameEnds},
	{"actions", func(l *Label, r importer.Facts) (bool, bool, bool) { return sameCount(l.Actions, len(r.Actions)) }},
}

// minute is the length of a time to the minute.
const minute = len("2006-01-02T15:04")

func (f fact) measure(labels []Label, read map[string]importer.Facts) Fact {
	figure := Fact{Name: f.name}
	for i := range labels {
		stated, claimed, right := f.compare(&labels[i], read[labels[i].Path])
		if stated {
			figure.Right.count(right)
		} else {
			figure.Invented.count(claimed)
		}
	}
	return figure
}

// sameText compares the beginnings of two times.
func sameText(label, read *string, length int) (stated, claimed, right bool) {
	stated, claimed = label != nil && *label != "", read != nil
	return stated, claimed, stated && claimed && (*label)[:min(length, len(*label))] == (*read)[:min(length, len(*read))]
}

func sameCount(label *int, read int) (stated, claimed, right bool) {
	stated = label != nil && *label > 0
	return stated, read > 0, stated && read > 0 && near(float64(*label), float64(read), 1, .1)
}

// near reports whether two numbers differ by no more than the slack or the share of
// the larger one.
func near(a, b, slack, share float64) bool {
	return math.Abs(a-b) <= max(slack, share*max(math.Abs(a), math.Abs(b)))
}

// explicit are the rows that the author wrote as rows.
func explicit(r importer.Facts) []importer.RowFacts {
	return slices.DeleteFunc(slices.Clone(r.Timeline), func(row importer.RowFacts) bool { return row.Basis == incident.Prose })
}

// sameEnds compares the first and the last row, in the order of the text, that of the
// clocks, or newest first.
func sameEnds(l *Label, r importer.Facts) (stated, claimed, right bool) {
	stated = l.First != nil && l.Last != nil
	rows := explicit(r)
	if !stated || len(rows) == 0 {
		return stated, len(rows) > 0, false
	}
	timed := slices.Clone(rows)
	slices.SortStableFunc(timed, func(a, b importer.RowFacts) int { return cmp.Compare(text(a.At), text(b.At)) })
	last := len(rows) - 1
	for _, ends := range [...][2]importer.RowFacts{{rows[0], rows[last]}, {rows[last], rows[0]}, {timed[0], timed[last]}} {
		if l.First.is(ends[0]) && l.Last.is(ends[1]) {
			return true, true, true
		}
	}
	return true, true, false
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

var clockForm = regexp.MustCompile(`\d{1,2}:\d{2}`)

// openingWords is how many words of a row are compared.
const openingWords = 3

// is reports whether the row is the labelled one.
func (e *end) is(row importer.RowFacts) bool {
	if clock := clockForm.FindString(text(e.At)); clock != "" {
		return strings.TrimPrefix(clock, "0") == strings.TrimPrefix(clockForm.FindString(text(row.At)), "0")
	}
	want, have := words(e.Text), words(row.Text)
	want = want[:min(openingWords, len(want))]
	return len(want) > 0 && slices.Equal(want, have[:min(len(want), len(have))])
}

var wordForm = regexp.MustCompile(`[a-z0-9]+`)

func words(s string) []string { return wordForm.FindAllString(strings.ToLower(s), -1) }
