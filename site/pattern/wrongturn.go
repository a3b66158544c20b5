package pattern

import (
	"cmp"
	"slices"

	"faultline/site/incident"
)

// WrongTurns is what the reports of a library believed or tried and found wrong.
type WrongTurns struct {
	Turns    []Turn // newest incident first, of each in the order of its report
	Reports  int    // incidents whose report tells of any
	Of       int    // all incidents
	Cost     Cost
	Symptoms []Symptom // those with most misled incidents first
	Unseen   []Turn    // of incidents of which no symptom is known
}

// Turn is one wrong turn of an incident's report.
type Turn struct {
	Incident  *incident.Incident
	WrongTurn *incident.WrongTurn
}

// Symptom is what was seen before anybody knew why, with what was wrongly suspected or
// tried in the N of its Of incidents that tell of that.
type Symptom struct {
	Group *Group // of the facet Impact
	Turns []Turn // newest incident first
	N, Of int
	Cost  Cost
}

// Cost is how long N of Of wrong turns held up those who responded, as far as their reports
// state it: between Least and Most together.
type Cost struct {
	N, Of       int
	Least, Most incident.Span
	Approximate bool
}

// WrongTurns returns the wrong turns of all reports, together and by symptom: by the terms
// of impact that the incidents have under the counting. Who noticed an incident does not say
// what there was to see.
func (f *Findings) WrongTurns(c Counting) WrongTurns {
	t := f.Tally(c)
	w := WrongTurns{Of: len(f.incidents)}
	symptoms := map[int32]*Symptom{}
	for at, inc := range f.incidents {
		turns := turnsOf(inc)
		if len(turns) == 0 {
			continue
		}
		w.Reports++
		w.Turns = append(w.Turns, turns...)
		if !t.addTurns(symptoms, t.rows[at], turns) {
			w.Unseen = append(w.Unseen, turns...)
		}
	}
	w.Cost = costOf(w.Turns)
	w.Symptoms = symptomsOf(symptoms)
	return w
}

func turnsOf(inc *incident.Incident) []Turn {
	var turns []Turn
	for i := range inc.WrongTurns {
		turns = append(turns, Turn{inc, &inc.WrongTurns[i]})
	}
	return turns
}

// addTurns adds an incident's wrong turns to each of its symptoms, and reports whether it
// has any. Its values are given by their numbers.
func (t *Tally) addTurns(symptoms map[int32]*Symptom, values []int32, turns []Turn) bool {
	seen := false
	for _, number := range values {
		v := t.values[number]
		if v.group.Facet != Impact {
			continue
		}
		s := symptoms[number]
		if s == nil {
			s = &Symptom{Group: v.group, Of: len(v.at)}
			symptoms[number] = s
		}
		s.N++
		s.Turns = append(s.Turns, turns...)
		seen = true
	}
	return seen
}

// symptomsOf orders the symptoms by how many incidents they misled, then by which of their
// incidents that is a larger part, then by their ids.
func symptomsOf(symptoms map[int32]*Symptom) []Symptom {
	var list []Symptom
	for _, s := range symptoms {
		s.Cost = costOf(s.Turns)
		list = append(list, *s)
	}
	slices.SortFunc(list, func(a, b Symptom) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Of, b.Of), cmp.Compare(a.Group.ID, b.Group.ID))
	})
	return list
}

func costOf(turns []Turn) Cost {
	c := Cost{Of: len(turns)}
	for _, t := range turns {
		cost := t.WrongTurn.Cost
		if !cost.Known() {
			continue
		}
		c.N++
		c.Least, c.Most = c.Least+cost.Least, c.Most+cost.Most
		c.Approximate = c.Approximate || cost.Approximate
	}
	return c
}

// Duration is the cost as a length of time, unknown where no report states any.
func (c Cost) Duration() incident.Duration {
	if c.N == 0 {
		return incident.Duration{}
	}
	return incident.Duration{Least: c.Least, Most: c.Most, Approximate: c.Approximate, Basis: incident.Stated}
}
