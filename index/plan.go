package index

import (
	"cmp"
	"slices"
	"strings"

	"faultline/index/query"
	"faultline/site/incident"
)

// How many terms a beginning or a word spelled nearly so stands for, and with how many all
// of a query have enough: those after them are left out.
const (
	mostTerms    = 100
	mostExpanded = 1600
)

// step is a clause that is ready to be evaluated.
type step struct {
	query.Clause
	filter bool     // it is required unless it is excluded, and scores nothing
	terms  []string // what a Prefix or Typo stands for
	within extent   // of a Range
	steps  []step   // of a Group or Choice
}

// planner makes steps of clauses.
type planner struct {
	*Index
	room     *frequencies
	notes    []string
	spelled  []spelling
	expanded int  // terms that clauses stand for so far
	short    bool // some clause was left out
}

// spelling is a word that no incident has and the term that it was read as.
type spelling struct{ text, term string }

// group plans the clauses of a query or group. Sure says that its words mean what they
// say.
func (p *planner) group(clauses []query.Clause, sure bool) ([]step, error) {
	return p.all(considered(clauses), sure)
}

func (p *planner) all(clauses []query.Clause, sure bool) ([]step, error) {
	var steps []step
	for _, c := range clauses {
		if p.leavesOut(c) {
			continue
		}
		s, err := p.step(c, sure || c.Occur != query.Should)
		if err != nil {
			return nil, err
		}
		if len(c.Clauses) == 0 || len(s.steps) > 0 {
			steps = append(steps, s)
		}
	}
	return steps, nil
}

// leavesOut reports whether a clause stands for several terms and others stand for enough
// of them. A note, before all others, names the first.
func (p *planner) leavesOut(c query.Clause) bool {
	if c.Kind != query.Prefix && c.Kind != query.Typo || p.expanded < mostExpanded {
		return false
	}
	if !p.short {
		p.short = true
		p.notes = slices.Insert(p.notes, 0, "“"+query.Clip(c.Text)+mark(c)+"” and all beginnings and near words after it are left out: those before it stand for very many words")
	}
	return true
}

func (p *planner) step(c query.Clause, sure bool) (s step, err error) {
	s = step{Clause: c, filter: isFilter(c)}
	switch c.Kind {
	case query.Group:
		s.steps, err = p.group(c.Clauses, sure && c.Occur == query.MustNot)
	case query.Choice:
		s.steps, err = p.all(c.Clauses, sure && c.Occur == query.MustNot)
	case query.Range:
		s.within = p.within(c)
	case query.Prefix, query.Typo:
		s.terms, err = p.expand(c)
	case query.Plain, query.Phrase:
		if !sure && isExact(c.Field) {
			err = p.value(&s)
		} else if !sure && isSpelled(c) {
			s.Words, err = p.spell(c)
		}
	}
	return s, err
}

// value replaces a value without digits that no incident has by the nearest, where that is
// as near as a misspelling. A note says so.
func (p *planner) value(s *step) error {
	f := exactFields[queryFields[s.Field].at]
	if known, err := p.isValue(f, s.Clause); err != nil || known {
		return err
	}
	asked := fold(s.Text)
	if strings.ContainsAny(asked, "0123456789") {
		return nil
	}
	meant := nearestValue(asked, p.values(f))
	if meant == "" || distance([]rune(asked), []rune(query.Fold(meant))) > allowedEdits(asked) {
		return nil
	}
	p.notes = append(p.notes, "no incident has "+quoted(s.Clause)+"; “"+meant+"” is searched for instead")
	s.Text, s.Words = meant, nil
	return nil
}

// isValue reports whether any incident has the clause's value in a field, or its words.
func (p *planner) isValue(f exactField, c query.Clause) (bool, error) {
	name := []string{exactName(f)}
	count, err := p.postings.count(name, fold(c.Text), p.room)
	if err != nil || count > 0 || !f.names || len(c.Words) == 0 {
		return count > 0, err
	}
	for _, word := range c.Sequence() {
		if count, err := p.postings.count(name, word, p.room); err != nil || count == 0 {
			return false, err
		}
	}
	return true, nil
}

// isFilter reports whether the clause asks for nothing but values and ranges.
func isFilter(c query.Clause) bool {
	if c.Kind == query.Group || c.Kind == query.Choice {
		return !slices.ContainsFunc(c.Clauses, func(c query.Clause) bool { return c.Occur != query.MustNot && !isFilter(c) })
	}
	return c.Kind == query.Range || isExact(c.Field)
}

