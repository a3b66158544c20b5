package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"faultline/index"
	"faultline/site"
	"faultline/site/frontmatter"
	"faultline/site/incident"
	"faultline/site/phrase"
	"faultline/site/problem"
	"faultline/site/refactor"
)

// changing is a command that changes the vocabulary. plan says what it does, done what
// it has done, in words such as "renamed cause:a to b".
type changing struct {
	dryRun bool
	plan   func(lib *incident.Library, args []string) (plan refactor.Plan, done string, err error)
}

// command makes the command of it, which takes least arguments or more.
func (c *changing) command(opt *shared, cmd *cobra.Command, least, most int) *cobra.Command {
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) < least || most > 0 && len(args) > most {
			return hinted{fmt.Errorf("%s: %s given", cmd.CommandPath(), phrase.Count(len(args), "argument")), "write " + cmd.UseLine()}
		}
		return nil
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error { return c.run(cmd, opt, args) }
	cmd.Flags().BoolVar(&c.dryRun, "dry-run", false, "show what would change, and write nothing")
	return cmd
}

func (c *changing) run(cmd *cobra.Command, opt *shared, args []string) error {
	root, lib, err := opt.loadToEdit(c.dryRun)
	if err != nil {
		return err
	}
	plan, done, err := c.plan(lib, args)
	switch {
	case err != nil:
		return usage(err)
	case len(plan.Problems) == 0 && !c.dryRun:
		if err := apply(root, plan); err != nil {
			return err
		}
	}
	if opt.json {
		err = printPlanJSON(cmd.OutOrStdout(), plan, done, c.dryRun)
	} else {
		err = printPlan(cmd.OutOrStdout(), plan, done, c.dryRun)
	}
	if err == nil && len(plan.Problems) > 0 {
		err = errProblems
	}
	return err
}

// loadToEdit reads the library, drafts too. Before it is written, an edit that was killed
// half-way is undone, lest its traces be taken for the authors' text.
func (s *shared) loadToEdit(dryRun bool) (root string, lib *incident.Library, err error) {
	if root, err = s.findRoot(); err != nil {
		return "", nil, err
	}
	if !dryRun {
		dir, err := os.OpenRoot(root)
		if err != nil {
			return "", nil, fmt.Errorf("open library: %w", err)
		}
		defer dir.Close()
		if _, err := frontmatter.Repair(dir); err != nil {
			return "", nil, err
		}
	}
	lib, err = load(root, site.LoadOptions{Drafts: true})
	return root, lib, err
}

func apply(root string, plan refactor.Plan) error {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return fmt.Errorf("open library: %w", err)
	}
	defer dir.Close()
	return plan.Apply(dir)
}

