// Package desk is what a writer sees beside the pages of the authoring server, and what
// can be done from there: problems where they are, the terms that the text suggests, the
// incidents that look like this one, what the report leaves open.
//
// Render writes the desk beside one page as a piece of HTML; all of it is computed from a
// snapshot of the library. Decide and Start are the two things that write: the first
// through package tagging, as the command line does, the second through package scaffold.
// Nothing outside the library is read or written, and no file that changed since it was
// read.
package desk

import (
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/scaffold"
	"faultline/site/tagging"
)

// Library is a snapshot of a library. It is safe for concurrent use.
type Library interface {
	Library() *incident.Library
	Similar(inc *incident.Incident, limit int) []pattern.Likeness
}

// Desk is where one library is written.
type Desk struct {
	root   string // absolute; "" = nothing can be written
	editor string // "" = as the library says
}

// New makes the desk of the library at root, "" for one that cannot be written. editor is
// as ParseEditor reads it; with "" it is the library's own, else VS Code.
func New(root, editor string) (*Desk, error) {
	_, err := ParseEditor(editor)
	return &Desk{root, editor}, err
}

// The rules of faults.
const (
	NotThere = "not-there" // there is no such incident, term or template
	Changed  = "changed"   // the file is not the one that was read
	Refused  = "refused"   // the file, or what is asked for, does not allow it
	Exists   = "exists"
	Busy     = "busy"      // somebody else edits the library
	ReadOnly = "read-only" // the library is not a folder
)

// Fault is why what was asked for was not done. Its Rule is one of those above.
type Fault struct{ problem.Problem }

func (f *Fault) Error() string { return f.String() }

func fault(rule, path, text, hint string) *Fault {
	return &Fault{problem.Problem{Rule: rule, Path: path, Text: text, Hint: hint}}
}

// errReadOnly is the fault of every wish to write where nothing can be written.
var errReadOnly = fault(ReadOnly, "", "this library cannot be written", "copy it into a folder and serve that")

// Decision accepts or rejects a suggested term of an incident.
type Decision struct {
	Path      string `json:"path"`      // of the incident's file, relative to the library's root
	Dimension string `json:"dimension"` // its name in queries: "cause"
	Term      string `json:"term"`
	Decision  string `json:"decision"` // accept or reject
}

// Decide writes the decision into the incident's front matter. sum names the bytes that it
// was made upon, in hexadecimal digits; it returns that of the new ones. An error is a
// *Fault, or the machine's.
func (d *Desk) Decide(lib *incident.Library, x Decision, sum string) (string, error) {
	if d.root == "" {
		return "", errReadOnly
	}
	change, err := planned(lib, x)
	if err != nil {
		return "", err
	}
	if digits(change.Read()) != sum {
		return "", stale(x.Path)
	}
	root, err := os.OpenRoot(d.root)
	if err != nil {
		return "", fmt.Errorf("open library: %w", err)
	}
	defer root.Close()
	if err := tagging.Write(root, []tagging.Change{change}); err != nil {
		return "", written(x.Path, err)
	}
	return digits(frontmatter.SumOf(change.After)), nil
}

func stale(path string) *Fault {
	return fault(Changed, path, "the file changed since it was read", "look at what is suggested now")
}

// planned is the change that a decision makes.
func planned(lib *incident.Library, x Decision) (tagging.Change, error) {
	inc := incidentAt(lib, x.Path)
	if inc == nil {
		return tagging.Change{}, fault(NotThere, "", fmt.Sprintf("%q is no incident of the library", x.Path), "load the page again")
	}
	term, ok := termOf(lib.Vocabulary, x)
	if !ok {
		return tagging.Change{}, fault(NotThere, x.Path, fmt.Sprintf("%q is no %s of the vocabulary", x.Term, x.Dimension), "load the page again")
	}
	var change tagging.Change
	var problems problem.List
	var err error
	switch x.Decision {
	case "accept":
		change, problems = tagging.AcceptTerms(lib, inc, []tagging.Term{term})
	case "reject":
		change, problems, err = tagging.Reject(lib, inc, []tagging.Term{term})
	default:
		err = fmt.Errorf("%q is no decision", x.Decision)
	}
	switch {
	case err != nil:
		return change, fault(Refused, x.Path, err.Error(), "edit the front matter by hand")
	case len(problems) > 0:
		p := problems[0]
		p.Rule = Refused
		return change, &Fault{p}
	}
	return change, nil
}

