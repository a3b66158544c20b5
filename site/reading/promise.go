package reading

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"faultline/site/markdown"
)

// statusNamed returns the state of an action that a word is for, nil for none.
func statusNamed(word string) *string {
	if s, ok := words().status[normalize(word)]; ok {
		return &s
	}
	return nil
}

func state(s string) *string { return &s }

var statusBracket = regexp.MustCompile(`[(\[（【]` + statusWord + `[)\]）】]\s*[.。]?\s*$`)

const statusWord = `(\pL[\pL\pM' -]{0,18}\pL)`

// statusForms are the ways to write a state into an action's text, the surest first.
var statusForms = sync.OnceValue(func() []*regexp.Regexp {
	return []*regexp.Regexp{
		regexp.MustCompile(`(?i)` + fieldNamed("status") + `\s*[:=：]\s*` + statusWord + `\s*(?:[)\].;,）。]+|\s[–—-]|$)\s*`),
		regexp.MustCompile(`[(\[（【]` + statusWord + `(?:[ :,]+\d[\d. /-]*)?[)\]）】]\s*[.。]?\s*$`),
		regexp.MustCompile(`([(\[（【][^()\[\]（）【】,;–—-]*)[,;–—-]\s*` + statusWord + `\s*([)\]）】])\s*[.。]?\s*$`),
		regexp.MustCompile(`([(\[（【])` + statusWord + `\s*(?:[,;]|\s[–—-])\s*([^()\[\]（）【】,;]*[)\]）】])\s*[.。]?\s*$`),
		regexp.MustCompile(`^[(\[（【]?` + statusWord + `[)\]）】]?(?:\s*[:–—-]\s+|：\s*)`),
		regexp.MustCompile(`^[(\[（【]` + statusWord + `[)\]）】]\s*`),
		regexp.MustCompile(`(?:\s[–—-]|:)\s*` + statusWord + `\s*[.。!]?\s*$`),
		regexp.MustCompile(`^(\p{Lu}{3,})\s+`),
	}
})

// stateMarks stand for a state before or behind an action.
var stateMarks = []struct{ mark, state string }{
	{"✅", "done"}, {"✔", "done"}, {"☑", "done"}, {"🎉", "done"}, {":white_check_mark:", "done"}, {":heavy_check_mark:", "done"}, {"[x]", "done"}, {"[X]", "done"},
	{"❌", "dropped"}, {"✖", "dropped"}, {"🚫", "dropped"}, {":x:", "dropped"}, {":no_entry_sign:", "dropped"}, {"🚧", "in-progress"}, {":construction:", "in-progress"}, {"[ ]", "open"},
}

// statusIn returns the state that an action's text gives it, and the text without it.
func statusIn(text string) (*string, string) {
	marked, text := markIn(text)
	if !stateBegins().in(text) {
		return marked, text
	}
	for _, form := range statusForms() {
		m := form.FindStringSubmatchIndex(text)
		if m == nil {
			continue
		}
		rest, word := "", ""
		for g := 2; g < len(m); g += 2 {
			if piece := text[m[g]:m[g+1]]; strings.ContainsAny(piece, "()[]（）【】") {
				rest += piece
			} else {
				word = piece
			}
		}
		if s := statusNamed(word); s != nil {
			text = strings.TrimRight(text[:m[0]], " ") + pad(rest) + text[m[1]:]
			return s, strings.TrimSpace(text)
		}
	}
	return marked, text
}

// begins are the first word, or the first two, of the names that the slow forms look
// for: most actions have none of them.
type begins map[string]bool

var (
	stateBegins = sync.OnceValue(func() begins {
		first := begins{}
		for name := range words().status {
			first.add(name)
		}
		return first
	})
	ownerBegins = fieldBegins("owner")
	dueBegins   = fieldBegins("due")
)

func fieldBegins(kind string) func() begins {
	return sync.OnceValue(func() begins {
		first := begins{}
		for _, name := range words().fields[kind] {
			first.add(fold(name))
		}
		return first
	})
}

func (b begins) add(name string) {
	if list := wordsOf(name); len(list) > 0 {
		b[strings.Join(list[:min(len(list), 2)], " ")] = true
	}
}

// in reports whether one of the words stands in the text, or a letter of a script
// without spaces between words.
func (b begins) in(text string) bool {
	var pair []byte // the word before, a space and the word
	last := 0       // where the word begins in it
	for i := 0; i < len(text); {
		end := wordEnd(text, i)
		if end > i {
			pair = append(pair[:copy(pair, pair[last:])], ' ')
			last = len(pair)
			pair = appendWord(pair, text[i:end])
			if b[string(pair[last:])] || b[string(pair)] || b[fold(string(pair[last:]))] {
				return true
			}
			i = end
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r >= 0x2e80 && unicode.In(r, unspacedScripts...) {
			return true
		}
		i += size
	}
	return false
}

// pad sets what opens a bracket apart from the words before it.
func pad(bracket string) string {
	if strings.ContainsAny(bracket, "([（【") {
		return " " + bracket
	}
	if bracket == "" {
		return " "
	}
	return bracket
}

// markIn returns the state of the mark that the text begins or ends with, and the text
// without it.
func markIn(text string) (*string, string) {
	for _, m := range stateMarks {
		if rest, ok := strings.CutPrefix(text, m.mark); ok {
			return &m.state, strings.TrimLeft(rest, "\uFE0F ")
		}
		if rest, ok := strings.CutSuffix(strings.TrimRight(text, "\uFE0F ."), m.mark); ok {
			return &m.state, strings.TrimSpace(rest)
		}
	}
	return nil, text
}

// boxed is the state of a box and of the text behind it: a ticked one is done.
func boxed(box markdown.Box, said *string) *string {
	if box == markdown.Checked {
		return state("done")
	}
	return said
}

// maxRemark is the number of words behind text that is struck through.
const maxRemark = 6

// struck returns the state of an action whose text is struck through: done, unless the
// remark behind it says otherwise.
func struck(spans []markdown.Span) *string {
	through, remark := false, ""
	for _, s := range spans {
		switch {
		case s.Style&markdown.Struck != 0 && remark == "":
			through = true
		case strings.Trim(s.Text, " .,\n") == "" || s.Link != "":
		case !through:
			return nil
		default:
			remark += s.Text
		}
	}
	if !through || len(strings.Fields(remark)) > maxRemark {
		return nil
	}
	if remark = strings.Trim(remark, " ()[].,:–—-\n"); remark == "" {
		return state("done")
	}
	return statusNamed(remark)
}

// statusOfCell returns the state in a cell made for it, which may say more than that
// or answer whether it is done.
func statusOfCell(text string) *string {
	if s := statusNamed(text); s != nil {
		return s
	}
	if s, _ := markIn(text); s != nil {
		return s
	}
	list := strings.Fields(normalize(text))
	for n := min(len(list), maxPhrase); n > 0; n-- {
		if s := statusNamed(strings.Join(list[:n], " ")); s != nil {
			return s
		}
	}
	switch {
	case claimsAll(text, affirmedClaim):
		return state("done")
	case claimsAll(text, deniedClaim):
		return state("open")
	}
	return nil
}
