package render

import (
	"fmt"
	"slices"

	"faultline/site/incident"
	"faultline/site/phrase"
)

// Actions are what was promised, as a table. The columns that no action fills are
// left out.
type Actions struct {
	Anchor              string // of the report's own section, which the table replaces
	Rows                []Action
	Kinds, Owners, Dues bool
	Statuses            bool
	Sentence            string // how many are in which state
	Elsewhere           string // where the report lists them itself, instead of rows
	ElsewhereSection    string // heading of that place
}

// Action is something promised.
type Action struct {
	Text   string
	Kind   string
	Owner  string
	Status string // "not said" when the report does not
	Class  string // the status as a class, "" when the report does not say
	Due    string
	URL    string // "" unless a browser may follow it
}

// actionsOf returns the actions that the page has to list: none where the report lists
// them itself and has no section to lead to.
func actionsOf(inc *incident.Incident, t told) Actions {
	if len(inc.Actions) == 0 {
		return Actions{}
	}
	a := Actions{Anchor: t.actions, Sentence: promised(inc.Actions)}
	if t.actions == "" && !slices.ContainsFunc(inc.Actions, authored) {
		s := actionSection(inc)
		if s == nil {
			return Actions{}
		}
		a.Elsewhere, a.ElsewhereSection = fragment(s.Anchor), s.Heading
		return a
	}
	for _, action := range inc.Actions {
		row := Action{
			Text: action.Text, Kind: text(action.Kind), Owner: text(action.Owner), Class: text(action.Status),
			Due: date(action.Due), URL: webURL(text(action.Link)), Status: statusOf(action),
		}
		a.Kinds, a.Owners, a.Dues = a.Kinds || row.Kind != "", a.Owners || row.Owner != "", a.Dues || row.Due != ""
		a.Statuses = a.Statuses || row.Class != ""
		a.Rows = append(a.Rows, row)
	}
	return a
}

func authored(a incident.Action) bool { return a.Basis == incident.FrontMatter }

func statusOf(a incident.Action) string {
	switch s := text(a.Status); s {
	case "":
		return "not said"
	case "in-progress":
		return "in progress"
	default:
		return s
	}
}

// actionSection is the section in which the report lists its actions itself.
func actionSection(inc *incident.Incident) *incident.Section {
	for i, s := range inc.Sections {
		if s.Kind == incident.ActionSection && s.Anchor != "" {
			return &inc.Sections[i]
		}
	}
	return nil
}

// promised counts the actions by state: "4 actions: 2 done, 1 open and 1 not said."
func promised(actions []incident.Action) string {
	var states []string
	for _, status := range append(slices.Clone(incident.ActionStatuses), "") {
		n := 0
		for _, a := range actions {
			if text(a.Status) == status {
				n++
			}
		}
		if n > 0 {
			states = append(states, fmt.Sprintf("%d %s", n, statusOf(incident.Action{Status: &status})))
		}
	}
	s := phrase.Count(len(actions), "action")
	switch {
	case len(states) > 1:
		return s + ": " + phrase.List(states) + "."
	case text(actions[0].Status) == "" && len(actions) == 1:
		return s + "; what became of it is not said."
	case text(actions[0].Status) == "":
		return s + "; what became of them is not said."
	case len(actions) == 1:
		return s + ", " + statusOf(actions[0]) + "."
	default:
		return s + ", all " + statusOf(actions[0]) + "."
	}
}
