package index

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"strings"
	"testing"

	"faultline/index/web"
	"faultline/index/web/webtest"
)

// host serves a site's files below /sub/path/ and counts what it sends.
type host struct {
	files map[string][]byte
	sent  map[string]int
	fail  func(path string) (status int, body []byte, err error) // nil = none
}

func newHost(t *testing.T, x *Index) *host {
	t.Helper()
	pieces, err := x.Pieces()
	if err != nil {
		t.Fatal(err)
	}
	h := &host{files: map[string][]byte{}, sent: map[string]int{}}
	for _, f := range pieces {
		h.files[f.Path] = f.Data
	}
	return h
}

func (h *host) fetch(url string) (int, []byte, error) {
	path := strings.TrimPrefix(url, "/sub/path/")
	if h.fail != nil {
		if status, body, err := h.fail(path); status != 0 || err != nil {
			return status, body, err
		}
	}
	body, ok := h.files[path]
	if !ok {
		return http.StatusNotFound, nil, nil
	}
	h.sent[path] += len(body)
	return http.StatusOK, body, nil
}

func (h *host) bytes() int {
	total := 0
	for _, n := range h.sent {
		total += n
	}
	return total
}

func ask(e *webtest.Engine, q string) (answer, error) {
	var got answer
	err := e.Call(&got, "search", "/sub/path/", q, options{Limit: 7})
	return got, err
}

// TestBrokenHost: whatever a host answers, the client gives right hits or an error
// that names the file, never wrong hits, and works again once the host does.
func TestBrokenHost(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(20))
	h := newHost(t, x)
	isPiece := func(path string) bool { return strings.Contains(path, "/pieces/") }
	for name, test := range map[string]struct {
		fail func(path string) (int, []byte, error)
		want string
	}{
		"no manifest": {func(path string) (int, []byte, error) { return 404 * not(isPiece(path)), nil, nil }, "manifest.json: status 404"},
		"a page instead of a manifest": {func(path string) (int, []byte, error) {
			return 200 * not(isPiece(path)), []byte("<!doctype html>"), nil
		}, "not a manifest"},
		"a manifest of tomorrow": {func(path string) (int, []byte, error) {
			return 200 * not(isPiece(path)), []byte(`{"version":99}`), nil
		}, "version 99"},
		"no pieces":           {func(path string) (int, []byte, error) { return 404 * not(!isPiece(path)), nil, nil }, "status 404"},
		"a server that fails": {func(path string) (int, []byte, error) { return 503 * not(!isPiece(path)), nil, nil }, "status 503"},
		"a page for every piece": {func(path string) (int, []byte, error) {
			return 200 * not(!isPiece(path)), []byte("<!doctype html>"), nil
		}, "not a piece"},
		"empty pieces":            {func(path string) (int, []byte, error) { return 200 * not(!isPiece(path)), nil, nil }, "not a piece"},
		"torn pieces":             {h.damaged(func(data []byte) []byte { return data[:len(data)-len(data)/3] }), "pieces/"},
		"pieces with flipped bit": {h.damaged(func(data []byte) []byte { data[len(data)/2] ^= 4; return data }), "pieces/"},
		"no network":              {func(string) (int, []byte, error) { return 0, nil, errors.New("wire cut") }, "wire cut"},
	} {
		t.Run(name, func(t *testing.T) {
			e := newClient(t, h.fetch)
			h.fail = test.fail
			if got, err := ask(e, "replica failover"); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v and %+v, want an error with %q", err, got, test.want)
			}
			h.fail = nil
			if err := e.Run("opened = undefined"); err != nil {
				t.Fatal(err)
			}
			compare(t, x, e, "replica failover")
		})
	}
}

// TestDamagedKinds: a damaged piece of any kind is an error for the query that reads it.
func TestDamagedKinds(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(20))
	h := newHost(t, x)
	const asked = `replica "connection refused" OR failover date:>=2015`
	for _, kind := range "LCSKTPDNUVW" {
		q := asked
		switch kind {
		case 'V':
			q += " cause:nope"
		case 'W':
			q = "setting"
		}
		e := newClient(t, h.fetch)
		h.fail = func(path string) (int, []byte, error) {
			if data := h.files[path]; len(data) > 4 && string(data[:4]) == "FLT"+string(kind) {
				return http.StatusOK, data[:len(data)-1], nil
			}
			return 0, nil, nil
		}
		if got, err := ask(e, q); err == nil || !strings.Contains(err.Error(), "pieces/") {
			t.Errorf("kind %c: got %v and %+v", kind, err, got)
		}
		h.fail = nil
		compare(t, x, e, q)
	}
}

// TestLargeLibrary: where sections are deflated after the phrases that they share, answers
// are the same, the phrases are read once, and are an error where they are damaged.
func TestLargeLibrary(t *testing.T) {
	t.Parallel()
	x := open(t, "", newGadget(3).library(500))
	h, again := newHost(t, x), newHost(t, x)
	shared := ""
	for path, data := range h.files {
		if strings.HasPrefix(string(data), "FLTX") {
			shared = path
		}
		if !bytes.Equal(data, again.files[path]) {
			t.Errorf("%s differs when it is exported again", path)
		}
	}
	e := newClient(t, h.fetch)
	for _, q := range []string{"replica failover", `"connection refused"`, "setting"} {
		compare(t, x, e, q)
	}
	if size := len(h.files[shared]); size == 0 || h.sent[shared] != size {
		t.Errorf("of %d bytes of phrases %d were sent", size, h.sent[shared])
	}
	e = newClient(t, h.fetch)
	h.fail = func(path string) (int, []byte, error) { return 404 * not(path != shared), nil, nil }
	if got, err := ask(e, "replica"); err == nil || !strings.Contains(err.Error(), shared) {
		t.Errorf("without phrases: got %v and %d hits", err, len(got.Hits))
	}
	h.fail = nil
	compare(t, x, e, "replica")
}

