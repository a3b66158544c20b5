package render

import (
	"slices"

	"faultline/site/incident"
)

// maxFigures is how many figures of the impact a page opens with; the report has the
// others.
const maxFigures = 4

// Figure is a number that tells how far the impact went, with the sentence that does.
type Figure struct {
	Text string
	Said string
}

// figuresOf are the figures of the impact, as the report tells them.
func figuresOf(inc *incident.Incident) []Figure {
	var figures []Figure
	for _, f := range inc.Figures[:min(len(inc.Figures), maxFigures)] {
		figures = append(figures, Figure{Text: f.Text, Said: f.Quote})
	}
	return figures
}

// readFrom reports whether a field was read from the report's text.
func readFrom(inc *incident.Incident, field string) bool {
	return slices.ContainsFunc(inc.Facts, func(f incident.Fact) bool { return f.Field == field })
}
