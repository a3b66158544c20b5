package main

import (
	"cmp"
	"slices"

	"faultline/site/incident"
	"faultline/site/score"
	"faultline/site/tagger"
)

// folds is how many parts the reports are divided into.
const folds = 10

// sample is one report in one dimension.
type sample struct {
	want  map[string]bool
	found []tagger.Suggestion // by confidence
}

// casesOf leaves out terms that no label has, as the score does.
func casesOf(d incident.Dimension, reports []labelled) []sample {
	known := map[string]bool{}
	for _, r := range reports {
		for _, id := range r.label.IDs(d) {
			known[id] = true
		}
	}
	cases := make([]sample, len(reports))
	for n, r := range reports {
		cases[n].want = map[string]bool{}
		for _, id := range r.label.IDs(d) {
			cases[n].want[id] = true
		}
		for _, s := range byConfidence(r.ranked.Tags[d]) {
			if known[s.ID] {
				cases[n].found = append(cases[n].found, s)
			}
		}
	}
	return cases
}

// choice is what is fitted.
type choice struct {
	threshold, beside float64
	most              int
}

// takes is the number of suggestions that the choice lets through.
func (c choice) takes(found []tagger.Suggestion) int {
	n := 0
	for n < len(found) && n < c.most && found[n].Confidence >= c.threshold && found[n].Confidence >= c.beside*found[0].Confidence {
		n++
	}
	return n
}

// hits counts terms.
type hits struct{ right, wrong, missed int }

func (h hits) plus(o hits) hits {
	return hits{h.right + o.right, h.wrong + o.wrong, h.missed + o.missed}
}

func (h hits) precision() float64 { return score.Hits{Right: h.right, Wrong: h.wrong}.Precision() }
func (h hits) recall() float64    { return score.Hits{Right: h.right, Missed: h.missed}.Recall() }
func (h hits) f1() float64        { return score.Hits{Right: h.right, Wrong: h.wrong, Missed: h.missed}.F1() }

func measure(cases []sample, c choice) hits {
	var h hits
	for _, x := range cases {
		right := 0
		n := c.takes(x.found)
		for _, s := range x.found[:n] {
			if x.want[s.ID] {
				right++
			}
		}
		h = h.plus(hits{right, n - right, len(x.want) - right})
	}
	return h
}

// best is the choice with the highest F1; of equal ones the one that suggests least.
func best(cases []sample) choice {
	var winner choice
	highest := -1.0
	for threshold := 90; threshold >= 20; threshold -= 5 {
		for beside := 9; beside >= 0; beside -= 3 {
			for most := 1; most <= 5; most++ {
				c := choice{float64(threshold) / 100, float64(beside) / 10, most}
				if f1 := measure(cases, c).f1(); f1 > highest {
					winner, highest = c, f1
				}
			}
		}
	}
	return winner
}

// split parts the cases into those to fit on and those to measure.
func split(cases []sample, fold int) (train, test []sample) {
	for n, c := range cases {
		if n%folds == fold {
			test = append(test, c)
		} else {
			train = append(train, c)
		}
	}
	return train, test
}

func byConfidence(list []tagger.Suggestion) []tagger.Suggestion {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b tagger.Suggestion) int { return cmp.Compare(b.Confidence, a.Confidence) })
	return sorted
}
