package incident

import "encoding/json"

// Given returns the ids of the terms that people gave the incident in the dimension, in
// their order: all but suggestions. The vocabulary has them.
func (i *Incident) Given(d Dimension) []string {
	if d == Gap {
		if i.DetectionGap == nil {
			return nil
		}
		return []string{*i.DetectionGap}
	}
	var ids []string
	for _, t := range i.GivenTags(d) {
		ids = append(ids, t.ID)
	}
	return ids
}

// Strays returns the ids that people gave the incident in the dimension and that the
// vocabulary has not.
func (i *Incident) Strays(d Dimension) []string {
	var ids []string
	for _, extra := range i.Extra {
		if extra.Key != d.Key() {
			continue
		}
		var entries []json.RawMessage
		if json.Unmarshal(extra.Value, &entries) != nil {
			entries = []json.RawMessage{extra.Value}
		}
		for _, e := range entries {
			if id := idOf(e); id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// idOf is the id of an entry of a list of terms, "" where it has none.
func idOf(entry json.RawMessage) string {
	var id string
	if json.Unmarshal(entry, &id) == nil {
		return id
	}
	var mapping struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(entry, &mapping) // another shape has no id
	return mapping.ID
}
