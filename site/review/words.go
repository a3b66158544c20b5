package review

import (
	"fmt"
	"regexp"
	"strings"

	"faultline/site/incident"
	"faultline/site/phrase"
)

func titled(inc *incident.Incident) string {
	return fmt.Sprintf("%s (%s)", oneLine(inc.Title), day(inc.Date))
}

// day writes a date, "no date" where none is known.
func day(t incident.Time) string {
	if !t.Known() {
		return "no date"
	}
	return t.Date().String()
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// markup are the characters that begin something else than text in Markdown, also in a cell
// of a table.
var markup = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "[", `\[`, "]", `\]`, "<", `\<`, "|", `\|`)

// block is what begins a heading, a list or a quote at the beginning of a line.
var block = regexp.MustCompile(`^([#+>=~-]|\d+([.)]))`)

// oneLine writes a text in Markdown that shows it as it is, without line ends.
func oneLine(s string) string { return plain(strings.Join(strings.Fields(s), " ")) }

func plain(s string) string {
	s = markup.Replace(s)
	if at := block.FindStringIndex(s); at != nil {
		s = s[:at[1]-1] + `\` + s[at[1]-1:]
	}
	return s
}

// shorten writes a text likewise, cut behind a word.
func shorten(s string, limit int) string { return plain(phrase.Shorten(s, limit)) }
