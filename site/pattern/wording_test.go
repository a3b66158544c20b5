package pattern

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestLikeness(t *testing.T) {
	w := readWordings([]string{
		"Add an alert for disk space", "Add alerts for the disks' space", "Add an alert for certificates", "Nothing in common", "",
	})
	if got := w.likeness(0, 1); got != 1 {
		t.Errorf("inflected words are %v alike, want 1", got)
	}
	some, most := w.likeness(0, 2), w.likeness(0, 1)
	if some <= 0 || some >= most {
		t.Errorf("a half of the words in common makes %v alike, want between 0 and %v", some, most)
	}
	for other := range int32(5) {
		if got := w.likeness(4, other); got != 0 {
			t.Errorf("no words and text %d are %v alike, want 0", other, got)
		}
	}
}

// A text's nearest is found by the words of signatures; the reference compares with all.
func TestNearestIsThatOfComparingAll(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		var texts []string
		for range 40 {
			var words []string
			for range 2 + random.IntN(6) {
				words = append(words, fmt.Sprintf("word%c", 'a'+random.IntN(12)))
			}
			texts = append(texts, strings.Join(words, " "))
		}
		w := readWordings(texts)
		index := make([][]int, len(w.words))
		for i := range texts {
			got := w.nearest(i, index, func(int) bool { return true })
			if want := nearestOfAll(w, i); got != want {
				t.Fatalf("of %q the nearest to %q is %d, want %d", texts, texts[i], got, want)
			}
			if len(w.sets[i]) >= fewestWords {
				for _, word := range w.signature(i, sameAction) {
					index[word] = append(index[word], i)
				}
			}
		}
	}
}

func nearestOfAll(w *wordings, text int) int {
	best, most := -1, 0.0
	for other := range text {
		like := w.likeness(int32(text), int32(other))
		if len(w.sets[text]) >= fewestWords && len(w.sets[other]) >= fewestWords && like >= sameAction && like > most {
			best, most = other, like
		}
	}
	return best
}
