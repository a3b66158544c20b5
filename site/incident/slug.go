package incident

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
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

// Fold maps a name or a path to what file systems that ignore case or Unicode form
// make of it: two that fold alike cannot be files side by side everywhere. Upper
// before lower, because some letters have two lower-case forms (σ, ς).
func Fold(name string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(name)))
}

// Reserved reports whether Windows keeps a name for a device.
func Reserved(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), ".")
	if len(name) == 4 && (strings.HasPrefix(name, "com") || strings.HasPrefix(name, "lpt")) {
		return name[3] >= '0' && name[3] <= '9'
	}
	return name == "con" || name == "prn" || name == "aux" || name == "nul"
}
