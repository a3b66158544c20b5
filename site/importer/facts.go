package importer

import (
	"strings"
	"time"

	"faultline/site/incident"
)

// Facts is what was read of a report, in the form of `import --json`. Times are
// local to the report's zone, "2006-01-02T15:04", or "15:04" where no day is known;
// unknown is null.
type Facts struct {
	Path            string                  `json:"path"`
	ID              string                  `json:"id"`
	Title           *string                 `json:"title"`
	Date            *string                 `json:"date"`
	Timezone        *string                 `json:"timezone"`
	Started         *string                 `json:"started"`
	Detected        *string                 `json:"detected"`
	Mitigated       *string                 `json:"mitigated"`
	Resolved        *string                 `json:"resolved"`
	DurationMinutes *float64                `json:"duration_minutes"`
	DurationBasis   *incident.DurationBasis `json:"duration_basis"`
	Timeline        []RowFacts              `json:"timeline"`
	Actions         []incident.Action       `json:"actions"`
	Lessons         []incident.Lesson       `json:"lessons"`
	WrongTurns      []incident.WrongTurn    `json:"wrong_turns"`
	Services        []string                `json:"services"`
	Technologies    []string                `json:"technologies"`
	ImpactFigures   []incident.Figure       `json:"impact_figures"`
	Trigger         []TagFacts              `json:"trigger"`
	Causes          []TagFacts              `json:"causes"`
	Factors         []TagFacts              `json:"factors"`
	Detection       []TagFacts              `json:"detection"`
	Mitigation      []TagFacts              `json:"mitigation"`
	Impact          []TagFacts              `json:"impact"`
	Facts           map[string]Place        `json:"facts"` // of a list, the place of the first
}

// RowFacts is one entry of the timeline.
type RowFacts struct {
	At    *string        `json:"at"`
	Text  string         `json:"text"`
	Actor *string        `json:"actor"`
	Links []string       `json:"links"`
	Line  int            `json:"line"`
	Basis incident.Basis `json:"basis"`
}

// Place says where the text states a fact, and how finely.
type Place struct {
	Value string  `json:"value"`
	Kind  string  `json:"kind"` // exact, approximate or range
	Zone  *string `json:"zone"` // offset, such as "+01:00" or "Z"; null where it is not known
	Line  int     `json:"line"`
	Quote string  `json:"quote"`
}

// FactsOf returns the facts of an incident that was read from the source at path.
func FactsOf(path string, i *incident.Incident) Facts {
	f := Facts{
		Path: path, ID: i.ID, Title: known(i.Title), Date: day(i.Date), Timezone: i.Timezone,
		Started: local(i.Started), Detected: local(i.Detected), Mitigated: local(i.Mitigated), Resolved: local(i.Resolved),
		Timeline: rows(i.Timeline), Actions: i.Actions, Lessons: i.Lessons, WrongTurns: i.WrongTurns,
		Services: i.Services, Technologies: i.Technologies, ImpactFigures: i.Figures,
		Trigger: tags(i, incident.Trigger), Causes: tags(i, incident.Cause), Factors: tags(i, incident.Factor),
		Detection: tags(i, incident.Detection), Mitigation: tags(i, incident.Mitigation), Impact: tags(i, incident.Impact),
		Facts: places(i),
	}
	if d := i.Duration; d.Known() {
		minutes := time.Duration(d.Least + (d.Most-d.Least)/2).Minutes()
		f.DurationMinutes, f.DurationBasis = &minutes, &d.Basis
	}
	return f
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// day is the day of a time, null where the day is not known.
func day(t incident.Time) *string {
	if t.Precision < incident.Day {
		return nil
	}
	return known(t.From.Format("2006-01-02"))
}

// local is the beginning of a time on the wall clock of its zone.
func local(t incident.Time) *string {
	switch {
	case t.Clock():
		return known(t.From.Format("2006-01-02T15:04"))
	case t.Known():
		return known(strings.TrimPrefix(incident.Time{From: t.From, To: t.From, Precision: t.Precision}.String(), "~"))
	}
	return nil
}

func rows(timeline []incident.Row) []RowFacts {
	list := make([]RowFacts, len(timeline))
	for n, r := range timeline {
		list[n] = RowFacts{At: local(r.At), Text: r.Text, Actor: r.Actor, Links: append([]string{}, r.Links...), Line: r.Line, Basis: r.Basis}
	}
	return list
}

func places(i *incident.Incident) map[string]Place {
	all := map[string]Place{}
	times := map[string]incident.Time{"date": i.Date, "started": i.Started, "detected": i.Detected, "mitigated": i.Mitigated, "resolved": i.Resolved}
	for _, f := range i.Facts {
		place := Place{Kind: "exact", Line: f.Line, Quote: f.Quote}
		switch t, ok := times[f.Field]; {
		case ok:
			place.Value, place.Kind, place.Zone = t.String(), kindOf(t), zoneOf(t)
		case f.Field == "duration":
			place.Value = i.Duration.String()
			if i.Duration.Approximate {
				place.Kind = "approximate"
			}
		case f.Field == "title":
			place.Value = i.Title
		case f.Field == "services":
			place.Value = strings.Join(i.Services, ", ")
		case f.Field == "technologies":
			place.Value = strings.Join(i.Technologies, ", ")
		}
		if _, twice := all[f.Field]; !twice {
			all[f.Field] = place
		}
	}
	return all
}

func kindOf(t incident.Time) string {
	switch {
	case t.Range():
		return "range"
	case t.Approximate:
		return "approximate"
	}
	return "exact"
}

func zoneOf(t incident.Time) *string {
	if !t.Zoned {
		return nil
	}
	return known(t.From.Format("Z07:00"))
}
