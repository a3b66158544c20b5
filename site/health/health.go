// Package health measures how a library uses its vocabulary: how many incidents have
// been given terms and by whom, which terms nobody uses, which do not tell incidents
// apart, and where authors and the text of their reports disagree. It is a pure function
// of the snapshot.
//
// What is measured:
//
//	coverage      of all incidents, those with a term of the dimension by an author, else
//	              one accepted in bulk, else one suggested by the text, else none. Those
//	              whose only term is "unknown" count as covered and are counted again as unknown
//	unused        terms that no person has given to an incident
//	strays        ids that incidents have and the vocabulary has not
//	near          two spellings that are probably one: they differ in capitals, spaces and
//	              hyphens alone, in the forms of their words, or, from five letters on, in
//	              one letter. Numbers must be the same
//	broad         a term that at least MinBroad incidents have, BroadShare or more of those
//	              that have any of its dimension, and that comes with BroadWith or more of
//	              all other terms in use: it does not tell incidents apart
//	inseparable   two terms that the same incidents have, MinTogether or more of them, and
//	              never one without the other
//	disagreement  of incidents that authors gave terms of the dimension and whose language
//	              can be read: how many have the term by their author alone, by the text
//	              alone, and by both
//
// Tags count when a person stands behind them; suggestions are counted apart.
package health

import (
	"cmp"
	"slices"
	"strings"

	"faultline/site/incident"
)

// The limits of what is reported.
const (
	MinBroad    = 5
	BroadShare  = 0.4
	BroadWith   = 0.5
	MinTogether = 3
	MinDisagree = 2
)

// Health is how a library uses its vocabulary.
type Health struct {
	Incidents     int            `json:"incidents"`
	Dimensions    []Dimension    `json:"dimensions"` // the six, in order
	Near          []Near         `json:"near_duplicates"`
	Broad         []Broad        `json:"broad"`
	Inseparable   []Pair         `json:"inseparable"`
	Disagreements []Disagreement `json:"disagreements"` // most first
	Read          int            `json:"read"`          // incidents whose text could be asked
}

// Dimension is how one dimension is used. Author, Accepted, Suggested and None add up to
// the number of incidents.
type Dimension struct {
	Dimension incident.Dimension `json:"-"`
	Key       string             `json:"key"`
	Author    int                `json:"author"`    // incidents with a term that their author chose
	Accepted  int                `json:"accepted"`  // others with one that was accepted in bulk
	Suggested int                `json:"suggested"` // others with one that the text suggests
	None      int                `json:"none"`
	Unknown   int                `json:"unknown"` // incidents whose only term is "unknown"
	Terms     int                `json:"terms"`   // of the vocabulary, "unknown" and deprecated ones aside
	Unused    []Term             `json:"unused"`
	Strays    []Count            `json:"strays"` // most frequent first
}

// Term names a term of the vocabulary.
type Term struct {
	Dimension incident.Dimension `json:"-"`
	Field     string             `json:"dimension"`
	ID        string             `json:"id"`
}

// Count is a name with the number of incidents that have it.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Broad is a term that does not tell incidents apart: N of the Of incidents that have any
// term of its dimension have it, and it comes with With of the Used other terms.
type Broad struct {
	Term
	N    int `json:"n"`
	Of   int `json:"of"`
	With int `json:"with"`
	Used int `json:"used"`
}

// Pair is two terms that the same N incidents have.
type Pair struct {
	A Term `json:"a"`
	B Term `json:"b"`
	N int  `json:"n"`
}

// Disagreement counts the incidents that have a term by their author, by the text and by
// both, of Of that can be compared.
type Disagreement struct {
	Term
	AuthorOnly int    `json:"author_only"`
	TextOnly   int    `json:"text_only"`
	Both       int    `json:"both"`
	Of         int    `json:"of"`
	Example    string `json:"example"` // path of an incident on which they disagree
}

// Suggester tells the ids of the terms that the text of an incident suggests, by
// dimension. It is false for a text that it cannot read. What the author gave must not
// keep it from suggesting the same.
type Suggester func(*incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool)

// Of measures the library. Without a Suggester, suggestions are those that the incidents
// carry, and there are no disagreements.
func Of(lib *incident.Library, suggest Suggester) Health {
	h := Health{Incidents: len(lib.Incidents)}
	texts := ask(lib, suggest)
	u := usesOf(lib)
	for _, d := range incident.Dimensions {
		h.Dimensions = append(h.Dimensions, dimensionOf(lib, d, u, texts))
	}
	h.Near = nearOf(lib, h.Dimensions)
	h.Broad, h.Inseparable = u.broad(), u.inseparable()
	h.Disagreements, h.Read = disagreements(lib, texts)
	return h
}

// text is what the text of an incident suggests.
type text struct {
	ids [len(incident.Dimensions)][]string
	ok  bool
}

// ask asks all texts; nil without a Suggester.
func ask(lib *incident.Library, suggest Suggester) []text {
	if suggest == nil {
		return nil
	}
	texts := make([]text, len(lib.Incidents))
	for i, inc := range lib.Incidents {
		texts[i].ids, texts[i].ok = suggest(inc)
	}
	return texts
}

// dimensionOf counts who stands behind the terms of one dimension.
func dimensionOf(lib *incident.Library, d incident.Dimension, u *uses, texts []text) Dimension {
	count := Dimension{Dimension: d, Key: d.Key(), Unused: []Term{}, Strays: []Count{}}
	strays := map[string]int{}
	for i, inc := range lib.Incidents {
		for _, id := range inc.Strays(d) {
			strays[id]++
		}
		suggested := texts != nil && len(texts[i].ids[d]) > 0
		switch by := provenance(inc.Terms[d]); {
		case by == incident.Author:
			count.Author++
		case by == incident.Accepted:
			count.Accepted++
		case by == incident.Suggested || suggested:
			count.Suggested++
		default:
			count.None++
		}
		if ids := inc.Given(d); len(ids) == 1 && ids[0] == incident.Unknown {
			count.Unknown++
		}
	}
	for _, t := range lib.Vocabulary.Terms(d) {
		if t.ID == incident.Unknown || t.Deprecated != "" {
			continue
		}
		count.Terms++
		if len(u.at[key{d, t.ID}]) == 0 {
			count.Unused = append(count.Unused, termOf(key{d, t.ID}))
		}
	}
	count.Strays = countsOf(strays)
	return count
}

// provenance is the best of the tags, "" for none.
func provenance(tags []incident.Tag) incident.Provenance {
	for _, by := range []incident.Provenance{incident.Author, incident.Accepted, incident.Suggested} {
		if slices.ContainsFunc(tags, func(t incident.Tag) bool { return t.Provenance == by }) {
			return by
		}
	}
	return ""
}

func countsOf(by map[string]int) []Count {
	list := make([]Count, 0, len(by))
	for name, n := range by {
		list = append(list, Count{name, n})
	}
	slices.SortFunc(list, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Name, b.Name)) })
	return list
}

func termOf(k key) Term { return Term{k.dimension, k.dimension.Field(), k.id} }
