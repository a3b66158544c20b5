package importer

import (
	"encoding/base64"
	"path/filepath"
	"strings"
	"testing"

	"faultline/site/record"
)

const savedPost = `<!DOCTYPE html><html><head><title>Login outage | Example</title>
<link rel="canonical" href="https://example.com/login-outage"><meta property="og:site_name" content="Example">
<meta property="article:published_time" content="2023-04-05T10:00:00Z"><meta name="author" content="Kim Lee"></head>
<body><nav>Home</nav><article><h1>Login outage</h1><p>On 3 April 2023 nobody could log in from 10:00 to 10:42 UTC.</p>
<h2>Timeline (UTC)</h2><ul><li>10:00 Deploy</li><li>10:05 Alert</li><li>10:42 Rolled back</li></ul>
<p><img src="data:image/png;base64,IMAGE" alt="errors"><img src="Login%20outage_files/load.png" alt="load"></p></article>
<div id="comments"><h3>Comments</h3><p>11:30 Still broken for me</p></div></body></html>`

func page0(t *testing.T, path, html string) Report {
	t.Helper()
	reports, problems := Read(Source{Path: path, Key: filepath.Base(path), Data: []byte(html)}, "")
	if len(reports) != 1 {
		t.Fatalf("%d reports, problems %v", len(reports), problems)
	}
	return reports[0]
}

func TestHTML(t *testing.T) {
	image := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("image", 60)))
	r := page0(t, "saved/Login outage.html", strings.Replace(savedPost, "IMAGE", image, 1))
	const want = `---
source: {url: https://example.com/login-outage, publisher: Example, published: 2023-04-05}
---
# Login outage

By Kim Lee

On 3 April 2023 nobody could log in from 10:00 to 10:42 UTC.

## Timeline (UTC)

- 10:00 Deploy
- 10:05 Alert
- 10:42 Rolled back

![errors](login-outage_files/image-1.png)![load](Login%20outage_files/load.png)

## Replies

##### Comments

11:30 Still broken for me
`
	if string(r.Text) != want {
		t.Errorf("got\n%s\nwant\n%s", r.Text, want)
	}
	if len(r.Files) != 2 || string(r.Files[0].Data) != strings.Repeat("image", 60) || r.Files[1].From != filepath.FromSlash("saved/Login outage_files/load.png") {
		t.Errorf("files %+v", r.Files)
	}
}

func TestHTMLFacts(t *testing.T) {
	r := page0(t, "login.html", savedPost)
	i, problems := r.Incident(record.Options{})
	if i.Title != "Login outage" || i.Date.String() != "2023-04-03" || *i.Source.URL != "https://example.com/login-outage" || len(i.Timeline) < 3 {
		t.Errorf("title %q, date %s, %d rows, problems %v", i.Title, i.Date, len(i.Timeline), problems)
	}
	for _, row := range i.Timeline {
		if strings.Contains(row.Text, "Still broken") {
			t.Errorf("a comment is a row: %q", row.Text)
		}
	}
}

func TestIsHTML(t *testing.T) {
	for _, tt := range []struct {
		path, data string
		want       bool
	}{
		{"a.html", "<!DOCTYPE html><p>x", true},
		{"a.htm", "<div>x</div>", true},
		{"a.html", "no markup at all", false},
		{"a.txt", "<!-- saved --><HTML><p>x", true},
		{"-", "\ufeff<!doctype HTML>", true},
		{"a.txt", "<script> in a log line", false},
		{"a.md", "<div align=center>\n\n# Title", false},
		{"a.html.md.erb", "<html>", false},
		{"a.html", "<?xml version='1.0'?><!DOCTYPE html><html>", true},
	} {
		if got := isHTML(Source{Path: tt.path, Data: []byte(tt.data)}); got != tt.want {
			t.Errorf("isHTML(%s, %q) = %v", tt.path, tt.data, got)
		}
	}
}

func TestHTMLBad(t *testing.T) {
	for name, tt := range map[string]struct{ data, rule string }{
		"zip":    {"PK\x03\x04\x14\x00", "binary-file"},
		"pdf":    {"%PDF-1.4", "binary-file"},
		"script": {"<html><script>app()</script></html>", "empty-page"},
	} {
		reports, problems := readHTML(Source{Path: "a.html", Data: []byte(tt.data)})
		if len(reports) > 0 || len(problems) != 1 || problems[0].Rule != tt.rule || problems[0].Path != "a.html" {
			t.Errorf("%s: %d reports, %v, want %s", name, len(reports), problems, tt.rule)
		}
	}
}
