package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"

	"faultline/index"
	"faultline/site"
	"faultline/site/incident"
)

// askedPage is how many hits both sides are asked for.
const askedPage = 7

// seen is what a person sees of an answer.
type seen struct {
	Total int
	Notes []string
	Hits  []seenHit
}

type seenHit struct {
	Path, Title string
	Score       float64
	Passages    []index.Passage
	Why         []index.Reason
}

// reportLibrary makes a folder of the example library and, where the folder shared is
// there, some of its reports.
func reportLibrary(t *testing.T) string {
	t.Helper()
	library := t.TempDir()
	if err := os.CopyFS(library, os.DirFS(filepath.Join("..", "..", "content"))); err != nil {
		t.Fatal(err)
	}
	pool, _ := filepath.Glob(filepath.Join(sharedFolder(), "corpus", "*", "*.md"))
	for i := 0; i < len(pool); i += 1 + len(pool)/60 {
		text, err := os.ReadFile(pool[i])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(library, "incidents", fmt.Sprintf("report-%d.md", i)), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return library
}

func sharedFolder() string {
	return cmp.Or(os.Getenv("FAULTLINE_SHARED"), filepath.Join("..", "..", "..", "shared"))
}

// judgedQueries are the queries of the folder shared, none where it is not there.
func judgedQueries(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(sharedFolder(), "eval", "queries.jsonl"))
	if err != nil {
		t.Logf("SKIPPED: the judged queries: %v (set FAULTLINE_SHARED)", err)
	}
	var asked []string
	for line := range bytes.Lines(text) {
		var query struct{ Q string }
		if err := json.Unmarshal(line, &query); err != nil {
			t.Fatal(err)
		}
		asked = append(asked, query.Q)
	}
	return asked
}

// madeQueries has queries of every form about what is in the library.
func madeQueries(lib *incident.Library) []string {
	forms := []string{
		`"%[1]s %[2]s"`, `+%[1]s -%[3]s`, `title:%[2]s`, `(%[1]s OR %[3]s) %[2]s`, `%.4[1]s*`, `%[2]sx~`, `-(%[1]s %[2]s)`, `%[3]s date:>=2019`,
		`date:..2018-06 %[1]s OR %[2]s`, `duration:>1h %[1]s`, `severity:<=2 %[2]s`, `cause:c* %[3]s`, `title:(%[1]s OR %[2]s)`, `by:author +"%[1]s"`, `org:%[1]s`, `%[1]s: %[2]s - %[3]s`,
	}
	var asked []string
	for n, i := range lib.Incidents {
		if words := strings.Fields(i.Title); len(words) > 2 {
			at := n % (len(words) - 2)
			asked = append(asked, fmt.Sprintf(forms[n%len(forms)], words[at], words[at+1], words[at+2]))
		}
	}
	return asked
}

// oddQueries are none that a person means.
var oddQueries = []string{
	"", "   ", "the of and", "+ - OR ( ) ~ *", `"unbalanced`, "🔥", "שלום עולם", "مرحبا بالعالم", "データベース 障害", "ฐานข้อมูล", "İSTANBUL ıstanbul", "STRASSE straße ÜBER",
	"rep\x00lica\x1b[31m", "<script>alert(1)</script>", "name:value", "Cause:x", "panic: runtime error", "HTTP 503 - upstream", strings.Repeat("replica failover ", 600),
}

// inBrowser asks all queries in the page at hand, as a page of the site would.
const inBrowser = `(async (queries) => {
	const { open } = await import(location.href + "search/client.js");
	const search = await open(location.href);
	const answers = [];
	for (const q of queries) answers.push(await search.search(q, { limit: %d }));
	return answers;
})(%s)`

// TestBrowserSearchParity: Chromium finds on the built site what the command line finds,
// in the same order and with the same scores.
func TestBrowserSearchParity(t *testing.T) {
	b, library := newBrowser(t), reportLibrary(t)
	lib, err := load(library, site.LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	x, err := site.OpenIndex(lib, "")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	asked := slices.Concat(judgedQueries(t), madeQueries(lib), oddQueries)
	list, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Navigate(hostLibrary(t, library)))
	answers := ask(t, b, chromedp.Evaluate[[]seen](fmt.Sprintf(inBrowser, askedPage, list), chromedp.EvalAwaitPromise))
	if len(answers) != len(asked) {
		t.Fatalf("%d answers to %d queries", len(answers), len(asked))
	}
	hits := 0
	for i, q := range asked {
		want := seenBy(t, x, q)
		sameScores(want, answers[i])
		if !reflect.DeepEqual(answers[i], want) {
			t.Errorf("%q: the browser has %+v, want %+v", q, answers[i], want)
		}
		hits += len(want.Hits)
	}
	t.Logf("%d queries of %d incidents, %d hits compared", len(asked), len(lib.Incidents), hits)
	if hits < len(asked) {
		t.Errorf("only %d hits were compared", hits)
	}
	b.quiet(t)
}

