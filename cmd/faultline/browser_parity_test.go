package main

import (
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/chromedp/chromedp"
)

// askedOfBoth is a sample of the language, as package index compares it at large without
// a browser.
var askedOfBoth = []string{
	"replica was not promoted", `"was not promoted" +postgres`, "+etcd -kubernetes", "replcia failovr", "k8s oom lb", "certif* renew*", "postgrse~",
	"cause:overload OR cause:misconfiguration", "-(staging OR test) database", "service:\"feature flags\"", "date:2019..2021-06 duration:>1h", "severity:<=1 sev1",
	"cause:nope", "panic: runtime error", "HTTP 503 - upstream", "Zürich データベース 🔥", "the and of", "staging differed from production", "((((dns))))", "\"unclosed",
}

// seen is an answer as far as somebody sees it.
type seen struct {
	Total int
	Notes []string
	Hits  []struct {
		Path, Title, Lasted string
		Score               float64
		Passages, Why       any
	}
}

// TestBrowserParity: Chromium finds on a static host what the command line finds.
func TestBrowserParity(t *testing.T) {
	b, site := newBrowser(t), host(t)
	queries, err := json.Marshal(askedOfBoth)
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Navigate(site+"search/"), chromedp.Evaluate[chromedp.Void](`(async () => {
		const search = await (await import("./client.js")).open("../")
		const answers = []
		for (const query of `+string(queries)+`) answers.push(await search.search(query, { limit: 7 }))
		document.body.dataset.answers = JSON.stringify(answers)
	})()`))
	b.await(t, `document.body.dataset.answers !== undefined`)
	var got []seen
	if err := json.Unmarshal([]byte(b.text(t, "document.body.dataset.answers")), &got); err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	for i, q := range askedOfBoth {
		if want := foundByCommand(t, cache, q); !agree(got[i], want) {
			t.Errorf("%q\nChromium     %+v\ncommand line %+v", q, got[i], want)
		}
	}
	b.quiet(t)
}

// foundByCommand is what faultline search prints.
func foundByCommand(t *testing.T, cache, query string) (want seen) {
	t.Helper()
	var output, problems bytes.Buffer
	args := []string{"search", "--library", filepath.Join("..", "..", "content"), "--cache", cache, "--limit", "7", "--json", "--", query}
	if status := run(t.Context(), args, &output, &problems); status != 0 {
		t.Fatalf("%q: status %d\n%s", query, status, problems.String())
	}
	if err := json.Unmarshal(output.Bytes(), &want); err != nil {
		t.Fatal(err)
	}
	return want
}

// agree reports whether two answers are the same, scores but for rounding.
func agree(got, want seen) bool {
	for i := range min(len(got.Hits), len(want.Hits)) {
		if g, w := got.Hits[i].Score, want.Hits[i].Score; math.Abs(g-w) <= 1e-6*math.Abs(w) {
			got.Hits[i].Score = w
		}
	}
	return reflect.DeepEqual(got, want)
}
