package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"faultline/site/phrase"
	"faultline/site/problem"
)

// printJSON writes one indented JSON value. HTML characters stay as they are.
func printJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}

// tally says how many problems there are, in words.
func tally(l problem.List) string {
	if len(l) == 0 {
		return "no problems"
	}
	return fmt.Sprintf("%s, %s, %s", phrase.Count(l.Count(problem.Error), "error"),
		phrase.Count(l.Count(problem.Warning), "warning"), phrase.Count(l.Count(problem.Note), "note"))
}

// fails reports whether the problems fail a command.
func fails(l problem.List, strict bool) bool {
	return l.Count(problem.Error) > 0 || strict && l.Count(problem.Warning) > 0
}

// verdict ends a command whose problems have been printed.
func verdict(l problem.List, strict bool) error {
	if fails(l, strict) {
		return errProblems
	}
	return nil
}

// shown is a diff as a terminal shows it: without the \r of line ends.
func shown(diff string) string { return strings.ReplaceAll(diff, "\r\n", "\n") }

// printable replaces what would move the cursor of a terminal or change its colors.
func printable(r rune) rune {
	if unicode.IsControl(r) && r != '\n' && r != '\t' {
		return unicode.ReplacementChar
	}
	return r
}
