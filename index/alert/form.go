package alert

import "strings"

// isTime reports whether a word is a time or date: digits with marks between them.
func isTime(word string) bool {
	marks, digits := count(word, isTimeMark), count(word, isDigit)
	if marks == 0 || digits < 3 || digits*2 < len(word) {
		return false
	}
	return only(word, func(c byte) bool { return isDigit(c) || isTimeMark(c) || strings.IndexByte(".,TZ+_", c) >= 0 })
}

func isTimeMark(c byte) bool { return c == ':' || c == '-' || c == '/' }

// mostUnit is how many letters the units and marks of a number have.
const mostUnit = 3

// isNumber reports whether a word is a number or version, with or without a unit.
func isNumber(word string) bool {
	digits, letters := count(word, isDigit), count(word, isLetter)
	signs := count(word, func(c byte) bool { return strings.IndexByte(".:,+-_/#", c) >= 0 })
	if digits == 0 || letters > mostUnit || digits+letters+signs < len(word) {
		return false
	}
	return isDigit(word[0]) || word[0] == 'v' && isDigit(word[1])
}

// isIPv4 reports whether a word is an address of four numbers, with or without port.
func isIPv4(word string) bool {
	return strings.Count(word, ".") == 3 && only(word, func(c byte) bool { return isDigit(c) || isAddressMark(c) })
}

// isIPv6 reports whether a word is an address of hexadecimal numbers.
func isIPv6(word string) bool {
	return strings.Count(word, ":") >= 2 && only(word, func(c byte) bool { return isHex(c) || isAddressMark(c) })
}

func isAddressMark(c byte) bool { return c == '.' || c == ':' || c == '/' }

// leastHex is how long a word of hexadecimal digits is that is an id.
const leastHex = 7

// isID reports whether a word is made up by a machine: hexadecimal, a UUID, or letters
// and digits as no name has them.
func isID(word string) bool {
	bare := strings.TrimPrefix(strings.TrimPrefix(word, "0x"), "sha256:")
	if len(bare) < len(word) && only(bare, isHex) {
		return true
	}
	if len(bare) >= leastHex && count(bare, isDigit) > 0 && only(bare, func(c byte) bool { return isHex(c) || c == '-' }) {
		return true
	}
	return isMixed(bare)
}

// isMixed reports whether letters and digits change places as no name has them.
func isMixed(word string) bool {
	digits := count(word, isDigit)
	if len(word) < 5 || digits == 0 || digits+count(word, isLetter) < len(word) {
		return false
	}
	changes := 0
	for i := 1; i < len(word); i++ {
		if isDigit(word[i]) != isDigit(word[i-1]) {
			changes++
		}
	}
	if changes >= 4 || changes >= 2 && len(word) >= 16 || digits > 5 && digits*2 > len(word) {
		return true
	}
	return changes >= 2 && (count(word, isVowel) == 0 || digits*5 >= len(word)*2)
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouAEIOU", c) >= 0 }

// isSuffix reports whether a part of a name is what a platform adds to it: digits, or
// letters and digits without vowels.
func isSuffix(part string) bool {
	digits, vowels := count(part, isDigit), count(part, isVowel)
	switch {
	case part == "" || digits+count(part, isLetter) < len(part):
		return isID(part)
	case digits == len(part):
		return true
	case digits == 0:
		return len(part) == 5 && vowels == 0 && count(part, isUpper) == 0
	case len(part) >= 4 && (vowels == 0 || digits*3 >= len(part)):
		return true
	}
	return isID(part)
}

// looksSecret reports whether a value may be a password or key, that is, is not words.
func looksSecret(value string) bool {
	return count(value, isBlank) == 0 || count(value, isDigit) > 0
}

// isPlaceOfCode reports whether a word is a name with a number, as a file with a line:
// main.rs:119.
func isPlaceOfCode(word string) bool {
	_, place, ok := strings.Cut(word, ":")
	return ok && place != "" && isNumber(place)
}

// isAbbreviated reports whether a word is a class whose packages are letters: o.a.c.C.
func isAbbreviated(word string) bool {
	return len(word) > 3 && word[1] == '.' && word[3] == '.' && isLetter(word[0]) && isLetter(word[2])
}

// isKlog reports whether a word is a level and a day: E0220.
func isKlog(word string) bool {
	return len(word) == 5 && strings.IndexByte("IWEF", word[0]) >= 0 && only(word[1:], isDigit)
}

// isShouted reports whether a word has capitals and no small letters.
func isShouted(word string) bool {
	return count(word, isUpper) > 0 && count(word, isLetter) == count(word, isUpper)
}

// longestWord is how many characters of a word are taken. One of ASCII that has more is
// no word.
const longestWord = 64

// isOverlong reports whether a word of ASCII is longer than a term may be.
func isOverlong(word string) bool {
	return len(word) > longestWord && only(word, func(c byte) bool { return c < 0x80 })
}

// faults are what the names of exceptions end in.
var faults = []string{"Exception", "Error", "Failure", "Fault", "Timeout", "Interrupt", "Unavailable"}

// isFault reports whether a word is the name of an exception.
func isFault(word string) bool {
	for _, ending := range faults {
		if strings.HasSuffix(word, ending) && len(word) > len(ending)+1 && isLetter(word[0]) {
			return true
		}
	}
	return false
}
