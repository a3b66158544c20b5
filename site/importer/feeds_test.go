package importer

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"faultline/site/problem"
	"faultline/site/record"
)

var update = flag.Bool("update", false, "write what is read of testdata/sources as what is expected")

// sample reads a file of testdata/sources.
func sample(t testing.TB, name string) Source {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/sources", name))
	if err != nil {
		t.Fatal(err)
	}
	return Source{Path: name, Key: name, Data: data}
}

// sampleFormats says which format each sample is in.
var sampleFormats = map[string]string{
	"statuspage.json": "statuspage", "history.json": "statuspage-history", "history.atom": "feed", "history.rss": "feed",
	"issues.json": "github", "issue-rest.json": "github", "incidents.csv": "csv", "semicolon.csv": "csv", "list.md": "list",
	"report-with-links.md": "markdown", "cstate.md": "markdown",
}

// TestOneFormatClaims fails where a sample is claimed by another format than its own,
// whatever its name says. The last format takes what no other does.
func TestOneFormatClaims(t *testing.T) {
	for name, want := range sampleFormats {
		for _, path := range []string{name, "-"} {
			if want == "csv" && path == "-" && name == "semicolon.csv" {
				continue // its columns are known in German only in part
			}
			src := sample(t, name)
			src.Path = path
			var claims []string
			for _, f := range formats[:len(formats)-1] {
				if f.detect(src) && f.name != "text" {
					claims = append(claims, f.name)
				}
			}
			if got := strings.Join(claims, " "); got != want && !(want == "markdown" && got == "") {
				t.Errorf("%s as %q is claimed by %q, want %s", name, path, got, want)
			}
		}
	}
}

// TestNoFileIsClaimedTwice asks every format of machines about every file of testdata.
func TestNoFileIsClaimedTwice(t *testing.T) {
	files := 0
	err := filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		var claims []string
		for _, f := range formats {
			if f.name != "text" && f.name != "markdown" && f.detect(Source{Path: path, Data: data}) {
				claims = append(claims, f.name)
			}
		}
		if len(claims) > 1 {
			t.Errorf("%s is claimed by %v", path, claims)
		}
		files++
		return err
	})
	if err != nil || files < 20 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// TestSamples compares what is read of each sample with its golden file.
func TestSamples(t *testing.T) {
	for name := range sampleFormats {
		t.Run(name, func(t *testing.T) {
			got := told(Read(sample(t, name), ""))
			golden := filepath.Join("testdata/golden", name+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal([]byte(got), want) {
				t.Errorf("%s is read as\n%s\nwant\n%s", name, got, want)
			}
		})
	}
}

// told writes reports with the problems of their source.
func told(reports []Report, problems problem.List) string {
	var b strings.Builder
	for _, r := range reports {
		fmt.Fprintf(&b, "=== %s | %s | %s\n%s", r.Path, r.Key, r.Name, r.Text)
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "%s %s %s\n  hint: %s\n", p.Level, p.Rule, p, p.Hint)
	}
	return b.String()
}

// TestFactsArrive reads reports as the library does: what the source states is there,
// and its posts are the timeline, in the order of time.
func TestFactsArrive(t *testing.T) {
	for _, c := range []struct {
		sample, title string
		clocks        string // "-" = the source does not state it
		services      string
		rows          string
	}{
		{"statuspage.json", "Sending is slow for some customers", "2019-02-20T11:40 - 2019-02-20T13:11 2019-02-20T13:40", "Sending",
			"2019-02-20T12:00 2019-02-20T12:32 2019-02-20T13:11 2019-02-20T13:40"},
		{"history.json", "Builds do not start", "2024-12-31T22:28 - - 2025-01-01T08:17", "", ""},
		{"history.atom", "Traffic between hosts is lost", "- - 2017-10-12T18:40 2017-10-13T00:01", "",
			"2017-10-12T17:12 2017-10-12T18:40 2017-10-13T00:01"},
		{"issues.json", "Docs is down", "- 2024-05-01T10:15 - 2024-05-01T10:27", "Docs", "2024-05-01T10:15 2024-05-01T10:22 2024-05-01T10:27"},
		{"incidents.csv", "Search returned nothing", "2024-03-05T09:02 - - 2024-03-05T09:43", "Search API", ""},
		{"cstate.md", "Mirrors answer slowly", "2023-03-04T10:00 - - 2023-03-04T12:30", "mirrors updates", "2023-03-04T10:00 2023-03-04T12:30"},
	} {
		reports, _ := Read(sample(t, c.sample), "")
		i, _ := reports[0].Incident(record.Options{})
		f := FactsOf(reports[0].Path, i)
		var at []string
		for _, row := range f.Timeline {
			at = append(at, orNone(row.At))
		}
		if c.sample == "cstate.md" {
			slices.Sort(at) // its newest stands first
		}
		var clocks []string
		stated := strings.Fields(c.clocks)
		for n, clock := range []*string{f.Started, f.Detected, f.Mitigated, f.Resolved} {
			if stated[n] == "-" {
				clock = &stated[n]
			}
			clocks = append(clocks, orNone(clock))
		}
		got := fmt.Sprint(orNone(f.Title), " | ", strings.Join(clocks, " "), " | ", strings.Join(f.Services, " "), " | ", strings.Join(at, " "))
		if want := fmt.Sprint(c.title, " | ", c.clocks, " | ", c.services, " | ", c.rows); got != want {
			t.Errorf("%s is read as\n%s\nwant\n%s", c.sample, got, want)
		}
	}
}

