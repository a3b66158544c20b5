package render

import (
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
)

// tagged is a library of n incidents whose first cause is overload: by their authors,
// accepted in bulk, suggested from the text, and so on.
func tagged(t *testing.T, n int, by ...incident.Provenance) *incident.Library {
	t.Helper()
	lib := &incident.Library{Vocabulary: vocabulary()}
	for i := range n {
		id := fmt.Sprintf("i%03d", i)
		inc := &incident.Incident{Path: id + ".md", ID: id, URL: "incidents/" + id + "/", Title: "Title of " + id, Date: at(t, "2020-01-01")}
		tag := suggested("overload", 0.9, incident.Evidence{Text: "It was overloaded.", Line: 3, Anchor: "cause"})
		tag.Provenance = by[i%len(by)]
		if tag.Provenance == incident.Suggested {
			tag.Learned = []string{"i000", "gone"}
		}
		inc.Terms[incident.Cause] = []incident.Tag{tag}
		write(inc, nil, "# Cause\n\nIt was overloaded.\n")
		lib.Incidents = append(lib.Incidents, inc)
	}
	return lib
}

// says fails for what a page does not hold.
func says(t *testing.T, page string, wanted ...string) {
	t.Helper()
	for _, want := range wanted {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
}

// silent fails for what a page holds.
func silent(t *testing.T, page string, unwanted ...string) {
	t.Helper()
	for _, not := range unwanted {
		if strings.Contains(page, not) {
			t.Errorf("the page holds %q", not)
		}
	}
}

func TestSuggestionsStandApartFromWhatPeopleSaid(t *testing.T) {
	lib := tagged(t, 4, incident.Author, incident.Accepted, incident.Suggested, incident.Suggested)
	r := renderer(t, lib, Options{})

	given := page(t, r, "incidents/i000/index.html")
	says(t, given, `<a class="tag cause" href="../../causes/overload/">Overload</a><span class="defined">Not seen.</span>`)
	silent(t, given, "Suggested from the text")

	told := page(t, r, "incidents/i002/index.html")
	says(t, told, "Suggested from the text", "Nobody has confirmed these.",
		`<summary><span class="tag cause suggested">Overload</span> <span class="n">0.90</span></summary>`,
		`Not seen. <a href="../../causes/overload/">All incidents with it</a>`,
		`<q>It was overloaded.</q> <a class="where" href="#cause">in the report</a>`,
		`As in <a href="../../incidents/i000/">Title of i000</a>.`,
		"Nobody has named its trigger, causes or impact yet.")
	silent(t, told, `class="tag cause"`)

	term := page(t, r, "causes/overload/index.html")
	says(t, term, "Seen in 4 of 4 incidents, 2020; 1 tagged by their authors, 1 accepted in bulk, 2 suggested from the text alone.",
		`value="people" checked> Tags of people`, `value="suggested"> Suggested tags`, `value="both"> All tags`,
		`<li class="row suggested">`, `<li class="row accepted">`, `<li class="row">`, "this term: suggested from the text", "this term: accepted in bulk")

	says(t, page(t, r, "causes/index.html"), "2 of 4 incidents name a cause. The text of 2 more suggests one.",
		`2<span class="of"> of 2</span></span> <span class="aside">2 suggested</span>`, `<line class="suggested" x1="50.0%" x2="100.0%"`)
	home := page(t, r, "index.html")
	says(t, home, "4 incidents, 2020; 1 tagged by their authors, 1 by suggestions accepted in bulk, terms suggested from the text of 2 more.",
		"was a cause of 2 of the 2 incidents that name a cause")
	silent(t, home, "tag cause suggested")
}

func TestLibraryThatOnlyTextsTag(t *testing.T) {
	r := renderer(t, tagged(t, 3, incident.Suggested), Options{})
	says(t, page(t, r, "index.html"), "3 incidents, 2020; none tagged yet, terms suggested from the text of 3.",
		`<a class="tag cause suggested" href="./causes/overload/">`, "was a cause of 3 of 3 incidents, as the texts suggest",
		`<span class="word cause"><span class="suggested">Overload</span></span><span class="by">suggested</span>`)
	term := page(t, r, "causes/overload/index.html")
	says(t, term, "Suggested by the text of 3 of 3 incidents, 2020; nobody has confirmed it.")
	silent(t, term, `name="whose"`, "Seen in")
	says(t, page(t, r, "causes/index.html"), "No incident names a cause. The text of 3 of 3 incidents suggests one; nobody has confirmed it.",
		`3<span class="of"> of 3</span></span><svg`, `<th scope="col" class="num">Suggested in</th>`)
}

func TestPagesOfATermHoldSuggestionsToo(t *testing.T) {
	r := renderer(t, tagged(t, fullList+1, incident.Author, incident.Suggested), Options{})
	second := page(t, r, "causes/overload/2/index.html")
	says(t, second, "201 to 301 of 301", `<li class="row suggested">`)
}
