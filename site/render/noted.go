package render

import (
	"encoding/json"
	"strings"

	"faultline/site/incident"
	"faultline/site/phrase"
)

// Noted is what the front matter says under a key that only its library knows.
type Noted struct {
	Name  string
	Value string
}

// notedOf returns what the incident's own keys say, in their order.
func notedOf(inc *incident.Incident) []Noted {
	var all []Noted
	for _, e := range inc.Extra {
		if e.Aside {
			continue
		}
		if value := plain(e.Value); value != "" {
			name := strings.NewReplacer("_", " ", "-", " ").Replace(e.Key)
			all = append(all, Noted{phrase.Capital(name), value})
		}
	}
	return all
}

// plain writes a JSON value for people: lists with commas, and mappings as they are.
func plain(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil {
		return string(value)
	}
	var parts []string
	for _, v := range list {
		if s := plain(v); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}