func incidentAt(lib *incident.Library, path string) *incident.Incident {
	for _, inc := range lib.Incidents {
		if inc.Path == path {
			return inc
		}
	}
	return nil
}

func termOf(v *incident.Vocabulary, x Decision) (tagging.Term, bool) {
	for _, d := range incident.Dimensions {
		if d.Field() == x.Dimension {
			_, ok := v.Lookup(d, x.Term)
			return tagging.Term{Dimension: d, ID: x.Term}, ok
		}
	}
	return tagging.Term{}, false
}

// written says why a file was not written.
func written(path string, err error) error {
	switch {
	case errors.Is(err, frontmatter.ErrChanged):
		return stale(path)
	case errors.Is(err, frontmatter.ErrBusy):
		return fault(Busy, path, "another program edits the library", "try again in a moment")
	default:
		return fault(Refused, path, problem.Reason(err), "check the file and its folder")
	}
}

func digits(s frontmatter.Sum) string { return fmt.Sprintf("%x", s[:]) }

// Draft is an incident to be begun.
type Draft struct {
	Kind  string `json:"kind"`
	Title string `json:"title"`
	Date  string `json:"date"` // YYYY-MM-DD
}

// Started is an incident that was begun.
type Started struct {
	Path   string `json:"path"`
	URL    string `json:"url"`    // of its page, relative to the site's root
	Editor string `json:"editor"` // the link that opens the file, "" for none
}

// Start writes the draft's file. An error is a *Fault, or the machine's.
func (d *Desk) Start(lib *incident.Library, draft Draft) (Started, error) {
	if d.root == "" {
		return Started{}, errReadOnly
	}
	if _, err := time.Parse(time.DateOnly, draft.Date); err != nil {
		return Started{}, fault(Refused, "", fmt.Sprintf("%q is not a day", draft.Date), "write it as YYYY-MM-DD")
	}
	if strings.TrimSpace(draft.Title) == "" {
		return Started{}, fault(Refused, "", "the incident has no title", "say what users saw")
	}
	full, err := scaffold.Incident(d.root, draft.Kind, draft.Title, draft.Date)
	path := slash(d.root, full)
	switch {
	case errors.Is(err, fs.ErrExist):
		return Started{}, fault(Exists, path, "the file exists already", "give the incident another title")
	case errors.Is(err, scaffold.ErrNoKind):
		return Started{}, fault(NotThere, "", err.Error(), "choose one of the list")
	case err != nil:
		return Started{}, fault(Refused, "", problem.Reason(err), "")
	}
	return Started{path, record.URL(record.PathID(path)), string(d.editorOf(lib).Link(full, 1, 1))}, nil
}

func slash(root, full string) string {
	path, err := filepath.Rel(root, full)
	if err != nil || full == "" {
		return ""
	}
	return filepath.ToSlash(path)
}

// editorOf is the editor that links open: the one of the command line, else the library's.
func (d *Desk) editorOf(lib *incident.Library) Editor {
	name := d.editor
	if name == "" && lib != nil {
		name = lib.Config.Editor
	}
	e, err := ParseEditor(name)
	if err != nil || d.root == "" {
		return Editor{}
	}
	return e
}

// link opens a file of the library.
func (d *Desk) link(lib *incident.Library, path string, line, column int) template.URL {
	if d.root == "" || !fs.ValidPath(path) {
		return ""
	}
	return d.editorOf(lib).Link(filepath.Join(d.root, filepath.FromSlash(path)), line, column)
}

//go:embed templates
var files embed.FS

var pages = template.Must(template.ParseFS(files, "templates/*.html"))

// Form writes the page on which an incident is begun. The library is nil as long as none
// could be read.
func (d *Desk) Form(w io.Writer, lib *incident.Library, token string) error {
	var kinds []scaffold.Kind
	if lib != nil {
		var err error
		if kinds, err = scaffold.Kinds(lib.FS); err != nil {
			return err
		}
	}
	return pages.ExecuteTemplate(w, "new.html", struct {
		Token    string
		Writable bool
		Kinds    []scaffold.Kind
	}{token, d.root != "", kinds})
}
