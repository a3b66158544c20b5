package author

import (
	"embed"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync"

	"faultline/site/bundle"
)

//go:embed client
var embedded embed.FS

// client is what pages load from this server is made of.
var client, _ = fs.Sub(embedded, "client") // fails for invalid names only

// own answers for what lies below /_faultline/.
func (s *server) own(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/_faultline/")
	switch write := writes[r.URL.Path]; {
	case r.Method == http.MethodPost:
		s.write(w, r, write)
		return
	case name == "events":
		s.events(w, r)
		return
	case name == "desk":
		s.beside(w, r)
		return
	case name == "new":
		s.form(w)
		return
	}
	make, ok := loaded[name]
	if !ok {
		notice(w, http.StatusNotFound, "There is no such page", nil)
		return
	}
	data, err := make()
	if err != nil {
		failed(w, name, err)
		return
	}
	serve(w, r, name, data)
}

// loaded are the files that pages load, by name. Each script is one file, so that a page
// that was loaded finds a server that was stopped right then again.
var loaded = map[string]func() ([]byte, error){
	"reload.css": sync.OnceValues(func() ([]byte, error) { return bundle.Style(client, "reload.css") }),
	"reload.js":  script("live.js"),
	"worker.js":  script("worker.js"),
	"new.js":     script("new.js"),
}

// script bundles a script of the client when it is first asked for.
func script(entry string) func() ([]byte, error) {
	return sync.OnceValues(func() ([]byte, error) {
		return bundle.Script(client, entry, bundle.ScriptOptions{Format: bundle.Global})
	})
}

var noticePage = template.Must(template.ParseFS(client, "notice.html"))

// notice answers with a page of the server's own, which keeps up like any other.
// text, where it is not nil, writes what is shown below the title.
func notice(w http.ResponseWriter, status int, title string, text func(io.Writer) error) {
	var shown strings.Builder
	if text != nil {
		_ = text(&shown) // a Builder does not fail
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_ = noticePage.Execute(w, struct{ Title, Text string }{title, shown.String()}) // the reader is gone if this fails
}

// failed answers for a file that could not be made.
func failed(w http.ResponseWriter, name string, err error) {
	notice(w, http.StatusInternalServerError, "This page could not be made", func(w io.Writer) error {
		_, err := io.WriteString(w, name+": "+err.Error())
		return err
	})
}
