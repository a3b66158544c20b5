package reading

import "faultline/site/markdown"

// ofReport returns the blocks that the report consists of: not those below a heading
// that says that others wrote them, or that the page shows them beside it, nor replies.
func ofReport(blocks []markdown.Block) []markdown.Block {
	kept := blocks[:0:0]
	aside := 0 // level of the open heading that says so
	for _, b := range blocks[:repliesAt(blocks)] {
		if b.Kind == markdown.Heading && (aside == 0 || b.Level <= aside) {
			aside = 0
			if b.Level > 1 && words().aside[normalize(b.Text)] {
				aside = b.Level
			}
		}
		if aside == 0 {
			kept = append(kept, b)
		}
	}
	return kept
}
