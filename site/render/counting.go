package render

import (
	"faultline/site/incident"
	"faultline/site/pattern"
)

// Choice is one way to count tags, offered on a page that counts them.
type Choice struct {
	Value   string // class of the parts of the page that are shown
	Label   string
	Checked bool
}

// countings returns the ways to count the library's tags that differ: all three where
// people have tagged incidents and texts suggest more, else the one there is.
func (r *Renderer) countings() []pattern.Counting {
	by := pattern.ProvenanceOf(r.lib.Incidents)
	guessed := by.Suggested > 0 || anyGuessed(r.lib.Incidents)
	switch given := by.Author+by.Accepted > 0; {
	case given && guessed:
		return pattern.Countings[:]
	case guessed:
		return []pattern.Counting{pattern.Suggested}
	default:
		return []pattern.Counting{pattern.People}
	}
}

// usual is the counting that a page shows first: what people say, unless they have
// tagged fewer incidents than texts alone suggest terms for.
func (r *Renderer) usual() pattern.Counting {
	by := pattern.ProvenanceOf(r.lib.Incidents)
	if all := r.countings(); len(all) == 1 {
		return all[0]
	}
	if by.Author+by.Accepted < by.Suggested {
		return pattern.Both
	}
	return pattern.People
}

// choices are the countings as a page offers them, nil where there is but one.
func (r *Renderer) choices() []Choice {
	all := r.countings()
	if len(all) == 1 {
		return nil
	}
	var choices []Choice
	for _, c := range all {
		choices = append(choices, Choice{c.String(), capital(c.Label()), c == r.usual()})
	}
	return choices
}

// anyGuessed reports whether a text suggests a term that nobody has confirmed.
func anyGuessed(incidents []*incident.Incident) bool {
	for _, inc := range incidents {
		for _, d := range incident.Dimensions {
			if len(inc.SuggestedTags(d)) > 0 {
				return true
			}
		}
	}
	return false
}
