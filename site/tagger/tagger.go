// Package tagger suggests terms of the vocabulary for an incident, each with the
// sentences of the report that support it. It decides nothing: authors do.
//
// # How a suggestion comes about
//
// A report is read as sentences, each of which knows the kind of section that it stands in.
// All cues of the vocabulary and all modifiers are found in one pass over the words of a
// sentence. What a cue counts is a product:
//
//	weight of the cue (strong, usual, weak)
//	x weight of the place for the dimension (a root cause section outweighs background)
//	x factor of every modifier that reaches the cue (negation, doubt, a question, the future)
//	x factor of a heading, of a cue that runs over the end of a clause, and of a row of a timeline
//	  behind the first one that tells
//
// A promise in running text counts for factors as an action item does. Words that name the report's own
// organization tell nothing of what others did. Of cues of one dimension that stand in the same words the longest alone counts; of terms
// that are confused with each other the weaker one loses the words that both rest on.
// Repeats of one cue count less and less: the n-th by Repeat to the power of n-1. With S the sum
// of all that speaks for a term,
//
//	confidence = 1 - exp(-S)
//
// and a term is suggested from the threshold of its dimension on, at most as many as the
// dimension's cap. All numbers stand in weights.yaml, all words of modifiers in modifiers.yaml.
//
// The order of a report tells as well. The sentence and the row that first tell of a dimension count most; rows
// behind the one in which the trouble was noticed tell no trigger. Causes that others bring about (an exhausted
// resource, a cascade) stand behind those that brought them about, the one that the title names
// before both. Of two terms that rule each other out, such as a full and a partial outage, the
// weaker one is left out.
//
// # How far to trust it
//
// Micro-F1 on 45 hand-labelled reports, and cross-validated as far as thresholds and caps are
// concerned ("go run ./site/tagger/fit" prints both): trigger .72 (.69), causes .75 (.72), factors .74 (.72), detection .77
// (.77), mitigation .73 (.74), impact .63 (.62), precision .70 or more in each; the primary cause is
// right in .62. The words of the cues were chosen with a part of these reports in view, so expect less of
// others: a reader of 480 suggestions on unlabelled reports accepted 78 % by their quotes, of mitigations 70 %.
// "faultline eval" measures it on labels of your own.
//
// # Learning
//
// Incidents that people have tagged pull similar ones: a term that the text itself supports gains up to
// Pull of what it has, by the share of the most similar tagged incidents that have it. What has
// no sentence to show for it is never suggested, so that every suggestion can be defended by
// its quote.
//
// # Languages
//
// Cues are English. A report in another language gets no suggestion, and a note says so.
package tagger

import (
	"slices"
	"sync"

	"faultline/site/cue"
	"faultline/site/incident"
)

// NotSupported is the note on a report whose language has no cues.
const NotSupported = "language not supported for tagging"

// Options are what a tagger may know beside the vocabulary.
type Options struct {
	Learn []*incident.Incident // the library; only what people tagged is learned from
}

// Suggestions is what the text of an incident suggests, by dimension. Note says why there is
// nothing, where that is not the text's doing.
type Suggestions struct {
	Tags [len(incident.Dimensions)][]Suggestion
	Note string
}

// Suggestion is a term with what supports it. Causes are in order, the primary one first;
// mitigations in the order of the clocks of the rows that tell them, then in that of the text; all others by confidence.
type Suggestion struct {
	ID         string     `json:"id"`
	Confidence float64    `json:"confidence"` // between 0 and 1
	Primary    bool       `json:"primary"`    // the first cause
	Effect     *string    `json:"effect"`     // of a factor: enabled, worsened or prolonged, by its words, else the usual one of the term
	Effective  *string    `json:"effective"`  // of a mitigation: yes, no or partly, where the words say so
	Evidence   []Evidence `json:"evidence"`   // the strongest first; never empty
	Learned    []string   `json:"learned"`    // ids of incidents that raised the confidence
}

// Evidence is a sentence of the source, character by character as it stands there; it may
// run over several lines, whose ends are "\n" whatever they are in the file. Line is that of the file on which it begins; Anchor is the id of its heading on the page, "" for none.
type Evidence struct {
	Text   string  `json:"text"`
	Line   int     `json:"line"`
	Anchor string  `json:"anchor"`
	Weight float64 `json:"-"` // what it added to the sum
}

// Tagger suggests terms. It is safe for concurrent use.
type Tagger struct {
	terms    []term
	at       [len(incident.Dimensions)]map[string]int // index of a term by id
	cues     []cueOf
	matcher  *cue.Matcher
	rivals   []rivals
	memory   *memory
	rooms    *sync.Pool // of *scores
	settings *settings
	readers  *sync.Pool // of *cue.Reader
}

// rivals are two terms that must not rest on the same words. The weaker one yields; where
// parent is set, that is the second one, whatever speaks for it.
type rivals struct {
	a, b   int
	parent bool
}

