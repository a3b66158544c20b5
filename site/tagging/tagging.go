// Package tagging writes into incident files what people decide of suggested terms.
//
// Accepted is a suggestion that was taken over, by itself or many at once:
//
//	causes:
//	  - logic-bug                        # the author's
//	  - {id: overload, source: accepted}
//
// Rejected is one that the author denies for good:
//
//	not: [overload]
//
// Both are splices into the front matter (package frontmatter), which leave all other
// bytes of the file as they are.
package tagging

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"faultline/site/diff"
	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/problem"
	"faultline/site/tagger"
)

// Change is the new text of an incident's file.
type Change struct {
	Incident      *incident.Incident
	Terms         []Term // that are accepted or rejected
	before, After []byte
}

// Term names a term of one dimension.
type Term struct {
	Dimension incident.Dimension
	ID        string
}

func (t Term) String() string { return t.Dimension.Field() + ":" + t.ID }

// Read is the sum of the bytes of the file that the change was made of.
func (c Change) Read() frontmatter.Sum { return frontmatter.SumOf(c.before) }

// Diff is the change as a unified diff.
func (c Change) Diff() string { return diff.Unified(c.Incident.Path, c.before, c.After) }

// Accept plans to take over the suggestions of at least that confidence, but for terms
// that the incident has already, and deprecated ones. Without any the change is the text
// as it is. A file that cannot be edited is a problem.
func Accept(lib *incident.Library, i *incident.Incident, s tagger.Suggestions, least float64) (Change, problem.List) {
	var terms []Term
	for _, d := range incident.Dimensions {
		for _, x := range s.Tags[d] {
			known, _ := lib.Vocabulary.Lookup(d, x.ID)
			if x.Confidence < least || known.Deprecated != "" || slices.Contains(i.Given(d), x.ID) {
				continue
			}
			terms = append(terms, Term{d, x.ID})
		}
	}
	return AcceptTerms(lib, i, terms)
}

// AcceptTerms plans to take over the terms, which the text suggests. Those that the
// incident has already stay as they are written.
func AcceptTerms(lib *incident.Library, i *incident.Incident, terms []Term) (Change, problem.List) {
	var edits []frontmatter.Change
	for _, t := range terms {
		edits = append(edits, frontmatter.Append(t.Dimension.Key(), frontmatter.Term(t.ID, string(incident.Accepted))))
	}
	return edit(lib, i, terms, edits)
}

// Reject plans to deny terms for good. One that was accepted in bulk is taken out; one
// that its author chose is an error.
func Reject(lib *incident.Library, i *incident.Incident, terms []Term) (Change, problem.List, error) {
	var edits []frontmatter.Change
	for _, t := range terms {
		for _, tag := range tagsOf(i, t) {
			if tag.Provenance == incident.Author {
				return Change{}, nil, fmt.Errorf("%s: %s was chosen by its author", i.Path, t)
			}
			edits = append(edits, frontmatter.RemoveEntry(t.Dimension.Key(), t.ID))
		}
		edits = append(edits, frontmatter.Append("not", frontmatter.Text(t.ID)))
	}
	c, problems := edit(lib, i, terms, edits)
	return c, problems, nil
}

// tagsOf are the tags of the incident that are the term, and no suggestions.
func tagsOf(i *incident.Incident, t Term) []incident.Tag {
	if t.Dimension == incident.Gap {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(i.Terms[t.Dimension]), func(tag incident.Tag) bool {
		return tag.ID != t.ID || tag.Provenance == incident.Suggested
	})
}

// edit makes the edits in the incident's file as it is on disk.
func edit(lib *incident.Library, i *incident.Incident, terms []Term, edits []frontmatter.Change) (Change, problem.List) {
	c := Change{Incident: i, Terms: terms}
	src, err := fs.ReadFile(lib.FS, i.Path)
	if err != nil {
		return c, problem.List{{Rule: "unreadable", Path: i.Path, Text: "file cannot be read: " + problem.Reason(err), Hint: "check its permissions"}}
	}
	c.before, c.After = src, src
	after, err := frontmatter.Edit(i.Path, src, edits...)
	if refusal := (*frontmatter.Refusal)(nil); errors.As(err, &refusal) {
		return c, problem.List{refusal.Problem}
	}
	c.After = after
	return c, nil
}

// Write writes the changes, all of them or none.
func Write(root *os.Root, changes []Change) error {
	var files []frontmatter.File
	for _, c := range changes {
		files = append(files, frontmatter.File{Path: c.Incident.Path, Read: frontmatter.SumOf(c.before), Text: c.After})
	}
	return frontmatter.WriteAll(root, files)
}
