package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"

	"faultline/site/problem"
)

// attachment is a file that is copied beside an incident.
type attachment struct {
	file File
	to   string // below the library's root
}

// attachmentsOf lists what is copied for a change. A file that is not there, or that
// lies outside of the folder that is imported, is a problem.
func attachmentsOf(src Source, c Change) ([]attachment, problem.List) {
	var list []attachment
	var problems problem.List
	for _, f := range c.Report.Files {
		if f.Data == nil {
			if err := src.holds(f.From); err != nil {
				problems = append(problems, problem.Problem{Rule: "missing-file", Level: problem.Warning, Path: c.Report.Path,
					Text: fmt.Sprintf("%q is not copied: %s", f.Path, problem.Reason(err)), Hint: "put the file there, or mend the link"})
				continue
			}
		}
		list = append(list, attachment{f, path.Join(path.Dir(c.Path), unescaped(f.Path))})
	}
	return list, problems
}

// errOutside is why a file is not copied.
var errOutside = errors.New("it lies outside of the folder that is imported")

// holds reports whether a file is one that may be read for the source.
func (s Source) holds(file string) error {
	f, err := s.open(file)
	if err != nil {
		return err
	}
	return f.Close()
}

// open opens a regular file below the source's folder, links out of it not followed.
func (s Source) open(file string) (*os.File, error) {
	below, err := filepath.Rel(s.Root, file)
	if s.Root == "" || err != nil || !filepath.IsLocal(below) {
		return nil, errOutside
	}
	root, err := os.OpenRoot(s.Root)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if info, err := root.Stat(below); err == nil && !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	return root.Open(below)
}

// bytes reads the file of an attachment.
func (a attachment) bytes(src Source) ([]byte, error) {
	if a.file.Data != nil {
		return a.file.Data, nil
	}
	f, err := src.open(a.file.From)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// relink gives files that are linked to above the report's own folder a place below
// it, and writes the links so.
func relink(r Report) ([]byte, []File) {
	text := r.Text
	files := make([]File, len(r.Files))
	for n, f := range r.Files {
		files[n] = f
		if filepath.IsLocal(filepath.FromSlash(unescaped(f.Path))) {
			continue
		}
		files[n].Path = "files/" + path.Base(f.Path)
		for _, open := range []string{"](", "](<", `src="`, `href="`} {
			text = bytes.ReplaceAll(text, []byte(open+f.Path), []byte(open+files[n].Path))
		}
	}
	return text, files
}

func unescaped(link string) string {
	if plain, err := url.PathUnescape(link); err == nil {
		return plain
	}
	return link
}
