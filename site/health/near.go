package health

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"faultline/index/query"
	"faultline/site/incident"
)

// Near is two spellings of one field that are probably one. The usual one is the term of
// the vocabulary where one of them is, else that which more incidents have.
type Near struct {
	Field string `json:"field"` // as queries have it: "cause", "tag", "tech"
	Rare  Count  `json:"rare"`
	Usual Count  `json:"usual"`
	Why   string `json:"why"`
}

// Why two spellings are near.
const (
	sameLetters = "capitals, spaces or hyphens"
	sameWords   = "forms of the same words"
	oneLetter   = "one letter"
)

// minLetters is the length from which one letter may be a slip, maxLetters that up to
// which it is looked for.
const (
	minLetters = 5
	maxLetters = 60
)

// nearOf looks for near spellings in all that authors write by hand.
func nearOf(lib *incident.Library, dimensions []Dimension) []Near {
	list := []Near{}
	for _, d := range dimensions {
		list = append(list, nearIn(d.Dimension.Field(), spellings(lib, d))...)
	}
	for _, f := range []struct {
		field string
		names func(*incident.Incident) []string
	}{
		{"tag", func(i *incident.Incident) []string { return i.Labels }},
		{"service", func(i *incident.Incident) []string { return i.Services }},
		{"tech", func(i *incident.Incident) []string { return i.Technologies }},
		{"team", func(i *incident.Incident) []string { return i.Teams }},
		{"org", func(i *incident.Incident) []string {
			if i.Organization == nil {
				return nil
			}
			return []string{*i.Organization}
		}},
	} {
		counts := map[string]int{}
		for _, inc := range lib.Incidents {
			for _, name := range f.names(inc) {
				counts[name]++
			}
		}
		var names []spelling
		for _, c := range countsOf(counts) {
			names = append(names, spelling{c.Name, c.Name, c.N, false})
		}
		list = append(list, nearIn(f.field, names)...)
	}
	return list
}

// spelling is a name as it is written, and what it stands for.
type spelling struct {
	written, name string
	n             int
	term          bool
}

// before reports whether s is the rarer of two.
func (s spelling) before(o spelling) bool {
	if s.term != o.term {
		return o.term
	}
	return cmp.Or(cmp.Compare(s.n, o.n), strings.Compare(s.name, o.name)) < 0
}

// spellings are the strays of a dimension and the ids, labels and aliases of its terms.
func spellings(lib *incident.Library, d Dimension) []spelling {
	counts := map[string]int{}
	for _, inc := range lib.Incidents {
		for _, id := range inc.Given(d.Dimension) {
			counts[id]++
		}
	}
	var list []spelling
	for _, t := range lib.Vocabulary.Terms(d.Dimension) {
		for _, name := range append([]string{t.ID, t.Label}, t.Aliases...) {
			list = append(list, spelling{name, t.ID, counts[t.ID], true})
		}
	}
	for _, s := range d.Strays {
		list = append(list, spelling{s.Name, s.Name, s.N, false})
	}
	return list
}

// nearIn pairs the spellings that share a form.
func nearIn(field string, names []spelling) []Near {
	var list []Near
	paired := map[[2]string]bool{}
	for _, why := range []string{sameLetters, sameWords, oneLetter} {
		first := map[string][]spelling{}
		for _, s := range names {
			for _, form := range forms(s.written, why) {
				for _, o := range first[form] {
					list = pairUp(list, paired, field, s, o, why)
				}
				first[form] = append(first[form], s)
			}
		}
	}
	slices.SortFunc(list, func(a, b Near) int {
		return cmp.Or(cmp.Compare(b.Usual.N, a.Usual.N), strings.Compare(a.Usual.Name, b.Usual.Name), strings.Compare(a.Rare.Name, b.Rare.Name))
	})
	return list
}

// pairUp adds a pair of spellings that share a form, unless they stand for one name.
func pairUp(list []Near, paired map[[2]string]bool, field string, rare, usual spelling, why string) []Near {
	if usual.before(rare) {
		rare, usual = usual, rare
	}
	pair := [2]string{rare.name, usual.name}
	if rare.name == usual.name || paired[pair] || why == oneLetter && !apart(rare.written, usual.written) {
		return list
	}
	paired[pair] = true
	return append(list, Near{field, Count{rare.name, rare.n}, Count{usual.name, usual.n}, why})
}

// forms are what two spellings have in common if they are near for the reason.
func forms(name, why string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	switch plain := strings.Join(words, ""); {
	case plain == "":
		return nil
	case why == sameLetters:
		return []string{plain}
	case why == sameWords:
		for i, w := range words {
			words[i] = query.Stem(w)
		}
		slices.Sort(words)
		return []string{strings.Join(words, " ")}
	default:
		return shorter(plain)
	}
}

// shorter is the text without any one of its letters, and as it is; two texts one
// edit apart share one of these. Digits are never left out.
func shorter(plain string) []string {
	letters := []rune(plain)
	if len(letters) < minLetters || len(letters) > maxLetters {
		return nil
	}
	list := []string{plain}
	for i, r := range letters {
		if short := string(letters[:i]) + string(letters[i+1:]); !unicode.IsDigit(r) && !slices.Contains(list, short) {
			list = append(list, short)
		}
	}
	return list
}

// apart reports whether two spellings of the same digits differ in one letter: one more,
// another one, or two changed about.
func apart(a, b string) bool {
	x, y := plainOf(a), plainOf(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	at := 0
	for at < len(x) && x[at] == y[at] {
		at++
	}
	switch {
	case len(y)-len(x) > 1 || at < len(y) && unicode.IsDigit(y[at]) || at < len(x) && unicode.IsDigit(x[at]):
		return false
	case len(y) > len(x):
		return string(x[at:]) == string(y[at+1:])
	case at == len(x):
		return false
	}
	rest := string(x[at+1:]) == string(y[at+1:])
	swapped := at+1 < len(x) && x[at] == y[at+1] && x[at+1] == y[at] && string(x[at+2:]) == string(y[at+2:])
	return rest || swapped
}

func plainOf(name string) []rune {
	form := forms(name, sameLetters)
	if len(form) == 0 {
		return nil
	}
	return []rune(form[0])
}
