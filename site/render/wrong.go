package render

import (
	"fmt"

	"faultline/site/pattern"
	"faultline/site/phrase"
)

const wrongURL = patternsFolder + "wrong-turns/"

// How many symptoms, and wrong turns of each, the page shows.
const (
	mostSymptoms = 40
	mostTurns    = 25
)

// WrongTurnsPage shows what was believed or tried in vain, by what was seen.
type WrongTurnsPage struct {
	Page
	Choices  []Choice
	Variants []WrongTurns
}

// WrongTurns is what misled responders, by symptoms under one counting.
type WrongTurns struct {
	Class    string
	Sentence string
	Symptoms []Symptom
	Unseen   []Turn // of incidents without a symptom
	More     int    // symptoms that are not shown
}

// Symptom is what was seen, with what was wrongly suspected or tried then.
type Symptom struct {
	Tag      Tag
	Sentence string
	Turns    []Turn
	More     int
}

// Turn is a wrong turn of an incident.
type Turn struct {
	Text string
	URL  string
	Row  Row
	Cost string // "" where the report does not state it
}

func (r *Renderer) addWrongTurns(late map[string]route) {
	r.addLatePage(late, wrongURL+"index.html", "wrong-turns.html", func(p place) any { return r.wrongTurns(p) })
}

func (r *Renderer) wrongTurns(p place) WrongTurnsPage {
	page := WrongTurnsPage{Page: r.study(p, "Wrong turns", ""), Choices: r.choices()}
	for _, c := range r.countings.all {
		found := r.found.WrongTurns(c)
		v := WrongTurns{Class: c.String(), Sentence: r.wrongSentence(found), More: beyond(len(found.Symptoms), mostSymptoms)}
		for _, s := range found.Symptoms[:min(mostSymptoms, len(found.Symptoms))] {
			v.Symptoms = append(v.Symptoms, Symptom{
				Tag: p.tag(s.Group), Sentence: symptomSentence(s), Turns: p.turns(s.Turns), More: beyond(len(s.Turns), mostTurns),
			})
		}
		v.Unseen = p.turns(found.Unseen)
		page.Variants = append(page.Variants, v)
	}
	return page
}

func (p place) turns(found []pattern.Turn) []Turn {
	var list []Turn
	for _, t := range found[:min(mostTurns, len(found))] {
		list = append(list, Turn{t.WrongTurn.Text, p.to(t.Incident.URL) + fragment(t.WrongTurn.Anchor), p.row(t.Incident), unbroken(t.WrongTurn.Cost)})
	}
	return list
}

func (r *Renderer) wrongSentence(found pattern.WrongTurns) string {
	if len(found.Turns) == 0 {
		return "No report of " + phrase.Count(found.Of, "incident") + " tells of a wrong turn."
	}
	return fmt.Sprintf("The reports of %s tell of %s%s", share(found.Reports, found.Of), phrase.Count(len(found.Turns), "wrong turn"), costSentence(found.Cost))
}

// costSentence ends a sentence with the time that wrong turns cost, as far as it is known.
func costSentence(c pattern.Cost) string {
	if c.N == 0 {
		return "; none says how long it took."
	}
	return fmt.Sprintf("; %s long it took, %s together.", phrase.Agree(c.N, "says how", "say how"), unbroken(c.Duration()))
}

func symptomSentence(s pattern.Symptom) string {
	return fmt.Sprintf("Responders were misled in %s of the %s with it%s", phrase.Number(s.N), phrase.Count(s.Of, "incident"), costSentence(s.Cost))
}
