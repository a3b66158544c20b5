package site

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"faultline/content"
	"faultline/site/incident"
	"faultline/site/problem"
)

// overloaded is a report whose text tells of an overload.
const overloaded = `

# Checkout was down

## Root cause

The root cause was that the database was overloaded by more traffic than it could handle.

## Resolution

We rolled back the release, which fixed it.
`

// terms writes the tags of an incident: a term with who says so.
func terms(inc *incident.Incident) string {
	var list []string
	for _, d := range incident.Dimensions {
		for _, t := range inc.Terms[d] {
			list = append(list, fmt.Sprintf("%s:%s(%s)", d.Field(), t.ID, t.Provenance))
		}
	}
	return strings.Join(list, " ")
}

func TestTextsSuggestTermsBehindWhatPeopleGave(t *testing.T) {
	files := map[string]string{
		"plain.md":    entry("title: T\ndate: 2024-01-01", overloaded),
		"given.md":    entry("title: T\ndate: 2024-01-02\ncauses: [overload]", overloaded),
		"rejected.md": entry("title: T\ndate: 2024-01-03\nnot: [overload]", overloaded),
		"other.md":    entry("title: T\ndate: 2024-01-04\ncauses: [logic-bug]", overloaded),
	}
	lib := load(t, files, LoadOptions{Suggest: true})
	got := map[string]*incident.Incident{}
	for _, inc := range lib.Incidents {
		got[inc.ID] = inc
	}
	plain := got["plain"].Terms[incident.Cause]
	if len(plain) == 0 || plain[0].ID != "overload" || plain[0].Provenance != incident.Suggested || !plain[0].Primary || plain[0].Share <= 0 {
		t.Fatalf("plain: %s", terms(got["plain"]))
	}
	if e := plain[0].Evidence; len(e) == 0 || !strings.Contains(overloaded, e[0].Text) || e[0].Anchor != "root-cause" || e[0].Line != 12 {
		t.Errorf("evidence %+v", e)
	}
	given := got["given"].Terms[incident.Cause]
	if given[0].ID != "overload" || given[0].Provenance != incident.Author || len(given[0].Evidence) == 0 || !given[0].Primary {
		t.Errorf("given: %+v", given)
	}
	for _, tag := range got["given"].SuggestedTags(incident.Cause) {
		if tag.ID == "overload" || tag.Primary {
			t.Errorf("given: %s is suggested again", tag.ID)
		}
	}
	if s := terms(got["rejected"]); strings.Contains(s, "overload") {
		t.Errorf("rejected: %s", s)
	}
	if other := got["other"].SuggestedTags(incident.Cause); len(other) > mostBeside || !slices.ContainsFunc(got["other"].Told[incident.Cause], func(t incident.Tag) bool { return t.ID == "overload" }) {
		t.Errorf("other: %s, told %v", terms(got["other"]), got["other"].Told)
	}
	if plain := load(t, files, LoadOptions{}); strings.Contains(terms(plain.Incidents[0]), "suggested") || plain.Incidents[0].Told != nil {
		t.Error("terms are suggested that nobody asked for")
	}
}

func TestLanguageThatIsNotTagged(t *testing.T) {
	german := strings.Repeat("Die Datenbank war überlastet und niemand konnte bezahlen, weil die Verbindungen nicht mehr reichten. ", 6)
	lib := load(t, map[string]string{"a.md": entry("title: T\ndate: 2024-01-01\nlanguage: de", german)}, LoadOptions{Suggest: true})
	at := slices.IndexFunc(lib.Problems, func(p problem.Problem) bool { return p.Rule == "language-not-tagged" })
	if at < 0 || lib.Problems[at].Level != problem.Note || lib.Problems[at].Text != "language not supported for tagging" || lib.Problems[at].Path != "a.md" {
		t.Errorf("problems: %v", lib.Problems)
	}
	if s := terms(lib.Incidents[0]); s != "" || lib.Incidents[0].Told != nil {
		t.Errorf("terms are suggested: %s", s)
	}
}

// TestSuggestionsAreThoseOfTheEdition holds that drafts teach nothing to an edition that
// does not show them.
func TestSuggestionsAreThoseOfTheEdition(t *testing.T) {
	files := map[string]string{"a.md": entry("title: T\ndate: 2024-01-01", overloaded)}
	alone := load(t, files, LoadOptions{Suggest: true}).Incidents[0]
	files["draft.md"] = entry("title: T\ndate: 2024-01-01\nstatus: draft\ncauses: [overload]", overloaded)
	files["draft2.md"] = files["draft.md"]
	beside := load(t, files, LoadOptions{Suggest: true}).Incidents[0]
	if !reflect.DeepEqual(alone.Terms, beside.Terms) {
		t.Errorf("a draft that is not shown changes suggestions: %+v, alone %+v", beside.Terms, alone.Terms)
	}
	if drafts := load(t, files, LoadOptions{Suggest: true, Drafts: true}).Incidents[0]; len(drafts.Terms[incident.Cause][0].Learned) == 0 {
		t.Errorf("nothing is learned from incidents that are shown: %+v", drafts.Terms[incident.Cause])
	}
}

// TestSuggestionsOfTheExampleLibrary holds that quotes are verbatim and that a tagged
// library is not cluttered.
func TestSuggestionsOfTheExampleLibrary(t *testing.T) {
	lib, err := Load(content.Library, LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	beside := 0
	for _, inc := range lib.Incidents {
		text := strings.ReplaceAll(inc.Front+inc.Body, "\r\n", "\n")
		for _, d := range incident.Dimensions {
			beside += len(inc.SuggestedTags(d))
			for _, tag := range inc.Terms[d] {
				for _, e := range tag.Evidence {
					if !strings.Contains(text, e.Text) {
						t.Errorf("%s: %q is not in the text", inc.Path, e.Text)
					}
				}
			}
		}
	}
	t.Logf("%d suggestions beside the authors' terms of %d incidents", beside, len(lib.Incidents))
	if beside > 2*len(lib.Incidents) {
		t.Errorf("%d suggestions clutter %d incidents", beside, len(lib.Incidents))
	}
}

// TestVocabularyPageHoldsAuthorsAgainstTexts holds that the page asks what was suggested
// when the library was loaded.
func TestVocabularyPageHoldsAuthorsAgainstTexts(t *testing.T) {
	for _, suggest := range []bool{true, false} {
		lib, err := Load(content.Library, LoadOptions{Suggest: suggest})
		if err != nil {
			t.Fatal(err)
		}
		s, err := New(lib, Options{})
		if err != nil {
			t.Fatal(err)
		}
		page, err := s.File("vocabulary/index.html")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(page), "Author and text"); got != suggest {
			t.Errorf("suggest %t: compared %t", suggest, got)
		}
	}
}
