package incident

import (
	"strings"
	"unicode"
)

// Slug turns a name into one part of a URL: its letters and digits, of any
// script and in lower case, with one hyphen for everything between them. It is
// empty for a name without letters and digits.
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}
