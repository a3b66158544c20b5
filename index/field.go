package index

import (
	"maps"
	"slices"

	"faultline/index/query"
	"faultline/site/incident"
)

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
	{"wrong", "wrong", 1, func(s *source) []string { return texts(incident.NotesOf(s.WrongTurns)) }},
	{"title", "title", 3, func(s *source) []string { return []string{s.Title} }},
	{"suggested", "", 0.5, (*source).suggestedTerms},
	{"asked", "", 0.5, (*source).asked},
	{"akin", "", 0.2, nil}, // what the words of all of it answer for
}

// The fields that only plain words that need not be there look in beside all others,
// those of tags, and that of titles.
var (
	titleField = fieldNamed("title")
	akinField  = fieldNamed("akin")
	askedField = fieldNamed("asked")
	tagFields  = fieldNamed("terms") | fieldNamed("suggested") | askedField
)

func fieldNamed(name string) fieldSet {
	return 1 << slices.IndexFunc(textFields[:], func(f textField) bool { return f.name == name })
}

// exactField is a field of exact values. A clause matches a value as a whole, case
// and diacritics aside, or, in a field of names, by its words too.
type exactField struct {
	query  string
	names  bool
	values func(*source) []string
	also   func(*source) []string // what finds it beside its values, nil for nothing
}

// exactFields holds every exact field.
var exactFields = [...]exactField{
	{"trigger", false, tagged(incident.Trigger), alsoCalled(incident.Trigger)},
	{"cause", false, tagged(incident.Cause), alsoCalled(incident.Cause)},
	{"factor", false, tagged(incident.Factor), alsoCalled(incident.Factor)},
	{"detection", false, tagged(incident.Detection), alsoCalled(incident.Detection)},
	{"mitigation", false, tagged(incident.Mitigation), alsoCalled(incident.Mitigation)},
	{"impact", false, tagged(incident.Impact), alsoCalled(incident.Impact)},
	{"gap", false, (*source).gap, (*source).gapAlso},
	{"by", false, (*source).provenances, nil},
	{"suggested", false, (*source).suggestedIDs, nil},
	{"org", true, func(s *source) []string { return []string{deref(s.Organization)} }, nil},
	{"service", true, func(s *source) []string { return s.Services }, nil},
	{"tech", true, func(s *source) []string { return s.Technologies }, nil},
	{"team", true, func(s *source) []string { return s.Teams }, nil},
	{"severity", true, func(s *source) []string { return []string{deref(s.Severity)} }, nil},
	{"tag", true, func(s *source) []string { return s.Labels }, nil},
	{"id", false, func(s *source) []string { return append([]string{s.ID}, s.Aliases...) }, nil},
}

// fieldPlace says what kind of field a query's name is, and where it is described.
type fieldPlace struct {
	kind query.FieldKind
	at   int // in textFields, exactFields or, of a Number, columnFields
}

// queryFields holds the fields that a query can name.
var queryFields = func() map[string]fieldPlace {
	fields := map[string]fieldPlace{}
	for i, f := range textFields {
		if f.query != "" {
			fields[f.query] = fieldPlace{query.Text, i}
		}
	}
	for i, f := range columnFields {
		fields[f.query] = fieldPlace{query.Number, i}
	}
	for i, f := range exactFields {
		kind := query.Values
		if fields[f.query].kind == query.Number {
			kind = query.Scale
		}
		fields[f.query] = fieldPlace{kind, i}
	}
	return fields
}()

// kindOf says what kind of field a query names.
func kindOf(name string) query.FieldKind { return queryFields[name].kind }

// isExact reports whether the field has values that are compared as a whole.
func isExact(name string) bool {
	kind := kindOf(name)
	return kind == query.Values || kind == query.Scale
}

// Fields returns the names of all fields that a query can name, sorted.
func Fields() []string { return slices.Sorted(maps.Keys(queryFields)) }
