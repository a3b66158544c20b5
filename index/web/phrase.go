package web

import (
	"cmp"
	"compress/flate"
	"encoding/binary"
	"slices"
	"sync"
)

// What sections have in common stands once, in a piece of kind X, before which they are
// deflated: half of their bytes where reports follow a form, a fifth where each is written
// freely. A hit saves about a kilobyte and the piece costs six, so that it is for libraries
// whose visitors read more than a few hits.
const (
	leastShared  = 500      // incidents
	phraseBytes  = 16 << 10 // of the piece, before it is deflated
	phraseLength = 64
	phraseSample = 100 // incidents that phrases are taken from
	gramLength   = 8
)

// addPhrases adds the piece of the phrases that many incidents have, and returns its name,
// "" for a small library. Sections are deflated after them from then on.
func (b *builder) addPhrases(src Source, incidents int) string {
	if incidents < leastShared {
		return ""
	}
	var texts [][]byte
	for n := range phraseSample {
		texts = append(texts, encode(src.Incident(n*incidents/phraseSample).told(b.places)))
	}
	phrases := sharedPhrases(texts, phraseBytes)
	b.sections = &sync.Pool{New: func() any {
		w, _ := flate.NewWriterDict(nil, sectionLevel, phrases) // the level is legal
		return w
	}}
	return b.piece(kindPhrases, phrases)
}

// gram is what is known of all runs of bytes with the same hash.
type gram struct {
	texts uint16 // how many have it
	last  uint16 // of these, counted from one
}

// grams are the runs of gramLength bytes of some texts, by hash.
type grams [1 << 20]gram

func (g *grams) at(text []byte) *gram {
	return &g[binary.LittleEndian.Uint64(text)*0x9e3779b97f4a7c15>>44]
}

// worth is in how many texts beside one's own the text's first run of bytes stands.
func (g *grams) worth(text []byte) int { return max(int(g.at(text).texts), 1) - 1 }

// sharedPhrases returns so many bytes that the texts have in common, the best last, where
// references to them are shortest: the texts are cut into as many parts as there is room for
// phrases, and of each is taken what has most that others have and that was not taken yet
// (Liao, Petri, Moffat and Wirth 2016, Effective construction of relative Lempel-Ziv
// dictionaries).
func sharedPhrases(texts [][]byte, size int) []byte {
	known := countGrams(texts)
	all := slices.Concat(texts...)
	type phrase struct {
		text  []byte
		worth int
	}
	var found []phrase
	parts := size / phraseLength
	for n := range parts {
		part := all[n*len(all)/parts : (n+1)*len(all)/parts]
		if len(part) < phraseLength {
			return all[max(0, len(all)-size):]
		}
		text, worth := known.best(part)
		known.forget(text)
		found = append(found, phrase{text, worth})
	}
	slices.SortStableFunc(found, func(a, b phrase) int { return cmp.Compare(a.worth, b.worth) })
	var out []byte
	for _, p := range found {
		out = append(out, p.text...)
	}
	return out
}

func countGrams(texts [][]byte) *grams {
	g := new(grams)
	for n, text := range texts {
		for ; len(text) >= gramLength; text = text[1:] {
			if of := g.at(text); int(of.last) != n+1 {
				of.last = uint16(n + 1)
				of.texts++
			}
		}
	}
	return g
}

// best returns the phrase of a text that is worth most, and how much.
func (g *grams) best(text []byte) (phrase []byte, most int) {
	phrase = text[:phraseLength]
	const runs = phraseLength - gramLength + 1 // of a phrase
	worth := 0
	for end := 0; end+gramLength <= len(text); end++ {
		worth += g.worth(text[end:])
		if end >= runs {
			worth -= g.worth(text[end-runs:])
		}
		if start := end - runs + 1; start >= 0 && worth > most {
			phrase, most = text[start:start+phraseLength], worth
		}
	}
	return phrase, most
}

// forget makes what a phrase has worth nothing.
func (g *grams) forget(phrase []byte) {
	for ; len(phrase) >= gramLength; phrase = phrase[1:] {
		g.at(phrase).texts = 0
	}
}