// considered leaves out, where other words are there, the stop words that nothing
// was said of.
func considered(clauses []query.Clause) []query.Clause {
	words := slices.ContainsFunc(clauses, func(c query.Clause) bool {
		return !isStop(c) && c.Occur != query.MustNot && !isFilter(c)
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

// spell replaces a word that no incident has by the term that was most likely meant:
// of those with the fewest edits the one that most incidents have.
func (p *planner) spell(c query.Clause) ([]query.Word, error) {
	count, err := p.postings.count(allText, c.Words[0].Whole, p.room)
	if err != nil || count > 0 {
		return c.Words, err
	}
	meant, err := p.postings.nearest(typed(c), c.Words[0].Whole, p.room)
	if err != nil || meant == "" {
		return c.Words, err
	}
	p.spelled = append(p.spelled, spelling{c.Text, meant})
	return []query.Word{{Whole: meant}}, nil
}

// within returns the numbers that a range asks for. A note says so where no incident
// has one of them.
func (p *planner) within(c query.Clause) extent {
	at := slices.IndexFunc(columnFields[:], func(f columnField) bool { return f.query == c.Field })
	f, column := columnFields[at], p.columns[at]
	r, ok := f.rangeOf(c, p.scale)
	if ok && slices.ContainsFunc(column, func(e extent) bool { return e.within(r) }) {
		return r
	}
	note := quoted(c) + " matches nothing"
	if !ok {
		note += ": " + f.form
		if day := nearestBound(c); day != "" {
			note += "; the nearest date is “" + day + "”"
		}
	}
	if all := column.whole(); all.known() {
		note += "; those of this library run from " + f.write(all.low, p.scale) + " to " + f.write(all.high, p.scale)
	} else {
		note += "; no incident says what it is"
	}
	p.notes = append(p.notes, note)
	return r
}

// nearestBound returns the day nearest to a bound that is written like a date but is
// none, "" where there is no such bound.
func nearestBound(c query.Clause) string {
	for _, b := range []query.Bound{c.Low, c.High} {
		t, precision := nearestDay(b.Value)
		if _, ok := readDays(b.Value, nil); !ok && precision != incident.NoTime && c.Field == "date" {
			return t.Format(dayLayouts[precision])
		}
	}
	return ""
}

// quoted is a clause with a field as a note names it.
func quoted(c query.Clause) string { return "“" + c.Field + ":" + query.Clip(c.Text) + "”" }

// expand returns the terms that a clause stands for, sorted. A note says so where they
// are too many.
func (p *planner) expand(c query.Clause) ([]string, error) {
	fields, text := allText, ""
	if isExact(c.Field) {
		fields, text = []string{exactName(exactFields[queryFields[c.Field].at])}, fold(c.Text)
	} else {
		text = c.Words[0].Whole
	}
	found, err := p.candidates(c, fields, text)
	if err != nil {
		return nil, err
	}
	if len(found) > mostTerms {
		slices.SortFunc(found, foremost)
		found = found[:mostTerms]
		p.notes = append(p.notes, "“"+query.Clip(c.Text)+mark(c)+"” stands for very many words; the 100 most usual are searched")
	}
	terms := []string{}
	for _, f := range found {
		terms = append(terms, f.term)
	}
	slices.Sort(terms)
	p.expanded += len(terms)
	return terms, nil
}

func mark(c query.Clause) string {
	if c.Kind == query.Prefix {
		return "*"
	}
	return "~"
}

// candidates returns the terms that a Prefix or Typo may stand for.
func (p *planner) candidates(c query.Clause, fields []string, text string) ([]candidate, error) {
	var found []candidate
	var err error
	if c.Kind == query.Typo {
		found, err = p.postings.near(fields, text, cmp.Or(c.Edits, allowedEdits(text), 1))
	} else {
		found, err = p.postings.startingWith(fields, text)
	}
	if c.Kind == query.Prefix && !isExact(c.Field) {
		for _, stem := range query.Stems(text) {
			found = append(found, candidate{term: stem, fields: fields})
		}
	}
	if err != nil {
		return nil, err
	}
	return p.postings.counted(found, p.room)
}

// foremost orders candidates by edits, then by how many incidents have them, then by
// the term.
func foremost(a, b candidate) int {
	return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(b.count, a.count), strings.Compare(a.term, b.term))
}
