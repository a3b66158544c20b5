// Package cue is the notation in which a vocabulary says what texts tell of a term,
// and the matcher that finds many such wordings in one pass over a text.
//
// # Words
//
// A text is read as words: letters and digits in lower case, English words as their
// stems, so that "restarts", "restarted" and "restarting" are one. Everything else
// parts words: "fail-over" is two, "failover" is one. Contractions are written out:
// didn't is "did not", can't and cannot are
// "can not", we'll is "we will"; a possessive 's is left out. Articles and possessives (a, an,
// the, our, its, their, your, my, his, her) are not there at all, neither in a text nor in a cue,
// nor are the words of web addresses. A number and the percent sign behind it are one word.
//
// # Cues
//
//	no alert              these words, one directly behind the other
//	roll|rolled back      one of several words in a place
//	ran out .. memory     up to four other words between them, of the same sentence
//	expir*                words that begin with these letters, at least three
//	=restarted            the word as it is written here, not its stem
//	# errors              a number, or a word that begins with a digit
//	#% of requests        a number with a percent sign: "25%", not "25 percent"
//	no|without (alert|page)   brackets change nothing and may stand around alternatives
//
// In EBNF:
//
//	cue     = place { [ ".." ] place } .
//	place   = [ "(" ] choice { "|" choice } [ ")" ] .
//	choice  = [ "=" ] word | word "*" | "#" | "#%" .
//
// A word of a cue that a text reads as several ("fail-over") cannot stand among alternatives;
// alone it is as many places. Among alternatives "cannot" and "didn't" stand for any "not". A cue must hold a word that tells
// something: one of nothing but stop words, short prefixes and gaps would match everything.
package cue

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"faultline/index/query"
)

// Gap is how many words may stand where a cue has "..".
const Gap = 4

// minPrefix is the number of letters that a prefix must have.
const minPrefix = 3

// maxPlaces bounds a cue: nobody's sentence is told by more.
const maxPlaces = 12

// Pattern is a parsed cue.
type Pattern struct {
	places []place
}

// place is one word of a pattern. Gap says that up to Gap words may stand before it.
type place struct {
	choices []choice
	gap     bool
}

// choice is what may stand in a place: a stem, the beginning of a word, or a number.
type choice struct {
	text string
	kind choiceKind
}

type choiceKind uint8

const (
	stemChoice choiceKind = iota
	prefixChoice
	exactChoice
	numberChoice
	percentChoice
)

// Places is the number of words that the pattern matches, those of gaps aside.
func (p Pattern) Places() int { return len(p.places) }

// Has reports whether a place of the pattern is for the stem.
func (p Pattern) Has(stem string) bool {
	return slices.ContainsFunc(p.places, func(x place) bool { return slices.Contains(x.choices, choice{text: stem}) })
}

// Parse reads a cue. An error says what is wrong, for the author of the cue.
func Parse(text string) (Pattern, error) {
	var p Pattern
	gap := false
	for _, field := range strings.Fields(text) {
		if field == ".." {
			if gap || len(p.places) == 0 {
				return Pattern{}, errors.New(`".." must stand between two words`)
			}
			gap = true
			continue
		}
		places, err := parsePlaces(field)
		if err != nil {
			return Pattern{}, err
		}
		if len(places) > 0 {
			places[0].gap, gap = gap, false
		}
		p.places = append(p.places, places...)
	}
	return p, p.check(gap)
}

var errMatchesEverything = errors.New("it would match everything: it holds nothing but stop words")

// check says what is wrong with the pattern as a whole.
func (p Pattern) check(gapOpen bool) error {
	switch {
	case gapOpen:
		return errors.New(`".." must stand between two words`)
	case len(p.places) > maxPlaces:
		return fmt.Errorf("%d words are more than %d", len(p.places), maxPlaces)
	case !p.telling():
		return errMatchesEverything
	}
	return nil
}

// telling reports whether one place holds no stop word and no number. A pattern of three
// or more stop words in a row ("it was not us") tells something as well.
func (p Pattern) telling() bool {
	row := 0
	for _, place := range p.places {
		stop := false
		for _, c := range place.choices {
			stop = stop || c.kind >= numberChoice || c.kind == exactChoice && stopWords[query.Stem(c.text)] || c.kind == stemChoice && stopWords[c.text]
		}
		if !stop {
			return true
		}
		if row++; place.gap {
			row = 1
		}
		if row >= 3 {
			return true
		}
	}
	return false
}

// parsePlaces reads what stands between two spaces: alternatives, or a word that is
// one place or several.
func parsePlaces(field string) ([]place, error) {
	inner := field
	if strings.HasPrefix(field, "(") && strings.HasSuffix(field, ")") {
		inner = field[1 : len(field)-1]
	}
	if !strings.Contains(inner, "|") {
		return parseWord(inner)
	}
	var one place
	for _, alternative := range strings.Split(inner, "|") {
		places, err := parseWord(alternative)
		if err != nil {
			return nil, err
		}
		if len(places) == 2 && places[1].choices[0] == (choice{text: "not"}) {
			places = places[1:]
		}
		if len(places) != 1 {
			return nil, fmt.Errorf("alternative %q of %q is read as %d words; only one word can be an alternative", alternative, field, len(places))
		}
		one.choices = append(one.choices, places[0].choices...)
	}
	return []place{one}, nil
}

// parseWord reads a word, a prefix or the sign for a number. It is no place at all for an article.
func parseWord(text string) ([]place, error) {
	switch text {
	case "#":
		return []place{{choices: []choice{{kind: numberChoice}}}}, nil
	case "#%":
		return []place{{choices: []choice{{kind: percentChoice}}}}, nil
	}
	if exact, ok := strings.CutPrefix(text, "="); ok {
		return parseExact(text, exact)
	}
	begin, prefix := strings.CutSuffix(text, "*")
	if strings.ContainsAny(begin, "*()|#=") {
		return nil, fmt.Errorf(`%q holds a sign in the wrong place: "=" begins a word, "*" ends one, "|" stands between words, "(" and ")" around alternatives`, text)
	}
	words := Words(begin, nil)
	if prefix {
		return parsePrefix(text, begin, words)
	}
	if len(words) == 0 && !isArticle(begin) {
		return nil, fmt.Errorf("%q holds no word", text)
	}
	var places []place
	for _, w := range words {
		places = append(places, place{choices: []choice{{text: w.Stem}}})
	}
	return places, nil
}

func parsePrefix(text, begin string, words []Word) ([]place, error) {
	if len(words) != 1 {
		return nil, fmt.Errorf("%q is not the beginning of one word", text)
	}
	if len(begin) < minPrefix {
		return nil, fmt.Errorf("prefix %q is shorter than %d letters", text, minPrefix)
	}
	return []place{{choices: []choice{{text: strings.ToLower(begin), kind: prefixChoice}}}}, nil
}

func parseExact(text, word string) ([]place, error) {
	words := Words(word, nil)
	if len(words) != 1 || strings.ContainsAny(word, "*()|#=") {
		return nil, fmt.Errorf("%q is not one word", text)
	}
	return []place{{choices: []choice{{text: words[0].Text, kind: exactChoice}}}}, nil
}

func isArticle(word string) bool { return articles[strings.ToLower(word)] }

// ParseWords reads a cue that may be of stop words alone, such as "without". It is for
// what changes the meaning of other cues, not for cues of terms.
func ParseWords(text string) (Pattern, error) {
	p, err := Parse(text)
	if errors.Is(err, errMatchesEverything) && len(p.places) > 0 {
		err = nil
	}
	return p, err
}
