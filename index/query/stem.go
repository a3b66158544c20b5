package query

import "slices"

// The stemmer is the English one of Martin Porter's Snowball, known as Porter2
// (https://snowballstem.org/algorithms/english/stemmer.html), for words of the
// letters a to z. Words of up to three letters stay as they are: "dns", "aws".

// irregular words and their stems.
var irregular = map[string]string{
	"skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie", "idly": "idl", "gently": "gentl",
	"ugly": "ugli", "early": "earli", "only": "onli", "singly": "singl", "sky": "sky", "news": "news", "howe": "howe",
	"atlas": "atlas", "cosmos": "cosmos", "bias": "bias", "andes": "andes",
}

// stressed beginnings end where R1 begins; agreed and past are the endings of step 1b.
var (
	stressed = []string{"gener", "commun", "arsen"}
	agreed   = []string{"eedly", "eed"}
	past     = []string{"ingly", "edly", "ing", "ed"}
)

// finished words stay as they are once their plural is cut off.
var finished = []string{"inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"}

// A suffix is replaced where it stands in a region, and, with after, behind one of
// these letters. Of several suffixes that fit, the longest alone counts: it stands
// first.
type suffix struct {
	text, replacement string
	after             string
}

// suffixes are the suffixes of a step by their last letter.
type suffixes ['z' + 1][]suffix

func byEnding(list []suffix) *suffixes {
	var table suffixes
	for _, s := range list {
		last := s.text[len(s.text)-1]
		table[last] = append(table[last], s)
	}
	return &table
}

var step2 = byEnding([]suffix{
	{"ational", "ate", ""}, {"fulness", "ful", ""}, {"iveness", "ive", ""}, {"ization", "ize", ""}, {"ousness", "ous", ""},
	{"biliti", "ble", ""}, {"lessli", "less", ""}, {"tional", "tion", ""}, {"alism", "al", ""}, {"aliti", "al", ""},
	{"ation", "ate", ""}, {"entli", "ent", ""}, {"fulli", "ful", ""}, {"iviti", "ive", ""}, {"ousli", "ous", ""},
	{"abli", "able", ""}, {"alli", "al", ""}, {"anci", "ance", ""}, {"ator", "ate", ""}, {"enci", "ence", ""},
	{"izer", "ize", ""}, {"bli", "ble", ""}, {"ogi", "og", "l"}, {"li", "", "cdeghkmnrt"},
})

var step3 = byEnding([]suffix{
	{"ational", "ate", ""}, {"tional", "tion", ""}, {"alize", "al", ""}, {"ative", "", ""}, {"icate", "ic", ""},
	{"iciti", "ic", ""}, {"ical", "ic", ""}, {"ness", "", ""}, {"ful", "", ""},
})

var step4 = byEnding([]suffix{
	{"ement", "", ""}, {"able", "", ""}, {"ance", "", ""}, {"ence", "", ""}, {"ible", "", ""}, {"ment", "", ""},
	{"ant", "", ""}, {"ate", "", ""}, {"ent", "", ""}, {"ion", "", "st"}, {"ism", "", ""}, {"iti", "", ""},
	{"ive", "", ""}, {"ize", "", ""}, {"ous", "", ""}, {"al", "", ""}, {"er", "", ""}, {"ic", "", ""},
})

// Stem returns the stem of an English word in lower case; a word with other characters than
// a to z stays as it is.
func Stem(word string) string {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return word
		}
	}
	var buffer [maxTerm]byte
	if s := stem(append(buffer[:0], word...)); string(s) != word {
		return string(s)
	}
	return word
}

// stem returns the stem of a word, in the place of the word: a stem is never
// longer.
func stem(word []byte) []byte {
	if len(word) <= 3 {
		return word
	}
	if special, ok := irregular[string(word)]; ok {
		return append(word[:0], special...)
	}
	word = markConsonants(word)
	r1, r2 := regions(word)
	word = cutPlural(word)
	if slices.Contains(finished, string(word)) {
		return word
	}
	word = cutPast(word, r1)
	word = softenY(word)
	word = replaceSuffix(word, step2, r1)
	word = replaceStep3(word, r1, r2)
	word = replaceSuffix(word, step4, r2)
	word = cutFinal(word, r1, r2)
	return unmarkConsonants(word)
}

// markConsonants writes every y that is a consonant as Y.
func markConsonants(word []byte) []byte {
	for i := range word {
		if word[i] == 'y' && (i == 0 || vowel(word[i-1])) {
			word[i] = 'Y'
		}
	}
	return word
}

func unmarkConsonants(word []byte) []byte {
	for i := range word {
		if word[i] == 'Y' {
			word[i] = 'y'
		}
	}
	return word
}

func vowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'
}

