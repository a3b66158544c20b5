package incident

import (
	"slices"
	"strings"
)

// Citation is a place of the front matter that names another incident, or an action.
type Citation struct {
	Field        string // key of the front matter, such as "related.repeat_of"
	Name         string // as written
	Line, Column int    // of the file
}

// PlaceOf returns where the front matter gives the name under the key, zeros where it
// does not.
func (i *Incident) PlaceOf(field, name string) (line, column int) {
	at := slices.IndexFunc(i.Citations, func(c Citation) bool { return c.Field == field && c.Name == name })
	if at < 0 {
		return 0, 0
	}
	return i.Citations[at].Line, i.Citations[at].Column
}

// CitedAction is an action with the incident whose report promises it.
type CitedAction struct {
	Incident *Incident
	Action   *Action
}

// Doubt says why the name of an action stands for none.
type Doubt uint8

// The doubts.
const (
	NoDoubt        Doubt = iota
	NoSuchAction         // no report has it
	LaterAction          // only the report itself, or later ones
	SeveralActions       // more than one earlier report
)

// ActionIndex finds actions by the names that would_have_prevented gives them: an action's
// id alone, or behind the id of its incident and "#".
type ActionIndex struct {
	incidents map[string]*Incident // by id and alias
	actions   map[string][]CitedAction
}

// IndexActions indexes the actions of the incidents. Of an alias that two incidents have,
// or that is another's id, the id and the first incident count.
func IndexActions(incidents []*Incident) *ActionIndex {
	x := &ActionIndex{incidents: map[string]*Incident{}, actions: map[string][]CitedAction{}}
	for _, inc := range incidents {
		x.incidents[inc.ID] = inc
		for n := range inc.Actions {
			a := &inc.Actions[n]
			x.actions[a.ID] = append(x.actions[a.ID], CitedAction{inc, a})
		}
	}
	for _, inc := range incidents {
		for _, alias := range inc.Aliases {
			if x.incidents[alias] == nil {
				x.incidents[alias] = inc
			}
		}
	}
	delete(x.actions, "")
	return x
}

// Incident returns the incident with the id or alias, nil for none.
func (x *ActionIndex) Incident(id string) *Incident { return x.incidents[id] }

// Cited returns the action that the incident's report names: that of an earlier report.
// Where there is doubt, it returns the actions that the name may stand for, all of them
// later, or several earlier ones.
func (x *ActionIndex) Cited(by *Incident, name string) ([]CitedAction, Doubt) {
	var earlier, later []CitedAction
	for _, c := range x.named(name) {
		if c.Incident == by || by.Date.Before(c.Incident.Date) {
			later = append(later, c)
		} else {
			earlier = append(earlier, c)
		}
	}
	switch {
	case len(earlier) == 1:
		return earlier, NoDoubt
	case len(earlier) > 1:
		return earlier, SeveralActions
	case len(later) > 0:
		return later, LaterAction
	}
	return nil, NoSuchAction
}

// named returns the actions of that name, whoever names them.
func (x *ActionIndex) named(name string) []CitedAction {
	id, action, whole := strings.Cut(name, "#")
	if !whole {
		return x.actions[name]
	}
	inc := x.incidents[id]
	return slices.DeleteFunc(slices.Clone(x.actions[action]), func(c CitedAction) bool { return c.Incident != inc })
}

// Names returns what an unknown name may have been meant to be: the ids of all actions, or
// those of the actions of the incident that it names.
func (x *ActionIndex) Names(name string) []string {
	var names []string
	id, _, whole := strings.Cut(name, "#")
	if inc := x.incidents[id]; whole && inc != nil {
		for _, a := range inc.Actions {
			names = append(names, id+"#"+a.ID)
		}
		return names
	}
	for id := range x.actions {
		names = append(names, id)
	}
	slices.Sort(names)
	return names
}
