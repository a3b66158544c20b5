package site

import (
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"sync"

	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/tagger"
)

// Beside what people have said of a dimension, a suggestion has to be this sure to be
// part of the library, and the text gets few of them in: it mostly says the same in
// other terms.
const (
	sureBeside = 0.9
	mostBeside = 1
)

// Suggestions remembers what texts suggested from one Load to the next, for who loads a
// library again and again. A text is asked again when it has changed, or anything that
// suggestions are learned from: the settings, the vocabulary and the incidents that
// people have tagged. What it gives is what a Load without a memory gives. The zero
// value is ready, and may be used by several goroutines.
type Suggestions struct {
	mu      sync.Mutex
	learned sum
	tags    *tagger.Tagger
	asked   map[sum]tagger.Suggestions
}

type sum [sha256.Size]byte

// suggestAll adds to every incident what its text suggests, as it was learned from the
// incidents of this edition alone.
func suggestAll(lib *incident.Library, memory *Suggestions) {
	if memory == nil {
		memory = &Suggestions{}
	}
	found := memory.ask(lib)
	for n, inc := range lib.Incidents {
		if found[n].Note != "" {
			lib.Problems = append(lib.Problems, notTagged(inc, found[n].Note))
			continue
		}
		suggest(inc, found[n])
	}
}

func notTagged(inc *incident.Incident, note string) problem.Problem {
	return problem.Problem{Rule: "language-not-tagged", Level: problem.Note, Path: inc.Path, Text: note,
		Hint: "terms are suggested for reports in English; give this one its terms in the front matter"}
}

// ask asks the texts of the library, those that it remembers aside.
func (m *Suggestions) ask(lib *incident.Library) []tagger.Suggestions {
	m.mu.Lock()
	defer m.mu.Unlock()
	sums := make([]sum, len(lib.Incidents))
	each(len(sums), func(n int) { sums[n] = sumOf(lib.Incidents[n]) })
	if learned := learnedFrom(lib, sums); m.tags == nil || learned != m.learned {
		m.tags = tagger.New(lib.Vocabulary, tagger.Options{Learn: lib.Incidents})
		m.learned, m.asked = learned, nil
	}
	found := make([]tagger.Suggestions, len(sums))
	each(len(sums), func(n int) {
		known, ok := m.asked[sums[n]]
		if !ok {
			known = m.tags.Suggest(lib.Incidents[n])
		}
		found[n] = known
	})
	m.asked = make(map[sum]tagger.Suggestions, len(sums))
	for n, s := range sums {
		m.asked[s] = found[n]
	}
	return found
}

// sumOf names an incident by its file.
func sumOf(inc *incident.Incident) sum {
	h := sha256.New()
	for _, part := range []string{inc.Path, inc.ID, inc.Front, inc.Body} {
		io.WriteString(h, part)
		h.Write([]byte{0})
	}
	return sum(h.Sum(nil))
}

// learnedFrom names what suggestions depend on besides the text itself.
func learnedFrom(lib *incident.Library, sums []sum) sum {
	h := sha256.New()
	fmt.Fprintf(h, "%#v\x00", lib.Config)
	for d := incident.Trigger; d <= incident.Gap; d++ {
		fmt.Fprintf(h, "%#v\x00", lib.Vocabulary.Terms(d))
	}
	for n, inc := range lib.Incidents {
		if isTagged(inc) {
			h.Write(sums[n][:])
		}
	}
	return sum(h.Sum(nil))
}

func isTagged(inc *incident.Incident) bool {
	return slices.ContainsFunc(incident.Dimensions[:], func(d incident.Dimension) bool { return len(inc.Given(d)) > 0 })
}

// suggest adds the suggestions to the incident's terms.
func suggest(inc *incident.Incident, found tagger.Suggestions) {
	inc.Told = &[len(incident.Dimensions)][]string{}
	for _, d := range incident.Dimensions {
		given := inc.GivenTags(d)
		tags, beside := slices.Clone(given), 0
		for _, s := range found.Tags[d] {
			inc.Told[d] = append(inc.Told[d], s.ID)
			at := slices.IndexFunc(given, func(t incident.Tag) bool { return t.ID == s.ID })
			switch {
			case at >= 0:
				tags[at].Share, tags[at].Evidence = s.Confidence, evidenceOf(s)
			case len(given) == 0:
				tags = append(tags, suggested(s, s.Primary))
			case s.Confidence >= sureBeside && beside < mostBeside:
				tags = append(tags, suggested(s, false))
				beside++
			}
		}
		inc.Terms[d] = tags
	}
}

// told says what the text of an incident suggested when the library was loaded.
func told(inc *incident.Incident) (ids [len(incident.Dimensions)][]string, ok bool) {
	if inc.Told == nil {
		return ids, false
	}
	return *inc.Told, true
}

func suggested(s tagger.Suggestion, primary bool) incident.Tag {
	return incident.Tag{ID: s.ID, Provenance: incident.Suggested, Share: s.Confidence, Primary: primary,
		Effect: s.Effect, Effective: s.Effective, Evidence: evidenceOf(s), Learned: s.Learned}
}

func evidenceOf(s tagger.Suggestion) []incident.Evidence {
	list := make([]incident.Evidence, len(s.Evidence))
	for i, e := range s.Evidence {
		list[i] = incident.Evidence{Text: e.Text, Line: e.Line, Anchor: e.Anchor}
	}
	return list
}
