package index

import (
	_ "embed"
	"strings"

	"faultline/site/incident"
)

//go:embed wordings.txt
var wordingText string

// wordings are the plain words in which people ask for terms of the built-in vocabulary,
// by "dimension/id".
var wordings = readWordings(wordingText)

// readWordings reads a line for each term; those that begin with "#" say nothing.
func readWordings(text string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(text) {
		term, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if ok && !strings.HasPrefix(term, "#") {
			all[term] = words
		}
	}
	return all
}

// asked returns the plain words for the incident's terms, whoever says so.
func (s *source) asked() []string {
	var list []string
	add := func(d incident.Dimension, id string) {
		if words := wordings[d.String()+"/"+id]; words != "" {
			list = append(list, words)
		}
	}
	for _, d := range incident.Dimensions {
		for _, tag := range s.Terms[d] {
			add(d, tag.ID)
		}
	}
	if s.DetectionGap != nil {
		add(incident.Gap, *s.DetectionGap)
	}
	return list
}
