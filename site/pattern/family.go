package pattern

import (
	"cmp"
	"slices"

	"faultline/site/incident"
)

// Family is incidents that look like the same one again: at least two, each tied to one
// before it or declared to repeat it.
type Family struct {
	Incidents []*incident.Incident // oldest first, undated before all
	Ties      []Tie                // by their incidents, oldest first; at least one less than incidents
}

// ID is that of the family's oldest incident.
func (f *Family) ID() string { return f.Incidents[0].ID }

// Tie is why an incident belongs to the family of an earlier one.
type Tie struct {
	Incident, Earlier *incident.Incident
	Kind              TieKind
	Shared            []*Group // terms and names that both have, the most telling first
	Words             []string // that few reports have, and the beginnings of both; the rarest first
	Titles            bool     // the titles say nearly the same
	Days              int      // between their dates
	Dated             bool     // both dates are known to the day
}

// TieKind says what ties an incident to an earlier one.
type TieKind string

// The kinds of ties.
const (
	Declared TieKind = "declared" // an author says that the one repeats the other
	Alike    TieKind = "alike"    // they share terms, names and words
	Twice    TieKind = "twice"    // the texts say nearly the same of the same day: perhaps one incident, reported twice
)

// resemblance is how alike two incidents are, each part between 0 and 1: likeness of
// the titles, of what the reports say first, and of the terms and names that they have.
type resemblance struct{ title, text, terms float64 }

// What resemblance makes two incidents a family: measured on reports of five public
// collections, where what lay above was the same again to a careful reader.
const (
	titleShare = 0.3
	textShare  = 0.35
	termShare  = 0.35

	sameIncident = 0.3
	someTitle    = 0.3
	someText     = 0.1
	sameTitle    = 0.8
	sameText     = 0.8
)

func (r resemblance) total() float64 {
	return titleShare*r.title + textShare*r.text + termShare*r.terms
}

// same reports whether it makes a family: terms alone do not, as many incidents share
// them that have nothing to do with each other.
func (r resemblance) same() bool {
	return r.total() >= sameIncident && (r.title >= someTitle || r.text >= someText)
}

// What bounds the work: words and values that more incidents have lead nowhere, and
// each incident is compared with so many earlier ones.
const (
	mostHolders = 64
	mostTried   = 24
)

// What words a tie lists: so many, of those that so few reports have or an eighth of all.
const (
	mostTieWords = 6
	fewHolders   = 3
)

// kinship compares the incidents of a library.
type kinship struct {
	*Findings
	titles, texts *wordings
	groups        [][]*Group // by position: telling groups
	weights       []float64  // by position: what they weigh together
	holders       [][]int32  // by word of texts: positions of the incidents so far
}

func (f *Findings) kinship() *kinship {
	n := len(f.incidents)
	titles, texts := make([]string, n), make([]string, n)
	k := &kinship{Findings: f, groups: make([][]*Group, n), weights: make([]float64, n)}
	for i, inc := range f.incidents {
		titles[i], texts[i] = inc.Title, beginning(inc)
		k.groups[i] = f.tellingGroups(inc)
		k.weights[i] = f.weigh(k.groups[i])
	}
	k.titles, k.texts = readWordings(titles), readWordings(texts)
	k.holders = make([][]int32, len(k.texts.words))
	return k
}

// beginning is what a report says first: its title, lead and symptoms.
func beginning(inc *incident.Incident) string {
	text := inc.Title + "\n" + inc.Lead()
	for _, s := range inc.Symptoms {
		text += "\n" + s.Text
	}
	return text
}

func (f *Findings) weigh(groups []*Group) float64 {
	sum := 0.0
	for _, g := range groups {
		sum += f.weight(g)
	}
	return sum
}

// compare tells how alike the incidents at two positions are.
func (k *kinship) compare(a, b int32) resemblance {
	r := resemblance{title: k.titles.likeness(a, b), text: k.texts.likeness(a, b)}
	shared := k.weigh(sharedWith(k.groups[a], b))
	if all := k.weights[a] + k.weights[b] - shared; all > 0 {
		r.terms = shared / all
	}
	return r
}

// candidates returns the positions of the earlier incidents that share most of what few
// incidents have, and remembers the incident for later ones.
func (k *kinship) candidates(at int32) []int32 {
	found := map[int32]float64{}
	for _, word := range k.texts.sets[at] {
		if len(k.holders[word]) < mostHolders {
			for _, other := range k.holders[word] {
				found[other] += k.texts.weight[word]
			}
			k.holders[word] = append(k.holders[word], at)
		}
	}
	for _, g := range k.groups[at] {
		if len(g.at) <= mostHolders {
			for _, other := range g.at {
				found[other] += k.weight(g)
			}
		}
	}
	var list []int32
	for other := range found {
		if other > at {
			list = append(list, other)
		}
	}
	slices.SortFunc(list, func(a, b int32) int { return cmp.Or(cmp.Compare(found[b], found[a]), cmp.Compare(a, b)) })
	return list[:min(len(list), mostTried)]
}

