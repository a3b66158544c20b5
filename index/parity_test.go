package index

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"faultline/index/web"
	"faultline/index/web/webtest"
	"faultline/site/incident"
	"faultline/site/record"
)

// answer is a result as a script sees it.
type answer struct {
	Query  string   `json:"query"`
	Total  int      `json:"total"`
	Notes  []string `json:"notes"`
	Facets []Facet  `json:"facets"`
	Hits   []struct {
		Path, ID, URL, Title string
		Date                 *string
		Score                float64
		Passages             []Passage
		Organization         *string
		Services             []string
		Severity, Lasted     *string
		Restored             *Restored
		WrongTurn            *WrongTurn `json:"wrong_turn"`
		Why                  []Reason
	} `json:"hits"`
}

// client opens the index's static export in the client.
func client(t testing.TB, x *Index) *webtest.Engine {
	t.Helper()
	pieces, err := x.Pieces()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range pieces {
		files["/sub/path/"+f.Path] = f.Data
	}
	return newClient(t, webtest.Files(files))
}

func newClient(t testing.TB, fetch webtest.Fetch) *webtest.Engine {
	t.Helper()
	e, err := webtest.New(fetch)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Load(web.Scripts(), "client.ts", "client"); err != nil {
		t.Fatal(err)
	}
	if err := e.Run(`var opened; async function search(base, q, options) { opened = opened || client.open(base, { fetch }); return (await opened).search(q, options) }`); err != nil {
		t.Fatal(err)
	}
	return e
}

// options are those of the client.
type options struct {
	Limit  int         `json:"limit"`
	Sort   Sort        `json:"sort,omitempty"`
	Facets []string    `json:"facets,omitempty"`
	Within [][2]string `json:"within,omitempty"`
}

func optionsOf(opt Options) options {
	o := options{Limit: opt.Limit, Sort: opt.Sort, Facets: opt.Facets}
	for _, f := range opt.Within {
		o.Within = append(o.Within, [2]string{f.Field, f.Value})
	}
	return o
}

// compare asks both sides and reports every difference but the last digits of scores.
func compare(t *testing.T, x *Index, e *webtest.Engine, q string) (total int) {
	t.Helper()
	return compareWith(t, x, e, q, Options{Limit: 7})
}

func compareWith(t *testing.T, x *Index, e *webtest.Engine, q string, opt Options) (total int) {
	t.Helper()
	want, got := bothWith(t, x, e, q, opt)
	if !reflect.DeepEqual(got, want) {
		least := shrunk(q, func(q string) bool { want, got := bothWith(t, x, e, q, opt); return !reflect.DeepEqual(got, want) })
		want, got := bothWith(t, x, e, least, opt)
		t.Errorf("%q with %+v differs (found with %q):\nindex  %s\nclient %s", least, opt, q, told(want), told(got))
	}
	return want.Total
}

// both asks the index and the client.
func both(t testing.TB, x *Index, e *webtest.Engine, q string) (want, got answer) {
	t.Helper()
	return bothWith(t, x, e, q, Options{Limit: 7})
}

func bothWith(t testing.TB, x *Index, e *webtest.Engine, q string, opt Options) (want, got answer) {
	t.Helper()
	result, err := x.Search(q, opt)
	if err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if err := e.Call(&got, "search", "/sub/path", q, optionsOf(opt)); err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	for i := range min(len(want.Hits), len(got.Hits)) {
		if w, g := want.Hits[i].Score, got.Hits[i].Score; math.Abs(w-g) <= 1e-12*math.Abs(w) {
			got.Hits[i].Score = w
		}
	}
	return want, got
}

// shrunk is the smallest query found by leaving out words, then characters, that still
// differs.
func shrunk(q string, differs func(string) bool) string {
	for _, between := range []string{" ", ""} {
		parts := strings.Split(q, between)
		for i := 0; i < len(parts); {
			fewer := slices.Delete(slices.Clone(parts), i, i+1)
			if differs(strings.Join(fewer, between)) {
				parts = fewer
			} else {
				i++
			}
		}
		q = strings.Join(parts, between)
	}
	return q
}

// told is an answer as a failure shows it: of many hits that are alike, the first.
func told(a answer) string {
	text, _ := json.Marshal(a)
	return string(text[:min(3000, len(text))])
}

