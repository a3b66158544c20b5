package render

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

const (
	ledgerURL   = patternsFolder + "actions/"
	everyAction = ledgerURL + "all/"
)

// How many entries the sections of the ledger's first page hold.
const (
	mostAgain   = 50
	mostStruck  = 50
	mostKnown   = 50
	mostSaid    = 1 // sentences of a report that say so, the strongest
	mostOldest  = 15
	mostMade    = 12  // reports that an entry names, and incidents
	mostActions = 200 // on a page that lists every action
)

// LedgerPage tells what the reports promise and what became of it.
type LedgerPage struct {
	Page
	Sentence string
	Again    []Promise // promised again
	Struck   []Promise // promised once, with incidents that struck while they were open
	Known    []Known   // incidents whose problem was known before
	Oldest   []Promise // of those that are open, or of which no report says otherwise
	Lost     string    // how many have neither owner nor link
	Every    Link      // to the list of all
}

// ActionsPage lists every action, the newest report's first.
type ActionsPage struct {
	Page
	Sentence string
	Promises []Promise
	Pages    []Link
}

// Promise is an action that one report promises, or several in nearly the same words.
type Promise struct {
	ID    string // "" where the page has told it before
	Text  string
	Says  string // how often, and what became of it
	Class string // its status as a class, "" where no report says
	Made  []Made // the first of them, as are those in Struck

	MoreMade   int
	Struck     []Struck
	MoreStruck int
}

// Made is where it was promised.
type Made struct {
	Row    Row
	Text   string // where it differs from the first
	Owner  string
	Status string
	URL    string // of its ticket, "" for none
}

// Struck is an incident that came after the promise.
type Struck struct {
	Row  Row
	Says string
}

// Known is an incident whose report says that the problem was known.
type Known struct {
	Row       Row
	Quotes    []Quote
	Suggested bool  // the text alone suggests it
	Earlier   []Row // the last of them before it, as are those in Promised
	Promised  []Made

	MoreEarlier, MorePromised int
}

func (r *Renderer) addLedger(late map[string]route) {
	r.addLatePage(late, ledgerURL+"index.html", "ledger.html", func(p place) any { return r.ledger(p) })
	promises := r.studies.ledger().Promises
	for n := range max(1, (len(promises)+mostActions-1)/mostActions) {
		r.addLatePage(late, numbered(everyAction, n)+"index.html", "actions.html", func(p place) any { return r.actions(p, n) })
	}
}

// longestPromise is the length in characters of an action in the ledger; its report has the rest.
const longestPromise = 500

// numbered is the address of the page with the number, from 0, of a list.
func numbered(url string, n int) string {
	if n == 0 {
		return url
	}
	return fmt.Sprintf("%spage-%d/", url, n+1)
}

func (r *Renderer) ledger(p place) LedgerPage {
	l := r.studies.ledger()
	page := LedgerPage{Page: r.study(p, "Actions", ""), Sentence: r.ledgerSentence(l)}
	page.Every = Link{Label: "Every action", URL: p.to(everyAction), N: l.Actions}
	for _, promised := range l.Promises {
		if promised.Again() > 0 && len(page.Again) < mostAgain {
			page.Again = append(page.Again, p.promise(promised))
		}
		if promised.Again() == 0 && len(promised.Struck) > 0 && len(page.Struck) < mostStruck {
			page.Struck = append(page.Struck, p.promise(promised))
		}
	}
	for _, k := range l.Known[:min(mostKnown, len(l.Known))] {
		page.Known = append(page.Known, p.known(k))
	}
	page.Oldest = p.oldest(l.Promises)
	page.Lost = lost(l)
	nameOnce(page.Again, page.Struck, page.Oldest)
	return page
}

// nameOnce takes the ids away from promises that a section before has.
func nameOnce(sections ...[]Promise) {
	seen := map[string]bool{}
	for _, promises := range sections {
		for i := range promises {
			if id := promises[i].ID; seen[id] {
				promises[i].ID = ""
			} else {
				seen[id] = true
			}
		}
	}
}

// oldest are the open promises of the oldest reports with a date.
func (p place) oldest(promises []*pattern.Promise) []Promise {
	open := slices.DeleteFunc(slices.Clone(promises), func(m *pattern.Promise) bool { return !m.Open() || !m.Since().Known() })
	slices.SortStableFunc(open, func(a, b *pattern.Promise) int { return a.Since().From.Compare(b.Since().From) })
	var list []Promise
	for _, m := range open[:min(mostOldest, len(open))] {
		list = append(list, p.promise(m))
	}
	return list
}

