// Package frontmatter is the one hand that edits the front matter of incident files.
// It splices bytes where a value stands and disturbs no other: comments, the order of
// keys, quoting, line ends, a byte order mark, trailing spaces and the body stay as
// their author left them.
//
// An edit is a list of changes, made one after the other:
//
//	text, err := frontmatter.Edit(path, src,
//		frontmatter.Append("causes", frontmatter.Term("logic-bug", "accepted")),
//		frontmatter.Replace("factors", "no-alert", "alert-missing"),
//		frontmatter.Set("imported", frontmatter.Map(
//			frontmatter.Field{"source", frontmatter.Text("report.html")},
//			frontmatter.Field{"fields", frontmatter.Texts("started", "title")})))
//
// Each change finds its place in the bytes, writes the new value in the style that
// stands around it, reads the result again and compares it with the tree that was
// wanted. Where the two differ, or the place cannot be told for certain, the edit is
// refused with a *Refusal that names the line and what to do, and the text stays as
// it was. So no edit that is returned can have damaged a file.
//
// YAML between lines of --- and TOML between lines of +++ are edited. A text without
// front matter gets a fence of its own at the first value that is set. A new key goes
// where the order of content/FORMAT.md puts it among those that are there.
//
// Refused are front matter that cannot be read without a problem, keys that are given
// twice, values that hold or are an alias or come from a merge key (they would change
// in two places at once), and text that is not UTF-8.
//
// Write puts one edited file on disk, WriteAll many of them or none.
package frontmatter

import (
	"errors"

	"faultline/site/problem"
	"faultline/site/yaml"
)

// Refusal says why an edit was not made. Nothing has been changed then.
type Refusal struct{ problem.Problem }

// Error is the problem on one line with its hint.
func (r *Refusal) Error() string {
	if r.Hint == "" {
		return r.String()
	}
	return r.String() + "; " + r.Hint
}

// Edit returns the text of a file with the changes made, and src itself where there
// is nothing to change. Path names the file in errors. An error is a *Refusal, and
// none of the changes was made.
func Edit(path string, src []byte, changes ...Change) ([]byte, error) {
	return nil, errors.New("frontmatter: not written yet")
}

// New writes front matter alone, between its two lines of ---, in the order given.
func New(fields ...Field) []byte { return nil }

// Read returns the front matter of a text as a tree, nil where it has none. An error
// is a *Refusal: Edit would refuse the text.
func Read(path string, src []byte) (*yaml.Node, error) {
	return nil, errors.New("frontmatter: not written yet")
}
