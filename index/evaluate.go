package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/index/query"
)

// evaluation is one query at work. The client's evaluate.ts says the same, line by
// line.
type evaluation struct {
	postings    *postings
	columns     []column
	norms       []float64
	scopes      []*scope // the query's, and one for each level of groups and choices
	frequencies frequencies
	needles     []needle       // what passages are searched for
	wanted      int            // what of the query needles stand for so far
	missed      []query.Clause // values that no document has
}

// scope is what each document has gathered so far of a query or group.
type scope struct {
	score    []float64 // by document
	met      []int     // by document: scoring clauses that it matches
	required []int     // by document: required clauses that it matches
	barred   []bool    // by document: it matches a clause that it must not
	tags     []float64 // by document: how much its tags have of the words

	scoring, needed int     // clauses that score; that are required
	optional        bool    // no word is required, so one of them must match
	asked           float64 // the most that tags may have
	found           matches // of the clause at hand
}

func newEvaluation(x *Index) *evaluation {
	return &evaluation{postings: x.postings, columns: x.columns, norms: x.norms, frequencies: frequencies{tf: make([]float64, len(x.norms))}}
}

// scope returns that of a level, empty.
func (e *evaluation) scope(level int) *scope {
	if level == len(e.scopes) {
		count := len(e.norms)
		e.scopes = append(e.scopes, &scope{
			score: make([]float64, count), met: make([]int, count), required: make([]int, count), barred: make([]bool, count),
			tags: make([]float64, count), found: newMatches(count),
		})
	}
	s := e.scopes[level]
	clear(s.score)
	clear(s.met)
	clear(s.required)
	clear(s.barred)
	clear(s.tags)
	s.found.reset()
	s.scoring, s.needed, s.asked, s.optional = 0, 0, 0, true
	return s
}

// run evaluates the steps of a query or group in order.
func (e *evaluation) run(steps []step, level int) (*scope, error) {
	scope := e.scope(level)
	for i, s := range steps {
		wanted := len(e.needles)
		scope.found.reset()
		if err := e.find(s, level, &scope.found); err != nil {
			return nil, err
		}
		if err := e.compounds(steps[i:], &scope.found); err != nil {
			return nil, err
		}
		scope.tally(s)
		if s.Occur == query.MustNot {
			e.needles = e.needles[:wanted]
		}
	}
	return scope, nil
}

// find finds what one step of a level matches.
func (e *evaluation) find(s step, level int, found *matches) error {
	switch {
	case s.Kind == query.Group:
		return e.group(s, level+1, found)
	case s.Kind == query.Choice:
		return e.choice(s, level+1, found)
	case s.Kind == query.Range:
		e.between(s, found)
		return nil
	case isExact(s.Field):
		return e.exact(s, found)
	default:
		return e.text(s, fieldsOf(s.Field), found)
	}
}

// group finds the answers of a query within the query.
func (e *evaluation) group(s step, level int, found *matches) error {
	inner, err := e.run(s.steps, level)
	if err != nil {
		return err
	}
	for doc := range e.norms {
		if inner.matches(doc) {
			found.add(doc, inner.total(doc))
		}
	}
	return nil
}

// choice finds what any of the steps matches, with the best of their scores.
func (e *evaluation) choice(s step, level int, found *matches) error {
	for _, one := range s.steps {
		of := &e.scope(level).found
		if err := e.find(one, level, of); err != nil {
			return err
		}
		for _, doc := range of.docs {
			found.raise(doc, of.score[doc])
		}
	}
	return nil
}

// between finds the documents whose numbers lie in the range.
func (e *evaluation) between(s step, found *matches) {
	for i, f := range columnFields {
		if f.query != s.Field {
			continue
		}
		for doc, extent := range e.columns[i] {
			if extent.within(s.within) {
				found.add(doc, 0)
			}
		}
	}
}

// fieldsOf returns the text fields that a clause looks in.
func fieldsOf(name string) fieldSet {
	if name == "" {
		return ownFields
	}
	return 1 << queryFields[name].at
}

// tally enters what a step has found. A filter is required unless it is excluded, and
// scores nothing.
func (s *scope) tally(of step) {
	if of.Occur == query.MustNot {
		for _, doc := range s.found.docs {
			s.barred[doc] = true
		}
		return
	}
	must := of.filter || of.Occur == query.Must
	if must {
		s.needed++
	}
	if !of.filter {
		s.scoring++
		s.optional = s.optional && !must
	}
	s.asked += s.found.asked
	for _, doc := range s.found.tagged {
		s.tags[doc] += s.found.tags[doc]
	}
	for _, doc := range s.found.docs {
		if must {
			s.required[doc]++
		}
		if !of.filter {
			s.met[doc]++
			s.score[doc] += s.found.score[doc]
		}
	}
}

