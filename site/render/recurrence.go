package render

import (
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// Recurrence is the other incidents of the family that an incident belongs to.
type Recurrence struct {
	Before, After []Row
	URL           string // of the family, with what they share
}

// Repeated is an action of an incident that other reports promise as well.
type Repeated struct {
	Text string
	Says string
	URL  string // in the ledger
}

// byAction finds the promise of each action that was promised again.
func byAction(l *pattern.Ledger) map[*incident.Action]*pattern.Promise {
	by := map[*incident.Action]*pattern.Promise{}
	for _, m := range l.Promises {
		for _, made := range m.Made {
			if m.Again() > 0 {
				by[made.Action] = m
			}
		}
	}
	return by
}

func (r *Renderer) recurrence(p place, inc *incident.Incident) Recurrence {
	f := r.found.FamilyOf(inc)
	if f == nil {
		return Recurrence{}
	}
	v := Recurrence{URL: p.to(familiesURL) + "#" + f.ID()}
	seen := false
	for _, other := range f.Incidents {
		switch {
		case other == inc:
			seen = true
		case seen:
			v.After = append(v.After, p.row(other))
		default:
			v.Before = append(v.Before, p.row(other))
		}
	}
	return v
}

// repeated are the incident's actions that other reports promise as well, each once.
func (r *Renderer) repeated(p place, inc *incident.Incident) []Repeated {
	var list []Repeated
	named := map[*pattern.Promise]bool{}
	for i := range inc.Actions {
		m := r.studies.promiseOf()[&inc.Actions[i]]
		if m == nil || named[m] {
			continue
		}
		named[m] = true
		list = append(list, Repeated{
			phrase.Shorten(inc.Actions[i].Text, longestAction), "promised in " + phrase.Number(m.Again()+1) + " reports", p.to(ledgerURL) + "#" + m.ID,
		})
	}
	return list
}
