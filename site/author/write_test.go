package author

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"faultline/site"
	"faultline/site/author/desk"
	"faultline/site/problem"
)

const report = "---\ntitle: Certificate expired\ndate: 2025-11-03\n---\n\nThe TLS certificate of the load balancer expired.\n"

// writable serves a library of one report, as serve does.
func writable(t *testing.T) (*server, tree) {
	t.Helper()
	x := newTree(t)
	x.write("incidents/a.md", report)
	open := func(context.Context, []string) (Snapshot, problem.List, error) {
		fsys, err := site.Open(x.root)
		if err != nil {
			return nil, nil, err
		}
		lib, err := site.Load(fsys, site.LoadOptions{Drafts: true, Suggest: true})
		if err != nil {
			return nil, nil, err
		}
		s, err := site.New(lib, site.Options{Reload: true})
		return s, lib.Problems, err
	}
	s := newServer(open, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1313}, log.New(io.Discard, "", 0))
	var err error
	if s.desk, err = desk.New(x.root, ""); err != nil {
		t.Fatal(err)
	}
	s.open(t.Context(), nil)
	return s, x
}

// asked is a request to write, as the page makes it, with other headers in place.
func asked(s *server, path, body string, header map[string]string) (int, string) {
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	r.Host = s.hosts[0]
	for name, value := range map[string]string{
		"Origin": "http://" + r.Host, "X-Faultline-Token": s.token, "Content-Type": "application/json",
		"Sec-Fetch-Site": "same-origin", "If-Match": fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(report))),
	} {
		r.Header.Set(name, value)
	}
	for name, value := range header {
		if name == "Host" {
			r.Host = value
		} else if r.Header.Set(name, value); value == "" {
			r.Header.Del(name)
		}
	}
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

const acceptance = `{"path":"incidents/a.md","dimension":"trigger","term":"expiry","decision":"accept"}`

func TestWhoMayWrite(t *testing.T) {
	s, x := writable(t)
	for _, test := range []struct {
		name, path, body string
		header           map[string]string
		status           int
		rule             string
	}{
		{"no token", "tags", acceptance, map[string]string{"X-Faultline-Token": ""}, 403, "token"},
		{"another run's token", "tags", acceptance, map[string]string{"X-Faultline-Token": "ABCDEFGH"}, 403, "token"},
		{"no origin", "tags", acceptance, map[string]string{"Origin": ""}, 403, "origin"},
		{"another origin", "tags", acceptance, map[string]string{"Origin": "https://evil.example"}, 403, ""},
		{"another port", "tags", acceptance, map[string]string{"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "same-site"}, 403, ""},
		{"a sandboxed frame", "tags", acceptance, map[string]string{"Origin": "null"}, 403, ""},
		{"a rebound name", "tags", acceptance, map[string]string{"Host": "evil.example:1313", "Origin": "http://evil.example:1313"}, 403, ""},
		{"a form", "tags", acceptance, map[string]string{"Content-Type": "text/plain"}, 415, "not-json"},
		{"an unknown field", "tags", `{"root":"/"}`, nil, 422, "refused"},
		{"no JSON", "tags", "{", nil, 422, "refused"},
		{"too much", "tags", `{"path":"` + strings.Repeat("x", maxWish) + `"}`, nil, 422, "refused"},
		{"a stale file", "tags", acceptance, map[string]string{"If-Match": `"00"`}, 412, "changed"},
		{"no sum", "tags", acceptance, map[string]string{"If-Match": ""}, 412, "changed"},
		{"any sum", "tags", acceptance, map[string]string{"If-Match": "*"}, 412, "changed"},
		{"a path outside", "tags", strings.Replace(acceptance, "incidents/a.md", "../a.md", 1), nil, 404, "not-there"},
		{"another file of the library", "tags", strings.Replace(acceptance, "incidents/a.md", "faultline.yaml", 1), nil, 404, "not-there"},
		{"another template", "incidents", `{"kind":"../../x","title":"T","date":"2024-01-02"}`, nil, 404, "not-there"},
		{"a page", "../incidents/a/", acceptance, nil, 405, ""},
		{"the desk", "desk", acceptance, nil, 405, ""},
	} {
		status, body := asked(s, "/_faultline/"+test.path, test.body, test.header)
		var told struct{ Error problem.Problem }
		_ = json.Unmarshal([]byte(strings.Replace(body, `"level":"error",`, "", 1)), &told)
		if status != test.status || told.Error.Rule != test.rule || test.rule != "" && told.Error.Hint == "" {
			t.Errorf("%s: %d %s, want %d %q", test.name, status, body, test.status, test.rule)
		}
		if text, _ := os.ReadFile(x.path("incidents/a.md")); string(text) != report {
			t.Fatalf("%s: the report was written", test.name)
		}
	}
	status, body := asked(s, "/_faultline/tags", acceptance, nil)
	want := strings.Replace(report, "03\n", "03\ntrigger:\n  - {id: expiry, source: accepted}\n", 1)
	if text, _ := os.ReadFile(x.path("incidents/a.md")); status != 200 || string(text) != want {
		t.Errorf("%d %s: %q", status, body, text)
	}
	// What was looked at is another text now.
	if status, _ := asked(s, "/_faultline/tags", acceptance, nil); status != 412 {
		t.Errorf("written again: %d", status)
	}
	if status, body := asked(s, "/_faultline/incidents", `{"kind":"brief","title":"T","date":"2024-01-02"}`, nil); status != 200 || !strings.Contains(body, `"path":"incidents/2024-01-02-t.md"`) {
		t.Errorf("begun: %d %s", status, body)
	}
}

func TestNothingIsWrittenWithoutALibrary(t *testing.T) {
	if status, body := asked(serverOf(snapshot{}), "/_faultline/tags", acceptance, nil); status != 503 || !strings.Contains(body, "no-library") {
		t.Errorf("%d %s", status, body)
	}
}

// Names that were allowed may be asked for; of an address that others can reach, so may
// any address, and no other name.
func TestAllowedHosts(t *testing.T) {
	for _, test := range []struct {
		listen, host string
		want         bool
	}{
		{"127.0.0.1", "faultline.test:1313", true}, {"127.0.0.1", "FAULTLINE.test", true}, {"127.0.0.1", "evil.example:1313", false},
		{"127.0.0.1", "faultline.test.evil.example", false}, {"127.0.0.1", "192.168.1.7:1313", false},
		{"0.0.0.0", "192.168.1.7:1313", true}, {"0.0.0.0", "[fe80::1]:1313", true}, {"0.0.0.0", "localhost:1313", true}, {"0.0.0.0", "evil.example:1313", false},
	} {
		s := newServer(opens(snapshot{"index.html": "x"}), &net.TCPAddr{IP: net.ParseIP(test.listen), Port: 1313}, log.New(io.Discard, "", 0))
		s.names = []string{"faultline.test"}
		if got := s.answersFor(test.host); got != test.want {
			t.Errorf("listening at %s, asked for %s: %v", test.listen, test.host, got)
		}
	}
}

func TestDeskOverTheWire(t *testing.T) {
	s, _ := writable(t)
	w := get(s, "/_faultline/desk?page=%2Fincidents%2Fa%2F")
	if w.Code != 200 || !bytes.Contains(w.Body.Bytes(), []byte(`data-token="`+s.token+`"`)) || !strings.Contains(w.Body.String(), `data-path="incidents/a.md"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	wantSecurityHeaders(t, w.Header())
	if w := get(s, "/_faultline/desk?page=%25zz"); w.Code != 200 || strings.Contains(w.Body.String(), "data-path") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := get(s, "/_faultline/new"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "five-whys") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
