package alert

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed words.txt
var wordText string

// words are the words by which texts are read; words.txt says what its kinds mean.
type words struct {
	sets    map[string]map[string]bool
	routine []string
	means   map[string]string
	kinds   []marker
}

// marker is a text that says of what kind the text with it is.
type marker struct{ kind, text string }

var builtIn = sync.OnceValue(func() *words { return readWords(wordText) })

func readWords(text string) *words {
	w := &words{sets: map[string]map[string]bool{}, means: map[string]string{}}
	for line := range strings.SplitSeq(text, "\n") {
		kind, rest, _ := strings.Cut(line, " ")
		switch before, after, _ := strings.Cut(rest, ": "); kind {
		case "", "#":
		case "routine":
			w.routine = append(w.routine, rest)
		case "means":
			w.means[before] = after
		case "kind":
			w.kinds = append(w.kinds, marker{before, after})
		default:
			w.add(kind, rest)
		}
	}
	return w
}

func (w *words) add(kind, list string) {
	if w.sets[kind] == nil {
		w.sets[kind] = map[string]bool{}
	}
	for word := range strings.SplitSeq(list, " ") {
		w.sets[kind][word] = true
	}
}

func (w *words) has(kind, word string) bool { return w.sets[kind][word] }
