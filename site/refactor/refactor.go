// Package refactor changes a vocabulary together with all the incidents that use it:
// terms are renamed, merged, split and deprecated.
//
// Each function plans the whole change first. A plan holds the new text of every file
// and can be shown as a diff; Apply writes all of them or none. An incident whose front
// matter cannot be edited byte-exactly, and a vocabulary that would be broken, are
// problems of the plan, and a plan with problems cannot be applied.
//
// What changes in an incident is the id of the term in its dimension and in "not",
// nothing else. Qualifiers stay with the term. Where an incident has several terms that
// become one, the first stays; but one that its author chose comes before one that was
// accepted in bulk. Who rejected a term rejects what it is called later, and the parts
// that it is split into; of merged terms all must have been rejected.
//
// What changes in taxonomy.yaml is that the new term tells its former ids, from which
// the pages of those ids lead to it (package site/taxonomy), that references follow, and
// that what the file said of a term that is merged moves to the other.
package refactor

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"

	"faultline/site/diff"
	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/taxonomy"
)

// Plan is a change of the library that has not been made yet.
type Plan struct {
	Changes   []Change     // of incidents in their order, then of the vocabulary
	Incidents int          // that are changed
	Problems  problem.List // why it cannot be applied
}

// Change is the new text of one file.
type Change struct {
	Path          string
	before, after []byte // before is nil for a new file
}

// Diff is the change as a unified diff.
func (c Change) Diff() string { return diff.Unified(c.Path, c.before, c.after) }

// Usage is a request that cannot be met as it was made.
type Usage struct{ Text, Hint string }

func (u *Usage) Error() string { return u.Text }

// Apply writes the files of the plan, all of them or none.
func (p Plan) Apply(root *os.Root) error {
	if len(p.Problems) > 0 {
		return errors.New("a plan with problems cannot be applied")
	}
	var files []frontmatter.File
	made := ""
	for _, c := range p.Changes {
		if c.before == nil {
			if err := touch(root, c.Path); err != nil {
				return err
			}
			made = c.Path
		}
		files = append(files, frontmatter.File{Path: c.Path, Read: frontmatter.SumOf(c.before), Text: c.after})
	}
	err := frontmatter.WriteAll(root, files)
	if err != nil && made != "" {
		if src, readErr := root.ReadFile(made); readErr == nil && len(src) == 0 {
			_ = root.Remove(made) // an empty vocabulary says the same as none
		}
	}
	return err
}

// touch makes an empty file, which has its text given with all the others.
func touch(root *os.Root, name string) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return fmt.Errorf("make %q: %s", name, problem.Reason(err))
	}
	return f.Close()
}

// builtIn is the vocabulary that Faultline ships, read once. It must not be changed.
var builtIn = sync.OnceValue(taxonomy.BuiltIn)

// planner makes a plan for one dimension.
type planner struct {
	lib       *incident.Library
	dimension incident.Dimension
	plan      Plan
}

func (p *planner) key() string { return p.dimension.Key() }

// incidents changes the incidents that may have one of the ids. Who does not name one
// need not be readable.
func (p *planner) incidents(ids []string, changes func(*incident.Incident) []frontmatter.Change) {
	for _, inc := range p.lib.Incidents {
		src, err := fs.ReadFile(p.lib.FS, inc.Path)
		if err != nil {
			p.refuse(problem.Problem{Rule: "unreadable", Path: inc.Path, Text: "file cannot be read: " + problem.Reason(err), Hint: "check its permissions"})
			continue
		}
		front := frontOf(src, inc)
		if !slices.ContainsFunc(ids, func(id string) bool { return bytes.Contains(front, []byte(id)) }) {
			continue
		}
		after, err := frontmatter.Edit(inc.Path, src, changes(inc)...)
		if p.add(inc.Path, src, after, err) {
			p.plan.Incidents++
		}
	}
}

// frontOf is the part of a file that may be front matter.
func frontOf(src []byte, inc *incident.Incident) []byte {
	if inc.BodyLine <= 1 && !bytes.HasPrefix(bytes.TrimPrefix(src, []byte("\ufeff")), []byte("---")) && !bytes.HasPrefix(src, []byte("+++")) {
		return nil
	}
	at := 0
	for line := 1; line < inc.BodyLine; line++ {
		end := bytes.IndexAny(src[at:], "\r\n")
		if end < 0 {
			return src
		}
		if at += end + 1; src[at-1] == '\r' && at < len(src) && src[at] == '\n' {
			at++
		}
	}
	if at == 0 {
		return src
	}
	return src[:at]
}

// add takes the new text of a file into the plan. It is false for one that stays.
func (p *planner) add(path string, before, after []byte, err error) bool {
	if refusal := (*frontmatter.Refusal)(nil); errors.As(err, &refusal) {
		p.refuse(refusal.Problem)
		return false
	}
	if bytes.Equal(before, after) {
		return false
	}
	p.plan.Changes = append(p.plan.Changes, Change{path, before, after})
	return true
}

func (p *planner) refuse(found problem.Problem) { p.plan.Problems = append(p.plan.Problems, found) }

// vocabulary changes taxonomy.yaml and reads the result, which must be in order.
func (p *planner) vocabulary(changes ...frontmatter.Change) {
	src, err := fs.ReadFile(p.lib.FS, taxonomy.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		p.refuse(problem.Problem{Rule: "unreadable", Path: taxonomy.File, Text: "file cannot be read: " + problem.Reason(err), Hint: "check its permissions"})
		return
	}
	if err == nil && src == nil {
		src = []byte{}
	}
	after, err := frontmatter.EditDocument(taxonomy.File, src, changes...)
	if !p.add(taxonomy.File, src, after, err) {
		return
	}
	_, problems := taxonomy.Read(taxonomy.File, bytes.TrimPrefix(after, []byte("\ufeff")), builtIn())
	for _, found := range problems {
		if found.Level == problem.Error {
			found.Text = "the vocabulary would be broken: " + found.Text
			p.refuse(found)
		}
	}
}

// defined reports whether taxonomy.yaml itself has an entry with the id.
func (p *planner) defined(id string) bool {
	src, err := fs.ReadFile(p.lib.FS, taxonomy.File)
	if err != nil {
		return false
	}
	probe := frontmatter.Replace(p.key(), id, id+"-probe")
	after, err := frontmatter.EditDocument(taxonomy.File, src, probe)
	return err == nil && !bytes.Equal(src, after)
}
