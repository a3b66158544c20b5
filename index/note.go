package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/index/query"
)

// spellingNotes says of every word that no incident has what was searched for
// instead, as the hits write it.
func spellingNotes(spelled []spelling, hits []*source) []string {
	var notes []string
	for _, s := range spelled {
		notes = append(notes, "no incident has “"+query.Clip(s.text)+"”; “"+asWritten(s.term, hits)+"” is searched for instead")
	}
	return notes
}

// asWritten is the first word of the incidents that has the term, the term where there
// is none.
func asWritten(term string, incidents []*source) string {
	for _, s := range incidents {
		if word := wordOf(term, s.Title); word != "" {
			return word
		}
		for _, section := range s.sections {
			for _, p := range section.Passages {
				if word := wordOf(term, p.Text); word != "" {
					return word
				}
			}
		}
	}
	return term
}

// wordOf is the word of a text that has the term, "" where there is none.
func wordOf(term, text string) string {
	for _, t := range query.Tokens(text) {
		if t.Term == term {
			return text[t.Start:t.End]
		}
	}
	return ""
}

// missing says of every value that no incident has which one is nearest to it.
func (x *Index) missing(missed []query.Clause) []string {
	var notes []string
	for _, c := range missed {
		note := quoted(c) + " is a value that no incident has"
		f := exactFields[queryFields[c.Field].at]
		if value := nearestValue(fold(c.Text), x.values(f)); value != "" {
			note += "; the nearest is “" + value + "”"
		}
		notes = append(notes, note)
	}
	return notes
}

// values returns what incidents have in an exact field, as it is written, in the order
// of the folded values.
func (x *Index) values(f exactField) []string {
	values := []string{}
	for _, s := range x.sources {
		for _, value := range f.values(s) {
			if value = clean(value); value != "" {
				values = append(values, value)
			}
		}
	}
	slices.SortFunc(values, func(a, b string) int {
		return cmp.Or(strings.Compare(query.Fold(a), query.Fold(b)), strings.Compare(a, b))
	})
	return slices.CompactFunc(values, func(a, b string) bool { return query.Fold(a) == query.Fold(b) })
}

// How many characters of values are compared, and how much a value that holds the
// one asked for is favored, in edits.
const (
	comparedValue = 40
	heldValue     = 1000
)

// nearestValue returns the value that is fewest edits away from a folded one, one
// that holds it before all others, and the first of equals.
func nearestValue(asked string, values []string) string {
	best, least := "", 2*comparedValue
	letters := firstLetters(asked)
	for _, value := range values {
		folded := query.Fold(value)
		held := 0
		if strings.Contains(folded, asked) {
			held = heldValue
		}
		others := firstLetters(folded)
		if max(len(letters)-len(others), len(others)-len(letters))-held >= least {
			continue
		}
		if edits := editsBetween(letters, others) - held; edits < least {
			best, least = value, edits
		}
	}
	return best
}

func firstLetters(text string) []rune {
	letters := []rune(text)
	return letters[:min(comparedValue, len(letters))]
}
