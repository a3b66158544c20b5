package importer

import (
	"encoding/json"
	"slices"

	"faultline/site/incident"
	"faultline/site/tagger"
)

// TagFacts is a term of an incident, with who gave it and, where the text suggests it,
// the sentences that support it.
type TagFacts struct {
	ID         string              `json:"id"`
	Provenance incident.Provenance `json:"source"`
	Confidence Confidence          `json:"confidence"`
	Primary    bool                `json:"primary"`
	Effect     *string             `json:"effect"`
	Effective  *string             `json:"effective"`
	Evidence   []tagger.Evidence   `json:"evidence"`
}

// Confidence is a number from 0 to 1 where the text suggests a term, else the author's word
// for it (known, likely or suspected), null where the author gives none.
type Confidence struct {
	Word  *string
	Share float64 // of a suggestion
}

// MarshalJSON writes whichever is known.
func (c Confidence) MarshalJSON() ([]byte, error) {
	if c.Share > 0 {
		return json.Marshal(c.Share)
	}
	return json.Marshal(c.Word)
}

// tags lists what stands in the front matter.
func tags(i *incident.Incident, d incident.Dimension) []TagFacts {
	list := []TagFacts{}
	for _, t := range i.GivenTags(d) {
		list = append(list, TagFacts{ID: t.ID, Provenance: t.Provenance, Confidence: Confidence{Word: t.Confidence},
			Primary: t.Primary, Effect: t.Effect, Effective: t.Effective, Evidence: []tagger.Evidence{}})
	}
	return list
}

// Suggest adds what the text suggests behind what the front matter says. A term that
// stands there already gets the sentences that support it and is not added; the author's
// first cause stays the primary one.
func (f *Facts) Suggest(s tagger.Suggestions) {
	for _, d := range incident.Dimensions {
		list := f.list(d)
		given := len(*list)
		for _, x := range s.Tags[d] {
			if at := slices.IndexFunc(*list, func(t TagFacts) bool { return t.ID == x.ID }); at >= 0 {
				(*list)[at].Evidence = x.Evidence
				continue
			}
			*list = append(*list, TagFacts{ID: x.ID, Provenance: incident.Suggested, Confidence: Confidence{Share: x.Confidence},
				Primary: x.Primary && given == 0, Effect: x.Effect, Effective: x.Effective, Evidence: x.Evidence})
		}
	}
}

// list is the field of a dimension.
func (f *Facts) list(d incident.Dimension) *[]TagFacts {
	return [...]*[]TagFacts{incident.Trigger: &f.Trigger, incident.Cause: &f.Causes, incident.Factor: &f.Factors,
		incident.Detection: &f.Detection, incident.Mitigation: &f.Mitigation, incident.Impact: &f.Impact}[d]
}

// Terms are the terms of one dimension.
func (f Facts) Terms(d incident.Dimension) []TagFacts { return *f.list(d) }