func orNone(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// TestColumnsAsMapped reads columns that are not known by their names.
func TestColumnsAsMapped(t *testing.T) {
	src := Source{Path: "a.csv", Key: "a.csv", Data: []byte("What,When,Title\nSearch failed,2024-01-02 03:04,ignored\n"),
		Columns: map[string]string{"What": "title", "When": "started", "Title": ""}}
	got := told(Read(src, ""))
	for _, want := range []string{"title: Search failed\n", "started: 2024-01-02T03:04\n", "- **Title:** ignored"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %s", want, got)
		}
	}
	src.Columns = map[string]string{"Whatever": "title", "When": "begun"}
	if _, problems := Read(src, ""); !has(problems, "unknown-column", 1) || !has(problems, "unknown-field", 1) {
		t.Errorf("problems are %v", problems)
	}
}

// TestScaleOfImpact takes the page's word for a severity only where the library has it.
func TestScaleOfImpact(t *testing.T) {
	src := sample(t, "statuspage.json")
	src.Severities = []string{"Critical", "Major", "Minor"}
	if got := told(Read(src, "")); !strings.Contains(got, "severity: Major\n") || strings.Contains(got, "impact-major") || !strings.Contains(got, "tags: [impact-none]") {
		t.Errorf("got %s", got)
	}
}

