package phrase

import "testing"

func TestPhrases(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Number(0), "0"}, {Number(999), "999"}, {Number(1000), "1,000"}, {Number(1234567), "1,234,567"},
		{Number(-100), "-100"}, {Number(-1000), "-1,000"},
		{Count(0, "incident"), "0 incidents"}, {Count(1, "incident"), "1 incident"}, {Count(12000, "incident"), "12,000 incidents"},
		{Agree(1, "gives", "give"), "1 gives"}, {Agree(3, "gives", "give"), "3 give"},
		{List(nil), ""}, {List([]string{"a"}), "a"}, {List([]string{"a", "b"}), "a and b"}, {List([]string{"a", "b", "c"}), "a, b and c"},
		{Capital(""), ""}, {Capital("élan"), "Élan"}, {Capital("原因"), "原因"},
		{Sentence("élan"), "Élan."}, {Sentence(""), ""},
		{Shorten("short", 9), "short"}, {Shorten("  one\ttwo three ", 9), "one two…"}, {Shorten("one two, three", 10), "one two…"},
		{Shorten("原因原因原因", 4), "原因原因…"}, {Shorten("a verylongword", 9), "a verylon…"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}