// printPlan prints the diff and what was done, or why nothing was.
func printPlan(w io.Writer, plan refactor.Plan, done string, dryRun bool) error {
	var b strings.Builder
	if len(plan.Problems) > 0 {
		if err := plan.Problems.Write(&b); err != nil {
			return err
		}
		fmt.Fprintf(&b, "nothing was written: %s\n", phrase.Count(len(plan.Problems), "problem"))
	} else {
		for _, c := range plan.Changes {
			b.WriteString(shown(c.Diff()))
		}
		if dryRun {
			done = "dry run, nothing was written: " + done
		}
		fmt.Fprintf(&b, "%s: %s changed, %s in all\n", done, phrase.Count(plan.Incidents, "incident"), phrase.Count(len(plan.Changes), "file"))
	}
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

func printPlanJSON(w io.Writer, plan refactor.Plan, done string, dryRun bool) error {
	type file struct {
		Path string `json:"path"`
		Diff string `json:"diff"`
	}
	files := []file{}
	for _, c := range plan.Changes {
		files = append(files, file{c.Path, c.Diff()})
	}
	return printJSON(w, struct {
		Done      string       `json:"done"`
		DryRun    bool         `json:"dry_run"`
		Written   bool         `json:"written"`
		Incidents int          `json:"incidents"`
		Files     []file       `json:"files"`
		Problems  problem.List `json:"problems"`
	}{done, dryRun, !dryRun && len(plan.Problems) == 0 && len(files) > 0, plan.Incidents, files, append(problem.List{}, plan.Problems...)})
}

func newRename(opt *shared) *cobra.Command {
	var label string
	c := &changing{plan: func(lib *incident.Library, args []string) (refactor.Plan, string, error) {
		old, err := refactor.Find(lib, args[0])
		if err != nil {
			return refactor.Plan{}, "", err
		}
		plan, err := refactor.Rename(lib, old, args[1], label)
		return plan, fmt.Sprintf("renamed %s to %s", old, args[1]), err
	}}
	cmd := c.command(opt, &cobra.Command{
		Use:   "rename OLD NEW",
		Short: "Give a term another id, in all incidents",
		Long: `Give a term another id, in all incidents. What it means stays: its definition, its
cues and its tags, and its former label becomes an alias.

  faultline taxonomy rename failed-failover standby-failure --label "Standby failed"`,
	}, 2, 2)
	cmd.Flags().StringVar(&label, "label", "", "name for people (default: made of the new id)")
	return cmd
}

func newMerge(opt *shared) *cobra.Command {
	c := &changing{plan: func(lib *incident.Library, args []string) (refactor.Plan, string, error) {
		terms, err := findAll(lib, args)
		if err != nil {
			return refactor.Plan{}, "", err
		}
		parts, into := terms[:len(terms)-1], terms[len(terms)-1]
		plan, err := refactor.Merge(lib, parts, into)
		return plan, fmt.Sprintf("merged %s into %s", names(parts), into), err
	}}
	return c.command(opt, &cobra.Command{
		Use:   "merge TERM… INTO",
		Short: "Make several terms one, in all incidents",
		Long: `Make several terms one, in all incidents. INTO is a term of the vocabulary; the
others may also be ids that the vocabulary does not have, such as misspellings. An
incident that has several of them keeps the first, with its qualifiers.

  faultline taxonomy merge bad-constant wrong-target misconfiguration
  faultline taxonomy merge overlaod overload`,
	}, 2, 0)
}

func names(terms []refactor.Term) string {
	words := make([]string, len(terms))
	for i, t := range terms {
		words[i] = t.String()
	}
	return strings.Join(words, ", ")
}

func findAll(lib *incident.Library, words []string) ([]refactor.Term, error) {
	terms := make([]refactor.Term, len(words))
	for i, w := range words {
		t, err := refactor.Find(lib, w)
		if err != nil {
			return nil, err
		}
		terms[i] = t
	}
	return terms, nil
}

func newDeprecate(opt *shared) *cobra.Command {
	var instead, because string
	c := &changing{plan: func(lib *incident.Library, args []string) (refactor.Plan, string, error) {
		term, err := refactor.Find(lib, args[0])
		if err != nil {
			return refactor.Plan{}, "", err
		}
		advice := because
		if instead != "" {
			other, err := refactor.Find(lib, instead)
			if err != nil {
				return refactor.Plan{}, "", err
			}
			advice = strings.Join(present("use "+other.ID+" instead", because), ", because ")
		}
		plan, err := refactor.Deprecate(lib, term, advice)
		return plan, fmt.Sprintf("deprecated %s", term), err
	}}
	cmd := c.command(opt, &cobra.Command{
		Use:   "deprecate TERM",
		Short: "Discourage a term without changing any incident",
		Long: `Discourage a term without changing any incident: it stays legal, its page says what
to use instead, and check warns where it is used.

  faultline taxonomy deprecate dependency-fault --use network-partition
  faultline taxonomy deprecate dependency-fault --because "name what failed in the dependency"`,
	}, 1, 1)
	cmd.Flags().StringVar(&instead, "use", "", "term to use instead")
	cmd.Flags().StringVar(&because, "because", "", "why, as a clause without a full stop")
	return cmd
}

// splitFlags are the flags of split.
type splitFlags struct {
	into  []string
	file  string
	where []string
	rest  string
}

func newSplit(opt *shared) *cobra.Command {
	var f splitFlags
	c := &changing{}
	cmd := c.command(opt, &cobra.Command{
		Use:   "split TERM --into A,B",
		Short: "Put narrower terms in the place of one, in all incidents",
		Long: `Put narrower terms in the place of one, in all incidents. The terms it is split into
must be in the vocabulary; TERM may be one of them and then stays for the rest.

Somebody has to say which incident gets which. With neither --file nor --where a
worksheet is printed, one incident a line; fill it in, together or in a review, and
hand it back. Rules are for what a query can tell.

  faultline taxonomy split overload --into traffic-peak,slow-consumer > split.tsv
  faultline taxonomy split overload --into traffic-peak,slow-consumer --file split.tsv
  faultline taxonomy split overload --into traffic-peak,slow-consumer \
    --where traffic-peak=+trigger:traffic-surge --rest slow-consumer

Rules apply to the incidents that the file leaves open, the first that fits; they are
queries as "faultline search" takes them, where +word and +field:value must match.`,
	}, 1, 1)
	c.plan = func(lib *incident.Library, args []string) (refactor.Plan, string, error) { return f.plan(lib, args) }
	run := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		for i, id := range f.into {
			f.into[i] = bare(id)
		}
		f.rest = bare(f.rest)
		if len(f.into) == 0 {
			return hinted{errors.New("split needs the terms to split into"), "name them with --into a,b"}
		}
		if f.file == "" && len(f.where) == 0 && f.rest == "" {
			return printWorksheet(cmd, opt, f, args[0])
		}
		return run(cmd, args)
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&f.into, "into", nil, "terms to split into, with commas between them")
	flags.StringVar(&f.file, "file", "", "worksheet that was filled in")
	flags.StringArrayVar(&f.where, "where", nil, "rule TERM=QUERY; may be given many times")
	flags.StringVar(&f.rest, "rest", "", "term for the incidents that nothing else assigns")
	return cmd
}

