package index

import (
	"strings"

	segments "github.com/blevesearch/bleve_index_api"

	"faultline/index/query"
)

// How often an incident counts for a term or compound that its words answer for, at
// most, and how many times its title's words count.
const (
	mostAkin  = 8
	titleAkin = 3
)

// akin returns what the incident's words answer for (query.Synonyms): terms that it may
// not have, and compounds.
func (a *analysis) akin(s *source) segments.TokenFrequencies {
	synonyms := query.BuiltInSynonyms()
	count := map[string]int{}
	for range titleAkin {
		a.answers(synonyms, s.Title)
	}
	for _, section := range s.sections {
		a.answers(synonyms, section.Heading)
		for _, p := range section.Passages {
			if !p.Code {
				a.answers(synonyms, p.Text)
			}
		}
	}
	for _, key := range a.answered {
		if count[key]++; count[key] <= mostAkin {
			a.add(a.id(key), count[key])
		}
	}
	a.answered = a.answered[:0]
	return a.gather()
}

// answers adds what a text answers for.
func (a *analysis) answers(synonyms *query.Synonyms, text string) {
	var words []string
	for piece := range strings.SplitSeq(clean(text), " ") {
		words = append(words, a.chunk(piece).words...)
	}
	a.answered = append(a.answered, synonyms.Answers(words)...)
}
