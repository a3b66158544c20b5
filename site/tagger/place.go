package tagger

import (
	"fmt"

	"faultline/site/incident"
)

// place is where in a report a sentence stands: the kind of its section, or one of
// the places that are no section.
type place uint8

// The places beside the kinds of sections, which come first in their own order.
const (
	titlePlace place = place(len(incident.SectionKinds)) + iota
	codePlace
	placeCount
)

// placeSet is a set of places.
type placeSet uint32

func (s placeSet) has(p place) bool { return s&(1<<p) != 0 }

var placeNames = func() map[string]place {
	names := map[string]place{"title": titlePlace, "code": codePlace}
	for n, k := range incident.SectionKinds {
		names[string(k)] = place(n)
	}
	return names
}()

// placeOf is the place of a kind of section.
func placeOf(k incident.SectionKind) place { return placeNames[string(k)] }

func placesOf(kinds []incident.SectionKind) placeSet {
	var s placeSet
	for _, k := range kinds {
		s |= 1 << placeOf(k)
	}
	return s
}

func placeNamed(name string) (place, error) {
	p, ok := placeNames[name]
	if !ok {
		return 0, fmt.Errorf("unknown place %q", name)
	}
	return p, nil
}
