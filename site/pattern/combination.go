package pattern

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/bits"
	"slices"
	"strings"

	"faultline/site/incident"
	"faultline/site/pattern/stat"
)

// MiningOptions says which combinations are looked for. Zero values stand for the defaults.
type MiningOptions struct {
	Support int // fewest incidents of a combination; 3, and never fewer
	Size    int // most values that it is found by; 4
	Work    int // most combinations that are tried; 20,000
	Limit   int // most combinations that are returned; 500
}

func (o MiningOptions) settled() MiningOptions {
	return MiningOptions{Support: max(o.Support, Least), Size: cmp.Or(o.Size, 4), Work: cmp.Or(o.Work, 20_000), Limit: cmp.Or(o.Limit, 500)}
}

// Combinations is what Combinations found, the most surprising first.
type Combinations struct {
	Found   []Combination
	Asked   int // fewest incidents that were asked for
	Support int // fewest incidents that were looked for: more where there was too much to try
	Tried   int // combinations that were tried
	Claimed int // of them: more than chance
	More    int // that the limit left out
}

// Raised reports whether rarer combinations were left out because there were too many.
func (c Combinations) Raised() bool { return c.Support > c.Asked }

// Combination is values that the same incidents share, all of those that they share: adding
// any other value would lose an incident.
type Combination struct {
	ID        string // fit for a URL, and the same as long as the values are
	Values    []*Group
	Incidents []*incident.Incident // newest first and undated last
	N         int                  // incidents
	Of        int                  // incidents that have any value in each of the values' facets

	// Parts are the two parts of the combination of whose meeting by chance most is expected,
	// and Table is how often they were seen. A combination of three says nothing new when it is
	// a surprising pair and a third value that comes with it as it comes with anything: so it
	// is as surprising as the least surprising of all ways to split it (productive itemsets:
	// Webb, Self-Sufficient Itemsets, ACM TKDD 4, 2010).
	Parts [2][]*Group
	Table stat.Table
	P     float64 // of so many by chance, the greatest of all ways to split
	Q     float64 // the same among all combinations that were tried

	// Organization is the one that all incidents are from, nil where there are several or it is
	// not known. Own is the table within that organization.
	Organization *Group
	Own          stat.Table

	// Repeats counts the incidents that are the trouble of another again.
	Repeats int

	// OneSentence counts the incidents of which one sentence of the text suggests both parts.
	OneSentence int
	Verdict     Verdict

	// Under is the ID of one found before that has all of these values and others, or some of
	// them and no others: the two say much the same. It is "" for none.
	Under string

	surprise float64
}

// Lift is how many times as often as expected the parts were seen together.
func (c Combination) Lift() float64 { return c.Table.Lift() }

// Seen says in plain words how often it was seen, and how often chance gives it.
func (c Combination) Seen() string { return seen(c.Table) }

// Words says the verdict in plain words.
func (c Combination) Words() string {
	said := words(c.Verdict, c.Table)
	if c.Verdict == OwnHabit {
		said += fmt.Sprintf(", of whose own %d incidents %s were expected to have them", c.Own.N, decimal(c.Own.Expected()))
	}
	return said
}

// Combinations finds the values that recur together in the facets of Mined, a term among them:
// services and technologies alone say what is run, not how it fails. First come those
// that are more than chance, then those that may be; among these the one that is more often
// than expected by the greatest factor, taken at the lower end of its interval so that few
// incidents do not outdo many.
func (t *Tally) Combinations(opt MiningOptions) Combinations {
	opt = opt.settled()
	m := t.miner(opt)
	mined := stat.Closed(m.sets, stat.Search{Support: opt.Support, Size: opt.Size, Work: opt.Work})
	found := Combinations{Asked: opt.Support, Support: mined.Support}
	for _, set := range mined.Sets {
		if c, ok := m.combination(set); ok {
			found.Found = append(found.Found, c)
		}
	}
	found.Tried = max(mined.Tried-m.singles(mined.Support), len(found.Found))
	m.judge(found.Found, found.Tried)
	slices.SortFunc(found.Found, func(a, b Combination) int {
		return cmp.Or(cmp.Compare(b.Verdict, a.Verdict), cmp.Compare(b.surprise, a.surprise), cmp.Compare(b.N, a.N), cmp.Compare(a.ID, b.ID))
	})
	nest(found.Found)
	m.keep(&found, opt.Limit)
	return found
}

// nest puts each combination under the first before it that it narrows or widens.
func nest(found []Combination) {
	byValue := map[*Group][]int{} // places of those that are under none
	for i := range found {
		c := &found[i]
		if first := firstAkin(found, c, byValue); first >= 0 {
			c.Under = found[first].ID
			continue
		}
		for _, g := range c.Values {
			byValue[g] = append(byValue[g], i)
		}
	}
}

// firstAkin returns the first of those under none whose values are all in the combination, or
// all of whose values it has; -1 for none.
func firstAkin(found []Combination, c *Combination, byValue map[*Group][]int) int {
	first := -1
	for _, g := range c.Values {
		for _, at := range byValue[g] {
			if first >= 0 && at >= first {
				break
			}
			if within(c.Values, found[at].Values) || within(found[at].Values, c.Values) {
				first = at
				break
			}
		}
	}
	return first
}

