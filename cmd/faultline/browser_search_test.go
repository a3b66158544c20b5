package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	devtools "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// text returns what an expression of the page says.
func (b *browser) text(t *testing.T, expression string) string {
	t.Helper()
	return ask(t, b, chromedp.Evaluate[string](expression))
}

// foundNow is the number of incidents that the page says there are, -1 where it says none.
const foundNow = `parseInt((document.querySelector("[data-status]").textContent.match(/^[\d,]+ incident/) ?? ["-1"])[0].replace(",", ""))`

// choice is the box of a facet's value.
func choice(facet, value string) string {
	return fmt.Sprintf(`[data-facets] input[name=%q][value=%q]`, facet, value)
}

// TestBrowserFacets narrows a search, undoes it, and comes to the same by its address.
func TestBrowserFacets(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(site+"search/?q=database&keep=me"), chromedp.WaitVisible("[data-facets] input[name=cause]"))
	all := ask(t, b, chromedp.Evaluate[int](foundNow))
	box := `[data-facets] input[name="cause"]`
	value := b.text(t, `document.querySelector('`+box+`').value`)
	count := ask(t, b, chromedp.Evaluate[int](`parseInt(document.querySelector('`+box+`').closest("label").querySelector(".n").textContent)`))
	other := b.text(t, `document.querySelectorAll('`+box+`')[1].value`)
	b.do(t, chromedp.Click(choice("cause", value)))
	b.await(t, fmt.Sprintf("%s === %d", foundNow, count))
	if count <= 0 || count >= all {
		t.Errorf("%q narrows %d incidents to %d", value, all, count)
	}
	b.do(t, chromedp.Click(choice("cause", other)))
	b.await(t, fmt.Sprintf(`%s > %d && document.querySelectorAll("[data-chosen] .chip").length === 2`, foundNow, count))
	address, err := url.Parse(ask(t, b, chromedp.Location()))
	if got := address.Query(); err != nil || !slices.Equal(got["cause"], []string{value, other}) || got.Get("q") != "database" || got.Get("keep") != "me" {
		t.Errorf("the address says %v (%v)", got, err)
	}
	both := b.text(t, `document.querySelector("[data-hits]").textContent`)

	b.do(t, chromedp.Evaluate[chromedp.Void]("history.back()"))
	b.await(t, fmt.Sprintf("%s === %d && !document.querySelector('%s').checked", foundNow, count, choice("cause", other)))
	b.do(t, chromedp.Evaluate[chromedp.Void]("history.forward()"))
	b.await(t, fmt.Sprintf(`document.querySelector("[data-hits]").textContent === %q`, both))
	b.do(t, chromedp.Reload(), chromedp.WaitVisible(choice("cause", value)))
	if got := b.text(t, `document.querySelector("[data-hits]").textContent`); got != both {
		t.Error("the same address has another answer")
	}
	b.do(t, chromedp.Click("[data-chosen] .plain"))
	b.await(t, fmt.Sprintf(`%s === %d && !location.search.includes("cause")`, foundNow, all))
	b.quiet(t)
}

// TestBrowserFacetWithoutItsPiece counts all facets but the one whose piece is missing, and
// shows the hits.
func TestBrowserFacetWithoutItsPiece(t *testing.T) {
	b, site := newBrowser(t), host(t)
	var broken atomic.Pointer[string]
	piece := pieceOfFacet(t, site, "cause")
	broken.Store(&piece)
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(mirror(t, site, &broken)+"search/?q=database"), chromedp.WaitVisible("[data-facets] input[name=year]"), chromedp.WaitVisible("[data-hit]"))
	b.await(t, `[...document.querySelectorAll(".facet")].filter((facet) => facet.textContent.includes("could not be read")).map((facet) => facet.querySelector("summary").textContent).join() === "Cause"`)
}

// pieceOfFacet is the name of the piece that has the counts of a facet.
func pieceOfFacet(t *testing.T, site, name string) string {
	t.Helper()
	b := newBrowser(t)
	b.do(t, chromedp.Navigate(site+"search/"))
	const script = `(async () => {
		const { open } = await import("./client.js")
		const asked = []
		const search = await open("../", { fetch: (url) => (asked.push(url), fetch(url)) })
		await search.search("", { limit: 0, within: [["year", "1999"]] })
		const before = asked.length
		await search.search("", { limit: 0, facets: [%q], within: [["year", "1999"]] })
		document.title = asked.slice(before).map((url) => url.slice(url.lastIndexOf("/") + 1)).join()
	})()`
	b.do(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(script, name)))
	b.await(t, `document.title.endsWith(".bin")`)
	return b.text(t, "document.title")
}

