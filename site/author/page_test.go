package author

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"faultline/site/problem"
)

// snapshot is a site in memory. A file "broken" cannot be made.
type snapshot map[string]string

func (s snapshot) File(path string) ([]byte, error) {
	if text, ok := s[path]; ok {
		if text == "broken" {
			return nil, errors.New("template: <no such> row")
		}
		return []byte(text), nil
	}
	return nil, fmt.Errorf("%q: %w", path, fs.ErrNotExist)
}

// opens returns what a Config's Open does for a library that is always the same.
func opens(s Snapshot) func(context.Context, []string) (Snapshot, problem.List, error) {
	return func(context.Context, []string) (Snapshot, problem.List, error) { return s, nil, nil }
}

// serverOf returns a server at 127.0.0.1:1313 that has opened the snapshot.
func serverOf(site Snapshot) *server {
	s := newServer(opens(site), &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1313}, log.New(os.Stderr, "", 0))
	s.open(context.Background(), nil)
	return s
}

// get asks s for the raw request target.
func get(s *server, target string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", target, nil)
	r.Host = s.hosts[0]
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, r)
	return w
}

func TestPages(t *testing.T) {
	s := serverOf(snapshot{
		"index.html": "home", "incidents/x/index.html": "incident", "incidents/原因/index.html": "cause", "404.html": "not here",
		"assets/site.abc.css": "body{}", "search/client.js": "export", "search/manifest.json": "{}", "feed.xml": "<feed/>",
		"robots.txt": "all", "a/plan.PNG": "png", "a/dump.bin": "bin", "bad/index.html": "broken", "folder.with.dots/index.html": "dots",
	})
	tests := []struct {
		target      string
		status      int
		text        string // the whole of it, or what must be in the server's own page
		contentType string
	}{
		{"/", 200, "home", "text/html; charset=utf-8"},
		{"/index.html", 200, "home", "text/html; charset=utf-8"},
		{"/?q=1", 200, "home", "text/html; charset=utf-8"},
		{"/incidents/x/", 200, "incident", "text/html; charset=utf-8"},
		{"/incidents/%E5%8E%9F%E5%9B%A0/", 200, "cause", "text/html; charset=utf-8"},
		{"/assets/site.abc.css", 200, "body{}", "text/css; charset=utf-8"},
		{"/search/client.js", 200, "export", "text/javascript; charset=utf-8"},
		{"/search/manifest.json", 200, "{}", "application/json"},
		{"/feed.xml", 200, "<feed/>", "application/xml"},
		{"/robots.txt", 200, "all", "text/plain; charset=utf-8"},
		{"/a/plan.PNG", 200, "png", "image/png"},
		{"/a/dump.bin", 200, "bin", "application/octet-stream"},
		{"/nowhere", 404, "not here", "text/html; charset=utf-8"},
		{"/incidents/", 404, "not here", "text/html; charset=utf-8"},
		{"/bad/", 500, "template: &lt;no such&gt; row", "text/html; charset=utf-8"},
		{"/_faultline/nothing", 404, "There is no such page", "text/html; charset=utf-8"},
		{"/_faultline/notice.html", 404, "There is no such page", "text/html; charset=utf-8"},
		{"/_faultline/", 404, "There is no such page", "text/html; charset=utf-8"},
		{"/_faultline/reload.css", 200, "", "text/css; charset=utf-8"},
		{"/_faultline/reload.js", 200, "", "text/javascript; charset=utf-8"},

		{"/../index.html", 404, "not here", ""},
		{"/%2e%2e/index.html", 404, "not here", ""},
		{"/incidents/../index.html", 404, "not here", ""},
		{"/incidents/%2e%2e/%2e%2e/etc/passwd", 404, "not here", ""},
		{"/..%5cindex.html", 404, "not here", ""},
		{"//incidents/x/", 404, "not here", ""},
		{"//evil.example/incidents/x", 404, "not here", ""},
		{"/incidents//x/", 404, "not here", ""},
		{"/./index.html", 404, "not here", ""},
		{"/index.html%00.png", 404, "not here", ""},
		{"/_faultline/../index.html", 404, "There is no such page", ""},
	}
	for _, test := range tests {
		w := get(s, test.target)
		if w.Code != test.status {
			t.Errorf("%s: status %d, want %d", test.target, w.Code, test.status)
		}
		if got := w.Header().Get("Content-Type"); test.contentType != "" && got != test.contentType {
			t.Errorf("%s: content type %q, want %q", test.target, got, test.contentType)
		}
		if text := w.Body.String(); !strings.Contains(text, test.text) || test.status == 200 && test.text != "" && text != test.text {
			t.Errorf("%s: %q, want %q", test.target, text, test.text)
		}
		wantSecurityHeaders(t, w.Header())
	}
}

func TestFoldersGetTheirSlash(t *testing.T) {
	s := serverOf(snapshot{"incidents/原因/index.html": "cause", "v1.2/index.html": "dots"})
	tests := []struct{ target, want string }{
		{"/incidents/%E5%8E%9F%E5%9B%A0?q=a%26b", "/incidents/%E5%8E%9F%E5%9B%A0/?q=a%26b"},
		{"/v1.2", "/v1.2/"},
	}
	for _, test := range tests {
		w := get(s, test.target)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != test.want {
			t.Errorf("%s: %d to %q, want %q", test.target, w.Code, got, test.want)
		}
	}
}

func TestSiteWithoutItsOwn404(t *testing.T) {
	if w := get(serverOf(snapshot{}), "/"); w.Code != 404 || !strings.Contains(w.Body.String(), "/_faultline/reload.js") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

// A library that cannot be read at all answers everywhere with what is wrong, on a
// page that reloads.
func TestLibraryThatNeverOpened(t *testing.T) {
	open := func(context.Context, []string) (Snapshot, problem.List, error) {
		return nil, nil, errors.New(`no <library> at "x"`)
	}
	s := newServer(open, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1313}, log.New(&strings.Builder{}, "", 0))
	s.open(t.Context(), nil)
	for _, target := range []string{"/", "/incidents/x/", "/../x"} {
		w := get(s, target)
		for _, want := range []string{"no &lt;library&gt; at", "/_faultline/reload.js"} {
			if w.Code != 503 || !strings.Contains(w.Body.String(), want) {
				t.Errorf("%s: %d without %q: %s", target, w.Code, want, w.Body)
			}
		}
	}
}

func TestPartsAndHeads(t *testing.T) {
	s := serverOf(snapshot{"film.mp4": "0123456789"})
	r := httptest.NewRequest("GET", "/film.mp4", nil)
	r.Host = s.hosts[0]
	r.Header.Set("Range", "bytes=2-4")
	w := httptest.NewRecorder()
	s.handler().ServeHTTP(w, r)
	if w.Code != 206 || w.Body.String() != "234" {
		t.Errorf("part: %d %q", w.Code, w.Body)
	}
	r = httptest.NewRequest("HEAD", "/film.mp4", nil)
	r.Host = s.hosts[0]
	w = httptest.NewRecorder()
	s.handler().ServeHTTP(w, r)
	if w.Code != 200 || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "10" {
		t.Errorf("head: %d %q %v", w.Code, w.Body, w.Header())
	}
}
