package pattern

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"faultline/site/incident"
)

// Ledger is every action that the reports promise.
type Ledger struct {
	Promises    []*Promise // those of most reports first, then the oldest
	Actions     int        // of all reports
	Reports     int        // that promise anything
	Untraceable []Made     // with neither owner nor link, and not done or dropped; oldest first
	Known       []Known    // newest first
}

// Promise is one action: what one report promises, or several in nearly the same words.
type Promise struct {
	ID     string // unique in the ledger, fit for a URL
	Text   string // as it was promised first
	Made   []Made // oldest first
	Struck []Strike
}

// Made is one report's promise.
type Made struct {
	Incident *incident.Incident
	Action   *incident.Action
}

// Strike is an incident that came after a promise which nobody says was kept.
type Strike struct {
	Incident *incident.Incident
	Says     Says
}

// Says is who says that a strike has to do with the promise.
type Says string

// The grounds of a strike, the strongest first.
const (
	Prevented Says = "prevented" // its report: the action would have prevented it
	Repeats   Says = "repeats"   // its report: it repeats the incident that the promise is from
	Resembles Says = "resembles" // nobody: the two belong to one family, and the promise names what the later one is about
)

// Known is an incident whose report says that the problem was known before, with the
// earlier incidents of its family and what their reports promised.
type Known struct {
	Incident *incident.Incident
	Tag      incident.Tag // with the words of the report
	Earlier  []*incident.Incident
	Promised []Made
}

// knownIssue is the factor of an incident whose cause was known and not mended.
const knownIssue = "known-issue-open"

// sameAction is how alike two texts must be to promise the same; measured on the
// reports that repeat their actions.
const sameAction = 0.6

// mostAlike is with how many texts, those first with which it shares a rare word, one is
// compared.
const mostAlike = 24

// fewestWords is how many telling words a text must have to be compared: "add tests" of
// two reports need not be the same tests.
const fewestWords = 3

// Again is how many reports promise it beside the first.
func (p *Promise) Again() int {
	reports := map[*incident.Incident]bool{}
	for _, m := range p.Made {
		reports[m.Incident] = true
	}
	return len(reports) - 1
}

// Status is the last that a report says of what became of it, "" where none does.
func (p *Promise) Status() string {
	for _, m := range slices.Backward(p.Made) {
		if m.Action.Status != nil {
			return *m.Action.Status
		}
	}
	return ""
}

// Open reports whether no report says that it was done or dropped.
func (p *Promise) Open() bool { return !settled(p.Status()) }

func settled(status string) bool { return status == "done" || status == "dropped" }

// Since is when it was promised first, as far as known.
func (p *Promise) Since() incident.Time { return p.Made[0].Incident.Date }

