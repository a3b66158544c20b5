package index

// Filter is a condition beside the query: the incident has the value in the facet of
// that name.
type Filter struct{ Field, Value string }

// Facet is what the answers are, counted: its values with how many answers have each,
// under the query and the filters of all other facets.
type Facet struct {
	Name   string       `json:"name"`
	Label  string       `json:"label"`
	Values []FacetValue `json:"values"` // those that answers have, and the chosen ones
	More   int          `json:"more"`   // values of the library too rare to be counted
}

// FacetValue is one value of a facet. Chosen says that a filter asks for it.
type FacetValue struct {
	Value  string `json:"value"`
	Label  string `json:"label"`
	Count  int    `json:"count"`
	Chosen bool   `json:"chosen"`
}

// FacetNames lists the facets there are. The names are those by which a query asks for the
// same, as far as there is one.
func FacetNames() []string {
	return []string{"trigger", "cause", "factor", "service", "tech", "org", "severity", "year", "by", "lasted"}
}
