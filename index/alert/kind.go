package alert

import (
	"slices"
	"strings"
)

// mostKinds is how many kinds a reading names.
const mostKinds = 4

// recognized says what the text is, by its markers, and which codes are in it.
func (d *divider) recognized(text string, codes []string) []string {
	kinds := []string{}
	for _, m := range d.kinds {
		if strings.Contains(text, m.text) && !slices.Contains(kinds, m.kind) {
			kinds = append(kinds, m.kind)
		}
	}
	for _, code := range codes {
		switch {
		case !only(code, isDigit):
			kinds = append(kinds, code)
		case len(code) == 3 && code >= "400":
			kinds = append(kinds, "HTTP status "+code)
		default:
			kinds = append(kinds, "code "+code)
		}
	}
	if len(kinds) == 0 && len(d.levels) > 1 {
		kinds = append(kinds, "labels and values")
	}
	return first(kinds, mostKinds)
}