// Ledger groups the actions of all reports. Reports of different organizations promise
// nothing to each other, so their actions are not compared.
func (f *Findings) Ledger() *Ledger {
	l := &Ledger{}
	made := f.actions()
	for _, m := range made {
		if m.Action.Owner == nil && m.Action.Link == nil && !settled(deref(m.Action.Status)) {
			l.Untraceable = append(l.Untraceable, m)
		}
	}
	l.Actions = len(made)
	l.Reports = len(reportsOf(made))
	for _, p := range f.promises().list {
		promise := *p
		l.Promises = append(l.Promises, &promise)
	}
	f.strike(l.Promises)
	l.Known = f.knownBefore()
	slices.SortStableFunc(l.Promises, func(a, b *Promise) int { return cmp.Compare(b.Again(), a.Again()) })
	return l
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// actions lists every action, that of the oldest incident first.
func (f *Findings) actions() []Made {
	var made []Made
	for _, inc := range slices.Backward(f.incidents) {
		for i := range inc.Actions {
			made = append(made, Made{inc, &inc.Actions[i]})
		}
	}
	return made
}

func reportsOf(made []Made) []*incident.Incident {
	var reports []*incident.Incident
	for _, m := range made {
		if n := len(reports); n == 0 || reports[n-1] != m.Incident {
			reports = append(reports, m.Incident)
		}
	}
	return reports
}

// promises are the actions of all reports, near-identical ones together, without what
// struck.
type promises struct {
	list []*Promise   // in the order in which they were made first
	open [][]*Promise // by position of the incident, for each of its actions; nil where it is not open
}

// promised puts the actions of all reports together.
func (f *Findings) promised() promises {
	made := f.actions()
	texts, organizations := make([]string, len(made)), make([]string, len(made))
	for i, m := range made {
		texts[i], organizations[i] = gist(m.Action.Text), fold(deref(m.Incident.Organization))
	}
	all := promises{open: make([][]*Promise, len(f.incidents))}
	of := make([]*Promise, len(made)) // by the action that begins it
	firsts := gathered(texts, func(one, other int) bool { return organizations[one] == organizations[other] })
	for i, m := range made {
		first := firsts[i]
		if of[first] == nil {
			of[first] = &Promise{Text: m.Action.Text}
			all.list = append(all.list, of[first])
		}
		of[first].Made = append(of[first].Made, m)
	}
	for i, m := range made {
		p := of[firsts[i]]
		if !p.Open() {
			p = nil
		}
		at := f.position[m.Incident]
		all.open[at] = append(all.open[at], p)
	}
	settlePromiseIDs(all.list)
	return all
}

// gathered puts each text to the first one that it is most like of those that begin a
// group and that it may be put to, or begins a group with it. It returns for each text the
// one that begins its group.
func gathered(texts []string, may func(one, other int) bool) []int {
	w := readWordings(texts)
	index := make([][]int, len(w.words)) // texts that begin groups, by the words of their signature
	firsts := make([]int, len(texts))
	for i := range texts {
		if first := w.nearest(i, index, func(other int) bool { return may(i, other) }); first >= 0 {
			firsts[i] = first
			continue
		}
		firsts[i] = i
		if len(w.sets[i]) < fewestWords {
			continue
		}
		for _, word := range w.signature(i, sameAction) {
			if len(index[word]) < mostHolders {
				index[word] = append(index[word], i)
			}
		}
	}
	return firsts
}

// nearest returns which of the texts indexed by the words of their signatures is most
// like a text, at least sameAction; the first of equals, -1 for none.
func (w *wordings) nearest(text int, index [][]int, may func(other int) bool) int {
	best, most := -1, 0.0
	if len(w.sets[text]) < fewestWords {
		return best
	}
	var tried []int
	for _, word := range w.signature(text, sameAction) {
		for _, other := range index[word] {
			a, b := w.totals[text], w.totals[other]
			if min(a, b) < sameAction*max(a, b) || slices.Contains(tried, other) {
				continue
			}
			if tried = append(tried, other); len(tried) > mostAlike {
				return best
			}
			like := w.likeness(int32(text), int32(other))
			if like >= sameAction && (like > most || like == most && other < best) && may(other) {
				best, most = other, like
			}
		}
	}
	return best
}

// gist is what an action says before it explains itself: "Add an alert: we saw that …".
func gist(text string) string {
	head, _, found := strings.Cut(text, ": ")
	if found && len(strings.Fields(head)) >= fewestWords {
		return head
	}
	return text
}

// sameOrganization reports whether two reports may be of one organization.
func sameOrganization(a, b *incident.Incident) bool {
	return fold(deref(a.Organization)) == fold(deref(b.Organization))
}

// settlePromiseIDs names each promise after its first action, which may be cited so.
func settlePromiseIDs(promises []*Promise) {
	taken := map[string]int{}
	for _, p := range promises {
		first := p.Made[0]
		slug := cmp.Or(strings.Trim(strings.ToValidUTF8(clip(incident.Slug(gist(first.Action.Text)), 60), ""), "-"), "action")
		p.ID = unique(slug, taken)
	}
}

// unique returns the id, with a number behind it where it is taken. An id is taken with
// the number up to which the ids made of it are.
func unique(id string, taken map[string]int) string {
	key := incident.Fold(id)
	free, n := id, taken[key]
	for n > 0 {
		n++
		if free = id + "-" + strconv.Itoa(n); taken[incident.Fold(free)] == 0 {
			break
		}
	}
	taken[key] = max(n, 1)
	if free != id {
		taken[incident.Fold(free)] = 1
	}
	return free
}

// strike finds for each promise that nobody says was kept the incidents that came after
// it: those whose reports say that it would have prevented them, that they repeat the
// incident it is from, or that belong to that incident's family and are about what it names.
func (f *Findings) strike(promises []*Promise) {
	prevented := f.preventable(promises)
	for _, p := range promises {
		if !p.Open() {
			continue
		}
		struck := map[*incident.Incident]Says{}
		for _, inc := range prevented[p] {
			struck[inc] = Prevented
		}
		for _, m := range p.Made {
			f.strikeAfter(m, struck)
		}
		p.Struck = strikesOf(struck, f.position)
	}
}

func (f *Findings) strikeAfter(m Made, struck map[*incident.Incident]Says) {
	made := m.Incident
	for _, inc := range f.relatives(made) {
		switch repeats := slices.ContainsFunc(inc.Related.RepeatOf, func(id string) bool { return f.byID[id] == made }); {
		case struck[inc] == Prevented || !before(made.Date, inc.Date):
		case repeats:
			struck[inc] = Repeats
		case struck[inc] == "" && f.kinship().speaksOf(f.position[inc], gist(m.Action.Text)):
			struck[inc] = Resembles
		}
	}
}

// speaksOf reports whether the incident at a position begins with words of the text that not all
// begin with, one that few do or two: of what a report promises, much is against other troubles
// than its own.
func (k *kinship) speaksOf(at int32, text string) bool {
	shared := 0
	for _, word := range k.texts.known(text) {
		if _, found := slices.BinarySearch(k.texts.sets[at], word); !found || k.texts.holders[word] > max(fewHolders, len(k.rows)/4) {
			continue
		}
		if shared++; shared == 2 || k.texts.few(word) {
			return true
		}
	}
	return false
}

// preventable finds the promises that later incidents name in would_have_prevented. A name
// that may be of several actions is of none.
func (f *Findings) preventable(promises []*Promise) map[*Promise][]*incident.Incident {
	found := map[*Promise][]*incident.Incident{}
	naming := slices.DeleteFunc(slices.Clone(f.incidents), func(inc *incident.Incident) bool { return len(inc.WouldHavePrevented) == 0 })
	if len(naming) == 0 {
		return found
	}
	promiseOf := map[*incident.Action]*Promise{}
	for _, p := range promises {
		for _, m := range p.Made {
			promiseOf[m.Action] = p
		}
	}
	actions := incident.IndexActions(f.incidents)
	for _, inc := range naming {
		for _, name := range inc.WouldHavePrevented {
			if cited, doubt := actions.Cited(inc, name); doubt == incident.NoDoubt {
				p := promiseOf[cited[0].Action]
				found[p] = append(found[p], inc)
			}
		}
	}
	return found
}

// before reports whether one time is known to be earlier than another.
func before(a, b incident.Time) bool { return a.Known() && b.Known() && a.From.Before(b.From) }

func strikesOf(struck map[*incident.Incident]Says, position map[*incident.Incident]int32) []Strike {
	var list []Strike
	for inc, says := range struck {
		list = append(list, Strike{inc, says})
	}
	slices.SortFunc(list, func(a, b Strike) int { return cmp.Compare(position[b.Incident], position[a.Incident]) })
	return list
}

// knownBefore lists the incidents whose reports say that the problem was known.
func (f *Findings) knownBefore() []Known {
	var all []Known
	for _, inc := range f.incidents {
		at := slices.IndexFunc(inc.Terms[incident.Factor], func(t incident.Tag) bool { return t.ID == knownIssue })
		if at < 0 {
			continue
		}
		k := Known{Incident: inc, Tag: inc.Terms[incident.Factor][at]}
		for _, other := range f.relatives(inc) {
			if !before(other.Date, inc.Date) {
				continue
			}
			k.Earlier = append(k.Earlier, other)
			for i := range other.Actions {
				k.Promised = append(k.Promised, Made{other, &other.Actions[i]})
			}
		}
		all = append(all, k)
	}
	return all
}
