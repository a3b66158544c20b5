package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"faultline/site/problem"
)

// Folder is where a library keeps templates of its own, one KIND.md for each kind.
const Folder = "templates"

// DefaultKind is the kind of a new incident that nobody chose one for.
const DefaultKind = "incident"

// ErrNoKind is returned for a kind that has no template.
var ErrNoKind = errors.New("there is no such template")

// Kind is a way to begin an incident.
type Kind struct {
	Name  string // of the template, without .md
	About string // what it is for; "" for one of the library's own
	Text  string // {{title}} and {{date}} stand for the title and the day
}

// builtIn are the kinds that every library has, the default one first.
var builtIn = [...]Kind{
	{Name: DefaultKind, About: "every field, each with what it means"},
	{Name: "brief", About: "a page for what is soon told"},
	{Name: "sre", About: "the parts of site reliability engineering: impact, root causes, trigger, resolution, lessons"},
	{Name: "five-whys", About: "from what users saw to what can be changed"},
	{Name: "learning-review", About: "the story as each person lived it, and what it taught"},
}

// Kinds returns the kinds of incidents of the library whose root is fsys: its own
// templates and those built in that none of its own replaces, the default one first,
// the library's own next, each by name.
func Kinds(fsys fs.FS) ([]Kind, error) {
	var kinds []Kind
	own, err := fs.Glob(fsys, Folder+"/*.md")
	if err != nil {
		return nil, err
	}
	for _, name := range own {
		kind := strings.TrimSuffix(strings.TrimPrefix(name, Folder+"/"), ".md")
		text, err := template(fsys, kind)
		if err != nil {
			return nil, err
		}
		kinds = append(kinds, Kind{Name: kind, Text: text})
	}
	for _, k := range builtIn {
		if slices.ContainsFunc(kinds, func(o Kind) bool { return o.Name == k.Name }) {
			continue
		}
		if k.Text, err = template(fsys, k.Name); err != nil {
			return nil, err
		}
		kinds = append(kinds, k)
	}
	slices.SortStableFunc(kinds, func(a, b Kind) int { return rank(a) - rank(b) })
	return kinds, nil
}

func rank(k Kind) int {
	if k.Name == DefaultKind {
		return 0
	}
	return 1
}

// template is the text of the kind: the library's own, else the built-in one.
func template(fsys fs.FS, kind string) (string, error) {
	name := Folder + "/" + kind + ".md"
	if !fs.ValidPath(name) || strings.ContainsAny(kind, "/\\\x00") {
		return "", fmt.Errorf("%q: %w", kind, ErrNoKind)
	}
	info, err := fs.Stat(fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text, err := files.ReadFile("files/" + name)
		if err != nil {
			return "", fmt.Errorf("%q: %w", kind, ErrNoKind)
		}
		return string(text), nil
	case err == nil && !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	}
	if err != nil {
		return "", fmt.Errorf("read %q: %s", name, problem.Reason(err))
	}
	text, err := fs.ReadFile(fsys, name)
	return string(text), err
}
