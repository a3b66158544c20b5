package pattern

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"faultline/site/incident"
)

// telling says how much it means that two incidents share a value of a facet.
// Sharing an organization, a severity or a year says nothing about how they failed.
var telling = [facetCount]float64{
	Trigger: 0.8, Cause: 1, Factor: 0.7, Detection: 0.3, Mitigation: 0.4, Impact: 0.3,
	Service: 0.8, Technology: 0.8,
}

// resemblance is how alike two incidents are, each part between 0 and 1: likeness of
// the titles, of what the reports say first, and of the terms and names that they have.
type resemblance struct{ title, text, terms float64 }

// How much the parts of a resemblance count.
const (
	titleShare = 0.3
	textShare  = 0.35
	termShare  = 0.35
)

func (r resemblance) total() float64 {
	return titleShare*r.title + textShare*r.text + termShare*r.terms
}

// What bounds the work: words and values that more incidents have lead from one to no
// other, and each is compared with so many others.
const (
	mostHolders = 64
	mostTried   = 24
)

// kinship compares the incidents of a library, all tags counted.
type kinship struct {
	*Tally
	titles, texts *wordings
	telling       [][]int32 // by position: the numbers of telling values, the most telling first
	weights       []float64 // by number of a value
	totals        []float64 // by position: what its values weigh together
	headings      [][]int32 // by position: the words of its title, numbered as those of texts
	holders       [][]int32 // by word of texts: positions of the incidents, none where too many have it
	scratch       sync.Pool // of *gathering
}

// gathering is what other incidents have in common with one.
type gathering struct {
	weight []float64 // by position
	found  []int32
}

func (f *Findings) kin() *kinship {
	n := len(f.incidents)
	k := &kinship{Tally: f.Tally(Both), telling: make([][]int32, n), totals: make([]float64, n), headings: make([][]int32, n)}
	k.scratch.New = func() any { return &gathering{weight: make([]float64, n)} }
	k.weigh()
	titles, texts := make([]string, n), make([]string, n)
	for i, inc := range f.incidents {
		titles[i], texts[i] = heading(inc), beginning(inc)
	}
	k.titles, k.texts = readWordings(titles), readWordings(texts)
	for i, title := range titles {
		k.headings[i] = k.texts.known(title)
	}
	k.holders = make([][]int32, len(k.texts.words))
	for i, set := range k.texts.sets {
		for _, word := range set {
			if k.texts.holders[word] <= mostHolders {
				k.holders[word] = append(k.holders[word], int32(i))
			}
		}
	}
	return k
}

// weigh says what sharing each value means: the rarer it is, the more. The measure is
// the inverse document frequency ln(1 + N/n) of text retrieval (Robertson and Spärck
// Jones, 1976), times how telling the facet is.
func (k *kinship) weigh() {
	k.weights = make([]float64, len(k.values))
	for number, v := range k.values {
		k.weights[number] = telling[v.group.Facet] * math.Log1p(float64(len(k.rows))/float64(len(v.at)))
	}
	for at, row := range k.rows {
		for _, number := range row {
			if k.weights[number] > 0 {
				k.telling[at] = append(k.telling[at], number)
				k.totals[at] += k.weights[number]
			}
		}
		slices.SortStableFunc(k.telling[at], func(a, b int32) int { return cmp.Compare(k.weights[b], k.weights[a]) })
	}
}

// dates are days and months as titles have them: two incidents of one month are not alike.
var dates = regexp.MustCompile(`(?i)\b(19|20)\d\d[-/.]\d\d?([-/.]\d\d?)?\b|\b(\d\d?(st|nd|rd|th)?\s+)?` +
	`(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d\d?(st|nd|rd|th)?,?\s+)?(19|20)\d\d\b`)

// undated is a title without its dates.
func undated(title string) string {
	if !strings.Contains(title, "20") && !strings.Contains(title, "19") {
		return title
	}
	return dates.ReplaceAllString(title, " ")
}

// heading is a title without its dates and the organization's name, which all that it is
// compared with have.
func heading(inc *incident.Incident) string {
	title, name := undated(inc.Title), deref(inc.Organization)
	if at := strings.Index(title, name); name != "" && at >= 0 {
		return title[:at] + title[at+len(name):]
	}
	return title
}

// beginning is what a report says first: its title, lead and symptoms.
func beginning(inc *incident.Incident) string {
	text := undated(inc.Title) + "\n" + inc.Lead()
	for _, s := range inc.Symptoms {
		text += "\n" + s.Text
	}
	return text
}

// shared returns the telling values that two incidents have, the most telling first.
func (k *kinship) shared(a, b int32) []int32 {
	var both []int32
	for _, number := range k.telling[a] {
		if _, ok := slices.BinarySearch(k.rows[b], number); ok {
			both = append(both, number)
		}
	}
	return both
}

