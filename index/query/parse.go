package query

import (
	"slices"
	"strings"
)

// maxWords is the number of words of a query that count.
const maxWords = 128

// Parse reads a query. It never fails: what is not part of the language is text.
func Parse(text string, fields Fields) Query {
	p := parser{lexer: lex(text, fields)}
	clauses := []Clause{}
	for p.more() {
		clauses = p.list(clauses, "")
	}
	return p.finish(clauses)
}

// parser makes clauses of lexemes.
type parser struct {
	*lexer
	next  int  // the lexeme that is read next
	words int  // of all clauses
	full  bool // no further word counts
}

func (p *parser) more() bool { return p.next < len(p.lexemes) && !p.full }

// peek reports whether a lexeme of the kind is offset places ahead.
func (p *parser) peek(offset int, kind lexemeKind) bool {
	return p.next+offset < len(p.lexemes) && p.lexemes[p.next+offset].kind == kind
}

// list reads choices up to the end of the group and adds them to clauses. Field is that
// of the clauses that have none.
func (p *parser) list(clauses []Clause, field string) []Clause {
	for p.more() && !p.peek(0, closeLexeme) {
		clauses = p.choice(clauses, field)
	}
	p.next++
	return clauses
}

// choice reads clauses with OR between them.
func (p *parser) choice(clauses []Clause, field string) []Clause {
	operand := p.operand(field, p.peek(1, orLexeme))
	if !p.peek(0, orLexeme) {
		for _, c := range operand {
			clauses = p.include(clauses, c)
		}
		return clauses
	}
	choice := newClause(Choice, Should, "", "")
	p.offer(&choice, operand)
	for p.peek(0, orLexeme) {
		p.next++
		p.offer(&choice, p.operand(field, true))
	}
	return p.include(clauses, choice)
}

// offer adds what OR stands beside to a choice.
func (p *parser) offer(choice *Clause, operand []Clause) {
	for _, c := range operand {
		switch c = simple(c); {
		case c.Occur == Must:
			choice.Occur, c.Occur = Must, Should
		case c.Occur == MustNot:
			other := newClause(Group, Should, "", "")
			other.Clauses = p.add(other.Clauses, c)
			c = other
		}
		if c.Kind == Choice {
			choice.Clauses = append(choice.Clauses, c.Clauses...)
		} else {
			choice.Clauses = p.add(choice.Clauses, c)
		}
	}
}

// operand reads a group, or a lexeme as clauses; joined says that it stands beside OR.
func (p *parser) operand(field string, joined bool) []Clause {
	x := p.lexemes[p.next]
	p.next++
	if x.field != "" {
		field = x.field
	}
	if x.kind != openLexeme {
		return p.leaves(x, field, joined)
	}
	group := newClause(Group, x.occur, "", "")
	group.Clauses = p.list(group.Clauses, field)
	return []Clause{group}
}

// include adds a clause, or, of a group that says no more than its clauses, these.
func (p *parser) include(clauses []Clause, c Clause) []Clause {
	c = simple(c)
	if c.Kind != Group || c.Occur != Should || slices.ContainsFunc(c.Clauses, asksMore) {
		return p.add(clauses, c)
	}
	for _, inner := range c.Clauses {
		if !has(clauses, inner) {
			clauses = append(clauses, inner)
		}
	}
	return clauses
}

// asksMore reports whether the clause is more than words.
func asksMore(c Clause) bool {
	return c.Occur != Should || c.Field != "" || c.Kind >= Range
}

// simple returns the one clause of a group or choice that has no other.
func simple(c Clause) Clause {
	for (c.Kind == Group || c.Kind == Choice) && len(c.Clauses) == 1 {
		only := c.Clauses[0]
		if only.Occur != Should {
			break
		}
		only.Occur = c.Occur
		c = only
	}
	return c
}

func newClause(kind Kind, occur Occur, field, text string) Clause {
	return Clause{Kind: kind, Occur: occur, Field: field, Text: text, Words: []Word{}, Clauses: []Clause{}}
}

