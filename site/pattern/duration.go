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

// Lasted is how long an incident lasted, from its start to its resolution.
func Lasted(inc *incident.Incident) incident.Duration { return inc.Duration }

// Unnoticed is how long an incident ran before somebody or something noticed it.
func Unnoticed(inc *incident.Incident) incident.Duration {
	return incident.Between(inc.Started, inc.Detected)
}

// Durations takes a sample of a length of time. One that is known only as lying
// between two values counts as the middle of them; the median of an even number of
// lengths is the mean of the two in the middle.
func Durations(incidents []*incident.Incident, length func(*incident.Incident) incident.Duration) Sample {
	s := Sample{Of: len(incidents)}
	var spans []incident.Span
	for _, inc := range incidents {
		if d := length(inc); d.Known() {
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
