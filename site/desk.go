package site

import (
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/tagger"
)

// Library returns the library that the site is made of.
func (s *Site) Library() *incident.Library { return s.lib }

// Similar returns at most limit incidents that look most like the incident.
func (s *Site) Similar(inc *incident.Incident, limit int) []pattern.Likeness {
	return s.pages.Findings().Similar(inc, limit)
}

// Suggestions returns all terms that the text of the incident suggests, beside those that
// people gave too.
func (s *Site) Suggestions(inc *incident.Incident) tagger.Suggestions { return s.tags().Suggest(inc) }
