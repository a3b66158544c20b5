package render

import "faultline/site/pattern"

// Findings returns what recurs in the library, as the pages tell it.
func (r *Renderer) Findings() *pattern.Findings { return r.found }
