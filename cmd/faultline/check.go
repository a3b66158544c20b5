package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"faultline/site"
	"faultline/site/phrase"
	"faultline/site/problem"
)

func newCheck(opt *shared) *cobra.Command {
	var strict bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Report what is wrong with the library's files",
		Long: `Report what is wrong with the library's files, drafts included, each problem as
path:line:col: text with a hint below it.

Exit status 1 when there are errors, with --strict also when there are warnings.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			lib, err := opt.load(site.LoadOptions{Drafts: true, Suggest: true})
			if err != nil {
				return err
			}
			if err := report(cmd, opt, lib.Problems, len(lib.Incidents)); err != nil {
				return err
			}
			return verdict(lib.Problems, strict)
		},
	}
	cmd.Flags().BoolVar(&strict, "strict", false, "fail on warnings too")
	return cmd
}

func report(cmd *cobra.Command, opt *shared, problems problem.List, incidents int) error {
	if opt.json {
		return printJSON(cmd.OutOrStdout(), struct {
			Incidents int          `json:"incidents"`
			Errors    int          `json:"errors"`
			Warnings  int          `json:"warnings"`
			Notes     int          `json:"notes"`
			Problems  problem.List `json:"problems"`
		}{incidents, problems.Count(problem.Error), problems.Count(problem.Warning), problems.Count(problem.Note),
			append(problem.List{}, problems...)})
	}
	if err := problems.Write(cmd.OutOrStdout()); err != nil {
		return err
	}
	_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", phrase.Count(incidents, "incident"), tally(problems))
	return err
}