// TestBrowserFilterAlone lists incidents that nothing was asked of but a filter, in the
// order that the address says.
func TestBrowserFilterAlone(t *testing.T) {
	b, site := newBrowser(t), host(t)
	dates := func() []string {
		t.Helper()
		b.await(t, `document.querySelectorAll("[data-hits] .hit").length > 1`)
		return ask(t, b, chromedp.Evaluate[[]string](`[...document.querySelectorAll("[data-hits] .facts")].map((e) => e.firstChild.textContent)`))
	}
	b.do(t, chromedp.Navigate(site+"search/?year=2019&year=2021&sort=oldest"))
	if got := dates(); !slices.IsSorted(got) || got[0][:4] != "2019" {
		t.Errorf("the oldest first: %v", got)
	}
	b.do(t, chromedp.SetValue("[data-sort]", "newest"), chromedp.Evaluate[chromedp.Void](`document.querySelector("[data-sort]").dispatchEvent(new Event("change"))`))
	b.await(t, `location.search.includes("sort=newest") && document.querySelector("[data-hits] .facts").textContent.startsWith("2021")`)
	b.quiet(t)
}

// TestBrowserServeSearches: the authoring server's search page does the same.
func TestBrowserServeSearches(t *testing.T) {
	library := t.TempDir()
	for name, cause := range map[string]string{"a": "overload", "b": "misconfiguration"} {
		text := "---\ntitle: The database failed\ndate: 2024-01-02\ncauses: [" + cause + "]\n---\nIt failed.\n"
		if err := os.WriteFile(filepath.Join(library, name+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, site := newBrowser(t), serveHere(t, library)
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(site+"search/"), chromedp.SendKeys("[data-search]", "database"), chromedp.WaitVisible(choice("cause", "overload")))
	b.do(t, chromedp.Click(choice("cause", "overload")))
	b.await(t, foundNow+` === 1 && document.querySelector("[data-hit]").href.endsWith("/incidents/a/")`)
	b.quiet(t)
}

// TestBrowserNothingMoves measures how much of the page moves that nobody touched.
func TestBrowserNothingMoves(t *testing.T) {
	b, site := newBrowser(t), host(t)
	for _, width := range []int64{390, 1440} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		for _, page := range []string{"search/", "search/?q=database+replica", "search/?q=database&cause=misconfiguration&year=2021", "search/?q=zzyzxqwv&year=2021"} {
			b.do(t, chromedp.Navigate(site+page))
			b.await(t, `document.readyState === "complete" && (!location.search || /^(No|[\d,]+) incident/.test(document.querySelector("[data-spoken]").textContent))`)
			moved := ask(t, b, chromedp.Evaluate[string](shift, chromedp.EvalAwaitPromise))
			if moved != "" {
				t.Errorf("%q at %d px: cumulative layout shift %s", page, width, moved)
			}
		}
	}
	b.quiet(t)
}

// shift says what has moved of the page so far, "" where nothing has.
const shift = `new Promise((done) => {
	const moved = [];
	let sum = 0;
	new PerformanceObserver((list) => {
		for (const e of list.getEntries()) {
			sum += e.value;
			for (const s of e.sources) moved.push(s.node && (s.node.outerHTML || s.node.textContent).slice(0, 80));
		}
	}).observe({ type: "layout-shift", buffered: true });
	requestAnimationFrame(() => requestAnimationFrame(() => done(sum > 0 ? sum + ": " + moved.join() : "")));
})`

// TestBrowserKeysFromAnyPage goes to the search with Ctrl-K, through the hits and back.
func TestBrowserKeysFromAnyPage(t *testing.T) {
	b, site := newBrowser(t), host(t)
	control := chromedp.KeyModifiers(chromedp.ModifierCtrl)
	focused := func() string {
		return b.text(t, `document.activeElement.id || document.activeElement.dataset.hit === "" && "hit" || ""`)
	}
	for page, box := range map[string]string{"incidents/2019-07-05-omise-nat-forwarding/": "fl:quick", "404.html": "fl:ask", "search/": "fl:ask"} {
		b.do(t, chromedp.Navigate(site+page), chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"), chromedp.KeyEvent("k", control))
		if got := focused(); got != box {
			t.Errorf("%s: Ctrl-K goes to %q", page, got)
		}
	}
	b.do(t, chromedp.Navigate(site+"search/?q=certificate"), chromedp.WaitVisible("[data-hit]"), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if got := b.text(t, "document.activeElement.href"); got != b.text(t, `document.querySelectorAll("[data-hit]")[1].href`) {
		t.Errorf("two arrows lead to %q", got)
	}
	b.do(t, chromedp.KeyEvent(kb.Escape))
	if got := focused(); got != "fl:ask" {
		t.Errorf("Escape leads to %q", got)
	}
	b.quiet(t)
}

// download clicks on what gives a file and returns the file.
func (b *browser) download(t *testing.T, selector string) string {
	t.Helper()
	dir, yes, done := t.TempDir(), true, make(chan string, 1)
	if err := chromedp.ListenBrowser(b, func(event any) {
		if e, ok := event.(*devtools.EventDownloadProgress); ok && e.State == devtools.DownloadProgressStateCompleted {
			done <- e.GUID
		}
	}); err != nil {
		t.Fatal(err)
	}
	_, err := chromedp.CallBrowser(b, devtools.SetDownloadBehavior, devtools.SetDownloadBehaviorParams{
		Behavior: devtools.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &yes,
	})
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Click(selector))
	select {
	case name := <-done:
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	case <-b.Done():
		t.Fatalf("%s gives no file", selector)
		return ""
	}
}

// hostileTitle is inert on a page, and no formula in a spreadsheet.
const hostileTitle = `=HYPERLINK("https://evil.example","x")<img src=x onerror=alert(1)>, "quoted"`

// TestBrowserSave saves all hits, not only those shown, and what a hostile report says
// does nothing on the page nor in a spreadsheet.
func TestBrowserSave(t *testing.T) {
	library := t.TempDir()
	for i := range 25 {
		text := fmt.Sprintf("---\ntitle: 'A database failed %d'\ndate: 2024-01-%02d\nservices: [api, '-web']\n---\nThe database failed.\n", i, i+1)
		if i == 0 {
			text = "---\ntitle: '" + hostileTitle + "'\ndate: 2024-02-01\n---\nThe database failed.\n"
		}
		if err := os.WriteFile(filepath.Join(library, fmt.Sprintf("i%d.md", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, site := newBrowser(t), hostLibrary(t, library)
	b.do(t, chromedp.Navigate(site+"search/?q=database&sort=newest"), chromedp.WaitVisible("[data-hit]"))
	if shown := ask(t, b, chromedp.Evaluate[int](`document.querySelectorAll("[data-hits] img").length`)); shown > 0 {
		t.Error("a title makes an element")
	}
	if got := b.text(t, `document.querySelector("[data-hit]").textContent`); got != hostileTitle {
		t.Errorf("the title is shown as %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.download(t, "[data-save=csv]"), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != 26 {
		t.Fatalf("%d rows (%v)", len(rows), err)
	}
	if want := []string{"id", "title", "date", "organization", "services", "severity", "lasted", "restored_by", "url", "score"}; !slices.Equal(rows[0], want) {
		t.Errorf("the columns are %q", rows[0])
	}
	if got := rows[1]; got[1] != "'"+hostileTitle || got[2] != "2024-02-01" || got[8] != site+"incidents/i0/" {
		t.Errorf("the first row is %q", got)
	}
	var saved struct {
		Query string
		Total int
		Hits  []struct{ Title string }
	}
	if err := json.Unmarshal([]byte(b.download(t, "[data-save=json]")), &saved); err != nil || saved.Query != "database" || saved.Total != 25 || len(saved.Hits) != 25 || saved.Hits[0].Title != hostileTitle {
		t.Errorf("saved as JSON: %+v (%v)", saved, err)
	}
	b.quiet(t)
}

// TestBrowserPaste reads what was pasted into the box of one line as an alert, and keeps
// it out of the address.
func TestBrowserPaste(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.Navigate(site+"search/"))
	pasted := "2024-03-01T10:00:00Z level=error token=s3cr3t host=db-17.internal\nFATAL: remaining connection slots are reserved for non-replication superuser connections\n"
	b.do(t, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.setData("text/plain", %q);
		document.querySelector("[data-search]").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
	})()`, pasted)))
	b.await(t, `document.querySelector("[data-reading]").textContent.includes("Searched for") && document.querySelectorAll("[data-hit]").length > 0`)
	if got := b.text(t, `document.querySelector("[data-pasted]").value`); got != pasted {
		t.Errorf("the box of several lines holds %q", got)
	}
	if address := ask(t, b, chromedp.Location()); !strings.Contains(address, "connection") || strings.Contains(address, "s3cr3t") {
		t.Errorf("the address is %s", address)
	}
	b.quiet(t)
}

// TestBrowserStart offers examples that have answers, and what was searched for before.
func TestBrowserStart(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.Navigate(site+"search/"), chromedp.WaitVisible("[data-start] a"))
	examples := ask(t, b, chromedp.Evaluate[[]string](`[...document.querySelectorAll("[data-start] a")].map((a) => a.href)`))
	for _, example := range examples {
		b.do(t, chromedp.Navigate(example))
		b.await(t, `document.querySelector("[data-status]").textContent.includes("incident")`)
		if n := ask(t, b, chromedp.Evaluate[int](foundNow)); n < 1 {
			t.Errorf("%s finds nothing", example)
		}
	}
	if len(examples) < 3 {
		t.Errorf("%d examples", len(examples))
	}
	b.do(t, chromedp.Navigate(site+"search/"), chromedp.SendKeys("[data-search]", "expired certificate"+kb.Enter), chromedp.WaitVisible("[data-hit]"))
	b.await(t, `localStorage.getItem("searches") !== null`)
	b.do(t, chromedp.Navigate(site+"search/"), chromedp.WaitVisible("[data-recent] a"))
	if got := b.text(t, `document.querySelector("[data-recent] a").textContent`); got != "expired certificate" {
		t.Errorf("searched before: %q", got)
	}
	b.do(t, chromedp.Click("[data-recent] button"))
	b.await(t, `!document.querySelector("[data-recent] a") && localStorage.getItem("searches") === null`)
	b.quiet(t)
}

// TestBrowserWayOut says what finds something where nothing does.
func TestBrowserWayOut(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.Navigate(site+"search/?q=database&year=1999"), chromedp.WaitVisible("[data-notes] button"), chromedp.Click("[data-notes] button"), chromedp.WaitVisible("[data-hit]"))
	if address := ask(t, b, chromedp.Location()); address != site+"search/?q=database" {
		t.Errorf("without the filter: %s", address)
	}
	b.do(t, chromedp.Navigate(site+"search/?q=%2Bdatabase+%2Btitle%3Azzyzxqwv"), chromedp.WaitVisible("[data-notes] button"), chromedp.WaitVisible("[data-browse] a"))
	if got := b.text(t, `document.querySelector("[data-notes] button").textContent`); !strings.HasSuffix(got, "database zzyzxqwv") {
		t.Errorf("the words alone: %q", got)
	}
	b.quiet(t)
}

// TestBrowserTriesAgain: an index that cannot be read is said to be so, and is read as
// soon as it can be.
func TestBrowserTriesAgain(t *testing.T) {
	site := host(t)
	var broken atomic.Pointer[string]
	for _, part := range []string{"client.js", "manifest.json", "/pieces/"} {
		t.Run(part, func(t *testing.T) {
			b := newBrowser(t)
			broken.Store(&part)
			server := mirror(t, site, &broken)
			b.do(t, chromedp.Navigate(server+"search/?q=certificate"))
			b.await(t, `document.querySelector("[data-status]").textContent.includes("could not be read")`)
			broken.Store(nil)
			b.do(t, chromedp.SendKeys("[data-search]", "s"), chromedp.WaitVisible("[data-hit]"))
		})
	}
}

// mirror serves the site but for the paths that have the broken part.
func mirror(t *testing.T, site string, broken *atomic.Pointer[string]) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if part := broken.Load(); part != nil && strings.Contains(r.URL.Path, *part) {
			http.NotFound(w, r)
			return
		}
		answer, err := http.Get(site + strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
			return
		}
		defer answer.Body.Close()
		w.Header().Set("Content-Type", answer.Header.Get("Content-Type"))
		w.WriteHeader(answer.StatusCode)
		_, _ = io.Copy(w, answer.Body)
	}))
	t.Cleanup(server.Close)
	return server.URL + "/"
}
