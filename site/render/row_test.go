package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// TestTitlesInLists do not break inside a date.
func TestTitlesInLists(t *testing.T) {
	inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "Outage <on> 2021-04-27"}
	lib := &incident.Library{Incidents: []*incident.Incident{inc}}
	r := renderer(t, lib, Options{})
	for _, path := range []string{"index.html", "incidents/index.html", "years/undated/index.html"} {
		if want := `">Outage &lt;on&gt; <span class="whole">2021-04-27</span></a>`; !strings.Contains(page(t, r, path), want) {
			t.Errorf("%s does not hold %s", path, want)
		}
	}
}

// TestUndatedIncidents stand under the same words in the list as on their own page.
func TestUndatedIncidents(t *testing.T) {
	r := renderer(t, &incident.Library{Incidents: []*incident.Incident{{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A"}}}, Options{})
	for _, path := range []string{"incidents/index.html", "years/index.html", "years/undated/index.html"} {
		if got := page(t, r, path); !strings.Contains(got, ">Date not known<") {
			t.Errorf("%s does not say that the date is not known", path)
		}
	}
}

// TestYearsAreOfAllIncidents counts the undated one among all, not among the dated.
func TestYearsAreOfAllIncidents(t *testing.T) {
	dated := &incident.Incident{Path: "b.md", ID: "b", URL: "incidents/b/", Title: "B", Date: at(t, "2020-01-02")}
	undated := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A"}
	r := renderer(t, &incident.Library{Incidents: []*incident.Incident{undated, dated}}, Options{})
	if got := page(t, r, "years/index.html"); strings.Count(got, "> of 2<") != 2 {
		t.Errorf("the two years are not of 2: %s", got)
	}
}

// TestSourceSentence begins with whatever is known first.
func TestSourceSentence(t *testing.T) {
	for want, s := range map[string]incident.Source{
		"<h2 id=\"fl:source\">Source</h2>\n<p>Licence: MIT</p>":                         {Licence: ptr("MIT")},
		"<h2 id=\"fl:source\">Source</h2>\n<p>Shop. Licence: MIT</p>":                   {Publisher: ptr("Shop"), Licence: ptr("MIT")},
		"<h2 id=\"fl:source\">Source</h2>\n<p>Shop, published 4 March 2022</p>":         {Publisher: ptr("Shop"), Published: at(t, "2022-03-04")},
		"<h2 id=\"fl:source\">Source</h2>\n<p>Published 4 March 2022. Licence: MIT</p>": {Published: at(t, "2022-03-04"), Licence: ptr("MIT")},
		"<h2 id=\"fl:source\">Published</h2>\n<p>4 March 2022</p>":                      {Published: at(t, "2022-03-04")},
	} {
		inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A", Source: s}
		got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
		if !strings.Contains(got, want) {
			_, got, _ = strings.Cut(got, `id="fl:source"`)
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestActionsOfUnknownStatus need no column that says so of each.
func TestActionsOfUnknownStatus(t *testing.T) {
	inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A",
		Actions: []incident.Action{{Text: "Watch it", Basis: incident.FrontMatter}, {Text: "Test it", Basis: incident.FrontMatter}}}
	got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
	if !strings.Contains(got, "<td>Test it</td></tr>") || strings.Contains(got, ">not said<") || strings.Contains(got, ">Status<") {
		t.Errorf("the table shows a status that is not known:\n%s", got)
	}
}

// TestReportThatIsItsTitle is not said twice.
func TestReportThatIsItsTitle(t *testing.T) {
	for body, shown := range map[string]bool{
		"A bad config took it down.\n":                      false,
		"A bad  `config` took\nit down!\n":                  true,
		"A [bad config](https://a.example) took it down.\n": true,
		"A bad config took it down. Twice.\n":               true,
		"A bad config\ntook it down\n":                      false,
	} {
		inc := &incident.Incident{Path: "a.md", ID: "a", URL: "incidents/a/", Title: "A bad config took it down"}
		write(inc, nil, body)
		got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
		if strings.Contains(got, "<article") != shown {
			t.Errorf("%q: report shown: %v", body, !shown)
		}
	}
}
