package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"faultline/themes"
)

// written is a library that a test edits.
type written struct {
	t    *testing.T
	root string
}

func newWritten(t *testing.T, files map[string]string) written {
	t.Helper()
	w := written{t, t.TempDir()}
	w.save("faultline.yaml", "title: Ours\n")
	for name, text := range files {
		w.save(name, text)
	}
	return w
}

func (w written) path(name string) string { return filepath.Join(w.root, filepath.FromSlash(name)) }

func (w written) save(name, text string) {
	w.t.Helper()
	if err := os.MkdirAll(filepath.Dir(w.path(name)), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(w.path(name), []byte(text), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w written) text(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(w.path(name))
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// mark makes the page one that would lose its mark if it were loaded again.
func (b *browser) mark(t *testing.T) {
	t.Helper()
	b.do(t, chromedp.Evaluate[chromedp.Void](`window.marked = true`))
}

const (
	expiry = "---\r\ntitle: Checkout certificate expired # kept\r\nstatus: draft\r\ndate: 2025-11-03\r\n---\r\n\r\n## What happened\r\n\r\n" +
		"The TLS certificate of the checkout load balancer expired. There was no alert on its expiry.\r\n\r\nCustomers noticed first and told support. An engineer forgot to renew it.\r\n"
	suggestion = `.faultline-term[data-term=%q]`
)

// story is a report that is long enough to scroll, with something to open and to focus.
func story(middle string) string {
	return "---\ntitle: A long story\ndate: 2025-01-02\n---\n\n## Before\n\n" + strings.Repeat("What everybody knew at the time.\n\n", 40) +
		"<details><summary>The log</summary>\n\nA line of it.\n\n</details>\n\n[A link](https://example.org/a)\n\n## Middle\n\n" + middle + "\n\n" +
		"## After\n\n" + strings.Repeat("What everybody knew afterwards.\n\n", 40)
}

// An edit changes what is seen and nothing else: neither the reader's place, nor the
// focus, nor what is open.
func TestBrowserFollowsEditsInPlace(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": story("One.")}), newBrowser(t)
	b.do(t, chromedp.Navigate(serveHere(t, w.root)+"incidents/a/"), chromedp.WaitVisible(".faultline-panel"))
	b.mark(t)
	const link = `article a[href="https://example.org/a"]`
	b.do(t, chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("article details")].at(-1).open = true`), chromedp.Focus(link),
		chromedp.Evaluate[chromedp.Void](`document.getElementById("middle").scrollIntoView({behavior: "instant"})`))
	at := ask(t, b, chromedp.Evaluate[float64](`document.getElementById("middle").getBoundingClientRect().top`))
	w.save("incidents/a.md", strings.Replace(story("Two."), "## Before\n", "## Before\n\nA new beginning.\n", 1))
	b.await(t, `document.querySelector("article").textContent.includes("Two.") && document.querySelector("article").textContent.includes("A new beginning.")`)
	b.await(t, `window.marked && document.querySelector("article details").open && document.activeElement.matches('`+link+`')`)
	if now := ask(t, b, chromedp.Evaluate[float64](`document.getElementById("middle").getBoundingClientRect().top`)); now < at-1 || now > at+1 {
		t.Errorf("the heading moved from %v to %v", at, now)
	}
	// The title is part of the page's frame too.
	w.save("incidents/a.md", strings.Replace(story("Three."), "A long story", "Another story", 1))
	b.await(t, `window.marked && document.title.startsWith("Another story") && document.querySelector("h1").textContent === "Another story"`)
	b.quiet(t)
}

// What cannot be taken over in place is loaded again: the header and its listeners, and
// pages whose own scripts work on what they found. The reader's place stays.
func TestBrowserLoadsAgainWhereItMust(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": story("One.")}), newBrowser(t)
	site := serveHere(t, w.root)
	b.do(t, chromedp.Navigate(site+"incidents/a/"), chromedp.WaitVisible(".faultline-panel"))
	b.mark(t)
	b.do(t, chromedp.Evaluate[chromedp.Void](`scrollTo({top: 900, behavior: "instant"})`))
	w.save("faultline.yaml", "title: Theirs\n")
	b.await(t, `!window.marked && document.querySelector("header .name").textContent.includes("Theirs") && scrollY === 900`)
	b.do(t, chromedp.Navigate(site+"search/"), chromedp.WaitVisible(".faultline-panel"))
	b.mark(t)
	w.save("incidents/a.md", story("Two."))
	b.await(t, `!window.marked && document.querySelector("[data-search]") !== null`)
	b.quiet(t)
}

// A page whose incident is gone says so, and comes back with it.
func TestBrowserFollowsDeletions(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": story("One."), "incidents/b.md": expiry}), newBrowser(t)
	b.do(t, chromedp.Navigate(serveHere(t, w.root)+"incidents/a/"), chromedp.WaitVisible(".faultline-panel"))
	if err := os.Remove(w.path("incidents/a.md")); err != nil {
		t.Fatal(err)
	}
	b.await(t, `document.querySelector("article") === null && !document.querySelector("main").textContent.includes("A long story")`)
	w.save("incidents/a.md", story("Two."))
	b.await(t, `document.querySelector("article")?.textContent.includes("Two.") && document.querySelector("h1").textContent === "A long story"`)
	b.complaints = nil // of the status 404, which is what was asked for
}

// With ?follow the edited place comes into view.
func TestBrowserBringsEditsIntoView(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": story("One.")}), newBrowser(t)
	b.do(t, chromedp.Navigate(serveHere(t, w.root)+"incidents/a/?follow"), chromedp.WaitVisible(".faultline-panel"))
	w.save("incidents/a.md", story("Two."))
	b.await(t, `(() => { const {top} = document.getElementById("middle").getBoundingClientRect(); return scrollY > 500 && top >= -1 && top < innerHeight; })()`)
	b.quiet(t)
}

// A changed style sheet is put on without loading the page again.
func TestBrowserSwapsStyleSheets(t *testing.T) {
	tokens, err := fs.ReadFile(themes.Default(), "style/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	w, b := newWritten(t, map[string]string{"incidents/a.md": story("One."), "theme/style/tokens.css": string(tokens)}), newBrowser(t)
	b.do(t, chromedp.Navigate(serveHere(t, w.root)+"incidents/a/"), chromedp.WaitVisible(".faultline-panel"))
	b.mark(t)
	w.save("theme/style/tokens.css", string(tokens)+"\nbody { letter-spacing: 3px }\n")
	b.await(t, `window.marked && getComputedStyle(document.querySelector("article p")).letterSpacing === "3px" &&
		document.querySelectorAll("head link[rel=stylesheet][href*='/style.']").length === 1`)
	b.quiet(t)
}

// Only the page of a broken file says so, over the page as it was; the panel tells of it
// everywhere, until it is mended.
func TestBrowserShowsProblemsWhereTheyAre(t *testing.T) {
	good := "---\ntitle: Good words\ndate: 2024-01-02\n---\nText.\n"
	w, b := newWritten(t, map[string]string{"incidents/a.md": good, "incidents/b.md": strings.Replace(good, "Good", "Other", 1)}), newBrowser(t)
	site := serveHere(t, w.root)
	b.do(t, chromedp.Navigate(site+"incidents/b/"), chromedp.WaitVisible(".faultline-panel"))
	broken := "---\ntitle: [Bad words\ndate: 2024-01-02\n---\nText.\n"
	w.save("incidents/a.md", broken)
	b.await(t, `document.querySelector(".faultline-panel").textContent.includes("incidents/a.md:2") && document.querySelector("summary .faultline-bad").textContent === "1 error"`)
	if ask(t, b, chromedp.Evaluate[bool](`document.querySelector(".faultline-notice") !== null || !document.querySelector("h1").textContent.includes("Other words")`)) {
		t.Error("the page of another file shows the problem")
	}
	b.do(t, chromedp.Navigate(site+"incidents/a/"), chromedp.WaitVisible(".faultline-notice"))
	notice := ask(t, b, chromedp.Text(".faultline-notice"))
	if title := ask(t, b, chromedp.Text("h1")); title != "Good words" {
		t.Errorf("under the notice stands %q, no longer the last good page", title)
	}
	for _, want := range []string{"1 error in this file. Below is the page as it was before", "incidents/a.md:2", "title: [Bad words"} {
		if !strings.Contains(notice, want) {
			t.Errorf("notice %q, want %q", notice, want)
		}
	}
	link := ask(t, b, chromedp.Evaluate[string](`document.querySelector(".faultline-notice a.faultline-place").href`))
	if want := "vscode://file" + filepath.ToSlash(w.path("incidents/a.md")) + ":2:"; !strings.HasPrefix(link, want) {
		t.Errorf("the link opens %s, want %s", link, want)
	}
	b.mark(t)
	w.save("incidents/a.md", strings.Replace(good, "Good", "Mended", 1))
	b.await(t, `window.marked && document.querySelector(".faultline-notice") === null && document.querySelector("h1").textContent.includes("Mended words") &&
		!document.querySelector(".faultline-panel").textContent.includes("incidents/a.md:2")`)
	b.quiet(t)
}

// One key accepts a suggestion, another rejects one, and nothing else of the file changes.
func TestBrowserAcceptsAndRejects(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": expiry}), newBrowser(t)
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(serveHere(t, w.root)+"incidents/a/"), chromedp.WaitVisible(fmt.Sprintf(suggestion, "expiry")))
	b.mark(t)
	b.do(t, chromedp.Focus(fmt.Sprintf(suggestion, "expiry")), chromedp.KeyEvent("a"))
	b.await(t, `!document.querySelector('`+fmt.Sprintf(suggestion, "expiry")+`')`)
	want := strings.Replace(expiry, "date: 2025-11-03\r\n", "date: 2025-11-03\r\ntrigger:\r\n  - {id: expiry, source: accepted}\r\n", 1)
	if got := w.text("incidents/a.md"); got != want {
		t.Errorf("accepted:\n%q\nwant\n%q", got, want)
	}
	// The next suggestion has the focus, and arrows move it.
	b.await(t, `document.activeElement.matches(".faultline-term")`)
	b.do(t, chromedp.KeyEvent(kb.ArrowDown), chromedp.Focus(fmt.Sprintf(suggestion, "no-alert")), chromedp.KeyEvent("r"))
	b.await(t, `!document.querySelector('`+fmt.Sprintf(suggestion, "no-alert")+`')`)
	want = strings.Replace(want, "accepted}\r\n", "accepted}\r\nnot: [no-alert]\r\n", 1)
	if got := w.text("incidents/a.md"); got != want {
		t.Errorf("rejected:\n%q\nwant\n%q", got, want)
	}
	b.await(t, `window.marked && document.querySelector(".faultline-said").textContent === "Rejected No alert." &&
		document.querySelector(".chain .tag, .chain a")?.textContent.includes("Expiry")`)
	// The rest of the panel speaks of the text.
	panel := ask(t, b, chromedp.Text(".faultline-panel"))
	for _, said := range []string{"Draft.", "forgot", "Rather say what would have reminded them", "Impact", "No incident of the library looks like this one"} {
		if !strings.Contains(panel, said) {
			t.Errorf("the panel does not say %q:\n%s", said, panel)
		}
	}
	b.quiet(t)
}

// The panel stays as its reader left it, and does not hide the page from the keyboard.
func TestBrowserRemembersThePanel(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": expiry}), newBrowser(t)
	page := serveHere(t, w.root) + "incidents/a/"
	b.do(t, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(page), chromedp.WaitVisible(".faultline-panel[open]"), chromedp.Focus(".faultline-panel > summary"), chromedp.KeyEvent(kb.Enter))
	b.await(t, `!document.querySelector(".faultline-panel").open && localStorage.getItem("faultline:desk") === "closed"`)
	w.save("incidents/a.md", strings.Replace(expiry, "Checkout", "Payment", 1))
	b.await(t, `document.querySelector("h1").textContent.startsWith("Payment") && !document.querySelector(".faultline-panel").open`)
	b.do(t, chromedp.Navigate(page), chromedp.WaitVisible(".faultline-panel"))
	b.await(t, `!document.querySelector(".faultline-panel").open`)
	b.quiet(t)
}

// An incident is begun from the browser, by any of the templates.
func TestBrowserBeginsAnIncident(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": expiry, "templates/security.md": "---\ntitle: {{title}}\ndate: {{date}}\nstatus: draft\n---\n\n## Whose data\n"}), newBrowser(t)
	w.save("faultline.yaml", "editor: none\n")
	site := serveHere(t, w.root)
	b.do(t, chromedp.Navigate(site+"_faultline/new"), chromedp.SendKeys("[name=title]", `A "quoted" door`), chromedp.SetValue("[name=date]", "2025-02-03"),
		chromedp.Click("[value=security]"), chromedp.KeyEvent(kb.Enter))
	b.await(t, `document.querySelector("[data-said]").textContent.includes("Wrote incidents/2025-02-03-a-quoted-door.md")`)
	if got, want := w.text("incidents/2025-02-03-a-quoted-door.md"), "---\ntitle: \"A \\\"quoted\\\" door\"\ndate: 2025-02-03\nstatus: draft\n---\n\n## Whose data\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
	b.do(t, chromedp.Click("[data-said] a"))
	b.await(t, `document.querySelector(".faultline-panel")?.textContent.includes("Whose data")`)
	b.do(t, chromedp.Navigate(site+"_faultline/new"), chromedp.SendKeys("[name=title]", `A quoted door`), chromedp.SetValue("[name=date]", "2025-02-03"), chromedp.Click("[type=submit]"))
	b.await(t, `document.querySelector("[data-said]").textContent.includes("exists already")`)
	b.complaints = nil // of the status 409, which is what was asked for
}

// The desk fits every width, in light and dark.
func TestBrowserDeskAtEveryWidth(t *testing.T) {
	w, b := newWritten(t, map[string]string{"incidents/a.md": strings.Replace(expiry, "date: 2025-11-03", "date: soon", 1), "incidents/b.md": strings.ReplaceAll(expiry, "\r", "")}), newBrowser(t)
	site, pictures := serveHere(t, w.root), os.Getenv("FAULTLINE_SCREENSHOTS")
	for _, width := range []int64{320, 800, 1440} {
		for _, scheme := range []string{"light", "dark"} {
			b.do(t, chromedp.EmulateViewport(width, 900))
			b.prefer(t, scheme)
			for _, page := range []string{"incidents/a/", "incidents/b/", "_faultline/new"} {
				b.do(t, chromedp.Navigate(site+page))
				if page != "_faultline/new" {
					b.do(t, chromedp.WaitVisible(".faultline-panel"), chromedp.Evaluate[chromedp.Void](`document.querySelector(".faultline-panel").open = true`))
				}
				if over := ask(t, b, chromedp.Evaluate[float64](`document.documentElement.scrollWidth - innerWidth`)); over > 0 {
					t.Errorf("%q at %d px scrolls %v px sideways", page, width, over)
				}
				if pictures != "" {
					b.photograph(t, filepath.Join(pictures, fmt.Sprintf("desk-%s-%d-%s.png", nameOf(page), width, scheme)))
				}
			}
		}
	}
	b.quiet(t)
}
