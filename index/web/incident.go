package web

import (
	"runtime"
	"sync"
)

// How incidents are divided into pieces. Sections are closed at a size of JSON at
// which one report of the usual length is a piece of its own.
const (
	leastCards   = 8
	mostCards    = 512 // pieces of cards, above the least size of each
	sectionBytes = 4 << 10
)

// card is what is shown of an incident before its passages. Sections names the piece
// that holds its sections, At its place there.
type card struct {
	ID       string  `json:"id"`
	Path     string  `json:"path"`
	URL      string  `json:"url,omitempty"` // "" = incidents/ID/
	Title    string  `json:"title"`
	Date     *string `json:"date"`
	Sections string  `json:"sections"`
	At       int     `json:"at,omitempty"`
}

// MarshalJSON writes heading, anchor and the texts of the passages as one list.
func (s Section) MarshalJSON() ([]byte, error) {
	list := []string{s.Heading, s.Anchor}
	for _, p := range s.Passages {
		list = append(list, p.Text)
	}
	return encode(list), nil
}

// addIncidents adds cards and sections, whole pieces of cards at a time.
func (b *builder) addIncidents(src Source, m *manifest) {
	m.CardSize = max(leastCards, (m.Incidents+mostCards-1)/mostCards)
	m.Cards = make([]string, (m.Incidents+m.CardSize-1)/m.CardSize)
	next := make(chan int)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			for i := range next {
				first := i * m.CardSize
				m.Cards[i] = b.addCards(src, first, min(first+m.CardSize, m.Incidents))
			}
		})
	}
	for i := range m.Cards {
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
		name := b.piece(kindSections, append(open, ']'))
		for i := opened; i < len(cards); i++ {
			cards[i].Sections = name
		}
		open, opened = nil, len(cards)
	}
	for n := first; n < end; n++ {
		i := src.Incident(n)
		open = append(open, "[,"[min(1, len(open))])
		open = append(open, encode(i.Sections)...)
		cards = append(cards, newCard(i, len(cards)-opened))
		if len(open) >= sectionBytes {
			closePiece()
		}
	}
	if len(open) > 0 {
		closePiece()
	}
	return b.piece(kindCards, encode(cards))
}

func newCard(i Incident, at int) card {
	c := card{ID: i.ID, Path: i.Path, URL: i.URL, Title: i.Title, At: at}
	if i.URL == "incidents/"+i.ID+"/" {
		c.URL = ""
	}
	if i.Date != "" {
		c.Date = &i.Date
	}
	return c
}
