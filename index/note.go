package index

import (
	"cmp"
	"slices"
	"strconv"
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
		notes = append(notes, note+instead(fold(c.Text), x.values(f)))
	}
	return notes
}

// fewValues is how many values a note names where none is near.
const fewValues = 3

// instead names what there is in place of a folded value, all values given.
func instead(asked string, values []string) string {
	if near := nearestValue(asked, values); near != "" {
		return "; the nearest is “" + near + "”"
	}
	if len(values) == 0 {
		return "; none says what it is"
	}
	named := values[:min(fewValues, len(values))]
	note := "; there are “" + strings.Join(named, "”, “") + "”"
	if more := len(values) - len(named); more > 0 {
		note += " and " + strconv.Itoa(more) + " more"
	}
	return note
}

// values returns what incidents have in an exact field, as it is written, in the order
// of the folded values; of a term's id and a label of the same words the id.
func (x *Index) values(f exactField) []string {
	values := []string{}
	ids := map[string]bool{}
	for _, s := range x.sources {
		for _, value := range f.values(s) {
			if value = clean(value); value != "" {
				values = append(values, value)
				ids[value] = true
			}
		}
	}
	if !f.names {
		values = slices.DeleteFunc(values, func(value string) bool {
			id := strings.ReplaceAll(fold(value), " ", "-")
			return id != value && ids[id]
		})
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

// nearestValue returns the value that is fewest edits away from a folded one, at most
// half of its letters and one more, one that holds it before all others, and the first of
// equals; "" where none is near.
func nearestValue(asked string, values []string) string {
	letters := firstLetters(asked)
	best, least := "", min(len(letters), len(letters)/2+2)
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