// within reports whether all of the values are among others.
func within(values, others []*Group) bool {
	return !slices.ContainsFunc(values, func(g *Group) bool { return !slices.Contains(others, g) })
}

// keep drops what the limit leaves out, and gathers the incidents of the rest.
func (m *miner) keep(found *Combinations, limit int) {
	for _, c := range found.Found {
		if c.Verdict == More {
			found.Claimed++
		}
	}
	kept := min(len(found.Found), limit)
	found.More = len(found.Found) - kept
	found.Found = slices.Clone(found.Found[:kept])
	for i := range found.Found {
		m.gather(&found.Found[i])
	}
}

// mostJudged is the number of values up to which all ways to split are looked at. Of a
// combination with more the rarest are judged; such a one is reports of one thing.
const mostJudged = 8

// miner holds the values between which combinations are looked for.
type miner struct {
	t      *Tally
	values []*value
	sets   []stat.Set
	parts  []stat.Set // room for the incidents of every part of a combination
	counts []int
	number map[*Group]int
	from   []*Group // by position of the incident, its organization
}

func (t *Tally) miner(opt MiningOptions) *miner {
	m := &miner{t: t, counts: make([]int, 1<<mostJudged), number: map[*Group]int{}, from: make([]*Group, len(t.rows))}
	for _, v := range t.values {
		if slices.Contains(Mined, v.group.Facet) && len(v.at) >= opt.Support {
			set := stat.NewSet(len(t.rows))
			for _, at := range v.at {
				set.Add(int(at))
			}
			m.number[v.group] = len(m.values)
			m.values, m.sets = append(m.values, v), append(m.sets, set)
		}
	}
	for _, g := range t.found.groups[Organization] {
		for _, at := range g.at {
			m.from[at] = g
		}
	}
	for range 1 << mostJudged {
		m.parts = append(m.parts, stat.NewSet(len(t.rows)))
	}
	return m
}

// singles counts the values that the support leaves, which are no combinations.
func (m *miner) singles(support int) int {
	n := 0
	for _, v := range m.values {
		if len(v.at) >= support {
			n++
		}
	}
	return n
}

// combination makes one of an item set; false where less than two values are left, or no
// term, when those are taken out that others of it imply by definition.
func (m *miner) combination(set stat.Itemset) (Combination, bool) {
	items := m.plain(set.Items)
	if len(items) < 2 || named(m.values[items[0]].group.Facet) {
		return Combination{}, false // terms come before names
	}
	c := Combination{N: set.Count}
	for _, i := range items {
		c.Values = append(c.Values, m.values[i].group)
	}
	judged := slices.Clone(items)
	slices.SortStableFunc(judged, func(a, b int) int { return cmp.Compare(len(m.values[a].at), len(m.values[b].at)) })
	judged = judged[:min(len(judged), mostJudged)]
	m.intersect(judged, c.Values)
	if len(items) < len(set.Items) && m.counts[1<<len(judged)-1] != set.Count {
		return Combination{}, false // without the implied values others share it too: that is another item set
	}
	c.ID, c.Of = combinationID(c.Values), m.counts[0]
	m.split(&c, judged)
	c.Organization = m.organization(m.parts[1<<len(judged)-1])
	return c, true
}

// plain leaves out the items that others imply by definition: a technology that is named
// like a service, a term that is wider than another.
func (m *miner) plain(items []int) []int {
	return slices.DeleteFunc(slices.Clone(items), func(i int) bool {
		return slices.ContainsFunc(items, func(j int) bool {
			g, other := m.values[i].group, m.values[j].group
			return j < i && g.Facet != other.Facet && g.key == other.key || m.t.found.wider(g, other)
		})
	})
}

// intersect counts for every part of the items, told by its bits, the incidents that have
// all of it, among those with any value in the facets of the whole combination.
func (m *miner) intersect(items []int, values []*Group) {
	known := m.parts[0]
	copy(known, m.t.known[values[0].Facet])
	for _, g := range values[1:] {
		known.And(known, m.t.known[g.Facet])
	}
	m.counts[0] = known.Count()
	for part := 1; part < 1<<len(items); part++ {
		first := bits.TrailingZeros(uint(part))
		m.parts[part].And(m.parts[part&(part-1)], m.sets[items[first]])
		m.counts[part] = m.parts[part].Count()
	}
}

// split finds the way to split the items that explains their meeting best.
func (m *miner) split(c *Combination, items []int) {
	whole := 1<<len(items) - 1
	best := 0
	for part := 1; part < whole; part += 2 { // the first item is always in this part
		table := m.table(part, whole)
		p := surplus(table)
		if best == 0 || cmp.Or(cmp.Compare(p, c.P), cmp.Compare(table.Expected(), c.Table.Expected())) > 0 {
			best, c.P, c.Table = part, p, table
		}
	}
	for i, item := range items {
		side := 1 - best>>i&1
		c.Parts[side] = append(c.Parts[side], m.values[item].group)
	}
}