func printWorksheet(cmd *cobra.Command, opt *shared, f splitFlags, word string) error {
	lib, err := opt.load(site.LoadOptions{Drafts: true})
	if err != nil {
		return err
	}
	term, parts, err := f.terms(lib, word)
	if err != nil {
		return usage(err)
	}
	_, err = cmd.OutOrStdout().Write(refactor.Worksheet(lib, term, parts))
	return err
}

// bare is an id without the dimension before it; parts are of the dimension of the term.
func bare(id string) string { return id[strings.IndexByte(id, ':')+1:] }

// terms are the term to split and its parts, which are of its dimension.
func (f splitFlags) terms(lib *incident.Library, word string) (refactor.Term, []refactor.Term, error) {
	term, err := refactor.Find(lib, word)
	if err != nil {
		return term, nil, err
	}
	var parts []refactor.Term
	for _, id := range f.into {
		parts = append(parts, refactor.Term{Dimension: term.Dimension, ID: id})
	}
	return term, parts, refactor.CheckParts(lib, term, parts)
}

func (f splitFlags) plan(lib *incident.Library, args []string) (refactor.Plan, string, error) {
	term, parts, err := f.terms(lib, args[0])
	if err != nil {
		return refactor.Plan{}, "", err
	}
	to, problems := refactor.Assignment{}, problem.List(nil)
	if f.file != "" {
		src, err := os.ReadFile(f.file)
		if err != nil {
			return refactor.Plan{}, "", fmt.Errorf("read assignments: %w", err)
		}
		to, problems = refactor.ParseAssignment(f.file, src, lib)
	}
	if err := f.assign(lib, term, to); err != nil {
		return refactor.Plan{}, "", err
	}
	plan, err := refactor.Split(lib, term, parts, to)
	plan.Problems = append(problems, plan.Problems...)
	return plan, fmt.Sprintf("split %s into %s", term, names(parts)), err
}

// assign applies the rules to the incidents that are not assigned yet, and gives the rest
// to the term that takes it.
func (f splitFlags) assign(lib *incident.Library, term refactor.Term, to refactor.Assignment) error {
	matches := make([][]string, len(f.where)) // paths
	for i, rule := range f.where {
		id, query, ok := strings.Cut(rule, "=")
		id = bare(id)
		if !ok || !slices.Contains(f.into, id) || strings.TrimSpace(query) == "" {
			return hinted{fmt.Errorf("--where %q is no rule", rule), "write TERM=QUERY with one of the terms of --into, such as --where " + f.into[0] + "=+tech:redis"}
		}
		var err error
		if matches[i], err = found(lib, query); err != nil {
			return err
		}
	}
	for _, inc := range refactor.Having(lib, term) {
		if _, assigned := to[inc.Path]; assigned {
			continue
		}
		rule := slices.IndexFunc(matches, func(paths []string) bool { return slices.Contains(paths, inc.Path) })
		switch {
		case rule >= 0:
			id, _, _ := strings.Cut(f.where[rule], "=")
			to[inc.Path] = []string{bare(id)}
		case f.rest != "":
			to[inc.Path] = []string{f.rest}
		}
	}
	return nil
}

// found returns the paths of the incidents that a query finds.
func found(lib *incident.Library, query string) ([]string, error) {
	x, err := site.OpenIndex(lib, "")
	if err != nil {
		return nil, err
	}
	defer x.Close()
	result, err := x.Search(query, index.Options{Limit: len(lib.Incidents)})
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, hit := range result.Hits {
		paths = append(paths, hit.Path)
	}
	return paths, nil
}
