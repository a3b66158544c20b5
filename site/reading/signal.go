package reading

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"

	"faultline/site/problem"
	"faultline/site/yaml"
)

//go:embed signals.yaml
var signalsFile []byte

// signal is what a phrase of a row tells of the incident, a set of them what several
// do.
type signal uint16

const (
	beginSignal signal = 1 << iota
	harmSignal
	changeSignal
	detectSignal
	exploreSignal
	restoreSignal
	fixSignal
	closeSignal
	rehearseSignal
	realSignal
	denySignal
	spoilSignal
	proposeSignal
	softenSignal
	hedgeSignal
	noSignal // a phrase that is no signal
)

// signalKeys are the signals by their keys in signals.yaml.
var signalKeys = map[string]signal{
	"begin": beginSignal, "harm": harmSignal, "change": changeSignal, "detect": detectSignal, "explore": exploreSignal, "restore": restoreSignal, "fix": fixSignal, "close": closeSignal,
	"rehearse": rehearseSignal, "real": realSignal, "deny": denySignal, "spoil": spoilSignal, "propose": proposeSignal, "soften": softenSignal, "hedge": hedgeSignal, "nothing": noSignal,
}

// phrase is a sequence of words with what it signals. A word that ends in "*" is the
// beginning of one; "…" is up to maxGap of any.
type phrase struct {
	words  []string
	signal signal
}

const (
	gapWord = "…"
	maxGap  = 4
)

// phrasebook holds the phrases by their first word, or by the first letters of it.
type phrasebook struct {
	whole, begun map[string][]phrase
}

// begunSize is the number of bytes of a word that phrases are found by whose first
// word is only begun.
const begunSize = 3

// signals returns the phrasebook. A test holds its file free of faults.
var signals = sync.OnceValue(func() *phrasebook {
	b, _ := readSignals(signalsFile)
	return b
})

// readSignals reads the table of signals. What is wrong in it is left out and is a
// problem.
func readSignals(src []byte) (*phrasebook, problem.List) {
	b := &phrasebook{whole: map[string][]phrase{}, begun: map[string][]phrase{}}
	root, problems := yaml.Parse("signals.yaml", src, 1)
	if root == nil {
		return b, problems
	}
	all := map[string]*phrase{}
	for _, language := range root.Entries {
		for _, e := range language.Value.Entries {
			kind, ok := signalKeys[e.Key]
			if !ok {
				problems = append(problems, signalProblem(e.Value, "unknown key %q", e.Key))
				continue
			}
			if kind == beginSignal {
				kind |= harmSignal
			}
			for name := range namesIn(e.Value) {
				if fault := b.add(all, name, kind); fault != "" {
					problems = append(problems, signalProblem(e.Value, "%s: %s", name, fault))
				}
			}
		}
	}
	b.index(all)
	return b, problems
}

func signalProblem(n *yaml.Node, format string, args ...any) problem.Problem {
	return problem.Problem{Rule: "signals", Path: "signals.yaml", Line: n.Line, Column: n.Column, Text: fmt.Sprintf(format, args...)}
}

// add notes a phrase and returns what is wrong with it.
func (b *phrasebook) add(all map[string]*phrase, name string, kind signal) string {
	name = strings.Join(strings.Fields(name), " ")
	if had := all[name]; had != nil {
		if had.signal&kind != 0 {
			return "stands there twice"
		}
		had.signal |= kind
		return ""
	}
	p := &phrase{words: strings.Fields(name), signal: kind}
	if len(p.words) == 0 || p.words[0] == gapWord || strings.HasSuffix(p.words[0], "*") && len(p.words[0]) <= begunSize {
		return "needs a first word"
	}
	all[name] = p
	return ""
}

// index orders the phrases by their first words.
func (b *phrasebook) index(all map[string]*phrase) {
	for _, p := range all {
		if first, begun := strings.CutSuffix(p.words[0], "*"); begun {
			b.begun[first[:begunSize]] = append(b.begun[first[:begunSize]], *p)
		} else {
			b.whole[first] = append(b.whole[first], *p)
		}
	}
}

// at returns what the longest phrases signal that begin at the word, and the number
// of words that they take.
func (b *phrasebook) at(words []string) (signal, int) {
	kind, most := signal(0), 0
	try := func(list []phrase) {
		for _, p := range list {
			switch n := p.length(words); {
			case n > most:
				kind, most = p.signal, n
			case n == most && n > 0:
				kind |= p.signal
			}
		}
	}
	try(b.whole[words[0]])
	if len(words[0]) >= begunSize {
		try(b.begun[words[0][:begunSize]])
	}
	return kind, most
}

