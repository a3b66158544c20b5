package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// policy is the header that netlify.toml sets; the test's server sets it too.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// browser starts Chromium and collects what it complains of: console messages,
// uncaught exceptions, violations of the content security policy, failed requests.
type browser struct {
	context.Context
	mu         sync.Mutex
	complaints []string
}

// newBrowser skips the test, loudly, where there is no Chromium, unless
// FAULTLINE_BROWSER=required.
func newBrowser(t *testing.T) *browser {
	t.Helper()
	return startBrowser(t, 2*time.Minute)
}

// startBrowser does so with flags of Chromium's and ends it after the time.
func startBrowser(t testing.TB, most time.Duration, more ...chromedp.ExecAllocatorOption) *browser {
	t.Helper()
	executable, err := exec.LookPath("chromium")
	if err != nil {
		executable, err = exec.LookPath("google-chrome")
	}
	if err != nil {
		if os.Getenv("FAULTLINE_BROWSER") == "required" {
			t.Fatal("there is no chromium, and FAULTLINE_BROWSER=required")
		}
		t.Skip("SKIPPED: there is no chromium to test the pages in; install the package chromium")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(executable), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.UserDataDir(t.TempDir()), chromedp.WSURLReadTimeout(time.Minute))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(flags, more...)...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	b := &browser{Context: tab}
	if err := b.listen(); err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	limited, cancel := context.WithTimeout(tab, most)
	t.Cleanup(cancel)
	b.Context = limited
	return b
}

// listen starts the browser and hears what it complains of.
func (b *browser) listen() error {
	if err := chromedp.Listen(b, b.hear); err != nil {
		return err
	}
	if _, err := chromedp.Call(b, log.Enable, cdp.Empty{}); err != nil {
		return err
	}
	_, err := chromedp.Call(b, runtime.Enable, cdp.Empty{})
	return err
}

func (b *browser) hear(event any) {
	switch e := event.(type) {
	case *log.EventEntryAdded:
		b.complain("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL)
	case *runtime.EventExceptionThrown:
		b.complain("exception: %s", e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		b.complain("console.%s", e.Type)
	}
}

func (b *browser) complain(format string, args ...any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, fmt.Sprintf(format, args...))
}

// quiet fails the test for everything that Chromium complained of since the last call.
func (b *browser) quiet(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.complaints {
		t.Errorf("chromium: %s", c)
	}
	b.complaints = nil
}

func (b *browser) do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(b, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask returns what an action finds out.
func ask[T any](t testing.TB, b *browser, action chromedp.Action[T]) T {
	t.Helper()
	value, err := chromedp.Run(b, action)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// host builds the example library and serves it as a plain static host would,
// below a path. It returns the site's URL.
func host(t *testing.T) string {
	t.Helper()
	return hostLibrary(t, filepath.Join("..", "..", "content"))
}

// hostLibrary does so with any library.
func hostLibrary(t *testing.T, library string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	files := http.StripPrefix("/team/library/", http.FileServer(http.Dir(out)))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	site := server.URL + "/team/library/"
	var output bytes.Buffer
	args := []string{"build", "--library", library, "--out", out, "--base-url", site}
	if status := run(t.Context(), args, &output, &output); status != 0 {
		t.Fatalf("build: status %d\n%s", status, output.String())
	}
	return site
}

// TestBrowserSearch types a query and follows a hit to its passage.
func TestBrowserSearch(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t,
		chromedp.Navigate(site+"search/"),
		chromedp.SendKeys("[data-search]", "replica was not promoted"),
		chromedp.WaitVisible("[data-hits] mark"),
	)
	if first := ask(t, b, chromedp.Text("[data-hits] [data-hit]")); !strings.Contains(first, "Postgres replica was not promoted") {
		t.Errorf("the first hit is %q", first)
	}
	if status := ask(t, b, chromedp.Text("[data-status]")); !strings.Contains(status, "replica was not promoted") {
		t.Errorf("status %q", status)
	}
	b.do(t, chromedp.Click(`[data-hits] .passage a[href*="#"]`), chromedp.WaitVisible("article h1, main h1"))
	want := site + "incidents/2017-10-10-gocardless-postgres-failover/#"
	if address := ask(t, b, chromedp.Location()); !strings.HasPrefix(address, want) {
		t.Errorf("the hit led to %s", address)
	}
	if !ask(t, b, chromedp.Evaluate[bool](inView)) {
		t.Error("the passage's heading is not in view")
	}
	b.quiet(t)
}

// inView reports whether the element that the address names is on the screen.
const inView = `(() => {
	const e = document.getElementById(decodeURIComponent(location.hash.slice(1)));
	const top = e ? e.getBoundingClientRect().top : -1;
	return top >= -5 && top < innerHeight;
})()`

// TestBrowserKeyboard searches from any page with the keyboard alone.
func TestBrowserKeyboard(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t,
		chromedp.Navigate(site+"causes/"),
		chromedp.KeyEvent("/"),
		chromedp.KeyEvent("expired certificate"),
		chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible("[data-hits] [data-hit]"),
		chromedp.Focus("[data-search]"),
		chromedp.KeyEvent(kb.ArrowDown),
	)
	if address := ask(t, b, chromedp.Evaluate[string](`document.activeElement.href ?? ""`)); !strings.HasPrefix(address, site+"incidents/") {
		t.Errorf("the first result is not in focus: %q", address)
	}
	b.quiet(t)
}

// TestBrowserHonestAnswer says so when nothing is found.
func TestBrowserHonestAnswer(t *testing.T) {
	b, site := newBrowser(t), host(t)
	b.do(t, chromedp.Navigate(site+"search/?q=zzyzxqwv"))
	ask(t, b, chromedp.Poll[bool](`document.querySelector("[data-status]").textContent.includes("No incident")`))
	if status := ask(t, b, chromedp.Text("[data-status]")); !strings.Contains(status, "zzyzxqwv") {
		t.Errorf("status %q", status)
	}
	b.quiet(t)
}

// pages is one page of each kind.
var pages = []string{
	"", "incidents/", "incidents/2017-10-10-gocardless-postgres-failover/", "incidents/2019-07-05-omise-nat-forwarding/",
	"causes/", "causes/failed-failover/", "factors/no-alert/", "services/", "organizations/", "organizations/gocardless/",
	"technologies/", "severities/", "years/", "years/2017/", "search/?q=certificate", "404.html",
}

// TestBrowserEveryKindOfPage opens each kind of page at the width of a phone and of
// a desk, light and dark: nothing may scroll sideways, and Chromium may not complain.
// With FAULTLINE_SCREENSHOTS=DIR it leaves pictures there.
func TestBrowserEveryKindOfPage(t *testing.T) {
	b, site := newBrowser(t), host(t)
	pictures := os.Getenv("FAULTLINE_SCREENSHOTS")
	for _, width := range []int64{320, 390, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			b.do(t, chromedp.EmulateViewport(width, 900))
			b.prefer(t, scheme)
			for _, page := range pages {
				b.do(t, chromedp.Navigate(site+page))
				if over := ask(t, b, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
					t.Errorf("%q at %d px scrolls %v px sideways", page, width, over)
				}
				if pictures != "" {
					b.photograph(t, filepath.Join(pictures, fmt.Sprintf("%s-%d-%s.png", nameOf(page), width, scheme)))
				}
			}
		}
	}
	b.quiet(t)
}

