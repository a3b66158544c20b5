package review

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"faultline/site/incident"
	"faultline/site/markdown"
	"faultline/site/pattern"
)

func ptr(s string) *string { return &s }

// weekly is n incidents, one a week from 4 March 2024 on, as change makes them.
func weekly(n int, change func(i int, inc *incident.Incident)) *incident.Library {
	lib := &incident.Library{Vocabulary: &incident.Vocabulary{}}
	for i := range n {
		inc := &incident.Incident{ID: fmt.Sprint("i", i), Title: fmt.Sprint("Incident ", i)}
		inc.Date = day0.add(7 * i)
		change(i, inc)
		lib.Incidents, lib.AsOf = append(lib.Incidents, inc), inc.Date
	}
	return lib
}

type start struct{ time.Time }

var day0 = start{time.Date(2024, 3, 4, 0, 0, 0, 0, time.UTC)}

func (s start) add(days int) incident.Time {
	from := s.AddDate(0, 0, days)
	return incident.Time{From: from, To: from.AddDate(0, 0, 1).Add(-1), Precision: incident.Day}
}

func tag(ids ...string) []incident.Tag {
	var tags []incident.Tag
	for _, id := range ids {
		tags = append(tags, incident.Tag{ID: id, Provenance: incident.Author})
	}
	return tags
}

const hostile = "# <script>alert(1)</script> | *a* [x](javascript:y) `z` \\\n- b\n\n## c"

// extremes are libraries that nobody wishes for.
var extremes = map[string]*incident.Library{
	"nothing": {},
	"one":     weekly(1, func(int, *incident.Incident) {}),
	"one tag for all": weekly(20, func(i int, inc *incident.Incident) {
		inc.Terms[incident.Cause], inc.Terms[incident.Factor] = tag("overload"), tag("no-alert")
	}),
	"repeats in a circle": weekly(5, func(i int, inc *incident.Incident) {
		inc.Related.RepeatOf = []string{fmt.Sprint("i", (i+1)%5), inc.ID, "nothing"}
		inc.Actions = []incident.Action{{Text: "Alert on the queue of the standby"}}
	}),
	"lengths below nothing and of centuries": weekly(14, func(i int, inc *incident.Incident) {
		length := []incident.Span{-5e9, 0, math.MaxInt64 / 2, 1}[i%4]
		inc.Duration = incident.Duration{Least: length, Most: length, Basis: incident.Stated}
	}),
	"hostile": weekly(9, func(i int, inc *incident.Incident) {
		inc.Title, inc.Severity, inc.Organization = hostile, ptr(hostile), ptr("o")
		inc.Terms[incident.Cause], inc.Terms[incident.Factor] = tag(hostile), tag(hostile)
		inc.Terms[incident.Factor] = append(inc.Terms[incident.Factor], incident.Tag{ID: "known-issue-open", Evidence: []incident.Evidence{{Text: hostile}}})
		inc.Actions = []incident.Action{{Text: hostile, Owner: ptr(hostile), Status: ptr(hostile)}}
		inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: hostile}}}
		inc.Related.RepeatOf = []string{"i0"}
	}),
}

func TestFindingsOfExtremeLibrariesAreJSON(t *testing.T) {
	for name, lib := range extremes {
		for _, c := range pattern.Countings {
			data, err := json.Marshal(Find(lib, c, 0))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			again, _ := json.Marshal(Find(lib, c, 0))
			if string(again) != string(data) {
				t.Errorf("%s: the same library has other findings when it is asked again", name)
			}
			if null := regexp.MustCompile(`"(combinations|repeats|promises|known|durations|news|made|struck|incidents|ties|new|returned|values|shared|words|quotes|earlier)":null`).Find(data); null != nil {
				t.Errorf("%s: %s is no list", name, null)
			}
		}
	}
}

