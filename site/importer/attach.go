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

// withFiles gives a report those of its files that can be copied, each at a place
// below its own folder, with the links in the text written so. A file that is not
// there, or that lies outside of the folder that is imported, is a problem.
func withFiles(src Source, r Report) (Report, problem.List) {
	var problems problem.List
	var files []File
	for _, f := range r.Files {
		if f.Data == nil {
			if err := src.holds(f.From); err != nil {
				problems = append(problems, problem.Problem{Rule: "missing-file", Level: problem.Warning, Path: r.Path,
					Text: fmt.Sprintf("%q is not copied: %s", f.Path, problem.Reason(err)), Hint: "put the file there, or mend the link"})
				continue
			}
		}
		if !filepath.IsLocal(filepath.FromSlash(unescaped(f.Path))) {
			r.Text, f.Path = relink(r.Text, f.Path)
		}
		files = append(files, f)
	}
	r.Files = files
	return r, problems
}

// relink gives a file that is linked to from outside of the report's folder a place in
// it, and writes the links so.
func relink(text []byte, link string) ([]byte, string) {
	below := "files/" + path.Base(link)
	for _, open := range []string{"](", "](<", `src="`, `href="`} {
		text = bytes.ReplaceAll(text, []byte(open+link), []byte(open+below))
	}
	return text, below
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

// bytes reads a file for the source.
func (f File) bytes(src Source) ([]byte, error) {
	if f.Data != nil {
		return f.Data, nil
	}
	file, err := src.open(f.From)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

func unescaped(link string) string {
	if plain, err := url.PathUnescape(link); err == nil {
		return plain
	}
	return link
}