// Families finds the incidents that look like the same one again, the largest family
// first. What an author declares to be a repeat always is one, and what an author
// declares not to be the same never becomes one by looks.
func (f *Findings) Families() []*Family {
	k := f.kinship()
	u := newUnion(len(f.incidents))
	var ties []Tie
	for at, inc := range f.incidents {
		for _, id := range inc.Related.RepeatOf {
			if other := f.byID[id]; other != nil && other != inc {
				u.join(int32(at), f.position[other])
				ties = append(ties, k.tie(max(int32(at), f.position[other]), min(int32(at), f.position[other]), Declared))
			}
		}
	}
	for at := int32(len(f.incidents)) - 1; at >= 0; at-- {
		if tie, ok := k.nearest(at, u); ok {
			u.join(at, f.position[tie.Earlier])
			ties = append(ties, tie)
		}
	}
	return f.familiesOf(u, ties)
}

// nearest ties the incident to the earlier one that it is most like.
func (k *kinship) nearest(at int32, u *union) (Tie, bool) {
	best, most := int32(-1), resemblance{}
	for _, other := range k.candidates(at) {
		r := k.compare(at, other)
		if r.same() && r.total() > most.total() && sameOrganization(k.incidents[at], k.incidents[other]) && !k.kept(at, other, u) {
			best, most = other, r
		}
	}
	if best < 0 || u.find(at) == u.find(best) {
		return Tie{}, false
	}
	tie := k.tie(best, at, Alike)
	tie.Titles = most.title >= sameTitle
	if most.text >= sameText && tie.Dated && tie.Days <= 1 {
		tie.Kind = Twice
	}
	return tie, true
}

// kept reports whether an author keeps an incident of the one's family apart from one of
// the other's.
func (k *kinship) kept(a, b int32, u *union) bool {
	for _, x := range u.members(a) {
		for _, y := range u.members(b) {
			if k.apart(k.incidents[x], k.incidents[y]) || k.apart(k.incidents[y], k.incidents[x]) {
				return true
			}
		}
	}
	return false
}

func (f *Findings) apart(inc, other *incident.Incident) bool {
	return slices.ContainsFunc(inc.Related.NotSameAs, func(d incident.Different) bool { return f.byID[d.ID] == other })
}

// tie says what the incidents at two positions have in common; the later position is the
// earlier incident's.
func (k *kinship) tie(earlier, later int32, kind TieKind) Tie {
	t := Tie{Incident: k.incidents[later], Earlier: k.incidents[earlier], Kind: kind, Shared: sharedWith(k.groups[later], earlier)}
	for _, word := range k.texts.shared(later, earlier) {
		if k.tells(word) && len(t.Words) < mostTieWords {
			t.Words = append(t.Words, k.texts.words[word])
		}
	}
	a, b := t.Earlier.Date, t.Incident.Date
	if t.Dated = a.Precision >= incident.Day && b.Precision >= incident.Day; t.Dated {
		t.Days = int(b.From.Sub(a.From).Hours() / 24)
	}
	return t
}

// tells reports whether a word that two reports share says something of both: few have
// it, and it is not a number, which would mostly be a part of a date.
func (k *kinship) tells(word int32) bool {
	text := k.texts.words[word]
	return k.texts.holders[word] <= max(fewHolders, len(k.incidents)/8) && (text[0] < '0' || text[0] > '9')
}

// familiesOf gathers what was joined, the largest family first, of equals the one that
// struck last.
func (f *Findings) familiesOf(u *union, ties []Tie) []*Family {
	of := map[int32]*Family{}
	var families []*Family
	for at := int32(len(f.incidents)) - 1; at >= 0; at-- {
		root := u.find(at)
		if len(u.members(root)) < 2 {
			continue
		}
		if of[root] == nil {
			of[root] = &Family{}
			families = append(families, of[root])
		}
		of[root].Incidents = append(of[root].Incidents, f.incidents[at])
	}
	slices.SortStableFunc(ties, func(a, b Tie) int { return cmp.Compare(f.position[b.Incident], f.position[a.Incident]) })
	for _, t := range ties {
		family := of[u.find(f.position[t.Incident])]
		family.Ties = append(family.Ties, t)
	}
	slices.SortStableFunc(families, func(a, b *Family) int {
		return cmp.Or(cmp.Compare(len(b.Incidents), len(a.Incidents)), cmp.Compare(f.position[a.last()], f.position[b.last()]))
	})
	return families
}

func (f *Family) last() *incident.Incident { return f.Incidents[len(f.Incidents)-1] }

// familyOf returns the family of each incident that has one.
func familyOf(families []*Family) map[*incident.Incident]*Family {
	of := map[*incident.Incident]*Family{}
	for _, f := range families {
		for _, inc := range f.Incidents {
			of[inc] = f
		}
	}
	return of
}

// union keeps disjoint sets of positions.
type union struct {
	root []int32
	sets [][]int32 // by root
}

func newUnion(n int) *union {
	u := &union{make([]int32, n), make([][]int32, n)}
	for i := range u.root {
		u.root[i], u.sets[i] = int32(i), []int32{int32(i)}
	}
	return u
}

func (u *union) find(at int32) int32 { return u.root[at] }

func (u *union) members(at int32) []int32 { return u.sets[u.root[at]] }

// join makes one set of two; the smaller one moves.
func (u *union) join(a, b int32) {
	a, b = u.root[a], u.root[b]
	if a == b {
		return
	}
	if len(u.sets[a]) < len(u.sets[b]) {
		a, b = b, a
	}
	for _, at := range u.sets[b] {
		u.root[at] = a
	}
	u.sets[a] = append(u.sets[a], u.sets[b]...)
	u.sets[b] = nil
}
