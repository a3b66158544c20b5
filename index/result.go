package index

import (
	"encoding/json"

	"faultline/site/incident"
)

// Result is the answer to one query. Its JSON form is a contract with scripts and
// is the same as the browser client's.
type Result struct {
	Query  string   `json:"query"`
	Total  int      `json:"total"`  // of all matching incidents, however few are in Hits
	Notes  []string `json:"notes"`  // what was read in another way than it may have been meant
	Facets []Facet  `json:"facets"` // those asked for, in that order
	Hits   []Hit    `json:"hits"`   // best first
}

// Hit is one incident that matches. Path is relative to the library's root, URL to
// the site's; Date is null when unknown. Score is comparable within one result only.
type Hit struct {
	Path     string        `json:"path"`
	ID       string        `json:"id"`
	URL      string        `json:"url"`
	Title    string        `json:"title"`
	Date     incident.Time `json:"date"`
	Score    float64       `json:"score"`
	Passages []Passage     `json:"passages"` // at most three, best first

	Organization *string    `json:"organization"`
	Services     []string   `json:"services"`
	Severity     *string    `json:"severity"`
	Lasted       *string    `json:"lasted"` // for people: "~1 h 30 min"
	Restored     *Restored  `json:"restored"`
	WrongTurn    *WrongTurn `json:"wrong_turn"` // the first
	Why          []Reason   `json:"why"`        // at most six, what is rarest first
}

// Restored is what restored service: the label of the mitigation that worked and who
// says so (author, accepted or suggested), and in a line what the report says of that
// moment. What is not known is null.
type Restored struct {
	Mitigation *string `json:"mitigation"`
	Source     *string `json:"source"`
	Text       *string `json:"text"`
}

// WrongTurn is what was wrongly suspected, in a line. Anchor is that of its section.
type WrongTurn struct {
	Text   string `json:"text"`
	Anchor string `json:"anchor"`
}

// Reason is something that the query and the incident have in common. Kind is word, with
// Text as the incident writes it; spelling, a word that was read for the word Asked; synonym, words that
// stand for the words Asked; tag, with Text the label of a term of the dimension Tag, whose words were asked for;
// or field, with Text the value of the field Tag, as people read it, that the query or a filter asked for.
type Reason struct {
	Kind  string  `json:"kind"`
	Text  string  `json:"text"`
	Asked *string `json:"asked"`
	Tag   *string `json:"tag"`
}

// Passage is an extract of an incident. Heading and Anchor are those of its
// section, "" where it has none. Text is the concatenation of Parts.
type Passage struct {
	Heading string `json:"heading"`
	Anchor  string `json:"anchor"`
	Text    string `json:"text"`
	Parts   []Part `json:"parts"`
}

// Part is a run of a passage's text that matches the query, or one that does not.
type Part struct {
	Text string `json:"text"`
	Hit  bool   `json:"hit"`
}

// MarshalJSON writes empty lists as [], never null.
func (r Result) MarshalJSON() ([]byte, error) {
	type plain Result
	p := plain(r)
	if p.Notes == nil {
		p.Notes = []string{}
	}
	if p.Facets == nil {
		p.Facets = []Facet{}
	}
	if p.Hits == nil {
		p.Hits = []Hit{}
	}
	return json.Marshal(p)
}

// MarshalJSON writes empty lists as [], never null.
func (h Hit) MarshalJSON() ([]byte, error) {
	type plain Hit
	p := plain(h)
	if p.Passages == nil {
		p.Passages = []Passage{}
	}
	if p.Services == nil {
		p.Services = []string{}
	}
	if p.Why == nil {
		p.Why = []Reason{}
	}
	return json.Marshal(p)
}
