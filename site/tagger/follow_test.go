package tagger_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/sample"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

// TestLearnerFollows holds that, whatever is edited, a learner suggests what a tagger does that
// learns from the library as it is.
func TestLearnerFollows(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	v := taxonomy.BuiltIn()
	tags := tagger.New(v, tagger.Options{})
	learner := tags.Learner()
	l := edited{v: v, tags: tags, r: r}
	for path, src := range sample.Files(40, 7) {
		l.put(path, string(src))
	}
	kept := 0
	var before []*tagger.Suggestions
	for round := range 30 {
		got := learner.Suggest(l.library)
		now := tagger.New(v, tagger.Options{Learn: l.incidents()})
		for n, k := range l.library {
			if want := now.Suggest(k.Incident); !reflect.DeepEqual(*got[n], want) {
				t.Fatalf("round %d, %s: %s: got\n%+v, want\n%+v", round, l.did, k.ID, *got[n], want)
			}
			if n < len(before) && before[n] == got[n] {
				kept++
			}
		}
		before = got
		l.edit()
	}
	if kept < 200 {
		t.Errorf("only %d suggestions were kept from one edit to the next", kept)
	}
}

// edited is a library that is edited at random.
type edited struct {
	v       *incident.Vocabulary
	tags    *tagger.Tagger
	r       *rand.Rand
	library []tagger.Known
	texts   []string
	did     string
}

func (l *edited) incidents() []*incident.Incident {
	var list []*incident.Incident
	for _, k := range l.library {
		list = append(list, k.Incident)
	}
	return list
}

func (l *edited) read(path, text string) tagger.Known {
	inc, _ := record.Parse(path, []byte(text), record.Options{Vocabulary: l.v})
	return tagger.Known{ID: inc.ID, Incident: inc, Clues: l.tags.Clues(inc)}
}

func (l *edited) put(path, text string) {
	l.library, l.texts = append(l.library, l.read(path, text)), append(l.texts, text)
}

func (l *edited) edit() {
	n := l.r.IntN(len(l.library))
	path, text := l.library[n].Incident.Path, l.texts[n]
	switch l.r.IntN(6) {
	case 0:
		l.did = "a new word"
		text += fmt.Sprintf("\nThe zyx%d overloaded the frobnicator.\n", l.r.IntN(4))
	case 1:
		l.did = "a sentence of another report"
		other := strings.Split(l.texts[l.r.IntN(len(l.texts))], "\n\n")
		text += "\n\n" + other[l.r.IntN(len(other))]
	case 2:
		l.did = "another cause"
		text = strings.Replace(text, "---\n", "---\ncauses: ["+l.v.IDs(incident.Cause)[l.r.IntN(20)]+"]\n", 1)
	case 3:
		l.did = "no tags"
		text = text[strings.LastIndex(text, "\n---\n")+1:]
		text = "---\ntitle: T\n" + text
	case 4:
		l.did = "a report less, and one more"
		path += "x"
	case 5:
		l.did = "a report more"
		l.put(fmt.Sprintf("%s-%d.md", strings.TrimSuffix(path, ".md"), len(l.texts)), text)
		return
	}
	l.library[n], l.texts[n] = l.read(path, text), text
}
