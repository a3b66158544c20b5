package reading

import (
	"strings"
	"unicode/utf8"

	"faultline/site/markdown"
)

// quoteAll gives the facts that were read without their words those of the line that
// they stand on.
func (f *Facts) quoteAll(doc *markdown.Document) {
	quoteLine(doc, &f.Title)
	quoteLine(doc, &f.Summary)
	quoteLine(doc, &f.Severity)
	quoteLine(doc, &f.Timezone)
	quoteLine(doc, &f.Date)
	quoteLine(doc, &f.Started)
	quoteLine(doc, &f.Detected)
	quoteLine(doc, &f.Mitigated)
	quoteLine(doc, &f.Resolved)
	quoteLine(doc, &f.Duration)
}

// maxQuote is the length in bytes at which a quote is cut: some reports are one line.
const maxQuote = 400

func quoteLine[T any](doc *markdown.Document, f *Found[T]) {
	if !f.Known() || f.Quote != "" {
		return
	}
	f.Quote = strings.TrimSpace(doc.Written(f.Line))
	if len(f.Quote) <= maxQuote {
		return
	}
	cut := maxQuote
	for !utf8.RuneStart(f.Quote[cut]) {
		cut--
	}
	f.Quote = strings.TrimSpace(f.Quote[:cut])
}
