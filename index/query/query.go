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
//   - Scripts without spaces and Hangul are indexed in overlapping pairs of
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
//	query  = { space } [ clause { space { space } clause } { space } ] .
//	clause = [ sign ] [ field ":" ] value .
//	sign   = "+" | "-" .                        (must match | must not match)
//	field  = letter { letter | "_" } .          (ASCII, in any case, and known to the caller)
//	value  = phrase | words .
//	phrase = quote { character - quote } quote .
//	quote  = '"' | "“" | "”" | "„" | "＂" .
//	words  = character { character } .          (up to the next space)
//
// A sign counts directly before a letter or a phrase; before a digit it is part of a
// number ("exit code -1"). A field counts directly before its value. What begins
// with < or > or holds ".." is not a value of a field, so that ranges can join the
// language. An opening quote counts where it is closed again. "-" excludes only where
// another clause is there to exclude from. Everything else is text, each word of it
// a clause of its own; the words of a clause with sign or field are a phrase. A
// clause counts once however often it is written, and the first 128 words count.
// A note says what was read in another way than its author may have meant.
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

// A Plain clause has one word, or none with a field; the words of a Phrase must
// follow each other in the text.
const (
	Plain Kind = iota
	Phrase
)

// Word is one surface word of a clause. Whole is its term. Parts are the terms of
// its pieces, where it has several: a document has the word when it has the whole, or
// the parts at consecutive positions. Divisions are the terms of the divisions of all
// pieces ("crash", "loop"), which a document may have in any place.
type Word struct {
	Whole     string   `json:"whole"`
	Parts     []string `json:"parts"`
	Divisions []string `json:"divisions"`
	Stop      bool     `json:"stop"` // a stop word: counts in phrases and where a query has no other words
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
