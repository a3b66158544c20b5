package importer

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"faultline/site/frontmatter"
	"faultline/site/problem"
)

// Apply writes what was planned for one source: for each incident its files and then
// its text, and at last the original, by which the next import knows what is its own.
// What cannot be written is a problem; everything else is.
func (l *Library) Apply(src Source, changes []Change) problem.List {
	var problems problem.List
	for _, c := range changes {
		if err := l.write(src, c); err != nil {
			problems = append(problems, problem.Problem{Rule: "not-written", Path: c.Path, Text: "cannot be written: " + problem.Reason(err),
				Hint: "import it again once there is room and permission; what has been written is whole"})
		}
	}
	if len(problems) == 0 && len(changes) > 0 {
		if err := l.keep(src); err != nil {
			problems = append(problems, problem.Problem{Rule: "not-written", Path: sourceFile(src.Key), Text: "original is not kept: " + problem.Reason(err),
				Hint: "import it again once there is room and permission"})
		}
	}
	return problems
}

func (l *Library) write(src Source, c Change) error {
	if c.Kind == Unchanged || c.before != nil && bytes.Equal(c.before, c.after) {
		return nil
	}
	for _, f := range c.Report.Files {
		data, err := f.bytes(src)
		if err != nil {
			return fmt.Errorf("copy %q: %w", f.Path, err)
		}
		if err := l.create(path.Join(path.Dir(c.Path), unescaped(f.Path)), data); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	if c.before == nil {
		return l.create(c.Path, c.after)
	}
	return frontmatter.Write(l.root, frontmatter.File{Path: c.Path, Read: frontmatter.SumOf(c.before), Text: c.after})
}

// keep puts the original into the library.
func (l *Library) keep(src Source) error {
	name := sourceFile(src.Key)
	old, err := l.root.ReadFile(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return l.create(name, src.Data)
	case err != nil || bytes.Equal(old, src.Data):
		return err
	}
	return frontmatter.Write(l.root, frontmatter.File{Path: name, Read: frontmatter.SumOf(old), Text: src.Data})
}

// create writes a file that must not exist yet, whole or not at all.
func (l *Library) create(name string, data []byte) error {
	if err := l.root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	if _, err := l.root.Lstat(name); err == nil {
		return fs.ErrExist
	}
	staged := path.Join(path.Dir(name), ".importing") // no library reads it
	err := l.root.WriteFile(staged, data, 0o644)
	if err == nil {
		err = l.root.Rename(staged, name)
	}
	if err != nil {
		l.root.Remove(staged)
	}
	return err
}
