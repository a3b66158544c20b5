package pattern

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"faultline/site/incident"
)

// mislead adds wrong turns to an incident: "text" or "text|40m".
func mislead(t *testing.T, inc *incident.Incident, turns ...string) {
	t.Helper()
	for _, turn := range turns {
		text, cost, stated := strings.Cut(turn, "|")
		w := incident.WrongTurn{Note: incident.Note{Text: text}}
		if stated {
			d, err := incident.ParseDuration(cost)
			if err != nil {
				t.Fatal(err)
			}
			w.Cost = d
		}
		inc.WrongTurns = append(inc.WrongTurns, w)
	}
}

// turnsSaid writes turns as "incident: text".
func turnsSaid(turns []Turn) string {
	var said []string
	for _, turn := range turns {
		said = append(said, turn.Incident.ID+": "+turn.WrongTurn.Text)
	}
	return strings.Join(said, ", ")
}

// misled is a library of six incidents, four of which were misled.
func misled(t *testing.T) *Findings {
	lib := library(t,
		"a 2024-01-01 impact:outage,slow detection:alert",
		"b 2024-01-02 impact:outage",
		"c 2024-01-03 impact:slow,slow? detection:alert?",
		"d 2024-01-04 impact:unknown",
		"e 2024-01-05 impact:outage cause:overload",
		"f -")
	mislead(t, lib.Incidents[0], "the disk|40m", "the network")
	mislead(t, lib.Incidents[2], "the cache|~1h..2h")
	mislead(t, lib.Incidents[3], "the proxy")
	mislead(t, lib.Incidents[4], "the load")
	return Find(lib)
}

func TestWrongTurns(t *testing.T) {
	w := misled(t).WrongTurns(People)
	if got, want := turnsSaid(w.Turns), "e: the load, d: the proxy, c: the cache, a: the disk, a: the network"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if w.Reports != 4 || w.Of != 6 {
		t.Errorf("%d of %d reports tell of wrong turns, want 4 of 6", w.Reports, w.Of)
	}
	if c := w.Cost; c.N != 2 || c.Of != 5 || c.Duration().String() != "~1 h 40 min to 2 h 40 min" {
		t.Errorf("cost %s of %d of %d", c.Duration(), c.N, c.Of)
	}
	if got := turnsSaid(w.Unseen); got != "d: the proxy" {
		t.Errorf("of no symptom: %s", got)
	}
}

func TestWrongTurnsBySymptom(t *testing.T) {
	f := misled(t)
	for counting, want := range map[Counting][]string{
		People: {
			"slow 2 of 2, 2 of 3 cost: c: the cache, a: the disk, a: the network",
			"outage 2 of 3, 1 of 3 cost: e: the load, a: the disk, a: the network",
		},
		Suggested: nil,
		Both: {
			"slow 2 of 2, 2 of 3 cost: c: the cache, a: the disk, a: the network",
			"outage 2 of 3, 1 of 3 cost: e: the load, a: the disk, a: the network",
		},
	} {
		var got []string
		for _, s := range f.WrongTurns(counting).Symptoms {
			got = append(got, fmt.Sprintf("%s %d of %d, %d of %d cost: %s", s.Group.ID, s.N, s.Of, s.Cost.N, s.Cost.Of, turnsSaid(s.Turns)))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n\t%s\nwant\n\t%s", counting, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
		}
	}
}

func TestNoWrongTurns(t *testing.T) {
	w := Find(library(t)).WrongTurns(Both)
	if w.Turns != nil || w.Symptoms != nil || w.Of != 0 || w.Cost.Duration().Known() {
		t.Errorf("an empty library has %+v", w)
	}
}
