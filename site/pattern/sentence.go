package pattern

import "faultline/site/incident"

// sentences counts the incidents of both values in which one sentence of the text tells of
// both: their texts suggest the two, and by the same words. Such a pair is one fact that the
// vocabulary names twice.
func (t *Tally) sentences(a, b *value) int {
	n := 0
	for i, j := 0, 0; i < len(a.at) && j < len(b.at); {
		switch {
		case a.at[i] < b.at[j]:
			i++
		case a.at[i] > b.at[j]:
			j++
		default:
			if inc := t.found.incidents[a.at[i]]; oneSentence(inc, a.group, b.group) {
				n++
			}
			i, j = i+1, j+1
		}
	}
	return n
}

// oneSentence reports whether the text of the incident suggests both groups by one sentence.
func oneSentence(inc *incident.Incident, a, b *Group) bool {
	sentence := suggestedBy(inc, a)
	return sentence != nil && sameSentence(sentence, suggestedBy(inc, b))
}

// suggestedBy is the strongest sentence for a group that the text of an incident suggests, nil
// for one that a person gave.
func suggestedBy(inc *incident.Incident, g *Group) *incident.Evidence {
	d, ok := g.Facet.Dimension()
	if !ok {
		return nil
	}
	for i := range inc.Terms[d] {
		if t := &inc.Terms[d][i]; fold(t.ID) == g.key && t.Provenance == incident.Suggested && len(t.Evidence) > 0 {
			return &t.Evidence[0]
		}
	}
	return nil
}

func sameSentence(a, b *incident.Evidence) bool {
	return a != nil && b != nil && a.Line == b.Line && a.Text == b.Text
}
