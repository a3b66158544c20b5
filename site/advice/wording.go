package advice

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"faultline/site/cue"
	"faultline/site/incident"
	"faultline/site/yaml"
)

// Wording is a place whose words look for somebody at fault.
type Wording struct {
	Line   int
	Said   string // as it stands there
	Kinder string // what to say instead
	Why    string
}

// kinder is an entry of wordings.yaml.
type kinder struct{ instead, why string }

//go:embed wordings.yaml
var wordingsFile []byte

// book holds the wordings by the number of their pattern.
var book, blames = readWordings(wordingsFile)

func readWordings(src []byte) ([]kinder, *cue.Matcher) {
	root, problems := yaml.Parse("wordings.yaml", src, 1)
	if len(problems) > 0 {
		panic(problems[0].String()) // our own file
	}
	var book []kinder
	var patterns []cue.Pattern
	for _, n := range root.Items {
		for _, said := range n.Get("said").Items {
			p, err := cue.Parse(said.Text)
			if err != nil {
				panic(said.Text + ": " + err.Error())
			}
			patterns = append(patterns, p)
			book = append(book, kinder{n.Get("kinder").Text, n.Get("why").Text})
		}
	}
	return book, cue.Compile(patterns)
}

// wordings are the places, in the order of the report, front matter first. What stands in
// quotation marks is spoken of, or somebody else's word.
func wordings(inc *incident.Incident) []Wording {
	var found []Wording
	for _, p := range texts(inc) {
		for _, sentence := range sentences(p.Text) {
			for _, w := range inSentence(sentence) {
				w.Line = lineOf(inc, p.Line, w.Said)
				found = append(found, w)
			}
		}
	}
	return found
}

// texts are the title, what the front matter tells and the passages of the report.
func texts(inc *incident.Incident) []incident.Passage {
	list := []incident.Passage{{Text: inc.Title}}
	if inc.Summary != nil {
		list = append(list, incident.Passage{Text: *inc.Summary})
	}
	add := func(basis incident.Basis, line int, text string) {
		if basis == incident.FrontMatter {
			list = append(list, incident.Passage{Text: text, Line: line})
		}
	}
	for _, n := range slices.Concat(inc.Symptoms, incident.NotesOf(inc.WrongTurns)) {
		add(n.Basis, n.Line, n.Text)
	}
	for _, l := range inc.Lessons {
		add(l.Basis, l.Line, l.Text)
	}
	for _, r := range inc.Timeline {
		add(r.Basis, r.Line, r.Text)
	}
	for _, a := range inc.Actions {
		add(a.Basis, a.Line, a.Text)
	}
	for _, s := range inc.Sections {
		list = append(list, incident.Passage{Text: s.Heading, Line: s.Line})
		list = append(list, slices.DeleteFunc(slices.Clone(s.Passages), func(p incident.Passage) bool { return p.Code })...)
	}
	return list
}

var sentenceEnd = regexp.MustCompile(`[.!?;:]\s+|\n\s*\n`)

func sentences(text string) []string { return sentenceEnd.Split(text, -1) }

func inSentence(text string) []Wording {
	words := cue.Words(text, nil)
	var search cue.Search
	var found []Wording
	end := -1
	matches := slices.Clone(blames.Find(&search, words))
	slices.SortFunc(matches, func(a, b cue.Match) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	for _, m := range matches {
		from, to := words[m.From].Start, words[m.To-1].End
		if from < end || quoted(text, from, to) {
			continue
		}
		k := book[m.Pattern]
		found = append(found, Wording{Said: text[from:to], Kinder: k.instead, Why: k.why})
		end = to
	}
	return found
}

// quoted reports whether the words stand in quotation marks.
func quoted(text string, from, to int) bool {
	before := strings.TrimRightFunc(text[:from], unicode.IsSpace)
	return hasAny(before, strings.HasSuffix) && hasAny(text[to:], strings.HasPrefix)
}

func hasAny(text string, has func(string, string) bool) bool {
	return slices.ContainsFunc([]string{`"`, "“", "”", "‘", "’", "«", "»", "'"}, func(mark string) bool { return has(text, mark) })
}

// lineOf is the line of the file, from that on, on which the words begin: a passage may run
// over several.
func lineOf(inc *incident.Incident, from int, said string) int {
	first, _, _ := strings.Cut(said, " ")
	for n, line := range strings.Split(inc.Front+inc.Body, "\n") {
		if n+1 >= from && strings.Contains(strings.ToLower(line), strings.ToLower(first)) {
			return n + 1
		}
	}
	return from
}
