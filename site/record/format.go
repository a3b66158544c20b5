package record

import (
	"path"
	"slices"
	"strings"

	"faultline/site/yaml"
)

// tools tells other tools' front matter by keys that only they use, in the order
// in which they are asked.
var tools = []struct {
	name string
	keys []string
}{
	{"Faultline", []string{"started", "detected", "mitigated", "causes", "factors", "trigger", "symptoms", "wrong_turns", "detection_gap"}},
	{"postmortems.app", []string{"uuid", "company", "start_time", "source_fetched_at"}},
	{"cState", []string{"resolvedWhen", "affected", "informational"}},
	{"Hugo, Jekyll or Zola", []string{"layout", "draft", "slug", "permalink", "taxonomies", "categories", "tags", "authors", "author"}},
}

// formatOf names the form in which an incident is written, for people: "YAML,
// cState", "TOML, Hugo, Jekyll or Zola", "Markdown alone".
func formatOf(name string, p page) string {
	if p.front == nil {
		if strings.EqualFold(path.Ext(name), ".txt") {
			return "plain text"
		}
		return "Markdown alone"
	}
	syntax := "YAML"
	if p.toml {
		syntax = "TOML"
	}
	for _, tool := range tools {
		if slices.ContainsFunc(p.front.Entries, func(e yaml.Entry) bool { return slices.Contains(tool.keys, e.Key) }) {
			return syntax + ", " + tool.name
		}
	}
	return syntax
}
