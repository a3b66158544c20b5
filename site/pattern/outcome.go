package pattern

import (
	"cmp"
	"slices"

	"faultline/site/incident"
)

// Outcome is how a mitigation did in the incidents of a group.
type Outcome struct {
	Group                        *Group
	Worked, Partly, Vain, Unsaid int // incidents; unsaid where nobody says how it did
}

// N is the number of incidents in which the mitigation was tried.
func (o Outcome) N() int { return o.Said() + o.Unsaid }

// Said is the number of incidents that say how it did.
func (o Outcome) Said() int { return o.Worked + o.Partly + o.Vain }

// WorksFor returns how the mitigation did by the values of a facet, such as the cause or the
// impact: first what it was tried for most often. Nothing is in a group of another facet than
// Mitigation.
func (t *Tally) WorksFor(mitigation *Group, facet Facet) []Outcome {
	if mitigation.Facet != Mitigation {
		return nil
	}
	outcomes := map[int32]*Outcome{}
	for _, at := range t.value(mitigation).at {
		said := effective(t.found.incidents[at], mitigation)
		for _, number := range t.rows[at] {
			if g := t.values[number].group; g.Facet == facet && g != mitigation {
				t.note(outcomes, number, said)
			}
		}
	}
	return ordered(outcomes)
}

// Remedies returns how the mitigations did in the group's incidents, what ended them and what
// was tried in vain: first what was tried most often, among equals what worked best.
func (t *Tally) Remedies(g *Group) []Outcome {
	outcomes := map[int32]*Outcome{}
	for _, at := range t.value(g).at {
		for _, number := range t.rows[at] {
			if m := t.values[number].group; m.Facet == Mitigation && m != g {
				t.note(outcomes, number, effective(t.found.incidents[at], m))
			}
		}
	}
	return ordered(outcomes)
}

func (t *Tally) note(outcomes map[int32]*Outcome, number int32, said string) {
	o := outcomes[number]
	if o == nil {
		o = &Outcome{Group: t.values[number].group}
		outcomes[number] = o
	}
	switch said {
	case "yes":
		o.Worked++
	case "partly":
		o.Partly++
	case "no":
		o.Vain++
	default:
		o.Unsaid++
	}
}

// effective is what the incident says of the mitigation's effect, "" for nothing.
func effective(inc *incident.Incident, mitigation *Group) string {
	for _, tag := range inc.Terms[incident.Mitigation] {
		if fold(tag.ID) == mitigation.key && tag.Effective != nil {
			return *tag.Effective
		}
	}
	return ""
}

func ordered(outcomes map[int32]*Outcome) []Outcome {
	list := make([]Outcome, 0, len(outcomes))
	for _, o := range outcomes {
		list = append(list, *o)
	}
	slices.SortFunc(list, func(a, b Outcome) int {
		return cmp.Or(cmp.Compare(b.N(), a.N()), cmp.Compare(b.Worked, a.Worked), cmp.Compare(b.Partly, a.Partly), cmp.Compare(a.Group.ID, b.Group.ID))
	})
	return list
}
