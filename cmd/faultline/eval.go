package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"faultline/site/importer"
	"faultline/site/phrase"
	"faultline/site/problem"
	"faultline/site/record"
	"faultline/site/score"
	"faultline/site/tagger"
)

// evalFlags are the flags of eval.
type evalFlags struct {
	root  string
	terms bool
}

func newEval(opt *shared) *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval LABELS",
		Short: "Measure what is read of reports against labels by hand",
		Long: `Measure what is read of reports against labels by hand, so that you know how far
to trust it on reports like yours.

  faultline eval labels.jsonl

LABELS holds one JSON object a line: "path" below the library, and what a careful
person found in that report, such as "started", "duration_minutes", "action_items" or
"causes"; null is what the report does not say. Of each fact two figures are printed:
how often it is right where the report states it, and how often a value is invented
where it does not.`,
		Args: oneArg,
		RunE: func(cmd *cobra.Command, args []string) error { return runEval(cmd, opt, f, args[0]) },
	}
	cmd.Flags().StringVar(&f.root, "root", "", "folder that the paths of the labels are below (default: the library)")
	cmd.Flags().BoolVar(&f.terms, "terms", false, "list the figures of each term too")
	return cmd
}

func runEval(cmd *cobra.Command, opt *shared, f evalFlags, path string) error {
	labels, problems, err := readLabels(path)
	if err != nil {
		return err
	}
	known, err := opt.settings()
	if err != nil {
		return err
	}
	root := f.root
	if root == "" {
		if root, err = opt.findRoot(); err != nil {
			return err
		}
	}
	read, found := factsOf(labels, root, known)
	result := score.Compare(labels, read)
	if opt.json {
		err = printJSON(cmd.OutOrStdout(), result)
	} else {
		err = printResult(cmd.OutOrStdout(), result, f.terms)
	}
	if err != nil {
		return err
	}
	problems = append(problems, found...)
	if err := problems.Write(cmd.ErrOrStderr()); err != nil {
		return err
	}
	return verdict(problems, false)
}

// factsOf reads the labelled reports below root.
func factsOf(labels []score.Label, root string, known record.Options) (map[string]importer.Facts, problem.List) {
	read, tags := map[string]importer.Facts{}, taggerFor(known)
	var problems problem.List
	for _, l := range labels {
		facts, found := factsAt(root, l.Path, known, tags)
		problems = append(problems, found...)
		if facts != nil {
			read[l.Path] = *facts
		}
	}
	return read, problems
}

func readLabels(path string) ([]score.Label, problem.List, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read labels: %w", err)
	}
	defer in.Close()
	return score.Read(path, in)
}

// factsAt reads one labelled report. What is wrong inside it is not the labels' concern;
// that it cannot be read at all is.
func factsAt(root, path string, opt record.Options, tags *tagger.Tagger) (*importer.Facts, problem.List) {
	file := filepath.Join(root, filepath.FromSlash(path))
	src, problems := importer.Source{Path: file, Key: filepath.Base(file)}.Read(nil)
	if len(problems) > 0 {
		return nil, problem.List{{Rule: "no-source", Path: path, Text: "labelled report is not there", Hint: "name the folder that holds it with --root DIR"}}
	}
	reports, problems := importer.Read(src, "")
	if len(reports) == 0 {
		return nil, problems
	}
	i, problems := reports[0].Incident(opt)
	if i == nil {
		return nil, problems
	}
	facts := importer.FactsOf(path, i)
	facts.Suggest(tags.Suggest(i))
	return &facts, nil
}

func printResult(w io.Writer, r score.Result, terms bool) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s read\n\n", phrase.Count(r.Reports-len(r.Missing), "labelled report"))
	fmt.Fprintf(&b, "%-26s %7s %7s %11s %9s\n", "fact", "stated", "right", "not stated", "invented")
	for _, f := range r.Facts {
		fmt.Fprintf(&b, "%-26s %7d %7s %11d %9s\n", f.Name, f.Right.Of, percent(f.Right), f.Invented.Of, percent(f.Invented))
	}
	fmt.Fprintf(&b, "\n%-26s %7s %7s %11s %9s\n", "terms", "labels", "F1", "precision", "recall")
	for _, d := range r.Dimensions {
		printTerms(&b, d.Name, d.Hits)
		for _, t := range d.Terms {
			if terms {
				printTerms(&b, "  "+t.ID, t.Hits)
			}
		}
	}
	fmt.Fprintf(&b, "%-26s %7d %7s\n", "first cause", r.Primary.Of, percent(r.Primary))
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

func printTerms(w io.Writer, name string, h score.Hits) {
	fmt.Fprintf(w, "%-26s %7d %7.2f %11.2f %9.2f\n", name, h.Labels(), h.F1(), h.Precision(), h.Recall())
}

// percent writes a share, "-" for one of nothing.
func percent(s score.Share) string {
	if s.Of == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*s.Value())
}
