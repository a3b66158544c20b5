package incident

import (
	"encoding/json"
	"slices"
)

// Tag is a term of an incident, with who says so.
type Tag struct {
	ID         string
	Provenance Provenance
	Confidence *string    // a person's word for it: known, likely or suspected
	Share      float64    // how sure the text makes it, between 0 and 1; 0 = the text does not tell
	Primary    bool       // the first cause
	Effect     *string    // of a factor: enabled, worsened or prolonged
	Effective  *string    // of a mitigation: yes, no or partly
	Evidence   []Evidence // sentences of the text that support it, the strongest first
	Learned    []string   // ids of similar incidents whose authors made a suggestion surer
}

// Evidence is a sentence of an incident's file, character by character. Line is where it
// begins; Anchor is the id of the heading it stands under, "" for none.
type Evidence struct {
	Text   string `json:"text"`
	Line   int    `json:"line"`
	Anchor string `json:"anchor"`
}

// MarshalJSON writes the confidence of a suggestion as a number, and that of people as
// their word.
func (t Tag) MarshalJSON() ([]byte, error) {
	var confidence any = t.Confidence
	if t.Provenance == Suggested {
		confidence = t.Share
	}
	evidence := t.Evidence
	if evidence == nil {
		evidence = []Evidence{}
	}
	return json.Marshal(struct {
		ID         string     `json:"id"`
		Provenance Provenance `json:"source"`
		Confidence any        `json:"confidence"`
		Primary    bool       `json:"primary"`
		Effect     *string    `json:"effect"`
		Effective  *string    `json:"effective"`
		Evidence   []Evidence `json:"evidence"`
		Learned    []string   `json:"learned,omitempty"`
	}{t.ID, t.Provenance, confidence, t.Primary, t.Effect, t.Effective, evidence, t.Learned})
}

// Provenance says who stands behind a tag.
type Provenance string

// The three provenances; they are shown and counted apart everywhere.
const (
	Author    Provenance = "author"    // chosen by a person
	Accepted  Provenance = "accepted"  // a suggestion accepted in bulk
	Suggested Provenance = "suggested" // read from the text by the tagger
)

// Confidences, Effects and Effectives are the legal values of a Tag's qualifiers.
var (
	Confidences = []string{"known", "likely", "suspected"}
	Effects     = []string{"enabled", "worsened", "prolonged"}
	Effectives  = []string{"yes", "no", "partly"}
)

// GivenTags returns the terms of the dimension that people gave the incident, as its
// authors or by accepting a suggestion.
func (i *Incident) GivenTags(d Dimension) []Tag {
	return slices.DeleteFunc(slices.Clone(i.Terms[d]), Tag.suggested)
}

// SuggestedTags returns the terms of the dimension that the text alone suggests.
func (i *Incident) SuggestedTags(d Dimension) []Tag {
	return slices.DeleteFunc(slices.Clone(i.Terms[d]), func(t Tag) bool { return !t.suggested() })
}

func (t Tag) suggested() bool { return t.Provenance == Suggested }
