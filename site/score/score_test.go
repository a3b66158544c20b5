package score

import (
	"math"
	"strings"
	"testing"

	"faultline/site/importer"
	"faultline/site/incident"
)

func TestReadLabels(t *testing.T) {
	src := `{"path":"a.md","date":"2024-01-02","causes":["x",{"id":"y"}],"timeline_first":{"at":null,"text_prefix":"One two"}}

not json
{"date":"2024-01-02"}
`
	labels, problems, err := Read("labels.jsonl", strings.NewReader(src))
	if err != nil || len(labels) != 1 {
		t.Fatalf("%d labels, %v", len(labels), err)
	}
	if l := labels[0]; *l.Date != "2024-01-02" || l.Causes[1] != "y" || l.Started != nil || l.First.Text != "One two" {
		t.Errorf("read as %+v", l)
	}
	if len(problems) != 2 || problems[0].Line != 3 || problems[1].Line != 4 {
		t.Errorf("problems %v", problems)
	}
}

func ptr[T any](v T) *T { return &v }

func row(at, text string, basis incident.Basis) importer.RowFacts {
	r := importer.RowFacts{Text: text, Basis: basis}
	if at != "" {
		r.At = &at
	}
	return r
}

// TestFacts compares one report at a time: is the fact right, or claimed where the
// label has none?
func TestFacts(t *testing.T) {
	rows := []importer.RowFacts{
		row("2024-01-02T10:00", "It begins", incident.Explicit),
		row("2024-01-02T09:00", "Seen in a log", incident.Prose),
		row("2024-01-02T11:30", "It ends", incident.Explicit),
	}
	newestFirst := []importer.RowFacts{rows[2], rows[0]}
	for _, c := range []struct {
		name, fact      string
		label           Label
		read            importer.Facts
		right, invented Share
	}{
		{"a day is a day", "date", Label{Date: ptr("2024-01-02")}, importer.Facts{Date: ptr("2024-01-02")}, Share{1, 1}, Share{}},
		{"a missed day", "date", Label{Date: ptr("2024-01-02")}, importer.Facts{}, Share{0, 1}, Share{}},
		{"an invented day", "date", Label{}, importer.Facts{Date: ptr("2024-01-02")}, Share{}, Share{1, 1}},
		{"nothing where nothing is", "date", Label{}, importer.Facts{}, Share{}, Share{0, 1}},
		{"to the minute", "started", Label{Started: ptr("2024-01-02T10:00")}, importer.Facts{Started: ptr("2024-01-02T10:01")}, Share{0, 1}, Share{}},
		{"seconds are cut off", "started", Label{Started: ptr("2024-01-02T10:00:30")}, importer.Facts{Started: ptr("2024-01-02T10:00")}, Share{1, 1}, Share{}},
		{"five minutes of slack", "duration", Label{Minutes: ptr(30.0)}, importer.Facts{DurationMinutes: ptr(35.0)}, Share{1, 1}, Share{}},
		{"no more than five", "duration", Label{Minutes: ptr(30.0)}, importer.Facts{DurationMinutes: ptr(36.0)}, Share{0, 1}, Share{}},
		{"a twentieth of a long one", "duration", Label{Minutes: ptr(1000.0)}, importer.Facts{DurationMinutes: ptr(1049.0)}, Share{1, 1}, Share{}},
		{"rows of prose are none", "timeline rows", Label{Rows: ptr(1)}, importer.Facts{Timeline: rows}, Share{1, 1}, Share{}},
		{"two rows too many", "timeline rows", Label{Rows: ptr(5)}, importer.Facts{Timeline: rows}, Share{0, 1}, Share{}},
		{"no rows labelled as zero", "timeline rows", Label{Rows: ptr(0)}, importer.Facts{Timeline: rows}, Share{}, Share{1, 1}},
		{"ends by clock", "first and last row", Label{First: &end{ptr("10:00"), ""}, Last: &end{ptr("11:30"), ""}}, importer.Facts{Timeline: rows}, Share{1, 1}, Share{}},
		{"newest first", "first and last row", Label{First: &end{ptr("10:00"), ""}, Last: &end{ptr("11:30"), ""}}, importer.Facts{Timeline: newestFirst}, Share{1, 1}, Share{}},
		{"ends by words", "first and last row", Label{First: &end{nil, "It begins to"}, Last: &end{nil, "it ENDS"}}, importer.Facts{Timeline: rows}, Share{0, 1}, Share{}},
		{"ends by their opening words", "first and last row", Label{First: &end{nil, "It begins"}, Last: &end{nil, "it ENDS"}}, importer.Facts{Timeline: rows}, Share{1, 1}, Share{}},
		{"one action of slack", "actions", Label{Actions: ptr(2)}, importer.Facts{Actions: make([]incident.Action, 3)}, Share{1, 1}, Share{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.label.Path = "a.md"
			result := Compare([]Label{c.label}, map[string]importer.Facts{"a.md": c.read})
			for _, f := range result.Facts {
				if f.Name == c.fact && (f.Right != c.right || f.Invented != c.invented) {
					t.Errorf("right %v, invented %v; want %v and %v", f.Right, f.Invented, c.right, c.invented)
				}
			}
		})
	}
}

func tags(ids ...string) (list []importer.TagFacts) {
	for _, id := range ids {
		list = append(list, importer.TagFacts{ID: id})
	}
	return list
}

// TestTerms counts by hand: of a, b and c, a is found rightly, b missed, c found where
// it is not, and d, which no label uses, counts neither way.
func TestTerms(t *testing.T) {
	labels := []Label{{Path: "1", Causes: []term{"a", "b"}}, {Path: "2", Causes: []term{"c"}}, {Path: "3"}}
	result := Compare(labels, map[string]importer.Facts{
		"1": {Causes: tags("a", "c", "d")},
		"2": {Causes: tags("a", "c")},
	})
	causes := result.Dimensions[incident.Cause]
	if causes.Hits != (Hits{Right: 2, Wrong: 2, Missed: 1}) {
		t.Fatalf("hits %+v", causes.Hits)
	}
	for name, pair := range map[string][2]float64{
		"precision": {causes.Precision(), .5}, "recall": {causes.Recall(), 2. / 3}, "F1": {causes.F1(), 4. / 7},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-9 {
			t.Errorf("%s %v, want %v", name, pair[0], pair[1])
		}
	}
	if result.Primary != (Share{1, 2}) {
		t.Errorf("first cause %v", result.Primary)
	}
	if len(result.Missing) != 1 || result.Missing[0] != "3" {
		t.Errorf("missing %v", result.Missing)
	}
}
