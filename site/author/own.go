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

// client holds what pages load from this server beside the site itself.
var client, _ = fs.Sub(embedded, "client") // fails for invalid names only

// own answers for the files below /_faultline/.
func (s *server) own(w http.ResponseWriter, r *http.Request) {
	var data []byte
	var err error
	switch r.URL.Path {
	case "/_faultline/reload.js":
		data, err = script()
	case "/_faultline/reload.css":
		data, err = style()
	default:
		notice(w, http.StatusNotFound, "There is no such page", nil)
		return
	}
	if err != nil {
		failed(w, r.URL.Path, err)
		return
	}
	serve(w, r, r.URL.Path, data)
}

var (
	script = sync.OnceValues(func() ([]byte, error) {
		return bundle.Script(client, "reload.ts", bundle.ScriptOptions{Format: bundle.Global})
	})
	style = sync.OnceValues(func() ([]byte, error) { return bundle.Style(client, "reload.css") })
)

var noticePage = template.Must(template.ParseFS(client, "notice.html"))

// notice answers with a page of the server's own, which reloads like any other.
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
