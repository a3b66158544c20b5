package query

import (
	"strconv"
	"strings"
)

//go:generate go run ./internal/tables/write

// The classes of code points; package tables says what belongs to each.
const (
	separator = 'N'
	letter    = 'L'
	digit     = 'D'
	pair      = 'P'
	mark      = 'M'
)

// Tables returns the tables of characters as the client reads them: the classes, a
// space, and the folds.
func Tables() string { return classRuns + " " + foldRuns }

// classTable holds the first code point of every run and its class.
type classTable struct {
	starts  []rune
	classes []byte
}

var classes = readClasses(classRuns)

func readClasses(runs string) classTable {
	var table classTable
	start := rune(0)
	for from, i := 0, 0; i < len(runs); i++ {
		if runs[i] >= 'A' && runs[i] <= 'Z' {
			table.starts = append(table.starts, start)
			table.classes = append(table.classes, runs[i])
			start += base36(runs[from:i])
			from = i + 1
		}
	}
	return table
}

// classOf returns the class of a code point.
func classOf(c rune) byte {
	if c < 0x80 {
		return asciiClass(c)
	}
	return classes.classes[lastFrom(classes.starts, c)]
}

func asciiClass(c rune) byte {
	switch {
	case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
		return letter
	case c >= '0' && c <= '9':
		return digit
	}
	return separator
}

// foldRun is a run of code points that become a text or are shifted.
type foldRun struct {
	length, step, shift rune
	text                string
	fixed               bool // each becomes text
}

// foldTable holds the first code point of every run of folds.
type foldTable struct {
	starts []rune
	runs   []foldRun
}

var folds = readFolds(foldRuns)

func readFolds(runs string) foldTable {
	var table foldTable
	end := rune(0)
	for from, i := 0, 0; i < len(runs); i++ {
		if runs[i] == ',' {
			start, run := readFold(runs[from:i], end)
			table.starts = append(table.starts, start)
			table.runs = append(table.runs, run)
			end = start + (run.length-1)*run.step + 1
			from = i + 1
		}
	}
	return table
}

// readFold reads one run after one that ended before the code point end.
func readFold(text string, end rune) (rune, foldRun) {
	gap, i := readNumber(text, 0)
	start, run := end+gap, foldRun{length: 1, step: 1}
	if text[i] == '*' {
		run.length, i = readNumber(text, i+1)
	} else if text[i] == '/' {
		run.step = 2
		run.length, i = readNumber(text, i+1)
	}
	code, _ := readNumber(text, i+1)
	switch text[i] {
	case '+':
		run.shift = code
	case '-':
		run.shift = -code
	case '>':
		run.shift = code - start
	default:
		run.fixed, run.text = true, readText(text[i+1:])
	}
	return start, run
}

// readText reads code points between underscores.
func readText(codes string) string {
	text := ""
	for _, code := range strings.Split(codes, "_") {
		if code != "" {
			text += string(base36(code))
		}
	}
	return text
}

// readNumber reads the number at i, 0 where there is none, and where it ends.
func readNumber(text string, i int) (rune, int) {
	end := i
	for end < len(text) && asciiClass(rune(text[end])) != separator {
		end++
	}
	return base36(text[i:end]), end
}

func base36(digits string) rune {
	n, _ := strconv.ParseInt("0"+digits, 36, 32)
	return rune(n)
}

// lastFrom returns the index of the last start that is not after c, -1 for none.
func lastFrom(starts []rune, c rune) int {
	low, high := 0, len(starts)
	for low < high {
		if mid := (low + high) / 2; starts[mid] <= c {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low - 1
}

// foldInto appends what a code point is folded to.
func foldInto(folded []byte, c rune) []byte {
	if c >= 'A' && c <= 'Z' {
		return append(folded, byte(c)+'a'-'A')
	}
	if c < 0x80 {
		return append(folded, byte(c))
	}
	i := lastFrom(folds.starts, c)
	if i < 0 {
		return appendRune(folded, c)
	}
	run, offset := &folds.runs[i], c-folds.starts[i]
	if offset >= run.length*run.step || offset%run.step != 0 {
		return appendRune(folded, c)
	}
	if run.fixed {
		return append(folded, run.text...)
	}
	return appendRune(folded, c+run.shift)
}

func appendRune(folded []byte, c rune) []byte { return append(folded, string(c)...) }

// Fold returns text without differences of case, accents, width and script of
// digits: "Müller" becomes "muller". Values of exact fields are compared folded.
func Fold(text string) string {
	folded := make([]byte, 0, len(text))
	for _, c := range text {
		folded = foldInto(folded, c)
	}
	return string(folded)
}
