package tagger

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"faultline/site/cue"
	"faultline/site/incident"
)

// sentence is one sentence of a report. Its words are those of the reading from
// from to to.
type sentence struct {
	text     string // plain
	place    place
	from, to int
	line     int // of the file, of the passage that holds it
	anchor   string
	question bool
	opens    bool // it is the first of its passage
	heading  bool
}

// reading is a report as sentences, in the order of the file, what the front matter says first.
type reading struct {
	incident  *incident.Incident
	labels    map[string]place
	sentences []sentence
	words     []cue.Word
	reader    *cue.Reader
	owner     map[string]bool // stems of the organization's name
}

// maxWords bounds what is read of a report: far above the longest that a person writes.
const maxWords = 150_000

func (t *Tagger) reading(i *incident.Incident) *reading {
	r := &reading{incident: i, labels: t.settings.labels, words: make([]cue.Word, 0, len(i.Body)/6+16)}
	r.reader = t.readers.Get().(*cue.Reader)
	defer t.readers.Put(r.reader)
	r.ownerNamed()
	r.frontMatter()
	lead := r.leading()
	for n := range i.Sections {
		r.section(&i.Sections[n], n == lead)
	}
	return r
}

// ownerNamed reads the name of the organization that the report is of.
func (r *reading) ownerNamed() {
	if r.incident.Organization == nil {
		return
	}
	r.owner = map[string]bool{}
	for _, w := range r.reader.Words(*r.incident.Organization, nil) {
		if !cue.IsStop(w) {
			r.owner[w.Stem] = true
		}
	}
}

// own reports whether one of the words names the organization that the report is of.
func (r *reading) own(words []cue.Word) bool {
	return len(r.owner) > 0 && slices.ContainsFunc(words, func(w cue.Word) bool { return r.owner[w.Stem] })
}

// frontMatter reads the title and what the front matter says in sentences.
func (r *reading) frontMatter() {
	i := r.incident
	if line := r.lineOf("title", i.Title); line > 0 {
		r.add(i.Title, sentence{place: titlePlace, line: line})
	}
	if i.Summary != nil && !r.inBody(*i.Summary) {
		line, _ := lineIn(i.Front, "summary")
		r.passage(*i.Summary, sentence{place: placeOf(incident.SummarySection), line: max(line, 1), anchor: incident.SummaryAnchor})
	}
	for _, n := range i.Symptoms {
		r.note(n, incident.SymptomSection)
	}
	for _, n := range i.WrongTurns {
		r.note(n.Note, incident.WrongTurnSection)
	}
	for _, l := range i.Lessons {
		r.note(l.Note, incident.LessonSection)
	}
	for _, row := range i.Timeline {
		r.note(incident.Note{Text: row.Text, Line: row.Line, Anchor: row.Anchor, Basis: row.Basis}, incident.TimelineSection)
	}
	for _, a := range i.Actions {
		r.note(incident.Note{Text: a.Text, Line: a.Line, Anchor: incident.ActionAnchor, Basis: a.Basis}, incident.ActionSection)
	}
}

// lineOf is the line of the file that gives a field its text, 0 where none does: a title may be made of
// the file's name.
func (r *reading) lineOf(field, text string) int {
	for _, f := range r.incident.Facts {
		if f.Field == field {
			return f.Line
		}
	}
	line, rest := lineIn(r.incident.Front, field)
	if _, _, ok := find(rest, text); ok {
		return line
	}
	return 0
}

// lineIn is the line of a front matter on which a key stands, 1 where it is not found, and what
// follows from there.
func lineIn(front, key string) (int, string) {
	line := 1
	for text := range strings.Lines(front) {
		if strings.HasPrefix(strings.TrimLeft(text, "\"' \t"), key) {
			return line, front
		}
		front = front[len(text):]
		line++
	}
	return 1, front
}

// inBody reports whether a section holds the text already.
func (r *reading) inBody(text string) bool {
	for _, s := range r.incident.Sections {
		for _, p := range s.Passages {
			if strings.Contains(p.Text, text) {
				return true
			}
		}
	}
	return false
}

// note reads a note of the front matter; those of the body stand in its sections.
func (r *reading) note(n incident.Note, kind incident.SectionKind) {
	if n.Basis == incident.FrontMatter {
		r.passage(n.Text, sentence{place: placeOf(kind), line: n.Line, anchor: n.Anchor})
	}
}

// section reads a section. A label at the beginning of a passage, such as "Root cause:", stands in for
// a heading: for its passage, and where nothing stands behind it for those that follow.
func (r *reading) section(s *incident.Section, lead bool) {
	at, other := placeOf(s.Kind), placeOf(incident.OtherSection)
	if s.Heading != r.incident.Title {
		r.add(s.Heading, sentence{place: at, line: s.Line, anchor: s.Anchor, heading: true})
	}
	open := at
	for n, p := range s.Passages {
		here := open
		if lead && n < leadPassages && at == other {
			here = placeOf(incident.SummarySection)
		}
		if p.Code {
			r.passage(p.Text, sentence{place: codePlace, line: p.Line, anchor: s.Anchor})
			continue
		}
		if labelled, alone, ok := r.label(p.Text); ok {
			here = labelled
			if alone {
				open = labelled
			}
		}
		r.passage(p.Text, sentence{place: here, line: p.Line, anchor: s.Anchor})
	}
}

