package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"faultline/site/problem"
	"faultline/site/record"
)

// MaxBytes is the size of the largest source that is read: ten years of a busy
// status page.
const MaxBytes = 64 << 20

// Source is one file to import.
type Source struct {
	Path string // as named on the command line; "-" for standard input
	Key  string // what it is called from run to run, whatever folder the command runs in
	Root string // folder outside of which nothing is read for it; "" = nothing is read beside it
	Data []byte // nil until it is read

	Columns    map[string]string // of a CSV file: what a column is, by its name; see columnFields
	Severities []string          // the library's scale, nil = it has none
}

// stdin is the path that stands for standard input.
const stdin = "-"

// List lists the files that the arguments name, each once and not yet read: files,
// the files of a folder and of those in it that look like reports, globs, and "-".
// What an argument does not lead to is a problem.
func List(args []string) ([]Source, problem.List) {
	l := lister{seen: map[string]bool{}}
	for _, arg := range args {
		l.argument(arg)
	}
	return l.sources, l.problems
}

type lister struct {
	sources  []Source
	seen     map[string]bool
	problems problem.List
}

func (l *lister) argument(arg string) {
	if arg == stdin {
		l.add(Source{Path: stdin, Key: "stdin"})
		return
	}
	switch info, err := os.Stat(arg); {
	case err == nil && info.IsDir():
		l.folder(arg)
	case err == nil:
		l.file(arg)
	case errors.Is(err, fs.ErrNotExist):
		l.glob(arg)
	default:
		l.unreadable(arg, err)
	}
}

// glob adds what a pattern matches that the shell did not expand.
func (l *lister) glob(pattern string) {
	matches, err := filepath.Glob(pattern)
	if err != nil || len(matches) == 0 {
		l.problems = append(l.problems, problem.Problem{Rule: "no-source", Path: pattern, Text: fmt.Sprintf("nothing is called %q", pattern),
			Hint: "name a file or a folder that exists, or - for standard input"})
	}
	for _, match := range matches {
		l.argument(match)
	}
}

// file adds a file that is named itself. Its key is the one that it has where its
// folder is named.
func (l *lister) file(name string) {
	dir := filepath.Dir(name)
	l.add(Source{Path: name, Key: path.Join(folderName(dir), filepath.Base(name)), Root: dir})
}

// folder adds the reports below a folder. Their keys begin with its name.
func (l *lister) folder(root string) {
	name := folderName(root)
	found := len(l.sources)
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			l.unreadable(file, err)
		case file == root:
		case entry.IsDir():
			if aside(file, true) {
				return fs.SkipDir
			}
		case entry.Type().IsRegular() && !aside(file, false):
			below, _ := filepath.Rel(root, file)
			l.add(Source{Path: file, Key: path.Join(name, filepath.ToSlash(below)), Root: root})
		}
		return nil
	})
	if err == nil && len(l.sources) == found {
		l.problems = append(l.problems, problem.Problem{Rule: "no-source", Level: problem.Warning, Path: root, Text: "folder holds no report",
			Hint: fmt.Sprintf("files that end in %s are read; name others one by one", strings.Join(endings, ", "))})
	}
}

// folderName is what a folder is called, also where the argument is "." or "..".
func folderName(root string) string {
	if whole, err := filepath.Abs(root); err == nil {
		root = whole
	}
	return strings.Trim(filepath.ToSlash(filepath.Base(root)), "/")
}

func (l *lister) add(s Source) {
	if !l.seen[filepath.Clean(s.Path)] {
		l.seen[filepath.Clean(s.Path)] = true
		l.sources = append(l.sources, s)
	}
}

func (l *lister) unreadable(name string, err error) {
	l.problems = append(l.problems, unreadable(name, err))
}

func unreadable(name string, err error) problem.Problem {
	return problem.Problem{Rule: "unreadable", Path: name, Text: "cannot be read: " + problem.Reason(err), Hint: "check its permissions"}
}

// name is what an incident is called that is all of the source: the source's path
// below the folder that was named.
func (s Source) name() string {
	below := s.Key
	if folder, rest, ok := strings.Cut(below, "/"); ok && !strings.EqualFold(record.PathID(rest), "index") {
		_, below = folder, rest
	}
	return record.PathID(below)
}

// endings are those of the files that are taken from a folder.
var endings = []string{".md", ".markdown", ".txt", ".html", ".htm", ".erb", ".json", ".xml", ".atom", ".rss", ".csv", ".tsv"}

// savedPage ends the name of the folder in which a browser keeps what a page shows.
const savedPage = "_files"

// aside reports whether a file or folder below an argument is no report by its name.
func aside(file string, folder bool) bool {
	if record.Aside(filepath.ToSlash(file), folder) {
		return true
	}
	if folder {
		return strings.HasSuffix(file, savedPage)
	}
	return !slices.Contains(endings, strings.ToLower(filepath.Ext(file)))
}

// Read reads the bytes of a source.
func (s Source) Read(in io.Reader) (Source, problem.List) {
	if s.Path != stdin {
		f, err := os.Open(s.Path)
		if err != nil {
			return s, problem.List{unreadable(s.Path, err)}
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Size() > MaxBytes {
			return s, problem.List{tooLarge(s.Path)}
		}
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	switch {
	case err != nil:
		return s, problem.List{unreadable(s.Path, err)}
	case len(data) > MaxBytes:
		return s, problem.List{tooLarge(s.Path)}
	}
	if trimmed := bytes.TrimSpace(data); len(trimmed) == 0 || string(trimmed) == "[]" {
		return s, problem.List{nothingIn(s.Path)}
	}
	s.Data = data
	return s, nil
}

// nothingIn is a warning of a file, which may be a stub, and an error of standard
// input, which is what a failed command leaves.
func nothingIn(name string) problem.Problem {
	p := problem.Problem{Rule: "empty-file", Level: problem.Warning, Path: name, Text: "there is nothing in it", Hint: "write the report, or leave the file out"}
	if name == stdin {
		p.Level, p.Hint = problem.Error, "see whether the command before it failed"
	}
	return p
}

func tooLarge(name string) problem.Problem {
	return problem.Problem{Rule: "file-too-large", Path: name, Text: fmt.Sprintf("file is larger than the %d MiB that are read", MaxBytes>>20),
		Hint: "cut it into several files"}
}
