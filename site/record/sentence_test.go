package record

import (
	"strings"
	"testing"
)

func TestFirstSentence(t *testing.T) {
	for text, want := range map[string]string{
		"It broke. Then it did not.": "It broke",
		"A bad config caused a quota service to fail, which caused multiple services to fail (including gmail).":                         "A bad config caused a quota service to fail, which caused multiple services to fail (including gmail)",
		"Queues for requests and responses in a cache became corrupted, leading to some requests that revealed other data to users.":     "Queues for requests and responses in a cache became corrupted…",
		"A third party service for sending texts and making voice calls experienced an outage due to heavy load and to failing retries.": "A third party service for sending texts and making voice calls experienced an outage…",
		"Short, " + strings.Repeat("word ", 40): "Short, " + strings.TrimSpace(strings.Repeat("word ", 16)) + "…",
	} {
		if got := firstSentence(text); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}
