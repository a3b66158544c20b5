package importer

import (
	"bytes"
	_ "embed"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"faultline/site/markdown"
	"faultline/site/problem"
	"faultline/site/record"
)

// aroundHeading stands above what is on a page beside its report.
const aroundHeading = "Also on the page"

func isPlainText(src Source) bool {
	return strings.EqualFold(path.Ext(src.Path), ".txt") && isText(src) && !hasFrontMatter(head(src))
}

func hasFrontMatter(text string) bool {
	return strings.HasPrefix(text, "---\n") || strings.HasPrefix(text, "+++\n")
}

// readPlainText makes Markdown of a text, line for line: the lines of the report are
// those of its source.
func readPlainText(src Source) ([]Report, problem.List) {
	plain, problems, ok := document(src)
	if !ok {
		return nil, problems
	}
	r := Report{Path: src.Path, Key: src.Key, Name: src.name(), Text: markdown.Marked(plain)}
	r.Text = titled(r)
	r.Text = bytes.Join(setApart(bytes.Split(r.Text, []byte("\n"))), []byte("\n"))
	return []Report{r}, problems
}

// titled makes a heading of the line that the report's title was read from, in a text
// that has none.
func titled(r Report) []byte {
	lines := bytes.Split(r.Text, []byte("\n"))
	if slices.ContainsFunc(lines, func(line []byte) bool { return bytes.HasPrefix(line, []byte("# ")) }) {
		return r.Text
	}
	i, _ := r.Incident(record.Options{})
	if i == nil {
		return r.Text
	}
	for _, f := range i.Facts {
		if f.Field == "title" && f.Line > 0 && f.Line <= len(lines) && string(bytes.TrimSpace(lines[f.Line-1])) == i.Title {
			lines[f.Line-1] = []byte("# " + i.Title)
		}
	}
	return bytes.Join(lines, []byte("\n"))
}

// setApart puts headings above the replies to a report and above what else was on its
// page, in the place of the blank lines there.
func setApart(lines [][]byte) [][]byte {
	end := len(lines)
	if at := repliesIn(lines); at > 0 {
		lines[at-1], end = []byte("## "+repliesHeading), at-1
	}
	if at := aroundIn(lines[:end]); at > 0 {
		lines[at-1] = []byte("## " + aroundHeading)
	}
	return lines
}

// minReport is the length in bytes of the least that is a report: what stands below
// less is no reply to it.
const minReport = 500

// countForm matches a line that counts what readers left: "22 Likes", "0 comments:".
var countForm = regexp.MustCompile(`^\d[\d,.]*\s+(.*)$`)

// repliesIn is the number of the line that replies begin with, behind a blank one; 0
// where there are none.
func repliesIn(lines [][]byte) int {
	above := 0
	for i, line := range lines {
		words := strings.ToLower(strings.TrimRight(string(bytes.TrimSpace(line)), ":. "))
		counted := countForm.FindStringSubmatch(words)
		switch {
		case above < minReport || !isBlankLine(lines[i-1]):
		case counted != nil && slices.Contains(around["replies"], counted[1]):
			return i
		case strings.Contains(words, " ") && counted == nil && slices.Contains(around["replies"], words):
			return i
		}
		above += len(line)
	}
	return 0
}

// What stands around a report at its end: few lines, and short ones.
const (
	maxAround     = 15
	maxAroundLine = 160 // bytes
)

// aroundIn is the number of the line, behind a blank one, from which on a text is no
// longer the report; 0 where all of it is.
func aroundIn(lines [][]byte) int {
	found, seen := 0, 0
	for i := len(lines) - 1; i > len(lines)/2 && seen < maxAround; i-- {
		line := bytes.TrimSpace(lines[i])
		if len(line) == 0 {
			continue
		}
		if seen++; len(line) > maxAroundLine {
			break
		}
		if isAround(string(line)) && isBlankLine(lines[i-1]) {
			found = i
		}
	}
	return found
}

func isAround(line string) bool {
	line = strings.ToLower(strings.TrimLeft(line, "#-* "))
	return slices.ContainsFunc(around["page"], func(words string) bool {
		rest, ok := strings.CutPrefix(line, words)
		last, first := words[len(words)-1], []rune(rest + " ")[0]
		return ok && (!unicode.IsLetter(first) || !unicode.IsLetter(rune(last)) || words == "cookie")
	})
}

func isBlankLine(line []byte) bool { return len(bytes.TrimSpace(line)) == 0 }

//go:embed around.txt
var aroundFile string

// around are the phrases of around.txt by their group.
var around = func() map[string][]string {
	groups := map[string][]string{}
	group := ""
	for line := range strings.Lines(aroundFile) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			group = strings.Trim(line, "[]")
		default:
			groups[group] = append(groups[group], line)
		}
	}
	return groups
}()
