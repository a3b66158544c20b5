package index

import (
	"slices"

	"faultline/site/incident"
)

// untagged is what stands for the provenances of an incident without terms.
const untagged = "none"

// provenances returns who stands behind the incident's terms: author, accepted or
// suggested, each at most once, or none.
func (s *source) provenances() []string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, tag := range s.Terms[d] {
			list = append(list, string(tag.Provenance))
		}
	}
	if len(list) == 0 {
		return []string{untagged}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// suggestedTerms returns what people call the terms that the text alone suggests. Their
// definitions would make too much of what nobody has confirmed.
func (s *source) suggestedTerms() []string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, tag := range s.SuggestedTags(d) {
			term, _ := lookup(s.vocabulary, d, tag.ID)
			list = append(append(list, term.Label), term.Aliases...)
		}
	}
	return list
}

// suggestedIDs returns the ids and labels of those terms, of all dimensions.
func (s *source) suggestedIDs() []string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, tag := range s.SuggestedTags(d) {
			list = append(list, idAndLabel(s.vocabulary, d, tag.ID)...)
		}
	}
	return list
}
