package incident

import "testing"

func TestHasTimeline(t *testing.T) {
	for basis, want := range map[Basis]bool{FrontMatter: true, Explicit: true, Prose: false} {
		i := Incident{Timeline: []Row{{Basis: Prose}, {Basis: basis}}}
		if got := i.HasTimeline(); got != want {
			t.Errorf("%s: %v", basis, got)
		}
	}
}