func (m *miner) table(part, whole int) stat.Table {
	return stat.Table{Both: m.counts[whole], A: m.counts[part], B: m.counts[whole&^part], N: m.counts[0]}
}

// organization is the one that all incidents of the set are from, nil where they are from
// several or one does not say.
func (m *miner) organization(set stat.Set) *Group {
	var one *Group
	for at := range set.All() {
		if from := m.from[at]; from == nil || one != nil && from != one {
			return nil
		}
		one = m.from[at]
	}
	return one
}

// judge adjusts the probabilities of all combinations and looks closer at those that are
// more than chance.
func (m *miner) judge(found []Combination, tried int) {
	p := make([]float64, len(found))
	for i, c := range found {
		p[i] = c.P
	}
	for i, q := range stat.Adjust(p, tried) {
		c := &found[i]
		c.Q, c.Verdict = q, judge(c.Table, c.P, q)
		if c.Verdict == More {
			m.judgeOwn(c)
			m.judgeWording(c)
		}
		if c.Verdict >= Perhaps {
			m.judgeRepeats(c)
		}
		if c.Verdict >= Perhaps && m.t.found.oneMeaning(c.Values) {
			c.Verdict = ByMeaning
		}
		if c.Verdict >= Perhaps {
			c.surprise = c.Table.Interval().Low
		}
	}
}

// judgeWording counts the incidents of which one sentence suggests both parts. What fewer
// than Least others have is no more than two names for one thing.
func (m *miner) judgeWording(c *Combination) {
	for at := range m.incidents(c).All() {
		inc := m.t.found.incidents[at]
		if slices.ContainsFunc(c.Parts[0], func(a *Group) bool {
			return slices.ContainsFunc(c.Parts[1], func(b *Group) bool { return oneSentence(inc, a, b) })
		}) {
			c.OneSentence++
		}
	}
	if c.N-c.OneSentence < Least {
		c.Verdict = ByWording
	}
}

// judgeRepeats counts troubles in the place of incidents: three reports of one trouble are one
// witness.
func (m *miner) judgeRepeats(c *Combination) {
	troubles := m.t.found.troubles()
	c.Repeats = c.N - troubles.count(m.incidents(c))
	if c.Repeats == 0 {
		return
	}
	known := m.parts[0]
	copy(known, m.t.known[c.Values[0].Facet])
	for _, g := range c.Values[1:] {
		known.And(known, m.t.known[g.Facet])
	}
	sides := m.parts[1:3]
	for side, part := range sides {
		copy(part, known)
		for _, g := range c.Parts[side] {
			part.And(part, m.set(g))
		}
	}
	if !troubles.more(known, sides[0], sides[1]) {
		c.Verdict = Repeated
	}
}

// gather fills in the combination's incidents.
func (m *miner) gather(c *Combination) {
	for at := range m.incidents(c).All() {
		c.Incidents = append(c.Incidents, m.t.found.incidents[at])
	}
}

// incidents are where the incidents of the combination are, until the next call.
func (m *miner) incidents(c *Combination) stat.Set {
	at := m.parts[0]
	copy(at, m.set(c.Values[0]))
	for _, g := range c.Values[1:] {
		at.And(at, m.set(g))
	}
	return at
}

// set is the incidents of a group that is mined.
func (m *miner) set(g *Group) stat.Set { return m.sets[m.number[g]] }

// judgeOwn looks at the combination among the incidents of the one organization that it is
// from, where the library has others: what is usual there is a habit of its own, and only
// looks surprising among strangers.
func (m *miner) judgeOwn(c *Combination) {
	if c.Organization == nil || c.Organization.N() == len(m.t.rows) {
		return
	}
	own, part := m.parts[0], m.parts[1]
	clear(own)
	for _, at := range c.Organization.at {
		own.Add(int(at))
	}
	for _, g := range c.Values {
		own.And(own, m.t.known[g.Facet])
	}
	c.Own = stat.Table{Both: c.N, N: own.Count()}
	for side, count := range []*int{&c.Own.A, &c.Own.B} {
		copy(part, own)
		for _, g := range c.Parts[side] {
			part.And(part, m.set(g))
		}
		*count = part.Count()
	}
	if surplus(c.Own) > doubtful {
		c.Verdict = OwnHabit
	}
}

// combinationID names a combination after its values: "cause-overload--factor-retry-storm".
// The names of values have no two hyphens in a row. What is too long for the name of a file
// ends in a sum of the whole instead.
func combinationID(values []*Group) string {
	var parts []string
	for _, g := range values {
		parts = append(parts, g.Facet.String()+"-"+g.ID)
	}
	slices.Sort(parts)
	id := strings.Join(parts, "--")
	if len(id) <= 120 {
		return id
	}
	sum := fnv.New64a()
	sum.Write([]byte(id))
	return fmt.Sprintf("%s--%016x", strings.TrimRight(strings.ToValidUTF8(clip(id, 100), ""), "-"), sum.Sum64())
}
