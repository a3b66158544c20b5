package render

import (
	"strings"
	"sync"

	"faultline/site/pattern"
)

// patternsFolder holds the pages on what recurs across incidents.
const patternsFolder = "patterns/"

// studies are findings over the whole library, each made when a page first asks for it:
// a server that is asked for one incident need not wait for them.
type studies struct {
	families func() []*pattern.Family
	ledger   func() *pattern.Ledger

	combinations map[pattern.Counting]func() pattern.Combinations
}

func newStudies(found *pattern.Findings) studies {
	s := studies{families: sync.OnceValue(found.Families), combinations: map[pattern.Counting]func() pattern.Combinations{}}
	s.ledger = sync.OnceValue(func() *pattern.Ledger { return found.Ledger(s.families()) })
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
	page.Styles = []string{p.to(r.theme.study)}
	page.Scripts = append(page.Scripts, p.to(r.theme.studies))
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
}

func (r *Renderer) patterns(p place) PatternsPage {
	page := PatternsPage{Page: r.study(p, "Patterns", ""), Sentence: "What recurs across " + count(len(r.lib.Incidents), "incident") + ", with the incidents behind every number."}
	for _, s := range []struct{ label, url, question, found string }{
		{"What recurs together", combinationsURL, "What comes with what, more often than by chance", r.combinationsSentence(r.studies.combinations[r.countings.usual](), r.countings.usual)},
		{"Causes and factors", matrixURL(pairs()[0]), "Which meet, for any two dimensions", r.cells(p, pairs()[0], r.countings.usual).Sentence},
		{"The same again", familiesURL, "Did this happen before", r.familiesSentence(r.studies.families())},
		{"How long it took", durationsURL, "What is usual, and what differs", r.durationsSentence()},
		{"When it happened", timeURL, "Is there a season, an hour, anything new", r.timeSentence(r.found.Calendar(r.found.Incidents()))},
		{"Wrong turns", wrongURL, "What was suspected, and was not it", r.wrongSentence(r.found.WrongTurns(r.countings.usual))},
		{"What was promised", ledgerURL, "What became of the actions", r.ledgerSentence(r.studies.ledger())},
	} {
		page.Studies = append(page.Studies, Study{Link{Label: s.label, URL: p.to(s.url)}, s.question, s.found})
	}
	return page
}
