package index

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"faultline/index/web/webtest"
)

// damages are what may happen to a file on its way to a browser: at is any number below
// the file's length, other another file of its kind.
var damages = map[string]func(data []byte, at int, other []byte) []byte{
	"a flipped bit": func(data []byte, at int, _ []byte) []byte { data[at] ^= 1 << (at % 8); return data },
	"its beginning": func(data []byte, at int, _ []byte) []byte { return data[:at] },
	"another file":  func(_ []byte, _ int, other []byte) []byte { return other },
}

// TestNoDamageIsTaken: whatever is wrong with any one file, the answer is right, or there
// is none, or a note says which facet it is without; and the same session answers once the
// file is mended. Only the damaged file is fetched anew.
func TestNoDamageIsTaken(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(8))
	h := newHost(t, x)
	delete(h.files, "search/client.js")
	e := newClient(t, h.fetch)
	random := rand.New(rand.NewPCG(1, 2))
	const asked = `replica "connection refused" OR failover date:>=2015 -cause:nope repl*`
	want, err := askAll(e, asked)
	if err != nil || want.Total == 0 || len(want.Facets) != 2 {
		t.Fatalf("%v and %s", err, told(want))
	}
	refused, uncounted, read := 0, 0, slices.Sorted(maps.Keys(h.sent))
	for _, path := range read {
		data := h.files[path]
		for name, damage := range damages {
			forget(t, e, path)
			h.fail = func(asked string) (int, []byte, error) {
				if asked != path {
					return 0, nil, nil
				}
				return http.StatusOK, damage(bytes.Clone(data), random.IntN(len(data)), h.like(path)), nil
			}
			got, err := askAll(e, asked)
			if err != nil {
				refused++
				if !strings.Contains(err.Error(), "search/") {
					t.Errorf("%s in place of %s: %v does not name the file", name, path, err)
				}
			}
			if len(got.Facets) < len(want.Facets) && err == nil {
				uncounted++
				got = recounted(got, want)
			}
			if err == nil && !equalAnswers(got, want) {
				t.Errorf("%s in place of %s is answered %s", name, path, told(got))
			}
			h.fail = nil
			if path == "search/manifest.json" {
				forget(t, e, path)
			}
			if got, err := askAll(e, asked); err != nil || !equalAnswers(got, want) {
				t.Errorf("%s in place of %s, mended: %v and %s", name, path, err, told(got))
			}
		}
	}
	if t.Logf("%d answers of %d files were refused, %d lack a facet", refused, len(read), uncounted); refused < 40 || uncounted < 4 {
		t.Errorf("only %d answers were refused, and only %d lack a facet", refused, uncounted)
	}
}

// askAll asks for the hits and for two facets.
func askAll(e *webtest.Engine, q string) (answer, error) {
	var got answer
	err := e.Call(&got, "search", "/sub/path/", q, options{Limit: 7, Facets: []string{"cause", "service"}})
	return got, err
}

// recounted puts the facet that an answer lacks back in the place of the note that says so.
func recounted(got, want answer) answer {
	if i := slices.IndexFunc(got.Notes, func(note string) bool { return strings.Contains(note, "is not counted: search cannot read") }); i >= 0 {
		got.Notes = slices.Delete(got.Notes, i, i+1)
		got.Facets = want.Facets
	}
	return got
}

// forget has the client fetch a piece anew, or after the manifest all of them.
func forget(t *testing.T, e *webtest.Engine, path string) {
	t.Helper()
	piece := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".bin")
	script := fmt.Sprintf(`opened = opened && opened.then((s) => { s.store.kept.forEach((kind) => kind.delete(%q)); return s })`, piece)
	if !strings.HasSuffix(path, ".bin") {
		script = "opened = undefined"
	}
	if err := e.Run(script); err != nil {
		t.Fatal(err)
	}
}

// like returns another file of the same kind, the file itself where there is none.
func (h *host) like(path string) []byte {
	data := h.files[path]
	for other, candidate := range h.files {
		if other != path && len(candidate) > 4 && bytes.Equal(candidate[:4], data[:4]) {
			return candidate
		}
	}
	return data
}

// equalAnswers compares hits and scores.
func equalAnswers(a, b answer) bool {
	if a.Total != b.Total || !slices.Equal(a.Notes, b.Notes) || !reflect.DeepEqual(a.Facets, b.Facets) || len(a.Hits) != len(b.Hits) {
		return false
	}
	for i := range a.Hits {
		if a.Hits[i].Path != b.Hits[i].Path || a.Hits[i].Title != b.Hits[i].Title || math.Abs(a.Hits[i].Score-b.Hits[i].Score) > 1e-9 {
			return false
		}
	}
	return true
}

// TestBrokenResponses: a response whose body never ends or breaks off is an error that
// names the file, soon enough for somebody who waits.
func TestBrokenResponses(t *testing.T) {
	t.Parallel()
	h := newHost(t, open(t, "", newGadget(3).library(20)))
	for response, want := range map[string]string{
		`new Promise(() => {})`: "search/pieces/",
		`Promise.resolve({ ok: true, status: 200, arrayBuffer: () => new Promise(() => {}) })`:                "no answer within 30 seconds",
		`Promise.resolve({ ok: true, status: 200, arrayBuffer: () => Promise.reject(new Error("cut off")) })`: "cut off",
	} {
		e := newClient(t, h.fetch)
		e.Run(`var broken = true; async function fragile(q) {
			const s = opened || (opened = await client.open("/sub/path/", { fetch: (url) => (broken && url.indexOf("/pieces/") > 0 ? ` + response + ` : fetch(url)) }));
			return s.search(q, {}) }`)
		var got answer
		if err := e.Call(&got, "fragile", "replica"); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "/sub/path/search/pieces/") {
			t.Errorf("%s: got %v, want %q and the file", response, err, want)
		}
		e.Run("broken = false")
		if err := e.Call(&got, "fragile", "replica"); err != nil || got.Total == 0 {
			t.Errorf("%s, mended: %v and %d hits", response, err, got.Total)
		}
	}
}

// TestOffline: what was asked once is answered without a network, another question is not,
// and is once there is a network again.
func TestOffline(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(60))
	h := newHost(t, x)
	e := newClient(t, h.fetch)
	compare(t, x, e, "replica timeout")
	h.fail = func(string) (int, []byte, error) { return 0, nil, errors.New("there is no network") }
	compare(t, x, e, "timeout replica")
	if got, err := ask(e, `"connection refused" date:>2015`); err == nil || !strings.Contains(err.Error(), "search cannot reach") {
		t.Errorf("without a network: %v and %d hits", err, got.Total)
	}
	h.fail = nil
	compare(t, x, e, `"connection refused" date:>2015`)
}