// term is a term of the vocabulary.
type term struct {
	dimension incident.Dimension
	id        string
	parent    int     // index of the wider term that this one is a kind of, -1 for none
	effect    *string // what a factor usually does
}

// cueOf is a pattern of the matcher: a cue of a term, or one of a modifier.
type cueOf struct {
	term     int // -1 = of a modifier
	modifier int
	weight   incident.CueWeight
	in       placeSet // 0 = everywhere
	pattern  cue.Pattern
}

// New makes a tagger for the vocabulary. A cue that does not parse is left out; package
// taxonomy has reported it.
func New(v *incident.Vocabulary, opt Options) *Tagger {
	t := &Tagger{settings: builtIn()}
	var patterns []cue.Pattern
	for _, d := range incident.Dimensions {
		t.at[d] = map[string]int{}
		for _, entry := range v.Terms(d) {
			patterns = t.add(entry, patterns)
		}
	}
	for n, m := range t.settings.modifiers {
		for _, p := range m.patterns {
			t.cues = append(t.cues, cueOf{term: -1, modifier: n, pattern: p})
			patterns = append(patterns, p)
		}
	}
	t.matcher = cue.Compile(patterns)
	t.readers = &sync.Pool{New: func() any { return t.matcher.Reader() }}
	t.adopt(v)
	t.rivals = t.rivalsOf(v)
	t.rooms = &sync.Pool{New: func() any { return &scores{} }}
	t.memory = newMemory(t.remember(opt.Learn))
	return t
}

// add takes a term with its cues.
func (t *Tagger) add(entry incident.Term, patterns []cue.Pattern) []cue.Pattern {
	n := len(t.terms)
	t.at[entry.Dimension][entry.ID] = n
	t.terms = append(t.terms, term{dimension: entry.Dimension, id: entry.ID, parent: -1, effect: known(entry.Effect)})
	for _, c := range entry.Cues {
		p, err := cue.Parse(c.Text)
		if err != nil {
			continue
		}
		t.cues = append(t.cues, cueOf{term: n, weight: c.Weight, in: placesOf(c.In), pattern: p})
		patterns = append(patterns, p)
	}
	return patterns
}

// adopt finds the parents of terms, once all terms are known.
func (t *Tagger) adopt(v *incident.Vocabulary) {
	for n := range t.terms {
		x := &t.terms[n]
		entry, _ := v.Lookup(x.dimension, x.id)
		if parent, ok := t.at[x.dimension][entry.Parent]; ok {
			x.parent = parent
		}
	}
}

// rivalsOf lists the pairs of terms that are confused with each other, and those of a term
// and its parent.
func (t *Tagger) rivalsOf(v *incident.Vocabulary) []rivals {
	var pairs []rivals
	for n, x := range t.terms {
		entry, _ := v.Lookup(x.dimension, x.id)
		for _, c := range entry.ConfusedWith {
			if other, ok := t.at[x.dimension][c.ID]; ok && !slices.Contains(pairs, rivals{a: other, b: n}) {
				pairs = append(pairs, rivals{a: n, b: other})
			}
		}
		if x.parent >= 0 {
			pairs = append(pairs, rivals{n, x.parent, true})
		}
	}
	return pairs
}

// Suggest reads the incident's text. What its author rejected is not suggested; what the
// author gave is, as far as the text supports it.
func (t *Tagger) Suggest(i *incident.Incident) Suggestions { return t.read(i, t.settings.dimensions) }

// Rank returns every term that any sentence speaks for, whatever the thresholds and caps are, by
// confidence. It is what thresholds are fitted on.
func (t *Tagger) Rank(i *incident.Incident) Suggestions {
	all := t.settings.dimensions
	for d := range all {
		all[d].threshold, all[d].beside, all[d].most = 0, 0, len(t.terms)
	}
	return t.read(i, all)
}

func (t *Tagger) read(i *incident.Incident, limits [len(incident.Dimensions)]dimension) Suggestions {
	c := t.clues(i, limits)
	return t.decide(c, t.recall(t.memory, i.Path, c).near, limits)
}

// recall looks an incident up in a memory.
func (t *Tagger) recall(m *memory, path string, c *Clues) lookup {
	room := t.rooms.Get().(*scores)
	defer t.rooms.Put(room)
	return m.look(path, c, t.settings.neighbors, room)
}

// remember lists the incidents that a memory holds: the last ones that people tagged.
func (t *Tagger) remember(library []*incident.Incident) []*remembered {
	var list []*remembered
	for _, i := range slices.Backward(library) {
		if terms := t.given(i); len(terms) > 0 && len(list) < maxRemembered {
			list = append(list, &remembered{i.Path, i.ID, terms, stemsOf(t.reading(i).words), i})
		}
	}
	return list
}
