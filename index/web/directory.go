package web

// directory names the pieces that few queries need, so that the manifest is small.
type directory struct {
	Columns map[string]string `json:"columns"` // by field: piece of kind N
	Scale   map[string]int    `json:"scale"`
	Values  map[string]string `json:"values"`  // by field: piece of kind V
	Words   string            `json:"words"`   // piece of kind W
	Facets  map[string]string `json:"facets"`  // by name: piece of kind F
	Undated int               `json:"undated"` // incidents, the first by number

	Synonyms [][2]string `json:"synonyms"` // first key, piece of kind Y
}

// addDirectory adds columns, values, facets and synonyms and returns the piece that names
// them and the words.
func (b *builder) addDirectory(src Source, words string) string {
	d := directory{Columns: map[string]string{}, Scale: src.Scale(), Values: map[string]string{}, Words: words, Facets: map[string]string{}, Undated: src.Undated()}
	columns := src.Columns()
	for i, field := range src.Formula().Numbers {
		d.Columns[field] = b.piece(kindNumbers, columnPayload(columns[i]))
	}
	for field, values := range src.Values() {
		d.Values[field] = b.piece(kindValues, encode(values))
	}
	for _, f := range src.Facets() {
		d.Facets[f.Name] = b.addFacet(f, len(src.Lengths()))
	}
	d.Synonyms = b.addSynonyms(src)
	return b.piece(kindDirectory, encode(d))
}

// addWords adds the words of the vocabulary, whose terms have their places from then on, and
// returns their piece.
func (b *builder) addWords(src Source) string {
	words := src.Vocabulary()
	for i, term := range words {
		b.places[term[0]] = i
	}
	return b.piece(kindWords, encode(words))
}

func columnPayload(c Column) []byte {
	least := -1
	for n, low := range c.Low {
		if low <= c.High[n] && (least < 0 || low < least) {
			least = low
		}
	}
	out := appendInt(nil, max(least, 0))
	for n, low := range c.Low {
		if low > c.High[n] {
			out = appendInt(out, 0)
			continue
		}
		out = appendInt(appendInt(out, low-least+1), c.High[n]-low)
	}
	return out
}
