package index

import (
	"slices"

	"faultline/index/query"
)

// evaluation is one query at work: what each document has gathered so far. The
// client's evaluate.ts says the same, line by line.
type evaluation struct {
	postings *postings
	norms    []float64

	score    []float64 // by document
	met      []int     // by document: scoring clauses that it matches
	required []int     // by document: required clauses that it matches
	barred   []bool    // by document: it matches a clause that it must not

	scoring, needed int  // clauses that score; that are required
	optional        bool // no word is required, so one of them must match
	frequencies     frequencies
	found           frequencies // score of the clause at hand
	needles         []needle    // what passages are searched for
}

func newEvaluation(p *postings, norms []float64) *evaluation {
	count := len(norms)
	return &evaluation{
		postings: p, norms: norms, optional: true,
		score: make([]float64, count), met: make([]int, count), required: make([]int, count), barred: make([]bool, count),
		frequencies: frequencies{tf: make([]float64, count)},
		found:       frequencies{tf: make([]float64, count)},
	}
}

// run evaluates the clauses in order.
func (e *evaluation) run(clauses []query.Clause) error {
	for _, c := range clauses {
		wanted := len(e.needles)
		kind := queryFields[c.Field]
		e.found.reset()
		var err error
		if kind.exact {
			err = e.exact(c, exactFields[kind.at])
		} else {
			err = e.text(c, fieldsOf(c.Field, kind))
		}
		if err != nil {
			return err
		}
		e.tally(c, kind.exact)
		if c.Occur == query.MustNot {
			e.needles = e.needles[:wanted]
		}
	}
	return nil
}

// fieldsOf returns the text fields that a clause looks in.
func fieldsOf(name string, kind fieldKind) fieldSet {
	if name == "" {
		return everyField
	}
	return 1 << kind.at
}

// considered leaves out, where other words are there, the stop words that nothing
// was said of.
func considered(clauses []query.Clause) []query.Clause {
	words := slices.ContainsFunc(clauses, func(c query.Clause) bool {
		return !isStop(c) && c.Occur != query.MustNot && !queryFields[c.Field].exact
	})
	if !words {
		return clauses
	}
	return slices.DeleteFunc(slices.Clone(clauses), isStop)
}

// isStop reports whether the clause is a stop word that nothing was said of.
func isStop(c query.Clause) bool {
	return c.Kind == query.Plain && c.Occur == query.Should && c.Field == "" && c.Words[0].Stop
}

// tally enters what a clause has found. A field of exact values is a filter: it is
// required unless it is excluded, and scores nothing.
func (e *evaluation) tally(c query.Clause, exact bool) {
	if c.Occur == query.MustNot {
		for _, doc := range e.found.docs {
			e.barred[doc] = true
		}
		return
	}
	must := exact || c.Occur == query.Must
	if must {
		e.needed++
	}
	if !exact {
		e.scoring++
		e.optional = e.optional && !must
	}
	for _, doc := range e.found.docs {
		if must {
			e.required[doc]++
		}
		if !exact {
			e.met[doc]++
			e.score[doc] += e.found.tf[doc]
		}
	}
}

// matches reports whether the document is an answer.
func (e *evaluation) matches(doc int) bool {
	if e.barred[doc] || e.required[doc] < e.needed {
		return false
	}
	return e.met[doc] > 0 || !e.optional || e.scoring == 0
}

// total is the score of a document that matches: of the words asked for, the more
// it has, the better.
func (e *evaluation) total(doc int) float64 {
	if e.scoring == 0 {
		return 0
	}
	return rounded(e.score[doc] * coordination(e.met[doc], e.scoring))
}

// exact finds the documents that have the value, or all its words.
func (e *evaluation) exact(c query.Clause, f exactField) error {
	docs, err := e.postings.exact(f, fold(c.Text))
	if err != nil {
		return err
	}
	for _, doc := range docs {
		e.found.add(doc, 1)
	}
	if !f.names || len(c.Words) == 0 {
		return nil
	}
	return e.exactWords(c.Sequence(), f)
}

func (e *evaluation) exactWords(words []string, f exactField) error {
	e.frequencies.reset()
	slices.Sort(words)
	words = slices.Compact(words)
	for _, word := range words {
		docs, err := e.postings.exact(f, word)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			e.frequencies.add(doc, 1)
		}
	}
	for _, doc := range e.frequencies.docs {
		if e.frequencies.tf[doc] == float64(len(words)) {
			e.found.add(doc, 1)
		}
	}
	return nil
}

// text scores the documents that match a clause in text fields.
func (e *evaluation) text(c query.Clause, fields fieldSet) error {
	switch {
	case len(c.Words) == 0:
		return nil
	case c.Kind == query.Phrase:
		return e.sequence(c.Sequence(), fields, 1)
	default:
		return e.word(c.Words[0], fields, c.Occur == query.Should)
	}
}

// word scores the documents that have a word whole, in parts that follow each
// other or, unless it decides whether a document is an answer, in parts anywhere.
func (e *evaluation) word(w query.Word, fields fieldSet, loose bool) error {
	if err := e.sequence([]string{w.Whole}, fields, 1); err != nil {
		return err
	}
	if !loose {
		if len(w.Parts) == 0 {
			return nil
		}
		return e.sequence(w.Parts, fields, partWeight)
	}
	parts := slices.Concat(w.Parts, w.Divisions)
	for _, part := range parts {
		if err := e.sequence([]string{part}, fields, partWeight/float64(len(parts))); err != nil {
			return err
		}
	}
	return nil
}

// sequence scores the documents that have the terms at consecutive positions.
func (e *evaluation) sequence(terms []string, fields fieldSet, weight float64) error {
	e.frequencies.reset()
	if err := e.postings.find(terms, fields, &e.frequencies); err != nil {
		return err
	}
	r := weight * rarity(len(e.frequencies.docs), len(e.norms))
	for _, doc := range e.frequencies.docs {
		e.found.add(doc, weigh(r, e.frequencies.tf[doc], e.norms[doc]))
	}
	e.needles = append(e.needles, needle{terms, int(r*1000 + 0.5)})
	return nil
}
