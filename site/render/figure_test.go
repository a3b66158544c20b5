package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

func TestFiguresOfTheImpact(t *testing.T) {
	lib := library(t)
	inc := lib.Incidents[0]
	inc.Figures = []incident.Figure{{Text: "2,300 requests", Quote: `2,300 requests "failed".`}, {Text: "b"}, {Text: "c"}, {Text: "d"}, {Text: "fifth"}}
	inc.Technologies = []string{"Postgres"}
	inc.Facts = []incident.Fact{{Field: "technologies", Line: 7}}
	html := page(t, renderer(t, lib, Options{}), inc.URL+"index.html")
	for _, want := range []string{`<li title="2,300 requests &#34;failed&#34;.">2,300 requests</li>`, `<span class="aside">named in the text</span>`} {
		if strings.Count(html, want) != 1 {
			t.Errorf("%d times %s", strings.Count(html, want), want)
		}
	}
	if strings.Contains(html, "fifth") {
		t.Error("more figures than a page opens with")
	}
}