// matches reports whether the document is an answer.
func (s *scope) matches(doc int) bool {
	if s.barred[doc] || s.required[doc] < s.needed {
		return false
	}
	return s.met[doc] > 0 || !s.optional || s.scoring == 0
}

// total is the score of a document that matches: of the words asked for, the more
// it has, the better.
func (s *scope) total(doc int) float64 {
	if s.scoring == 0 {
		return 0
	}
	score := s.score[doc]
	if tags := s.tags[doc]; tags > 0 {
		score += float64(tagWeight * float64(float64(tags*tags)/s.asked))
	}
	return score * coordination(s.met[doc], s.scoring)
}

// answers lists the documents that match, newest first.
func (s *scope) answers() []int {
	list := make([]int, 0, len(s.score))
	for doc := len(s.score) - 1; doc >= 0; doc-- {
		if s.matches(doc) {
			list = append(list, doc)
		}
	}
	return list
}

// rank is the score by which a document that matches takes its place.
func (s *scope) rank(doc int) float64 { return rounded(s.total(doc)) }

// exact finds the documents that have the value, or all its words.
func (e *evaluation) exact(s step, found *matches) error {
	f := exactFields[queryFields[s.Field].at]
	for _, value := range s.values() {
		docs, err := e.postings.exact(f, value)
		if err != nil {
			return err
		}
		for _, doc := range docs {
			found.add(doc, 0)
		}
	}
	if f.names && len(s.Words) > 0 {
		if err := e.exactWords(s.Sequence(), f, found); err != nil {
			return err
		}
	}
	if len(found.docs) == 0 {
		e.missed = append(e.missed, s.Clause)
	}
	return nil
}

// values returns the folded values that a step of an exact field asks for.
func (s step) values() []string {
	if s.Kind == query.Prefix || s.Kind == query.Typo {
		return s.terms
	}
	return []string{fold(s.Text)}
}

func (e *evaluation) exactWords(words []string, f exactField, found *matches) error {
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
			found.add(doc, 0)
		}
	}
	return nil
}

// text scores the documents that match a clause in text fields.
func (e *evaluation) text(s step, fields fieldSet, found *matches) error {
	switch {
	case s.Kind == query.Prefix || s.Kind == query.Typo:
		return e.any(s.terms, fields, found)
	case len(s.Words) == 0:
		return nil
	case s.Kind == query.Phrase:
		return e.sequence(s.Sequence(), fields, 1, found)
	default:
		return e.word(s, fields, found)
	}
}

// word scores the documents that have a word whole, in parts that follow each
// other or, unless it decides whether a document is an answer, in parts anywhere.
func (e *evaluation) word(s step, fields fieldSet, found *matches) error {
	w, loose := s.Words[0], s.Occur == query.Should
	if loose && fields == ownFields {
		if err := e.meaning(w.Whole, s.Text, found); err != nil {
			return err
		}
	} else if err := e.sequence([]string{w.Whole}, fields, 1, found); err != nil {
		return err
	}
	if !loose {
		if len(w.Parts) == 0 {
			return nil
		}
		return e.sequence(w.Parts, fields, partWeight, found)
	}
	parts := slices.Concat(w.Parts, w.Divisions)
	for _, part := range parts {
		if err := e.sequence([]string{part}, fields, partWeight/float64(len(parts)), found); err != nil {
			return err
		}
	}
	return nil
}

// meaning scores the documents that have a word, or words that answer for it: these as
// one that is as rare as all of them together are.
func (e *evaluation) meaning(term, asked string, found *matches) error {
	weight := telling(term)
	e.frequencies.reset()
	if err := e.postings.find([]string{term}, ownFields, &e.frequencies); err != nil {
		return err
	}
	own := len(e.frequencies.docs)
	if err := e.postings.find([]string{term}, akinField, &e.frequencies); err != nil {
		return err
	}
	docs := e.frequencies.docs
	r, akin := weight*rarity(cmp.Or(own, len(docs)), len(e.norms)), weight*rarity(len(docs), len(e.norms))
	e.score(docs[:own], r, found)
	e.score(docs[own:], akin, found)
	e.want([]string{term}, r)
	if err := e.answering(term, asked, akin); err != nil {
		return err
	}
	if err := e.titled(term, weight, found); err != nil {
		return err
	}
	return e.tagged(term, found)
}

// want makes a needle of terms that are searched for.
func (e *evaluation) want(terms []string, rarity float64) {
	e.wanted++
	e.needles = append(e.needles, needle{terms: terms, weight: thousandths(rarity), of: e.wanted})
}

