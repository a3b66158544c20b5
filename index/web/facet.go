package web

import (
	"bytes"
	"compress/flate"
	"slices"
)

// Facet is a field by which answers are counted. Its values, each with what people call
// it and then the names that it had before, are those that are counted, then the others, both in the order in which equals are
// listed; Ranked says that the commonest of the answers are listed first. Of gives the
// places of an incident's values, in order.
type Facet struct {
	Name, Label string
	Ranked      bool
	Values      [][]string
	Counted     int
	Of          func(number int) []int32
}

// facetHead is what a piece of kind F says before the incidents' values.
type facetHead struct {
	Label  string     `json:"label"`
	Ranked bool       `json:"ranked"`
	Values [][]string `json:"values"` // what filters name; the label, "" where it is the same; former names
	Rarer  string     `json:"rarer"`  // piece of kind F with the values that are not counted, or ""
	More   int        `json:"more"`   // how many these are
}

// addFacet adds the pieces of a facet of so many incidents and returns that of the values
// which are counted.
func (b *builder) addFacet(f Facet, incidents int) string {
	head := facetHead{Label: f.Label, Ranked: f.Ranked, More: len(f.Values) - f.Counted}
	if head.More > 0 {
		head.Rarer = b.addTable(facetHead{Label: f.Label, Ranked: f.Ranked}, f, f.Counted, len(f.Values), incidents)
	}
	return b.addTable(head, f, 0, f.Counted, incidents)
}

// addTable adds the piece of the values from first up to end.
func (b *builder) addTable(head facetHead, f Facet, first, end, incidents int) string {
	head.Values = [][]string{}
	for _, v := range f.Values[first:end] {
		v = slices.Clone(v)
		if v[1] == v[0] {
			v[1] = ""
		}
		head.Values = append(head.Values, trimmed(v...))
	}
	text := encode(head)
	text = append(appendInt(nil, len(text)), text...)
	places := placesPayload(f, first, end, incidents)
	return b.add(slices.Concat(text, places), packFacet(text, places))
}

// placesPayload writes the places from first up to end of every incident.
func placesPayload(f Facet, first, end, incidents int) (out []byte) {
	for n := range incidents {
		var places []int
		for _, place := range f.Of(n) {
			if p := int(place); p >= first && p < end {
				places = append(places, p-first)
			}
		}
		for i, p := range places {
			last := 0
			if i == len(places)-1 {
				last = 1
			}
			out = appendInt(out, 1+2*p+last)
		}
		if len(places) == 0 {
			out = appendInt(out, 0)
		}
	}
	return out
}

// packFacet deflates places as it comes to less: as a text, or with codes for its bytes
// alone, as most places repeat nothing. The head has codes of its own.
func packFacet(head, places []byte) []byte {
	out := append([]byte("FLT"), byte(kindFacet))
	out = append(out, deflated(flate.BestCompression, head, (*flate.Writer).Flush)...)
	text, codes := deflated(flate.BestCompression, places, (*flate.Writer).Close), deflated(flate.HuffmanOnly, places, (*flate.Writer).Close)
	if len(codes) < len(text) {
		return append(out, codes...)
	}
	return append(out, text...)
}

func deflated(level int, payload []byte, end func(*flate.Writer) error) []byte {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, level) // the level is legal
	_, _ = w.Write(payload)              // to a buffer
	_ = end(w)
	return out.Bytes()
}
