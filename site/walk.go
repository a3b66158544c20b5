package site

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"faultline/site/problem"
	"faultline/site/record"
)

// walker collects the files of a library.
type walker struct {
	fsys      fs.FS
	ignore    []*regexp.Regexp
	incidents []located // in the order of the walk, which is lexical
	links     []string  // paths of symbolic links that may be incidents, or become so
	problems  problem.List
}

// located is the file of an incident.
type located struct {
	path string
	info fs.FileInfo
}

// walk finds the incidents below the root of fsys. What it cannot read becomes a
// problem; only a root that cannot be read at all is an error.
func walk(fsys fs.FS, ignore []string) (*walker, error) {
	w := newWalker(fsys, ignore)
	return w, fs.WalkDir(fsys, ".", w.visit)
}

func newWalker(fsys fs.FS, ignore []string) *walker {
	w := &walker{fsys: fsys}
	for _, glob := range ignore {
		w.ignore = append(w.ignore, globPattern(glob))
	}
	return w
}

// visitOne looks at one file as a walk would. It is false for what is no file that a walk would
// take for an incident or complain of.
func (w *walker) visitOne(name string) bool {
	if !isIncidentName(name) || !fs.ValidPath(name) || w.aside(name, false) {
		return false
	}
	for folder := path.Dir(name); folder != "."; folder = path.Dir(folder) {
		if w.aside(folder, true) || w.isSite(folder) {
			return false
		}
	}
	info, err := fs.Lstat(w.fsys, name)
	if err != nil || info.IsDir() {
		return false
	}
	_ = w.visit(name, fs.FileInfoToDirEntry(info), nil) // fails for roots only
	return true
}

func (w *walker) visit(name string, entry fs.DirEntry, err error) error {
	if err != nil {
		return w.unreadable(name, entry, err)
	}
	if name == "." {
		return nil
	}
	if entry.IsDir() {
		if w.aside(name, true) || w.isSite(name) {
			return fs.SkipDir
		}
		return nil
	}
	if w.aside(name, false) || !isIncidentName(name) {
		return nil
	}
	if !fs.ValidPath(name) {
		w.report("file-name", problem.Error, name, fmt.Sprintf("file name %q is not UTF-8", name), "rename the file")
		return nil
	}
	if entry.Type()&fs.ModeSymlink != 0 {
		w.links = append(w.links, name)
	}
	if info, ok := w.regular(name, entry); ok {
		w.add(located{name, info})
	}
	return nil
}

func (w *walker) add(f located) {
	if f.info.Size() > record.MaxBytes {
		w.report("file-too-large", problem.Error, f.path,
			fmt.Sprintf("file is larger than %d MiB and was left out", record.MaxBytes>>20),
			"move logs and dumps out of the report and link to them")
		return
	}
	w.incidents = append(w.incidents, f)
}

// regular follows a symbolic link inside the library; one that leads out of it, or
// nowhere, is a problem.
func (w *walker) regular(name string, entry fs.DirEntry) (fs.FileInfo, bool) {
	info, err := fs.Stat(w.fsys, name)
	switch {
	case err != nil && entry.Type()&fs.ModeSymlink != 0:
		w.report("link-leaves-library", problem.Error, name,
			"symbolic link leads out of the library or nowhere, and was left out",
			"copy the file into the library instead")
	case err != nil:
		w.report("unreadable", problem.Error, name, "file cannot be read: "+problem.Reason(err), "check its permissions")
	case info.IsDir():
		w.report("link-to-folder", problem.Warning, name,
			"symbolic link to a folder is not followed", "move the folder into the library")
	case !info.Mode().IsRegular():
		w.report("not-a-file", problem.Warning, name, "not a regular file, and was left out",
			"put a file in its place, or remove it")
	default:
		return info, true
	}
	return nil, false
}

func (w *walker) unreadable(name string, entry fs.DirEntry, err error) error {
	if name == "." {
		return err
	}
	w.report("unreadable", problem.Error, name, "cannot be read: "+problem.Reason(err), "check its permissions")
	if entry != nil && entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func (w *walker) report(rule string, level problem.Level, path, text, hint string) {
	w.problems = append(w.problems, problem.Problem{Rule: rule, Level: level, Path: path, Text: text, Hint: hint})
}

// aside reports whether a file or folder is set aside by its name or by the
// library's ignore globs.
func (w *walker) aside(name string, folder bool) bool {
	if record.Aside(name, folder) {
		return true
	}
	for _, glob := range w.ignore {
		if glob.MatchString(name) {
			return true
		}
	}
	return false
}

func (w *walker) isSite(folder string) bool {
	_, err := fs.Stat(w.fsys, path.Join(folder, Marker))
	return err == nil
}

func isIncidentName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".txt":
		return true
	}
	return false
}

// globPattern compiles a glob over slash paths: * and ? stay inside one name, **
// crosses folders, all else stands for itself, and a pattern that names a folder
// covers all below it.
func globPattern(glob string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString("^")
	rest := strings.Trim(glob, "/")
	for rest != "" {
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			rest = rest[3:]
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			rest = rest[2:]
		case rest[0] == '*':
			b.WriteString("[^/]*")
			rest = rest[1:]
		case rest[0] == '?':
			b.WriteString("[^/]")
			rest = rest[1:]
		default:
			end := strings.IndexAny(rest, "*?")
			if end < 0 {
				end = len(rest)
			}
			b.WriteString(regexp.QuoteMeta(rest[:end]))
			rest = rest[end:]
		}
	}
	b.WriteString("(?:/.*)?$")
	return regexp.MustCompile(b.String())
}
