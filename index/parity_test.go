package index

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"faultline/index/web"
	"faultline/index/web/webtest"
	"faultline/site/incident"
)

// answer is a result as a script sees it.
type answer struct {
	Query string   `json:"query"`
	Total int      `json:"total"`
	Notes []string `json:"notes"`
	Hits  []struct {
		Path, ID, URL, Title string
		Date                 *string
		Score                float64
		Passages             []Passage
	} `json:"hits"`
}

// client opens the index's static export in the client.
func client(t *testing.T, x *Index) *webtest.Engine {
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

func newClient(t *testing.T, fetch webtest.Fetch) *webtest.Engine {
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

type options struct {
	Limit int `json:"limit"`
}

// compare asks both sides and reports every difference but the last digits of scores.
func compare(t *testing.T, x *Index, e *webtest.Engine, q string) (total int) {
	t.Helper()
	result, err := x.Search(q, 7)
	if err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	text, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	var want, got answer
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if err := e.Call(&got, "search", "/sub/path", q, options{7}); err != nil {
		t.Fatalf("%q: %v", q, err)
	}
	for i := range min(len(want.Hits), len(got.Hits)) {
		if w, g := want.Hits[i].Score, got.Hits[i].Score; math.Abs(w-g) <= 1e-12*math.Abs(w) {
			got.Hits[i].Score = w
		}
	}
	if !reflect.DeepEqual(got, want) {
		a, _ := json.MarshalIndent(want, "", " ")
		b, _ := json.MarshalIndent(got, "", " ")
		t.Errorf("%q:\nindex  %s\nclient %s", q, a, b)
	}
	return want.Total
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

// TestParity: the browser finds what the command line finds.
func TestParity(t *testing.T) {
	g := newGadget(3)
	x := open(t, "", g.library(60))
	e := client(t, x)
	found := 0
	for range 400 {
		if compare(t, x, e, g.query()) > 0 {
			found++
		}
		if t.Failed() {
			break
		}
	}
	if found < 300 {
		t.Errorf("only %d queries find anything", found)
	}
}
