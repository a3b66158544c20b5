package pattern

import (
	"cmp"
	"slices"

	"faultline/site/incident"
)

// Likeness is an incident that looks like another one, with what the two share.
type Likeness struct {
	Incident *incident.Incident
	Common
}

// Similar returns at most limit incidents that look most like the incident. Two
// incidents look alike when they share two values that say how they failed (a trigger,
// cause, factor or service), or one that not many have and any other; or any value and the
// words that they begin with. Incidents that either declares to be related, or not the same,
// are left out.
func (f *Findings) Similar(inc *incident.Incident, limit int) []Likeness {
	k, at := f.kinship(), f.position[inc]
	others := k.candidates(at, 0)
	likeness := make(map[int32]float64, len(others))
	for _, other := range others {
		likeness[other] = k.compare(at, other).total()
	}
	slices.SortStableFunc(others, func(a, b int32) int { return cmp.Or(cmp.Compare(likeness[b], likeness[a]), cmp.Compare(a, b)) })
	var similar []Likeness
	for _, at2 := range others {
		other := f.incidents[at2]
		if len(similar) < limit && k.alike(at, at2) && !f.declared(inc, other) && !f.declared(other, inc) {
			similar = append(similar, Likeness{other, k.inCommon(at, at2)})
		}
	}
	return similar
}

// alike reports whether the incidents at two positions look alike.
func (k *kinship) alike(a, b int32) bool {
	shared := k.shared(a, b)
	failed, rare := 0, false
	for _, number := range shared {
		if v := k.values[number]; tellsFailure(v.group.Facet) {
			failed++
			rare = rare || len(v.at) <= max(fewHolders, len(k.rows)/4)
		}
	}
	if failed > 1 || rare && len(shared) > 1 {
		return true
	}
	return len(shared) > 0 && (k.titles.titleLikeness(a, b) >= sameTitle || k.texts.likeness(a, b) >= someText && len(k.inCommon(a, b).Words) > 0)
}

// tellsFailure reports whether a facet says how an incident failed. What it runs on, what found
// it, what was done and what it did to people say less.
func tellsFailure(f Facet) bool { return f == Trigger || f == Cause || f == Factor || f == Service }

// declared reports whether the incident's author has said how the two relate.
func (f *Findings) declared(inc, other *incident.Incident) bool {
	named := slices.Concat(inc.Related.RepeatOf, inc.Related.CausedBy, inc.Related.SeeAlso)
	for _, d := range inc.Related.NotSameAs {
		named = append(named, d.ID)
	}
	return slices.ContainsFunc(named, func(id string) bool { return f.byID[id] == other })
}