// compare tells how alike the incidents at two positions are.
func (k *kinship) compare(a, b int32) resemblance {
	r := resemblance{title: k.titles.titleLikeness(a, b), text: k.texts.likeness(a, b)}
	shared := 0.0
	for _, number := range k.shared(a, b) {
		shared += k.weights[number]
	}
	if all := k.totals[a] + k.totals[b] - shared; all > 0 {
		r.terms = shared / all
	}
	return r
}

// candidates returns the positions from first on of the incidents that share most of what
// few incidents have with the one at a position, in that order.
func (k *kinship) candidates(at, first int32) []int32 {
	g := k.scratch.Get().(*gathering)
	for _, word := range k.texts.sets[at] {
		g.add(k.holders[word], first, k.texts.weight[word])
	}
	for _, number := range k.telling[at] {
		if holders := k.values[number].at; len(holders) <= mostHolders {
			g.add(holders, first, k.weights[number])
		}
	}
	slices.SortFunc(g.found, func(a, b int32) int { return cmp.Or(cmp.Compare(g.weight[b], g.weight[a]), cmp.Compare(a, b)) })
	var best []int32
	for i, other := range g.found {
		if other != at && len(best) < mostTried {
			best = append(best, g.found[i])
		}
		g.weight[other] = 0
	}
	g.found = g.found[:0]
	k.scratch.Put(g)
	return best
}

// add gives the incidents at the positions from first on, which ascend, a weight more.
func (g *gathering) add(positions []int32, first int32, weight float64) {
	for _, at := range slices.Backward(positions) {
		if at < first {
			return
		}
		if g.weight[at] == 0 {
			g.found = append(g.found, at)
		}
		g.weight[at] += weight
	}
}

// inCommon says what the incidents at two positions share.
func (k *kinship) inCommon(a, b int32) Common {
	var c Common
	for _, number := range k.shared(a, b) {
		v := k.values[number]
		c.Shared = append(c.Shared, Shared{v.group, k.guessed(v.group, a) || k.guessed(v.group, b)})
	}
	if c.Titles = k.titles.titleLikeness(a, b) >= sameTitle; c.Titles {
		return c
	}
	for word := range k.texts.shared(a, b) {
		if k.tells(word) && (k.heads(word, a) || k.heads(word, b)) && len(c.Words) < mostWords {
			c.Words = append(c.Words, k.texts.words[word])
		}
	}
	return c
}

// guessed reports whether no person gave the incident the value.
func (k *kinship) guessed(g *Group, at int32) bool {
	_, given := slices.BinarySearch(g.at, at)
	return !given
}

// tells reports whether a word that two reports share says something of both: few have
// it, it is no abbreviation, no number or month, which would be a part of a date, and none
// that only joins others.
func (k *kinship) tells(word int32) bool {
	text := k.texts.words[word]
	return k.texts.few(word) && len(text) >= shortestWord && (text[0] < '0' || text[0] > '9') && !months[text] && !joining[text]
}

// heads reports whether the title of the incident at a position has the word: what a report
// only mentions ("after", "several") tells nothing of what it is about.
func (k *kinship) heads(word, at int32) bool {
	_, found := slices.BinarySearch(k.headings[at], word)
	return found
}

var joining = map[string]bool{"after": true, "again": true, "another": true, "before": true, "between": true, "during": true, "many": true, "several": true, "some": true, "while": true}

var months = func() map[string]bool {
	names := map[string]bool{}
	for m := time.January; m <= time.December; m++ {
		names[strings.ToLower(m.String())] = true
	}
	return names
}()

// Common is what two incidents have in common.
type Common struct {
	Shared []Shared // terms and names, the most telling first
	Words  []string // that few reports have, the beginnings of both and the title of one; the rarest first
	Titles bool     // the titles say nearly the same, so that no words are named
}

// Shared is a value that two incidents share.
type Shared struct {
	*Group
	Guessed bool // of one of the two, at least, only its text suggests it
}

// sameTitle is the likeness from which two titles say nearly the same.
const sameTitle = 0.8

// What words two incidents are said to share: so many, so long, of those that so few
// reports have or a twelfth of all.
const (
	mostWords    = 6
	shortestWord = 4
	fewHolders   = 3
)

// InWords returns the words that the reports of all of the incidents begin with, the title of
// one at least, and few others do, the rarest first.
func (f *Findings) InWords(incidents []*incident.Incident) []string {
	if len(incidents) < 2 {
		return nil
	}
	k := f.kinship()
	var words []string
	for _, word := range k.texts.sets[f.position[incidents[0]]] {
		in := func(inc *incident.Incident) bool {
			_, found := slices.BinarySearch(k.texts.sets[f.position[inc]], word)
			return found
		}
		heads := func(inc *incident.Incident) bool { return k.heads(word, f.position[inc]) }
		if len(words) < mostWords && k.tells(word) && slices.ContainsFunc(incidents, heads) && !slices.ContainsFunc(incidents, func(inc *incident.Incident) bool { return !in(inc) }) {
			words = append(words, k.texts.words[word])
		}
	}
	return words
}
