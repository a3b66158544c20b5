package importer

import (
	"strings"
	"testing"
	"time"

	"faultline/site/record"
)

// TestEndlessText reads texts that no person writes, as notes and as Markdown. Each must
// be done in a few seconds and lose nothing.
func TestEndlessText(t *testing.T) {
	for name, data := range map[string]string{
		"endless line":  "Title here\n\n" + strings.Repeat("word ", 400_000),
		"endless word":  "Title here\n\n" + strings.Repeat("word", 400_000),
		"bullets":       "Title here\n\n" + strings.Repeat("• word\n", 50_000),
		"deep bullets":  "Title here\n\n" + deepBullets(2_000) + "word",
		"deep quotes":   "Title here\n\n" + strings.Repeat("> ", 10_000) + "word",
		"deep lists":    "Title here\n\n" + strings.Repeat("- ", 10_000) + "word",
		"short lines":   strings.Repeat("Word\n\n", 50_000),
		"replies":       "Title here\n\n" + strings.Repeat("word text\n\n2 replies\n\n", 20_000),
		"brackets":      "Title here\n\nword " + strings.Repeat("[", 100_000),
		"accents":       "Title here\n\nword " + strings.Repeat("\xe9", 1_000_000),
		"five mebibyte": "Title here\n\n" + strings.Repeat("word and more of it\n", 260_000),
	} {
		for _, path := range []string{"a.txt", "a.md"} {
			t.Run(name+" "+path, func(t *testing.T) {
				start := time.Now()
				reports, problems := Read(Source{Path: path, Key: path, Data: []byte(data)}, "")
				if len(reports) != 1 {
					t.Fatalf("%d reports, %v", len(reports), problems)
				}
				if i, _ := reports[0].Incident(record.Options{}); i == nil || !strings.Contains(strings.ToLower(i.Body), "word") {
					t.Error("no incident, or its words are lost")
				}
				if took := time.Since(start); took > 20*time.Second {
					t.Errorf("took %v", took)
				}
				t.Log(time.Since(start))
			})
		}
	}
}

func deepBullets(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "• word\n")
	}
	return b.String()
}
