package author

import (
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
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
		case !s.answersFor(r.Host):
			refuse(w, http.StatusForbidden, "This server answers for "+s.hosts[0]+" only; faultline serve --allow-host names others.")
		case !s.sameOrigin(r):
			refuse(w, http.StatusForbidden, "This server does not answer other sites.")
		case r.Method == http.MethodPost && writes[r.URL.Path] != nil:
			next.ServeHTTP(w, r)
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			header.Set("Allow", "GET, HEAD")
			refuse(w, http.StatusMethodNotAllowed, "This can only be read.")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// answersFor reports whether the server may be asked by the value of a Host header: an
// address of its own, or a name that was allowed. Where other machines can reach it, every
// address is its own: only names can be pointed elsewhere.
func (s *server) answersFor(host string) bool {
	if slices.Contains(s.hosts, host) {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = strings.Trim(host, "[]")
	}
	return slices.ContainsFunc(s.names, func(allowed string) bool { return strings.EqualFold(allowed, name) }) ||
		s.exposed && net.ParseIP(name) != nil
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
	names := []string{addr.IP.String(), "127.0.0.1", "localhost", "::1"}
	if addr.IP.IsUnspecified() {
		names = names[1:] // nobody can ask for all addresses
	}
	for _, name := range names {
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
