package index

import "faultline/site/incident"

// textField is a field of analyzed text. Its weight multiplies the frequency of a
// term in it; its query name, if it has one, restricts a clause to it.
type textField struct {
	name   string
	query  string
	weight float64
	text   func(*source) []string
}

// textFields holds every text field, the commonest first: a posting names its
// fields by their place in this table, in as few bits as it can.
var textFields = [...]textField{
	{"body", "", 1, func(s *source) []string { return s.passages(false) }},
	{"heading", "", 1, (*source).headings},
	{"terms", "", 1, (*source).terms},
	{"code", "", 0.5, func(s *source) []string { return s.passages(true) }},
	{"names", "", 1, (*source).names},
	{"summary", "", 1, func(s *source) []string { return []string{deref(s.Summary)} }},
	{"symptoms", "symptom", 2, func(s *source) []string { return texts(s.Symptoms) }},
	{"wrong", "wrong", 1, func(s *source) []string { return texts(s.WrongTurns) }},
	{"title", "title", 3, func(s *source) []string { return []string{s.Title} }},
	{"suggested", "", 0.5, (*source).suggestedTerms},
}

// exactField is a field of exact values. A clause matches a value as a whole, case
// and diacritics aside, or, in a field of names, by its words too.
type exactField struct {
	query  string
	names  bool
	values func(*source) []string
}

// exactFields holds every exact field.
var exactFields = [...]exactField{
	{"trigger", false, tagged(incident.Trigger)},
	{"cause", false, tagged(incident.Cause)},
	{"factor", false, tagged(incident.Factor)},
	{"detection", false, tagged(incident.Detection)},
	{"mitigation", false, tagged(incident.Mitigation)},
	{"impact", false, tagged(incident.Impact)},
	{"gap", false, (*source).gap},
	{"by", false, (*source).provenances},
	{"suggested", false, (*source).suggestedIDs},
	{"org", true, func(s *source) []string { return []string{deref(s.Organization)} }},
	{"service", true, func(s *source) []string { return s.Services }},
	{"tech", true, func(s *source) []string { return s.Technologies }},
	{"team", true, func(s *source) []string { return s.Teams }},
	{"severity", true, func(s *source) []string { return []string{deref(s.Severity)} }},
	{"tag", true, func(s *source) []string { return s.Labels }},
	{"id", false, func(s *source) []string { return append([]string{s.ID}, s.Aliases...) }},
	{"date", false, (*source).dates},
}

// fieldKind says which table a query's field name stands in, and where.
type fieldKind struct {
	exact bool
	at    int
}

// queryFields holds the fields that a query can name.
var queryFields = func() map[string]fieldKind {
	fields := map[string]fieldKind{}
	for i, f := range textFields {
		if f.query != "" {
			fields[f.query] = fieldKind{at: i}
		}
	}
	for i, f := range exactFields {
		fields[f.query] = fieldKind{exact: true, at: i}
	}
	return fields
}()

// knownField reports whether a query can name the field.
func knownField(name string) bool {
	_, ok := queryFields[name]
	return ok
}
