package sample

import (
	"fmt"
	"strings"
	"time"
)

// front returns the front matter with its fences.
func (r *report) front() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("---")
	line("title: %q", r.title)
	line("summary: %q", r.fill(r.pick(summaries)))
	line("status: published")
	line("organization: %s", r.organization)
	line("services: [%s]", strings.Join(unique(r.service, r.zipf(r.services)), ", "))
	line("technologies: [%s]", strings.Join(r.techs, ", "))
	line("teams: [%s]", r.team)
	line("severity: %s", r.zipf(severities))
	r.clocks(line)
	if r.chance(85) {
		r.terms(line)
	}
	r.notes(line, "symptoms", symptoms)
	if r.chance(50) {
		r.notes(line, "wrong_turns", wrongTurns)
	}
	if r.related != "" {
		line("related:\n  see_also: [%s]", r.related)
	}
	line("---")
	return b.String()
}

// clocks writes when things happened. Not every report knows all of it.
func (r *report) clocks(line func(string, ...any)) {
	const form = "2006-01-02T15:04Z"
	line("started: %s", r.started.Format(form))
	if r.chance(80) {
		line("detected: %s", r.started.Add(r.length/time.Duration(r.between(3, 9))).Format(form))
	}
	approximate := ""
	if r.chance(15) {
		approximate = "~"
	}
	line("mitigated: %s%s", approximate, r.started.Add(r.length).Format(form))
	if r.chance(70) {
		line("resolved: %s", r.started.Add(r.length*time.Duration(r.between(5, 12))/4).Format(form))
	}
}

func (r *report) terms(line func(string, ...any)) {
	line("trigger: [%s]", r.zipf(triggers))
	line("causes:")
	for _, cause := range r.several(causes, r.between(1, 3)) {
		line("  - {id: %s, confidence: %s}", cause, r.zipf(bank("known likely suspected")))
	}
	line("factors:")
	for _, factor := range r.several(factors, r.between(1, 4)) {
		line("  - {id: %s, effect: %s}", factor, r.zipf(bank("enabled prolonged worsened")))
	}
	line("detection: [%s]", r.zipf(detections))
	line("detection_gap: %s", r.zipf(gaps))
	line("mitigation:")
	for _, mitigation := range r.several(mitigations, r.between(1, 3)) {
		line("  - {id: %s, effective: %s}", mitigation, r.zipf(bank("yes partly no")))
	}
	line("impact: [%s]", strings.Join(r.several(impacts, r.between(1, 2)), ", "))
}

func (r *report) notes(line func(string, ...any), key string, phrases []string) {
	line("%s:", key)
	for _, phrase := range r.several(phrases, r.between(1, 2)) {
		line("  - %q", r.fill(phrase))
	}
}

// unique returns the words without a second one that is like the first.
func unique(first, second string) []string {
	if first == second {
		return []string{first}
	}
	return []string{first, second}
}
