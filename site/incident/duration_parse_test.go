package incident

import "testing"

func TestParseDuration(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"36m", "36 min"},
		{"1h50m", "1 h 50 min"},
		{"2d 4h", "2 d 4 h"},
		{"110 minutes", "1 h 50 min"},
		{"1.5 hours", "1 h 30 min"},
		{"~1 week", "~7 d"},
		{"about 2 hours", "~2 h"},
		{"1 hour and 50 minutes", "1 h 50 min"},
		{"1 hr, 5 mins", "1 h 5 min"},
		{"90s", "90 s"},
		{"10m..25m", "10 min to 25 min"},
		{" 3 Days ", "3 d"},
	} {
		d, err := ParseDuration(c.text)
		if err != nil || d.String() != c.want || d.Basis != Stated {
			t.Errorf("%q: got %q (%s), %v; want %q", c.text, d, d.Basis, err, c.want)
		}
	}
}

func TestParseDurationRefuses(t *testing.T) {
	for _, text := range []string{
		"", "36", "soon", "1 month", "2 years", "1h..", "3h..1h", "99999999999999999999 weeks", "200000 days", "1h 5", "-5m", "h",
	} {
		if d, err := ParseDuration(text); err == nil || d.Known() {
			t.Errorf("%q is read as %q", text, d)
		}
	}
}
