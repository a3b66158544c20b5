package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site/importer"
	"faultline/site/incident"
	"faultline/site/phrase"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/refactor"
	"faultline/site/tagger"
	"faultline/site/tagging"
)

// tagFlags are the flags of tag.
type tagFlags struct {
	write, dryRun bool
	least         float64
	reject        []string
}

func (f tagFlags) check(args []string) error {
	switch {
	case f.least < 0 || f.least > 1:
		return hinted{fmt.Errorf("--min-confidence %v is not between 0 and 1", f.least), "write a share such as 0.8"}
	case len(f.reject) > 0 && f.write:
		return hinted{errors.New("tag either accepts or rejects"), "leave --write or --reject away"}
	case len(f.reject) > 0 && len(args) == 0:
		return hinted{errors.New("--reject needs the file of an incident"), "write faultline tag --reject TERM FILE"}
	}
	return nil
}

func newTag(opt *shared) *cobra.Command {
	var f tagFlags
	cmd := &cobra.Command{
		Use:   "tag [FILE…]",
		Short: "Suggest terms, with the sentences that support them",
		Long: `Suggest terms for incidents, all of the library without FILE, each with the
sentences of the report that support it.

  faultline tag incidents/2024-03-05-checkout.md
  faultline tag --write --min-confidence 0.9
  faultline tag --reject overload incidents/2024-03-05-checkout.md

--write accepts the suggestions of at least that confidence and writes them into the
front matter as {id: overload, source: accepted}, which is counted apart from what a
person chose. --reject writes a term under not:, and it is not suggested there again.
No other byte of the files changes; --dry-run shows the difference. With --json one
object a line says what is known of each incident, in the form of import --json.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(args); err != nil {
				return err
			}
			return runTag(cmd, opt, f, args)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.write, "write", false, "accept suggestions and write them into the front matter")
	flags.Float64Var(&f.least, "min-confidence", 0.8, "least confidence that --write accepts, from 0 to 1")
	flags.StringSliceVar(&f.reject, "reject", nil, "term that is wrong for the incident; may be given many times")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what would be written, and write nothing")
	return cmd
}

// tagJob is the tagging of one library.
type tagJob struct {
	tagFlags
	root   string
	lib    *incident.Library
	tagger *tagger.Tagger
	reject []tagging.Term
}

func runTag(cmd *cobra.Command, opt *shared, f tagFlags, args []string) error {
	root, lib, err := opt.loadToEdit(f.dryRun || !f.write && len(f.reject) == 0)
	if err != nil {
		return err
	}
	job := tagJob{tagFlags: f, root: root, lib: lib, tagger: tagger.New(lib.Vocabulary, tagger.Options{Learn: lib.Incidents})}
	for _, word := range f.reject {
		t, err := refactor.Find(lib, word)
		if err != nil {
			return usage(err)
		}
		job.reject = append(job.reject, tagging.Term{Dimension: t.Dimension, ID: t.ID})
	}
	incidents, err := job.named(args)
	if err != nil {
		return err
	}
	changes, problems, err := job.plan(incidents)
	if err != nil {
		return hinted{err, "remove it from the front matter by hand"}
	}
	if len(changes) > 0 && !f.dryRun {
		if err := job.apply(changes); err != nil {
			return err
		}
	}
	if opt.json {
		err = job.printJSON(cmd.OutOrStdout(), incidents, changes)
	} else {
		err = job.print(cmd.OutOrStdout(), incidents, changes)
	}
	if err == nil {
		err = problems.Write(cmd.ErrOrStderr())
	}
	if err == nil && len(problems) > 0 {
		err = errProblems
	}
	return err
}

// named are the incidents of the files, all without any. A file is named from the
// working folder or from the library's root.
func (j tagJob) named(args []string) ([]*incident.Incident, error) {
	if len(args) == 0 {
		return j.lib.Incidents, nil
	}
	var list []*incident.Incident
	for _, arg := range args {
		paths := []string{filepath.ToSlash(filepath.Clean(arg))}
		if full, err := filepath.Abs(arg); err == nil {
			if below, err := filepath.Rel(j.root, full); err == nil {
				paths = append(paths, filepath.ToSlash(below))
			}
		}
		at := slices.IndexFunc(j.lib.Incidents, func(i *incident.Incident) bool { return slices.Contains(paths, i.Path) })
		if at < 0 {
			return nil, hinted{fmt.Errorf("%q is no incident of the library", arg), "faultline import --json reads other files and tags them too"}
		}
		list = append(list, j.lib.Incidents[at])
	}
	return list, nil
}

// plan is what shall be written, nothing unless it was asked for.
func (j tagJob) plan(incidents []*incident.Incident) ([]tagging.Change, problem.List, error) {
	var changes []tagging.Change
	var problems problem.List
	for _, i := range incidents {
		var c tagging.Change
		var found problem.List
		switch {
		case len(j.reject) > 0:
			var err error
			if c, found, err = tagging.Reject(j.lib, i, j.reject); err != nil {
				return nil, nil, err
			}
		case j.write:
			c, found = tagging.Accept(j.lib, i, j.tagger.Suggest(i), j.least)
		default:
			continue
		}
		problems = append(problems, found...)
		if len(found) == 0 && c.Diff() != "" {
			changes = append(changes, c)
		}
	}
	return changes, problems, nil
}

func (j tagJob) apply(changes []tagging.Change) error {
	dir, err := os.OpenRoot(j.root)
	if err != nil {
		return fmt.Errorf("open library: %w", err)
	}
	defer dir.Close()
	return tagging.Write(dir, changes)
}

// printJSON prints what is known of each incident, as it is after the changes.
func (j tagJob) printJSON(w io.Writer, incidents []*incident.Incident, changes []tagging.Change) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for _, i := range incidents {
		if at := slices.IndexFunc(changes, func(c tagging.Change) bool { return c.Incident == i }); at >= 0 && !j.dryRun {
			opt := record.Options{Config: j.lib.Config, Vocabulary: j.lib.Vocabulary}
			if now, _ := record.Parse(i.Path, changes[at].After, opt); now != nil {
				i = now
			}
		}
		facts := importer.FactsOf(i.Path, i)
		facts.Suggest(j.tagger.Suggest(i))
		if err := encoder.Encode(facts); err != nil {
			return err
		}
	}
	return nil
}

func (j tagJob) print(w io.Writer, incidents []*incident.Incident, changes []tagging.Change) error {
	var b strings.Builder
	if !j.write && len(j.reject) == 0 {
		for _, i := range incidents {
			printSuggestions(&b, i, j.tagger.Suggest(i))
		}
		_, err := io.WriteString(w, strings.Map(printable, b.String()))
		return err
	}
	terms := 0
	for _, c := range changes {
		terms += len(c.Terms)
		if j.dryRun {
			b.WriteString(shown(c.Diff()))
			continue
		}
		words := make([]string, len(c.Terms))
		for i, t := range c.Terms {
			words[i] = t.String()
		}
		fmt.Fprintf(&b, "%s: %s\n", c.Incident.Path, strings.Join(words, ", "))
	}
	did := map[bool]string{true: "accepted", false: "rejected"}[j.write]
	if j.dryRun {
		did = "dry run, would have " + did
	}
	fmt.Fprintf(&b, "%s %s in %d of %s\n", did, phrase.Count(terms, "term"), len(changes), phrase.Count(len(incidents), "incident"))
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

// printSuggestions prints what the text suggests beyond what the incident has.
func printSuggestions(b *strings.Builder, i *incident.Incident, s tagger.Suggestions) {
	fmt.Fprintf(b, "%s\n", i.Path)
	if s.Note != "" {
		fmt.Fprintf(b, "  %s\n", s.Note)
	}
	n := 0
	for _, d := range incident.Dimensions {
		if given := i.Given(d); len(given) > 0 {
			fmt.Fprintf(b, "  %-11s given: %s\n", d.Field(), strings.Join(given, ", "))
		}
		for _, x := range s.Tags[d] {
			if slices.Contains(i.Given(d), x.ID) {
				continue
			}
			n++
			fmt.Fprintf(b, "  %-11s %.2f  %s\n", d.Field(), x.Confidence, x.ID)
			for _, e := range x.Evidence {
				fmt.Fprintf(b, "    %6d  “%s”\n", e.Line, strings.Join(strings.Fields(e.Text), " "))
			}
			if len(x.Learned) > 0 {
				fmt.Fprintf(b, "            as in %s\n", strings.Join(x.Learned, ", "))
			}
		}
	}
	if n == 0 && s.Note == "" {
		b.WriteString("  nothing more is suggested\n")
	}
}
