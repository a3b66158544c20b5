package query

import (
	"slices"
	"strings"
)

// How much of a word must be there.
const (
	leastPrefix = 2 // letters or digits of a beginning
	leastValue  = 1 // of that of a value
	leastTypo   = 3 // letters or digits of a word before "~"
)

// expansion reads the "*" or "~" that the clause's text ends in, where it counts.
func (p *parser) expansion(c Clause) (Clause, bool) {
	kind, body, edits := marked(c.Text)
	if kind == Plain {
		return c, false
	}
	least := leastValue
	if field := p.fields(c.Field); field == NoField || field == Text {
		word, ok := expandable(body, kind)
		if !ok {
			return c, false
		}
		c.Words, least = []Word{word}, leastPrefix
	}
	if kind == Typo {
		least = leastTypo
	}
	if letters(body) < least {
		p.note("“" + Clip(c.Text) + "” is too short to stand for other words")
		return c, false
	}
	c.Kind, c.Text, c.Edits = kind, body, edits
	return c, true
}

// marked takes the mark of a Prefix or Typo from a text, Plain where there is none.
func marked(text string) (kind Kind, body string, edits int) {
	if body, ok := strings.CutSuffix(text, "*"); ok {
		return Prefix, body, 0
	}
	for edits, mark := range []string{"~", "~1", "~2"} {
		if body, ok := strings.CutSuffix(text, mark); ok {
			return Typo, body, edits
		}
	}
	return Plain, text, 0
}

// expandable returns the one word that the text is: the beginning of terms, or a term
// without parts.
func expandable(text string, kind Kind) (Word, bool) {
	found := surfaces(text)
	if len(found) != 1 || found[0].start > 0 {
		return Word{}, false
	}
	word, rest := found[0].word, text[found[0].end:]
	if kind == Typo {
		return Word{Whole: word.Whole, Parts: []string{}, Divisions: []string{}}, rest == "" && len(word.Parts) == 0
	}
	for _, c := range rest {
		if joinerOf(c) == 0 {
			return Word{}, false
		}
	}
	return Word{Whole: beginning(text), Parts: []string{}, Divisions: []string{}}, true
}

// letters counts letters and digits; those of scripts without spaces count twice.
func letters(text string) int {
	n := 0
	for _, c := range text {
		switch classOf(c) {
		case pair:
			n += 2
		case letter, digit:
			n++
		}
	}
	return n
}

// beginning returns how the terms begin of the words that begin like the text: folded,
// its joiners written as in the whole of a word.
func beginning(text string) string {
	hyphens := strings.ContainsAny(text, "0123456789._/@:")
	var term []byte
	for _, c := range text {
		switch joiner := joinerOf(c); {
		case joiner == '\'' || joiner == '-' && !hyphens:
		case joiner == ':' && len(term) > 0 && term[len(term)-1] == ':':
		case joiner != 0:
			term = append(term, joiner)
		default:
			term = foldInto(term, c)
		}
	}
	return string(term)
}

// endings are what English words end in, as far as stems are without it.
const endings = "ications ators ations atives icatives ingly edly ings ers ances ences ements ables ibles abilities ibilities " +
	"alities icalities ivities izations izers ousnesses fulnesses ivenesses lessly fully ously ively ationally ically entlies " +
	"isms ants ents ions als ics ists ogies ied ies eed"

// tails are the ends of all endings: what a beginning may lack of a word's end.
var tails = func() []string {
	var list []string
	for _, ending := range strings.Fields(endings) {
		for i := range ending {
			list = append(list, ending[i:])
			list = append(list, strings.TrimSuffix(ending[i:], "s"))
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}()

// leastEnding is how long a beginning is of which an ending may be part.
const leastEnding = 3

// Stems returns the terms, sorted, of the English words that begin with the text,
// where these terms do not begin with it themselves: replic for "replicat", which may
// be the beginning of replicated and replication.
func Stems(beginning string) []string {
	stems := []string{}
	if len(beginning) < leastEnding || !plain([]byte(beginning)) {
		return stems
	}
	for _, tail := range append([]string{"", "e", "y"}, tails...) {
		term := string(stem([]byte(beginning + tail)))
		if !strings.HasPrefix(term, beginning) && loses(beginning, term) && !slices.Contains(stems, term) {
			stems = append(stems, term)
		}
	}
	slices.Sort(stems)
	return stems
}

// leastStem is how long a term is that has forms.
const leastStem = 4

// Forms returns words with English endings whose term is the given one: replication,
// replicated and others for replic. Not all of them are words that anybody writes.
func Forms(term string) []string {
	var forms []string
	if len(term) < leastStem || !plain([]byte(term)) {
		return nil
	}
	for _, tail := range tails {
		if form := term + tail; string(stem([]byte(form))) == term {
			forms = append(forms, form)
		}
	}
	return forms
}

// loses reports whether the beginning is the stem and some of an ending: a doubled
// letter, a y that the stem has as i, or what an ending begins with.
func loses(beginning, stem string) bool {
	rest, ok := strings.CutPrefix(beginning, stem)
	if !ok {
		return strings.HasPrefix(stem, beginning[:len(beginning)-1])
	}
	if rest[0] == stem[len(stem)-1] {
		rest = rest[1:]
	}
	return strings.Contains(" "+endings, " "+rest)
}
