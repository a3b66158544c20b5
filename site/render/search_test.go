package render

import (
	"encoding/xml"
	"strings"
	"testing"

	"faultline/site/incident"
)

func TestOpenSearch(t *testing.T) {
	lib := library(t)
	lib.Config.BaseURL = "https://example.org/a&b/"
	lib.Config.Title = `Störungen & "mehr" <of the whole company>`
	r := renderer(t, lib, Options{})
	var got description
	if err := xml.Unmarshal([]byte(page(t, r, openSearchPath)), &got); err != nil {
		t.Fatal(err)
	}
	if want := "https://example.org/a&b/search/?q={searchTerms}"; got.URL.Template != want || got.URL.Type != "text/html" {
		t.Errorf("the address is %+v, want %s", got.URL, want)
	}
	if got.ShortName != `Störungen & "meh` || got.Encoding != "UTF-8" || !strings.HasPrefix(got.LongName, got.ShortName) {
		t.Errorf("%+v", got)
	}
	link := `<link rel="search" type="application/opensearchdescription+xml" title="Störungen &amp; &#34;mehr&#34; &lt;of the whole company&gt;" href="../../search/opensearch.xml">`
	if !strings.Contains(page(t, r, "incidents/mail/index.html"), link) {
		t.Error("a page does not lead to the description")
	}
}

func TestNoOpenSearchWithoutBaseURL(t *testing.T) {
	lib := library(t)
	lib.Config.BaseURL = ""
	r := renderer(t, lib, Options{})
	if _, err := r.Page(openSearchPath); err == nil || strings.Contains(page(t, r, "index.html"), "opensearch") {
		t.Errorf("a description whose address nobody knows (%v)", err)
	}
}

// TestExamplesComeFromTheLibrary: a symptom that is plain words, and what there is most
// of; nothing where there is nothing.
func TestExamplesComeFromTheLibrary(t *testing.T) {
	quoted := &incident.Incident{ID: "a", URL: "incidents/a/", Title: "A", Services: []string{`the "old" api`}, Symptoms: []incident.Note{
		{Text: "too short"}, {Text: `panic: "runtime" error -1`}, {Text: "  Pages came back\nempty. "}, {Text: "Another that reads as well"},
	}}
	for _, test := range []struct {
		name string
		lib  *incident.Library
		want []Example
	}{
		{"nothing", &incident.Library{Vocabulary: vocabulary()}, nil},
		{"a name with quotes", &incident.Library{Vocabulary: vocabulary(), Incidents: []*incident.Incident{quoted}}, []Example{{"Pages came back empty", "what somebody saw"}}},
	} {
		got := renderer(t, test.lib, Options{}).examples()
		if len(got) != len(test.want) || len(got) > 0 && got[0] != test.want[0] {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
	if got := renderer(t, library(t), Options{}).examples(); len(got) < 3 {
		t.Errorf("the example of tests has %+v", got)
	}
}