// leaves makes the clauses of a lexeme.
func (p *parser) leaves(x lexeme, field string, joined bool) []Clause {
	kind := p.fields(field)
	if x.kind == quotedLexeme && kind != Number {
		return phrase(newClause(Phrase, x.occur, field, x.text))
	}
	text := strings.Trim(x.text, "\",;")
	switch ranged := isRange(text); {
	case kind == Number || kind == Scale && ranged:
		return []Clause{rangeOf(newClause(Range, x.occur, field, text))}
	case kind != NoField && ranged:
		p.note("“" + Clip(x.written) + "” is searched as text: “" + field + "” has no order that a range could be of")
		return words(x.written)
	}
	if c, ok := p.expansion(newClause(Plain, x.occur, field, text)); ok {
		return []Clause{c}
	}
	if field == "" && x.occur == Should && !joined {
		return words(x.text)
	}
	return phrase(newClause(Plain, x.occur, field, text))
}

// words returns a clause for each word of a text.
func words(text string) []Clause {
	var clauses []Clause
	for _, s := range surfaces(text) {
		c := newClause(Plain, Should, "", text[s.start:s.end])
		c.Words = append(c.Words, s.word)
		clauses = append(clauses, c)
	}
	return clauses
}

// phrase returns the clause with all words of its text. Without quotes, one word is a
// plain clause.
func phrase(c Clause) []Clause {
	for _, s := range surfaces(c.Text) {
		c.Words = append(c.Words, s.word)
	}
	if len(c.Words) == 0 && c.Field == "" {
		return nil
	}
	if len(c.Words) > 1 {
		c.Kind = Phrase
	}
	return []Clause{c}
}

// isRange reports whether a value is written like a range.
func isRange(value string) bool {
	return value != "" && (value[0] == '<' || value[0] == '>') || strings.Contains(value, "..")
}

// rangeOf reads the bounds of the clause's text. A value alone is both bounds.
func rangeOf(c Clause) Clause {
	bound := Bound{Value: strings.TrimLeft(c.Text, "<>=")}
	operator := c.Text[:len(c.Text)-len(bound.Value)]
	bound.Open = operator == "<" || operator == ">"
	switch operator {
	case "<", "<=":
		c.High = bound
	case ">", ">=":
		c.Low = bound
	default:
		low, high, ok := strings.Cut(c.Text, "..")
		if !ok {
			high = low
		}
		c.Low.Value, c.High.Value = low, high
	}
	return c
}

// add adds a clause that is not there yet, as far as its words count.
func (p *parser) add(clauses []Clause, c Clause) []Clause {
	if p.full || has(clauses, c) {
		return clauses
	}
	if c.Kind == Group || c.Kind == Choice {
		if len(c.Clauses) == 0 {
			return clauses
		}
		return append(clauses, c)
	}
	size := max(1, len(c.Words))
	if room := maxWords - p.words; size > room {
		p.full = true
		p.note("the query is long; its first 128 different words are searched")
		if room == 0 {
			return clauses
		}
		c.Words, size = c.Words[:room], room
	}
	p.words += size
	return append(clauses, c)
}

func has(clauses []Clause, c Clause) bool {
	return slices.ContainsFunc(clauses, func(other Clause) bool { return same(other, c) })
}

// same reports whether two clauses ask for the same.
func same(a, b Clause) bool {
	if a.Kind != b.Kind || a.Occur != b.Occur || a.Field != b.Field || a.Edits != b.Edits {
		return false
	}
	if a.Field != "" && a.Text != b.Text {
		return false
	}
	return slices.EqualFunc(a.Words, b.Words, func(v, w Word) bool { return v.Whole == w.Whole }) &&
		slices.EqualFunc(a.Clauses, b.Clauses, same)
}

// finish says what depends on the whole query.
func (p *parser) finish(clauses []Clause) Query {
	asks := func(c Clause) bool { return c.Occur != MustNot }
	switch {
	case len(clauses) == 0 && strings.IndexFunc(p.text, func(c rune) bool { return !isSpace(c) }) >= 0:
		p.note("“" + Clip(p.text) + "” has no word to search for")
	case len(clauses) > 0 && !slices.ContainsFunc(clauses, asks):
		p.note("the query only excludes: all others are found; quote it to search for it")
	}
	return Query{Text: p.text, Clauses: clauses, Notes: p.notes}
}
