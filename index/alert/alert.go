// Package alert turns what somebody pastes at night (an alert, a log line, a stack
// trace) into a query of package query, so that one engine answers both.
package alert

// Reading is a pasted text as it was understood. It is the same for the same text.
type Reading struct {
	Kinds  []string   `json:"kinds"`  // what was recognized, for people: "Go panic", "HTTP status 503"; may be empty
	Query  string     `json:"query"`  // in the grammar of package query, "" where nothing is left to search for
	Sought []Sought   `json:"sought"` // what the query consists of, in its order
	Left   []Omission `json:"left"`   // what the query is without
	Notes  []string   `json:"notes"`  // what else there is to say, for people
}

// Sought is a word or phrase of the query. Why says, for people, where it stood.
type Sought struct {
	Text   string `json:"text"`
	Phrase bool   `json:"phrase"`
	Why    string `json:"why"`
}

// Omission is a kind of text that was left out ("times", "addresses"), how many there
// were and the first of them.
type Omission struct {
	What  string `json:"what"`
	Count int    `json:"count"`
	First string `json:"first"`
}

// Read reads a pasted text. Any text is read; one with nothing to search for has no
// query.
func Read(text string) Reading {
	return Reading{Kinds: []string{}, Query: text, Sought: []Sought{}, Left: []Omission{}, Notes: []string{}}
}
