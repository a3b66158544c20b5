package author

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"
)

// handler answers every request that may be answered: with the server's own files,
// else with the site's.
func (s *server) handler() http.Handler {
	return s.protect(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/_faultline/"):
			s.own(w, r)
		default:
			s.page(w, r)
		}
	}))
}

// page answers from the current snapshot. A folder is its index.html; its name
// without the slash leads to the one with it, so that relative links work.
func (s *server) page(w http.ResponseWriter, r *http.Request) {
	now := s.current.Load()
	w.Header().Set("Server-Timing", fmt.Sprintf("snapshot;desc=%q", now.version))
	if now.snapshot == nil {
		notice(w, http.StatusServiceUnavailable, "The library cannot be read", now.problems.Write)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		s.missing(w, now)
		return
	}
	data, err := now.snapshot.File(name)
	switch {
	case err == nil:
		serve(w, r, name, data)
	case !errors.Is(err, fs.ErrNotExist):
		failed(w, name, err)
	case !strings.HasSuffix(r.URL.Path, "/") && has(now.snapshot, name+"/index.html"):
		to := url.URL{Path: "/" + name + "/", RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
	default:
		s.missing(w, now)
	}
}

// fileName returns the path of the file that a URL's path stands for, or false
// where there can be none: no file of a site lies outside it, and none has a
// backslash or NUL in its name.
func fileName(urlPath string) (string, bool) {
	name, ok := strings.CutPrefix(urlPath, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return name, ok && fs.ValidPath(name) && !strings.ContainsAny(name, "\\\x00")
}

func has(snapshot Snapshot, name string) bool {
	_, err := snapshot.File(name)
	return err == nil
}

func serve(w http.ResponseWriter, r *http.Request, name string, data []byte) {
	w.Header().Set("Content-Type", contentType(name))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}

// missing answers with the site's own page for what it does not have.
func (s *server) missing(w http.ResponseWriter, now *state) {
	data, err := now.snapshot.File("404.html")
	if err != nil {
		notice(w, http.StatusNotFound, "There is no such page", nil)
		return
	}
	w.Header().Set("Content-Type", contentType("404.html"))
	w.WriteHeader(http.StatusNotFound)
	_, _ = w.Write(data) // the reader is gone if this fails
}

// contentTypes is fixed, because the system's own table differs between machines.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".map": "application/json",
	".xml": "application/xml", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".log": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".pdf": "application/pdf",
	".woff": "font/woff", ".woff2": "font/woff2", ".mp4": "video/mp4", ".webm": "video/webm",
	".wasm": "application/wasm", ".gz": "application/gzip", ".zip": "application/zip",
}

func contentType(name string) string {
	if t, ok := contentTypes[strings.ToLower(path.Ext(name))]; ok {
		return t
	}
	return "application/octet-stream"
}
