package render

import "testing"

func TestQuotesAreReadWithoutMarks(t *testing.T) {
	for _, test := range []struct{ sentence, want string }{
		{"The hub was down.", "The hub was down."},
		{"It was [fixed](https://example.org/pull/462) in v0.6.", "It was fixed in v0.6."},
		{"See ![graph](a.png) and [the **bug**](b).", "See graph and the bug."},
		{"The `kube-system` namespace was __not__ managed.", "The kube-system namespace was not managed."},
		{"This is a longstanding issue we have yet to address ([issue", "This is a longstanding issue we have yet to address …"},
		{"The matrix a[0][1] held 2 * 3 * 4.", "The matrix a[0][1] held 2 * 3 * 4."},
		{"[Draft", "[Draft"},
	} {
		if got := unmarked(test.sentence); got != test.want {
			t.Errorf("%q is read as %q, want %q", test.sentence, got, test.want)
		}
	}
}
