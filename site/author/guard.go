package author

import (
	"net"
	"net/http"
	"slices"
	"strconv"
)

// policy is the content security policy of every page; the built site has the same.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protect lets only requests through that a person at this machine makes, and puts
// the security headers on every answer.
func (s *server) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("X-Frame-Options", "DENY")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cache-Control", "no-store")
		switch {
		case !slices.Contains(s.hosts, r.Host):
			refuse(w, http.StatusForbidden, "This server answers for "+s.hosts[0]+" only.")
		case !s.sameOrigin(r):
			refuse(w, http.StatusForbidden, "This server does not answer other sites.")
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			header.Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "This server can only be read.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// sameOrigin reports whether the request was made by a page of ours or by the
// person: typed, or a link that was followed, whose page its sender cannot read.
// Browsers send Origin or Sec-Fetch-Site with all others.
func (s *server) sameOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != "http://"+r.Host {
		return false
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return true
	default:
		return r.Header.Get("Sec-Fetch-Mode") == "navigate" && r.Header.Get("Sec-Fetch-Dest") == "document"
	}
}

func refuse(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // the reader is gone if this fails
}

// hostsOf returns the values of the Host header that name the address.
func hostsOf(addr *net.TCPAddr) []string {
	var hosts []string
	for _, name := range []string{addr.IP.String(), "127.0.0.1", "localhost", "::1"} {
		host := net.JoinHostPort(name, strconv.Itoa(addr.Port))
		if slices.Contains(hosts, host) {
			continue
		}
		hosts = append(hosts, host)
		if addr.Port == 80 {
			hosts = append(hosts, host[:len(host)-len(":80")])
		}
	}
	return hosts
}