func open(t testing.TB, dir string, lib *incident.Library) *Index {
	t.Helper()
	x, err := Open(dir, lib)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

// TestParity: the browser finds what the command line finds, whatever is asked in the
// language.
func TestParity(t *testing.T) {
	t.Parallel()
	g := newGadget(3)
	lib := g.library(60)
	x := open(t, "", lib)
	e := client(t, x)
	found, noted := 0, 0
	const asked = 1200
	for n := range asked {
		q := g.query()
		if n%2 == 0 {
			q = g.expression(3)
		}
		if compare(t, x, e, q) > 0 {
			found++
		}
		if r, _ := x.Search(q, Options{Limit: 0}); len(r.Notes) > 0 {
			noted++
		}
		if t.Failed() {
			return
		}
	}
	t.Logf("%d queries, %d find something, %d are answered with notes", asked, found, noted)
	if found < asked/2 || noted < asked/10 {
		t.Errorf("only %d of %d queries find anything, and %d have notes", found, asked, noted)
	}
}

// questions are asked of real reports.
var questions = []string{
	"replica was not promoted", `"was not promoted"`, "expired certificate", "panic: runtime error", "HTTP 503 - upstream", "ip_forward", "sysctl net.ipv4.ip_forward",
	"CrashLoopBackOff", "+etcd -kubernetes", "title:outage dns", "symptom:timeout", "wrong:network", "cause:config-change", "date:2017", "date:2017-10 postgres",
	"nobody noticed the alert", "why did the failover take so long?", `"read only" database`, "the", "user's e-mail wasn't sent", "100% CPU", "C++ std::map", "データベース", "12:30 UTC",
	"date:2017..2019 postgres", "-date:>=2018 replica", "duration:>1h", "duration:10m..2h database", "severity:<=2", "+(dns OR certificate) -cause:config-change",
	"replicat* failover", "postgrse~ timeout", "service:*", "tech:postg*", "(cause:config-change OR cause:capacity) deploy", "cause:nope", "cause:config-chnage", "service:chekcout", "-service:chekcout", `tech:"postgrseql"`, "date:2024-99-99", "duration:>banana",
	"severity:>=sev3", "title:(outage OR incident)", "co* ca*", "kubernets", "(unbalanced \"quote", "-dns", "a OR b OR", "((((network))))",
}

// reportsOf reads the example library and, where the folder shared is there, all of its
// reports and queries.
func reportsOf(t *testing.T) (*incident.Library, []string) {
	t.Helper()
	names, err := filepath.Glob("../content/incidents/*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no example library (%v)", err)
	}
	shared := cmp.Or(os.Getenv("FAULTLINE_SHARED"), "../../shared")
	pool, _ := filepath.Glob(filepath.Join(shared, "corpus", "*", "*"))
	names = append(names, pool...)
	lib := &incident.Library{Config: incident.Config{Severities: []string{"sev1", "sev2", "sev3", "sev4"}}}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if i, _ := record.Parse(filepath.ToSlash(name), text, record.Options{}); i != nil {
			lib.Incidents = append(lib.Incidents, i)
		}
	}
	asked := slices.Clone(questions)
	judged, err := os.ReadFile(filepath.Join(shared, "eval", "queries.jsonl"))
	if err != nil {
		t.Logf("SKIPPED: the judged queries and the corpus: %v (set FAULTLINE_SHARED); the example library is compared", err)
	}
	for line := range bytes.Lines(judged) {
		var query struct{ Q string }
		if err := json.Unmarshal(line, &query); err != nil {
			t.Fatal(err)
		}
		asked = append(asked, query.Q)
	}
	return lib, asked
}

// TestParityOnReports: and so it is with real reports and what people ask of them. It
// covers the example library and every report of the corpus in one index, and asks for three
// hits of each of the judged queries, the questions above and a few expressions.
func TestParityOnReports(t *testing.T) {
	t.Parallel()
	lib, asked := reportsOf(t)
	x := open(t, "", lib)
	e := client(t, x)
	g := newGadget(9)
	for range 20 {
		asked = append(asked, g.expression(2))
	}
	for _, q := range asked {
		if compareWith(t, x, e, q, Options{Limit: 3}); t.Failed() {
			break
		}
	}
	t.Logf("%d queries of %d reports", len(asked), len(lib.Incidents))
}

// TestParityAfterUpdate: words that deleted incidents alone had are not what a
// beginning or a spelling stands for.
func TestParityAfterUpdate(t *testing.T) {
	t.Parallel()
	before, after := states()
	dir := t.TempDir()
	closing(t, dir, before, func(*Index) {})
	x := open(t, dir, after)
	e := client(t, x)
	for _, q := range []string{"re*", "co*", "po*", "replcia~", "failovr", "cause:c*", "service:pay*", "date:>=2016", "cause:nope"} {
		compare(t, x, e, q)
	}
}
