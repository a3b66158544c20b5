package site

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
)

// labelled is what a careful reader found in a report; times are of the report's own
// zone, to the minute.
type labelled struct {
	Path                                   string
	Title, Date                            *string
	Started, Detected, Mitigated, Resolved *string
	Minutes                                *float64 `json:"duration_minutes"`
}

// found counts the reports of which a fact is read as labelled, and those of which
// one is read that the report does not state.
type found struct{ right, invented, unstated int }

// mayInvent is how many facts may be invented: one in ten, and one at most where fewer
// than ten reports do not state the fact.
func (f found) mayInvent() int { return max(1, f.unstated/10) }

// factFloors are the figures reached, of 45 reports.
var factFloors = map[string]int{
	"title": 45, "date": 44, "started": 22, "detected": 36, "mitigated": 32, "resolved": 39, "duration": 33,
}

// TestFactsOfRealReports compares what a library reads with the labels by hand.
func TestFactsOfRealReports(t *testing.T) {
	folder := filepath.Dir(corpus(t))
	labels, err := os.ReadFile(filepath.Join(folder, "eval", "facts.jsonl"))
	if err != nil {
		t.Skipf("NOT TESTED on hand labels: %v", err)
	}
	all := map[string]found{}
	for line := range bytes.Lines(labels) {
		var want labelled
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatal(err)
		}
		compareFacts(t, all, folder, want)
	}
	for fact, floor := range factFloors {
		t.Logf("%s: %d right", fact, all[fact].right)
		if all[fact].right < floor {
			t.Errorf("%s: %d are read, fewer than %d", fact, all[fact].right, floor)
		}
		if f := all[fact]; f.invented > f.mayInvent() {
			t.Errorf("%s: %d are invented where %d do not state it", fact, f.invented, f.unstated)
		}
	}
}

func compareFacts(t *testing.T, all map[string]found, folder string, want labelled) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join(folder, want.Path))
	if err != nil {
		t.Fatal(err)
	}
	inc, _ := record.Parse(filepath.ToSlash(want.Path), src, record.Options{})
	for fact, pair := range map[string]struct {
		got  string
		want *string
	}{
		"title": {inc.Title, want.Title}, "date": {minute(inc.Date), want.Date},
		"started": {minute(inc.Started), want.Started}, "detected": {minute(inc.Detected), want.Detected},
		"mitigated": {minute(inc.Mitigated), want.Mitigated}, "resolved": {minute(inc.Resolved), want.Resolved},
	} {
		f := all[fact]
		if pair.want == nil {
			f.unstated++
		}
		if pair.want == nil && pair.got != "" {
			f.invented++
			t.Logf("%s: %s %q is invented", want.Path, fact, pair.got)
		} else if pair.want != nil && pair.got == *pair.want {
			f.right++
		}
		all[fact] = f
	}
	f := all["duration"]
	if want.Minutes == nil {
		f.unstated++
	}
	switch minutes := float64(inc.Duration.Least) / 60e9; {
	case want.Minutes == nil && inc.Duration.Known():
		f.invented++
		t.Logf("%s: %s is invented", want.Path, inc.Duration)
	case want.Minutes != nil && max(minutes-*want.Minutes, *want.Minutes-minutes) <= max(5, *want.Minutes/20):
		f.right++
	}
	all["duration"] = f
}

// minute writes the beginning of a time as the labels have it.
func minute(at incident.Time) string {
	text := strings.TrimPrefix(at.String(), "~")
	return text[:min(len(text), len("2006-01-02T15:04"))]
}
