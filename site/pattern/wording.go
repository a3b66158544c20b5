package pattern

import (
	"cmp"
	"iter"
	"math"
	"slices"

	"faultline/site/cue"
)

// wordings are texts as the sets of their telling words, to find those that say nearly
// the same. A word weighs ln(1 + N/n) where n of N texts have it (inverse document
// frequency; Robertson and Spärck Jones, 1976).
type wordings struct {
	sets    [][]int32        // by text: its words, each once, the rarest first
	totals  []float64        // by text: what its words weigh together
	weight  []float64        // by word, falling
	holders []int            // by word: how many texts have it
	words   []string         // by word: as it was first written
	numbers map[string]int32 // of the words, by their stems
}

// readWordings reads the texts. A word is a number: the lower, the rarer.
func readWordings(texts []string) *wordings {
	w := &wordings{sets: make([][]int32, len(texts)), totals: make([]float64, len(texts)), numbers: map[string]int32{}}
	reader := new(cue.Reader)
	var read []cue.Word
	for i, text := range texts {
		read = reader.Words(text, read[:0])
		w.sets[i] = w.set(read)
	}
	counts := make([]int, len(w.words))
	for _, set := range w.sets {
		for _, n := range set {
			counts[n]++
		}
	}
	w.rank(counts)
	return w
}

// set numbers the telling words in the order in which they are first read.
func (w *wordings) set(read []cue.Word) []int32 {
	set := make([]int32, 0, len(read))
	for _, word := range read {
		if cue.IsStop(word) {
			continue
		}
		n, ok := w.numbers[word.Stem]
		if !ok {
			n = int32(len(w.words))
			w.numbers[word.Stem] = n
			w.words = append(w.words, word.Text)
		}
		set = append(set, n)
	}
	slices.Sort(set)
	return slices.Compact(set)
}

// rank numbers the words anew, the rarest first and of equals the one that was read
// first, and weighs them.
func (w *wordings) rank(counts []int) {
	order := make([]int32, len(counts))
	for n := range order {
		order[n] = int32(n)
	}
	slices.SortStableFunc(order, func(a, b int32) int { return cmp.Compare(counts[a], counts[b]) })
	place, words := make([]int32, len(counts)), make([]string, len(counts))
	w.weight, w.holders = make([]float64, len(counts)), make([]int, len(counts))
	for at, n := range order {
		place[n] = int32(at)
		words[at], w.holders[at] = w.words[n], counts[n]
		w.weight[at] = math.Log1p(float64(len(w.sets)) / float64(counts[n]))
	}
	w.words = words
	for stem, n := range w.numbers {
		w.numbers[stem] = place[n]
	}
	for i, set := range w.sets {
		for at, n := range set {
			set[at] = place[n]
		}
		slices.Sort(set)
		w.totals[i] = w.sum(set)
	}
}

// known returns the telling words of another text that the texts have, the rarest first.
func (w *wordings) known(text string) []int32 {
	var known []int32
	for _, word := range cue.Words(text, nil) {
		if n, ok := w.numbers[word.Stem]; ok && !cue.IsStop(word) {
			known = append(known, n)
		}
	}
	slices.Sort(known)
	return slices.Compact(known)
}

func (w *wordings) sum(words []int32) float64 {
	total := 0.0
	for _, n := range words {
		total += w.weight[n]
	}
	return total
}

// likeness of two texts is the weight of the words that both have, of all that either
// has (Jaccard's index, weighted): 1 for the same words, 0 for no word in common.
func (w *wordings) likeness(a, b int32) float64 {
	both := 0.0
	for n := range w.shared(a, b) {
		both += w.weight[n]
	}
	if both == 0 {
		return 0
	}
	return both / (w.totals[a] + w.totals[b] - both)
}

// titleLikeness is the likeness of two titles. Of titles such as "Incident on" and a date one
// word that many have is the form and not the matter: alone it makes nothing alike.
func (w *wordings) titleLikeness(a, b int32) float64 {
	shared := 0
	for n := range w.shared(a, b) {
		if shared++; shared > 1 || w.few(n) {
			return w.likeness(a, b)
		}
	}
	return 0
}

// few reports whether few texts have a word: fewHolders or a twelfth of all.
func (w *wordings) few(word int32) bool {
	return w.holders[word] <= max(fewHolders, len(w.sets)/12)
}

// shared yields the words that both texts have, the rarest first.
func (w *wordings) shared(a, b int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		x, y := w.sets[a], w.sets[b]
		for len(x) > 0 && len(y) > 0 {
			switch {
			case x[0] < y[0]:
				x = x[1:]
			case x[0] > y[0]:
				y = y[1:]
			case !yield(x[0]):
				return
			default:
				x, y = x[1:], y[1:]
			}
		}
	}
}

// signature is the part of a text's words of which another text must have one to be
// least like it: what is left of the words cannot make up for them.
func (w *wordings) signature(text int, least float64) []int32 {
	rest := w.totals[text]
	for at, n := range w.sets[text] {
		if rest < least*w.totals[text] {
			return w.sets[text][:at]
		}
		rest -= w.weight[n]
	}
	return w.sets[text]
}
