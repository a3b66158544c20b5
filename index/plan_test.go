package index

import (
	"fmt"
	"strings"
	"testing"

	"faultline/index/query"
	"faultline/site/incident"
)

// beginnings is a library that has the most words that a beginning stands for with each of
// the letters behind "z", and the query for all of them.
func beginnings(letters string) (*incident.Library, string) {
	lib, asked := &incident.Library{}, ""
	for n, letter := range letters {
		var words strings.Builder
		for i := range mostTerms {
			fmt.Fprintf(&words, "z%c%c%cx ", letter, 'a'+i/26, 'a'+i%26)
		}
		id := fmt.Sprintf("i%02d", n)
		lib.Incidents = append(lib.Incidents, &incident.Incident{ID: id, Path: id + ".md", URL: id + "/", Title: words.String()})
		asked += fmt.Sprintf("z%c* ", letter)
	}
	return lib, asked
}

// TestManyBeginnings: beginnings stand for so many words, all together. What is left out is
// as if it were not asked for, wherever it stands.
func TestManyBeginnings(t *testing.T) {
	const enough = mostExpanded / mostTerms
	lib, asked := beginnings("abcdefghijklmnopqrst")
	x := open(t, "", lib)
	e := client(t, x)
	first := strings.Join(strings.Fields(asked)[:enough], " ")
	for _, test := range []struct {
		q       string
		total   int
		leftOut string
	}{
		{first, enough, ""},
		{asked, enough, "zq*"},
		{first + " +zt*", enough, "zt*"},
		{first + " -(zt* OR zsabq~)", enough, "zt*"},
		{first + " +(zt*)", enough, "zt*"},
		{first + " ztaax", enough + 1, ""},
	} {
		r, err := x.Search(test.q, Options{Limit: 1})
		if err != nil || r.Total != test.total {
			t.Errorf("%s: %d answers, want %d, %v", test.q, r.Total, test.total, err)
		}
		said := ""
		if len(r.Notes) > 0 {
			said = r.Notes[0]
		}
		if named := strings.HasPrefix(said, "“"+test.leftOut+"”"); named != (test.leftOut != "") {
			t.Errorf("%s: notes %q, want one on %q", test.q, r.Notes, test.leftOut)
		}
		compareWith(t, x, e, test.q, Options{Limit: 1})
	}
}

// TestManyBeginningsAreNotRead: how long a query takes does not grow with the beginnings
// that it leaves out.
func TestManyBeginningsAreNotRead(t *testing.T) {
	lib, asked := beginnings("abcdefghijklmnopqrst")
	x := open(t, "", lib)
	p := planner{Index: x, room: &newEvaluation(x).frequencies}
	steps, err := p.group(query.Parse(strings.Repeat(asked, 50), kindOf).Clauses, false)
	if err != nil || len(steps) != mostExpanded/mostTerms || p.expanded != mostExpanded {
		t.Errorf("%d steps of %d terms, %v", len(steps), p.expanded, err)
	}
}
