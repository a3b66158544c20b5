package pattern

import (
	"slices"

	"faultline/site/incident"
)

// Sample is the distribution of a length of time over a group of incidents: N of
// the Of incidents tell it. The other fields are zero when N is.
type Sample struct {
	N, Of  int
	Least  incident.Span
	Median incident.Span
	Most   incident.Span
}

// Durations takes a sample of how long incidents lasted. A duration that is known only
// as lying between two values counts as the middle of them; the median of an even
// number of durations is the mean of the two in the middle.
func Durations(incidents []*incident.Incident) Sample {
	s := Sample{Of: len(incidents)}
	var spans []incident.Span
	for _, inc := range incidents {
		if d := inc.Duration; d.Known() {
			spans = append(spans, d.Least+(d.Most-d.Least)/2)
		}
	}
	if s.N = len(spans); s.N == 0 {
		return s
	}
	slices.Sort(spans)
	low, high := spans[(s.N-1)/2], spans[s.N/2]
	s.Least, s.Median, s.Most = spans[0], low+(high-low)/2, spans[s.N-1]
	return s
}
