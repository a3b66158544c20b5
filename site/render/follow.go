package render

import (
	"maps"
	"reflect"
	"slices"

	"faultline/site/incident"
)

// Follow prepares the pages of a library that differs from the renderer's in nothing but the
// texts of some reports, with the same theme. What recurs and all pages but those of these reports
// are shared with the renderer. It is false for a library that differs in more: then a renderer
// must be made.
func (r *Renderer) Follow(lib *incident.Library) (*Renderer, bool) {
	if len(lib.Incidents) != len(r.lib.Incidents) || lib.Vocabulary != r.lib.Vocabulary || lib.AsOf != r.lib.AsOf ||
		!reflect.DeepEqual(lib.Config, r.lib.Config) || !slices.Equal(lib.Assets, r.lib.Assets) {
		return nil, false
	}
	edited := map[*incident.Incident]*incident.Incident{}
	for n, known := range r.lib.Incidents {
		now := lib.Incidents[n]
		if now != known {
			if r.edited[known] != now && !sameButText(known, now) {
				return nil, false
			}
			edited[known] = now
		}
	}
	next := *r
	next.edited, next.again = edited, make(map[string]route, len(edited))
	for known := range maps.Keys(edited) {
		path := known.URL + "index.html"
		next.again[path] = next.page(path, "incident.html", func(p place) any { return next.incident(p, known) })
	}
	return &next, true
}

// sameButText reports whether two incidents differ in nothing that any page but their own shows.
func sameButText(a, b *incident.Incident) bool {
	return a.Lead() == b.Lead() && reflect.DeepEqual(withoutText(*a), withoutText(*b))
}

func withoutText(inc incident.Incident) incident.Incident {
	inc.Front, inc.Body, inc.BodyLine, inc.Sections, inc.Links, inc.Facts = "", "", 0, nil, nil, nil
	return inc
}

// newest is the incident with its newest text.
func (r *Renderer) newest(inc *incident.Incident) *incident.Incident {
	if now := r.edited[inc]; now != nil {
		return now
	}
	return inc
}

// Known is the incident by which the findings know the one of a library that is followed.
func (r *Renderer) Known(inc *incident.Incident) *incident.Incident {
	for known, now := range r.edited {
		if now == inc {
			return known
		}
	}
	return inc
}
