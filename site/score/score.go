// Package score measures what is read of reports against what a careful person found
// in them. A team that labels thirty of its own reports learns how far to trust what
// an import and the tagger say.
//
// # Labels
//
// Labels are lines of JSON, one object a report, with "path" and any of these keys;
// a fact that is null is one that the report does not state:
//
//	date                                    "2006-01-02"
//	started detected mitigated resolved     "2006-01-02T15:04", local to the report's zone
//	duration_minutes                        a number
//	timeline_entries, action_items          numbers
//	timeline_first, timeline_last           {"at", "text_prefix"}
//	trigger causes factors detection
//	mitigation impact                       lists of term ids, the primary cause first
//
// # Figures
//
// Of each fact two shares are counted: of the reports that state it, those of which it
// is read as labelled; and of the reports that do not, those of which a value is
// claimed all the same. A claim where there is nothing is worse than silence, so the
// two are never added up. A duration is right within 5 minutes or 5 %, a number of
// rows or actions within one or 10 %; rows read from prose are no rows here. The
// first and the last row are right when their clocks are, or where they have none
// their first three words.
//
// Of each dimension precision, recall and F1 are counted over all terms together
// (micro-average); terms that no label uses count neither way.
package score

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"faultline/site/importer"
	"faultline/site/incident"
	"faultline/site/problem"
)

// Label is what a person found in a report. Nil is "the report does not say".
type Label struct {
	Path      string   `json:"path"`
	Date      *string  `json:"date"`
	Started   *string  `json:"started"`
	Detected  *string  `json:"detected"`
	Mitigated *string  `json:"mitigated"`
	Resolved  *string  `json:"resolved"`
	Minutes   *float64 `json:"duration_minutes"`
	Rows      *int     `json:"timeline_entries"`
	Actions   *int     `json:"action_items"`
	First     *end     `json:"timeline_first"`
	Last      *end     `json:"timeline_last"`

	Trigger    []term `json:"trigger"`
	Causes     []term `json:"causes"`
	Factors    []term `json:"factors"`
	Detection  []term `json:"detection"`
	Mitigation []term `json:"mitigation"`
	Impact     []term `json:"impact"`
}

// end is the first or the last row of a timeline.
type end struct {
	At   *string `json:"at"`
	Text string  `json:"text_prefix"`
}

// term is the id of a term, written alone or as {"id": …}.
type term string

// UnmarshalJSON reads either form.
func (t *term) UnmarshalJSON(src []byte) error {
	if bytes.HasPrefix(src, []byte("{")) {
		var long struct{ ID string }
		err := json.Unmarshal(src, &long)
		*t = term(long.ID)
		return err
	}
	return json.Unmarshal(src, (*string)(t))
}

// terms are those of one dimension.
func (l Label) terms(d incident.Dimension) []term {
	return [...][]term{incident.Trigger: l.Trigger, incident.Cause: l.Causes, incident.Factor: l.Factors,
		incident.Detection: l.Detection, incident.Mitigation: l.Mitigation, incident.Impact: l.Impact}[d]
}

// IDs are the ids of the terms of one dimension.
func (l Label) IDs(d incident.Dimension) []string {
	var ids []string
	for _, t := range l.terms(d) {
		ids = append(ids, string(t))
	}
	return ids
}

// Read reads labels. A line that is none is a problem with its number.
func Read(path string, src io.Reader) ([]Label, problem.List, error) {
	data, err := io.ReadAll(src)
	if err != nil {
		return nil, nil, fmt.Errorf("read labels: %w", err)
	}
	var labels []Label
	var problems problem.List
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var l Label
		if err := json.Unmarshal(line, &l); err != nil || l.Path == "" {
			problems = append(problems, problem.Problem{Rule: "bad-label", Path: path, Line: n, Text: "line is no label",
				Hint: `write one JSON object a line, with "path" and what the report states`})
			continue
		}
		labels = append(labels, l)
	}
	return labels, problems, nil
}

// Result is how well reports were read.
type Result struct {
	Reports    int         `json:"reports"`
	Missing    []string    `json:"missing"` // labelled, and nothing was read of them
	Facts      []Fact      `json:"facts"`
	Dimensions []Dimension `json:"dimensions"`
	Primary    Share       `json:"primary_cause"` // of the reports with a cause, those whose first one is right
}

// Fact is how well one fact is read.
type Fact struct {
	Name     string `json:"name"`
	Right    Share  `json:"right"`    // of the reports that state it
	Invented Share  `json:"invented"` // of the reports that do not
}

// Share is a number of a number.
type Share struct {
	N  int `json:"n"`
	Of int `json:"of"`
}

func (s *Share) count(yes bool) {
	s.Of++
	if yes {
		s.N++
	}
}

// Value is between 0 and 1, and 0 of nothing.
func (s Share) Value() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.N) / float64(s.Of)
}

// Compare measures what was read against the labels, by path.
func Compare(labels []Label, read map[string]importer.Facts) Result {
	result := Result{Reports: len(labels), Missing: []string{}}
	for _, l := range labels {
		if _, ok := read[l.Path]; !ok {
			result.Missing = append(result.Missing, l.Path)
		}
	}
	for _, f := range facts {
		result.Facts = append(result.Facts, f.measure(labels, read))
	}
	for _, d := range incident.Dimensions {
		result.Dimensions = append(result.Dimensions, measureTerms(d, labels, read))
	}
	for _, l := range labels {
		if len(l.Causes) > 0 {
			found := read[l.Path].Causes
			result.Primary.count(len(found) > 0 && found[0].ID == l.Causes[0].id())
		}
	}
	return result
}
