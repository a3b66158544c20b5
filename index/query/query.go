package query

// Occur says what a clause asks of a document.
type Occur uint8

// A document scores for a Should clause that it matches, must match every Must
// clause, and must match no MustNot clause.
const (
	Should Occur = iota
	Must
	MustNot
)

// Kind says how a clause matches.
type Kind uint8

// A Plain clause has one word (or none, with a field); a Phrase has words that
// must follow each other in the text.
const (
	Plain Kind = iota
	Phrase
)

// Word is one surface word of a clause. Whole is its term. Parts are the terms of
// its parts, in order, where it is an identifier of several ("ip_forward"); a
// document may hold the whole, or the parts at consecutive positions.
type Word struct {
	Whole string   `json:"whole"`
	Parts []string `json:"parts"`
	Stop  bool     `json:"stop"` // a stop word: counts in phrases and where a query has no other words
}

// Clause is one condition of a query. Field is "" for every text field, else a
// name that the caller knows, in lower case. Text is as written, without sign,
// field and quotes: what a field of exact values is compared with, both sides
// folded. Words may be empty in a clause with a field, never in one without.
type Clause struct {
	Kind  Kind   `json:"kind"`
	Occur Occur  `json:"occur"`
	Field string `json:"field"`
	Words []Word `json:"words"`
	Text  string `json:"text"`
}

// Sequence returns the terms that stand at consecutive positions in every text
// that has the clause's words in order: the parts of a word that has parts, else
// the whole.
func (c Clause) Sequence() []string {
	var terms []string
	for _, w := range c.Words {
		if len(w.Parts) == 0 {
			terms = append(terms, w.Whole)
		}
		terms = append(terms, w.Parts...)
	}
	return terms
}

// Query is what a person asked for. Text is as written. Notes say, for people,
// what was read in another way than it may have been meant.
type Query struct {
	Text    string   `json:"text"`
	Clauses []Clause `json:"clauses"`
	Notes   []string `json:"notes"`
}

// Parse reads a query. It never fails: what is not part of the language is text.
// Known says which names are fields.
func Parse(text string, known func(field string) bool) Query {
	q := Query{Text: text}
	seen := -1
	for _, t := range Tokens(text) {
		if t.Start >= seen {
			q.Clauses = append(q.Clauses, Clause{Words: []Word{{Whole: t.Term}}, Text: text[t.Start:t.End]})
			seen = t.End
		}
	}
	return q
}