func nameOf(page string) string {
	return strings.Trim("page-"+strings.NewReplacer("/", "-", "?", "-", "=", "-").Replace(page), "-")
}

// prefer sets the color scheme that the reader's system asks for.
func (b *browser) prefer(t *testing.T, scheme string) {
	t.Helper()
	media := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}
	if _, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: media}); err != nil {
		t.Fatal(err)
	}
}

func (b *browser) photograph(t *testing.T, path string) {
	t.Helper()
	if err := os.WriteFile(path, ask(t, b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestBrowserReload edits an incident while its page is open: the page follows, a
// broken edit leaves the last good page up with the problem on it, and mending the
// edit takes the problem away.
func TestBrowserReload(t *testing.T) {
	b, library := newBrowser(t), t.TempDir()
	file := filepath.Join(library, "incidents", "down.md")
	save := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	good := "---\ntitle: First words\nsummary: S.\ndate: 2024-01-02\n---\nText.\n"
	save(good)
	b.do(t, chromedp.Navigate(serveHere(t, library)+"incidents/down/"))
	shows := func(words string) {
		t.Helper()
		b.await(t, fmt.Sprintf("document.documentElement.textContent.includes(%q)", words))
	}
	shows("First words")
	save(strings.Replace(good, "First", "Second", 1))
	shows("Second words")
	save("---\ntitle: [Third\n---\nText.\n")
	shows("incidents/down.md:2")
	save(strings.Replace(good, "First", "Fourth", 1))
	shows("Fourth words")
	b.await(t, `!document.documentElement.textContent.includes("incidents/down.md:2")`)
	b.quiet(t)
}

// await waits until the expression is true, across reloads of the page, which end
// a poll.
func (b *browser) await(t *testing.T, expression string) {
	t.Helper()
	for {
		met, err := chromedp.Run(b, chromedp.Poll[bool](expression))
		if met {
			return
		}
		if b.Err() != nil {
			t.Fatalf("%s did not come true: %v", expression, err)
		}
	}
}

// serveHere runs serve on the library until the test ends and returns its URL.
func serveHere(t *testing.T, library string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int)
	go func() {
		done <- run(ctx, []string{"serve", "--library", library}, in, io.Discard)
		in.Close()
	}()
	t.Cleanup(func() {
		stop()
		if status := <-done; status != 0 {
			t.Errorf("serve ended with status %d", status)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, out)
	return strings.Fields(line)[0]
}
