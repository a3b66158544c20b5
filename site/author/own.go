package author

import (
	"embed"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed client
var embedded embed.FS

// client holds what pages load from this server beside the site itself.
var client, _ = fs.Sub(embedded, "client") // fails for invalid names only

// own answers for the files below /_faultline/.
func (s *server) own(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/_faultline/")
	data, err := fs.ReadFile(client, name)
	if err != nil || path.Ext(name) == ".html" {
		notice(w, http.StatusNotFound, "There is no such page", nil)
		return
	}
	serve(w, r, name, data)
}

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
