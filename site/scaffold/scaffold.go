// Package scaffold starts what people then write themselves: a library, and an
// incident in it. It never overwrites a file.
package scaffold

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"faultline/site/problem"
	"faultline/site/record"
)

//go:embed files
var files embed.FS

// ownTemplate is the library's own template for new incidents, where it has one.
const ownTemplate = "templates/incident.md"

// starters are the files of a new library, by the name they get.
var starters = [...]struct{ name, source string }{
	{"faultline.yaml", "files/faultline.yaml"},
	{"netlify.toml", "files/netlify.toml"},
	{".gitignore", "files/gitignore"},
}

// Incident writes a draft with the title into the folder incidents of the library
// at root and returns its path. day is YYYY-MM-DD. The text comes from the library's
// templates/incident.md, else from the built-in template; {{title}} and {{date}}
// are filled in. An error wraps fs.ErrExist where the file is there already.
func Incident(root, title, day string) (string, error) {
	title = strings.Map(printable, strings.ToValidUTF8(title, "\ufffd"))
	if !strings.ContainsFunc(title, isNameable) {
		return "", fmt.Errorf("title %q has no letter or digit to name a file by", title)
	}
	text, err := template(root)
	if err != nil {
		return "", err
	}
	text = strings.NewReplacer("{{title}}", quote(title), "{{date}}", day).Replace(text)
	slug := record.PathID(strings.NewReplacer(".", " ", "/", " ").Replace(title))
	name := filepath.Join("incidents", day+"-"+slug+".md")
	r, err := os.OpenRoot(root)
	if err != nil {
		return "", fmt.Errorf("open library: %w", err)
	}
	defer r.Close()
	if err := r.MkdirAll("incidents", 0o755); err != nil {
		return "", fmt.Errorf("make the folder \"incidents\": %s", problem.Reason(err))
	}
	return filepath.Join(root, name), create(r, name, []byte(text))
}

func isNameable(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// printable makes a space of what has no place in a title: line ends, tabs and
// other control characters.
func printable(r rune) rune {
	if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) {
		return ' '
	}
	return r
}

func template(root string) (string, error) {
	name := filepath.Join(root, filepath.FromSlash(ownTemplate))
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text, err := files.ReadFile("files/incident.md")
		return string(text), err
	case err == nil && !info.Mode().IsRegular():
		err = errors.New("not a regular file")
	}
	if err != nil {
		return "", fmt.Errorf("read %q: %s", ownTemplate, problem.Reason(err))
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// quote writes a title as a YAML scalar that reads back as the same text.
func quote(title string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(title) + `"`
}

// Library makes dir a library, with its own settings, netlify.toml and .gitignore,
// and returns the paths written. Files that are there already are left as they are;
// a faultline.yaml among them means that dir is a library already, an error that
// wraps fs.ErrExist.
func Library(dir string) ([]string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	r, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var written []string
	for i, s := range starters {
		text, err := files.ReadFile(s.source)
		if err != nil {
			return written, err
		}
		switch err := create(r, s.name, text); {
		case err == nil:
			written = append(written, filepath.Join(dir, s.name))
		case i > 0 && errors.Is(err, fs.ErrExist):
		default:
			return written, err
		}
	}
	return written, nil
}

// create writes a file that must not exist yet.
func create(r *os.Root, name string, text []byte) error {
	f, err := r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
