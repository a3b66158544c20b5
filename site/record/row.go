package record

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/reading"
	"faultline/site/yaml"
)

// note is a statement of the front matter.
func (r *reader) note(n *yaml.Node, text string) incident.Note {
	return incident.Note{Text: text, Line: n.Line, Basis: incident.FrontMatter}
}

// lessons reads entries that are text, or text with a kind.
func (r *reader) lessons(n *yaml.Node) {
	for _, item := range items(n) {
		var lesson incident.Lesson
		text, ok := "", false
		if item.Get("text") != nil {
			r.mapping(item, "text", "kind")
			text, ok = r.scalar(item.Get("text"))
			if kind := r.qualifier(item, "kind", incident.LessonKinds); kind != nil {
				lesson.Kind = *kind
			}
		} else {
			text, ok = r.sentence(item)
		}
		if ok {
			lesson.Note = r.note(item, text)
			r.incident.Lessons = append(r.incident.Lessons, lesson)
		}
	}
}

// wrongTurns reads entries that are text, or text with its cost.
func (r *reader) wrongTurns(n *yaml.Node) {
	for _, item := range items(n) {
		var turn incident.WrongTurn
		text, ok := "", false
		if item.Get("text") != nil {
			r.mapping(item, "text", "cost")
			text, ok = r.scalar(item.Get("text"))
			turn.Cost = r.span(item.Get("cost"))
		} else {
			text, ok = r.sentence(item)
		}
		if ok {
			turn.Note = r.note(item, text)
			if !turn.Cost.Known() {
				turn.Cost = reading.TurnCost(text)
			}
			r.incident.WrongTurns = append(r.incident.WrongTurns, turn)
		}
	}
}

// timeline reads the rows in their order.
func (r *reader) timeline(n *yaml.Node) {
	day := r.day()
	var last incident.Time
	for _, item := range items(n) {
		row, ok := r.row(item, day)
		if !ok {
			continue
		}
		if row.At.Clock() {
			day = row.At.Date()
			if earlier(row.At, last) {
				r.report(problem.Warning, item, "timeline-order", fmt.Sprintf("row at %q is before the row above it", row.Label),
					"order the rows, and write the date of a row on another day")
			}
			last = row.At
		}
		r.incident.Timeline = append(r.incident.Timeline, row)
	}
}

// day is the day on which clocks of the timeline without a date lie.
func (r *reader) day() incident.Time {
	for _, c := range clocks(r.incident) {
		if c.at.Precision >= incident.Day {
			return c.at.Date()
		}
	}
	return r.incident.Date.Date()
}

// row reads {at, text, actor}, or text alone.
func (r *reader) row(n *yaml.Node, day incident.Time) (incident.Row, bool) {
	row := incident.Row{Line: n.Line, Basis: incident.FrontMatter}
	if n.Kind != yaml.Mapping {
		text, ok := r.scalar(n)
		row.Text = text
		return row, ok
	}
	r.mapping(n, "at", "text", "actor")
	if text := r.optional(n.Get("text")); text != nil {
		row.Text = *text
	} else {
		r.report(problem.Error, n, "wrong-type", "row of the timeline has no text", r.example())
		return row, false
	}
	row.Actor = r.optional(n.Get("actor"))
	if at := r.optional(n.Get("at")); at != nil {
		row.Label = *at
		r.when(&row, n.Get("at"), day)
	}
	return row, true
}

// when reads the label of a row: an offset, a clock on the day, a time, or words.
func (r *reader) when(row *incident.Row, n *yaml.Node, day incident.Time) {
	label := row.Label
	if !strings.ContainsFunc(label, unicode.IsDigit) {
		return // words alone are legal: "the week before"
	}
	if offset, ok := parseOffset(label); ok {
		row.Offset, row.At = &offset, after(r.incident.Started, offset)
		return
	}
	bare := dayless(label)
	if bare {
		if day.Precision < incident.Day {
			r.report(problem.Warning, n, "no-day", fmt.Sprintf("clock %q has no day", label), "give the incident a date, or the row a whole time")
			return
		}
		label = onDay(label, day)
	}
	t, err := incident.ParseTime(label, r.zone)
	if err != nil && bare {
		err = fmt.Errorf("%q is not a clock", row.Label)
	}
	if err != nil {
		r.report(problem.Error, n, "bad-time", err.Error(),
			"write a time, a clock such as 15:09, or an offset from the start such as +16m")
		return
	}
	row.At = t
}