// TestPageTimes reads the times of status pages.
func TestPageTimes(t *testing.T) {
	latest := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ text, want string }{
		{"Oct 12, 17:12 UTC", "2024-10-12T17:12:00Z"},
		{"Jan 1, 05:23:33 GMT+0", "2025-01-01T05:23:00Z"},
		{"Dec 31, 22:28 PST", "2024-12-31T22:28:00-08:00"},
		{"December 3, 2023 - 9:05 PM CET", "2023-12-03T21:05:00+01:00"},
		{"Feb 29, 00:00 UTC", "2024-02-29T00:00:00Z"},
		{"Feb 30, 00:00 UTC", ""},
		{"Foo 12, 17:12 UTC", ""},
		{"17:12 UTC", ""},
		{"Oct 12, 25:12 UTC", ""},
		{"Oct 12, 17:99 UTC", ""},
		{"Oct 12, 13:12 PM UTC", ""},
	} {
		got := ""
		if at, _, ok := whenPosted(c.text, latest); ok {
			got = at.Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
	if _, zoned, ok := whenPosted("Oct 12, 17:12 IST", latest); zoned || !ok {
		t.Error("IST has a zone")
	}
}

// TestTableTimes reads the times of tables, and neither day nor month for the other.
func TestTableTimes(t *testing.T) {
	for _, c := range []struct {
		text  string
		order order
		want  string
	}{
		{"2024-03-05", unsure, "2024-03-05"},
		{"2024-03-05 09:02", unsure, "2024-03-05T09:02"},
		{"2024/3/5 9:02 PM", unsure, "2024-03-05T21:02"},
		{"2024-03-05T09:02:11.5+02:00", unsure, "2024-03-05T09:02+02:00"},
		{"2024-03-05 09:02 UTC", unsure, "2024-03-05T09:02Z"},
		{"05.03.2024 09:02", dayFirst, "2024-03-05T09:02"},
		{"3/5/24 12:00 AM", monthFirst, "2024-03-05T00:00"},
		{"3/5/24", unsure, ""},
		{"3/3/2024", unsure, "2024-03-03"},
		{"March 5, 2024 at 9:02 AM", unsure, "2024-03-05T09:02"},
		{"Tue, 5 Mar 2024 09:02", unsure, "2024-03-05T09:02"},
		{"5 Foo 2024", unsure, ""},
		{"", unsure, ""},
	} {
		if got, _, _ := tableTime(c.text, c.order); got != c.want {
			t.Errorf("%q is %q, want %q", c.text, got, c.want)
		}
	}
}

// TestPostsOfAnEntry finds the posts of an entry whichever side their dates stand on.
func TestPostsOfAnEntry(t *testing.T) {
	latest := time.Date(2024, 10, 13, 0, 0, 0, 0, time.UTC)
	for name, html := range map[string]string{
		"dates before": `<p><small>Oct 12, 17:40 UTC</small><br><strong>Resolved</strong> - Over.</p><p><small>Oct 12, 17:12 UTC</small><br><strong>Identified</strong> - Found.</p>`,
		"dates behind": `<p><strong>Resolved</strong> - Over.<br><small>Oct 12, 17:40 UTC</small></p><p><strong>Identified</strong> - Found.<br><small>Oct 12, 17:12 UTC</small></p>`,
	} {
		posts, rest := postsIn(html, "", latest)
		if len(posts) != 2 || rest != "" {
			t.Fatalf("%s: %d posts and %q", name, len(posts), rest)
		}
		if p := posts[0]; p.status != "Resolved" || p.text != "Over." || p.at.Format("15:04") != "17:40" {
			t.Errorf("%s: first is %+v", name, p)
		}
		if p := posts[1]; p.status != "Identified" || p.text != "Found." || p.at.Format("15:04") != "17:12" {
			t.Errorf("%s: second is %+v", name, p)
		}
	}
}

// TestHealed takes a fix that holds for the end of the harm, and no other.
func TestHealed(t *testing.T) {
	for _, c := range []struct {
		states        string
		healed, ended int // index of the post, -1 = none
	}{
		{"investigating identified monitoring resolved", 2, 3},
		{"investigating monitoring identified monitoring resolved", 3, 4},
		{"investigating monitoring investigating resolved", -1, 3},
		{"monitoring resolved", -1, 1},
		{"investigating resolved investigating", -1, -1},
	} {
		var posts []post
		at := func(n int) time.Time { return time.Unix(int64(n+1)*60, 0) }
		for n, s := range strings.Fields(c.states) {
			posts = append(posts, post{at: at(n), status: humanStatus(s)})
		}
		if got, ok := healed(posts); ok != (c.healed >= 0) || ok && !got.Equal(at(c.healed)) {
			t.Errorf("%s: healed at %v, %v", c.states, got, ok)
		}
		if got, ok := ended(posts); ok != (c.ended >= 0) || ok && !got.Equal(at(c.ended)) {
			t.Errorf("%s: ended at %v, %v", c.states, got, ok)
		}
	}
}

// TestTextsOfAnEntry finds the text of an entry in every element that may hold it.
func TestTextsOfAnEntry(t *testing.T) {
	for _, c := range []struct{ entry, want string }{
		{`<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Down for <b>an hour</b>.</p></div></content>`, "Down for **an hour**."},
		{`<content type="html">&lt;p&gt;A &amp;amp; B&lt;/p&gt;</content>`, "A & B"},
		{`<summary>Short.</summary>`, "Short."},
		{`<description>Long te…</description><content:encoded><![CDATA[<p>Long text.</p>]]></content:encoded>`, "Long text."},
		{`<description>Other text.</description><content:encoded><![CDATA[<p>Long text.</p>]]></content:encoded>`, "Other text.\n\nLong text."},
	} {
		text := `<feed xmlns:content="http://purl.org/rss/1.0/modules/content/"><entry><title>One</title><id>1</id>` + c.entry + `</entry></feed>`
		reports, problems := Read(Source{Path: "a.atom", Key: "a", Data: []byte(text)}, "")
		if len(reports) != 1 || len(problems) > 0 {
			t.Fatalf("%s: %d reports, %v", c.entry, len(reports), problems)
		}
		if _, body, _ := strings.Cut(string(reports[0].Text), "\n---\n"); strings.TrimSpace(body) != c.want {
			t.Errorf("%s is %q, want %q", c.entry, body, c.want)
		}
	}
}
