package web

// Facet is a field by which answers are counted. Its values, each with what people call
// it, are those that are counted, then the others, both in the order in which equals are
// listed; Ranked says that the commonest of the answers are listed first. Of gives the
// places of an incident's values, in order.
type Facet struct {
	Name, Label string
	Ranked      bool
	Values      [][2]string
	Counted     int
	Of          func(number int) []int32
}

// facetHead is what a piece of kind F says before the incidents' values.
type facetHead struct {
	Label  string     `json:"label"`
	Ranked bool       `json:"ranked"`
	Values [][]string `json:"values"` // what filters name, and where it is another, the label
	Rarer  string     `json:"rarer"`  // piece of kind F with the values that are not counted, or ""
	More   int        `json:"more"`   // how many these are
}

// addFacet adds the pieces of a facet of so many incidents and returns that of the values
// which are counted.
func (b *builder) addFacet(f Facet, incidents int) string {
	head := facetHead{Label: f.Label, Ranked: f.Ranked, More: len(f.Values) - f.Counted}
	if head.More > 0 {
		rarer := facetHead{Label: f.Label, Ranked: f.Ranked}
		head.Rarer = b.piece(kindFacet, facetPayload(rarer, f, f.Counted, len(f.Values), incidents))
	}
	return b.piece(kindFacet, facetPayload(head, f, 0, f.Counted, incidents))
}

// facetPayload writes the values from first up to end.
func facetPayload(head facetHead, f Facet, first, end, incidents int) []byte {
	head.Values = [][]string{}
	for _, v := range f.Values[first:end] {
		if v[1] == v[0] {
			v[1] = ""
		}
		head.Values = append(head.Values, trimmed(v[:]...))
	}
	text := encode(head)
	out := append(appendInt(nil, len(text)), text...)
	var places []byte
	for n := range incidents {
		count := 0
		for _, place := range f.Of(n) {
			if p := int(place); p >= first && p < end {
				places = appendInt(places, p-first)
				count++
			}
		}
		out = appendInt(out, count)
	}
	return append(out, places...)
}
