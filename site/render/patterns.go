package render

import (
	"fmt"
	"strings"
	"sync"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// patternsFolder holds the pages on what recurs across incidents.
const patternsFolder = "patterns/"

// studies are findings over the whole library, each made when a page first asks for it:
// a server that is asked for one page need not wait for all of them.
type studies struct {
	ledger    func() *pattern.Ledger
	promiseOf func() map[*incident.Action]*pattern.Promise // of those that were promised again

	combinations map[pattern.Counting]func() pattern.Combinations
}

func newStudies(found *pattern.Findings) studies {
	s := studies{ledger: sync.OnceValue(found.Ledger), combinations: map[pattern.Counting]func() pattern.Combinations{}}
	s.promiseOf = sync.OnceValue(func() map[*incident.Action]*pattern.Promise { return byAction(s.ledger()) })
	for _, c := range pattern.Countings {
		s.combinations[c] = sync.OnceValue(func() pattern.Combinations { return found.Tally(c).Combinations(pattern.MiningOptions{}) })
	}
	return s
}

// isLate reports whether a path may be of a file that depends on what recurs: a page on
// it, or a list of all pages.
func isLate(path string) bool {
	return strings.HasPrefix(path, patternsFolder) || strings.HasPrefix(path, "sitemap")
}

func (r *Renderer) lateRoutes() map[string]route {
	late := map[string]route{}
	r.addLatePage(late, patternsFolder+"index.html", "patterns.html", func(p place) any { return r.patterns(p) })
	r.addCombinations(late)
	r.addMatrices(late)
	r.addLedger(late)
	r.addWrongTurns(late)
	r.addTime(late)
	r.addDurations(late)
	r.addFamilies(late)
	if r.lib.Config.BaseURL != "" {
		r.addSitemaps(late)
	}
	return late
}

// study is the frame of a page on what recurs.
func (r *Renderer) study(p place, title, description string) Page {
	page := r.frame(p, title, description)
	page.Styles = []string{p.to(r.theme.studyStyle)}
	page.Scripts = append(page.Scripts, p.to(r.theme.studyScript))
	return page
}

// addLatePage adds a page to late routes.
func (r *Renderer) addLatePage(late map[string]route, path, name string, view func(place) any) {
	late[path] = r.page(path, name, view)
}

// PatternsPage leads to the pages on what recurs.
type PatternsPage struct {
	Page
	Sentence string
	Studies  []Study
}

// Study leads to a page on what recurs with what it found.
type Study struct {
	Link
	Question string
	Found    string // in a sentence
	Foremost Foremost
}

// Foremost is the finding that stands out of a study. Label is "" for none.
type Foremost struct{ Label, URL, Says string }

func (r *Renderer) patterns(p place) PatternsPage {
	page := PatternsPage{Page: r.study(p, "Patterns", ""), Sentence: "What recurs across " + phrase.Count(len(r.lib.Incidents), "incident") + ", with the incidents behind every number."}
	usual := r.countings.usual
	together, wrong := r.studies.combinations[usual](), r.found.WrongTurns(usual)
	met := r.cells(p, pairs()[0], usual)
	for _, s := range []struct {
		label, url, question, found string
		foremost                    Foremost
	}{
		{"What recurs together", combinationsURL, "What comes with what, more often than by chance", r.combinationsSentence(together, usual), p.foremostTogether(together)},
		{"Causes and factors", matrixURL(pairs()[0]), "Which meet, for any two dimensions", met.Sentence, foremostMet(met)},
		{"The same again", familiesURL, "Did this happen before", r.familiesSentence(r.found.Families()), p.foremostFamily()},
		{"How long it took", durationsURL, "What is usual, and what differs", r.durationsSentence(), Foremost{}},
		{"When it happened", timeURL, "Is there a season, an hour, anything new", r.timeSentence(r.found.Calendar(r.found.Incidents())), p.foremostNews(r.news(p, usual))},
		{"Wrong turns", wrongURL, "What was suspected, and was not it", r.wrongSentence(wrong), p.foremostWrong(wrong)},
		{"What was promised", ledgerURL, "What became of the actions", r.ledgerSentence(r.studies.ledger()), p.foremostPromise()},
	} {
		page.Studies = append(page.Studies, Study{Link{Label: s.label, URL: p.to(s.url)}, s.question, s.found, s.foremost})
	}
	return page
}

// foremostTogether is the most surprising combination, where one is more than chance.
func (p place) foremostTogether(c pattern.Combinations) Foremost {
	if len(c.Found) == 0 || !c.Found[0].Verdict.Notable() {
		return Foremost{}
	}
	first := c.Found[0]
	return Foremost{together(first.Values), p.to(combinationsURL + first.ID + "/"), first.Words()}
}

func foremostMet(m Matrix) Foremost {
	if len(m.Findings) == 0 {
		return Foremost{}
	}
	f := m.Findings[0]
	return Foremost{f.A.Label + " and " + f.B.Label, f.URL, f.Says}
}

func (p place) foremostFamily() Foremost {
	families := p.r.found.Families()
	if len(families) == 0 {
		return Foremost{}
	}
	first := p.family(families[0])
	return Foremost{first.Heading, p.to(familiesURL) + "#" + first.ID, first.Says}
}

// foremostNews is the newest incident that brought a term.
func (p place) foremostNews(v NewsVariant) Foremost {
	if len(v.Years) == 0 {
		return Foremost{}
	}
	newest := v.Years[0].Brought[0]
	if len(newest.New) > 0 {
		a := newest.New[0]
		return Foremost{a.Tag.Label, a.Tag.URL, "for the first time in " + v.Years[0].Year + ", in “" + newest.Row.Title + "”"}
	}
	back := newest.Returned[0]
	return Foremost{back.Tag.Label, back.Tag.URL, "back " + back.Says + ", in “" + newest.Row.Title + "”"}
}

// foremostWrong is the symptom that misled most often.
func (p place) foremostWrong(w pattern.WrongTurns) Foremost {
	if len(w.Symptoms) == 0 {
		return Foremost{}
	}
	first := w.Symptoms[0]
	return Foremost{groupLabel(first.Group), p.to(first.Group.URL()), fmt.Sprintf("responders were misled in %s of the %s with it", phrase.Number(first.N), phrase.Count(first.Of, "incident"))}
}

// foremostPromise is the action that was promised most often, where one was again.
func (p place) foremostPromise() Foremost {
	for _, m := range p.r.studies.ledger().Promises {
		if m.Again() > 0 {
			return Foremost{phrase.Shorten(m.Text, longestAction), p.to(ledgerURL) + "#" + m.ID, "promised in " + phrase.Number(m.Again()+1) + " reports"}
		}
	}
	return Foremost{}
}
