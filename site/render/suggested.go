package render

import (
	"cmp"
	"fmt"
	"html/template"

	"faultline/site/incident"
)

// Suggested are the terms of one dimension that the text of an incident suggests.
type Suggested struct {
	Label string
	Class string
	Terms []SuggestedTerm
}

// SuggestedTerm is a term with the sentences that support it, the strongest first.
type SuggestedTerm struct {
	Tag
	Confidence string // from 0 to 1: "0.83"
	Quotes     []Quote
	Like       []Link // incidents whose authors made it surer
}

// Quote is a sentence as it stands in the report. URL leads to where it stands, "" where
// the page has no anchor for it; Line is that of the file. The ids of the page's own parts,
// such as fl:summary, look like protocols, so that URL says that it is none.
type Quote struct {
	Text string
	URL  template.URL
	Line int
}

// anchors are the ids of headings of the report that stand for a part of the page, by the
// id that the part has otherwise.
type anchors map[string]string

// suggested lists what the text suggests and no person has confirmed.
func (p place) suggested(inc *incident.Incident, at anchors) []Suggested {
	var all []Suggested
	for _, d := range incident.Dimensions {
		s := Suggested{Label: d.Label(), Class: d.String()}
		for _, t := range inc.SuggestedTags(d) {
			if tags := p.linked([]incident.Tag{t}, d); len(tags) > 0 {
				s.Terms = append(s.Terms, SuggestedTerm{tags[0], fmt.Sprintf("%.2f", t.Share), quotes(t.Evidence, at), p.like(t.Learned)})
			}
		}
		if len(s.Terms) > 0 {
			all = append(all, s)
		}
	}
	return all
}

func quotes(evidence []incident.Evidence, at anchors) []Quote {
	list := make([]Quote, len(evidence))
	for i, e := range evidence {
		list[i] = Quote{e.Text, template.URL(fragment(cmp.Or(at[e.Anchor], e.Anchor))), e.Line}
	}
	return list
}

func (p place) like(ids []string) []Link {
	var links []Link
	for _, id := range ids {
		if other := p.r.found.Incident(id); other != nil {
			links = append(links, Link{Label: other.Title, URL: p.to(other.URL)})
		}
	}
	return links
}
