// Package tables makes the character tables of the tokenizer from Go's package
// unicode and the Unicode normalization of golang.org/x/text. The tokenizer itself,
// in Go and in TypeScript, reads the same two strings; neither depends on the
// Unicode version of the machine it runs on.
//
// Numbers are in base 36, in lower case. Classes is a list of runs that cover all
// code points from 0 on:
//
//	run   = length class .
//	class = "N" (separates words) | "L" (letter) | "D" (digit)
//	      | "P" (letter of a script written without spaces, or emoji: indexed in pairs)
//	      | "M" (mark: continues a word, never begins one) .
//
// Folds is a list of runs of code points that are folded; the others stay as they
// are:
//
//	run    = [ gap ] [ "*" length | "/" length ] target ","   (gap: code points since the last run's end; "/": every second one)
//	target = "=" [ code { "_" code } ]                  (each becomes this text)
//	       | "+" number | "-" number                    (each is shifted)
//	       | ">" code .                                 (the first becomes code, the next one code+1, …)
//
// Folding is lower case and compatibility decomposition with combining
// accents, Hebrew points, Arabic vowel signs and ignorable characters dropped, digits
// of every script in ASCII, and the Latin letters that Unicode does not decompose
// (ß, ø, ł, ı, æ, …) written with ASCII letters. To keep the tables small, what real text
// does not hold stays as it is: compatibility ideographs, Arabic presentation forms,
// squared and circled symbols, and Hangul syllables, which are whole already.
package tables

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The classes, as they are written.
const (
	separator = 'N'
	letter    = 'L'
	digit     = 'D'
	pair      = 'P'
	mark      = 'M'
)

// unspaced are the scripts that do not put spaces between words, and Hangul, whose
// words carry their particles.
var unspaced = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// pictures are the emoji and the signs that reports use like them, as ✅ and ⚠. Like
// characters of the unspaced scripts they are words without spaces around them.
var pictures = []*unicode.RangeTable{
	{R16: []unicode.Range16{{0x2600, 0x27bf, 1}, {0x2b1b, 0x2b1c, 1}, {0x2b50, 0x2b55, 1}}},
	{R32: []unicode.Range32{{0x1f1e6, 0x1f1ff, 1}, {0x1f300, 0x1f3fa, 1}, {0x1f400, 0x1f6ff, 1}, {0x1f7e0, 0x1f7f0, 1}, {0x1f900, 0x1faff, 1}}},
}

// dropped are the characters of a word that make no difference: marks that any
// letter may carry, optional vowel signs, joiners, soft hyphens, directions, and the tones and
// tags of emoji.
var dropped = []*unicode.RangeTable{
	{R16: []unicode.Range16{
		{0x00ad, 0x00ad, 1}, {0x0300, 0x036f, 1}, {0x0591, 0x05bd, 1}, {0x05bf, 0x05bf, 1}, {0x05c1, 0x05c2, 1},
		{0x05c4, 0x05c5, 1}, {0x05c7, 0x05c7, 1}, {0x061c, 0x061c, 1}, {0x0640, 0x0640, 1}, {0x064b, 0x065f, 1},
		{0x0670, 0x0670, 1}, {0x1ab0, 0x1aff, 1}, {0x1dc0, 0x1dff, 1}, {0x200c, 0x200f, 1}, {0x2060, 0x2060, 1},
		{0x20d0, 0x20ff, 1}, {0xfe00, 0xfe0f, 1}, {0xfe20, 0xfe2f, 1}, {0xfeff, 0xfeff, 1},
	}},
	{R32: []unicode.Range32{{0x1f3fb, 0x1f3ff, 1}, {0xe0020, 0xe007f, 1}, {0xe0100, 0xe01ef, 1}}},
}

// unfolded are the blocks that stay as they are.
var unfolded = []*unicode.RangeTable{
	{R16: []unicode.Range16{
		{0x1d2c, 0x1dbf, 1}, {0x2100, 0x215f, 1}, {0x2460, 0x24ff, 1}, {0x2e80, 0x2fff, 1}, {0x3100, 0x33ff, 1},
		{0xa69c, 0xa69d, 1}, {0xa770, 0xa770, 1}, {0xa7f1, 0xa7f4, 1}, {0xa7f8, 0xa7f9, 1}, {0xab5c, 0xab69, 1},
		{0xac00, 0xd7a3, 1}, {0xf900, 0xfaff, 1}, {0xfb1d, 0xfeff, 1}, {0xffa0, 0xffdc, 1},
	}},
	{R32: []unicode.Range32{{0x10780, 0x107ba, 1}, {0x1d100, 0x1d1ff, 1}, {0x1e030, 0x1e06d, 1}, {0x1ee00, 0x1f2ff, 1}, {0x1fbf0, 0x1fbf9, 1}, {0x2f800, 0x2fa1f, 1}}},
}

// spelled are the letters that Unicode does not decompose, and the final sigma.
var spelled = map[rune]string{
	'ß': "ss", 'ς': "σ",
	'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'ħ': "h", 'ı': "i", 'ł': "l", 'ŧ': "t", 'þ': "th", 'ŋ': "ng", 'ȷ': "j",
}

// extenders are letters of the unspaced scripts that Unicode counts to no script.
const extenders = "ー々〆ｰ"

