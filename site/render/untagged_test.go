package render

import (
	"strings"
	"testing"

	"faultline/site/incident"
)

// untagged is a library that nobody has tagged, as other tools' folders are.
func untagged(t *testing.T) *incident.Library {
	t.Helper()
	lib := &incident.Library{}
	for _, i := range []struct{ id, org, service, date, published string }{
		{"a", "Shop", "API", "2020-01-01", ""},
		{"b", "Shop", "Web", "2021-01-01", ""},
		{"c", "Bank", "API", "~2022-03-04", "2022-03-04"},
	} {
		inc := &incident.Incident{Path: i.id + ".md", ID: i.id, URL: "incidents/" + i.id + "/", Title: "Title of " + i.id, Organization: &i.org,
			Services: []string{i.service}, Labels: []string{"eu region", "cache"}, Date: at(t, i.date)}
		inc.Source.Published = at(t, i.published)
		write(inc, nil, "Nobody could reach the page for an hour.\n")
		lib.Incidents = append(lib.Incidents, inc)
	}
	return lib
}

func TestHomeOfUntaggedLibrary(t *testing.T) {
	home := page(t, renderer(t, untagged(t), Options{}), "index.html")
	for _, want := range []string{
		"3 incidents from 2 organizations, 2020 to 2022; none tagged yet.",
		`Shop</a> had 2 of 3 incidents, newest <a href="./incidents/b/">Title of b</a>`,
		`API</a> was affected in 2 of 3 incidents, last <a href="./incidents/c/" title="Title of c">at Bank</a>`,
		`href="./organizations/">Organizations</a> <span class="n">2</span></dt><dd>Whose incident it was`,
	} {
		if !strings.Contains(home, want) {
			t.Errorf("the home page does not say %q", want)
		}
	}
	_, ways, _ := strings.Cut(home, "Look it up by")
	for _, not := range []string{`href="./causes/"`, `href="./severities/"`, `href="./technologies/"`} {
		if strings.Contains(ways, not) {
			t.Errorf("%s leads to nothing", not)
		}
	}
}

func TestPageOfUntaggedLibrary(t *testing.T) {
	got := page(t, renderer(t, untagged(t), Options{}), "incidents/c/index.html")
	for _, want := range []string{
		`<time datetime="2022-03-04">reported 4 March 2022</time>`,
		`<meta name="description" content="Nobody could reach the page for an hour.">`,
		`<a href="../../search/?q=tag%3A%22eu&#43;region%22">eu region</a>`,
		`<a href="../../search/?q=tag%3Acache">cache</a>`,
		"<h2 id=\"fl:source\">Published</h2>\n<p>4 March 2022</p>",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	for _, not := range []string{"Nobody has named", "clocks-said", `class="chain"`} {
		if strings.Contains(got, not) {
			t.Errorf("the page says %q, which is so of the whole library", not)
		}
	}
}
