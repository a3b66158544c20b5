// Package review states what recurs across the incidents of a library, as data for
// scripts (Patterns) and as a Markdown text for a meeting about a period (Report). It
// computes nothing itself: every figure is package pattern's, with what it is a part of.
package review

import (
	"faultline/site/incident"
	"faultline/site/pattern"
)

// Patterns is what recurs across the incidents of a library. Its JSON form is a contract
// with scripts; lists are never null.
type Patterns struct {
	AsOf         incident.Time  `json:"as_of"`
	Incidents    int            `json:"incidents"`
	Counting     string         `json:"counting"` // people, suggested or both: which tags count
	Combinations []Combination  `json:"combinations"`
	Repeats      []Family       `json:"repeats"`
	Actions      Actions        `json:"actions"`
	Durations    []Distribution `json:"durations"`
	News         []News         `json:"news"`
}

// Ref names an incident.
type Ref struct {
	ID    string        `json:"id"`
	Path  string        `json:"path"`
	Title string        `json:"title"`
	Date  incident.Time `json:"date"`
}

// Value is a term of the vocabulary or a name. Facet is its field in queries.
type Value struct {
	Facet string `json:"facet"`
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Combination is values that the same incidents share: N of the Of incidents that have any
// value of each kind. Expected is how many chance would give; Lift how many times as many
// there are, between Low and High; Q the adjusted probability of so many by chance.
type Combination struct {
	ID        string  `json:"id"`
	Values    []Value `json:"values"`
	N         int     `json:"n"`
	Of        int     `json:"of"`
	Expected  float64 `json:"expected"`
	Lift      float64 `json:"lift"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
	Q         float64 `json:"q"`
	Verdict   string  `json:"verdict"`
	Says      string  `json:"says"`
	Incidents []Ref   `json:"incidents"`
}

// Family is incidents that look like the same one again.
type Family struct {
	Incidents []Ref `json:"incidents"` // oldest first
	Ties      []Tie `json:"ties"`
}

// Tie is why an incident belongs to the family of an earlier one.
type Tie struct {
	Incident string   `json:"incident"`
	Earlier  string   `json:"earlier"`
	Kind     string   `json:"kind"` // declared, alike or twice
	Shared   []Value  `json:"shared"`
	Words    []string `json:"words"`
	Days     *int     `json:"days"`
}

// Actions is the ledger of what was promised.
type Actions struct {
	All         int       `json:"all"`
	Reports     int       `json:"reports"`     // that promise anything
	Untraceable int       `json:"untraceable"` // with neither owner nor link, not said to be done
	Promises    []Promise `json:"promises"`    // promised again, or followed by an incident of the same sort
	Known       []Known   `json:"known"`
}

// Promise is an action that one or several reports promise.
type Promise struct {
	Text   string   `json:"text"`
	Status *string  `json:"status"`
	Made   []Made   `json:"made"`
	Struck []Strike `json:"struck"`
}

// Made is a report's promise.
type Made struct {
	Ref
	Action *incident.Action `json:"action"`
}

// Strike is an incident that came after a promise which nobody says was kept.
type Strike struct {
	Ref
	Says string `json:"says"` // prevented, repeats or resembles
}

// Known is an incident whose report says that the problem was known before.
type Known struct {
	Ref
	Source  string              `json:"source"` // who says so: author, accepted or suggested
	Quotes  []incident.Evidence `json:"quotes"`
	Earlier []Ref               `json:"earlier"`
}

// Distribution is how long a phase took: of N of the Of incidents.
type Distribution struct {
	Phase    string         `json:"phase"`
	N        int            `json:"n"`
	Of       int            `json:"of"`
	Least    *incident.Span `json:"least"`
	Lower    *incident.Span `json:"lower_quartile"`
	Median   *incident.Span `json:"median"`
	Upper    *incident.Span `json:"upper_quartile"`
	P90      *incident.Span `json:"p90"`
	Most     *incident.Span `json:"most"`
	Negative int            `json:"negative"`
}

// News is what a year brought.
type News struct {
	Year     int      `json:"year"`
	New      []Seen   `json:"new"`
	Returned []Return `json:"returned"`
}

// Seen is a value with an incident.
type Seen struct {
	Value
	Incident string `json:"incident"`
}

// Return is a value that came back after a year or more.
type Return struct {
	Seen
	Days int `json:"days"`
}

// Find states what recurs in the library under the counting, with combinations of at
// least support incidents; 0 is the default.
func Find(lib *incident.Library, c pattern.Counting, support int) Patterns {
	f := pattern.Find(lib)
	tally := f.Tally(c)
	p := Patterns{AsOf: lib.AsOf, Incidents: len(lib.Incidents), Counting: c.String(), Combinations: []Combination{}, Repeats: []Family{}, Durations: []Distribution{}, News: []News{}}
	for _, found := range tally.Combinations(pattern.MiningOptions{Support: support}).Found {
		p.Combinations = append(p.Combinations, combination(found))
	}
	for _, found := range f.Families() {
		p.Repeats = append(p.Repeats, family(found))
	}
	p.Actions = actions(f.Ledger())
	for _, phase := range pattern.Phases {
		p.Durations = append(p.Durations, distribution(pattern.Durations(f.Incidents(), phase)))
	}
	for _, year := range tally.News() {
		p.News = append(p.News, news(year))
	}
	return p
}

func refOf(inc *incident.Incident) Ref { return Ref{inc.ID, inc.Path, inc.Title, inc.Date} }

func refs(incidents []*incident.Incident) []Ref {
	list := make([]Ref, len(incidents))
	for i, inc := range incidents {
		list[i] = refOf(inc)
	}
	return list
}

func valueOf(g *pattern.Group) Value { return Value{g.Facet.String(), g.ID, g.Label} }

func combination(c pattern.Combination) Combination {
	i := c.Table.Interval()
	v := Combination{
		ID: c.ID, N: c.N, Of: c.Of, Expected: c.Table.Expected(), Lift: c.Lift(), Low: i.Low, High: i.High, Q: c.Q,
		Verdict: c.Verdict.String(), Says: c.Words(), Incidents: refs(c.Incidents),
	}
	for _, g := range c.Values {
		v.Values = append(v.Values, valueOf(g))
	}
	return v
}

func family(f *pattern.Family) Family {
	v := Family{Incidents: refs(f.Incidents), Ties: []Tie{}}
	for _, t := range f.Ties {
		tie := Tie{Incident: t.Incident.ID, Earlier: t.Earlier.ID, Kind: string(t.Kind), Shared: []Value{}, Words: append([]string{}, t.Words...)}
		for _, s := range t.Shared {
			tie.Shared = append(tie.Shared, valueOf(s.Group))
		}
		if t.Dated {
			tie.Days = &t.Days
		}
		v.Ties = append(v.Ties, tie)
	}
	return v
}

func actions(l *pattern.Ledger) Actions {
	a := Actions{All: l.Actions, Reports: l.Reports, Untraceable: len(l.Untraceable), Promises: []Promise{}, Known: []Known{}}
	for _, p := range l.Promises {
		if p.Again() > 0 || len(p.Struck) > 0 {
			a.Promises = append(a.Promises, promise(p))
		}
	}
	for _, k := range l.Known {
		a.Known = append(a.Known, Known{refOf(k.Incident), string(k.Tag.Provenance), append([]incident.Evidence{}, k.Tag.Evidence...), refs(k.Earlier)})
	}
	return a
}

func promise(p *pattern.Promise) Promise {
	v := Promise{Text: p.Text, Made: []Made{}, Struck: []Strike{}}
	if status := p.Status(); status != "" {
		v.Status = &status
	}
	for _, m := range p.Made {
		v.Made = append(v.Made, Made{refOf(m.Incident), m.Action})
	}
	for _, s := range p.Struck {
		v.Struck = append(v.Struck, Strike{refOf(s.Incident), string(s.Says)})
	}
	return v
}

func distribution(d pattern.Distribution) Distribution {
	v := Distribution{Phase: d.Phase.String(), N: d.N, Of: d.Of, Negative: d.Negative}
	if d.N > 0 {
		v.Least, v.Lower, v.Median, v.Upper, v.P90, v.Most = &d.Least, &d.Lower, &d.Median, &d.Upper, &d.P90, &d.Most
	}
	return v
}

func news(y pattern.YearNews) News {
	v := News{Year: y.Year, New: []Seen{}, Returned: []Return{}}
	for _, n := range y.New {
		v.New = append(v.New, Seen{valueOf(n.Group), n.Incident.ID})
	}
	for _, r := range y.Returned {
		v.Returned = append(v.Returned, Return{Seen{valueOf(r.Group), r.After.ID}, r.Days})
	}
	return v
}
