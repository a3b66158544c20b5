package author

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestWhoMayRead(t *testing.T) {
	tests := []struct {
		name, method, host string
		header             map[string]string
		want               int
	}{
		{"typed", "GET", "127.0.0.1:1313", nil, 200},
		{"by name", "GET", "localhost:1313", map[string]string{"Sec-Fetch-Site": "none"}, 200},
		{"over IPv6", "GET", "[::1]:1313", nil, 200},
		{"HEAD", "HEAD", "127.0.0.1:1313", nil, 200},
		{"our own page", "GET", "localhost:1313", map[string]string{"Origin": "http://localhost:1313", "Sec-Fetch-Site": "same-origin"}, 200},
		{"a followed link", "GET", "127.0.0.1:1313", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200},

		{"DNS rebinding", "GET", "evil.example:1313", nil, 403},
		{"rebinding with our name in front", "GET", "localhost.evil.example:1313", nil, 403},
		{"another port's host", "GET", "localhost:8080", nil, 403},
		{"no port", "GET", "localhost", nil, 403},
		{"no host", "GET", "", nil, 403},
		{"another site's script", "GET", "127.0.0.1:1313", map[string]string{"Origin": "https://evil.example"}, 403},
		{"another port's script", "GET", "localhost:1313", map[string]string{"Origin": "http://localhost:3000", "Sec-Fetch-Site": "same-site"}, 403},
		{"our host under another name", "GET", "127.0.0.1:1313", map[string]string{"Origin": "http://localhost:1313"}, 403},
		{"https of ours", "GET", "127.0.0.1:1313", map[string]string{"Origin": "https://127.0.0.1:1313"}, 403},
		{"a sandboxed frame", "GET", "127.0.0.1:1313", map[string]string{"Origin": "null"}, 403},
		{"another site's image", "GET", "127.0.0.1:1313", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, 403},
		{"another site's frame", "GET", "127.0.0.1:1313", map[string]string{"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, 403},
		{"another port's image", "GET", "127.0.0.1:1313", map[string]string{"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403},
		{"a form", "POST", "127.0.0.1:1313", nil, 405},
		{"a preflight", "OPTIONS", "127.0.0.1:1313", nil, 405},
		{"deletion", "DELETE", "127.0.0.1:1313", nil, 405},
	}
	s := serverOf(snapshot{"index.html": "secret", "search/manifest.json": "secret"})
	for _, test := range tests {
		for _, path := range []string{"/", "/search/manifest.json", "/_faultline/reload.js"} {
			r := httptest.NewRequest(test.method, path, nil)
			r.Host = test.host
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			s.handler().ServeHTTP(w, r)
			if w.Code != test.want {
				t.Errorf("%s, %s: status %d, want %d", test.name, path, w.Code, test.want)
			}
			if test.want != 200 && strings.Contains(w.Body.String(), "secret") {
				t.Errorf("%s, %s: the answer tells the secret", test.name, path)
			}
			wantSecurityHeaders(t, w.Header())
		}
	}
}

func wantSecurityHeaders(t *testing.T, header http.Header) {
	t.Helper()
	want := map[string]string{
		"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store", "Access-Control-Allow-Origin": "",
	}
	for name, value := range want {
		if got := header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

func TestHostsOfPort80(t *testing.T) {
	s := serverOf(snapshot{"index.html": "x"})
	s.hosts = hostsOf(&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})
	for _, host := range []string{"localhost", "localhost:80", "127.0.0.1", "[::1]"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.handler().ServeHTTP(w, r)
		if w.Code != 200 {
			t.Errorf("host %q: status %d", host, w.Code)
		}
	}
}
