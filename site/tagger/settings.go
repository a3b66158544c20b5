package tagger

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"faultline/site/cue"
	"faultline/site/incident"
	"faultline/site/yaml"
)

//go:embed weights.yaml
var weightsFile []byte

//go:embed modifiers.yaml
var modifiersFile []byte

// settings are the numbers and words of weights.yaml and modifiers.yaml.
type settings struct {
	cues         [5]float64 // by incident.CueWeight
	repeat       float64
	pull         float64
	neighbors    int
	question     float64
	heading      float64
	titled       float64            // what a title adds to the place in the order of the cause that it names
	clauses      float64            // a cue whose gap runs over the end of a clause
	noticed      float64            // of a trigger in a row behind the first that tells of the detection
	consequence  float64            // of a cause's place in the order, where it is one of consequences
	consequences map[string]bool    // causes that others bring about
	asked        map[string]bool    // terms that questions tell of
	exclusive    map[[2]string]bool // pairs of terms, either way, of which an incident has one at most
	foreign      map[string]bool    // terms that another organization's doing tells of
	dimensions   [len(incident.Dimensions)]dimension
	modifiers    []modifier
	labels       map[string]place
}

// dimension is how the terms of one dimension are weighed and chosen.
type dimension struct {
	threshold float64
	most      int
	beside    float64 // share of the first one's confidence that all others must reach
	first     float64 // factor of the first sentence that tells of the dimension
	later     float64 // factor of rows of a timeline behind the first that tells of it
	places    [placeCount]float64
}

// reach says which cues a modifier bears on.
type reach uint8

const (
	behindReach   reach = iota // those that begin within some words behind it
	aheadReach                 // those that end within some words in front of it
	sentenceReach              // all of its sentence
	nextReach                  // all of its sentence and of the one before
)

var reaches = map[string]reach{"behind": behindReach, "ahead": aheadReach, "sentence": sentenceReach, "next": nextReach}

// modifier is a way of saying that changes what a cue tells.
type modifier struct {
	id        string
	reach     reach
	words     int
	factor    float64
	in, out   placeSet // where it counts alone, and where it does not
	of        uint8    // bits of the dimensions that it bears on; 0 = all
	notOf     uint8
	moves     bool // its sentence counts as one of the place as
	as        place
	effect    *string
	effective *string
	patterns  []cue.Pattern
}

// qualifies reports whether the modifier says something of a tag, not how far to trust it.
func (m *modifier) qualifies() bool { return m.effect != nil || m.effective != nil }

// bears reports whether the modifier counts in a place for a dimension.
func (m *modifier) bears(p place, d incident.Dimension) bool {
	return (m.in == 0 || m.in.has(p)) && !m.out.has(p) && (m.of == 0 || m.of&(1<<d) != 0) && m.notOf&(1<<d) == 0
}

// builtIn returns the settings that are shipped. A test holds their files free of faults.
var builtIn = sync.OnceValue(func() *settings {
	s, _ := readSettings(weightsFile, modifiersFile)
	return s
})

// readSettings reads both files. The first fault is the error; what was read so far is kept.
func readSettings(weights, modifiers []byte) (*settings, error) {
	r := &settingsReader{settings: &settings{labels: map[string]place{}}}
	root, problems := yaml.Parse("weights.yaml", weights, 1)
	if len(problems) > 0 {
		return r.settings, fmt.Errorf("%v", problems[0])
	}
	r.weights(root)
	root, problems = yaml.Parse("modifiers.yaml", modifiers, 1)
	if len(problems) > 0 {
		return r.settings, fmt.Errorf("%v", problems[0])
	}
	for _, n := range nodes(root.Get("modifiers")) {
		r.modifier(n)
	}
	r.labels(root.Get("labels"))
	return r.settings, r.err
}

// settingsReader keeps the first fault.
type settingsReader struct {
	settings *settings
	err      error
}

func (r *settingsReader) fail(n *yaml.Node, err error) {
	if r.err == nil && err != nil {
		line := 0
		if n != nil {
			line = n.Line
		}
		r.err = fmt.Errorf("line %d: %w", line, err)
	}
}

func (r *settingsReader) number(n *yaml.Node, key string) float64 {
	v := n.Get(key)
	if v == nil {
		r.fail(n, fmt.Errorf("%q is missing", key))
		return 0
	}
	f, err := strconv.ParseFloat(v.Text, 64)
	r.fail(v, err)
	return f
}

