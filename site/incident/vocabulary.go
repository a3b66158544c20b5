package incident

import "slices"

// Term is one word of the vocabulary. ID is kebab-case and unique in its
// dimension; Definition is one sentence without a full stop.
type Term struct {
	Dimension  Dimension `json:"-"`
	ID         string    `json:"id"`
	Label      string    `json:"label"`
	Definition string    `json:"definition"`

	Aliases      []string    `json:"aliases,omitempty"`       // other names that people use for it
	Cues         []Cue       `json:"-"`                       // what texts say that tell of it
	ConfusedWith []Confusion `json:"confused_with,omitempty"` // terms of the dimension that it is taken for
	GoesWith     []string    `json:"goes_with,omitempty"`     // what it comes with by what the two mean, as queries write it: trigger:expiry
	Parent       string      `json:"parent,omitempty"`        // id of the wider term, "" for none
	Source       string      `json:"source,omitempty"`        // where the term was taken from
	Effect       string      `json:"effect,omitempty"`        // what a factor does where nothing else is known: one of Effects

	Formerly   []string `json:"formerly,omitempty"`   // ids that it had before; a former id of several was split
	Deprecated string   `json:"deprecated,omitempty"` // what to use instead, without a full stop; "" = in use
}

// Cue is a wording that tells of a term, in the notation of package site/cue.
type Cue struct {
	Text   string
	Weight CueWeight
	In     []SectionKind // the sections that it counts in; none = all
}

// CueWeight says how much a cue tells: on its own, together with others, hardly, that the term does
// not fit, or nothing: its words are not those of shorter cues.
type CueWeight uint8

// The weights of cues.
const (
	UsualCue CueWeight = iota
	StrongCue
	WeakCue
	AgainstCue
	NoCue
)

// String is the weight as a vocabulary writes it.
func (w CueWeight) String() string {
	return [...]string{"usual", "strong", "weak", "against", "none"}[w]
}

// Confusion names a neighboring term, and what sets the two apart.
type Confusion struct {
	ID      string `json:"id"`
	Because string `json:"because,omitempty"`
}

// Vocabulary is the set of terms that a library's tags are chosen from, in the
// order in which its authors put them.
type Vocabulary struct {
	terms [dimensionCount][]Term
	at    [dimensionCount]map[string]int
}

// Set adds the term, or replaces the one of the same dimension and id in its place.
func (v *Vocabulary) Set(t Term) {
	if v.at[t.Dimension] == nil {
		v.at[t.Dimension] = map[string]int{}
	}
	if i, ok := v.at[t.Dimension][t.ID]; ok {
		v.terms[t.Dimension][i] = t
		return
	}
	v.at[t.Dimension][t.ID] = len(v.terms[t.Dimension])
	v.terms[t.Dimension] = append(v.terms[t.Dimension], t)
}

// Remove takes the term out of the vocabulary. One that it does not hold is none.
func (v *Vocabulary) Remove(d Dimension, id string) {
	at, ok := v.at[d][id]
	if !ok {
		return
	}
	v.terms[d] = slices.Delete(v.terms[d], at, at+1)
	delete(v.at[d], id)
	for i := at; i < len(v.terms[d]); i++ {
		v.at[d][v.terms[d][i].ID] = i
	}
}

// Terms returns the dimension's terms in order. The caller must not change them. A nil
// vocabulary has none.
func (v *Vocabulary) Terms(d Dimension) []Term {
	if v == nil {
		return nil
	}
	return v.terms[d]
}

// Lookup returns the term of the dimension with the id.
func (v *Vocabulary) Lookup(d Dimension, id string) (Term, bool) {
	if v == nil {
		return Term{}, false
	}
	i, ok := v.at[d][id]
	if !ok {
		return Term{}, false
	}
	return v.terms[d][i], true
}

// Unknown is the id that is legal in every dimension: investigated, or told by
// nobody, and not established.
const Unknown = "unknown"

// Legal reports whether a tag of the dimension may have the id.
func (v *Vocabulary) Legal(d Dimension, id string) bool {
	_, ok := v.at[d][id]
	return ok || id == Unknown
}

// Former returns the terms of the dimension that had the id before: one that was renamed
// or that others were merged into, several where it was split.
func (v *Vocabulary) Former(d Dimension, id string) []Term {
	var terms []Term
	for _, t := range v.Terms(d) {
		if slices.Contains(t.Formerly, id) {
			terms = append(terms, t)
		}
	}
	return terms
}

// IDs returns the ids of the dimension's terms in order.
func (v *Vocabulary) IDs(d Dimension) []string {
	ids := make([]string, len(v.terms[d]))
	for i, t := range v.terms[d] {
		ids[i] = t.ID
	}
	return ids
}

// Label returns the term's label, or the id itself for one that the vocabulary
// does not hold.
func (v *Vocabulary) Label(d Dimension, id string) string {
	if t, ok := v.Lookup(d, id); ok {
		return t.Label
	}
	return id
}