func review(t *testing.T, lib *incident.Library, period Period) string {
	t.Helper()
	var b strings.Builder
	if err := Report(&b, lib, pattern.Both, period); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReviewShowsWhatIsWritten holds that nothing an author writes becomes markup of the
// review: it has its own headings alone, no link, no code and no HTML.
func TestReviewShowsWhatIsWritten(t *testing.T) {
	for name, lib := range extremes {
		text := review(t, lib, Period{Since: day0.add(7)})
		if strings.Contains(text, "NaN") || strings.Contains(text, "%!") || strings.Contains(text, "Inf") {
			t.Errorf("%s: nonsense in\n%s", name, text)
		}
		html := markdown.Parse([]byte(text), 1).HTML(markdown.HTMLOptions{})
		for _, markup := range []string{"<script", "<a href", "<em>", "<code>", "<b>"} {
			if strings.Contains(string(html), markup) {
				t.Errorf("%s: a text became %s", name, markup)
			}
		}
		sections := regexp.MustCompile(`(?m)^##? `).FindAllString(text, -1)
		if headings := strings.Count(string(html), "</h"); headings != len(sections) {
			t.Errorf("%s: %d headings, of which %d are the review's own", name, headings, len(sections))
		}
	}
}

func TestPlainTextKeepsItsMeaning(t *testing.T) {
	for text, want := range map[string]string{
		"DNS was slow":       "DNS was slow",
		"  two\nlines ":      "two lines",
		"# 1":                `\# 1`,
		"- minus":            `\- minus`,
		"2. second":          `2\. second`,
		"2024 was long":      "2024 was long",
		"a|b <c> *d* `e` [f": "a\\|b \\<c> \\*d\\* \\`e\\` \\[f",
		`C:\x`:               `C:\\x`,
	} {
		if got := oneLine(text); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
	}
	if got := shorten("one two three", 9); got != "one two…" {
		t.Error(got)
	}
	if got := shorten("***************", 4); got != `\*\*\*\*…` {
		t.Error(got)
	}
}

func TestReviewIsOfItsPeriod(t *testing.T) {
	lib := weekly(8, func(i int, inc *incident.Incident) {
		if i < 5 {
			inc.Date = day0.add(7*i - 366)
		}
		inc.Title = strings.Fields("Mail Checkout Login Archive Backup Search Video Payroll")[i]
		inc.Terms[incident.Cause] = tag([]string{"overload", "bad-deploy"}[i/6])
		inc.Duration = incident.Duration{Least: 60e9, Most: 60e9, Basis: incident.Stated}
		inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: fmt.Sprint("Lesson ", i)}}}
		inc.Actions = []incident.Action{{Text: fmt.Sprintf("Step %d of the long plan of %d", i, i*i*i)}}
	})
	text := review(t, lib, Period{Since: day0.add(35), Until: day0.add(42)})
	for _, want := range []string{
		"# Incidents from 2024-04-08 to 2024-04-15\n", "2 incidents in this period, 5 before it, of 8 in the library.",
		"| 2024-04-15 | Video |", "| 2024-04-08 | Search |", "- Cause “bad-deploy” for the first time: Video (2024-04-15).",
		"median 1 min", "no detectable change: 5 and 2 incidents are too few to compare, each takes 6",
		"- Lesson 6 (Video)\n- Lesson 5 (Search)", "| Step 5 of the long plan of 125 |", "No incident of this period looks like an earlier one.",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the review lacks %q:\n%s", want, text)
		}
	}
	for _, stranger := range []string{"Backup", "Payroll", "Lesson 7", "Step 4"} {
		if strings.Contains(text, stranger) {
			t.Errorf("%q is of another time", stranger)
		}
	}
}

func TestReviewTellsWhatStruckAgain(t *testing.T) {
	lib := weekly(3, func(i int, inc *incident.Incident) {
		inc.Organization = ptr("o")
		if i > 0 {
			inc.Related.RepeatOf = []string{"i0"}
		}
		inc.Actions = []incident.Action{{Text: "Alert on the queue of the standby"}}
	})
	text := review(t, lib, Period{Since: day0.add(7)})
	for _, want := range []string{
		"- Incident 2 (2024-03-18) is said by its report to repeat Incident 0 (2024-03-04)",
		"| Alert on the queue of the standby (promised in 3 reports) |", "## Open when it struck again",
		"- Alert on the queue of the standby (promised on 2024-03-04), before Incident 1 (2024-03-11)",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the review lacks %q:\n%s", want, text)
		}
	}
}

func TestReviewIsBounded(t *testing.T) {
	lib := weekly(400, func(i int, inc *incident.Incident) {
		inc.Related.RepeatOf = []string{"i0"}
		inc.Lessons = []incident.Lesson{{Note: incident.Note{Text: fmt.Sprint("Lesson ", i)}}}
		inc.Terms[incident.Factor] = tag("known-issue-open")
	})
	text := review(t, lib, Period{Since: day0.add(0)})
	if lines := strings.Count(text, "\n"); lines > 400 || !strings.Contains(text, "340 more.") {
		t.Errorf("%d lines", lines)
	}
}
