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

// starters are the files of a new library, by the name they get.
var starters = [...]struct{ name, source string }{
	{"faultline.yaml", "files/faultline.yaml"},
	{"netlify.toml", "files/netlify.toml"},
	{".gitignore", "files/gitignore"},
}

// Incident writes a draft with the title into the folder incidents of the library
// at root and returns its path. day is YYYY-MM-DD, kind the name of one of its Kinds.
// {{title}} and {{date}} are filled into the kind's text. An error wraps fs.ErrExist
// where the file is there already, ErrNoKind where there is no such kind.
func Incident(root, kind, title, day string) (string, error) {
	title = strings.Map(printable, strings.ToValidUTF8(title, "\ufffd"))
	if !strings.ContainsFunc(title, isNameable) {
		return "", fmt.Errorf("title %q has no letter or digit to name a file by", title)
	}
	r, err := os.OpenRoot(root)
	if err != nil {
		return "", fmt.Errorf("open library: %w", err)
	}
	defer r.Close()
	text, err := template(r.FS(), kind)
	if err != nil {
		return "", err
	}
	text = strings.NewReplacer("{{title}}", quote(title), "{{date}}", day).Replace(text)
	slug := record.PathID(strings.NewReplacer(".", " ", "/", " ").Replace(title))
	name := filepath.Join("incidents", day+"-"+slug+".md")
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
