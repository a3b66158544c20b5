package tagger

import (
	"reflect"
	"slices"

	"faultline/site/incident"
	"faultline/site/parallel"
)

// Known is an incident of a library with the clues of its text. Incident and Clues are told
// apart by their addresses: what changed has another.
type Known struct {
	ID       string
	Incident *incident.Incident
	Clues    *Clues
}

// Learner suggests terms for the incidents of a library again and again as it changes. Each time
// they are those that Suggest gives for the whole library; only those are looked up again whose text has
// changed, or what is learned for them.
type Learner struct {
	tagger *Tagger
	memory *memory
	last   []*asked       // in the order of the library before
	at     map[string]int // of a path in last, where the library has another order; else nil
}

// asked is what one incident was answered.
type asked struct {
	path  string
	clues *Clues
	lookup
	answer *Suggestions
}

// Learner begins to follow a library.
func (t *Tagger) Learner() *Learner { return &Learner{tagger: t} }

// Suggest returns the suggestions for the incidents of the library, in order. Those that are the same as
// the last time have the same address. Every incident has another path.
func (l *Learner) Suggest(library []Known) []*Suggestions {
	news := l.remember(library)
	l.align(library)
	answers, states := make([]*Suggestions, len(library)), make([]*asked, len(library))
	parallel.Each(len(library), func(n int) {
		k := library[n]
		state := l.before(n, k.Incident.Path)
		if state == nil || state.clues != k.Clues || news.touches(l.memory, state) {
			state = l.ask(k, state)
		}
		answers[n], states[n] = state.answer, state
	})
	l.last = states
	return answers
}

// align prepares before for a library.
func (l *Learner) align(library []Known) {
	if l.at = nil; l.inPlace(library) {
		return
	}
	l.at = make(map[string]int, len(l.last))
	for n, a := range l.last {
		l.at[a.path] = n
	}
}

// inPlace reports whether all incidents stand where they stood before.
func (l *Learner) inPlace(library []Known) bool {
	return slices.EqualFunc(l.last, library, func(a *asked, k Known) bool { return a.path == k.Incident.Path })
}

// before is what the incident at a position and with a path was answered, nil for none.
func (l *Learner) before(n int, path string) *asked {
	if l.at == nil {
		return l.last[n]
	}
	if n, ok := l.at[path]; ok {
		return l.last[n]
	}
	return nil
}

// ask looks an incident up. An answer that rests on the same as before keeps its address.
func (l *Learner) ask(k Known, before *asked) *asked {
	now := &asked{path: k.Incident.Path, clues: k.Clues, lookup: l.tagger.recall(l.memory, k.Incident.Path, k.Clues)}
	if before != nil && before.clues == now.clues && slices.EqualFunc(before.near, now.near, similar.same) {
		now.answer = before.answer
		return now
	}
	answer := l.tagger.decide(k.Clues, now.near, l.tagger.settings.dimensions)
	if now.answer = &answer; before != nil && reflect.DeepEqual(before.answer, now.answer) {
		now.answer = before.answer
	}
	return now
}

// same reports whether two neighbors count alike.
func (x similar) same(y similar) bool {
	return x.similarity == y.similarity && x.id == y.id && slices.Equal(x.terms, y.terms)
}

// news is how a memory differs from the one before.
type news struct {
	all    bool            // in everything
	slots  map[string]bool // paths of incidents that were forgotten, are new, or have other terms
	stems  []uint32        // that other incidents have than before
	filter [1 << 10]uint64 // of stems, by their last 16 bits
}

// mostNews is the number of stems from which everything is looked up again.
const mostNews = 256

// remember brings the memory up to the library.
func (l *Learner) remember(library []Known) *news {
	list, changed := l.latest(library)
	if l.memory == nil || len(list) != len(l.memory.slots) {
		l.memory = newMemory(list)
		return &news{all: true}
	}
	n := l.memory.difference(list, changed)
	if n.all {
		l.memory = newMemory(list)
		return n
	}
	if len(n.slots) > 0 {
		l.memory = l.memory.replaced(list, n)
	}
	return n
}

// latest lists what is to be remembered of the library, and whether any of it is not remembered as it is.
func (l *Learner) latest(library []Known) (list []*remembered, changed bool) {
	list = make([]*remembered, 0, maxRemembered)
	for _, k := range slices.Backward(library) {
		if len(list) == maxRemembered {
			break
		}
		if x := l.known(k); x != nil {
			list = append(list, x)
			continue
		}
		if terms := l.tagger.given(k.Incident); len(terms) > 0 {
			list = append(list, &remembered{k.Incident.Path, k.ID, terms, k.Clues.stems, k.Incident})
			changed = true
		}
	}
	return list, changed
}

