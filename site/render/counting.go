package render

import (
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// Choice is one way to count tags, offered on a page that counts them.
type Choice struct {
	Value   string // class of the parts of the page that are shown
	Label   string
	Checked bool
}

// countings are the ways to count the library's tags that differ.
type countings struct {
	all   []pattern.Counting // each where people have tagged incidents and texts suggest more, else the one there is
	usual pattern.Counting   // that a page shows first: what people say, unless they have tagged fewer incidents than texts alone suggest terms for
}

func countingsOf(incidents []*incident.Incident) countings {
	by := pattern.ProvenanceOf(incidents)
	given, guessed := by.Author+by.Accepted, by.Suggested > 0 || anyGuessed(incidents)
	switch {
	case given > 0 && guessed && given < by.Suggested:
		return countings{pattern.Countings[:], pattern.Both}
	case given > 0 && guessed:
		return countings{pattern.Countings[:], pattern.People}
	case guessed:
		return countings{[]pattern.Counting{pattern.Suggested}, pattern.Suggested}
	default:
		return countings{[]pattern.Counting{pattern.People}, pattern.People}
	}
}

// choices are the countings as a page offers them, nil where there is but one.
func (r *Renderer) choices() []Choice {
	if len(r.countings.all) == 1 {
		return nil
	}
	var choices []Choice
	for _, c := range r.countings.all {
		choices = append(choices, Choice{c.String(), phrase.Capital(c.Label()), c == r.countings.usual})
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
