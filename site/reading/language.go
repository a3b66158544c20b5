package reading

import (
	_ "embed"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/yaml"
)

//go:embed languages.yaml
var languagesFile []byte

// known is what is known of one name of a section.
type known struct {
	kind   incident.SectionKind
	within bool
	weak   bool
}

// monthName is a name of a month.
type monthName struct {
	month int
	first bool // may stand before the day
	short bool // needs a year behind it
}

// lexicon is the words of all languages, made for looking them up. Names are
// normalized; words that stand around times are in lower case.
type lexicon struct {
	common   map[string][]string // word -> tags of the languages that it is common in
	naming   map[string][]string // name of a section -> tags of the languages that have it
	sections map[string]known
	ornament map[string]bool // words around a section's name
	aside    map[string]bool // names of sections that are not of the report
	tails    []string        // likewise, in scripts without spaces
	labels   map[string]ranked

	labelBegins map[string]bool // the first words of labels, and the first two and so on

	months   map[string]monthName
	weekdays map[string]bool
	of       map[string]bool
	opening  map[string]bool // the words that a time may begin with, numbers aside
	before   phrases
	clock    phrases
	hour     phrases
	oclock   phrases
	behind   phrases
	about    phrases
	later    []string // like about, behind a time
	until    phrases
	told     phrases           // words in front of a clock in a sentence
	untold   []string          // words of sentences whose clocks tell of no incident
	replies  map[string]bool   // lines that end a report; "#" for a number
	dayFirst map[string]string // tag -> what stands between the numbers of a date
	units    map[string]byte   // w, d, h, m or s
	zones    map[string]string // IANA names by what authors call them

	allTimes []string
	columns  map[string][]string
	fields   map[string][]string
	status   map[string]string
}

// words returns the lexicon. A test holds its file free of faults.
var words = sync.OnceValue(func() *lexicon {
	l, _ := readLanguages(languagesFile)
	return l
})

// readLanguages reads the table of languages. What is wrong in it is left out and
// is a problem.
func readLanguages(src []byte) (*lexicon, problem.List) {
	l := &lexicon{
		common: map[string][]string{}, naming: map[string][]string{}, sections: map[string]known{}, ornament: map[string]bool{}, aside: map[string]bool{},
		labels: map[string]ranked{}, labelBegins: map[string]bool{}, months: map[string]monthName{}, weekdays: map[string]bool{}, of: map[string]bool{},
		opening: map[string]bool{}, before: phrases{}, clock: phrases{}, hour: phrases{}, oclock: phrases{}, behind: phrases{}, about: phrases{},
		until: phrases{}, told: phrases{}, replies: map[string]bool{}, dayFirst: map[string]string{}, units: map[string]byte{}, zones: map[string]string{},
		columns: map[string][]string{}, fields: map[string][]string{}, status: map[string]string{},
	}
	root, problems := yaml.Parse("languages.yaml", src, 1)
	if root == nil {
		return l, problems
	}
	for _, e := range root.Entries {
		r := languageReader{lexicon: l, tag: e.Key}
		r.read(e.Value)
		problems = append(problems, r.problems...)
	}
	return l, problems
}

// languageReader adds one language to the lexicon.
type languageReader struct {
	*lexicon
	tag        string
	monthFirst bool
	problems   problem.List
}

func (r *languageReader) read(language *yaml.Node) {
	r.monthFirst = language.Get("month_first") != nil
	for _, e := range language.Entries {
		switch e.Key {
		case "month_first":
		case "months":
			r.readMonths(e.Value)
		case "sections", "within", "weak", "labels", "units", "zones", "columns", "fields", "status":
			for _, group := range e.Value.Entries {
				r.readGroup(e.Key, group.Key, group.Value)
			}
		default:
			r.readWords(e.Key, e.Value)
		}
	}
}

func (r *languageReader) report(n *yaml.Node, format string, args ...any) {
	r.problems = append(r.problems, problem.Problem{Rule: "languages", Path: "languages.yaml", Line: n.Line, Column: n.Column, Text: fmt.Sprintf(format, args...)})
}

// readWords reads a list that is of one kind.
func (r *languageReader) readWords(key string, list *yaml.Node) {
	for word := range namesIn(list) {
		switch key {
		case "words":
			r.common[word] = append(r.common[word], r.tag)
		case "weekdays":
			r.weekdays[fold(word)] = true
			r.addOpening(word)
		case "of":
			r.of[word] = true
		case "decoration":
			r.addOrnament(word)
		case "aside":
			r.aside[normalize(word)] = true
		case "day_first":
			r.dayFirst[r.tag] = word
		case "replies":
			r.replies[word] = true
		case "untold":
			r.untold = append(r.untold, word)
		case "all_times":
			r.allTimes = append(r.allTimes, word)
		case "about_after":
			r.later = append(r.later, word)
		default:
			r.addPhrase(key, word, list)
		}
	}
}

func (r *languageReader) addOrnament(word string) {
	if unspaced(word) {
		r.tails = append(r.tails, word)
	} else {
		r.ornament[normalize(word)] = true
	}
}

func (r *languageReader) addPhrase(key, word string, n *yaml.Node) {
	set, ok := map[string]phrases{"before": r.before, "clock": r.clock, "hour": r.hour, "oclock": r.oclock, "behind_clock": r.behind, "about": r.about, "until": r.until, "told": r.told}[key]
	if !ok {
		r.report(n, "unknown key %q", key)
		return
	}
	set[word] = true
	if key != "until" && key != "told" && key != "oclock" && key != "behind_clock" {
		r.addOpening(word)
	}
}