// parseOffset reads "+16m", "T+1h30m" and "-5m".
func parseOffset(s string) (incident.Span, bool) {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "T"), "t")
	rest, positive := strings.CutPrefix(s, "+")
	if !positive {
		var negative bool
		if rest, negative = strings.CutPrefix(s, "-"); !negative {
			return 0, false
		}
	}
	d, err := incident.ParseDuration(rest)
	if err != nil || d.Least != d.Most {
		return 0, false
	}
	if !positive {
		return -d.Least, true
	}
	return d.Least, true
}

// after is the time that lies the offset after the start, unknown unless the start
// is a clock.
func after(start incident.Time, offset incident.Span) incident.Time {
	if !start.Clock() {
		return incident.Time{}
	}
	start.From, start.To = start.From.Add(time.Duration(offset)), start.To.Add(time.Duration(offset))
	return start
}

// dayless reports whether a time is a clock without a date: "15:09", "~9:05..9:10".
func dayless(s string) bool {
	s = strings.TrimLeft(s, "~ ")
	colon := strings.IndexByte(s, ':')
	return colon == 1 || colon == 2
}

// onDay writes the day before each clock.
func onDay(s string, day incident.Time) string {
	s = strings.TrimSpace(s)
	rest, approximate := strings.CutPrefix(s, "~")
	date := day.From.Format(time.DateOnly) + "T"
	from, to, isRange := strings.Cut(rest, "..")
	whole := date + strings.TrimSpace(from)
	if isRange {
		if to = strings.TrimSpace(to); dayless(to) {
			to = date + to
		}
		whole += ".." + to
	}
	if approximate {
		whole = "~" + whole
	}
	return whole
}

// actions reads what was promised: mappings, or text alone. Ids are unique in the
// incident; an action without one is numbered.
func (r *reader) actions(n *yaml.Node) {
	for _, item := range items(n) {
		action, ok := r.action(item)
		if !ok {
			continue
		}
		if r.hasAction(action.ID) {
			r.report(problem.Error, item, "duplicate-action", fmt.Sprintf("action %q is given twice", action.ID), "give one of the two another id")
			action.ID = ""
		}
		r.incident.Actions = append(r.incident.Actions, action)
	}
	r.numberActions()
}

func (r *reader) action(n *yaml.Node) (incident.Action, bool) {
	action := incident.Action{Line: n.Line, Basis: incident.FrontMatter}
	if n.Get("text") == nil && n.Get("id") == nil {
		text, ok := r.sentence(n)
		action.Text = text
		return action, ok
	}
	r.mapping(n, "id", "text", "kind", "owner", "status", "due", "link")
	if id := r.optional(n.Get("id")); id != nil {
		action.ID = *id
	}
	text := r.optional(n.Get("text"))
	if text == nil {
		r.report(problem.Error, n, "wrong-type", fmt.Sprintf("action %q has no text", action.ID), r.example())
		return action, false
	}
	action.Text = *text
	action.Kind, action.Owner = r.optional(n.Get("kind")), r.optional(n.Get("owner"))
	action.Status = r.qualifier(n, "status", incident.ActionStatuses)
	action.Link = r.link(n.Get("link"))
	if due := n.Get("due"); due != nil {
		action.Due, _ = r.time(due)
	}
	return action, true
}

// hasAction reports whether an id is taken. Ids that differ in case alone would be
// one anchor to most readers.
func (r *reader) hasAction(id string) bool {
	return id != "" && slices.ContainsFunc(r.incident.Actions, func(a incident.Action) bool { return strings.EqualFold(a.ID, id) })
}

// numberActions gives every action without an id the first free one.
func (r *reader) numberActions() {
	next := 1
	for i := range r.incident.Actions {
		for r.incident.Actions[i].ID == "" {
			if id := fmt.Sprintf("a%d", next); !r.hasAction(id) {
				r.incident.Actions[i].ID = id
			}
			next++
		}
	}
}
