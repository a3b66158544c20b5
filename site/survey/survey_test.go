package survey

import (
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/problem"
)

func library() *incident.Library {
	summary := "S."
	day, err := incident.ParseTime("2024-01-02", nil)
	if err != nil {
		panic(err)
	}
	complete := &incident.Incident{Path: "a.md", ID: "a", Title: "A", Format: "YAML, Faultline", Summary: &summary, Date: day}
	complete.Terms[incident.Cause] = []incident.Tag{{ID: "logic-bug"}}
	return &incident.Library{
		Incidents: []*incident.Incident{
			complete,
			{Path: "b.md", ID: "b", Title: "B", Format: "Markdown alone", Date: day},
			{Path: "c.md", ID: "c", Title: "C", Format: "Markdown alone", Status: incident.Draft},
		},
		Problems: problem.List{
			{Rule: "broken-link", Level: problem.Warning, Path: "a.md", Line: 3},
			{Rule: "broken-link", Level: problem.Warning, Path: "b.md", Line: 4},
			{Rule: "no-date", Level: problem.Warning, Path: "c.md"},
			{Rule: "yaml", Level: problem.Error, Path: "c.md", Line: 2},
		},
	}
}

func TestOfCounts(t *testing.T) {
	s := Of(library())
	if s.Incidents != 3 || s.Drafts != 1 {
		t.Errorf("%d incidents, %d drafts", s.Incidents, s.Drafts)
	}
	if len(s.Formats) != 2 || s.Formats[0] != (Count{"Markdown alone", 2}) {
		t.Errorf("formats %v", s.Formats)
	}
	for _, want := range []Share{{"date", 2, 3}, {"summary", 1, 3}, {"cause", 1, 3}, {"timeline", 0, 3}} {
		found := false
		for _, got := range s.Facts {
			found = found || got == want
		}
		if !found {
			t.Errorf("%v is not among %v", want, s.Facts)
		}
	}
	if s.Problems[0] != (Count{"broken-link", 2}) {
		t.Errorf("problems %v", s.Problems)
	}
}

func TestOfRanksWhatHelpsMost(t *testing.T) {
	s := Of(library())
	if len(s.Mend) > most {
		t.Fatalf("%d findings", len(s.Mend))
	}
	var order []string
	for _, f := range s.Mend {
		order = append(order, f.Example.Rule)
	}
	got := strings.Join(order, " ")
	if !strings.HasPrefix(got, "yaml no-cause broken-link no-service ") {
		t.Errorf("order: %s", got)
	}
	if strings.Count(got, "no-date") != 1 {
		t.Errorf("what is missing is named twice: %s", got)
	}
	if f := s.Mend[1]; f.Text != "2 of 3 incidents give no cause" || f.Example.Path != "b.md" {
		t.Errorf("finding %+v", f)
	}
	if f := s.Mend[2]; f.Text != "warning: 2 × broken-link" || f.Example.Line != 3 {
		t.Errorf("finding %+v", f)
	}
}

func TestOfNothing(t *testing.T) {
	if s := Of(&incident.Library{}); len(s.Mend) != 0 || s.Incidents != 0 {
		t.Errorf("%+v", s)
	}
}
