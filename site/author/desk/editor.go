package desk

import (
	"fmt"
	"html/template"
	"maps"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// DefaultEditor is the editor that links open where nobody chose one.
const DefaultEditor = "vscode"

// editors are the forms of links by the name of the editor. {path} is the absolute path
// with slashes, {line} and {column} count from 1.
var editors = map[string]string{
	"vscode":          "vscode://file{path}:{line}:{column}",
	"vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
	"vscodium":        "vscodium://file{path}:{line}:{column}",
	"cursor":          "cursor://file{path}:{line}:{column}",
	"windsurf":        "windsurf://file{path}:{line}:{column}",
	"zed":             "zed://file{path}:{line}:{column}",
	"idea":            "idea://open?file={path}&line={line}&column={column}",
	"textmate":        "txmt://open?url=file://{path}&line={line}&column={column}",
	"sublime":         "subl://open?url=file://{path}&line={line}&column={column}",
	"none":            "",
}

// Editor makes links that open files. The zero Editor makes none.
type Editor struct{ form string }

var linkForm = regexp.MustCompile(`^([a-z][a-z0-9+.-]*):[^\s]*\{path\}[^\s]*$`)

// runs are schemes whose links a browser runs or shows itself.
var runs = []string{"javascript", "data", "vbscript", "blob", "about", "file", "view-source"}

// ParseEditor reads the name of an editor, or the form of a link with {path}, and with
// {line} and {column} where it knows them. "" is DefaultEditor, "none" makes no links.
func ParseEditor(name string) (Editor, error) {
	if name == "" {
		name = DefaultEditor
	}
	if form, ok := editors[name]; ok {
		return Editor{form}, nil
	}
	m := linkForm.FindStringSubmatch(name)
	if m == nil || slices.Contains(runs, m[1]) {
		return Editor{}, fmt.Errorf("editor %q is not known: write one of %s, or the form of a link such as vscode://file{path}:{line}:{column}",
			name, strings.Join(slices.Sorted(maps.Keys(editors)), ", "))
	}
	return Editor{name}, nil
}

// Link opens the file with the absolute path at the place; unknown places are the first.
func (e Editor) Link(path string, line, column int) template.URL {
	if e.form == "" {
		return ""
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = strings.NewReplacer("&", "%26", "+", "%2B", "=", "%3D").Replace(url.PathEscape(part))
	}
	return template.URL(strings.NewReplacer("{path}", strings.Join(parts, "/"),
		"{line}", strconv.Itoa(max(line, 1)), "{column}", strconv.Itoa(max(column, 1))).Replace(e.form))
}
