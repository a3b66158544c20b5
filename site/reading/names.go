package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/incident"
)

// maxName is the number of words beyond which a heading is a sentence.
const maxName = 9

// sectionNamed classifies a heading by the names of languages.yaml; weak reports that
// the name counts only for want of a better one. Headings with no known name are
// OtherSection.
func sectionNamed(heading string) (kind incident.SectionKind, weak bool) {
	k, _ := sectionNaming(heading)
	if k.kind == "" {
		return incident.OtherSection, false
	}
	return k.kind, k.weak
}

// sectionNaming finds the name of a section in a heading; "" for none.
func sectionNaming(heading string) (known, string) {
	table := words()
	name := normalize(heading)
	list := strings.Fields(name)
	for {
		if k, ok := table.sections[name]; ok {
			return k, name
		}
		if len(list) < 2 || !table.ornament[list[0]] && !isNumeral(list[0]) {
			break
		}
		list = list[1:]
		name = strings.Join(list, " ")
	}
	switch {
	case len(list) == 1 && unspaced(name):
		return unspacedName(name)
	case len(list) <= maxName:
		return partlyNamed(list)
	}
	return known{}, ""
}

func isNumeral(word string) bool {
	return strings.Trim(word, "0123456789") == "" || len(word) <= 4 && strings.Trim(word, "ivx") == ""
}

// partlyNamed looks for a sure name at the start or the end of a heading.
func partlyNamed(list []string) (known, string) {
	table := words()
	for n := len(list) - 1; n > 0; n-- {
		for _, name := range [...]string{strings.Join(list[:n], " "), strings.Join(list[len(list)-n:], " ")} {
			if k := table.sections[name]; k.within {
				return k, name
			}
		}
	}
	return known{}, ""
}

// maxUnspaced is the length in bytes beyond which a heading without spaces is a
// sentence.
const maxUnspaced = 60

// unspacedName looks for a name in a heading without spaces between words. What it
// is about stands last: 原因調査の経緯 is a history, not a cause.
func unspacedName(heading string) (known, string) {
	table := words()
	for _, tail := range table.tails {
		heading = strings.TrimPrefix(strings.TrimSuffix(heading, tail), tail)
	}
	if k, ok := table.sections[heading]; ok {
		return k, heading
	}
	if len(heading) > maxUnspaced {
		return known{}, ""
	}
	for i := range heading {
		if k := table.sections[heading[i:]]; k.within {
			return k, heading[i:]
		}
	}
	best := 0
	for i := range heading {
		if table.sections[heading[:i]].within {
			best = i
		}
	}
	return table.sections[heading[:best]], heading[:best]
}

// normalize makes names comparable: lower case and without accents, without what
// stands in brackets at the end, words of letters and digits joined by single
// spaces.
func normalize(name string) string {
	name = strings.TrimRight(strings.TrimSpace(name), ".:?!：？。 ")
	if open := strings.LastIndexAny(name, "([（"); open > 0 && strings.IndexAny(name[open:], ")]）") == len(name)-open-lastSize(name) {
		name = name[:open]
	}
	var b strings.Builder
	gap := false
	for _, r := range fold(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z' && !gap:
			b.WriteByte(byte(r))
		case r == '\'' || r == '’' || unicode.Is(unicode.Cf, r):
		case unicode.In(r, unicode.L, unicode.N, unicode.M):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		case r == '&':
			b.WriteString(" and")
			gap = true
		default:
			gap = true
		}
	}
	return b.String()
}

// lastSize is the length in bytes of the last character.
func lastSize(s string) int {
	_, size := utf8.DecodeLastRuneInString(s)
	return size
}
