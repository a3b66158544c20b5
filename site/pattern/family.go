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
	Common
	Days  int  // between their dates
	Dated bool // both dates are known to the day
}

// TieKind says what ties an incident to an earlier one.
type TieKind string

// The kinds of ties.
const (
	Declared TieKind = "declared" // an author says that the one repeats the other
	Alike    TieKind = "alike"    // they share terms, names and words
	Twice    TieKind = "twice"    // the texts say nearly the same of the same day: perhaps one incident, reported twice
)

// What resemblance makes two incidents a family: measured on reports of five public
// collections, where what lay above was the same again to a careful reader.
const (
	sameIncident = 0.3
	someTitle    = 0.3
	someText     = 0.1
	sameText     = 0.8
)

// same reports whether it makes a family: terms alone do not, as many incidents share
// them that have nothing to do with each other.
func (r resemblance) same() bool {
	return r.total() >= sameIncident && (r.title >= someTitle || r.text >= someText)
}

// Families finds the incidents that look like the same one again, the largest family
// first. What an author declares to be a repeat always is one, and what an author
// declares not to be the same never becomes one by looks. They are found once; the caller must
// not change them.
func (f *Findings) Families() []*Family { return f.families() }

func (f *Findings) findFamilies() []*Family {
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
	for _, other := range k.candidates(at, at+1) {
		r := k.compare(at, other)
		if r.same() && r.total() > most.total() && (r.title >= someTitle || k.failedAlike(at, other)) && sameOrganization(k.found.incidents[at], k.found.incidents[other]) && !k.kept(at, other, u) {
			best, most = other, r
		}
	}
	if best < 0 || u.find(at) == u.find(best) {
		return Tie{}, false
	}
	tie := k.tie(best, at, Alike)
	if most.text >= sameText && tie.Dated && tie.Days <= 1 {
		tie.Kind = Twice
	}
	return tie, true
}

// failedAlike reports whether the incidents at two positions share a value that says how they
// failed: with what they run on, what found them and what was done all incidents of a platform
// are alike.
func (k *kinship) failedAlike(a, b int32) bool {
	return slices.ContainsFunc(k.shared(a, b), func(number int32) bool {
		switch k.values[number].group.Facet {
		case Technology, Detection, Mitigation:
			return false
		}
		return true
	})
}

// kept reports whether an author keeps an incident of the one's family apart from one of
// the other's.
func (k *kinship) kept(a, b int32, u *union) bool {
	for _, x := range u.members(a) {
		for _, y := range u.members(b) {
			if k.found.apart(k.found.incidents[x], k.found.incidents[y]) || k.found.apart(k.found.incidents[y], k.found.incidents[x]) {
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
	t := Tie{Incident: k.found.incidents[later], Earlier: k.found.incidents[earlier], Kind: kind, Common: k.inCommon(later, earlier)}
	a, b := t.Earlier.Date, t.Incident.Date
	if t.Dated = a.Precision >= incident.Day && b.Precision >= incident.Day; t.Dated {
		t.Days = int(b.From.Sub(a.From).Hours() / 24)
	}
	return t
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

// FamilyOf returns the family that the incident belongs to, nil for none.
func (f *Findings) FamilyOf(inc *incident.Incident) *Family { return f.familyOf()[inc] }

// byIncident finds the family of each incident that has one.
func (f *Findings) byIncident() map[*incident.Incident]*Family {
	of := map[*incident.Incident]*Family{}
	for _, family := range f.families() {
		for _, inc := range family.Incidents {
			of[inc] = family
		}
	}
	return of
}

// relatives are the incidents of the incident's family, itself among them; nil where it has none.
func (f *Findings) relatives(inc *incident.Incident) []*incident.Incident {
	if family := f.FamilyOf(inc); family != nil {
		return family.Incidents
	}
	return nil
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