// regions returns where R1 and R2 begin: each behind the first consonant that
// follows a vowel, R2 within R1.
func regions(word []byte) (r1, r2 int) {
	r1 = region(word, 0)
	for _, prefix := range stressed {
		if hasPrefix(word, prefix) {
			r1 = len(prefix)
		}
	}
	return r1, region(word, r1)
}

func region(word []byte, from int) int {
	for i := from + 1; i < len(word); i++ {
		if vowel(word[i-1]) && !vowel(word[i]) {
			return i + 1
		}
	}
	return len(word)
}

func hasPrefix(word []byte, text string) bool {
	return len(word) >= len(text) && string(word[:len(text)]) == text
}

// hasSuffix compares last letters first: it is most of what a stemmer does.
func hasSuffix(word []byte, text string) bool {
	n := len(word) - len(text)
	return n >= 0 && word[len(word)-1] == text[len(text)-1] && string(word[n:]) == text
}

// hasVowel reports whether one of the first n letters is a vowel.
func hasVowel(word []byte, n int) bool {
	for i := 0; i < n; i++ {
		if vowel(word[i]) {
			return true
		}
	}
	return false
}

// cutPlural is step 1a.
func cutPlural(word []byte) []byte {
	n := len(word)
	switch {
	case hasSuffix(word, "sses"):
		return word[:n-2]
	case hasSuffix(word, "ied") || hasSuffix(word, "ies"):
		if n > 4 {
			return word[:n-2]
		}
		return word[:n-1]
	case hasSuffix(word, "us") || hasSuffix(word, "ss"):
		return word
	case hasSuffix(word, "s") && hasVowel(word, n-2):
		return word[:n-1]
	}
	return word
}

// cutPast is step 1b.
func cutPast(word []byte, r1 int) []byte {
	for _, end := range agreed {
		if hasSuffix(word, end) {
			if n := len(word) - len(end); n >= r1 {
				return word[:n+2]
			}
			return word
		}
	}
	for _, end := range past {
		if hasSuffix(word, end) {
			if n := len(word) - len(end); hasVowel(word, n) {
				return mend(word[:n], r1)
			}
			return word
		}
	}
	return word
}

// mend gives a word its ending back: "hoping" is of "hope", "hopping" of "hop".
func mend(word []byte, r1 int) []byte {
	n := len(word)
	switch {
	case hasSuffix(word, "at") || hasSuffix(word, "bl") || hasSuffix(word, "iz"):
		return append(word, 'e')
	case doubled(word):
		return word[:n-1]
	case r1 >= n && shortSyllable(word):
		return append(word, 'e')
	}
	return word
}

func doubled(word []byte) bool {
	n := len(word)
	if n < 2 || word[n-1] != word[n-2] {
		return false
	}
	switch word[n-1] {
	case 'b', 'd', 'f', 'g', 'm', 'n', 'p', 'r', 't':
		return true
	}
	return false
}

// shortSyllable reports whether a word ends in a short syllable.
func shortSyllable(word []byte) bool {
	n := len(word)
	if n < 2 || vowel(word[n-1]) || !vowel(word[n-2]) {
		return false
	}
	if n == 2 {
		return true
	}
	last := word[n-1]
	return !vowel(word[n-3]) && last != 'w' && last != 'x' && last != 'Y'
}

// softenY is step 1c.
func softenY(word []byte) []byte {
	n := len(word)
	if n > 2 && (word[n-1] == 'y' || word[n-1] == 'Y') && !vowel(word[n-2]) {
		word[n-1] = 'i'
	}
	return word
}

// replaceSuffix replaces the longest suffix of a step where it stands in a region.
func replaceSuffix(word []byte, step *suffixes, region int) []byte {
	for _, s := range step[word[len(word)-1]] {
		if hasSuffix(word, s.text) {
			n := len(word) - len(s.text)
			if n < region || s.after != "" && (n == 0 || !oneOf(s.after, word[n-1])) {
				return word
			}
			return append(word[:n], s.replacement...)
		}
	}
	return word
}

func oneOf(letters string, c byte) bool {
	for i := 0; i < len(letters); i++ {
		if letters[i] == c {
			return true
		}
	}
	return false
}

// replaceStep3 is step 3, in which one suffix must stand in R2.
func replaceStep3(word []byte, r1, r2 int) []byte {
	if hasSuffix(word, "ative") {
		return replaceSuffix(word, step3, r2)
	}
	return replaceSuffix(word, step3, r1)
}

// cutFinal is step 5.
func cutFinal(word []byte, r1, r2 int) []byte {
	n := len(word) - 1
	switch {
	case n < 0:
		return word
	case word[n] == 'e' && (n >= r2 || n >= r1 && !shortSyllable(word[:n])):
		return word[:n]
	case word[n] == 'l' && n >= r2 && n > 0 && word[n-1] == 'l':
		return word[:n]
	}
	return word
}