// addOpening notes that a time may begin with the word.
func (l *lexicon) addOpening(word string) {
	if n := wordLength(word); !unspaced(word) {
		l.opening[word[:n]] = true
	} else {
		_, n = utf8.DecodeRuneInString(word)
		l.opening[word[:n]] = true
	}
}

// namesIn are the names of a list, in lower case.
func namesIn(list *yaml.Node) iter.Seq[string] {
	return func(yield func(string) bool) {
		for name := range strings.SplitSeq(strings.ToLower(list.Text), ";") {
			if !yield(strings.TrimSpace(name)) {
				return
			}
		}
	}
}

// readMonths reads the names of twelve months, the first of each written out.
func (r *languageReader) readMonths(list *yaml.Node) {
	month := 0
	for names := range namesIn(list) {
		month++
		for i, name := range strings.Fields(fold(names)) {
			r.addMonth(monthName{month: month, first: r.monthFirst, short: i > 0 && !r.monthFirst && utf8.RuneCountInString(name) < 5}, name, list)
		}
	}
	if month != 12 {
		r.report(list, "%d months", month)
	}
}

func (r *languageReader) addMonth(m monthName, name string, n *yaml.Node) {
	if had, twice := r.months[name]; twice {
		if had.month != m.month {
			r.report(n, "%q is two months", name)
			return
		}
		m.first, m.short = m.first || had.first, m.short && had.short
	}
	r.months[name] = m
	if m.first {
		r.addOpening(name)
	}
}

// readGroup reads one list of a mapping of lists.
func (r *languageReader) readGroup(key, name string, list *yaml.Node) {
	for written := range namesIn(list) {
		word := normalize(written)
		switch key {
		case "sections", "within", "weak":
			r.addSection(word, known{incident.SectionKind(name), key == "within", key == "weak"}, list)
		case "labels":
			r.addLabel(word, name, list)
		case "units":
			r.units[word] = name[0]
		case "zones":
			r.addZone(word, name, list)
		case "columns":
			r.columns[name] = append(r.columns[name], word)
		case "fields":
			r.fields[name] = append(r.fields[name], written)
		case "status":
			r.status[word] = name
		}
	}
}

func (r *languageReader) addZone(word, name string, n *yaml.Node) {
	if _, err := time.LoadLocation(name); err != nil {
		r.report(n, "zone %q is not known", name)
		return
	}
	r.zones[word] = name
}

func (r *languageReader) addSection(name string, k known, n *yaml.Node) {
	if had, twice := r.sections[name]; twice && had.kind != k.kind {
		r.report(n, "%q is %s and %s", name, had.kind, k.kind)
		return
	}
	r.sections[name] = k
	r.naming[name] = append(r.naming[name], r.tag)
}

func (r *languageReader) addLabel(name, key string, n *yaml.Node) {
	label, ok := labelNamed(key)
	if had, twice := r.labels[name]; !ok || twice && had != label {
		r.report(n, "label %q of %q is another one's", name, key)
		return
	}
	r.labels[name] = label
	for i := range name + " " {
		if i == len(name) || name[i] == ' ' {
			r.labelBegins[name[:i]] = true
		}
	}
}

// phrases is a set of words and of sequences of words.
type phrases map[string]bool

// maxPhrase is the number of words in the longest phrase.
const maxPhrase = 3

// at returns the length of the phrase that text begins with, with the space behind
// it; 0 for none. A phrase of letters ends where the word does. One that is listed
// with a dot needs it, others may have it.
func (p phrases) at(text string) int {
	if r, _ := utf8.DecodeRuneInString(text); unicode.In(r, unspacedScripts...) {
		return p.atUnspaced(text)
	}
	best, end := 0, 0
	for range maxPhrase {
		start := end + len(text[end:]) - len(strings.TrimLeft(text[end:], " "))
		end = start + wordLength(text[start:])
		if end == start {
			break
		}
		phrase := strings.ToLower(text[:end])
		dot := strings.HasPrefix(text[end:], ".")
		if !p[phrase] && !(dot && p[phrase+"."]) {
			continue
		}
		best = end
		if dot {
			best++
		}
	}
	if best == 0 {
		return 0
	}
	return best + len(text[best:]) - len(strings.TrimLeft(text[best:], " \t"))
}

func (p phrases) atUnspaced(text string) int {
	best := 0
	for i := range text[:min(len(text), 12)] {
		if p[text[:i]] {
			best = i
		}
	}
	return best
}

// wordLength is the length in bytes of the letters that s begins with.
func wordLength(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(s)
}

// unspacedScripts are written without spaces between words.
var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}

func unspaced(s string) bool {
	for _, r := range s {
		if unicode.In(r, unspacedScripts...) {
			return true
		}
	}
	return false
}

// fold takes the accents from letters, so that words are equal however they are
// typed: "März" is "marz", "１" is "1". The sound marks of kana are no accents.
func fold(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return norm.NFC.String(strings.Map(unaccented, norm.NFKD.String(s)))
		}
	}
	return s
}

func unaccented(r rune) rune {
	switch {
	case r >= 0x300 && r <= 0x36f:
		return -1
	case r == 'ı':
		return 'i'
	}
	return r
}
