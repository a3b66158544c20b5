// Fit measures which threshold, share and cap of each dimension suit labelled reports best: the
// numbers "threshold", "beside" and "most" of weights.yaml, and nothing else.
//
//	go run ./site/tagger/fit LABELS.jsonl DIR
//
// Labels are those of package score; DIR is what their paths start from. Two figures are printed for
// each dimension: micro-F1 with the numbers that suit all reports best, and the cross-validated one, in which
// every tenth of the reports is measured with the numbers that suit the other nine. Only the second
// says what to expect of other reports. Numbers that differ little in F1 are no reason for
// a change.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"faultline/site/incident"
	"faultline/site/record"
	"faultline/site/score"
	"faultline/site/tagger"
	"faultline/site/taxonomy"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(args []string, out io.Writer) error {
	if len(args) != 2 {
		return errors.New("usage: fit LABELS.jsonl DIR")
	}
	in, err := os.Open(args[0])
	if err != nil {
		return fmt.Errorf("read labels: %w", err)
	}
	defer in.Close()
	labels, problems, err := score.Read(args[0], in)
	if err != nil {
		return err
	}
	if err := problems.Write(os.Stderr); err != nil {
		return err
	}
	reports, err := readReports(labels, args[1])
	if err != nil {
		return err
	}
	for _, d := range incident.Dimensions {
		report(out, d, casesOf(d, reports))
	}
	return nil
}

// labelled is a report with what people and what the tagger found in it.
type labelled struct {
	label  score.Label
	ranked tagger.Suggestions
}

func readReports(labels []score.Label, root string) ([]labelled, error) {
	v := taxonomy.BuiltIn()
	tags := tagger.New(v, tagger.Options{})
	var reports []labelled
	for _, l := range labels {
		src, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(l.Path)))
		if err != nil {
			return nil, fmt.Errorf("read report: %w", err)
		}
		if i, _ := record.Parse(l.Path, src, record.Options{Vocabulary: v}); i != nil {
			reports = append(reports, labelled{l, tags.Rank(i)})
		}
	}
	return reports, nil
}

func report(out io.Writer, d incident.Dimension, cases []sample) {
	all := best(cases)
	var crossed hits
	for fold := range folds {
		train, test := split(cases, fold)
		crossed = crossed.plus(measure(test, best(train)))
	}
	fitted := measure(cases, all)
	fmt.Fprintf(out, "%-11s threshold %.2f  beside %.1f  most %d   F1 %.3f (precision %.3f, recall %.3f)   cross-validated F1 %.3f (precision %.3f, recall %.3f)\n",
		d.Key(), all.threshold, all.beside, all.most, fitted.f1(), fitted.precision(), fitted.recall(), crossed.f1(), crossed.precision(), crossed.recall())
}
