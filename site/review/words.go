package review

import (
	"fmt"
	"strings"

	"faultline/site/incident"
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

// cell is a text as a cell of a Markdown table.
func cell(s string) string { return strings.ReplaceAll(oneLine(s), "|", `\|`) }

// oneLine is a text without line ends, which would begin something else in Markdown, and
// without tags.
func oneLine(s string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "<", "&lt;")
}

// shorten cuts a text behind a word.
func shorten(s string, limit int) string {
	letters := []rune(oneLine(s))
	if len(letters) <= limit {
		return string(letters)
	}
	head := string(letters[:limit])
	if at := strings.LastIndexByte(head, ' '); at > 0 {
		head = head[:at]
	}
	return head + "…"
}

func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return number(n) + " " + thing
}

func number(n int) string { return fmt.Sprint(n) }

// verb writes a number with the words that agree with it.
func verb(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return number(n) + " " + many
}
