package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/markdown"
)

const (
	sampleWords  = 200 // of a text are enough to tell its language
	leastHits    = 4   // common words, or headings counted double, that a language must have
	leastShare   = .12 // of the words that must be common ones
	clearMargin  = 1.3 // by which the best language must beat the next
	headingScore = 2   // hits that a heading in a language counts for
)

// languageOf returns the BCP 47 tag of the language that a text is written in, ""
// where that is not clear. Its commonest words tell, the names of its sections and,
// for Chinese and Japanese, its script.
func languageOf(blocks []markdown.Block) string {
	s := sampler{hits: map[string]float64{}}
	eachLine(blocks, func(l line) bool {
		s.sample(outsideCode(l))
		return s.words < sampleWords
	})
	if tag := s.byScript(); tag != "" {
		return tag
	}
	for _, b := range blocks {
		if b.Kind == markdown.Heading {
			s.heading(b.Text)
		}
	}
	return s.best()
}

// sampler counts what tells a language.
type sampler struct {
	hits             map[string]float64
	words, common    int
	kana, han, other int // letters
}

func (s *sampler) sample(text string) {
	table := words().common
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), notInWord) {
		s.words++
		languages := table[word]
		for _, tag := range languages {
			s.hits[tag]++
		}
		if len(languages) > 0 {
			s.common++
		}
		if word[0] < utf8.RuneSelf {
			s.other += len(word)
			continue
		}
		for _, r := range word {
			s.letter(r)
		}
	}
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }

func (s *sampler) letter(r rune) {
	switch {
	case r < 0x2e80:
		s.other++
	case unicode.In(r, unicode.Hiragana, unicode.Katakana):
		s.kana++
	case unicode.Is(unicode.Han, r):
		s.han++
	default:
		s.other++
	}
}

// byScript tells the languages that are known by their letters: in technical texts a
// quarter of them is enough.
func (s *sampler) byScript() string {
	switch eastern := s.kana + s.han; {
	case 4*eastern < eastern+s.other || eastern == 0:
		return ""
	case 10*s.kana >= eastern:
		return "ja"
	default:
		return "zh"
	}
}

func (s *sampler) heading(text string) {
	_, name := sectionNaming(text)
	for _, tag := range words().naming[name] {
		s.hits[tag] += headingScore
	}
}

// best is the language with the most hits, where it is clear.
func (s *sampler) best() string {
	best, most, next := "", 0.0, 0.0
	for tag, n := range s.hits {
		switch {
		case n > most || n == most && tag < best:
			best, most, next = tag, n, max(most, next)
		default:
			next = max(next, n)
		}
	}
	if most < leastHits || most < clearMargin*next || most < leastShare*float64(s.words) {
		return ""
	}
	return best
}
