package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/incident"
	"faultline/site/pattern"
	"faultline/site/phrase"
	"faultline/site/review"
)

func newPatterns(opt *shared) *cobra.Command {
	var (
		counting string
		support  int
	)
	cmd := &cobra.Command{
		Use:   "patterns",
		Short: "Print what recurs across incidents",
		Long: `Print what recurs across incidents: combinations of terms, services and
technologies and whether they are more than chance, incidents that look like the
same one again, actions promised again, and how long incidents took. The pages
below patterns/ of the site show the same.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := parseCounting(counting)
			if err != nil {
				return err
			}
			if support < pattern.Least {
				return hinted{fmt.Errorf("--support %d is too few", support), fmt.Sprintf("no pattern is claimed on fewer than %d incidents", pattern.Least)}
			}
			lib, err := opt.load(site.LoadOptions{Suggest: true})
			if err != nil {
				return err
			}
			found := review.Find(lib, c, support)
			if opt.json {
				return printJSON(cmd.OutOrStdout(), found)
			}
			return printPatterns(cmd.OutOrStdout(), found)
		},
	}
	cmd.Flags().StringVar(&counting, "count", "both", "which tags count: people, suggested or both")
	cmd.Flags().IntVar(&support, "support", pattern.Least, "fewest incidents of a combination")
	return cmd
}

// parseCounting reads which tags count.
func parseCounting(name string) (pattern.Counting, error) {
	var names []string
	for _, c := range pattern.Countings {
		if c.String() == name {
			return c, nil
		}
		names = append(names, c.String())
	}
	return 0, hinted{fmt.Errorf("unknown way to count tags %q", name), "it is one of " + strings.Join(names, ", ")}
}

// mostPrinted is how many entries of a sort are printed; --json prints all.
const mostPrinted = 15

func printPatterns(w io.Writer, p review.Patterns) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, tags: %s\n", phrase.Count(p.Incidents, "incident"), p.Counting)
	printCombinations(&b, p.Combinations)
	printRepeats(&b, p.Repeats)
	printActions(&b, p.Actions)
	printDurations(&b, p.Durations)
	_, err := io.WriteString(w, strings.Map(printable, b.String()))
	return err
}

func printCombinations(b *strings.Builder, all []review.Combination) {
	fmt.Fprintf(b, "\nwhat recurs together (%d)\n", len(all))
	for _, c := range all[:min(mostPrinted, len(all))] {
		var labels []string
		for _, v := range c.Values {
			labels = append(labels, v.Facet+" "+v.Label)
		}
		fmt.Fprintf(b, "  %s: %s\n", strings.Join(labels, ", "), c.Says)
	}
}

func printRepeats(b *strings.Builder, all []review.Family) {
	fmt.Fprintf(b, "\nthe same again (%d)\n", len(all))
	for _, f := range all[:min(mostPrinted, len(all))] {
		for i, inc := range f.Incidents {
			sign := "-"
			if i > 0 {
				sign = " "
			}
			fmt.Fprintf(b, "  %s %s %s\n", sign, dated(inc.Date), inc.Title)
		}
	}
}

func printActions(b *strings.Builder, a review.Actions) {
	fmt.Fprintf(b, "\nactions: %d of %s, %d with neither owner nor ticket\n", a.All, phrase.Count(a.Reports, "report"), a.Untraceable)
	for _, p := range a.Promises[:min(mostPrinted, len(a.Promises))] {
		fmt.Fprintf(b, "  %s\n    promised in %s", p.Text, phrase.Count(len(p.Made), "report"))
		if len(p.Struck) > 0 {
			fmt.Fprintf(b, "; then %s of the same sort", phrase.Count(len(p.Struck), "incident"))
		}
		fmt.Fprintln(b)
	}
}

func printDurations(b *strings.Builder, phases []review.Distribution) {
	fmt.Fprintln(b, "\nhow long it took")
	for _, d := range phases {
		if d.N == 0 {
			fmt.Fprintf(b, "  %s: no incident tells it\n", d.Phase)
			continue
		}
		fmt.Fprintf(b, "  %s: median %s, half between %s and %s, a tenth above %s (%d of %d)\n", d.Phase, d.Median, d.Lower, d.Upper, d.P90, d.N, d.Of)
	}
}

// dated writes the day of an incident, "undated" where none is known.
func dated(t incident.Time) string {
	if !t.Known() {
		return "undated"
	}
	return t.Date().String()
}

func newReport(opt *shared) *cobra.Command {
	var since, until, counting string
	cmd := &cobra.Command{
		Use:   "report --since DATE",
		Short: "Write a Markdown review of a period, for a meeting",
		Long: `Write a Markdown review of a period, for a meeting: what happened, what is new and
what came again, how long it took beside the time before, and what was promised.

  faultline report --since 2025-01-01 --until 2025-03-31 > review.md`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := parseCounting(counting)
			if err != nil {
				return err
			}
			period, err := parsePeriod(since, until)
			if err != nil {
				return err
			}
			lib, err := opt.load(site.LoadOptions{Suggest: true})
			if err != nil {
				return err
			}
			var b strings.Builder
			if err := review.Report(&b, lib, c, period); err != nil {
				return err
			}
			if opt.json {
				return printJSON(cmd.OutOrStdout(), map[string]string{"markdown": b.String()})
			}
			_, err = io.WriteString(cmd.OutOrStdout(), b.String())
			return err
		},
	}
	cmd.Flags().StringVar(&since, "since", "", "first day of the period: 2025-01-01, 2025-01 or 2025")
	cmd.Flags().StringVar(&until, "until", "", "last day (default: the day of the newest incident)")
	cmd.Flags().StringVar(&counting, "count", "both", "which tags count: people, suggested or both")
	return cmd
}

// parsePeriod reads the days of a report.
func parsePeriod(since, until string) (review.Period, error) {
	var p review.Period
	if since == "" {
		return p, hinted{fmt.Errorf("report needs a first day"), "write faultline report --since 2025-01-01"}
	}
	for _, d := range []struct {
		flag, text string
		into       *incident.Time
	}{{"--since", since, &p.Since}, {"--until", until, &p.Until}} {
		if d.text == "" {
			continue
		}
		t, err := incident.ParseTime(d.text, time.UTC)
		if err != nil || !t.Date().Known() {
			return p, hinted{fmt.Errorf("%s %q is not a date", d.flag, d.text), "write it 2025-01-31, 2025-01 or 2025"}
		}
		*d.into = t.Date()
	}
	if p.Until.Known() && p.Until.Before(p.Since) {
		return p, hinted{fmt.Errorf("--until %q is before --since %q", until, since), "give the first day, then the last"}
	}
	return p, nil
}
