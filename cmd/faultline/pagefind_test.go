//go:build unix

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/chromedp/chromedp"

	"faultline/site"
	"faultline/site/incident"
	"faultline/site/sample"
)

// pagefindPackage is what the rival is installed as.
const pagefindPackage = "pagefind@1.6.0"

// BenchmarkPagefind compares the static search with Pagefind's: the same generated
// reports, the same pages, one run, the same Chromium. It needs npm and Chromium:
//
//	go test ./cmd/faultline -run '^$' -bench 'Pagefind/10000' -benchtime 1x -timeout 60m
//
// Pagefind is given the pages of the incidents alone, of each the element main without the
// lists of other incidents, and the values of our facets as its filters; its own default
// interface shows them. Both are served by the same server, which compresses text.
func BenchmarkPagefind(b *testing.B) {
	for _, count := range []int{100, 1_000, 10_000} {
		b.Run(strconv.Itoa(count), func(b *testing.B) {
			for range b.N {
				newDuel(b, count).fight(b)
			}
		})
	}
}

// duel is both searches over the same library.
type duel struct {
	lib          *incident.Library
	ours, theirs string // folders
	table        []figure
}

// figure is a line of the table; target is the most that ours may be of theirs.
type figure struct {
	name, unit   string
	ours, theirs float64
	target       float64
}

func newDuel(b *testing.B, count int) *duel {
	b.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		b.Skip("SKIPPED: there is no npm to install Pagefind with")
	}
	dir := b.TempDir()
	d := &duel{ours: filepath.Join(dir, "ours"), theirs: filepath.Join(dir, "theirs")}
	library, program := filepath.Join(dir, "library"), filepath.Join(dir, "faultline")
	d.write(b, library, count)
	execute(b, "go", "build", "-o", program, ".")
	execute(b, program, "build", "--library", library, "--out", d.ours)
	d.mark(b)
	execute(b, npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", dir, pagefindPackage)
	b.Setenv(indexedFolder, library)
	alone, said := execute(b, os.Args[0], "-test.run", "^TestIndexAlone$", "-test.v")
	found, _ := execute(b, filepath.Join(dir, "node_modules", ".bin", "pagefind"), "--site", d.theirs)
	d.row("index and export, wall", "s", stage(b, said, "index and export"), found.wall.Seconds(), .4)
	d.row("the same with reading the library", "s", alone.wall.Seconds(), found.wall.Seconds(), 0)
	d.row("peak memory, reading included", "MB", alone.memory/1e6, found.memory/1e6, .2)
	text := 0
	for _, i := range d.lib.Incidents {
		text += textSize(i)
	}
	d.row("all bytes of the index / of the text", "", folderSize(b, filepath.Join(d.ours, "search"))/float64(text), folderSize(b, filepath.Join(d.theirs, "pagefind"))/float64(text), 0)
	return d
}

// write writes the library and reads it.
func (d *duel) write(b *testing.B, dir string, count int) {
	b.Helper()
	save(b, filepath.Join(dir, "faultline.yaml"), []byte(sample.Config))
	for path, data := range sample.Files(count, 1) {
		save(b, filepath.Join(dir, path), data)
	}
	lib, err := site.Load(os.DirFS(dir), site.LoadOptions{Suggest: true})
	if err != nil {
		b.Fatal(err)
	}
	d.lib = lib
}

func save(b *testing.B, path string, data []byte) {
	b.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.Fatal(err)
	}
}

// spent is what a finished process has taken, the processes that it started included.
type spent struct {
	wall   time.Duration
	memory float64 // bytes, of the largest process
}

func execute(b *testing.B, name string, args ...string) (spent, string) {
	b.Helper()
	cmd := exec.Command(name, args...)
	start := time.Now()
	output, err := cmd.CombinedOutput()
	if err != nil {
		b.Fatalf("%s: %v\n%s", name, err, output)
	}
	u := spent{wall: time.Since(start)}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.memory = float64(r.Maxrss)
	}
	if runtime.GOOS != "darwin" {
		u.memory *= 1024
	}
	return u, string(output)
}