// answering makes needles of what answers for a key, where any incident does: they stand
// for the same as the last needle.
func (e *evaluation) answering(key, asked string, rarity float64) error {
	if count, err := e.postings.count([]string{"akin"}, key, &e.frequencies); err != nil || count == 0 {
		return err
	}
	for _, member := range query.BuiltInSynonyms().Members(key) {
		n := needle{terms: strings.Split(member, " "), weight: thousandths(rarity), of: e.wanted, asked: asked, free: true}
		if member == key {
			n.asked = ""
		}
		e.needles = append(e.needles, n)
	}
	return nil
}

// telling is how much of its rarity a word counts.
func telling(term string) float64 {
	if query.IsEveryday(term) {
		return everydayWeight
	}
	return 1
}

// titled scores the documents that have a word in their titles.
func (e *evaluation) titled(term string, weight float64, found *matches) error {
	e.frequencies.reset()
	if err := e.postings.find([]string{term}, titleField, &e.frequencies); err != nil {
		return err
	}
	r := float64(titleWeight * float64(weight*rarity(len(e.frequencies.docs), len(e.norms))))
	for _, doc := range e.frequencies.docs {
		found.add(doc, r)
	}
	return nil
}

// tagged tags the documents whose tags are described with a word.
func (e *evaluation) tagged(term string, found *matches) error {
	e.frequencies.reset()
	if err := e.postings.find([]string{term}, tagFields, &e.frequencies); err != nil {
		return err
	}
	r := rarity(len(e.frequencies.docs), len(e.norms))
	found.asked += r
	for _, doc := range e.frequencies.docs {
		found.tag(doc, weigh(r, e.frequencies.tf[doc], tagSaturation))
	}
	return nil
}

// compounds scores the documents that answer for the first two or three steps as one.
func (e *evaluation) compounds(steps []step, found *matches) error {
	for i, key := range compoundsOf(steps) {
		e.frequencies.reset()
		if err := e.postings.find([]string{key}, akinField, &e.frequencies); err != nil {
			return err
		}
		rare := rarity(len(e.frequencies.docs), len(e.norms))
		r := float64(compoundWeight * rare)
		for _, doc := range e.frequencies.docs {
			found.add(doc, weigh(r, e.frequencies.tf[doc]*compoundBoost, e.norms[doc]))
		}
		e.wanted++
		words := steps[:i+2]
		if err := e.answering(key, askedIn(words), float64(len(words))*rare); err != nil {
			return err
		}
	}
	return nil
}

// compoundsOf returns the keys of the first two and three steps, as far as they are
// plain words that need not be there.
func compoundsOf(steps []step) []string {
	var words, keys []string
	for _, s := range steps[:min(mostCompound, len(steps))] {
		if s.Kind != query.Plain || s.Occur != query.Should || s.Field != "" {
			break
		}
		if words = append(words, s.Words[0].Whole); len(words) > 1 {
			keys = append(keys, query.Compound(words))
		}
	}
	return keys
}

// askedIn returns the words of steps as they were typed.
func askedIn(steps []step) string {
	var words []string
	for _, s := range steps {
		words = append(words, s.Text)
	}
	return strings.Join(words, " ")
}

// sequence scores the documents that have the terms at consecutive positions.
func (e *evaluation) sequence(terms []string, fields fieldSet, weight float64, found *matches) error {
	e.frequencies.reset()
	if err := e.postings.find(terms, fields, &e.frequencies); err != nil {
		return err
	}
	e.want(terms, e.weigh(weight, found))
	return nil
}

// any scores the documents that have one of the terms, all of them as one word.
func (e *evaluation) any(terms []string, fields fieldSet, found *matches) error {
	e.frequencies.reset()
	for _, term := range terms {
		if err := e.postings.frequencies(term, fields, &e.frequencies); err != nil {
			return err
		}
	}
	r := e.weigh(1, found)
	for i := range terms {
		e.want(terms[i:i+1], r)
	}
	return nil
}

// weigh scores the documents of the frequencies at hand and returns the weight of
// what they are of.
func (e *evaluation) weigh(weight float64, found *matches) float64 {
	r := weight * rarity(len(e.frequencies.docs), len(e.norms))
	e.score(e.frequencies.docs, r, found)
	return r
}

// thousandths is the weight of a needle.
func thousandths(rarity float64) int { return int(float64(rarity*1000) + 0.5) }

// score scores documents of the frequencies at hand, of a term of the rarity.
func (e *evaluation) score(docs []int, rarity float64, found *matches) {
	for _, doc := range docs {
		found.add(doc, weigh(rarity, e.frequencies.tf[doc], e.norms[doc]))
	}
}
