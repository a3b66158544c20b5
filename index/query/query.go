// Package query is the language of search: how text becomes terms, and what a
// query may say. It knows neither documents nor scores. Its TypeScript mirror
// (fold.ts, stem.ts, tokens.ts and query.ts of index/web/client) gives the same
// terms and the same queries for every text; the two are read side by side and
// compared by the tests.
//
// # Terms
//
// Tokens reads a text as surface words. Letters lose case and accents, digits of
// every script are ASCII (see package tables), English words become their stems.
//
//   - Pieces of letters and digits with single joiners between them (. _ - / @ : ::
//     and apostrophes) are one word: ip_forward, /var/lib/etcd, 1.17.9,
//     user@example.com. Its whole, joiners included, is a term, and so is each piece.
//     The hyphens of a word without digits and other joiners, and all apostrophes, are
//     left out of the whole: fail-over is failover.
//   - A piece is divided before capitals and digits (CrashLoopBackOff, HTTP503,
//     x509), and each division is a term as well, unless most of them would be single
//     characters (k8s, iPhone, 3f2a9c).
//   - Contractions are one piece (don't is dont), a possessive 's and the plural s of
//     VMs are left out. C++ and C# keep their signs.
//   - Scripts without spaces, Hangul and emoji are indexed in overlapping pairs of
//     characters; a character that stands alone is a term.
//
// A term has at most 64 characters. Pieces stand at consecutive positions, the
// whole at that of its first piece, divisions at that of their piece; so phrases
// match whether a name is written PostgreSQL or postgresql, net.core or "net core".
// Stop words are terms like all others: IsStop tells them apart.
//
// # Queries
//
// The grammar, in EBNF; nothing is ever refused, as every text is a sequence of
// clauses:
//
//	query   = list .
//	list    = { space } [ choice { { space } choice } { space } ] .
//	choice  = clause { space "OR" space clause } .
//	clause  = [ sign ] [ field ":" ] ( group | phrase | value ) .
//	sign    = "+" | "-" .                        (must match | must not match)
//	field   = letter { letter | "_" } .          (ASCII, in any case, and known to the caller)
//	group   = "(" list ")" .
//	phrase  = quote { character - quote } quote .
//	quote   = '"' | "“" | "”" | "„" | "＂" .
//	value   = word "*" | word "~" [ "1" | "2" ] | range | text .
//	range   = ( "<" | "<=" | ">" | ">=" ) bound | [ bound ] ".." [ bound ] .
//	text    = character { character } .          (up to the next space, or the ")" of the group)
//
// OR binds its neighbors before anything else: a b OR c is a (b OR c). It is an operator
// in capitals only, and where it stands between two clauses. A choice is required
// where one of its clauses has "+"; a clause of it with "-" stands for everything that
// it does not match. A field before a group is that of every clause in it that has none.
// A group that asks for nothing but words, without sign, field and OR, is no more than its
// words. Groups nest sixteen deep; deeper parentheses count as text.
//
// word* stands for the words that begin so, word~ for those that are spelled nearly so:
// one edit away, two from eight letters on, or as many as the figure says. A beginning has
// two letters or digits at least, that of a value one, a word before "~" three. Ranges are for fields of numbers and
// for scales (FieldKind); a bound is not part of either range with "<" and ">".
//
// A sign counts directly before a letter, a phrase or a group; before a digit it is part
// of a number ("exit code -1"). A field counts directly before its value. An opening quote
// and an opening parenthesis count at the beginning of a clause, where they are closed
// again; within a word they are part of it, as in main() or 5". Everything else is text,
// each word of it a clause of its own; the words of a clause with sign or field, or of a
// choice, are a phrase. A clause counts once however often it is written, and the first
// 128 words count. A note says what was read in another way than its author may have
// meant, such as AND and NOT of other languages and a name that is almost a field's.
package query

// FieldKind is what a field's clauses are compared with.
type FieldKind uint8

// A field of text has words, one of values whole values, a scale values in an order
// and one of numbers nothing but an order. Ranges are for the last two. The zero value is a
// name that is no field.
const (
	NoField FieldKind = iota
	Text
	Values
	Scale
	Number
)

// Fields says of a name, in lower case, what kind of field it is.
type Fields func(name string) FieldKind

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

// A Plain clause has one word, or none with a field; the words of a Phrase must
// follow each other in the text. A Prefix stands for what begins like its one word, a
// Typo for what is spelled nearly like it; with a field of values both mean the text. A
// Range lies between its bounds. A Group matches where its clauses do as a query of
// their own, a Choice where one of its clauses matches.
const (
	Plain Kind = iota
	Phrase
	Prefix
	Typo
	Range
	Group
	Choice
)

// Word is one surface word of a clause. Whole is its term, of a Prefix the beginning of
// terms. Parts are the terms of its pieces, where it has several: a document has the word
// when it has the whole, or the parts at consecutive positions. Divisions are the terms of
// the divisions of all pieces ("crash", "loop"), which a document may have in any place.
type Word struct {
	Whole     string   `json:"whole"`
	Parts     []string `json:"parts"`
	Divisions []string `json:"divisions"`
	Stop      bool     `json:"stop"` // a stop word: counts in phrases and where a query has no other words
}

// Bound is one end of a range. A Value of "" is no bound; an Open one is not itself
// part of the range.
type Bound struct {
	Value string `json:"value"`
	Open  bool   `json:"open"`
}

// Clause is one condition of a query. Field is "" for every text field, else a
// name that the caller knows, in lower case. Text is as written, without sign, field,
// quotes, "*" and "~": what a field of values is compared with, both sides folded.
// Words may be empty in a clause with a field or with clauses of its own, never in
// another.
type Clause struct {
	Kind    Kind     `json:"kind"`
	Occur   Occur    `json:"occur"`
	Field   string   `json:"field"`
	Words   []Word   `json:"words"`
	Text    string   `json:"text"`
	Edits   int      `json:"edits"` // of a Typo; 0 = by the word's length
	Low     Bound    `json:"low"`   // of a Range
	High    Bound    `json:"high"`  // of a Range
	Clauses []Clause `json:"clauses"`
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