// indexedFolder is the variable that names the library of TestIndexAlone.
const indexedFolder = "FAULTLINE_INDEX_ALONE"

// TestIndexAlone is what BenchmarkPagefind runs as a process of its own: a library is read,
// indexed and exported, and no page is made.
func TestIndexAlone(t *testing.T) {
	dir := os.Getenv(indexedFolder)
	if dir == "" {
		t.Skip("SKIPPED: a process of BenchmarkPagefind, which runs it")
	}
	lib, err := site.Load(os.DirFS(dir), site.LoadOptions{Suggest: true})
	if err != nil {
		t.Fatal(err)
	}
	s, err := site.New(lib, site.Options{})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := s.File("search/manifest.json"); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("index and export %.2f s\n", time.Since(start).Seconds())
}

// stage is how many seconds a process says that a stage has taken.
func stage(b *testing.B, said, name string) float64 {
	b.Helper()
	found := regexp.MustCompile(`(?m)^` + name + ` +([0-9.]+) s$`).FindStringSubmatch(said)
	if found == nil {
		b.Fatalf("nothing says how long %q took:\n%s", name, said)
	}
	seconds, _ := strconv.ParseFloat(found[1], 64)
	return seconds
}

// mark copies the pages of the incidents, with what Pagefind is to index of them, and
// makes a page of its interface.
func (d *duel) mark(b *testing.B) {
	b.Helper()
	marks := strings.NewReplacer(`<section class="similar"`, `<section data-pagefind-ignore class="similar"`,
		`<section class="related"`, `<section data-pagefind-ignore class="related"`)
	for _, i := range d.lib.Incidents {
		page, err := os.ReadFile(filepath.Join(d.ours, i.URL, "index.html"))
		if err != nil {
			b.Fatal(err)
		}
		filters := ""
		for _, f := range filtersOf(i) {
			filters += fmt.Sprintf(`<span data-pagefind-filter="%s:%s"></span>`, f[0], f[1])
		}
		opened := regexp.MustCompile(`<main [^>]*>`).FindString(string(page))
		marked := strings.Replace(string(page), opened, strings.Replace(opened, "<main", "<main data-pagefind-body", 1)+filters, 1)
		save(b, filepath.Join(d.theirs, i.URL, "index.html"), []byte(marks.Replace(marked)))
	}
	save(b, filepath.Join(d.theirs, "index.html"), []byte(pagefindPage))
}

const pagefindPage = `<!doctype html><html lang="en"><title>Search</title>
<link href="pagefind/pagefind-ui.css" rel="stylesheet"><script src="pagefind/pagefind-ui.js"></script>
<div id="search"></div>
<script>new PagefindUI({ element: "#search", openFilters: ["cause", "service"] })</script>`

// filtersOf lists the values of an incident's facets.
func filtersOf(i *incident.Incident) [][2]string {
	list := [][2]string{{"year", strconv.Itoa(i.Date.From.Year())}}
	add := func(name string, values ...string) {
		for _, v := range values {
			list = append(list, [2]string{name, v})
		}
	}
	for name, dimension := range map[string]incident.Dimension{"trigger": incident.Trigger, "cause": incident.Cause, "factor": incident.Factor} {
		for _, tag := range i.Terms[dimension] {
			add(name, tag.ID)
		}
	}
	add("service", i.Services...)
	add("tech", i.Technologies...)
	for name, value := range map[string]*string{"org": i.Organization, "severity": i.Severity} {
		if value != nil {
			add(name, *value)
		}
	}
	return list
}

// textSize is how many bytes of text an incident has to be found by.
func textSize(i *incident.Incident) int {
	n := len(i.Title)
	for _, s := range i.Sections {
		n += len(s.Heading)
		for _, p := range s.Passages {
			n += len(p.Text)
		}
	}
	return n
}

func folderSize(b *testing.B, dir string) float64 {
	b.Helper()
	total := int64(0)
	err := filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			total += info.Size()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return float64(total)
}

func (d *duel) row(name, unit string, ours, theirs, target float64) {
	d.table = append(d.table, figure{name, unit, ours, theirs, target})
}

