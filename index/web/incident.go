package web

import (
	"math"
	"runtime"
	"strconv"
	"strings"
	"sync"
)

// sectionBytes is the size of JSON at which a piece of sections is closed: one report of
// the usual length is a piece of its own.
const sectionBytes = 4 << 10

// cardSize is how many cards are a piece. Ten hits read as many pieces, the manifest has
// the names of all, and a name costs a seventh of a card: the sum is least where the size
// grows with the root of the number of incidents.
func cardSize(incidents int) int {
	return max(1, int(math.Sqrt(float64(incidents)/70)))
}

// card is what is shown of an incident before its passages. Sections names the piece
// that holds its facts and sections, "" that of the card before, where they stand next.
type card struct {
	Incident
	sections string
}

// MarshalJSON writes id, title, date, sections, path and URL, up to the last that does
// not follow from the id.
func (c card) MarshalJSON() ([]byte, error) {
	path, url := c.Path, c.URL
	if path == "incidents/"+c.ID+".md" {
		path = ""
	}
	if url == "incidents/"+c.ID+"/" {
		url = ""
	}
	return encode(trimmed(c.ID, c.Title, c.Date, c.sections, path, url)), nil
}

// trimmed lists texts up to the last that is not "".
func trimmed(texts ...string) []string {
	for len(texts) > 0 && texts[len(texts)-1] == "" {
		texts = texts[:len(texts)-1]
	}
	return texts
}

// MarshalJSON writes heading, anchor and the texts of the passages as one list.
func (s Section) MarshalJSON() ([]byte, error) {
	list := []string{s.Heading, s.Anchor}
	for _, p := range s.Passages {
		list = append(list, p.Text)
	}
	return encode(list), nil
}

// told returns the facts and the sections as one list.
func (i Incident) told(places map[string]int) []any {
	list := []any{i.Facts.list(places)}
	for _, s := range i.Sections {
		list = append(list, s)
	}
	return list
}

// signs stand before the mitigation instead of who says so.
var signs = map[string]string{"suggested": "~", "accepted": "+"}

// list returns the facts in the order in which the client reads them, up to the last
// that is known. Lists are lines of one string, tags their places in the vocabulary.
func (f Facts) list(places map[string]int) []string {
	var tags []string
	for _, name := range f.Tags {
		given := strings.TrimPrefix(name, "~")
		tags = append(tags, name[:len(name)-len(given)]+strconv.Itoa(places[given]))
	}
	restored := trimmed(signs[f.Source]+f.Remedy, f.Restored)
	return trimmed(f.Severity, f.Lasted, strings.Join(restored, "\n"), f.Wrong, f.WrongAnchor, strings.Join(tags, "\n"),
		f.Organization, strings.Join(f.Services, "\n"), strings.Join(f.Names, "\n"))
}

// addIncidents adds cards and sections, whole pieces of cards at a time, and the phrases of
// the sections.
func (b *builder) addIncidents(src Source, m *manifest) {
	m.Phrases = b.addPhrases(src, m.Incidents)
	m.CardSize = cardSize(m.Incidents)
	m.Cards = make([]string, (m.Incidents+m.CardSize-1)/m.CardSize)
	each(len(m.Cards), func(i int) {
		first := i * m.CardSize
		m.Cards[i] = b.addCards(src, first, min(first+m.CardSize, m.Incidents))
	})
}

// each calls f for every number below count, on all processors.
func each(count int, f func(i int)) {
	next := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range count {
		next <- i
	}
	close(next)
	group.Wait()
}

// addCards adds the incidents from first up to end and returns their piece of cards.
func (b *builder) addCards(src Source, first, end int) string {
	var cards []card
	var open []byte // the JSON of the piece of sections being filled
	opened := 0
	closePiece := func() {
		cards[opened].sections = b.piece(kindSections, append(open, ']'))
		open, opened = nil, len(cards)
	}
	for n := first; n < end; n++ {
		i := src.Incident(n)
		open = append(open, "[,"[min(1, len(open))])
		open = append(open, encode(i.told(b.places))...)
		cards = append(cards, card{Incident: i})
		if len(open) >= sectionBytes {
			closePiece()
		}
	}
	if len(open) > 0 {
		closePiece()
	}
	return b.piece(kindCards, encode(cards))
}
