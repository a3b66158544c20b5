package site

import (
	"faultline/site/incident"
	"faultline/site/pattern"
)

// Library returns the library that the site is made of.
func (s *Site) Library() *incident.Library { return s.lib }

// Similar returns at most limit incidents that look most like the incident.
func (s *Site) Similar(inc *incident.Incident, limit int) []pattern.Likeness {
	return s.pages.Findings().Similar(s.pages.Known(inc), limit)
}