// fight asks both in Chromium and prints the table.
func (d *duel) fight(b *testing.B) {
	b.Helper()
	m := &meter{folders: map[string]string{"ours": d.ours, "theirs": d.theirs}}
	server := httptest.NewUnstartedServer(m)
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	tab := startBrowser(b, time.Hour, chromedp.Flag("ignore-certificate-errors", true))
	questions := newAsker(d.lib).questions()
	d.light(b, tab, m, server.URL)
	d.warm(b, tab, m, server.URL, questions)
	fmt.Print(d)
	for _, f := range d.table {
		b.ReportMetric(f.ours/f.theirs, strings.ReplaceAll(f.name, " ", "-")+"-ratio")
	}
}

// String is the table.
func (d *duel) String() string {
	var out bytes.Buffer
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "\n%d incidents\tours\tPagefind\tratio\ttarget\t\n", len(d.lib.Incidents))
	for _, f := range d.table {
		fmt.Fprintf(w, "%s\t%.4g %s\t%.4g %s\t%.3f\t%.3g\t\n", f.name, f.ours, f.unit, f.theirs, f.unit, f.ours/f.theirs, f.target)
	}
	w.Flush()
	return out.String()
}

// side is one of the two as a page that people search on.
type side struct{ page, box, hit string }

// light measures what first and second questions cost on the pages of both, and how long
// the first takes where every answer of the host takes 50 ms.
func (d *duel) light(b *testing.B, tab *browser, m *meter, host string) {
	b.Helper()
	sides := []side{{host + "/ours/search/", "[data-search]", "[data-hits] mark"}, {host + "/theirs/", "#search input", ".pagefind-ui__result mark"}}
	var first, requests, second, late [2][]float64
	for _, pair := range [][2]string{{"connection timeout", "replica lag"}, {"certificate expired", "retry storm"}, {"kubernetes", "queue backlog customers"}, {"rollback deploy", "nginx"}, {"memory limit", "failover"}} {
		for i, s := range sides {
			m.take()
			tab.do(b, chromedp.Navigate(s.page), chromedp.WaitReady(s.box))
			s.ask(b, tab, m, pair[0])
			sent := m.take()
			first[i], requests[i] = append(first[i], total(sent)/1e3), append(requests[i], float64(len(sent)))
			s.ask(b, tab, m, pair[1])
			second[i] = append(second[i], total(m.take())/1e3)
			m.latency.Store(int64(50 * time.Millisecond))
			start := time.Now()
			tab.do(b, chromedp.Navigate(s.page), chromedp.WaitReady(s.box))
			s.write(b, tab, pair[0])
			tab.do(b, chromedp.WaitReady(s.hit))
			late[i] = append(late[i], time.Since(start).Seconds()*1e3)
			m.latency.Store(0)
			m.settle()
		}
	}
	d.row("bytes to the first result, median", "KB", middle(first[0]), middle(first[1]), .25)
	d.row("requests to the first result", "", middle(requests[0]), middle(requests[1]), 0)
	d.row("first result, each answer 50 ms late", "ms", middle(late[0]), middle(late[1]), 0)
	d.row("bytes of the second query, median", "KB", middle(second[0]), middle(second[1]), .4)
}

// write opens what holds the facets, which a narrow window does not, and puts a question
// into the box, as typing does.
func (s side) write(b *testing.B, tab *browser, question string) {
	b.Helper()
	tab.do(b, chromedp.Evaluate[chromedp.Void](fmt.Sprintf(
		`{ document.querySelectorAll("[data-refine]").forEach((place) => { place.open = true }); const box = document.querySelector(%q); box.value = %q; box.dispatchEvent(new Event("input", { bubbles: true })) }`, s.box, question)))
}

// ask asks and waits until there are hits and nothing more is fetched.
func (s side) ask(b *testing.B, tab *browser, m *meter, question string) {
	b.Helper()
	s.write(b, tab, question)
	m.settle()
	tab.do(b, chromedp.WaitReady(s.hit))
	m.settle()
}

