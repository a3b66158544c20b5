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
	c := blockCutter{lines: strings.Split(text, "\n")}
	for n := range c.lines {
		c.line(n)
	}
	c.end()
	return c.blocks, c.headings
}

// blockCutter is on its way through the lines of a list.
type blockCutter struct {
	lines    []string
	open     []string // lines of the block that is being read
	from     int      // the line on which it starts, 1-based
	category string
	offTopic bool
	level    int // of the heading that began what is off topic
	blocks   []listBlock
	headings int
}

func (c *blockCutter) line(n int) {
	line := c.lines[n]
	heading := listHeading.FindStringSubmatch(line)
	switch {
	case heading != nil:
		c.end()
		c.heading(len(heading[1]), heading[2])
	case len(c.open) == 1 && underline.MatchString(line):
		title := c.open[0]
		c.open = nil
		if line[0] == '=' {
			c.heading(1, title)
			c.category = "" // it is the title of the whole list
			return
		}
		c.heading(2, title)
	case strings.TrimSpace(line) == "":
		if len(c.open) == 0 || n+1 == len(c.lines) || !indented(c.lines[n+1]) {
			c.end()
			return
		}
		c.open = append(c.open, "")
	default:
		if len(c.open) == 0 || itemStart.MatchString(line) {
			c.end()
			c.from = n + 1
		} else {
			line = strings.TrimLeft(line, " \t")
		}
		c.open = append(c.open, line)
	}
}

// heading begins what stands below a heading.
func (c *blockCutter) heading(level int, title string) {
	if !c.offTopic || level <= c.level {
		c.level, c.offTopic = level, offTopic.MatchString(title)
	}
	c.headings++
	c.category = plainText(title)
}

// end closes the block that is being read.
func (c *blockCutter) end() {
	if len(c.open) > 0 {
		c.blocks = append(c.blocks, listBlock{line: c.from, text: strings.Join(c.open, "\n"), category: c.category, offTopic: c.offTopic})
	}
	c.open = nil
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
		if a := accountOf(b, entries[b.category] >= 2); a != nil {
			accounts = append(accounts, a)
			continue
		}
		problems = append(problems, problem.Problem{Rule: "left-out", Level: problem.Note, Path: src.Path, Line: b.line,
			Text: fmt.Sprintf("%q is no entry of the list", firstWords(b.text)), Hint: "write it as [Company](https://…). What happened."})
	}
	reports, found := reportsOf(src, accounts)
	return reports, append(problems, found...)
}

// accountOf makes an incident of a block, nil where it is none. Among entries one
// without a link is an entry too.
func accountOf(b listBlock, amongEntries bool) *account {
	if b.offTopic {
		return nil
	}
	if m := listEntry.FindStringSubmatch(b.text); m != nil {
		return entryOf(b, m[1], m[2], m[3])
	}
	if m := bareEntry.FindStringSubmatch(b.text); m != nil && amongEntries {
		return entryOf(b, m[1], "", m[2])
	}
	return nil
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
