package query

import "strings"

var (
	stops    = termsOf(stopWords)
	everyday = termsOf(everydayWords)
)

func termsOf(words string) map[string]bool {
	terms := map[string]bool{}
	for _, word := range strings.Fields(words) {
		terms[string(stem([]byte(word)))] = true
	}
	return terms
}

// IsStop reports whether term is that of a stop word.
func IsStop(term string) bool { return stops[term] }

// IsEveryday reports whether term is that of a word which says less about an incident
// than its rarity makes believe.
func IsEveryday(term string) bool { return everyday[term] }

// surface is a word and where it stands in its text.
type surface struct {
	word       Word
	start, end int
}

// surfaces returns the surface words of text.
func surfaces(text string) []surface {
	var found []surface
	position := 0 // of the last part
	for _, t := range Tokens(text) {
		if !t.Part {
			found = append(found, surface{newWord(t.Term), t.Start, t.End})
			position = t.Position - 1
			continue
		}
		word := &found[len(found)-1].word
		if t.Position > position {
			word.Parts = append(word.Parts, t.Term)
		} else {
			word.Divisions = append(word.Divisions, t.Term)
		}
		position = t.Position
	}
	for i := range found {
		settle(&found[i].word)
	}
	return found
}

func newWord(whole string) Word {
	return Word{Whole: whole, Parts: []string{}, Divisions: []string{}, Stop: IsStop(whole)}
}

// settle puts right a word of one piece, of which the first division was taken for
// a piece.
func settle(w *Word) {
	if len(w.Parts) == 1 {
		w.Parts, w.Divisions = w.Divisions[:0:0], append(w.Parts, w.Divisions...)
	}
}