// The scripts that ask a list of questions in a page, each as often as it says, and tell
// how many milliseconds the last time took.
const (
	askOurs = `async ({ asked, times }) => {
		const { open } = await import(location.origin + "/ours/search/client.js");
		const search = globalThis.kept ??= await open(location.origin + "/ours/");
		const facets = ["trigger", "cause", "factor", "service", "tech", "org", "severity", "year", "by", "lasted"];
		return await timed(asked, times, (q) => search.search(q.text, { limit: 10, facets, within: q.filter ? [q.filter] : [] }));
	}`
	askTheirs = `async ({ asked, times }) => {
		const search = await import(location.origin + "/theirs/pagefind/pagefind.js");
		return await timed(asked, times, async (q) => {
			const found = await search.search(q.rival, q.filter ? { filters: { [q.filter[0]]: q.filter[1] } } : {});
			return Promise.all(found.results.slice(0, 10).map((hit) => hit.data()));
		});
	}`
	timed = `async (asked, times, one) => {
		const taken = [];
		for (const q of asked) {
			let start;
			for (let n = 0; n < times; n++) { start = performance.now(); await one(q); }
			taken.push(performance.now() - start);
		}
		return taken;
	}`
)

// inPage asks the questions in a page and returns the milliseconds.
func inPage(b *testing.B, tab *browser, script string, asked []question, times int) []float64 {
	b.Helper()
	list, err := json.Marshal(map[string]any{"asked": asked, "times": times})
	if err != nil {
		b.Fatal(err)
	}
	return ask(b, tab, chromedp.Evaluate[[]float64](fmt.Sprintf("{ const timed = %s; (%s)(%s) }", timed, script, list), chromedp.EvalAwaitPromise))
}

// warm measures questions that were asked before, and names those of ours that take
// longest and those that fetch most.
func (d *duel) warm(b *testing.B, tab *browser, m *meter, host string, questions []question) {
	b.Helper()
	var taken [2][]float64
	for i, script := range []string{askOurs, askTheirs} {
		tab.do(b, chromedp.Navigate(host+[]string{"/ours/search/", "/theirs/"}[i]))
		taken[i] = inPage(b, tab, script, questions, 3)
	}
	costs := make([]cost, len(questions))
	for n, q := range questions {
		tab.do(b, chromedp.Evaluate[chromedp.Void]("delete globalThis.kept"))
		m.take()
		inPage(b, tab, askOurs, []question{q}, 1)
		costs[n] = cost{q, taken[0][n], m.take()}
	}
	for _, share := range []int{50, 95} {
		d.row(fmt.Sprintf("warm query, p%d of %d", share, len(questions)), "ms", quantile(taken[0], share), quantile(taken[1], share), .05)
	}
	slices.SortFunc(costs, func(a, b cost) int { return cmp.Compare(b.taken, a.taken) })
	fmt.Println("slowest:", costs[:5])
	slices.SortFunc(costs, func(a, b cost) int { return cmp.Compare(total(b.sent), total(a.sent)) })
	fmt.Println("fattest:", costs[:5])
}

// cost is what a question of ours takes: warm, and of a client that has nothing yet.
type cost struct {
	question
	taken float64 // milliseconds
	sent  []delivery
}

// String says how much was fetched of each kind of piece.
func (c cost) String() string {
	sizes, counts := map[string]float64{}, map[string]int{}
	for _, s := range c.sent {
		sizes[s.kind] += float64(s.size)
		counts[s.kind]++
	}
	text := fmt.Sprintf("\n  %-14s %-40s %6.2f ms, %4.0f KB:", c.Kind, c.Text, c.taken, total(c.sent)/1e3)
	kinds := slices.Collect(maps.Keys(sizes))
	slices.SortFunc(kinds, func(a, b string) int { return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(a, b)) })
	for _, kind := range kinds {
		text += fmt.Sprintf(" %s %d×%.1f", kind, counts[kind], sizes[kind]/float64(counts[kind])/1e3)
	}
	return text
}

func middle(list []float64) float64 { return quantile(list, 50) }

func quantile(list []float64, share int) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[min(len(sorted)*share/100, len(sorted)-1)]
}