// ledgerSentence opens the page: "120 actions of 38 of 38 incidents; …".
func (r *Renderer) ledgerSentence(l *pattern.Ledger) string {
	if l.Actions == 0 {
		return "No report of " + phrase.Count(len(r.lib.Incidents), "incident") + " promises anything."
	}
	var all []incident.Action
	again := 0
	for _, m := range l.Promises {
		for _, made := range m.Made {
			all = append(all, *made.Action)
		}
		if m.Again() > 0 {
			again++
		}
	}
	s := fmt.Sprintf("The reports of %s promise something. ", share(l.Reports, len(r.lib.Incidents))) + promised(all)
	if again > 0 {
		s += " " + phrase.Agree(again, "action was", "actions were") + " promised more than once."
	}
	return s
}

// lost says how many actions nobody can be asked about.
func lost(l *pattern.Ledger) string {
	if len(l.Untraceable) == 0 {
		return ""
	}
	return fmt.Sprintf("%s of %s name neither an owner nor a ticket, and no report says what became of them: nobody can be asked.", phrase.Number(len(l.Untraceable)), phrase.Count(l.Actions, "action"))
}

func (p place) promise(m *pattern.Promise) Promise {
	v := Promise{ID: m.ID, Text: phrase.Shorten(m.Text, longestPromise), Class: m.Status(), Says: promiseSays(m)}
	v.MoreMade, v.MoreStruck = beyond(len(m.Made), mostMade), beyond(len(m.Struck), mostMade)
	for _, made := range m.Made[:len(m.Made)-v.MoreMade] {
		v.Made = append(v.Made, p.made(made, m.Text))
	}
	for _, s := range m.Struck[:len(m.Struck)-v.MoreStruck] {
		v.Struck = append(v.Struck, Struck{p.row(s.Incident), strikeSays[s.Says]})
	}
	return v
}

// beyond is how many of n are more than most.
func beyond(n, most int) int { return max(0, n-most) }

var strikeSays = map[pattern.Says]string{
	pattern.Prevented: "its report says that the action would have prevented it",
	pattern.Repeats:   "its report says that it is the same again",
	pattern.Resembles: "it looks like the same again",
}

func (p place) made(m pattern.Made, first string) Made {
	v := Made{Row: p.row(m.Incident), Owner: text(m.Action.Owner), Status: statusOf(*m.Action), URL: webURL(text(m.Action.Link))}
	if m.Action.Text != first {
		v.Text = phrase.Shorten(m.Action.Text, longestPromise)
	}
	return v
}

// promiseSays tells how often an action was promised and what became of it.
func promiseSays(m *pattern.Promise) string {
	s := "Promised once"
	if again := m.Again(); again > 0 {
		s = fmt.Sprintf("Promised in %s reports", phrase.Number(again+1))
	}
	if m.Status() == "" {
		return s + "; no report says what became of it."
	}
	return s + "; " + strings.ReplaceAll(m.Status(), "-", " ") + "."
}

func (p place) known(k pattern.Known) Known {
	v := Known{Row: p.row(k.Incident), Suggested: k.Tag.Provenance == incident.Suggested}
	v.MoreEarlier, v.MorePromised = beyond(len(k.Earlier), mostMade), beyond(len(k.Promised), mostMade)
	v.Earlier = p.rows(k.Earlier[v.MoreEarlier:])
	for _, e := range k.Tag.Evidence[:min(mostSaid, len(k.Tag.Evidence))] {
		v.Quotes = append(v.Quotes, Quote{unmarked(e.Text), template.URL(p.to(k.Incident.URL) + fragment(e.Anchor)), e.Line})
	}
	for _, m := range k.Promised[v.MorePromised:] {
		v.Promised = append(v.Promised, p.made(m, ""))
	}
	return v
}

func (r *Renderer) actions(p place, n int) ActionsPage {
	all := r.studies.ledger().Promises
	title := "Every action"
	if n > 0 {
		title += fmt.Sprintf(" · page %d", n+1)
	}
	page := ActionsPage{Page: r.study(p, title, ""), Sentence: "Those promised most often first, then by the age of the report."}
	for _, m := range all[n*mostActions : min(len(all), (n+1)*mostActions)] {
		page.Promises = append(page.Promises, p.promise(m))
	}
	page.Pages = p.pages(everyAction, n, len(all), mostActions)
	return page
}

// pages links to the pages of a list, nil where there is one.
func (p place) pages(url string, current, total, size int) []Link {
	if total <= size {
		return nil
	}
	var links []Link
	for n := range (total + size - 1) / size {
		links = append(links, Link{Label: phrase.Number(n + 1), URL: p.to(numbered(url, n)), Current: n == current})
	}
	return links
}
