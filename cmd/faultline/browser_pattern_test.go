package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// patternPages returns one page of each kind that tells what recurs.
func (b *browser) patternPages(t *testing.T, site string) []string {
	t.Helper()
	b.do(t, chromedp.Navigate(site+"patterns/combinations/"))
	combination := strings.TrimPrefix(b.text(t, `document.querySelector(".counted .entry a").href`), site)
	return append([]string{combination}, studyPages...)
}

// studyPages are those whose address is always the same.
var studyPages = []string{
	"patterns/", "patterns/combinations/", "patterns/matrix/cause-by-factor/", "patterns/repeats/",
	"patterns/durations/", "patterns/time/", "patterns/wrong-turns/",
	"patterns/actions/", "patterns/actions/all/", "causes/limit-reached/", "mitigations/rollback/", "impacts/outage-full/",
	"technologies/kubernetes/", "incidents/2021-06-30-dfds-targets-detached-upgrade/", "",
}

// TestBrowserPatternPages holds each kind of page against what its readers need, on
// phones and desks, light and dark.
func TestBrowserPatternPages(t *testing.T) {
	b, site := newBrowser(t), host(t)
	audit, err := os.ReadFile(filepath.Join("testdata", "browser", "audit.js"))
	if err != nil {
		t.Fatal(err)
	}
	patterns := b.patternPages(t, site)
	for _, width := range []int64{320, 390, 1440} {
		b.do(t, chromedp.EmulateViewport(width, 900))
		for _, scheme := range []string{"light", "dark"} {
			b.prefer(t, scheme)
			for _, path := range patterns {
				b.do(t, chromedp.Navigate(site+path))
				if moved := ask(t, b, chromedp.Evaluate[string](shift, chromedp.EvalAwaitPromise)); moved != "" {
					t.Errorf("%q at %d px: cumulative layout shift %s", path, width, moved)
				}
				for _, complaint := range ask(t, b, chromedp.Evaluate[[]string](string(audit))) {
					t.Errorf("%q at %d px, %s: %s", path, width, scheme, complaint)
				}
				if over := ask(t, b, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
					t.Errorf("%q at %d px scrolls %v px sideways", path, width, over)
				}
			}
		}
	}
	b.quiet(t)
}

// variantsShown are the classes of the ways to count that the page shows.
const variantsShown = `[...new Set([...document.querySelectorAll(".counted")].filter((e) => e.checkVisibility()).map((e) => e.classList[1]))].join()`

// TestBrowserCounting counts tags in another way without JavaScript; with it, the choice
// is kept for the next page.
func TestBrowserCounting(t *testing.T) {
	b, site := newBrowser(t), host(t)
	counts := func(want string) {
		t.Helper()
		if got := b.text(t, variantsShown); got != want {
			t.Errorf("the page counts %q, want %q", got, want)
		}
	}
	b.scripts(t, false)
	for _, path := range []string{"patterns/combinations/", "patterns/matrix/cause-by-factor/", "patterns/wrong-turns/", "patterns/time/"} {
		b.do(t, chromedp.Navigate(site+path))
		counts("people")
		b.do(t, chromedp.Click(`[name=counting][value=both]`))
		counts("both")
		b.do(t, chromedp.KeyEvent(kb.ArrowUp))
		counts("suggested")
	}
	b.scripts(t, true)
	b.do(t, chromedp.Navigate(site+"patterns/combinations/"), chromedp.Click(`[name=counting][value=both]`), chromedp.Navigate(site+"patterns/matrix/cause-by-factor/"))
	counts("both")
	b.do(t, chromedp.Navigate(site+"patterns/wrong-turns/"), chromedp.Click(`[name=counting][value=people]`), chromedp.Reload())
	counts("people")
	b.quiet(t)
}

// scripts says whether pages may run scripts.
func (b *browser) scripts(t *testing.T, allowed bool) {
	t.Helper()
	if _, err := chromedp.Call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !allowed}); err != nil {
		t.Fatal(err)
	}
}

// The rows of a matrix: their names, and their numbers in its third column.
const (
	rowNames = `[...document.querySelectorAll(".counted.people .matrix tbody th a")].map((e) => e.textContent)`
	column3  = `[...document.querySelectorAll(".counted.people .matrix tbody tr")].map((row) => Number(row.cells[3].textContent))`
)

// TestBrowserMatrixSorts sorts a matrix by a column and back with the keyboard alone.
func TestBrowserMatrixSorts(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.Navigate(site+"patterns/matrix/cause-by-factor/"), chromedp.WaitEnabled(".counted.people .sort"))
	first := ask(t, b, chromedp.Evaluate[[]string](rowNames))
	button := `.counted.people .matrix th:nth-child(4) .sort`
	b.do(t, chromedp.Focus(button), chromedp.KeyEvent(kb.Enter))
	numbers := ask(t, b, chromedp.Evaluate[[]int](column3))
	if !slices.IsSortedFunc(numbers, func(a, b int) int { return b - a }) || numbers[0] == 0 {
		t.Errorf("sorted by a column: %v", numbers)
	}
	if got := b.text(t, `document.activeElement.getAttribute("aria-pressed")`); got != "true" {
		t.Errorf("the button says pressed: %q", got)
	}
	if names := ask(t, b, chromedp.Evaluate[[]string](rowNames)); slices.Equal(names, first) {
		t.Error("the order is the same")
	}
	b.do(t, chromedp.KeyEvent(" "))
	if names := ask(t, b, chromedp.Evaluate[[]string](rowNames)); !slices.Equal(names, first) {
		t.Errorf("back in its own order: %q, was %q", names, first)
	}
	b.quiet(t)
}