// classOf returns the class of a code point, 0 for one that is not assigned.
func classOf(r rune) byte {
	switch {
	case unicode.In(r, dropped...):
		return mark
	case unicode.Is(unicode.Nd, r):
		return digit
	case strings.ContainsRune(extenders, r), unicode.In(r, pictures...) && unicode.In(r, unicode.S):
		return pair
	case unicode.In(r, unspaced...):
		return unspacedClass(r)
	case r == 0x3099 || r == 0x309a || r == 0xff9e || r == 0xff9f:
		return mark // the voicing marks of kana
	case unicode.In(r, unicode.L, unicode.M, unicode.Nl):
		return letter
	case unicode.Is(unicode.No, r) && isDigits(fold(r)):
		return digit
	case unicode.In(r, unicode.Z, unicode.S, unicode.P, unicode.N, unicode.C):
		return separator
	}
	return 0
}

func unspacedClass(r rune) byte {
	switch {
	case unicode.In(r, unicode.L, unicode.Nl):
		return pair
	case unicode.Is(unicode.M, r):
		return mark
	}
	return separator
}

func isDigits(text string) bool {
	return strings.Trim(text, "0123456789") == "" && text != ""
}

// Classes returns the table of classes. Code points that are not assigned belong
// to the run that they stand in.
func Classes() string {
	var b strings.Builder
	start, class := rune(0), byte(separator)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if next := classOf(r); next != 0 && next != class {
			b.WriteString(number(r - start))
			b.WriteByte(class)
			start, class = r, next
		}
	}
	b.WriteString(number(unicode.MaxRune + 1 - start))
	b.WriteByte(class)
	return b.String()
}

// fold returns what a code point is folded to.
func fold(r rune) string {
	switch {
	case unicode.In(r, dropped...):
		return ""
	case unicode.Is(unicode.Nd, r):
		return string('0' + digitValue(r))
	case unicode.In(r, unfolded...):
		return string(r)
	}
	text := norm.NFKD.String(string(r))
	for range 3 {
		text = norm.NFKD.String(spell(strings.ToLower(text)))
	}
	return text
}

// spell drops what makes no difference and writes out what is not decomposed.
func spell(text string) string {
	var b strings.Builder
	for _, r := range text {
		if ascii, ok := spelled[r]; ok {
			b.WriteString(ascii)
		} else if !unicode.In(r, dropped...) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// digitValue returns the value of a decimal digit: in every script ten of them
// stand in order.
func digitValue(r rune) rune {
	zero := r
	for unicode.Is(unicode.Nd, zero-1) {
		zero--
	}
	return (r - zero) % 10
}

// folds returns the target of r, and whether r is folded at all: it must be part of
// words and become part of words.
func folds(r rune) ([]rune, bool) {
	if class := classOf(r); class == separator || class == 0 {
		return nil, false
	}
	target := []rune(fold(r))
	for _, t := range target {
		if class := classOf(t); class == separator || class == 0 {
			return nil, false
		}
	}
	return target, len(target) != 1 || target[0] != r
}

// foldRun is a run of code points that are folded in one manner. With a step of 2
// the code points between stay as they are or belong to no run.
type foldRun struct {
	from, length, step rune
	target             string
}

// Folds returns the table of folds.
func Folds() string { return foldsBelow(unicode.MaxRune + 1) }

// foldsBelow returns the runs of the table that begin below a code point.
func foldsBelow(limit rune) string {
	targets := map[rune][]rune{}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if target, ok := folds(r); ok {
			targets[r] = target
		}
	}
	var b strings.Builder
	end := rune(0)
	for r := rune(0); r < limit; r++ {
		if _, ok := targets[r]; ok && r >= end {
			run := longest(targets, r)
			b.WriteString(run.written(end))
			end = run.from + (run.length-1)*run.step + 1
		}
	}
	return b.String()
}

// longest returns the run from r on that covers most.
func longest(targets map[rune][]rune, r rune) foldRun {
	first := targets[r]
	codes := make([]string, len(first))
	for i, t := range first {
		codes[i] = number(t)
	}
	best := foldRun{from: r, step: 1, target: "=" + strings.Join(codes, "_")}
	best.length = length(targets, r, 1, func(rune) []rune { return first })
	if len(first) != 1 {
		return best
	}
	delta := first[0] - r
	shift := func(r rune) []rune { return []rune{r + delta} }
	if n := length(targets, r, 1, shift); n > best.length || n == best.length && len(shifted(delta)) < len(best.target) {
		best = foldRun{r, n, 1, shorter(shifted(delta), ">"+number(first[0]))}
	}
	if n := length(targets, r, 2, shift); n > best.length {
		best = foldRun{r, n, 2, shifted(delta)}
	}
	return best
}

// length counts the code points r, r+step, … whose targets are as expected and, with
// a step of 2, whose neighbors between are not folded.
func length(targets map[rune][]rune, r, step rune, expected func(rune) []rune) rune {
	n := rune(0)
	for ; ; n++ {
		at := r + n*step
		target, ok := targets[at]
		if !ok || string(target) != string(expected(at)) {
			return n
		}
		if _, folded := targets[at-1]; step == 2 && n > 0 && folded {
			return n
		}
	}
}

func shifted(delta rune) string {
	if delta < 0 {
		return "-" + number(-delta)
	}
	return "+" + number(delta)
}

func shorter(a, b string) string {
	if len(b) < len(a) {
		return b
	}
	return a
}

// written writes a run after one that ended before the code point end.
func (f foldRun) written(end rune) string {
	text := ""
	if f.from > end {
		text = number(f.from - end)
	}
	if f.length > 1 {
		text += map[rune]string{1: "*", 2: "/"}[f.step] + number(f.length)
	}
	return text + f.target + ","
}

func number(n rune) string { return strconv.FormatInt(int64(n), 36) }
