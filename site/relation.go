package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/problem"
)

// checkRelations reports what the front matter says of other incidents and cannot be true.
func (l *linker) checkRelations() {
	actions := incident.IndexActions(l.published)
	for _, inc := range l.published {
		l.checkRelated(inc)
		l.checkApart(inc)
		for _, name := range inc.WouldHavePrevented {
			l.checkPrevented(actions, inc, name)
		}
	}
	l.checkCircles()
}

// reportAt warns of a name that the front matter gives under the key.
func (l *linker) reportAt(inc *incident.Incident, field, name, rule, text, hint string) {
	line, column := inc.PlaceOf(field, name)
	l.problems = append(l.problems, problem.Problem{
		Rule: rule, Level: problem.Warning, Path: inc.Path, Line: line, Column: column, Text: text, Hint: hint})
}

// checkRelated reports ids in the front matter that name no incident.
func (l *linker) checkRelated(inc *incident.Incident) {
	for _, c := range inc.Citations {
		if !strings.HasPrefix(c.Field, "related.") || l.byID[c.Name] != nil {
			continue
		}
		l.reportAt(inc, c.Field, c.Name, "unknown-incident", fmt.Sprintf("related incident %q does not exist", c.Name),
			l.meant(c.Name, l.ids, "use the id of an incident of this library"))
	}
}

// meant is a hint at the candidate that was most likely meant, else the other hint.
func (l *linker) meant(word string, candidates []string, otherwise string) string {
	if near := l.nearest(word, candidates); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return otherwise
}

// checkPrevented reports the name of an action that no earlier report promises, or more
// than one.
func (l *linker) checkPrevented(actions *incident.ActionIndex, inc *incident.Incident, name string) {
	const field = "would_have_prevented"
	cited, doubt := actions.Cited(inc, name)
	switch doubt {
	case incident.NoSuchAction:
		l.reportAt(inc, field, name, "unknown-action", fmt.Sprintf("no report has the action %q", name),
			l.meant(name, actions.Names(name), "use the id of an earlier report's action, alone or behind the id of its incident and #"))
	case incident.LaterAction:
		other := cited[0].Incident
		text := fmt.Sprintf("action %q is of %q, which is later", name, other.Path)
		if other == inc {
			text = fmt.Sprintf("action %q is of this report, and was promised after the incident", name)
		}
		l.reportAt(inc, field, name, "later-action", text, "name an action that was promised before, or check the dates")
	case incident.SeveralActions:
		l.reportAt(inc, field, name, "ambiguous-action", fmt.Sprintf("action %q is of %d earlier reports, %q and %q among them",
			name, len(cited), cited[0].Incident.Path, cited[1].Incident.Path), fmt.Sprintf("write %q", cited[0].Incident.ID+"#"+cited[0].Action.ID))
	}
}

// checkApart reports incidents that are declared to repeat each other and not to be the
// same.
func (l *linker) checkApart(inc *incident.Incident) {
	for _, d := range inc.Related.NotSameAs {
		other := l.byID[d.ID]
		if other == nil || !l.repeats(inc, other) && !l.repeats(other, inc) {
			continue
		}
		repeating := inc
		if !l.repeats(inc, other) {
			repeating = other
		}
		l.reportAt(inc, "related.not_same_as", d.ID, "contradicting-relations",
			fmt.Sprintf("%q is not to be the same, and repeat_of in %q says that it is", d.ID, repeating.Path), "remove one of the two; until then repeat_of counts")
	}
}

func (l *linker) repeats(inc, other *incident.Incident) bool {
	return slices.ContainsFunc(inc.Related.RepeatOf, func(id string) bool { return l.byID[id] == other })
}

// checkCircles reports incidents that repeat each other in a circle, each circle once: at
// its oldest incident, which cannot repeat a later one.
func (l *linker) checkCircles() {
	const (
		onPath = 1
		done   = 2
	)
	state := map[*incident.Incident]int{}
	var path []*incident.Incident
	var follow func(inc *incident.Incident)
	follow = func(inc *incident.Incident) {
		state[inc] = onPath
		path = append(path, inc)
		for _, id := range inc.Related.RepeatOf {
			switch other := l.byID[id]; {
			case other == nil:
			case state[other] == onPath:
				l.reportCircle(path[slices.Index(path, other):])
			case state[other] == 0:
				follow(other)
			}
		}
		path = path[:len(path)-1]
		state[inc] = done
	}
	for _, inc := range l.published {
		if state[inc] == 0 {
			follow(inc)
		}
	}
}

// maxCircle is how many incidents of a circle are named.
const maxCircle = 5

// reportCircle reports incidents of which each repeats the next, and the last the first.
func (l *linker) reportCircle(circle []*incident.Incident) {
	circle = fromOldest(circle)
	oldest, next := circle[0], circle[1%len(circle)]
	var ids []string
	for _, inc := range circle[:min(len(circle), maxCircle)] {
		ids = append(ids, fmt.Sprintf("%q", inc.ID))
	}
	if len(circle) > maxCircle {
		ids = append(ids, "…")
	}
	text := "incidents repeat each other in a circle: " + strings.Join(append(ids, fmt.Sprintf("%q", oldest.ID)), ", ")
	if len(circle) == 1 {
		text = "incident is declared to repeat itself"
	}
	at := slices.IndexFunc(oldest.Related.RepeatOf, func(id string) bool { return l.byID[id] == next })
	l.reportAt(oldest, "related.repeat_of", oldest.Related.RepeatOf[at], "circular-repeat", text, "an incident can repeat only an earlier one; remove this id")
}

// fromOldest turns a circle so that the oldest incident, of equals the first by id, comes
// first.
func fromOldest(circle []*incident.Incident) []*incident.Incident {
	oldest := slices.MinFunc(circle, func(a, b *incident.Incident) int {
		return cmp.Or(a.Date.From.Compare(b.Date.From), cmp.Compare(a.ID, b.ID))
	})
	at := slices.Index(circle, oldest)
	return slices.Concat(circle[at:], circle[:at])
}