// known is what is remembered of an incident, nil where it changed or is not remembered.
func (l *Learner) known(k Known) *remembered {
	if l.memory == nil {
		return nil
	}
	at, ok := l.memory.at[k.Incident.Path]
	if !ok {
		return nil
	}
	if x := l.memory.slots[at]; x.incident == k.Incident && x.id == k.ID {
		return x
	}
	return nil
}

// difference tells how the list differs from what is remembered, which is as long.
func (m *memory) difference(list []*remembered, changed bool) *news {
	n := &news{slots: map[string]bool{}}
	if !changed {
		return n // as many, and each is known
	}
	here := make(map[string]bool, len(list))
	for _, x := range list {
		here[x.path] = true
		at, ok := m.at[x.path]
		switch {
		case !ok:
			n.slots[x.path] = true
			n.stems = append(n.stems, x.stems...)
		case m.slots[at] != x:
			n.slots[x.path] = true
			n.stems = append(n.stems, onlyInOne(m.slots[at].stems, x.stems)...)
		}
	}
	for _, x := range m.slots {
		if !here[x.path] {
			n.slots[x.path] = true
			n.stems = append(n.stems, x.stems...)
		}
	}
	slices.Sort(n.stems)
	n.stems = slices.Compact(n.stems)
	for _, s := range n.stems {
		n.filter[s>>6&1023] |= 1 << (s & 63)
	}
	n.all = len(n.stems) > mostNews
	return n
}

// onlyInOne lists what one of two ascending lists has and the other has not.
func onlyInOne(a, b []uint32) []uint32 {
	var list []uint32
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0] < b[0]:
			list, a = append(list, a[0]), a[1:]
		case len(a) == 0 || b[0] < a[0]:
			list, b = append(list, b[0]), b[1:]
		default:
			a, b = a[1:], b[1:]
		}
	}
	return list
}

// replaced is the memory with the list in place of what it remembers, from which it differs by
// the news. Incidents stay in their slots; those that are new take the slots of the forgotten.
func (m *memory) replaced(list []*remembered, n *news) *memory {
	now := &memory{slots: slices.Clone(m.slots), at: m.at, postings: m.postings, weights: m.weights}
	here := make(map[string]bool, len(list))
	for _, x := range list {
		here[x.path] = true
	}
	var free []int32
	for path := range n.slots {
		if at, ok := m.at[path]; ok {
			m.forget(at)
			if !here[path] {
				delete(m.at, path)
				free = append(free, at)
			}
		}
	}
	slices.Sort(free)
	for _, x := range list {
		if !n.slots[x.path] {
			continue
		}
		at, ok := now.at[x.path]
		if !ok {
			at, free = free[0], free[1:]
			now.at[x.path] = at
		}
		now.slots[at] = x
		for _, s := range x.stems {
			now.postings[s] = append(now.postings[s], at)
		}
	}
	return now
}

// forget takes a slot out of the postings.
func (m *memory) forget(at int32) {
	for _, s := range m.slots[at].stems {
		list := m.postings[s]
		if n := slices.Index(list, at); n >= 0 {
			list[n] = list[len(list)-1]
			list = list[:len(list)-1]
		}
		if m.postings[s] = list; len(list) == 0 {
			delete(m.postings, s)
		}
	}
}

// touches reports whether an incident that was asked before may be answered otherwise.
func (n *news) touches(m *memory, a *asked) bool {
	if n.all {
		return true
	}
	if len(n.slots) == 0 {
		return false
	}
	for _, x := range a.near {
		if n.slots[x.path] {
			return true
		}
	}
	for _, x := range a.top {
		if s := stemOf(x); n.filter[s>>6&1023]&(1<<(s&63)) != 0 {
			return true
		}
	}
	return slices.ContainsFunc(n.stems, func(s uint32) bool { return m.couldTell(s, a) })
}

// couldTell reports whether a stem may be among the most telling ones of the incident now.
func (m *memory) couldTell(s uint32, a *asked) bool {
	count := len(m.postings[s])
	if count == 0 || count > maxCommon {
		return false
	}
	if len(a.top) == telling && uint64(count)<<32|uint64(s) > a.top[telling-1] {
		return false
	}
	_, has := slices.BinarySearch(a.clues.stems, s)
	return has
}
