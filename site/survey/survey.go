// Package survey says what was understood of a library: which forms of report it
// holds, how many of them give each fact, and what is most worth mending. It is a
// pure function of the snapshot.
package survey

import (
	"cmp"
	"fmt"
	"slices"

	"faultline/site/incident"
	"faultline/site/problem"
)

// Survey is what was understood of a library.
type Survey struct {
	Incidents int       `json:"incidents"`
	Drafts    int       `json:"drafts"`
	Formats   []Count   `json:"formats"`  // most common first
	Facts     []Share   `json:"facts"`    // in the order in which a report is read
	Mend      []Finding `json:"mend"`     // most useful first, at most ten
	Problems  []Count   `json:"problems"` // by rule, most common first
}

// Count is how often something occurs.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Share is how many incidents give a fact.
type Share struct {
	Fact string `json:"fact"`
	N    int    `json:"n"`
	Of   int    `json:"of"`
}

// Finding is something to mend: Text says what in one sentence, N how often it
// occurs, Example where for one.
type Finding struct {
	Text    string          `json:"text"`
	N       int             `json:"n"`
	Example problem.Problem `json:"example"`
}

// most is how many findings a survey names.
const most = 10

// fact is something that a report can tell. Value is how much it helps others that
// an incident has it; 0 means that its absence is no finding.
type fact struct {
	name  string
	has   func(*incident.Incident) bool
	value int
	rule  string
	hint  string
}

var facts = []fact{
	{"title of its own", func(i *incident.Incident) bool { return i.Title != "" && i.Title != i.ID }, 0, "", ""},
	{"date", func(i *incident.Incident) bool { return i.Date.Known() }, 9, "no-date",
		"add date: or started: to the front matter; without it an incident stands in no year"},
	{"summary", func(i *incident.Incident) bool { return i.Summary != nil }, 5, "no-summary",
		"add summary: with two or three sentences; lists and search results show it"},
	{"organization", func(i *incident.Incident) bool { return i.Organization != nil }, 0, "", ""},
	{"service", func(i *incident.Incident) bool { return len(i.Services) > 0 }, 4, "no-service",
		"add services: with what failed, as its users call it"},
	{"severity", func(i *incident.Incident) bool { return i.Severity != nil }, 1, "no-severity", "add severity:"},
	{"duration", func(i *incident.Incident) bool { return i.Duration.Known() }, 3, "no-duration",
		"add started: and resolved:, or duration: where only the length is known"},
	{"timeline", func(i *incident.Incident) bool { return i.HasTimeline() }, 2, "no-timeline",
		"write a section Timeline with one line for each event: - 14:05: text"},
	{"action items", func(i *incident.Incident) bool { return len(i.Actions) > 0 }, 1, "no-actions",
		"write a section Action items with one bullet for each"},
	{"cause", func(i *incident.Incident) bool { return len(i.Given(incident.Cause)) > 0 }, 8, "no-cause",
		"add causes: with terms of the vocabulary; what recurs is counted by them"},
	{"contributing factor", func(i *incident.Incident) bool { return len(i.Given(incident.Factor)) > 0 }, 2, "no-factor",
		"add factors: with terms of the vocabulary"},
}

// Of surveys the library.
func Of(lib *incident.Library) Survey {
	s := Survey{Incidents: len(lib.Incidents)}
	formats := map[string]int{}
	for _, inc := range lib.Incidents {
		formats[inc.Format]++
		if inc.Status == incident.Draft {
			s.Drafts++
		}
	}
	s.Formats = counts(formats)
	var findings []ranked
	for _, f := range facts {
		n, example := share(lib.Incidents, f.has)
		s.Facts = append(s.Facts, Share{f.name, n, s.Incidents})
		if missing := s.Incidents - n; missing > 0 && f.value > 0 {
			findings = append(findings, missingFact(f, missing, s.Incidents, example))
		}
	}
	rules := map[string]int{}
	for _, p := range lib.Problems {
		rules[p.Rule]++
	}
	s.Problems = counts(rules)
	s.Mend = rank(append(findings, faulty(lib.Problems)...))
	return s
}

// share counts the incidents that have a fact and returns the path of the first
// that has not.
func share(incidents []*incident.Incident, has func(*incident.Incident) bool) (n int, lacking string) {
	for _, inc := range incidents {
		if has(inc) {
			n++
		} else if lacking == "" {
			lacking = inc.Path
		}
	}
	return n, lacking
}

// ranked is a finding with its weight: how much it would help to mend it.
type ranked struct {
	Finding
	weight int
}

func missingFact(f fact, missing, of int, example string) ranked {
	return ranked{weight: f.value * missing, Finding: Finding{
		Text: fmt.Sprintf("%d of %d incidents give no %s", missing, of, f.name),
		N:    missing,
		Example: problem.Problem{Rule: f.rule, Level: problem.Note, Path: example, Hint: f.hint,
			Text: "incident has no " + f.name},
	}}
}

// weights of one problem, by level. An error hides something from readers, so any
// error comes before all that is merely missing.
var weights = [...]int{problem.Error: 1_000_000, problem.Warning: 6, problem.Note: 1}

// faulty makes one finding of each rule that is broken, with the first place as
// example. Rules that a fact stands for already are left to it.
func faulty(problems problem.List) []ranked {
	at := map[string]int{}
	var found []ranked
	for _, p := range problems {
		if slices.ContainsFunc(facts, func(f fact) bool { return f.rule == p.Rule }) {
			continue
		}
		i, ok := at[p.Rule]
		if !ok {
			i = len(found)
			at[p.Rule] = i
			found = append(found, ranked{Finding: Finding{Example: p}})
		}
		found[i].N++
		found[i].weight += weights[p.Level]
	}
	for i, f := range found {
		found[i].Text = fmt.Sprintf("%s: %d × %s", f.Example.Level, f.N, f.Example.Rule)
	}
	return found
}

func rank(findings []ranked) []Finding {
	slices.SortStableFunc(findings, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.Example.Rule, b.Example.Rule))
	})
	first := make([]Finding, 0, most)
	for _, f := range findings[:min(most, len(findings))] {
		first = append(first, f.Finding)
	}
	return first
}

func counts(by map[string]int) []Count {
	all := make([]Count, 0, len(by))
	for name, n := range by {
		all = append(all, Count{name, n})
	}
	slices.SortFunc(all, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return all
}
