package reading

import (
	"strings"
	"testing"

	"faultline/site/markdown"
)

// TestQuotes holds the words that a fact was read from to the line that they stand on.
func TestQuotes(t *testing.T) {
	src := "# Checkout **down**\n\n- Severity: SEV-1\n- Resolved: 2024-03-05 11:30\n\n## Summary\n\nCheckout failed for [all](x) users. " + strings.Repeat("é", 400) +
		"\n\n## Timeline (all times in UTC)\n\n| Time | Event |\n|---|---|\n| 10:00 | `api` is down |\n| 10:05 | Alert fires |\n"
	f := Read(markdown.Parse([]byte(src), 1), Options{})
	lines := strings.Split(src, "\n")
	for name, q := range map[string]Found[string]{
		"title": f.Title, "severity": f.Severity, "summary": f.Summary, "zone": f.Timezone,
		"date": {Line: f.Date.Line, Quote: f.Date.Quote}, "started": {Line: f.Started.Line, Quote: f.Started.Quote},
		"detected": {Line: f.Detected.Line, Quote: f.Detected.Quote}, "resolved": {Line: f.Resolved.Line, Quote: f.Resolved.Quote},
	} {
		if !q.Known() {
			continue
		}
		if q.Quote == "" || len(q.Quote) > maxQuote || !strings.Contains(lines[q.Line-1], q.Quote) {
			t.Errorf("%s: line %d, quote %q", name, q.Line, q.Quote)
		}
	}
	if want := "| 10:05 | Alert fires |"; f.Detected.Quote != want && f.Resolved.Quote != "- Resolved: 2024-03-05 11:30" {
		t.Errorf("detected %q, want %q; resolved %q", f.Detected.Quote, want, f.Resolved.Quote)
	}
}
