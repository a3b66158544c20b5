package render

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"faultline/site/incident"
)

func TestNoted(t *testing.T) {
	inc := &incident.Incident{Extra: []incident.Extra{
		{Key: "customer_impact", Value: json.RawMessage(`"<b>high</b>"`)},
		{Key: "layout", Value: json.RawMessage(`"post"`), Aside: true},
		{Key: "error-budget", Value: json.RawMessage(`12.5`)},
		{Key: "channels", Value: json.RawMessage(`["#a", ["#b", 3], null]`)},
		{Key: "cost", Value: json.RawMessage(`{"eur":3}`)},
		{Key: "empty", Value: json.RawMessage(`null`)},
	}}
	want := "[{Customer impact <b>high</b>} {Error budget 12.5} {Channels #a, #b, 3} {Cost {\"eur\":3}}]"
	if got := fmt.Sprint(notedOf(inc)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	inc.Path, inc.ID, inc.URL, inc.Title = "a.md", "a", "incidents/a/", "A"
	got := page(t, renderer(t, &incident.Library{Incidents: []*incident.Incident{inc}}, Options{}), "incidents/a/index.html")
	if !strings.Contains(got, "<dt>Customer impact</dt><dd>&lt;b&gt;high&lt;/b&gt;</dd>") {
		t.Error("the page does not show what only the library knows")
	}
}