// TestBeginningsReadKeysAlone: a beginning or a misspelling costs the keys that begin as it
// does, not all of them, and the postings of none but those it stands for.
func TestBeginningsReadKeysAlone(t *testing.T) {
	t.Parallel()
	h := newHost(t, open(t, "", reports(200)))
	for _, q := range []string{invented(40)[:4] + "*", invented(3000) + "x"} {
		clear(h.sent)
		if _, err := ask(newClient(t, h.fetch), q); err != nil {
			t.Fatal(err)
		}
		for _, kind := range []string{"K", "T"} {
			read, all := h.count(kind)
			if t.Logf("%q: %d of %d pieces of kind %s", q, read, all, kind); read > 1+all/10 {
				t.Errorf("%q reads %d of %d pieces of kind %s", q, read, all, kind)
			}
		}
	}
}

// count returns how many pieces of a kind were sent, of how many.
func (h *host) count(kind string) (sent, all int) {
	for path, data := range h.files {
		if len(data) > 4 && string(data[:4]) == "FLT"+kind {
			all++
			sent += not(h.sent[path] == 0)
		}
	}
	return sent, all
}

// not is 1 where a condition does not hold.
func not(condition bool) int {
	if condition {
		return 0
	}
	return 1
}

func (h *host) damaged(damage func([]byte) []byte) func(path string) (int, []byte, error) {
	return func(path string) (int, []byte, error) {
		if !strings.Contains(path, "/pieces/") {
			return 0, nil, nil
		}
		return http.StatusOK, damage(bytes.Clone(h.files[path])), nil
	}
}

// TestDeployUnderAnOpenPage: a site that is replaced while a page is open is searched
// in its new state, wholly.
func TestDeployUnderAnOpenPage(t *testing.T) {
	t.Parallel()
	before, after := states()
	first, second := open(t, "", before), open(t, "", after)
	h := newHost(t, first)
	e := newClient(t, h.fetch)
	compare(t, first, e, "replica")
	h.files = newHost(t, second).files
	for _, q := range []string{"replica promoted by hand", "postgres timeout", `"connection refused"`, "org:monzo"} {
		compare(t, second, e, q)
	}
}

// TestPiecesAreFetchedOnce: a question asked again costs nothing, and one asked
// several times at once costs as much as one.
func TestPiecesAreFetchedOnce(t *testing.T) {
	x := open(t, "", newGadget(3).library(60))
	h := newHost(t, x)
	e := newClient(t, h.fetch)
	var got []answer
	if err := e.Call(&got, `(q) => Promise.all([q, q, q].map((q) => search("/sub/path/", q, {})))`, "replica timeout"); err != nil {
		t.Fatal(err)
	}
	for path, n := range h.sent {
		if n != len(h.files[path]) {
			t.Errorf("%s was fetched %d times", path, n/len(h.files[path]))
		}
	}
	before := h.bytes()
	if _, err := ask(e, "replica timeout"); err != nil || h.bytes() != before {
		t.Errorf("asking again cost %d bytes (%v)", h.bytes()-before, err)
	}
}

// TestFirstHitIsLight: the three hits of 100 incidents that the search page asks for first
// cost 48 KB, the client included; the page itself has 12 KB more (package site).
func TestFirstHitIsLight(t *testing.T) {
	t.Parallel()
	x := open(t, "", reports(100))
	h := newHost(t, x)
	var got answer
	if err := newClient(t, h.fetch).Call(&got, "search", "/sub/path/", invented(40)+" "+invented(300)+" "+invented(2000), map[string]int{"limit": 3}); err != nil {
		t.Fatal(err)
	}
	if len(got.Hits) != 3 {
		t.Errorf("%d hits, want 3", len(got.Hits))
	}
	total := h.bytes() - h.sent["search/manifest.json"]
	for _, text := range []string{"search/manifest.json", "search/client.js"} {
		total += gzipped(h.files[text])
	}
	if t.Logf("three hits cost %d bytes", total); total > 48_000 {
		t.Errorf("three hits cost %d bytes", total)
	}
}

// gzipped is the size of a text as hosts send it.
func gzipped(data []byte) int {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(data)
	w.Close()
	return packed.Len()
}

// TestExportIsPure: the same library gives the same bytes.
func TestExportIsPure(t *testing.T) {
	lib := newGadget(3).library(30)
	first, second := newHost(t, open(t, "", lib)), newHost(t, open(t, t.TempDir(), lib))
	if len(first.files) != len(second.files) {
		t.Fatalf("%d files, then %d", len(first.files), len(second.files))
	}
	for path, data := range first.files {
		if !bytes.Equal(data, second.files[path]) {
			t.Errorf("%s differs", path)
		}
	}
}

// TestEmptyLibrary: nothing to find is an answer.
func TestEmptyLibrary(t *testing.T) {
	x := open(t, "", newGadget(1).library(0))
	e := client(t, x)
	for _, q := range []string{"replica", "", "-x", "cause:y"} {
		if compare(t, x, e, q) != 0 {
			t.Errorf("%q finds something in nothing", q)
		}
	}
}

var _ web.Source = exported{}