// cellsAsked asks the search of each cell of the matrix for what the cell's address asks
// for, and lists where it finds another number of incidents.
const cellsAsked = `(async () => {
	const client = await import(new URL("search/client.js", new URL(document.documentElement.dataset.root, location.href)));
	const search = await client.open(new URL(document.documentElement.dataset.root, location.href).href);
	const wrong = [];
	const cells = [...document.querySelectorAll(".matrix td a")];
	for (const cell of cells) {
		const asked = new URL(cell.href).searchParams;
		const within = [...asked].filter(([name]) => name !== "q");
		const found = await search.search(asked.get("q") ?? "", { within, limit: 1, passages: false });
		if (found.total !== Number(cell.textContent)) wrong.push(cell.title + " but " + found.total + " for " + new URL(cell.href).search);
	}
	return cells.length === 0 ? ["there are no cells"] : wrong;
})()`

// TestBrowserMatrixCells: a cell leads to as many incidents as it says, in every way of
// counting.
func TestBrowserMatrixCells(t *testing.T) {
	b, site := newBrowser(t), host(t)
	for _, pair := range []string{"cause-by-factor", "trigger-by-mitigation", "detection-by-impact"} {
		b.do(t, chromedp.Navigate(site+"patterns/matrix/"+pair+"/"))
		for _, wrong := range ask(t, b, chromedp.Evaluate[[]string](cellsAsked, chromedp.EvalAwaitPromise)) {
			t.Errorf("%s: %s", pair, wrong)
		}
	}
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(site+"patterns/matrix/cause-by-factor/"))
	cell := `.counted.people .matrix td a`
	n := b.text(t, fmt.Sprintf("document.querySelector(%q).textContent", cell))
	address, err := url.Parse(b.text(t, fmt.Sprintf("document.querySelector(%q).href", cell)))
	if err != nil {
		t.Fatal(err)
	}
	b.do(t, chromedp.Click(cell))
	b.await(t, foundNow+" === "+n)
	for _, facet := range []string{"cause", "factor"} {
		b.do(t, chromedp.WaitVisible(choice(facet, address.Query().Get(facet))+":checked"))
	}
	b.quiet(t)
}

// TestBrowserOnThisDay shows what happened on the reader's day, and nothing on a day on
// which nothing did.
func TestBrowserOnThisDay(t *testing.T) {
	library := t.TempDir()
	for name, date := range map[string]string{"then": "2019-06-30", "again": "2021-06-30", "other": "2021-07-01", "month": "2020-06"} {
		text := "---\ntitle: It failed " + name + "\ndate: " + date + "\n---\nIt failed.\n"
		if err := os.WriteFile(filepath.Join(library, name+".md"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, site := newBrowser(t), hostLibrary(t, library)
	for day, want := range map[string]string{"2026-06-30": "It failed again,It failed then", "2026-07-01": "It failed other", "2026-07-02": ""} {
		b.pretend(t, day)
		b.do(t, chromedp.Navigate(site+"patterns/time/"))
		if got := b.text(t, `[...document.querySelectorAll("[data-today] a")].filter((e) => e.checkVisibility()).map((e) => e.textContent).join()`); got != want {
			t.Errorf("on %s: %q, want %q", day, got, want)
		}
		if shown := ask(t, b, chromedp.Evaluate[bool](`document.querySelector("[data-today] h2").checkVisibility()`)); shown != (want != "") {
			t.Errorf("on %s the heading is shown: %v", day, shown)
		}
	}
	b.quiet(t)
}

// pretend lets the pages that are opened from now on believe that it is noon of a day.
func (b *browser) pretend(t *testing.T, day string) {
	t.Helper()
	noon, err := time.ParseInLocation("2006-01-02 15", day+" 12", time.Local)
	if err != nil {
		t.Fatal(err)
	}
	source := fmt.Sprintf("Date = class extends Date { constructor(...given) { super(...(given.length ? given : [%d])); } };", noon.UnixMilli())
	if _, err := chromedp.Call(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: source}); err != nil {
		t.Fatal(err)
	}
}

// unprintable lists what of the page a sheet of paper does not show, or what of the screen
// it should not.
const unprintable = `(() => {
	const wrong = [];
	for (const e of document.querySelectorAll("body > header, body > footer, .counting, .sort, .pairs")) {
		if (e.checkVisibility()) wrong.push("prints " + e.className);
	}
	for (const e of document.querySelectorAll("main :is(table, svg.plot, figure, h1, p)")) {
		const box = e.getBoundingClientRect();
		if (e.checkVisibility() && (box.right > innerWidth + 1 || box.width === 0)) wrong.push("beyond the sheet: " + e.localName + "." + e.className + " " + box.right.toFixed());
	}
	for (const e of document.querySelectorAll("figure details table")) {
		const counted = e.closest(".counted");
		if ((!counted || counted.checkVisibility()) && e.getBoundingClientRect().height === 0) wrong.push("the numbers behind a chart are folded");
	}
	return wrong;
})()`

// TestBrowserPrint: on paper there are the charts with their numbers and whole tables, and
// nothing to press.
func TestBrowserPrint(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.EmulateViewport(680, 960)) // an A4 sheet between its margins
	if _, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}); err != nil {
		t.Fatal(err)
	}
	for _, path := range b.patternPages(t, site) {
		b.do(t, chromedp.Navigate(site+path))
		for _, wrong := range ask(t, b, chromedp.Evaluate[[]string](unprintable)) {
			t.Errorf("%q: %s", path, wrong)
		}
		if ink := b.text(t, `getComputedStyle(document.querySelector("main p")).color`); !strings.HasPrefix(ink, "rgb(0, 0, 0)") && !strings.HasPrefix(ink, "rgb(51, 51, 51)") {
			t.Errorf("%q prints in %s", path, ink)
		}
	}
	b.quiet(t)
}