// length is the number of words that the phrase takes at the beginning of words, 0
// where it does not stand there.
func (p phrase) length(words []string) int {
	n, gap := 0, 0
	for _, want := range p.words {
		if want == gapWord {
			gap = maxGap
			continue
		}
		for ; ; n, gap = n+1, gap-1 {
			if n >= len(words) || gap < 0 {
				return 0
			}
			if sameWord(want, words[n]) {
				break
			}
		}
		n, gap = n+1, 0
	}
	return n
}

func sameWord(want, word string) bool {
	if begun, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(word, begun)
	}
	return want == word
}

// maxSignalWords is the number of words of a row that are read; what follows tells of
// how things were found out.
const maxSignalWords = 160

// sentencesIn returns the words of a text in lower case, sentence by sentence.
func sentencesIn(text string) [][]string {
	var all [][]string
	var words []string
	total := 0
	for field := range strings.FieldsSeq(strings.ToLower(text)) {
		bare := strings.TrimRight(field, `)"'”’*_]`)
		ends := strings.HasSuffix(bare, ".") && strings.Count(bare, ".") == 1 || strings.ContainsAny(field[len(field)-1:], ";!?")
		if !strings.Contains(field, "://") {
			for word := range strings.FieldsFuncSeq(strings.ReplaceAll(field, "’", "'"), notInSignal) {
				if word = strings.Trim(word, "'."); word != "" {
					words = append(words, word)
				}
			}
		}
		if ends && len(words) > 0 {
			total += len(words)
			all, words = append(all, words), nil
		}
		if total+len(words) > maxSignalWords {
			break
		}
	}
	if len(words) > 0 {
		all = append(all, words)
	}
	return all
}

func notInSignal(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '%' && r != '.'
}

// reach is the number of words over which a denial or a plan is felt, and softReach
// that over which it is felt that harm was not the whole.
const (
	reach     = 4
	softReach = 20
)

// report is what a text signals: its first sentences, all of it, and how things
// stand in the end, which the last sentence says that tells.
type report struct{ head, all, stand signal }

// headSentences are the number of sentences that say what a row is about.
const headSentences = 2

func reportOf(text string) report {
	var r report
	for n, words := range sentencesIn(text) {
		all, last := signalsOf(words)
		r.all |= all
		if n < headSentences {
			r.head |= all
		}
		if last != 0 {
			r.stand = last
		}
	}
	return r
}

// ends are the signals that tell how things stand.
const ends = harmSignal | goodEnds

// goodEnds are those that tell that they stand well.
const goodEnds = restoreSignal | fixSignal | closeSignal

// signalsOf returns the signals of a sentence, and the last that tells how things stand.
func signalsOf(words []string) (all, last signal) {
	var c context
	for i := 0; i < len(words); {
		kind, n := signals().at(words[i:])
		if n == 0 {
			i++
			continue
		}
		said := c.heard(kind, i)
		all |= said
		if said &= ends; said != 0 && !(said&harmSignal != 0 && c.near(softenSignal, i)) {
			if last&harmSignal != said&harmSignal {
				last = 0
			}
			last |= said
		}
		c.note(kind, i)
		i += n
	}
	return all, last
}

// modifiers are the signals that change those behind them.
const modifiers = denySignal | spoilSignal | proposeSignal | softenSignal

// context is where in a sentence the last modifiers stand, by their place in
// modifierList; counted from 1, 0 where there is none.
type context [4]int

var modifierList = [...]signal{denySignal, spoilSignal, proposeSignal, softenSignal}

func (c *context) note(kind signal, i int) {
	for n, m := range modifierList {
		if kind&m != 0 {
			c[n] = i + 1
		}
	}
}

// near reports whether the modifier is felt at a word.
func (c *context) near(modifier signal, i int) bool {
	far := reach
	if modifier == softenSignal {
		far = softReach
	}
	at := c[slices.Index(modifierList[:], modifier)]
	return at > 0 && i+1-at <= far
}

// heard is what a phrase signals behind the modifiers.
func (c *context) heard(kind signal, i int) signal {
	said := kind &^ modifiers
	if c.near(denySignal, i) {
		said = said.denied()
	} else if c.near(spoilSignal, i) && said&goodEnds != 0 {
		said = said&^goodEnds | harmSignal
	}
	if c.near(proposeSignal, i) && kind&harmSignal == 0 {
		said &^= ends
	}
	return said
}

// denied is what is told where the opposite is: what is not restored is broken, and
// what does not fail any more works.
func (s signal) denied() signal {
	turned := s &^ (ends | detectSignal | beginSignal)
	if s&goodEnds != 0 {
		turned |= harmSignal
	} else if s&harmSignal != 0 {
		turned |= restoreSignal
	}
	return turned
}
