package web

// kindSynonyms are pieces of synonyms.
const kindSynonyms kind = 'Y'

// synonymRange is the size of a piece of synonyms in bytes, before it is deflated. A query
// reads one for some of its words.
const synonymRange = 4 << 10

// addSynonyms adds the pieces of synonyms and returns the first key and the name of each.
func (b *builder) addSynonyms(src Source) [][2]string {
	list, err := src.Synonyms()
	if err != nil {
		b.fail(err)
	}
	ranges := [][2]string{}
	for len(list) > 0 {
		size, n := 0, 0
		for n < len(list) && (n == 0 || size < synonymRange) {
			for _, key := range list[n] {
				size += len(key) + len(`"",`)
			}
			n++
		}
		ranges = append(ranges, [2]string{list[0][0], b.piece(kindSynonyms, encode(list[:n]))})
		list = list[n:]
	}
	return ranges
}
