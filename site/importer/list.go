package importer

import (
	"fmt"
	"regexp"
	"strings"

	"faultline/site/problem"
)

// A list of postmortems, as danluu/post-mortems has it, is Markdown whose headings are
// kinds of failure, with an entry for each report: "[Company](address). What
// happened." as a paragraph or as the item of a list. Each entry is a small incident;
// its heading is a tag, since it is a word of the list's author and no term of the
// library's.

var (
	listHeading = regexp.MustCompile(`^(#{1,6})[ \t]+(.+?)[ \t]*#*$`)
	underline   = regexp.MustCompile(`^(?:=+|-+)[ \t]*$`)
	listEntry   = regexp.MustCompile(`(?s)^(?:[-*+][ \t]+|\d+[.)][ \t]+)?\**\[([^\[\]\n]{1,60})\]\((https?://[^\s]+?)(?:[ \t]+"[^"\n]*")?\)\**[ \t]*[.,:;–—-]*\s+([^\s\[].{19,}|\[[^\]]+\]\([^)]*\)[^\n]{19,}.*)$`)
	itemStart   = regexp.MustCompile(`^(?:[-*+]|\d+[.)])[ \t]+`)
	bareEntry   = regexp.MustCompile(`(?s)^(?:[-*+][ \t]+)?(\p{Lu}[\p{L}\d&/' -]{1,40})\. +(\p{Lu}.{19,})$`)
	offTopic    = regexp.MustCompile(`(?i)\b(?:table of contents|contents|contribut\w+|licen[cs]e|analys[ie]s|resources|references|further reading|see also|related|other lists?(?: of \w+)?|about|acknowledge?ments)\b`)
	onlyMarkup  = regexp.MustCompile(`^(?:\s|<[^>]*>|\**\[[^\]]*\]\(#[^)]*\)\**|[-*_=]{3,})*$`)
)

// minEntries is how many entries make a list.
const minEntries = 5

// listBlock is a piece of a list's text between blank lines, or one item.
type listBlock struct {
	line     int
	text     string
	category string // the heading above, "" = none
	offTopic bool   // the heading says that what follows is no report
}

// blocksOf cuts a text at headings, blank lines and items.
func blocksOf(text string) (blocks []listBlock, headings int) {
	var current *listBlock
	category, isAside, level := "", false, 0
	lines := strings.Split(text, "\n")
	flush := func() { current = nil }
	for n, line := range lines {
		heading := listHeading.FindStringSubmatch(line)
		switch {
		case heading != nil:
			if depth := len(heading[1]); !isAside || depth <= level {
				level, isAside = depth, offTopic.MatchString(heading[2])
			}
			headings++
			category = plainText(heading[2])
			flush()
		case underline.MatchString(line) && current != nil && current.line == n:
			blocks = blocks[:len(blocks)-1]
			category, isAside, level = plainText(current.text), offTopic.MatchString(current.text), 2
			if line[0] == '=' {
				category, level = "", 1 // the title of the whole list
			}
			headings++
			flush()
		case strings.TrimSpace(line) == "":
			if n+1 < len(lines) && current != nil && indented(lines[n+1]) {
				current.text += "\n"
				continue
			}
			flush()
		case current == nil || itemStart.MatchString(line):
			blocks = append(blocks, listBlock{line: n + 1, text: line, category: category, offTopic: isAside})
			current = &blocks[len(blocks)-1]
		default:
			current.text += "\n" + strings.TrimLeft(line, " \t")
		}
	}
	return blocks, headings
}

func indented(line string) bool {
	return (strings.HasPrefix(line, "  ") || strings.HasPrefix(line, "\t")) && strings.TrimSpace(line) != ""
}

// isList reports whether a text is a list of postmortems: most of its blocks are
// entries, below several headings.
func isList(src Source) bool {
	start := head(src)
	if start == "" || isJSON(start) || strings.HasPrefix(strings.TrimSpace(start), "<") || strings.HasPrefix(start, "---\n") {
		return false
	}
	blocks, headings := blocksOf(start)
	entries, others := 0, 0
	for _, b := range blocks {
		switch {
		case b.offTopic || onlyMarkup.MatchString(b.text):
		case listEntry.MatchString(b.text):
			entries++
		default:
			others++
		}
	}
	return headings >= 2 && entries >= minEntries && entries >= 2*others
}

// readList reads an incident of every entry. What is no entry is a note.
func readList(src Source) ([]Report, problem.List) {
	whole, problems, ok := text(src)
	if !ok {
		return nil, problems
	}
	blocks, _ := blocksOf(whole)
	entries := map[string]int{} // by category
	for _, b := range blocks {
		if listEntry.MatchString(b.text) {
			entries[b.category]++
		}
	}
	var accounts []*account
	for _, b := range blocks {
		if onlyMarkup.MatchString(b.text) {
			continue
		}
		m := listEntry.FindStringSubmatch(b.text)
		if bare := bareEntry.FindStringSubmatch(b.text); m == nil && bare != nil && entries[b.category] >= 2 {
			m = []string{"", bare[1], "", bare[2]}
		}
		if m == nil || b.offTopic {
			problems = append(problems, problem.Problem{Rule: "left-out", Level: problem.Note, Path: src.Path, Line: b.line,
				Text: fmt.Sprintf("%q is no entry of the list", firstWords(b.text)), Hint: "write it as [Company](https://…). What happened."})
			continue
		}
		accounts = append(accounts, entryOf(b, m[1], m[2], m[3]))
	}
	reports, found := reportsOf(src, accounts)
	return reports, append(problems, found...)
}

// entryOf makes an incident of an entry.
func entryOf(b listBlock, company, address, story string) *account {
	story = strings.TrimSpace(story)
	a := &account{id: address, line: b.line}
	company = oneLine(company)
	a.title = company + ": " + lead(story)
	if address == "" {
		a.id = digest(company, story)
	}
	a.text("title", a.title)
	a.text("organization", company)
	a.texts("tags", []string{b.category})
	a.source(address, "", "")
	a.section("Summary", story)
	return a
}

var (
	markdownLink = regexp.MustCompile(`!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)`)
	sentenceStop = regexp.MustCompile(`[.!?](?:["')]*)(?:\s+["'(]?\p{Lu}|\s*$)`)
)

// maxLead is the length in characters at which a sentence made a title is cut.
const maxLead = 90

// lead is the first sentence of a text, in plain words, cut behind a word where it is
// long.
func lead(s string) string {
	s = plainText(markdownLink.ReplaceAllString(s, "$1"))
	s = strings.NewReplacer("`", "", "**", "", "*", "").Replace(s)
	if end := sentenceStop.FindStringIndex(s); end != nil {
		s = s[:end[0]]
	}
	runes := []rune(s)
	if len(runes) <= maxLead {
		return s
	}
	cut := string(runes[:maxLead])
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:–-") + "…"
}

// firstWords is the beginning of a text for a problem.
func firstWords(s string) string {
	runes := []rune(plainText(s))
	if len(runes) <= 40 {
		return string(runes)
	}
	return string(runes[:40]) + "…"
}