func (r *settingsReader) weights(root *yaml.Node) {
	s := r.settings
	cues := root.Get("cues")
	s.cues = [...]float64{incident.UsualCue: r.number(cues, "usual"), incident.StrongCue: r.number(cues, "strong"), incident.WeakCue: r.number(cues, "weak"),
		incident.AgainstCue: r.number(cues, "against"), incident.NoCue: r.number(cues, "none")}
	s.repeat, s.question, s.heading = r.number(root, "repeat"), r.number(root, "question"), r.number(root, "heading")
	s.titled = r.number(root, "titled")
	s.clauses = r.number(root, "clauses")
	s.noticed, s.consequence = r.number(root, "noticed"), r.number(root, "consequence")
	s.exclusive = map[[2]string]bool{}
	for _, pair := range nodes(root.Get("exclusive")) {
		if len(pair.Items) != 2 {
			r.fail(pair, errors.New("exclusive terms are not two"))
			continue
		}
		a, b := pair.Items[0].Text, pair.Items[1].Text
		s.exclusive[[2]string{a, b}], s.exclusive[[2]string{b, a}] = true, true
	}
	s.consequences = set(root.Get("consequences"))
	s.asked, s.foreign = set(root.Get("asked")), set(root.Get("foreign"))
	s.pull, s.neighbors = r.number(root, "pull"), int(r.number(root, "neighbors"))
	for _, d := range incident.Dimensions {
		n := root.Get(d.Key())
		x := &s.dimensions[d]
		x.first, x.later = r.number(n, "first"), r.number(n, "later")
		x.threshold, x.most, x.beside = r.number(n, "threshold"), int(r.number(n, "most")), r.number(n, "beside")
		places := n.Get("places")
		for p := range x.places {
			x.places[p] = r.number(places, "else")
		}
		if places == nil {
			continue
		}
		for _, e := range places.Entries {
			if e.Key != "else" {
				p, err := placeNamed(e.Key)
				r.fail(e.Value, err)
				x.places[p] = r.number(places, e.Key)
			}
		}
	}
}

func (r *settingsReader) modifier(n *yaml.Node) {
	m := modifier{id: text(n, "id"), factor: 1, effect: known(text(n, "effect")), effective: known(text(n, "effective"))}
	at, ok := reaches[text(n, "reach")]
	if !ok {
		r.fail(n, fmt.Errorf("reach %q", text(n, "reach")))
	}
	m.reach = at
	if n.Get("factor") != nil {
		m.factor = r.number(n, "factor")
	}
	if at == behindReach || at == aheadReach {
		m.words = int(r.number(n, "words"))
	}
	if as := n.Get("as"); as != nil {
		p, err := placeNamed(as.Text)
		r.fail(as, err)
		m.moves, m.as = true, p
	}
	m.in, m.out = r.places(n.Get("in")), r.places(n.Get("not_in"))
	m.of, m.notOf = r.dimensions(n.Get("of")), r.dimensions(n.Get("not_of"))
	for _, c := range nodes(n.Get("cues")) {
		p, err := cue.ParseWords(c.Text)
		r.fail(c, err)
		m.patterns = append(m.patterns, p)
	}
	r.settings.modifiers = append(r.settings.modifiers, m)
}

func (r *settingsReader) places(n *yaml.Node) placeSet {
	var s placeSet
	for _, e := range nodes(n) {
		p, err := placeNamed(e.Text)
		r.fail(e, err)
		s |= 1 << p
	}
	return s
}

func (r *settingsReader) dimensions(n *yaml.Node) uint8 {
	var bits uint8
	for _, e := range nodes(n) {
		found := false
		for _, d := range incident.Dimensions {
			if d.Key() == e.Text {
				bits |= 1 << d
				found = true
			}
		}
		if !found {
			r.fail(e, fmt.Errorf("unknown dimension %q", e.Text))
		}
	}
	return bits
}

// labels reads the labels that stand in for headings inside a section.
func (r *settingsReader) labels(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, e := range n.Entries {
		p, err := placeNamed(e.Key)
		r.fail(e.Value, err)
		for _, label := range nodes(e.Value) {
			r.settings.labels[strings.ToLower(label.Text)] = p
		}
	}
}

func set(n *yaml.Node) map[string]bool {
	list := map[string]bool{}
	for _, e := range nodes(n) {
		list[e.Text] = true
	}
	return list
}

func nodes(n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	return n.Items
}

func text(n *yaml.Node, key string) string {
	if v := n.Get(key); v.Scalar() {
		return v.Text
	}
	return ""
}

func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
