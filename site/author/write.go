package author

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"faultline/site/author/desk"
	"faultline/site/incident"
	"faultline/site/problem"
)

// maxWish is the size of the largest request to write.
const maxWish = 64 << 10

// writes are the requests that write, by path. Each reads its wish from the body and
// returns the answer.
var writes = map[string]func(s *server, lib *incident.Library, r *http.Request) (any, error){
	"/_faultline/tags":      (*server).decide,
	"/_faultline/incidents": (*server).begin,
}

// statuses are the HTTP statuses of the faults of the desk, by rule.
var statuses = map[string]int{
	desk.NotThere: http.StatusNotFound, desk.Changed: http.StatusPreconditionFailed, desk.Refused: http.StatusUnprocessableEntity,
	desk.Exists: http.StatusConflict, desk.Busy: http.StatusConflict, desk.ReadOnly: http.StatusForbidden,
}

// library is the newest snapshot as the desk knows it, nil where there is none.
func (now *state) library() desk.Library {
	lib, _ := now.snapshot.(desk.Library)
	return lib
}

// beside answers with the desk beside a page.
func (s *server) beside(w http.ResponseWriter, r *http.Request) {
	now := s.current.Load()
	page, err := url.PathUnescape(r.URL.Query().Get("page"))
	if err != nil {
		page = ""
	}
	var text strings.Builder
	if err := s.desk.Render(&text, now.library(), now.problems, page, s.token); err != nil {
		failed(w, "desk", err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, text.String()) // the reader is gone if this fails
}

// form answers with the page on which an incident is begun.
func (s *server) form(w http.ResponseWriter) {
	var lib *incident.Library
	if l := s.current.Load().library(); l != nil {
		lib = l.Library()
	}
	var text strings.Builder
	if err := s.desk.Form(&text, lib, s.token); err != nil {
		failed(w, "new", err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, text.String()) // the reader is gone if this fails
}

// write answers a request to write, which a page of ours must have made.
func (s *server) write(w http.ResponseWriter, r *http.Request, do func(*server, *incident.Library, *http.Request) (any, error)) {
	if p, status := s.mayNot(r); status != 0 {
		answer(w, status, failure{p})
		return
	}
	lib := s.current.Load().library()
	if lib == nil {
		answer(w, http.StatusServiceUnavailable, failure{problem.Problem{Rule: "no-library", Text: "the library cannot be read", Hint: "mend what is shown first"}})
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxWish)
	done, err := do(s, lib.Library(), r)
	fault := (*desk.Fault)(nil)
	switch {
	case err == nil:
		answer(w, http.StatusOK, done)
	case errors.As(err, &fault):
		answer(w, statuses[fault.Rule], failure{fault.Problem})
	default:
		answer(w, http.StatusInternalServerError, failure{problem.Problem{Rule: "failed", Text: err.Error(), Hint: "nothing was written"}})
	}
}

// failure is the answer where nothing was written.
type failure struct {
	Error problem.Problem `json:"error"`
}

// mayNot says why a request must not write; the status is 0 where it may.
func (s *server) mayNot(r *http.Request) (problem.Problem, int) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Header.Get("Origin") != "http://"+r.Host:
		return problem.Problem{Rule: "origin", Text: "the request does not come from a page of this server", Hint: "open the page from here"}, http.StatusForbidden
	case subtle.ConstantTimeCompare([]byte(r.Header.Get("X-Faultline-Token")), []byte(s.token)) != 1:
		return problem.Problem{Rule: "token", Text: "the page is of an earlier run of the server", Hint: "load it again"}, http.StatusForbidden
	case kind != "application/json":
		return problem.Problem{Rule: "not-json", Text: "the request is not JSON", Hint: "send application/json"}, http.StatusUnsupportedMediaType
	}
	return problem.Problem{}, 0
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // the reader is gone if this fails
}

// wish reads the body of a request into the value.
func wish(r *http.Request, into any) error {
	d := json.NewDecoder(r.Body)
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return &desk.Fault{Problem: problem.Problem{Rule: desk.Refused, Text: "the request cannot be read: " + err.Error(), Hint: "load the page again"}}
	}
	return nil
}

// decide writes what was decided of a suggested tag.
func (s *server) decide(lib *incident.Library, r *http.Request) (any, error) {
	var d desk.Decision
	if err := wish(r, &d); err != nil {
		return nil, err
	}
	sum, err := s.desk.Decide(lib, d, strings.Trim(r.Header.Get("If-Match"), `"`))
	return struct {
		Sum string `json:"sum"`
	}{sum}, err
}

// begin writes the file of a new incident.
func (s *server) begin(lib *incident.Library, r *http.Request) (any, error) {
	var d desk.Draft
	if err := wish(r, &d); err != nil {
		return nil, err
	}
	return s.desk.Start(lib, d)
}
