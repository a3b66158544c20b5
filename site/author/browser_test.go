package author

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tab is a page in Chromium.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// openTab starts Chromium, which fails the test for whatever it reports as an
// error: exceptions, blocked resources, violations of the content security policy.
func openTab(t *testing.T) tab {
	t.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		t.Skip("SKIPPED: there is no chromium to test reloading in; install the package chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.ExecPath("chromium"), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("exception: %v", e.ExceptionDetails)
		case *cdplog.EventEntryAdded:
			if e.Entry.Level == cdplog.EntryLevelError && !strings.Contains(e.Entry.Text, "net::ERR_") {
				t.Errorf("browser: %s %s", e.Entry.Text, e.Entry.URL)
			}
		}
	})
	if err != nil {
		t.Fatalf("start chromium: %v", err)
	}
	return tab{t, ctx}
}

func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// until waits for the expression to be true, on whatever page comes.
func (b tab) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, deadline)
	defer cancel()
	for {
		// A page that goes away while it is asked is an error, the next one is asked.
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err == nil {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("never true: %s", expression)
		}
	}
}

// tall is a page that can be scrolled.
func tall(text string) string {
	return `<!doctype html><html lang="en"><title>x</title><script src="/_faultline/reload.js" defer></script><link rel="icon" href="data:,"><h1>` +
		text + "</h1>" + strings.Repeat("<p>A line of the report.</p>", 300)
}

func TestPagesReloadInABrowser(t *testing.T) {
	x := newTree(t)
	x.write("index.html", tall("first"))
	s := serveFolder(t, x)
	b := openTab(t)
	b.do(chromedp.Navigate(s.url))
	b.until(`document.querySelector("link[href='/_faultline/reload.css']")?.sheet != null`)
	b.do(chromedp.Evaluate[chromedp.Void](`scrollTo(0, 2000)`))
	b.until(`scrollY === 2000`)

	x.save("index.html", tall("second"))
	b.until(`document.querySelector("h1").textContent === "second" && scrollY === 2000`)

	const notice = `document.querySelector(".faultline-notice")`
	x.save("bad.html", "FATAL")
	b.until(notice + `?.textContent.includes("the disk is on fire")`)
	b.until(`getComputedStyle(` + notice + `).position === "fixed"`)
	b.do(chromedp.Click(chromedp.CSS(".faultline-notice button")))
	b.until(notice + ` === null`)

	// A file's problem stands on its own page, and this one is not of it.
	x.save("bad.html", "BROKEN")
	b.until(`document.querySelector(".faultline-panel")?.textContent.includes("bad.html:3") && ` + notice + ` === null && scrollY === 2000`)

	x.save("bad.html", "mended")
	b.until(`document.readyState === "complete" && ` + notice + ` === null && scrollY === 2000`)
}

// All tabs of a browser share one stream, which ends with the last of them.
func TestTabsShareOneStream(t *testing.T) {
	x := newTree(t)
	x.write("index.html", tall("first"))
	open := openFolder(x.root)
	streams := make(chan int, 100)
	s := newServer(open, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, log.New(io.Discard, "", 0))
	var running atomic.Int32
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/_faultline/events" {
			streams <- int(running.Add(1))
			defer func() { streams <- int(running.Add(-1)) }()
		}
		s.handler().ServeHTTP(w, r)
	}))
	t.Cleanup(func() { web.CloseClientConnections(); web.Close() })
	s.hosts = []string{strings.TrimPrefix(web.URL, "http://")}
	s.open(t.Context(), nil)

	b := openTab(t)
	tabs := []tab{b}
	for range 7 { // more than a browser has connections
		ctx, closeTab := chromedp.NewContext(b.ctx)
		t.Cleanup(closeTab)
		tabs = append(tabs, tab{t, ctx})
	}
	for _, tab := range tabs {
		tab.do(chromedp.Navigate(web.URL))
		tab.until(`document.querySelector(".faultline-panel") !== null`)
	}
	x.save("index.html", tall("second"))
	s.open(t.Context(), []string{"index.html"})
	for _, tab := range tabs {
		tab.until(`document.querySelector("h1").textContent === "second"`)
	}
	for _, tab := range tabs {
		tab.do(chromedp.Navigate("about:blank"))
	}
	// A browser may begin its stream anew, but never has it two.
	for timeout, began := time.After(deadline), false; ; {
		select {
		case n := <-streams:
			if n > 1 {
				t.Fatalf("%d tabs have %d streams at once", len(tabs), n)
			}
			if began = began || n == 1; began && running.Load() == 0 && len(streams) == 0 {
				return
			}
		case <-timeout:
			t.Fatal("the stream does not end with the last tab")
		}
	}
}

// A page finds a server that was started again, and what has changed meanwhile, also in
// a browser whose tabs cannot share a stream.
func TestPagesSurviveARestart(t *testing.T) {
	for name, worker := range map[string]string{"a shared worker": "", "none": "delete window.SharedWorker"} {
		t.Run(name, func(t *testing.T) { restart(t, worker) })
	}
}

func restart(t *testing.T, before string) {
	x := newTree(t)
	x.write("index.html", tall("first"))
	s := serveFolder(t, x)
	b := openTab(t)
	if _, err := chromedp.Call(b.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: before}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(s.url))
	b.until(`document.querySelector("h1").textContent === "first"`)
	s.stop()
	x.save("index.html", tall("second"))
	serveFolderAt(t, x, s.url)
	b.until(`document.querySelector("h1").textContent === "second"`)
}