// leadPassages is how many passages open a report without a summary: they are read as one.
const leadPassages = 2

// leading is the section that a report opens with, -1 where it has a summary of its own.
func (r *reading) leading() int {
	lead := -1
	for n, s := range r.incident.Sections {
		if s.Kind == incident.SummarySection {
			return -1
		}
		if lead < 0 && len(s.Passages) > 0 {
			lead = n
		}
	}
	return lead
}

// maxLabel is the length in bytes of the longest label.
const maxLabel = 48

// label returns the place that the label at the beginning of a text stands for, and
// whether the text is nothing else.
func (r *reading) label(text string) (at place, alone, ok bool) {
	end := strings.IndexAny(text[:min(len(text), maxLabel)], ":|")
	if end < 0 {
		return 0, false, false
	}
	at, ok = r.labels[strings.ToLower(strings.TrimSpace(text[:end]))]
	return at, strings.TrimSpace(text[end+1:]) == "", ok
}

// passage reads the sentences of a text that share a place.
func (r *reading) passage(text string, s sentence) {
	s.opens = true
	for text != "" {
		end := sentenceEnd(text)
		r.add(strings.TrimSpace(text[:end]), s)
		text = text[end:]
		s.opens = false
	}
}

// add reads one sentence.
func (r *reading) add(text string, s sentence) {
	if text == "" || len(r.words) > maxWords {
		return
	}
	s.text, s.from = text, len(r.words)
	r.words = r.reader.Words(text, r.words)
	s.to = len(r.words)
	s.question = strings.HasSuffix(text, "?")
	if s.to > s.from {
		r.sentences = append(r.sentences, s)
	}
}

// wordsOf returns the words of a sentence.
func (r *reading) wordsOf(s *sentence) []cue.Word { return r.words[s.from:s.to] }

// maxSentence is the length in bytes at which a text without full stops is cut.
const maxSentence = 2000

// sentenceEnd is the offset behind the first sentence of a text: a full stop, an
// exclamation or a question mark, before a space and what may begin a sentence; or the end of a line.
func sentenceEnd(text string) int {
	for n := 0; n < len(text); n++ {
		switch text[n] {
		case '\n':
			return n + 1
		case '.', '!', '?':
			if end := n + 1; end < len(text) && text[end] == ' ' && begins(text[end:]) && !abbreviated(text[:n]) && !dated(text, n) {
				return end
			}
		case ' ':
			if n > maxSentence {
				return n
			}
		}
	}
	return len(text)
}

// begins reports whether a sentence may begin behind the spaces.
func begins(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " \"'“‘([*_`"))
	return unicode.IsUpper(r) || unicode.IsDigit(r) || unicode.IsLetter(r) && !unicode.IsLower(r) || r == utf8.RuneError
}

// abbreviations end with a full stop that ends no sentence.
var abbreviations = map[string]bool{
	"e.g": true, "i.e": true, "eg": true, "ie": true, "vs": true, "approx": true, "ca": true, "dr": true, "mr": true,
	"ms": true, "mrs": true, "st": true, "fig": true, "cf": true, "inc": true, "a.m": true, "p.m": true,
}

func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " (")+1:]
	return abbreviations[strings.ToLower(word)]
}

var months = map[string]bool{"jan": true, "feb": true, "mar": true, "apr": true, "may": true, "jun": true,
	"jul": true, "aug": true, "sep": true, "oct": true, "nov": true, "dec": true}

// dated reports whether the full stop stands in a date: "3. February".
func dated(text string, stop int) bool {
	after := text[stop+2:]
	return stop > 0 && text[stop-1] >= '0' && text[stop-1] <= '9' && len(after) >= 3 && months[strings.ToLower(after[:3])]
}

// The share of common English words below which a text is not English, and the number
// of words below which no text is judged.
const (
	leastCommon = 0.12
	leastWords  = 40
)

// english reports whether the report is in a language that the cues are written in.
func (r *reading) english() bool {
	if l := r.incident.Language; l != nil {
		return strings.EqualFold(*l, "en") || len(*l) > 3 && strings.EqualFold((*l)[:3], "en-")
	}
	common, latin := 0, 0
	for _, w := range r.words {
		if cue.IsStop(w) {
			common++
		}
		if w.Text[0] < utf8.RuneSelf {
			latin++
		}
	}
	n := len(r.words)
	return n < leastWords && latin*2 >= n || n >= leastWords && float64(common) >= leastCommon*float64(n)
}