// seenBy is the index's own answer, as JSON has it.
func seenBy(t *testing.T, x *index.Index, q string) seen {
	t.Helper()
	result, err := x.Search(q, index.Options{Limit: askedPage})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var f seen
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// sameScores makes got's scores want's where they are as good as equal.
func sameScores(want, got seen) {
	for i := range min(len(want.Hits), len(got.Hits)) {
		if w, g := want.Hits[i].Score, got.Hits[i].Score; math.Abs(w-g) <= 1e-6*math.Abs(w) {
			got.Hits[i].Score = w
		}
	}
}

// hostile is text that would do something if it were taken for more than text.
const hostile = `<img src=x onerror="document.title='taken'"><script>document.title='taken'</script>&lt;b&gt; "]]> ${document.title='taken'} javascript:alert(1)`

// TestBrowserHostileText shows a hit whose title and passages are markup, for a query
// that is: all of it must be text.
func TestBrowserHostileText(t *testing.T) {
	library := t.TempDir()
	title, err := json.Marshal("zebra " + hostile)
	if err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf("---\ntitle: %s\nsummary: %s\ndate: 2024-01-02\norganization: %s\nservices: [%s]\n---\n\n## zebra `%s`\n\nThe zebra said `%s`.\n\n```\nzebra %s\n```\n", title, title, title, title, hostile, hostile, hostile)
	if err := os.WriteFile(filepath.Join(library, "hostile.md"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	b, site := newBrowser(t), hostLibrary(t, library)
	for _, q := range []string{"zebra", `zebra <img src=x onerror="document.title='taken'">`, `zebra cause:<script>document.title='taken'</script>`, `zebra “"><img src=x onerror=alert(1)>`} {
		b.do(t, chromedp.Navigate(site+"search/?q="+url.QueryEscape(q)), chromedp.WaitVisible("[data-hits] mark"))
		if n := ask(t, b, chromedp.Evaluate[int](`document.querySelectorAll("main img, main script, main iframe, main [onerror], main a[href^='javascript:']").length`)); n > 0 {
			t.Errorf("%s: %d elements were made of text", q, n)
		}
		if shown := ask(t, b, chromedp.Text("[data-hits]")); !strings.Contains(shown, "<script>document.title='taken'</script>") {
			t.Errorf("%s: the text is not shown as it stands: %q", q, shown)
		}
		if name := ask(t, b, chromedp.Evaluate[string]("document.title")); strings.Contains(name, "taken") {
			t.Errorf("%s: text was run", q)
		}
	}
	b.quiet(t)
}

// brittle serves a site that loses its pieces when told to.
func brittle(t *testing.T, files http.Handler) (site string, broken *atomic.Bool) {
	t.Helper()
	broken = &atomic.Bool{}
	server := httptest.NewServer(http.StripPrefix("/sub/", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cache-Control", "no-store")
		if broken.Load() && strings.Contains(r.URL.Path, "pieces/") {
			http.Error(w, "gone", http.StatusNotFound)
			return
		}
		files.ServeHTTP(w, r)
	})))
	t.Cleanup(server.Close)
	return server.URL + "/sub/", broken
}

// TestBrowserBrokenIndex: a site whose index is damaged says so in the search page,
// whose other parts work, and searches again once it is mended.
func TestBrowserBrokenIndex(t *testing.T) {
	out := filepath.Join(t.TempDir(), "site")
	var output bytes.Buffer
	if status := run(t.Context(), []string{"build", "--library", filepath.Join("..", "..", "content"), "--out", out}, &output, &output); status != 0 {
		t.Fatalf("build: status %d\n%s", status, output.String())
	}
	b := newBrowser(t)
	site, broken := brittle(t, http.FileServer(http.Dir(out)))
	broken.Store(true)
	b.do(t, chromedp.Navigate(site+"search/?q=replica"))
	b.await(t, `document.querySelector("[data-status]").textContent.includes("could not be read")`)
	if n := ask(t, b, chromedp.Evaluate[int](`document.querySelectorAll("[data-hits] > *").length`)); n > 0 {
		t.Errorf("%d hits of a broken index", n)
	}
	broken.Store(false)
	b.do(t, chromedp.SendKeys("[data-search]", " promoted"), chromedp.WaitVisible("[data-hits] mark"))
	if status := ask(t, b, chromedp.Text("[data-status]")); strings.Contains(status, "could not") {
		t.Errorf("the mended index is still said to be broken: %q", status)
	}
	b.do(t, chromedp.Click("nav a[href$='incidents/']"), chromedp.WaitVisible("main h1"))
	if address := ask(t, b, chromedp.Location()); address != site+"incidents/" {
		t.Errorf("the list of incidents led to %s", address)
	}
}

// TestBrowserServedSearch: what is saved is found at once in the page that serve shows.
func TestBrowserServedSearch(t *testing.T) {
	b, library := newBrowser(t), t.TempDir()
	file := filepath.Join(library, "incidents", "down.md")
	save := func(title string) {
		t.Helper()
		if err := os.WriteFile(file, []byte("---\ntitle: "+title+"\nsummary: S.\ndate: 2024-01-02\n---\nText.\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	save("The walrus database was full")
	b.do(t, chromedp.Navigate(serveHere(t, library)+"search/?q=walrus+OR+penguin"))
	shows := func(title string) {
		t.Helper()
		b.await(t, fmt.Sprintf(`[...document.querySelectorAll("[data-hit]")].map((hit) => hit.textContent).join() === %q`, title))
	}
	shows("The walrus database was full")
	save("The penguin queue was full")
	shows("The penguin queue was full")
	b.quiet(t)
}
