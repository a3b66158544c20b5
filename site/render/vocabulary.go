package render

import (
	"fmt"

	"faultline/site/health"
	"faultline/site/pattern"
	"faultline/site/phrase"
)

// VocabularyPage says how the library uses its vocabulary.
type VocabularyPage struct {
	Page
	Sentence      string
	Coverage      []Coverage
	Unused        []UnusedTerms
	Strays        []Stray
	Near          []Near
	Broad         []BroadTerm
	Inseparable   []Together
	Compared      string // how many texts were compared with their authors, "" when none was
	Disagreements []Disagreement
	Rest          string // how many more disagreements there are, "" for none
	ShareBroad    string // the share from which a term is broad, in percent
	MinBroad      int
	MinTogether   int
}

// Share is N of Of.
type Share struct{ N, Of int }

// Coverage is who gave terms of a dimension to the incidents.
type Coverage struct {
	Link
	Author, Accepted, Suggested, None, Unknown Share
	Bars                                       []Bar // author, accepted, suggested
}

// Bar is a part of a bar, in percent of its length.
type Bar struct{ Class, X, Width string }

// UnusedTerms are those of a dimension that no incident has, of Of.
type UnusedTerms struct {
	Link
	Of    int
	Terms []Tag
}

// Stray is an id that N incidents have and the vocabulary has not.
type Stray struct {
	Kind, Class, ID string
	N, Of           int
}

// Near is two spellings that are probably one.
type Near struct {
	Kind, Rare, Usual, Why string
	RareN, UsualN, Of      int
}

// BroadTerm is a term that N of Of incidents have, with With of Used others.
type BroadTerm struct {
	Tag
	N, Of, With, Used int
}

// Together is two terms that the same N of Of incidents have.
type Together struct {
	A, B  Tag
	N, Of int
}

// Disagreement says who gave a term to incidents.
type Disagreement struct {
	Tag
	AuthorOnly, TextOnly, Both Share
}

// mostDisagreements is how many terms are listed on which authors and texts disagree.
const mostDisagreements = 15

func (r *Renderer) vocabulary(p place) VocabularyPage {
	h := health.Of(r.lib, r.suggested)
	page := VocabularyPage{
		ShareBroad: fmt.Sprintf("%.0f %%", 100*health.BroadShare), MinBroad: health.MinBroad, MinTogether: health.MinTogether,
	}
	used, terms := 0, 0
	for _, d := range h.Dimensions {
		page.Coverage = append(page.Coverage, r.coverage(p, d, h.Incidents))
		unused := UnusedTerms{Link: r.facetLink(p, pattern.Facet(d.Dimension)), Of: d.Terms}
		for _, t := range d.Unused {
			unused.Terms = append(unused.Terms, p.healthTag(t))
		}
		page.Unused = append(page.Unused, unused)
		for _, s := range d.Strays {
			page.Strays = append(page.Strays, Stray{d.Dimension.Label(), d.Dimension.Field(), s.Name, s.N, h.Incidents})
		}
		used, terms = used+d.Terms-len(d.Unused), terms+d.Terms
	}
	page.Sentence = fmt.Sprintf("The %s use %s of the vocabulary's %s.", phrase.Count(h.Incidents, "incident"), phrase.Number(used), phrase.Count(terms, "term"))
	page.Page = r.frame(p, "Vocabulary", page.Sentence)
	r.faults(p, &page, h)
	return page
}

func (r *Renderer) coverage(p place, d health.Dimension, of int) Coverage {
	c := Coverage{Link: r.facetLink(p, pattern.Facet(d.Dimension)), Author: Share{d.Author, of}, Accepted: Share{d.Accepted, of},
		Suggested: Share{d.Suggested, of}, None: Share{d.None, of}, Unknown: Share{d.Unknown, of}}
	x := 0.0
	for _, part := range []struct {
		class string
		n     int
	}{{"author", d.Author}, {"accepted", d.Accepted}, {"suggested", d.Suggested}} {
		width := 100 * float64(part.n) / float64(max(of, 1))
		if part.n == 0 {
			continue
		}
		c.Bars = append(c.Bars, Bar{part.class, fmt.Sprintf("%.1f%%", x), fmt.Sprintf("%.1f%%", width)})
		x += width
	}
	return c
}

// faults shows what there is to mend.
func (r *Renderer) faults(p place, page *VocabularyPage, h health.Health) {
	for _, n := range h.Near {
		page.Near = append(page.Near, Near{kinds[n.Field], n.Rare.Name, n.Usual.Name, n.Why, n.Rare.N, n.Usual.N, h.Incidents})
	}
	for _, b := range h.Broad {
		page.Broad = append(page.Broad, BroadTerm{p.healthTag(b.Term), b.N, b.Of, b.With, b.Used})
	}
	for _, t := range h.Inseparable {
		page.Inseparable = append(page.Inseparable, Together{p.healthTag(t.A), p.healthTag(t.B), t.N, h.Incidents})
	}
	if h.Read > 0 {
		page.Compared = fmt.Sprintf("%s of %s", phrase.Number(h.Read), phrase.Count(h.Incidents, "incident"))
	}
	for _, d := range h.Disagreements[:min(mostDisagreements, len(h.Disagreements))] {
		page.Disagreements = append(page.Disagreements, Disagreement{p.healthTag(d.Term), Share{d.AuthorOnly, d.Of}, Share{d.TextOnly, d.Of}, Share{d.Both, d.Of}})
	}
	if rest := len(h.Disagreements) - mostDisagreements; rest > 0 {
		page.Rest = phrase.Count(rest, "more term")
	}
}

// kinds name the fields that people spell.
var kinds = func() map[string]string {
	names := map[string]string{"tag": "Tag"}
	for _, f := range append(pattern.Dimensions, pattern.Fields...) {
		names[f.String()] = f.Label()
	}
	return names
}()

// healthTag links a term to its page.
func (p place) healthTag(t health.Term) Tag {
	f := pattern.Facet(t.Dimension)
	if g, ok := p.r.found.Lookup(f, t.ID); ok {
		return p.tag(g)
	}
	return Tag{Label: t.ID, URL: p.to(f.Folder() + "/"), Class: f.String()}
}
